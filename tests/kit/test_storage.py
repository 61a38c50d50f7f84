"""The bucket: a folder is deleted with everything in it, and nothing beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reelwright.kit.storage import Storage


class FakeS3:
    """Keeps keys, and lists them two to a page."""

    def __init__(self, *keys: str) -> None:
        self.keys = list(keys)

    def get_paginator(self, operation: str) -> FakeS3:
        assert operation == "list_objects_v2"
        return self

    def paginate(self, *, Bucket: str, Prefix: str) -> Iterator[dict[str, Any]]:
        found = [key for key in self.keys if key.startswith(Prefix)]
        for first in range(0, len(found), 2):
            yield {"Contents": [{"Key": key} for key in found[first : first + 2]]}
        yield {}

    def delete_object(self, *, Bucket: str, Key: str) -> None:
        self.keys.remove(Key)


def test_a_folder_goes_with_everything_in_it_and_nothing_beside_it() -> None:
    client = FakeS3("generations/a/1/plan.json", "generations/a/1/voice.flac", "generations/a/1/music.flac", "generations/a/12/plan.json", "media/a/1/x.jpg")
    assert Storage(client, "bucket").delete_folder("generations/a/1/") == 3  # type: ignore[arg-type]
    assert client.keys == ["generations/a/12/plan.json", "media/a/1/x.jpg"]
