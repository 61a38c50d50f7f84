"""One Lambda: a folder of functions/, with its role's rights, its log and its environment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aws_cdk import Duration, IgnoreMode, RemovalPolicy, Size
from aws_cdk import aws_ecr as ecr
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from cdk.core_layers import RUNTIME
from cdk.names import function_name
from cdk.network import Network

# What a zip function's package holds: nothing of the repository, but these folders.
PACKAGED = ("functions", "migrations")


@dataclass(frozen=True)
class Sizing:
    """Memory also decides the share of a processor: 1,769 MB are one."""

    memory_mb: int
    timeout_seconds: int
    temporary_mb: int = 512


@dataclass(frozen=True)
class Home:
    """What all functions share. ``images`` is None where functions of images run as zip functions."""

    repository: Path
    layers: Sequence[lambda_.ILayerVersion]
    network: Network
    images: ecr.IRepository | None
    image_tag: str


@dataclass(frozen=True)
class Description:
    """What one function is: ``folder`` is its folder in functions/, and its name."""

    folder: str
    sizing: Sizing
    is_in_network: bool
    comes_as_image: bool


class ProductFunction(Construct):
    """``function`` is the Lambda ``reelwright-<folder>``; its handler is ``functions.<folder>.handler``."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        description: Description,
        home: Home,
        role: iam.IRole,
        statements: Sequence[iam.PolicyStatement],
        environment: Mapping[str, str],
    ) -> None:
        super().__init__(scope, construct_id)
        name = function_name(description.folder)
        log = logs.LogGroup(
            self, "Log", log_group_name=f"/reelwright/{description.folder}", retention=logs.RetentionDays.ONE_MONTH, removal_policy=RemovalPolicy.DESTROY
        )
        rights = iam.Policy(self, "Rights", roles=[role], statements=[_may_log(log), *statements])
        shared = {
            "function_name": name,
            "role": role,
            "log_group": log,
            "environment": dict(environment),
            "memory_size": description.sizing.memory_mb,
            "timeout": Duration.seconds(description.sizing.timeout_seconds),
            "ephemeral_storage_size": Size.mebibytes(description.sizing.temporary_mb),
            "architecture": lambda_.Architecture.X86_64,
            **(_placed(home.network) if description.is_in_network else {}),
        }
        if description.comes_as_image and home.images is not None:
            self.function = self._of_image(description, home.images, home.image_tag, shared)
        else:
            self.function = self._of_zip(description, home, shared)
        # The function cannot be made before its role may join the network and write the log.
        self.function.node.add_dependency(rights)

    def _of_zip(self, description: Description, home: Home, shared: Mapping[str, Any]) -> lambda_.Function:
        return lambda_.Function(
            self,
            "Function",
            runtime=RUNTIME,
            handler=f"functions.{description.folder}.handler",
            code=lambda_.Code.from_asset(str(home.repository), exclude=_everything_but(PACKAGED), ignore_mode=IgnoreMode.GIT),
            layers=list(home.layers),
            **shared,
        )

    def _of_image(self, description: Description, images: ecr.IRepository, tag: str, shared: Mapping[str, Any]) -> lambda_.Function:
        code = lambda_.DockerImageCode.from_ecr(images, tag_or_digest=tag, cmd=[f"functions.{description.folder}.handler"])
        return lambda_.DockerImageFunction(self, "Function", code=code, **shared)


def _everything_but(folders: Sequence[str]) -> list[str]:
    kept = [line for folder in folders for line in (f"!{folder}", f"!{folder}/**")]
    return ["*", *kept, "**/__pycache__"]


def _placed(network: Network) -> dict[str, Any]:
    return {"vpc": network.vpc, "vpc_subnets": {"subnets": network.work_subnets.subnets}, "security_groups": [network.work_security_group]}


def _may_log(log: logs.LogGroup) -> iam.PolicyStatement:
    return iam.PolicyStatement(actions=["logs:CreateLogStream", "logs:PutLogEvents"], resources=[log.log_group_arn])
