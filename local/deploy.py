"""Creates the stack of the committed template on MiniStack: assets, parameters, secrets. Every start makes it anew."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from local.assets import build_asset, read_asset_list
from local.ministack_server import REGION, ROOT

STACK = "Reelwright"
ASSET_BUCKET = "reelwright-assets"
TEMPLATE_KEY = "template.json"
TEMPLATE_FOLDER = ROOT / "local" / "template"
DEPLOY_SECONDS = 60
_NEEDED_OUTPUTS = ("ApiUrl", "MediaBucketName", "DatabaseSecretArn", "TokenKeySecretArn", "OperationsFunctionName")


class DeploymentFailed(Exception):
    """The stack was not created; the message holds CloudFormation's reasons."""


@dataclass(frozen=True)
class Deployment:
    """The stack's outputs."""

    outputs: Mapping[str, str]

    @property
    def api_id(self) -> str:
        """The HTTP API's id: the first label of its address."""
        return (urlsplit(self.outputs["ApiUrl"]).hostname or "").partition(".")[0]


class Deployer:
    """Clients of one MiniStack. Making them takes a moment, so do it while MiniStack starts."""

    def __init__(
        self, environment: Mapping[str, str], asset_cache: Path, template_folder: Path = TEMPLATE_FOLDER, repository: Path = ROOT, stack_name: str = STACK
    ) -> None:
        self._stack_name = stack_name
        self._endpoint = environment["AWS_ENDPOINT_URL"]
        self._template_folder, self._repository, self._asset_cache = template_folder, repository, asset_cache
        arguments = {
            "endpoint_url": environment["AWS_ENDPOINT_URL"],
            "region_name": REGION,
            "aws_access_key_id": environment["AWS_ACCESS_KEY_ID"],
            "aws_secret_access_key": environment["AWS_SECRET_ACCESS_KEY"],
            "config": Config(retries={"max_attempts": 1}, s3={"addressing_style": "path"}, inject_host_prefix=False),
        }
        session = boto3.Session()
        self._s3: Any = session.client("s3", **arguments)
        self._stacks: Any = session.client("cloudformation", **arguments)
        self._secrets: Any = session.client("secretsmanager", **arguments)
        self._functions: Any = session.client("lambda", **arguments)

    def build_assets(self) -> dict[str, bytes]:
        """Every asset by name; needs no MiniStack."""
        listed = read_asset_list(self._template_folder)
        return {name: build_asset(self._repository, name, contents, self._asset_cache) for name, contents in listed.items()}

    def deploy(self, assets: Mapping[str, bytes], parameters: Mapping[str, str]) -> Deployment:
        """Uploads the assets and creates the stack. Raises DeploymentFailed."""
        self._make_asset_bucket()
        for name, content in assets.items():
            self._s3.put_object(Bucket=ASSET_BUCKET, Key=name, Body=content)
        template = json.loads((self._template_folder / "template.json").read_text())
        known = [{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items() if name in template.get("Parameters", {})]
        # By its address: a template in the request itself may have 51,200 bytes.
        self._s3.put_object(Bucket=ASSET_BUCKET, Key=TEMPLATE_KEY, Body=json.dumps(template, separators=(",", ":")).encode())
        address = f"{self._endpoint}/{ASSET_BUCKET}/{TEMPLATE_KEY}"
        try:
            self._stacks.create_stack(StackName=self._stack_name, TemplateURL=address, Parameters=known, Capabilities=["CAPABILITY_NAMED_IAM"])
        except ClientError as error:
            raise DeploymentFailed(f"The local stack was refused: {error.response['Error'].get('Message', error)}") from error
        deployment = Deployment(self._wait())
        missing = [name for name in _NEEDED_OUTPUTS if name not in deployment.outputs]
        if missing:
            raise DeploymentFailed(f"The template has no output {', '.join(missing)}.")
        return deployment

    def put_secrets(self, deployment: Deployment, database_url: str, private_key: str, public_key: str) -> None:
        """The values that the cloud would make by itself: the emulator's RDS is only a name."""
        self._put_secret(deployment.outputs["DatabaseSecretArn"], database_secret(database_url))
        self._put_secret(deployment.outputs["TokenKeySecretArn"], {"private_key": private_key, "public_key": public_key})

    def put_platform_apps(self, deployment: Deployment, apps: Mapping[str, str]) -> None:
        """Our apps at real platforms, where there are any."""
        self._put_secret(deployment.outputs["PlatformAppsSecretArn"], apps)

    def invoke_step(self, deployment: Deployment, step: str, function: str = "OperationsFunctionName") -> None:
        """Asks a function for a step and does not wait for it. ``function`` is the output with its name."""
        payload = json.dumps({"step": step})
        self._functions.invoke(FunctionName=deployment.outputs[function], InvocationType="Event", Payload=payload)

    def _put_secret(self, arn: str, values: Mapping[str, str]) -> None:
        self._secrets.put_secret_value(SecretId=arn, SecretString=json.dumps(values))

    def _make_asset_bucket(self) -> None:
        try:
            self._s3.create_bucket(Bucket=ASSET_BUCKET)
        except ClientError as error:
            if error.response["Error"]["Code"] not in {"BucketAlreadyOwnedByYou", "BucketAlreadyExists"}:
                raise

    def _wait(self) -> dict[str, str]:
        deadline = time.monotonic() + DEPLOY_SECONDS
        while time.monotonic() < deadline:
            stack = self._stacks.describe_stacks(StackName=self._stack_name)["Stacks"][0]
            if stack["StackStatus"] == "CREATE_COMPLETE":
                return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}
            if re.search("FAILED|ROLLBACK", stack["StackStatus"]):
                raise DeploymentFailed(f"The local stack was not created: {self._reasons() or stack['StackStatus']}")
            time.sleep(0.05)
        raise DeploymentFailed(f"The local stack was not created within {DEPLOY_SECONDS} s.")

    def _reasons(self) -> str:
        events = self._stacks.describe_stack_events(StackName=self._stack_name)["StackEvents"]
        failed = [event for event in reversed(events) if "FAILED" in event.get("ResourceStatus", "")]
        return "; ".join(f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason', '')}" for event in failed[:3])


def database_secret(url: str) -> dict[str, str]:
    """A SQLAlchemy address in the shape in which RDS keeps it in Secrets Manager."""
    parts = urlsplit(url)
    return {
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "host": parts.hostname or "",
        "port": str(parts.port or ""),
        "dbname": parts.path.lstrip("/"),
    }
