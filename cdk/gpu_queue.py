"""The second way to render: a Batch queue of GPU machines that costs nothing while it is empty."""

from __future__ import annotations

from collections.abc import Mapping

from aws_cdk import Duration, Size
from aws_cdk import aws_batch as batch
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecs as ecs
from constructs import Construct

from cdk.foundation_stack import Foundation
from cdk.render_task import RenderTask

LARGEST_PROCESSOR_COUNT = 16
ATTEMPTS = 2
LONGEST_RENDER_HOURS = 1


class GpuQueue(Construct):
    """Queue ``reelwright-gpu`` and job definition ``reelwright-renderer-gpu``: one GPU, 4 processors, 14 GiB."""

    def __init__(
        self, scope: Construct, construct_id: str, *, foundation: Foundation, task: RenderTask, environment: Mapping[str, str], image_tag: str
    ) -> None:
        super().__init__(scope, construct_id)
        machines = batch.ManagedEc2EcsComputeEnvironment(
            self,
            "Machines",
            compute_environment_name="reelwright-gpu",
            vpc=foundation.network.vpc,
            vpc_subnets=ec2.SubnetSelection(subnets=foundation.network.work_subnets.subnets),
            security_groups=[foundation.network.work_security_group],
            instance_types=[ec2.InstanceType("g6.xlarge"), ec2.InstanceType("g5.xlarge")],
            use_optimal_instance_classes=False,
            minv_cpus=0,
            maxv_cpus=LARGEST_PROCESSOR_COUNT,
        )
        batch.JobQueue(
            self, "Queue", job_queue_name="reelwright-gpu", compute_environments=[batch.OrderedComputeEnvironment(compute_environment=machines, order=1)]
        )
        assert foundation.images is not None  # noqa: S101  # the queue is made in the cloud only
        container = batch.EcsEc2ContainerDefinition(
            self,
            "Container",
            image=ecs.ContainerImage.from_ecr_repository(foundation.images.renderer, image_tag),
            cpu=4,
            memory=Size.gibibytes(14),
            gpu=1,
            job_role=task.role,
            execution_role=task.execution_role,
            environment=dict(environment),
            logging=ecs.LogDrivers.aws_logs(stream_prefix="gpu-render", log_group=task.log),
        )
        batch.EcsJobDefinition(
            self,
            "Job",
            job_definition_name="reelwright-renderer-gpu",
            container=container,
            retry_attempts=ATTEMPTS,
            timeout=Duration.hours(LONGEST_RENDER_HOURS),
        )
