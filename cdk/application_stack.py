"""The rest, which may be thrown away and made again: functions, storyboards, API, rules and the render task."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aws_cdk import CfnOutput, CfnParameter, Stack
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_iam as iam
from constructs import Construct

from cdk.core_layers import CoreLayers
from cdk.event_rules import EventRules
from cdk.foundation_stack import Foundation
from cdk.gpu_queue import GpuQueue
from cdk.http_api import HttpApi
from cdk.media_bucket import LOCAL_ORIGINS
from cdk.names import STORYBOARDS, function_arn, machine_arn, word
from cdk.post_timers import CALLED, PostTimers
from cdk.product_function import Home
from cdk.product_functions import ProductFunctions
from cdk.render_task import FAMILY, RenderTask
from cdk.stage import Stage
from cdk.storyboards import Storyboards, follow_executions_policy
from cdk.token_keys import public_key_parameter

REPOSITORY = Path(__file__).resolve().parents[1]
# In the layer of libraries and in both images; a process that lacks it fails instead of talking in plain text.
CERTIFICATES = "/opt/certificates/rds.pem"
LOCAL_URL = "http://127.0.0.1:8787"


class Application(Construct):
    """Everything without a state of its own."""

    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage, foundation: Foundation) -> None:
        super().__init__(scope, construct_id)
        self._stage, self._foundation = stage, foundation
        self.http_api = HttpApi(self, "HttpApi", origins=LOCAL_ORIGINS if stage.is_local else stage.web_origins)
        self.post_timers = PostTimers(self, "PostTimers")
        environment = self._environment()
        follow_executions = follow_executions_policy(self, "FollowExecutions")
        self.functions = self._functions(environment, follow_executions)
        self.http_api.answer(self.functions["api"], self.functions["authorizer"])
        self.render_task = self._render_task(environment)
        if foundation.images is not None:
            image = ecs.ContainerImage.from_ecr_repository(foundation.images.renderer, stage.image_tag)
            GpuQueue(self, "GpuQueue", network=foundation.network, task=self.render_task, environment=environment, image=image)
        self.storyboards = Storyboards(
            self,
            "Storyboards",
            repository=REPOSITORY,
            functions=self.functions,
            follow_executions=follow_executions,
            render_task=self.render_task,
            network=foundation.network,
        )
        EventRules(
            self,
            "EventRules",
            bucket=foundation.media_bucket.bucket,
            operations=self.functions["operations"],
            publishing=self.functions["publishing"],
        )
        self._say_what_was_made()

    def _environment(self) -> dict[str, str]:
        """Every setting that depends on the stack, in the names of ``reelwright.kit.settings``."""
        foundation = self._foundation
        values = {
            "STAGE": self._stage.name,
            "MEDIA_BUCKET": foundation.media_bucket.bucket.bucket_name,
            "PUBLIC_URL": self._public_url(),
            "DATABASE_SECRET_ARN": foundation.database.secret.secret_arn,
            "TOKEN_KEY_SECRET_ARN": foundation.token_keys.secret.secret_arn,
            "PLATFORM_APPS_SECRET_ARN": foundation.grant_keys.apps.secret_arn,
            "PUBLISHING_FUNCTION_ARN": function_arn(self, CALLED),
            "WAKE_GROUP": self.post_timers.group_name,
            "WAKE_ROLE_ARN": self.post_timers.role_arn,
        }
        if not self._stage.is_local:
            values |= {"DATABASE_TLS_CA": CERTIFICATES, "ENVELOPE_KEY_ARN": foundation.grant_keys.key_arn}
        values |= {f"{storyboard.upper()}_ARN": machine_arn(self, storyboard) for storyboard in STORYBOARDS}
        return {f"REELWRIGHT_{name}": value for name, value in values.items()}

    def _public_url(self) -> str:
        """In the cloud the API's own address; locally the front's, which only the deployer knows."""
        if not self._stage.is_local:
            return self.http_api.url
        parameter = CfnParameter(self, "PublicUrl", type="String", default=LOCAL_URL, description="Where the front listens")
        parameter.override_logical_id("PublicUrl")
        return parameter.value_as_string

    def _functions(self, environment: dict[str, str], follow_executions: iam.ManagedPolicy) -> dict[str, Any]:
        images = self._foundation.images
        home = Home(
            repository=REPOSITORY,
            layers=CoreLayers(self, "Layers", stage=self._stage, repository=REPOSITORY).layers,
            network=self._foundation.network,
            images=images.media if images else None,
            image_tag=self._stage.image_tag,
        )
        made = ProductFunctions(
            self,
            "Functions",
            foundation=self._foundation,
            home=home,
            environment=environment,
            token_public_key=public_key_parameter(self).value_as_string,
            follow_executions=follow_executions,
            may_plan_timers=self.post_timers.may_plan,
        )
        return made.functions

    def _render_task(self, environment: dict[str, str]) -> RenderTask:
        images = self._foundation.images
        read_secret = iam.PolicyStatement(actions=["secretsmanager:GetSecretValue"], resources=[self._foundation.database.secret.secret_arn])
        return RenderTask(
            self,
            "RenderTask",
            vpc=self._foundation.network.vpc,
            role=self._foundation.identities.roles["renderer"],
            statements=[read_secret],
            environment=environment,
            image=images.renderer if images else None,
            image_tag=self._stage.image_tag,
        )

    def _say_what_was_made(self) -> None:
        foundation = self._foundation
        outputs = {
            "ApiUrl": self.http_api.url,
            "MediaBucketName": foundation.media_bucket.bucket.bucket_name,
            "DatabaseSecretArn": foundation.database.secret.secret_arn,
            "TokenKeySecretArn": foundation.token_keys.secret.secret_arn,
            "PlatformAppsSecretArn": foundation.grant_keys.apps.secret_arn,
            "RenderClusterName": self.render_task.cluster.cluster_name,
            "RenderTaskDefinitionFamily": FAMILY,
            "OperationsFunctionName": self.functions["operations"].function_name,
            "PublishingFunctionName": self.functions["publishing"].function_name,
        }
        outputs |= {f"{word(name)}Arn": self.storyboards.arns[name] for name in STORYBOARDS}
        for name, value in outputs.items():
            CfnOutput(self, name, value=value).override_logical_id(name)


class ApplicationStack(Stack):
    """The application in the cloud."""

    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage, foundation: Foundation, **options: Any) -> None:
        super().__init__(scope, construct_id, **options)
        Application(self, "Application", stage=stage, foundation=foundation)
