"""Meta's error envelope and codes, and the headers that tell how much of a limit is used.

Codes as the vendor lists them; the sentences are ours where no text is known. Statuses: 400, 401 for tokens, 403 for permissions, 500 for outages.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any

from local.sandbox.exchange import Answer, Refusal, json_answer
from local.sandbox.grounds import DAY_SECONDS, Grounds

_MESSAGES: Mapping[str, str] = {
    "1": "An unknown error occurred",
    "2": "Service temporarily unavailable",
    "4": "(#4) Application request limit reached",
    "4/2207051": "(#4) Application request limit reached: this action was blocked",
    "10": "(#10) Application does not have permission for this action",
    "17": "(#17) User request limit reached",
    "20/1772107": "(#20) This API call does not support the requested response format",
    "32": "(#32) Page request limit reached",
    "100": "(#100) Invalid parameter",
    "102": "Session key invalid or no longer valid",
    "190": "Error validating access token: the access token could not be decrypted",
    "190/458": "Error validating access token: the user has not authorized the application",
    "190/459": "Error validating access token: the user is in a checkpoint",
    "190/460": "Error validating access token: the session has been invalidated because the user changed their password",
    "190/463": "Error validating access token: the session has expired",
    "190/464": "Error validating access token: sessions for the user are not allowed because the user is not a confirmed user",
    "190/467": "Error validating access token: the access token is no longer valid",
    "200": "(#200) Requires permission to manage the object",
    "368": "The action attempted has been deemed abusive or is otherwise disallowed",
    "506": "(#506) Duplicate status message",
    "613": "(#613) Calls to this api have exceeded the rate limit",
    "-2/2207003": "Timeout while downloading the media",
    "-2/2207020": "The media has expired",
    "-1/2207001": "Instagram server error",
    "-1/2207032": "Create media failed",
    "-1/2207053": "Unknown upload error",
    "1/2207057": "Thumbnail offset must be greater than or equal to 0 and less than the video's duration",
    "9/2207042": "The user has reached the maximum number of posts that can be published in a day",
    "24/2207006": "The requested resource does not exist: media not found",
    "24/2207008": "The requested resource does not exist: media builder not found or expired",
    "25/2207050": "The Instagram account is restricted",
    "100/2207023": "The media type is unknown",
    "100/2207028": "A carousel needs 2 to 10 children",
    "100/2207040": "Cannot use more than 20 tags",
    "352/2207026": "The video format is not supported",
    "9004/2207052": "The media could not be fetched from this URI",
    "9007/2207027": "Media ID is not available: the media is not ready for publishing",
    "36000/2207004": "The image is too large",
    "36001/2207005": "The image format is not supported",
    "36003/2207009": "The aspect ratio is not supported",
    "36004/2207010": "The caption was too long",
    "-1/2207077": "Video download failed",
    "-1/2207082": "The media could not be uploaded",
    "-1/2207085": "The video could not be processed",
    "100/2207081": "This account cannot use trial reels",
    "1/1363047": "Service temporarily unavailable",
    "32/1390008": "You are posting too fast",
    "368/1346003": "The content was flagged",
    "368/1404102": "The content was flagged",
    "200/1404078": "Page Publishing Authorization is required",
    "368/1404112": "The account is temporarily limited",
    "200/4854002": "Identity confirmation is required",
    "352/2069019": "The video file is not valid",
    "100/1609008": "The link is not allowed",
}
_STATUSES = {1: 500, 2: 503, 10: 403, 102: 401, 190: 401}
_TRANSIENT = frozenset({1, 2, 4, 17, 32, 341, 613, -1, -2})


def meta_error(code: str, message: str = "", status: int | None = None) -> Answer:
    """The envelope for ``code`` or ``code/subcode``."""
    number, _, subcode = code.partition("/")
    value = int(number)
    sentence = message or _MESSAGES.get(code) or _MESSAGES.get(number) or f"(#{number}) Error"
    error: dict[str, Any] = {
        "message": sentence,
        "type": "OAuthException",
        "code": value,
        "is_transient": value in _TRANSIENT,
        "error_user_title": "This did not work",
        "error_user_msg": sentence,
        "fbtrace_id": "A" + secrets.token_urlsafe(8),
    }
    if subcode:
        error["error_subcode"] = int(subcode)
    if status is None:
        status = _STATUSES.get(value, 400) if value > 2 or not subcode else 400
        status = 403 if 200 <= value <= 299 else status
    return json_answer({"error": error}, status)


def refuse(code: str, message: str = "", status: int | None = None) -> Refusal:
    """The refusal with that code."""
    return Refusal(meta_error(code, message, status))


def login_error(message: str) -> Answer:
    """What api.instagram.com says: an envelope of its own [M]."""
    return json_answer({"error_type": "OAuthException", "code": 400, "error_message": message}, 400)


def usage_headers(grounds: Grounds, subject: str, kind: str, now: float) -> dict[str, str]:
    """Percent of the limits that are used. ``kind``: instagram or pages. Counted over one hour, a hundred and more calls for each percent [M]."""
    times = grounds.calls_at[f"meta {subject}"]
    while times and times[0] <= now - DAY_SECONDS / 24:
        times.popleft()
    times.append(now)
    used = min(len(times) // 200, 99)
    plain = {"call_count": used, "total_time": used // 2, "total_cputime": used // 3}
    shared = {"x-app-usage": json.dumps(plain)}
    if subject:
        business = {subject: [{"type": kind, **plain, "estimated_time_to_regain_access": 0}]}
        shared["x-business-use-case-usage"] = json.dumps(business)
        if kind == "pages":
            shared["x-page-usage"] = json.dumps(plain)
    return shared
