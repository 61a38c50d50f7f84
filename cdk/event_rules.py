"""What starts without a request: an upload has arrived, a minute has passed, posts are due."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from constructs import Construct


class EventRules(Construct):
    """Each calls a function with the step in the event."""

    def __init__(self, scope: Construct, construct_id: str, *, bucket: s3.IBucket, operations: lambda_.IFunction, publishing: lambda_.IFunction) -> None:
        super().__init__(scope, construct_id)
        accept = events.RuleTargetInput.from_object({"step": "Accept Upload", "key": events.EventField.from_path("$.detail.object.key")})
        events.Rule(
            self,
            "UploadArrived",
            rule_name="reelwright-upload-arrived",
            description="An object was created under uploads/",
            event_pattern=events.EventPattern(
                source=["aws.s3"],
                detail_type=["Object Created"],
                detail={"bucket": {"name": [bucket.bucket_name]}, "object": {"key": [{"prefix": "uploads/"}]}},
            ),
            targets=[targets.LambdaFunction(operations, event=accept)],
        )
        events.Rule(
            self,
            "EveryMinute",
            rule_name="reelwright-every-minute",
            description="Starts what has no execution and ends what has a dead one",
            schedule=events.Schedule.rate(Duration.minutes(1)),
            targets=[targets.LambdaFunction(operations, event=events.RuleTargetInput.from_object({"step": "Reconcile"}))],
        )
        events.Rule(
            self,
            "DuePosts",
            rule_name="reelwright-due-posts",
            description="Starts posts that are due and goes on with those that wait for an answer",
            schedule=events.Schedule.rate(Duration.minutes(1)),
            targets=[targets.LambdaFunction(publishing, event=events.RuleTargetInput.from_object({"step": "Start Due Posts"}))],
        )
