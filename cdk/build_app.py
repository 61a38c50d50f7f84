"""Puts the stacks together: two for the cloud, one with both halves for the local platform."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aws_cdk import App, DefaultStackSynthesizer, Validations
from cdk_nag import AwsSolutionsChecks

from cdk.acknowledged import acknowledge
from cdk.application_stack import ApplicationStack
from cdk.foundation_stack import FoundationStack
from cdk.local_stack import LocalStack
from cdk.stage import read_stage

REPOSITORY = Path(__file__).resolve().parents[1]
LOCAL_ASSET_BUCKET = "reelwright-assets"


def build_app(out: Path, context: Mapping[str, Any]) -> App:
    """The app of the stage in the context; ``context`` wins over cdk.json. Synthesis writes into ``out``."""
    defaults = json.loads((REPOSITORY / "cdk.json").read_text())["context"]
    app = App(outdir=str(out), context=defaults | dict(context), analytics_reporting=False, tree_metadata=False)
    stage = read_stage(app)
    if stage.is_local:
        synthesizer = DefaultStackSynthesizer(file_assets_bucket_name=LOCAL_ASSET_BUCKET, generate_bootstrap_version_rule=False)
        LocalStack(app, "Reelwright", stage=stage, synthesizer=synthesizer)
        return app
    foundation = FoundationStack(app, "ReelwrightFoundation", stage=stage)
    ApplicationStack(app, "ReelwrightApplication", stage=stage, foundation=foundation.foundation)
    acknowledge(app)
    Validations.of(app).add_plugins(AwsSolutionsChecks(app))
    return app
