"""Bad input: what is refused, in which words, and that nothing is left behind."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line.complaint import Complaint
from tests.end_to_end.stories import Story, failed_checks, put_photos


def _huge_png() -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 30_001)) + chunk(b"IEND", b"")


BAD = {
    "text.jpg": b"This is only text, whatever its name says.\n" * 20,
    "empty.mp4": b"",
    "huge.png": _huge_png(),
    "list.mp4": b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n/etc/passwd\n#EXT-X-ENDLIST\n",
    "concat.mp4": b"ffconcat version 1.0\nfile /etc/passwd\n",
}


def test_bad_files_are_named_with_their_reason_and_the_rest_goes_on(make: Callable[..., Story], folder: Path) -> None:
    put_photos(folder, 2)
    for name, content in BAD.items():
        (folder / name).write_bytes(content)
    story = make()
    assert failed_checks(story.report) == []
    reasons = dict(story.outcome.refused)
    assert set(reasons) == set(BAD)
    assert all(reason.endswith(".") and len(reason) > 20 for reason in reasons.values())
    assert "/etc/passwd" not in story.printed


def test_a_folder_with_nothing_usable_is_refused(make: Callable[..., Story], folder: Path) -> None:
    (folder / "text.jpg").write_bytes(BAD["text.jpg"])
    with pytest.raises(Complaint, match="None of the files can be used") as caught:
        make()
    assert caught.value.status == 2


def test_an_unknown_language_is_refused(make: Callable[..., Story], folder: Path) -> None:
    put_photos(folder, 1)
    with pytest.raises(Complaint, match="language") as caught:
        make(language="klingon")
    assert caught.value.status == 2


def test_a_script_over_the_limit_is_refused(make: Callable[..., Story], folder: Path) -> None:
    put_photos(folder, 1)
    with pytest.raises(Complaint, match="script") as caught:
        make(script="word " * 1300)
    assert caught.value.status == 2
