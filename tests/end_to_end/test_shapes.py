"""Another shape than upright: designed, exported for those who take it, and told where one does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import pytest

from command_line.complaint import Complaint
from tests.end_to_end.stories import Story, failed_checks, put_photos


def test_a_square_reel_is_made_for_those_who_take_it(make: Callable[..., Story], folder: Path) -> None:
    put_photos(folder, 3)
    story = make("Three calm rooms", seconds=5, shape="1:1", platforms=("instagram", "facebook"))
    assert failed_checks(story.report) == []
    assert "Facebook takes a reel only as 9:16, so there is no 1:1 file for it." in story.printed
    assert not (story.directory / "facebook.mp4").exists()
    with av.open(str(story.directory / "instagram.mp4")) as reel:
        assert (reel.streams.video[0].width, reel.streams.video[0].height) == (1080, 1080)


def test_a_shape_that_nobody_asked_for_takes_is_refused_in_words(make: Callable[..., Story], folder: Path) -> None:
    put_photos(folder, 1)
    with pytest.raises(Complaint, match="Choose another shape") as caught:
        make(shape="16:9", platforms=("facebook", "youtube"))
    assert caught.value.status == 2
