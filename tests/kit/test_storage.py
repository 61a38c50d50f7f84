"""The bucket: a folder is deleted with everything in it, and nothing beside it; a range is read and no more."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from reelwright.kit.errors import NotFound
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


class FakeObject:
    """One object, read by range as S3 does it: both ends are in it."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def get_object(self, *, Bucket: str, Key: str, Range: str) -> dict[str, Any]:
        if Key != "renders/a/1/youtube.mp4":
            raise ClientError({"Error": {"Code": "NoSuchKey", "Message": ""}}, "GetObject")
        self.asked.append(Range)
        first, last = Range.removeprefix("bytes=").split("-")
        return {"Body": io.BytesIO(b"0123456789"[int(first) : int(last) + 1])}


def test_a_range_ends_before_its_end_and_an_empty_one_asks_for_nothing() -> None:
    client = FakeObject()
    storage = Storage(client, "bucket")  # type: ignore[arg-type]
    assert storage.read_range("renders/a/1/youtube.mp4", 2, 5) == b"234"
    assert storage.read_range("renders/a/1/youtube.mp4", 5, 5) == b""
    assert client.asked == ["bytes=2-4"]


def test_a_range_of_a_file_that_is_gone_says_so() -> None:
    with pytest.raises(NotFound):
        Storage(FakeObject(), "bucket").read_range("renders/a/1/gone.mp4", 0, 10)  # type: ignore[arg-type]
