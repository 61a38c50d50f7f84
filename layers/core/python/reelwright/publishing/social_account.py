"""SocialAccount: an account of a creator on a platform, and whether we may still post to it."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

ConnectWay = Literal["instagram_login", "facebook_login", "facebook_page", "youtube", "tiktok"]
"""How an account was connected. Instagram has two ways with different abilities; the others have one."""

WAYS_OF_PLATFORM: dict[str, tuple[ConnectWay, ...]] = {
    "instagram": ("facebook_login", "instagram_login"),
    "facebook": ("facebook_page",),
    "youtube": ("youtube",),
    "tiktok": ("tiktok",),
}


class AccountState(StrEnum):
    """``RECONNECT_NEEDED``: the permission is over or too small; the creator connects again and nothing is lost."""

    CONNECTED = "connected"
    RECONNECT_NEEDED = "reconnect_needed"
    DISCONNECTED = "disconnected"
