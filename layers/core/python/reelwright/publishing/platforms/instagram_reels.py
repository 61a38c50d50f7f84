"""Instagram Reels, whichever login led there: a container is filled and looked at, and publishing it is the call that is made once.

https://developers.facebook.com/docs/instagram-platform/content-publishing
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from reelwright.kit.clock import Clock
from reelwright.kit.errors import OutcomeUnknown, PlatformError, PlatformRefused, UploadExpired
from reelwright.kit.http_client import HttpClient
from reelwright.publishing.platform import Account, Comments, Metrics, Order, Outcome, PublishingOptions, Readiness, Sent
from reelwright.publishing.platforms.answers import ask_once
from reelwright.publishing.platforms.check_content import refuse_cover, refuse_length, refuse_missing, refuse_privacy
from reelwright.publishing.platforms.instagram import SPECIFICATION
from reelwright.publishing.platforms.meta_comments import MetaComments
from reelwright.publishing.platforms.meta_graph import MetaGraph, read_error
from reelwright.publishing.post import Checkpoint, PostContent

TITLE = "Instagram"
MAX_MENTIONS = 20
MAX_HASHTAGS = 30
_MENTION, _HASHTAG = re.compile(r"(?<!\w)@\w"), re.compile(r"#\w")
DAY = timedelta(days=1)
SETTLED_AFTER = timedelta(minutes=2)  # a container that is not published by then was not
CLOCKS_DIFFER = timedelta(minutes=2)
RECENT_MEDIA = 50
GONE = "GONE"  # ours
COVER_CODES = frozenset({"2207004", "2207005", "2207009", "2207052"})  # too large, no JPEG, its shape, not to be fetched
_CODE_IN_STATUS = re.compile(r"\b(2207\d{3})\b")


class InstagramReels(ABC):
    """What both logins share: everything after the login."""

    name = "instagram"
    specification = SPECIFICATION
    has_ai_label = True
    needs_privacy_choice = False
    needs_public_address = False

    def __init__(self, http: HttpClient, clock: Clock, graph: MetaGraph, comment_scope: str) -> None:
        self._http, self._clock, self._graph = http, clock, graph
        self.comments: Comments | None = MetaComments(graph, frozenset({comment_scope}), text_field="text", time_field="timestamp")

    def read_options(self, account: Account, now: datetime) -> PublishingOptions:
        limit = self._graph.read(account.grant.access_token, f"{account.external_id}/content_publishing_limit", {"fields": "config,quota_usage"})
        row: dict[str, Any] = next(iter(limit.get("data", [])), {})
        used, total = row.get("quota_usage"), row.get("config", {}).get("quota_total")
        is_full = used is not None and total is not None and used >= total
        return PublishingOptions(
            privacy_choices=("public",),
            default_privacy="public",
            max_seconds=SPECIFICATION.max_seconds,
            quota_used=used,
            quota_total=total,
            nickname=account.username,
            cannot=f"This account has made {used} of the {total} posts that Instagram allows in 24 hours." if is_full else "",
            retry_at=now + DAY if is_full else None,
        )

    def check_order(self, order: Order, options: PublishingOptions) -> Sequence[str]:
        return [
            *refuse_missing(order.content, frozenset({"collaborators", "first_comment"}), TITLE),
            *refuse_cover(order, takes_moment=True, title=TITLE),
            *refuse_privacy(order.content, options, TITLE),
            *refuse_length(order.video.duration_seconds, options, TITLE),
            *_refuse_caption(order.content),
            *self._refuse_address(order),
        ]

    def check(self, account: Account, order: Order, checkpoint: Checkpoint) -> Readiness:
        said = self._read_container(account, checkpoint)
        code = said.get("status_code")
        if code == "EXPIRED":
            raise UploadExpired("Instagram keeps an upload for a day, and that is over. It begins again.")
        if code == "ERROR":
            status = str(said.get("status", ""))
            if checkpoint.get("cover") == "sent" and _read_code(status) in COVER_CODES:
                return Readiness("processing", self._open_without_cover(account, order))
            raise _read_status(status)
        if code == "PUBLISHED":
            return Readiness("ready", {**checkpoint, "is_published": True})
        return Readiness("ready" if code == "FINISHED" else "processing", checkpoint)

    def commit(self, account: Account, order: Order, checkpoint: Checkpoint) -> Outcome:
        if checkpoint.get("is_published"):
            return Outcome("pending", checkpoint=checkpoint)
        form = {"creation_id": str(checkpoint["container"])}
        try:
            said = self._graph.write(account.grant.access_token, f"{account.external_id}/media_publish", form, how=ask_once)
        except UploadExpired as error:
            # A container that was published already is answered like one that is gone.
            raise OutcomeUnknown("Instagram does not show the upload any more. The account is looked at before anything else is done.") from error
        media_id = str(said.get("id", ""))
        return Outcome("pending", external_id=media_id, checkpoint={**checkpoint, **({"media_id": media_id} if media_id else {})})

    def look(self, account: Account, order: Order, checkpoint: Checkpoint, since: datetime) -> Outcome:
        known = str(checkpoint.get("media_id", ""))
        if known:
            fields = {"fields": "id,permalink,media_product_type,timestamp"}
            return _published(self._graph.read(account.grant.access_token, known, fields), checkpoint)
        code = self._read_code(account, checkpoint)
        if code in {"PUBLISHED", GONE}:
            found = self._find(account, order, since)
            return _published(found, checkpoint) if found else Outcome("pending" if code == "PUBLISHED" else "unknown", checkpoint=checkpoint)
        if code in {"ERROR", "EXPIRED"}:
            return Outcome("absent", detail="Instagram dropped the upload without posting it.", checkpoint=checkpoint)
        return Outcome("pending" if self._clock() - since < SETTLED_AFTER else "absent", checkpoint=checkpoint)

    def read_metrics(self, account: Account, external_ids: Sequence[str]) -> dict[str, Metrics]:
        found: dict[str, Metrics] = {}
        for media_id in external_ids:
            try:
                said = self._graph.read(account.grant.access_token, media_id, {"fields": "like_count,comments_count"})
                insights = self._graph.read(account.grant.access_token, f"{media_id}/insights", {"metric": "views,shares"})
            except PlatformRefused:
                continue
            counted = {str(row["name"]): row.get("values", [{}])[0].get("value") for row in insights.get("data", [])}
            found[media_id] = Metrics(counted.get("views"), said.get("like_count"), said.get("comments_count"), counted.get("shares"))
        return found

    def _read_container(self, account: Account, checkpoint: Checkpoint) -> dict[str, Any]:
        return self._graph.read(account.grant.access_token, str(checkpoint["container"]), {"fields": "status_code,status"})

    def _read_code(self, account: Account, checkpoint: Checkpoint) -> str:
        """The container's state, or GONE where Instagram does not know it any more."""
        try:
            return str(self._read_container(account, checkpoint).get("status_code", ""))
        except UploadExpired:
            return GONE

    def _find(self, account: Account, order: Order, since: datetime) -> dict[str, Any] | None:
        """The newest reel with our caption that came after ``since``."""
        fields = {"fields": "id,caption,permalink,timestamp,media_product_type", "limit": str(RECENT_MEDIA)}
        rows = self._graph.read(account.grant.access_token, f"{account.external_id}/media", fields).get("data", [])
        ours = [row for row in rows if (row.get("caption") or "") == order.content.caption and _time_of(row) >= since - CLOCKS_DIFFER]
        return max(ours, key=_time_of) if ours else None

    def _refuse_address(self, order: Order) -> Iterator[str]:
        yield from ()

    def _container_form(self, order: Order) -> dict[str, str]:
        content = order.content
        form = {"media_type": "REELS", "caption": content.caption, "share_to_feed": str(content.is_shared_to_feed).lower()}
        if content.is_ai_generated:
            form["is_ai_generated"] = "true"
        if content.collaborators:
            form["collaborators"] = "[" + ",".join(f'"{name.lstrip("@")}"' for name in content.collaborators) + "]"
        if content.cover_seconds is not None:
            form["thumb_offset"] = str(round(content.cover_seconds * 1000))
        elif order.cover_address is not None:
            form["cover_url"] = order.cover_address()
        return form

    def _cover_of(self, order: Order) -> Checkpoint:
        """What becomes of the cover picture, for the checkpoint: Instagram takes none but from an address."""
        if order.cover is None or order.content.cover_seconds is not None:
            return {}
        return {"cover": "sent" if order.cover_address is not None else "unreachable"}

    def _open_without_cover(self, account: Account, order: Order) -> Checkpoint:
        """Another container, filled at once: the one before is dropped because of its cover. May be repeated, as ``open`` may."""
        checkpoint: Checkpoint = {**self.open(account, replace(order, cover_address=None)), "cover": "refused"}
        return self.send(account, order, checkpoint).checkpoint

    @abstractmethod
    def open(self, account: Account, order: Order) -> Checkpoint:
        """As the port says."""

    @abstractmethod
    def send(self, account: Account, order: Order, checkpoint: Checkpoint) -> Sent:
        """As the port says."""


def _refuse_caption(content: PostContent) -> Iterator[str]:
    if len(content.caption) > SPECIFICATION.caption_limit:
        yield f"Instagram's caption has at most {SPECIFICATION.caption_limit} characters; this one has {len(content.caption)}. Shorten it."
    mentions, hashtags = len(_MENTION.findall(content.caption)), len(_HASHTAG.findall(content.caption))
    if mentions > MAX_MENTIONS:
        yield f"Instagram takes at most {MAX_MENTIONS} mentions; these are {mentions}. Leave some out."
    if hashtags > MAX_HASHTAGS:
        yield f"Instagram takes at most {MAX_HASHTAGS} hashtags; these are {hashtags}. Leave some out."


def _published(row: dict[str, Any], checkpoint: Checkpoint) -> Outcome:
    media_id, link = str(row.get("id", "")), str(row.get("permalink", ""))
    return Outcome("published", external_id=media_id, permalink=link, is_link_final=bool(link), checkpoint={**checkpoint, "media_id": media_id})


def _time_of(row: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(str(row.get("timestamp", "1970-01-01T00:00:00+00:00")).replace("+0000", "+00:00"))


def _read_status(status: str) -> PlatformError:
    """The error in a container's free text, by the code that stands in it."""
    return read_error({"error_subcode": _read_code(status), "message": status}, 400, TITLE)


def _read_code(status: str) -> str:
    found = _CODE_IN_STATUS.search(status)
    return found.group(1) if found else ""
