"""Makes MiniStack's CloudFormation create two kinds of resources as we need them.

Holds for the pinned MiniStack; ``install`` refuses any symbol that is gone.
"""

from __future__ import annotations

from typing import Any

from ministack.services import s3
from ministack.services.cloudformation import provisioners

_SYMBOLS = ("_s3_create", "_s3_update", "s3_bucket_name_conflict", "_sm_secret_create", "_RESOURCE_HANDLERS")


def install() -> None:
    """Raises AssertionError where MiniStack is not the one that was read."""
    missing = [name for name in _SYMBOLS if not hasattr(provisioners, name)]
    assert not missing, f"MiniStack has changed: {missing} are gone."  # noqa: S101  # a start-up check of a pinned dependency
    provisioners._RESOURCE_HANDLERS["AWS::S3::Bucket"]["create"] = _create_or_take_over_bucket
    provisioners.s3_bucket_name_conflict = lambda name: None
    provisioners._RESOURCE_HANDLERS["AWS::SecretsManager::Secret"]["create"] = _create_secret


# Why: CloudFormation refuses a bucket that exists, and ours exists from the second start on: its files outlive the stack.
def _create_or_take_over_bucket(logical_id: str, properties: dict[str, Any], stack_name: str) -> Any:
    name = properties.get("BucketName")
    if name and name in s3._buckets:
        return provisioners._s3_update(name, {}, properties, stack_name)
    return provisioners._s3_create(logical_id, properties, stack_name)


# Why: Ref of a secret is its name there and its ARN on AWS, so that no policy allows to read it.
def _create_secret(logical_id: str, properties: dict[str, Any], stack_name: str) -> Any:
    _, attributes = provisioners._sm_secret_create(logical_id, properties, stack_name)
    return attributes["Arn"], attributes
