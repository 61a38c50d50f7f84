"""The creator's handle as it is shown, and whether it can be one."""

from __future__ import annotations

import re

from reelwright.generation.planning import patterns

_PROFILE = re.compile(r"^(?:https?://)?(?:www\.|m\.)?(?:instagram|facebook|tiktok|youtube)\.com/@?([\w.]+)/?(?:\?.*)?$", re.IGNORECASE)
_HANDLE = re.compile(r"^@[\w.-]{2,30}$")
_BARE = re.compile(r"^[A-Za-z0-9_.]{2,30}$")
_ADDRESS = re.compile(r"^(?:https?://)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10}(?:/\S*)?$", re.IGNORECASE)


def tidy_handle(given: str) -> str:
    """ "instagram.com/nora.goes" and "nora_goes" are shown as @nora.goes and @nora_goes; a web address stays one, other text as it is."""
    text = " ".join(given.split())
    profile = _PROFILE.match(text)
    if profile:
        return f"@{profile.group(1)}"
    if _ADDRESS.match(text):
        return patterns.sub(r"^https?://(?:www\.)?", "", text, flags=re.IGNORECASE).rstrip("/")
    return f"@{text}" if _BARE.match(text) else text


def doubt_handle(shown: str) -> str:
    """A sentence for the creator where the text can be neither a handle nor a web address; empty otherwise."""
    if not shown or _HANDLE.match(shown) or _ADDRESS.match(shown):
        return ""
    return f"“{shown}” is shown as it is. A handle starts with @ and has letters, digits, dots and underscores only."
