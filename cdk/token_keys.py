"""The secret that holds the Ed25519 key pair which signs access tokens."""

from __future__ import annotations

from aws_cdk import CfnParameter, RemovalPolicy
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

SECRET_NAME = "reelwright/token-keys"  # noqa: S105  # a name, not a secret


class TokenKeys(Construct):
    """JSON: private_key, public_key (PEM). The operator or the local deployer puts the real pair in."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        self.secret = secretsmanager.Secret(
            self, "Secret", secret_name=SECRET_NAME, description="Ed25519 key pair of the access tokens", removal_policy=RemovalPolicy.RETAIN
        )


def public_key_parameter(scope: Construct) -> CfnParameter:
    """The public half, which is no secret: it is all that the authorizer gets."""
    parameter = CfnParameter(scope, "TokenPublicKey", type="String", default="", description="Public key (PEM) that checks access tokens")
    parameter.override_logical_id("TokenPublicKey")
    return parameter
