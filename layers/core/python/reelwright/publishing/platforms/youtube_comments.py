"""Comments under YouTube's videos: https://developers.google.com/youtube/v3/docs/commentThreads"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from reelwright.kit.errors import PlatformRefused, PlatformUnavailable
from reelwright.publishing.platform import Account
from reelwright.publishing.platforms.answers import Refusal, ask_once
from reelwright.publishing.platforms.youtube_calls import YouTubeCalls
from reelwright.publishing.post import PostContent

SCOPES = frozenset({"https://www.googleapis.com/auth/youtube.force-ssl"})
THREADS = "/youtube/v3/commentThreads"
CLOCKS_DIFFER = timedelta(minutes=2)
NEWEST = 100
REFUSALS = {
    "commentsDisabled": Refusal(PlatformRefused, "Comments are switched off for this video."),
    "commentTextTooLong": Refusal(PlatformRefused, "YouTube found the comment too long."),
    "commentTextRequired": Refusal(PlatformRefused, "YouTube found the comment empty."),
    "ineligibleAccount": Refusal(PlatformRefused, "This Google account may not comment: its channel has to be linked to it on youtube.com."),
    "insufficientPermissions": Refusal(PlatformRefused, "The permission to write comments is missing. Connect the channel again and tick every box."),
    "forbidden": Refusal(PlatformRefused, "YouTube does not let this channel comment here."),
    "videoNotFound": Refusal(PlatformRefused, "The video was not found."),
    "processingFailure": Refusal(PlatformUnavailable, "YouTube could not work on the comment just now."),
}


class YouTubeComments:
    """Threads of comments; ours is a thread of its own."""

    scopes = SCOPES

    def __init__(self, calls: YouTubeCalls) -> None:
        self._calls = calls.with_refusals(REFUSALS)

    def write(self, account: Account, external_id: str, text: str) -> str:
        snippet = {"channelId": account.external_id, "videoId": external_id, "topLevelComment": {"snippet": {"textOriginal": text}}}
        answer = self._calls.call(account.grant, "POST", THREADS, {"part": "snippet"}, document={"snippet": snippet}, how=ask_once)
        return str(answer.read_json().get("id", ""))

    def find(self, account: Account, external_id: str, text: str, since: datetime) -> str:
        asked = {"part": "snippet", "videoId": external_id, "order": "time", "textFormat": "plainText", "maxResults": str(NEWEST)}
        items = self._calls.call(account.grant, "GET", THREADS, asked).read_json().get("items", [])
        return next((str(item["id"]) for item in items if _is_ours(item, account, text, since)), "")


def refuse_comment(content: PostContent) -> Iterator[str]:
    """Why no first comment could stand under such a video."""
    if content.first_comment.strip() and content.privacy == "private":
        yield "Nobody can comment on a private video on YouTube. Leave the first comment out, or let others see the video."
    if content.first_comment.strip() and content.is_made_for_kids:
        yield "YouTube has no comments on videos made for children. Leave the first comment out."


def _is_ours(item: dict[str, Any], account: Account, text: str, since: datetime) -> bool:
    said = item.get("snippet", {}).get("topLevelComment", {}).get("snippet", {})
    words = said.get("textOriginal") or said.get("textDisplay") or ""
    at = datetime.fromisoformat(str(said.get("publishedAt", "1970-01-01T00:00:00Z")).replace("Z", "+00:00"))
    is_author = said.get("authorChannelId", {}).get("value") == account.external_id
    return is_author and str(words).split() == text.split() and at >= since - CLOCKS_DIFFER
