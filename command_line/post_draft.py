"""What a post is made of: the finished reel, and the words beside it for each platform."""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass
from typing import Any

from command_line.api_client import ApiClient
from command_line.complaint import Complaint

WITHOUT_FIRST_COMMENT = frozenset({"tiktok"})
LEFT_OUT = "TikTok takes no first comment from an app, so it is left out there."


@dataclass(frozen=True)
class Words:
    """What its creator says of a post; None: what the reel's plan has for the platform."""

    caption: str | None = None
    title: str | None = None
    first_comment: str = ""
    privacy: str | None = None
    is_ai_generated: bool = False


def read_words(options: argparse.Namespace) -> Words:
    """The words among a command's options."""
    return Words(options.caption, options.title, options.first_comment, options.privacy, options.ai)


def write_content(platform: str, texts: dict[str, Any], words: Words) -> dict[str, Any]:
    """A post's content. Only YouTube shows a title, so the plan's goes there alone; where the reel was not made for the platform, another one's words."""
    planned = dict(texts.get(platform) or next(iter(texts.values()), {}))
    title = words.title if words.title is not None else (planned.get("title") or "") if platform == "youtube" else ""
    content: dict[str, Any] = {"caption": words.caption if words.caption is not None else planned.get("text", ""), "title": title}
    if words.first_comment and platform not in WITHOUT_FIRST_COMMENT:
        content["first_comment"] = words.first_comment
    if words.privacy:
        content["privacy"] = words.privacy
    if words.is_ai_generated:
        content["is_ai_generated"] = True
    return content


def find_reel(client: ApiClient, wish: str | None) -> tuple[str, dict[str, Any]]:
    """The render and the texts of its plan: of a generation, of a render, or of the newest generation that succeeded. Raises Complaint."""
    if wish and wish.startswith("render_"):
        generation_id = client.get(f"/v1/renders/{wish}")["generation_id"]
        return wish, _texts_of(client, generation_id) if generation_id else {}
    if wish and not re.fullmatch(r"gen_[0-9a-z]+", wish):
        raise Complaint(f"{wish} is neither a generation's id (gen_…) nor a render's (render_…). `reelwright status` lists yours.")
    found = client.get(f"/v1/generations/{wish}") if wish else next((row for row in client.list_all("/v1/generations") if row["state"] == "succeeded"), None)
    if found is None:
        raise Complaint('There is no finished reel yet. `reelwright make FOLDER --prompt "…"` makes one.')
    if found["state"] != "succeeded" or not found["render_id"]:
        raise Complaint(f"{found['id']} is {found['state']}: it has no finished reel to post.")
    return str(found["render_id"]), _texts_of(client, found["id"])


def _texts_of(client: ApiClient, generation_id: str) -> dict[str, Any]:
    return dict((client.get(f"/v1/generations/{generation_id}/report")["plan"] or {}).get("post_texts") or {})
