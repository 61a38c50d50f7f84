"""What keeps social accounts safe: the KMS key that their grants are sealed under, and the secret with our apps' credentials."""

from __future__ import annotations

from aws_cdk import RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from cdk.stage import Stage

KEY_ALIAS = "alias/reelwright-grants"
APPS_SECRET_NAME = "reelwright/platform-apps"  # noqa: S105  # a name, not a secret


class GrantKeys(Construct):
    """``key_arn`` is empty on one machine, where a key file is used: the emulator's keys end with it.

    ``apps`` holds JSON: meta_client_id, meta_client_secret, and so for instagram, google and tiktok. The operator puts them in.
    """

    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage) -> None:
        super().__init__(scope, construct_id)
        self.key_arn = "" if stage.is_local else self._key().key_arn
        self.apps = secretsmanager.Secret(
            self,
            "Apps",
            secret_name=APPS_SECRET_NAME,
            description="Client ids and secrets of our apps at the social platforms",
            # A JSON object from the start: until the operator fills it in, no app is set.
            generate_secret_string=secretsmanager.SecretStringGenerator(secret_string_template="{}", generate_string_key="unused"),  # noqa: S106  # no password
            removal_policy=RemovalPolicy.RETAIN,
        )

    def may_seal(self) -> list[iam.PolicyStatement]:
        """What a role needs that seals and opens grants: data keys of this one key, for a named context, and the apps."""
        statements = [iam.PolicyStatement(actions=["secretsmanager:GetSecretValue"], resources=[self.apps.secret_arn])]
        if self.key_arn:
            named = {"Null": {"kms:EncryptionContext:context": "false"}}
            statements.append(iam.PolicyStatement(actions=["kms:GenerateDataKey", "kms:Decrypt"], resources=[self.key_arn], conditions=named))
        return statements

    def _key(self) -> kms.Key:
        return kms.Key(
            self,
            "Key",
            alias=KEY_ALIAS,
            description="Wraps the data keys under which grants of social accounts are sealed",
            enable_key_rotation=True,
            removal_policy=RemovalPolicy.RETAIN,
        )
