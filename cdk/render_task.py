"""The render task: one Fargate task per render, from the image of containers/renderer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aws_cdk import RemovalPolicy
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecr as ecr
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from constructs import Construct

FAMILY = "reelwright-renderer"
CONTAINER = "renderer"
LOCAL_IMAGE = "reelwright/renderer"
PROCESSOR_UNITS = 4096
MEMORY_MB = 8192
TEMPORARY_GB = 40


class RenderTask(Construct):
    """Cluster and task definition; the container gets the render's id as its only argument."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        vpc: ec2.IVpc,
        role: iam.IRole,
        statements: Sequence[iam.PolicyStatement],
        environment: Mapping[str, str],
        image: ecr.IRepository | None,
        image_tag: str,
    ) -> None:
        super().__init__(scope, construct_id)
        self.role = role
        iam.Policy(self, "Rights", roles=[role], statements=list(statements))
        self.cluster = ecs.Cluster(self, "Cluster", cluster_name="reelwright", vpc=vpc, container_insights_v2=ecs.ContainerInsights.ENABLED)
        self.execution_role = iam.Role(self, "ExecutionRole", assumed_by=iam.ServicePrincipal("ecs-tasks.amazonaws.com"))
        self.log = logs.LogGroup(
            self, "Log", log_group_name="/reelwright/renderer", retention=logs.RetentionDays.ONE_MONTH, removal_policy=RemovalPolicy.DESTROY
        )
        self.definition = ecs.FargateTaskDefinition(
            self,
            "Definition",
            family=FAMILY,
            cpu=PROCESSOR_UNITS,
            memory_limit_mib=MEMORY_MB,
            ephemeral_storage_gib=TEMPORARY_GB,
            task_role=role,
            execution_role=self.execution_role,
            runtime_platform=ecs.RuntimePlatform(cpu_architecture=ecs.CpuArchitecture.X86_64, operating_system_family=ecs.OperatingSystemFamily.LINUX),
        )
        found = ecs.ContainerImage.from_registry(LOCAL_IMAGE) if image is None else ecs.ContainerImage.from_ecr_repository(image, image_tag)
        self.definition.add_container(
            CONTAINER,
            container_name=CONTAINER,
            image=found,
            environment=dict(environment),
            logging=ecs.LogDrivers.aws_logs(stream_prefix="render", log_group=self.log),
        )
