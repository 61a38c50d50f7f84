"""Bad input: what is refused, in which words, and that nothing is left behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from command_line.api_client import ApiClient
from command_line.complaint import Complaint
from tests.end_to_end.stories import Story, failed_checks, put_photos
from tests.media.odd_files import cut_off, make_four_hour_video, make_huge_png, make_sound_only_video, make_video

BAD = {
    "text.jpg": b"This is only text, whatever its name says.\n" * 20,
    "empty.mp4": b"",
    "list.mp4": b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n/etc/passwd\n#EXT-X-ENDLIST\n",
    "concat.mp4": b"ffconcat version 1.0\nfile /etc/passwd\n",
}
MADE = {
    "huge.png": make_huge_png,
    "cut.mp4": lambda path: cut_off(make_video(path)),
    "no-picture.mp4": make_sound_only_video,
    "four-hours.mp4": make_four_hour_video,
}


def test_bad_files_are_named_with_their_reason_and_the_rest_goes_on(make: Callable[..., Story], folder: Path) -> None:
    put_photos(folder, 2)
    for name, content in BAD.items():
        (folder / name).write_bytes(content)
    for name, make_file in MADE.items():
        make_file(folder / name)
    story = make()
    assert failed_checks(story.report) == []
    assert all(story.printed.count(f"{name}:") == 1 and f"{name} is left out" not in story.printed for name in (*BAD, *MADE))
    reasons = dict(story.outcome.refused)
    assert set(reasons) == {*BAD, *MADE}
    assert all(reason.endswith(".") and len(reason) > 20 for reason in reasons.values())
    assert "/etc/passwd" not in story.printed


def test_a_folder_with_nothing_usable_is_refused(make: Callable[..., Story], client: ApiClient, folder: Path) -> None:
    (folder / "text.jpg").write_bytes(BAD["text.jpg"])
    before = everything_of(client)
    with pytest.raises(Complaint, match="None of the files can be used") as caught:
        make()
    assert caught.value.status == 2
    assert everything_of(client) == before, "a run that is refused leaves nothing on the platform"


def everything_of(client: ApiClient) -> set[str]:
    return {item["id"] for kind in ("media", "projects", "generations") for item in client.list_all(f"/v1/{kind}", limit=100)}


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
