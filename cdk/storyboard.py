"""One state machine: an .asl.json file, the names that it speaks of, its role and its log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from aws_cdk import RemovalPolicy
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3_assets as assets
from aws_cdk import aws_stepfunctions as stepfunctions
from constructs import Construct

from cdk.names import machine_name

LOG_AND_TRACE = (
    "logs:CreateLogDelivery",
    "logs:GetLogDelivery",
    "logs:UpdateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:DescribeResourcePolicies",
    "logs:DescribeLogGroups",
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
)


class Storyboard(Construct):
    """``arn`` is the state machine's; ``role`` may do what ``statements`` say and write its log and traces."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        storyboard: str,
        repository: Path,
        substitutions: Mapping[str, str],
        statements: Sequence[iam.PolicyStatement],
        observed_by: iam.ManagedPolicy,
    ) -> None:
        super().__init__(scope, construct_id)
        self.role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("states.amazonaws.com"), managed_policies=[observed_by])
        rights = iam.Policy(self, "Rights", roles=[self.role], statements=list(statements))
        definition = assets.Asset(self, "Definition", path=str(repository / "state_machines" / f"{storyboard}.asl.json"))
        log = logs.LogGroup(
            self,
            "Log",
            log_group_name=f"/aws/vendedlogs/reelwright/{storyboard}",
            retention=logs.RetentionDays.ONE_MONTH,
            removal_policy=RemovalPolicy.DESTROY,
        )
        machine = stepfunctions.CfnStateMachine(
            self,
            "Machine",
            state_machine_name=machine_name(storyboard),
            role_arn=self.role.role_arn,
            definition_s3_location={"bucket": definition.s3_bucket_name, "key": definition.s3_object_key},
            definition_substitutions=dict(substitutions),
            logging_configuration=_logged(log),
            tracing_configuration={"enabled": True},
        )
        machine.node.add_dependency(rights)
        self.arn = machine.attr_arn


def _logged(log: logs.LogGroup) -> stepfunctions.CfnStateMachine.LoggingConfigurationProperty:
    # Execution data are ids and small facts, never documents or secrets, so they may be in the log.
    return stepfunctions.CfnStateMachine.LoggingConfigurationProperty(
        level="ALL",
        include_execution_data=True,
        destinations=[
            stepfunctions.CfnStateMachine.LogDestinationProperty(
                cloud_watch_logs_log_group=stepfunctions.CfnStateMachine.CloudWatchLogsLogGroupProperty(log_group_arn=log.log_group_arn)
            )
        ],
    )


def observe_policy(scope: Construct, construct_id: str, cluster: ecs.ICluster) -> iam.ManagedPolicy:
    """What AWS grants a state machine only on everything: to hand on log and traces, and to wait for or stop a task.

    The last is held to the product's own cluster by a condition.
    """
    return iam.ManagedPolicy(
        scope,
        construct_id,
        description="Lets a state machine hand on its log and traces, and follow tasks of the product's cluster",
        statements=[
            iam.PolicyStatement(actions=list(LOG_AND_TRACE), resources=["*"]),
            iam.PolicyStatement(actions=["ecs:StopTask", "ecs:DescribeTasks"], resources=["*"], conditions={"ArnEquals": {"ecs:cluster": cluster.cluster_arn}}),
        ],
    )
