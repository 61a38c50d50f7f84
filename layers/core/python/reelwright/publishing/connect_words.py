"""What connecting says to creators: refusals of the consent page, permissions that were not given, accounts that cannot be posted to."""

from __future__ import annotations

from collections.abc import Iterable

from reelwright.publishing.history import title_of
from reelwright.publishing.social_account import ConnectWay

# What a permission lets us do. One that is not listed is named as the platform calls it.
SCOPE_WORDS = {
    "instagram_basic": "see the profile",
    "instagram_content_publish": "publish reels",
    "instagram_business_basic": "see the profile",
    "instagram_business_content_publish": "publish reels",
    "instagram_manage_insights": "count views",
    "instagram_business_manage_insights": "count views",
    "instagram_manage_comments": "write comments",
    "instagram_business_manage_comments": "write comments",
    "pages_manage_engagement": "write comments",
    "pages_show_list": "see your pages",
    "pages_read_engagement": "read the page",
    "pages_manage_posts": "publish on the page",
    "https://www.googleapis.com/auth/youtube.upload": "upload videos",
    "https://www.googleapis.com/auth/youtube.readonly": "see the channel",
    "https://www.googleapis.com/auth/youtube.force-ssl": "manage your videos",
    "https://www.googleapis.com/auth/youtube": "manage your videos",
    "user.info.basic": "see the profile",
    "user.info.profile": "see the profile's name",
    "video.publish": "publish videos",
    "video.list": "see your videos",
}
_NOBODY = {
    "instagram_login": "This Instagram login has no professional account. Switch the account to Creator or Business in the Instagram app, then connect again.",
    "facebook_login": "None of the pages that you allowed has an Instagram professional account. Link one in the page's settings, then connect again.",
    "facebook_page": "This Facebook login manages no page, or none was allowed. Choose one on the consent page, then connect again.",
    "youtube": "This Google account has no YouTube channel. Make one on youtube.com, then connect again.",
    "tiktok": "TikTok did not show an account. Log in there, then connect again.",
}
_BUSY_ERRORS = frozenset({"server_error", "temporarily_unavailable"})


def say_denied(platform: str, error: str) -> str:
    """Why the consent page came back without a permission."""
    title = title_of(platform)
    if error == "access_denied":
        return f"You did not allow it at {title}, so nothing was connected. Connect again whenever you like."
    if error in _BUSY_ERRORS:
        return f"{title} could not finish this just now. Nothing was connected. Try again in a few minutes."
    return f"{title} did not give a permission. Nothing was connected. Try again; if it stays, the operator's app at {title} needs a look."


def say_missing(platform: str, missing: Iterable[str]) -> str:
    """Which permissions were not given; empty where none is missing."""
    named = sorted({_name(scope) for scope in missing})
    if not named:
        return ""
    them = "it" if len(named) == 1 else "them"
    return f"You did not allow us to {_join(named)} at {title_of(platform)}. Connect again and leave {them} ticked."


def say_nobody(way: ConnectWay) -> str:
    """That the login reaches no account at all."""
    return _NOBODY[way]


def say_other_account(platform: str, wanted: str, found: Iterable[str]) -> str:
    """That another account came back than the one that was to be connected again."""
    names = _join([f"@{name}" for name in found])
    return f"You allowed {names or 'another account'}, but {wanted} was to be connected again. Log in at {title_of(platform)} as that account, then connect."


def _name(scope: str) -> str:
    words = SCOPE_WORDS.get(scope)
    return f"{words} ({scope.rsplit('/', 1)[-1]})" if words else f"use “{scope.rsplit('/', 1)[-1]}”"


def _join(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""
