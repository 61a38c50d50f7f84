"""Lets the stack take over a bucket that is there already: its files outlive MiniStack, whose other state is made anew at each start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

_HALF_WRITTEN = ".tmp"


def remove_half_written(directory: Path) -> int:
    """Deletes what a killed MiniStack had not finished writing (it would come back as objects); the number of files."""
    leftovers = [path for path in directory.rglob(f"*{_HALF_WRITTEN}") if path.is_file() and not path.with_name(path.name + ".meta.json").exists()]
    for path in leftovers:
        path.unlink()
    return len(leftovers)


def install() -> None:
    """Raises AssertionError where MiniStack is not the one that was read."""
    from ministack.services import s3  # noqa: PLC0415  # reads its directory when imported
    from ministack.services.cloudformation import provisioners  # noqa: PLC0415

    for name in ("_s3_create", "_s3_update", "s3_bucket_name_conflict", "_RESOURCE_HANDLERS"):
        assert hasattr(provisioners, name), f"MiniStack has changed: {name} is gone."  # noqa: S101
    create = provisioners._s3_create

    # Why: CloudFormation refuses a bucket that exists, and ours exists from the second start on.
    def create_or_take_over(logical_id: str, properties: dict[str, Any], stack_name: str) -> Any:
        name = properties.get("BucketName")
        if name and name in s3._buckets:
            return provisioners._s3_update(name, {}, properties, stack_name)
        return create(logical_id, properties, stack_name)

    provisioners._RESOURCE_HANDLERS["AWS::S3::Bucket"]["create"] = create_or_take_over
    provisioners.s3_bucket_name_conflict = lambda name: None
