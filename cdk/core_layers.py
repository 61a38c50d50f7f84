"""The layers of the zip functions: the product's own package, and in the cloud the third-party libraries."""

from __future__ import annotations

import sys
from pathlib import Path

from aws_cdk import IgnoreMode
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from cdk.stage import Stage

BUILT_LIBRARIES = Path("build/layers/libraries")
LIBRARIES_WITHOUT_BUILD = Path("layers/libraries")
RUNTIME = lambda_.Runtime.PYTHON_3_13


class CoreLayers(Construct):
    """``layers`` in the order in which a function loads them."""

    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage, repository: Path) -> None:
        super().__init__(scope, construct_id)
        core = lambda_.LayerVersion(
            self,
            "Core",
            layer_version_name="reelwright-core",
            code=lambda_.Code.from_asset(str(repository / "layers/core"), exclude=["**/__pycache__"], ignore_mode=IgnoreMode.GIT),
            compatible_runtimes=[RUNTIME],
        )
        self.layers: list[lambda_.ILayerVersion] = [core]
        # The emulator's workers find the libraries in their own environment.
        if not stage.is_local:
            self.layers.append(self._libraries(repository))

    def _libraries(self, repository: Path) -> lambda_.LayerVersion:
        folder = repository / BUILT_LIBRARIES
        if not folder.exists():
            folder = repository / LIBRARIES_WITHOUT_BUILD
            print(f"Note: {BUILT_LIBRARIES} is not built; before deploying run layers/libraries/build.sh", file=sys.stderr)  # noqa: T201
        return lambda_.LayerVersion(
            self,
            "Libraries",
            layer_version_name="reelwright-libraries",
            code=lambda_.Code.from_asset(str(folder)),
            compatible_runtimes=[RUNTIME],
            compatible_architectures=[lambda_.Architecture.X86_64],
        )
