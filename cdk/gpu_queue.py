"""The second way to render: a Batch queue of GPU machines that costs nothing while it is empty."""

from __future__ import annotations

from collections.abc import Mapping

from aws_cdk import Duration, Size
from aws_cdk import aws_batch as batch
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecs as ecs
from constructs import Construct

from cdk.network import Network
from cdk.render_task import RenderTask

LARGEST_PROCESSOR_COUNT = 16
ATTEMPTS = 2
LONGEST_RENDER_HOURS = 1


class GpuQueue(Construct):
    """Queue ``reelwright-gpu`` and job definition ``reelwright-renderer-gpu``: one GPU, 4 processors, 14 GiB."""

    def __init__(
        self, scope: Construct, construct_id: str, *, network: Network, task: RenderTask, environment: Mapping[str, str], image: ecs.ContainerImage
    ) -> None:
        super().__init__(scope, construct_id)
        machines = self._machines(network)
        batch.JobQueue(
            self, "Queue", job_queue_name="reelwright-gpu", compute_environments=[batch.OrderedComputeEnvironment(compute_environment=machines, order=1)]
        )
        batch.EcsJobDefinition(
            self,
            "Job",
            job_definition_name="reelwright-renderer-gpu",
            container=self._container(task, environment, image),
            retry_attempts=ATTEMPTS,
            timeout=Duration.hours(LONGEST_RENDER_HOURS),
        )

    def _machines(self, network: Network) -> batch.ManagedEc2EcsComputeEnvironment:
        return batch.ManagedEc2EcsComputeEnvironment(
            self,
            "Machines",
            compute_environment_name="reelwright-gpu",
            vpc=network.vpc,
            vpc_subnets=ec2.SubnetSelection(subnets=network.work_subnets.subnets),
            security_groups=[network.work_security_group],
            instance_types=[ec2.InstanceType("g6.xlarge"), ec2.InstanceType("g5.xlarge")],
            use_optimal_instance_classes=False,
            minv_cpus=0,
            maxv_cpus=LARGEST_PROCESSOR_COUNT,
        )

    def _container(self, task: RenderTask, environment: Mapping[str, str], image: ecs.ContainerImage) -> batch.EcsEc2ContainerDefinition:
        return batch.EcsEc2ContainerDefinition(
            self,
            "Container",
            image=image,
            cpu=4,
            memory=Size.gibibytes(14),
            gpu=1,
            job_role=task.role,
            execution_role=task.execution_role,
            environment=dict(environment),
            logging=ecs.LogDrivers.aws_logs(stream_prefix="gpu-render", log_group=task.log),
        )
