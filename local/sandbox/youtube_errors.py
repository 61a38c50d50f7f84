"""Google's error envelope, the reasons of the YouTube Data API, and its two kinds of quota.

Inserts have a bucket of their own (100 a day), everything else shares 10,000 units; both begin anew at midnight in California.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from local.sandbox.exchange import Answer, Call, Refusal, json_answer
from local.sandbox.google_login import PREFIX
from local.sandbox.grounds import Grounds, read_bearer
from local.sandbox.records import Account, Tally, Token

UNITS: Mapping[str, int] = {"videos.list": 1, "channels.list": 1, "playlistItems.list": 1, "videos.update": 50, "videos.delete": 50, "thumbnails.set": 50}
UNITS = {**UNITS, "commentThreads.insert": 50, "commentThreads.list": 1, "videos.batchGetStats": 1}
_WIDE = (f"{PREFIX}youtube", f"{PREFIX}youtube.force-ssl", f"{PREFIX}youtubepartner")
UPLOAD_SCOPES = frozenset({*_WIDE, f"{PREFIX}youtube.upload"})
READ_SCOPES = frozenset({*_WIDE, f"{PREFIX}youtube.readonly"})
WRITE_SCOPES = frozenset(_WIDE)
COMMENT_SCOPES = frozenset({f"{PREFIX}youtube.force-ssl"})
_STATUSES: Mapping[str, int] = {
    **dict.fromkeys(("authError", "youtubeSignupRequired"), 401),
    **dict.fromkeys(("quotaExceeded", "dailyLimitExceeded", "rateLimitExceeded", "userRateLimitExceeded"), 403),
    **dict.fromkeys(("forbidden", "forbiddenPrivacySetting", "forbiddenLicenseSetting", "insufficientPermissions", "accessNotConfigured"), 403),
    **dict.fromkeys(("commentsDisabled", "ineligibleAccount"), 403),
    **dict.fromkeys(("videoNotFound", "sessionNotFound", "playlistNotFound", "channelNotFound"), 404),
    "uploadRateLimitExceeded": 429,
    "backendError": 503,
    "internalError": 500,
}
_DOMAINS = {"quotaExceeded": "youtube.quota", "dailyLimitExceeded": "usageLimits", "rateLimitExceeded": "usageLimits", "userRateLimitExceeded": "usageLimits"}
_NAMES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}


def youtube_error(reason: str, message: str = "", status: int | None = None) -> Answer:
    """The envelope for a reason of the vendor's table."""
    code = status or _STATUSES.get(reason, 400)
    sentence = message or f"The request was refused: {reason}."
    entry = {"message": sentence, "domain": _DOMAINS.get(reason, "global" if code == 401 else "youtube.video"), "reason": reason}
    if code == 401:
        entry |= {"location": "Authorization", "locationType": "header"}
    document = {"error": {"code": code, "message": sentence, "errors": [entry], "status": _NAMES.get(code, "UNKNOWN")}}
    headers = {"www-authenticate": 'Bearer realm="https://accounts.google.com/", error="invalid_token"'} if code == 401 else {}
    return json_answer(document, code, headers)


def refuse(reason: str, message: str = "", status: int | None = None) -> Refusal:
    """The refusal with that reason."""
    return Refusal(youtube_error(reason, message, status))


def check_token(grounds: Grounds, call: Call, scopes: frozenset[str]) -> Token:
    """Any one of the scopes is enough. Raises Refusal."""
    token, reason = grounds.find_token(read_bearer(call.headers) or call.query.get("access_token", ""), "youtube", call.now)
    if token is None or token.kind != "access" or reason:
        raise refuse("authError", "Request had invalid authentication credentials. Expected OAuth 2 access token.")
    if not scopes & set(token.scopes):
        raise refuse("insufficientPermissions", "Request had insufficient authentication scopes.")
    return token


def find_channel(grounds: Grounds, token: Token) -> Account | None:
    """The channel of the token; a Google account may have none."""
    channel = grounds.store.find(Account, token.accounts[0]) if token.accounts else None
    return channel if channel is not None and channel.vendor == "youtube" else None


def need_channel(grounds: Grounds, token: Token) -> Account:
    """Raises Refusal (youtubeSignupRequired)."""
    channel = find_channel(grounds, token)
    if channel is None:
        raise refuse("youtubeSignupRequired", "The account has no YouTube channel.")
    return channel


def spend(grounds: Grounds, method: str, now: float) -> None:
    """Takes the call's units from the day's quota. Raises Refusal (quotaExceeded)."""
    bucket, units, limit = "units", UNITS.get(method, 1), grounds.settings.youtube_units
    if method == "videos.insert":
        bucket, units, limit = "inserts", 1, grounds.settings.youtube_inserts
    tally = grounds.store.find(Tally, f"youtube {bucket} {pacific_day(now)}") or Tally(f"youtube {bucket} {pacific_day(now)}")
    if tally.count + units > limit:
        raise refuse("quotaExceeded", "The request cannot be completed because you have exceeded your quota.")
    tally.count += units
    grounds.store.put(tally)


def pacific_day(now: float) -> str:
    """The day in California, by which quotas are counted."""
    return _day_of_quarter(int(now // 900))


@lru_cache(maxsize=512)
def _day_of_quarter(quarter: int) -> str:
    """Days begin on a quarter of an hour everywhere."""
    return datetime.fromtimestamp(quarter * 900, UTC).astimezone(ZoneInfo("America/Los_Angeles")).date().isoformat()
