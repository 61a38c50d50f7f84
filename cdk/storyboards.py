"""The four storyboards, and what each of them may call."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from aws_cdk import ArnFormat, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from cdk.names import GENERATE_REEL, INGEST_MEDIA, PUBLISH_POST, RENDER_REEL, executions_arn, machine_arn, word
from cdk.network import Network
from cdk.render_task import RenderTask
from cdk.storyboard import Storyboard, observe_policy

SYNCHRONOUS_EXECUTION_RULE = "StepFunctionsGetEventsForStepFunctionsExecutionRule"
SYNCHRONOUS_TASK_RULE = "StepFunctionsGetEventsForECSTaskRule"


class Storyboards(Construct):
    """``arns`` by the storyboard's file name."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        repository: Path,
        functions: Mapping[str, lambda_.Function],
        follow_executions: iam.ManagedPolicy,
        render_task: RenderTask,
        network: Network,
    ) -> None:
        super().__init__(scope, construct_id)
        observed_by = observe_policy(self, "Observe", render_task.cluster)
        invoke = {name: _may_invoke(function) for name, function in functions.items()}
        statements = {
            INGEST_MEDIA: [invoke["media"], invoke["operations"]],
            GENERATE_REEL: [invoke["generation"], *_may_wait_for(self, RENDER_REEL)],
            RENDER_REEL: [invoke["generation"], *_may_run(self, render_task)],
            PUBLISH_POST: [invoke["publishing"], invoke["generation"]],
        }
        substitutions = self._substitutions(functions, render_task, network)
        made = {
            name: Storyboard(
                self,
                word(name),
                storyboard=name,
                repository=repository,
                substitutions=_spoken_of(repository, name, substitutions),
                statements=allowed,
                observed_by=observed_by,
            )
            for name, allowed in statements.items()
        }
        follow_executions.attach_to_role(made[GENERATE_REEL].role)
        self.arns = {name: storyboard.arn for name, storyboard in made.items()}

    def _substitutions(self, functions: Mapping[str, lambda_.Function], render_task: RenderTask, network: Network) -> dict[str, str]:
        """The names in ``${…}`` that a storyboard may speak of."""
        return {
            "MediaFunction": functions["media"].function_arn,
            "GenerationFunction": functions["generation"].function_arn,
            "OperationsFunction": functions["operations"].function_arn,
            "PublishingFunction": functions["publishing"].function_arn,
            "RenderReelArn": machine_arn(self, RENDER_REEL),
            "RenderCluster": render_task.cluster.cluster_arn,
            "RenderTaskDefinition": render_task.definition.task_definition_arn,
            "RenderSubnet1": network.work_subnets.subnet_ids[0],
            "RenderSubnet2": network.work_subnets.subnet_ids[1],
            "RenderSecurityGroup": network.work_security_group.security_group_id,
        }


def _spoken_of(repository: Path, storyboard: str, substitutions: Mapping[str, str]) -> dict[str, str]:
    text = (repository / "state_machines" / f"{storyboard}.asl.json").read_text()
    return {name: value for name, value in substitutions.items() if f"${{{name}}}" in text}


def _may_invoke(function: lambda_.Function) -> iam.PolicyStatement:
    return iam.PolicyStatement(actions=["lambda:InvokeFunction"], resources=[function.function_arn])


def _may_wait_for(scope: Construct, storyboard: str) -> list[iam.PolicyStatement]:
    start = iam.PolicyStatement(actions=["states:StartExecution"], resources=[machine_arn(scope, storyboard)])
    return [start, _may_listen(scope, SYNCHRONOUS_EXECUTION_RULE)]


def _may_run(scope: Construct, task: RenderTask) -> list[iam.PolicyStatement]:
    return [
        iam.PolicyStatement(actions=["ecs:RunTask"], resources=[task.definition.task_definition_arn]),
        iam.PolicyStatement(
            actions=["iam:PassRole"],
            resources=[task.role.role_arn, task.execution_role.role_arn],
            conditions={"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}},
        ),
        _may_listen(scope, SYNCHRONOUS_TASK_RULE),
    ]


def _may_listen(scope: Construct, rule: str) -> iam.PolicyStatement:
    """A state that waits for what it started is told by a rule that AWS keeps under a fixed name."""
    arn = Stack.of(scope).format_arn(service="events", resource="rule", resource_name=rule, arn_format=ArnFormat.SLASH_RESOURCE_NAME)
    return iam.PolicyStatement(actions=["events:PutTargets", "events:PutRule", "events:DescribeRule"], resources=[arn])


def follow_executions_policy(scope: Construct, construct_id: str) -> iam.ManagedPolicy:
    """Look at, and stop, executions of the product's own storyboards. An execution's name ends with its row's id."""
    return iam.ManagedPolicy(
        scope,
        construct_id,
        description="Look at and stop executions of the product's storyboards",
        statements=[iam.PolicyStatement(actions=["states:DescribeExecution", "states:StopExecution"], resources=[executions_arn(scope)])],
    )
