"""The platform's file of a post: kept where it fits today's figures, made from the master where it does not, refused in words where nothing helps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from functions.generation import transcode
from functions.post_means import find_post_file
from reelwright.kit.errors import NotFound, RenderFailed
from reelwright.kit.storage import StoredFile
from reelwright.publishing.post_row import lock_post
from reelwright.rendering.tables import RenderRow
from tests.functions.publishing.storyboard_walk import FakeBucket, Newsroom
from tests.publishing.fake_platform import NEVER_ENDING


class FullBucket(FakeBucket):
    """What the step needs besides ranges."""

    def describe(self, key: str) -> StoredFile | None:
        return StoredFile(key, len(self.files[key]), "video/mp4", "etag") if key in self.files else None

    def download(self, key: str, path: Path) -> Path:
        path.write_bytes(self.files[key])
        return path

    def upload(self, path: Path, key: str, content_type: str) -> str:
        self.files[key] = path.read_bytes()
        return key


def write_video(path: Path, seconds: float, size: tuple[int, int] = (270, 480)) -> bytes:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=24, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        frame = np.full((size[1], size[0], 3), 90, dtype=np.uint8)
        for _ in range(round(seconds * 24)):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
        container.mux(stream.encode(None))
    return path.read_bytes()


@pytest.fixture
def bucket(room: Newsroom) -> FullBucket:
    bucket = FullBucket()
    room.bucket = bucket
    vars(room.world)["storage"] = bucket
    room.rules = NEVER_ENDING  # Facebook: at least 540 pixels wide, 3 to 90 s
    return bucket


def post_with(room: Newsroom, files: dict[str, Any] | None) -> str:
    post_id = room.post()
    with room.world.database.transaction() as session:
        session.get_one(RenderRow, lock_post(session, post_id).render_id).files = files
    return post_id


def run(room: Newsroom, post_id: str) -> dict[str, Any]:
    return transcode.run({"post_id": post_id}, room.world)


def test_a_platform_without_a_file_gets_one_from_the_master_and_it_is_used_from_then_on(room: Newsroom, bucket: FullBucket, tmp_path: Path) -> None:
    bucket.files["m"] = write_video(tmp_path / "m.mp4", 3.5)
    post_id = post_with(room, {"master": {"key": "m", "size_bytes": len(bucket.files["m"])}})
    render_id = room.read(post_id).render_id
    before = find_post_file(room.world, render_id, "facebook")
    assert before is not None
    assert not before.fits
    assert run(room, post_id) == {"is_encoded": True}
    after = find_post_file(room.world, render_id, "facebook")
    assert after is not None
    assert after.fits
    assert after.video.duration_seconds == pytest.approx(3.5, abs=0.05)
    assert after.video.read(4, 8) == b"ftyp"
    assert run(room, post_id) == {"is_encoded": False}


def test_a_file_that_was_exported_with_the_render_is_only_measured(room: Newsroom, bucket: FullBucket, tmp_path: Path) -> None:
    bucket.files["m"] = write_video(tmp_path / "m.mp4", 3.5)
    post_id = post_with(room, {"master": {"key": "m", "size_bytes": 1}})
    run(room, post_id)
    with room.world.database.transaction() as session:
        render = session.get_one(RenderRow, lock_post(session, post_id).render_id)
        exported = {name: value for name, value in render.files["facebook"].items() if name in ("key", "size_bytes", "content_type")}  # type: ignore[index]
        render.files = {**(render.files or {}), "facebook": exported}
    assert run(room, post_id) == {"is_encoded": False}
    found = find_post_file(room.world, room.read(post_id).render_id, "facebook")
    assert found is not None
    assert found.fits


def test_a_reel_that_no_coding_makes_fit_is_refused_in_words(room: Newsroom, bucket: FullBucket, tmp_path: Path) -> None:
    bucket.files["m"] = write_video(tmp_path / "m.mp4", 1.0)
    post_id = post_with(room, {"master": {"key": "m", "size_bytes": 1}})
    with pytest.raises(RenderFailed, match=r"Facebook cannot take this reel: .*it lasts 1\.0 s"):
        run(room, post_id)


def test_a_render_whose_files_are_gone_is_said(room: Newsroom, bucket: FullBucket) -> None:
    with pytest.raises(NotFound, match="Render the reel again"):
        run(room, post_with(room, None))


def test_a_post_without_a_fitting_file_goes_through_the_transcoding_and_is_published(room: Newsroom, bucket: FullBucket, tmp_path: Path) -> None:
    bucket.files["m"] = write_video(tmp_path / "m.mp4", 3.5)
    post_id = post_with(room, {"master": {"key": "m", "size_bytes": 1}})
    room.run("Wake Post", post_id=post_id, version=1)
    walk = room.walk(f"{post_id}-1-1")
    assert walk.visited[2:6] == ["Check Post", "Does File Fit", "Transcode", "Check Post"]
    assert room.read(post_id).state == "published"


def test_a_reel_that_cannot_be_made_to_fit_ends_in_the_posts_row(room: Newsroom, bucket: FullBucket, tmp_path: Path) -> None:
    bucket.files["m"] = write_video(tmp_path / "m.mp4", 1.0)
    post_id = post_with(room, {"master": {"key": "m", "size_bytes": 1}})
    room.run("Wake Post", post_id=post_id, version=1)
    assert room.walk(f"{post_id}-1-1").visited[-1] == "Post Failed"
    row = room.read(post_id)
    assert (row.state, row.failure_type, row.is_retryable) == ("failed", "RenderFailed", False)
    assert row.failure_detail is not None
    assert row.failure_detail.startswith("Facebook cannot take this reel")
