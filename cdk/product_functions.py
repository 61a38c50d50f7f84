"""The six Lambdas: how large each is, where it runs, and what it may do besides the files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from cdk.foundation_stack import Foundation
from cdk.names import GENERATE_REEL, INGEST_MEDIA, PUBLISH_POST, RENDER_REEL, machine_arn
from cdk.product_function import Description, Home, ProductFunction, Sizing

# A gateway waits 30 seconds at most, so the API answers before. `media` and `generation` see a file's bytes.
DESCRIPTIONS = (
    Description("api", Sizing(memory_mb=512, timeout_seconds=29), is_in_network=True, comes_as_image=False),
    Description("authorizer", Sizing(memory_mb=256, timeout_seconds=5), is_in_network=False, comes_as_image=False),
    Description("media", Sizing(memory_mb=3008, timeout_seconds=600, temporary_mb=4096), is_in_network=True, comes_as_image=True),
    Description("generation", Sizing(memory_mb=3008, timeout_seconds=600, temporary_mb=4096), is_in_network=True, comes_as_image=True),
    Description("operations", Sizing(memory_mb=512, timeout_seconds=300), is_in_network=True, comes_as_image=False),
    # Shorter than the time after which an account that shows no post is believed, so that no cut-off call is still on its way then.
    Description("publishing", Sizing(memory_mb=512, timeout_seconds=115), is_in_network=True, comes_as_image=False),
)
STARTS = {
    "api": (GENERATE_REEL, RENDER_REEL, PUBLISH_POST),
    "operations": (INGEST_MEDIA, GENERATE_REEL, RENDER_REEL),
    "publishing": (PUBLISH_POST,),
}
FOLLOWS_EXECUTIONS = ("operations", "publishing")
PLANS_TIMERS = ("api", "publishing")
SIGNS_TOKENS = ("api",)
SEALS_GRANTS = ("api", "publishing")
USES_DATABASE = ("api", "media", "generation", "operations", "publishing")


class ProductFunctions(Construct):
    """``functions`` by folder. ``environment`` is everybody's; the authorizer alone gets the public key."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        foundation: Foundation,
        home: Home,
        environment: Mapping[str, str],
        token_public_key: str,
        follow_executions: iam.ManagedPolicy,
        may_plan_timers: iam.ManagedPolicy,
    ) -> None:
        super().__init__(scope, construct_id)
        self.functions: dict[str, lambda_.Function] = {}
        for description in DESCRIPTIONS:
            folder = description.folder
            role = foundation.identities.roles[folder]
            if folder in FOLLOWS_EXECUTIONS:
                follow_executions.attach_to_role(role)
            if folder in PLANS_TIMERS:
                may_plan_timers.attach_to_role(role)
            self.functions[folder] = ProductFunction(
                self,
                folder.title(),
                description=description,
                home=home,
                role=role,
                statements=self._statements(folder, foundation),
                environment=_environment_of(folder, environment, token_public_key),
            ).function

    def _statements(self, folder: str, foundation: Foundation) -> list[iam.PolicyStatement]:
        secrets = [foundation.database.secret.secret_arn] if folder in USES_DATABASE else []
        secrets += [foundation.token_keys.secret.secret_arn] if folder in SIGNS_TOKENS else []
        starts = [machine_arn(self, storyboard) for storyboard in STARTS.get(folder, ())]
        rights: list[tuple[str, list[str]]] = [("secretsmanager:GetSecretValue", secrets), ("states:StartExecution", starts)]
        statements = [iam.PolicyStatement(actions=[action], resources=resources) for action, resources in rights if resources]
        return statements + (foundation.grant_keys.may_seal() if folder in SEALS_GRANTS else [])


def _environment_of(folder: str, environment: Mapping[str, str], token_public_key: str) -> dict[str, Any]:
    if folder == "authorizer":
        return {"REELWRIGHT_STAGE": environment["REELWRIGHT_STAGE"], "REELWRIGHT_TOKEN_PUBLIC_KEY": token_public_key}
    return dict(environment)
