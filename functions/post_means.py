"""What the steps of a post use in this world: its platforms, the accounts' grants, the files of renders."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from functools import partial
from typing import Any

from functions.bootstrap import World
from reelwright.publishing.grant import Grant
from reelwright.publishing.plan_wake import WakePlace
from reelwright.publishing.platform import Video
from reelwright.publishing.posting_means import PostFile, PostingMeans
from reelwright.publishing.refresh_grant import fresh_grant
from reelwright.reels.specification import Specification
from reelwright.rendering.tables import RenderRow

_NO_VIDEO = Video(size_bytes=0, duration_seconds=0.0, read=lambda start, end: b"", address=lambda: "", is_address_public=False)
LOCAL_STAGE = "local"


def posting_means(world: World) -> PostingMeans:
    """Made anew for each call; what it holds is the world's."""
    return PostingMeans(world.database, world.platforms, partial(_grant_of, world), partial(find_post_file, world))


def wake_place(world: World) -> WakePlace:
    """Where timers of posts stand and what they call."""
    settings = world.settings
    return WakePlace(settings.wake_group, settings.wake_role_arn, settings.publishing_function_arn)


def find_post_file(world: World, render_id: str, platform: str) -> PostFile | None:
    """The render's file for the platform; one that was not held against today's specification does not fit. None where the render is gone."""
    with world.database.transaction() as session:
        row = session.get(RenderRow, render_id)
        files: dict[str, Any] = dict(row.files or {}) if row is not None else {}
    if "master" not in files:
        return None
    stored = files.get(platform)
    if stored is None or stored.get("specification") != name_specification(world.specifications[platform]):
        return PostFile(_NO_VIDEO, None, fits=False)
    key = str(stored["key"])
    video = Video(
        size_bytes=int(stored["size_bytes"]),
        duration_seconds=float(stored["seconds"]),
        read=partial(world.storage.read_range, key),
        address=partial(world.storage.sign_download, key),
        is_address_public=_is_within_reach(world),
    )
    cover = files.get("cover")
    read_cover = partial(world.storage.read_range, str(cover["key"]), 0, int(cover["size_bytes"])) if cover else None
    has_address = cover is not None and _is_cover_within_reach(world)
    return PostFile(video, read_cover, fits=True, cover_address=partial(world.storage.sign_download, str(cover["key"])) if cover and has_address else None)


def name_specification(specification: Specification) -> str:
    """Changes with every figure, so that a file is held against new ones before it is sent."""
    plain = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in vars(specification).items()}
    return hashlib.sha256(json.dumps(plain, sort_keys=True, default=str).encode()).hexdigest()[:16]


def _grant_of(world: World, account_id: str, now: datetime, *, rejected: Grant | None = None) -> Grant:
    return fresh_grant(world.database, world.envelope, world.platforms, account_id, now, rejected=rejected)


def _is_cover_within_reach(world: World) -> bool:
    """Only Instagram fetches covers, by either login; on one machine both have to be stand-ins."""
    return _is_within_reach(world) and (world.settings.stage != LOCAL_STAGE or not world.apps.meta.is_set)


def _is_within_reach(world: World) -> bool:
    """Whether whoever fetches a video by its address reaches it: a stand-in on the same machine does, a vendor only in the cloud.

    Only Instagram Login fetches, and it has an app of its own.
    """
    return world.settings.stage != LOCAL_STAGE or (bool(world.settings.sandbox_url) and not world.apps.instagram.is_set)
