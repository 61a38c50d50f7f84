"""The committed local template is what cdk/ synthesizes today, and holds nothing that the emulator cannot run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from local.synthesize import REPOSITORY, TEMPLATE_FOLDER

OUTPUTS = {
    "ApiUrl",
    "MediaBucketName",
    "DatabaseSecretArn",
    "TokenKeySecretArn",
    "PlatformAppsSecretArn",
    "IngestMediaArn",
    "GenerateReelArn",
    "RenderReelArn",
    "PublishPostArn",
    "RenderClusterName",
    "RenderTaskDefinitionFamily",
    "OperationsFunctionName",
    "PublishingFunctionName",
}
NOT_IN_THE_EMULATOR = ("AWS::Batch::", "AWS::EC2::NatGateway", "AWS::EC2::EIP", "AWS::RDS::", "Custom::")


def committed(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((TEMPLATE_FOLDER / name).read_text())
    return document


def test_the_committed_template_is_todays_synthesis(synthesized) -> None:
    assert committed("template.json") == synthesized.local_template, "run `make template` and commit local/template/"
    assert committed("assets.json") == synthesized.local_assets, "run `make template` and commit local/template/"


def test_every_asset_named_in_the_template_is_made_of_something_that_exists() -> None:
    text = (TEMPLATE_FOLDER / "template.json").read_text()
    assets = committed("assets.json")
    for name, content in assets.items():
        assert f'"{name}"' in text
        for source in [content] if isinstance(content, str) else content:
            assert (REPOSITORY / source).exists()


def test_no_asset_hash_is_left_in_the_template() -> None:
    used = {key for resource in committed("template.json")["Resources"].values() for key in asset_keys(resource["Properties"])}
    assert used == set(committed("assets.json"))


def asset_keys(properties: dict[str, Any]) -> list[str]:
    places = (properties.get("Code"), properties.get("Content"), properties.get("DefinitionS3Location"))
    return [place.get("S3Key") or place["Key"] for place in places if isinstance(place, dict)]


def test_the_emulator_gets_no_resource_it_cannot_make() -> None:
    kinds = {resource["Type"] for resource in committed("template.json")["Resources"].values()}
    assert not [kind for kind in kinds if kind.startswith(NOT_IN_THE_EMULATOR)]


def test_both_stages_tell_the_same_names(synthesized) -> None:
    assert set(synthesized.local_template["Outputs"]) == OUTPUTS
    assert set(synthesized.application["Outputs"]) >= OUTPUTS


def test_every_function_of_the_cloud_runs_locally_with_the_same_handler(synthesized) -> None:
    local = {
        resource["Properties"]["FunctionName"]: resource["Properties"]["Handler"]
        for resource in synthesized.local_template["Resources"].values()
        if resource["Type"] == "AWS::Lambda::Function"
    }
    cloud = {
        properties["FunctionName"]: properties.get("Handler") or properties["ImageConfig"]["Command"][0]
        for properties in synthesized.resources("AWS::Lambda::Function").values()
    }
    assert local == cloud
    folders = {path.parent.name for path in Path(REPOSITORY, "functions").glob("*/__init__.py")}
    assert {name.removeprefix("reelwright-") for name in local} == folders
