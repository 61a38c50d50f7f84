"""The timers of posts: a group of one-shot schedules, the role by which they call, and the right to plan them."""

from __future__ import annotations

from aws_cdk import ArnFormat, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_scheduler as scheduler
from constructs import Construct

from cdk.names import POST_TIMERS, function_arn

CALLED = "publishing"


class PostTimers(Construct):
    """``group_name`` and ``role_arn`` are what a timer is made with; ``may_plan`` is attached to whoever makes timers."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        self.group_name = POST_TIMERS
        scheduler.CfnScheduleGroup(self, "Group", name=self.group_name)
        called = function_arn(self, CALLED)
        role = iam.Role(
            self,
            "Role",
            description="Lets a post's timer call the publishing function",
            assumed_by=iam.ServicePrincipal("scheduler.amazonaws.com", conditions={"StringEquals": {"aws:SourceAccount": Stack.of(self).account}}),
            inline_policies={"Call": iam.PolicyDocument(statements=[iam.PolicyStatement(actions=["lambda:InvokeFunction"], resources=[called])])},
        )
        self.role_arn = role.role_arn
        timers = Stack.of(self).format_arn(
            service="scheduler", resource="schedule", resource_name=f"{self.group_name}/post_*", arn_format=ArnFormat.SLASH_RESOURCE_NAME
        )
        self.may_plan = iam.ManagedPolicy(
            self,
            "Plan",
            description="Make and remove timers of posts",
            statements=[
                iam.PolicyStatement(actions=["scheduler:CreateSchedule", "scheduler:DeleteSchedule"], resources=[timers]),
                iam.PolicyStatement(
                    actions=["iam:PassRole"], resources=[role.role_arn], conditions={"StringEquals": {"iam:PassedToService": "scheduler.amazonaws.com"}}
                ),
            ],
        )
