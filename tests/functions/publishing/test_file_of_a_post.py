"""What a post is sent with: the platform's file, and a cover with an address only where whoever fetches it gets there."""

from __future__ import annotations

from typing import Any

import pytest

from functions.post_means import find_post_file
from reelwright.publishing.platforms.apps import STAND_IN_APP, Apps
from reelwright.rendering.tables import RenderRow
from tests.functions.publishing.storyboard_walk import Newsroom

SANDBOX = {"sandbox_url": "http://127.0.0.1:8790"}


@pytest.mark.parametrize(
    ("settings", "apps", "has_address"),
    [
        ({"stage": "production"}, Apps(meta=STAND_IN_APP, instagram=STAND_IN_APP), True),
        ({"stage": "local", "sandbox_url": ""}, Apps(), False),
        ({"stage": "local", **SANDBOX}, Apps(), True),
        ({"stage": "local", **SANDBOX}, Apps(meta=STAND_IN_APP), False),
        ({"stage": "local", **SANDBOX}, Apps(instagram=STAND_IN_APP), False),
    ],
    ids=["in the cloud", "alone", "stand-ins", "the real Facebook", "the real Instagram"],
)
def test_a_cover_has_an_address_where_a_vendor_gets_there(room: Newsroom, settings: dict[str, Any], apps: Apps, has_address: bool) -> None:
    post = room.read(room.post())
    room.bucket.files["cover.jpg"] = b"\xff\xd8cover"
    with room.world.database.transaction() as session:
        row = session.get_one(RenderRow, post.render_id)
        row.files = {**(row.files or {}), "cover": {"key": "cover.jpg", "size_bytes": 7, "content_type": "image/jpeg"}}
    vars(room.world).update(settings=room.world.settings.model_copy(update=settings), apps=apps)
    file = find_post_file(room.world, post.render_id, post.platform)
    assert file is not None
    assert file.cover is not None
    assert file.cover() == b"\xff\xd8cover"
    assert (file.cover_address is not None) is has_address
    assert file.cover_address is None or file.cover_address().startswith("http://127.0.0.1:8787/reelwright-media/cover.jpg?")


def test_a_render_without_a_cover_has_none(room: Newsroom) -> None:
    post = room.read(room.post())
    vars(room.world).update(settings=room.world.settings.model_copy(update={"stage": "production"}), apps=Apps())
    file = find_post_file(room.world, post.render_id, post.platform)
    assert file is not None
    assert (file.cover, file.cover_address) == (None, None)
