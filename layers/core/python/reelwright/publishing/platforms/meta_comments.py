"""Comments under Instagram's media and Facebook's videos: one edge of the Graph API, whose words differ a little.

https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media/comments
https://developers.facebook.com/docs/graph-api/reference/object/comments
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from reelwright.kit.errors import PlatformRefused
from reelwright.publishing.platform import Account
from reelwright.publishing.platforms.answers import Refusal, ask_once
from reelwright.publishing.platforms.meta_graph import MetaGraph

CLOCKS_DIFFER = timedelta(minutes=2)
NEWEST = 50
_PERMISSION = Refusal(PlatformRefused, "The permission to write comments is missing. Connect the account again and leave it ticked.")
_NO_POST = Refusal(PlatformRefused, "The post was not found.")
# A missing right to comment says nothing of the right to post, so nobody is told that the whole account is to be connected again.
REFUSALS = {
    "10": _PERMISSION,
    **{str(code): _PERMISSION for code in range(200, 300)},
    "/2207006": _NO_POST,
    "/2207008": _NO_POST,
    "506": Refusal(PlatformRefused, "The same comment was written just before."),
}


class MetaComments:
    """``text_field`` and ``time_field``: what a comment's text and time are called in the list; ``order`` asks for the newest first where they are not."""

    def __init__(self, graph: MetaGraph, scopes: frozenset[str], *, text_field: str, time_field: str, order: str = "") -> None:
        self.scopes = scopes
        self._graph, self._text_field, self._time_field = graph.with_refusals(REFUSALS), text_field, time_field
        self._order = {"order": order} if order else {}

    def write(self, account: Account, external_id: str, text: str) -> str:
        """No fields are asked for: where they are, the comment is written and the answer is a refusal."""
        said = self._graph.write(account.grant.access_token, f"{external_id}/comments", {"message": text}, how=ask_once)
        return str(said.get("id", ""))

    def find(self, account: Account, external_id: str, text: str, since: datetime) -> str:
        asked = {"fields": f"id,{self._text_field},{self._time_field}", "limit": str(NEWEST), **self._order}
        rows = self._graph.read(account.grant.access_token, f"{external_id}/comments", asked).get("data", [])
        return next((str(row["id"]) for row in rows if self._is_ours(row, text, since)), "")

    def _is_ours(self, row: dict[str, Any], text: str, since: datetime) -> bool:
        at = datetime.fromisoformat(str(row.get(self._time_field, "1970-01-01T00:00:00+00:00")).replace("+0000", "+00:00"))
        return str(row.get(self._text_field, "")).split() == text.split() and at >= since - CLOCKS_DIFFER
