"""TikTok's envelope, its error codes with their statuses, and who calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.sandbox.exchange import Answer, Call, Refusal, json_answer
from local.sandbox.grounds import Grounds, new_digits, read_bearer
from local.sandbox.records import Account, Token

STATUSES: Mapping[str, int] = {
    **dict.fromkeys(("access_token_invalid", "scope_not_authorized", "scope_permission_missed"), 401),
    **dict.fromkeys(
        (
            "spam_risk_too_many_posts",
            "spam_risk_user_banned_from_posting",
            "spam_risk_too_many_pending_share",
            "reached_active_user_cap",
            "unaudited_client_can_only_post_to_private_accounts",
            "url_ownership_unverified",
            "privacy_level_option_mismatch",
        ),
        403,
    ),
    "rate_limit_exceeded": 429,
    "internal_error": 500,
}


def tiktok_error(code: str, message: str = "", status: int | None = None) -> Answer:
    """The envelope with an error; every code without a status of its own has 400."""
    error = {"code": code, "message": message or f"The request was refused: {code}.", "log_id": new_digits("2026", 24)}
    return json_answer({"data": {}, "error": error}, status or STATUSES.get(code, 400))


def refuse(code: str, message: str = "") -> Refusal:
    """The refusal with that code."""
    return Refusal(tiktok_error(code, message))


def tiktok_answer(data: Mapping[str, Any]) -> Answer:
    """The envelope of a success."""
    return json_answer({"data": data, "error": {"code": "ok", "message": "", "log_id": new_digits("2026", 24)}})


def check_token(grounds: Grounds, call: Call, scope: str) -> Token:
    """Raises Refusal (401)."""
    token, reason = grounds.find_token(read_bearer(call.headers), "tiktok", call.now)
    if token is None or token.kind != "access" or reason:
        raise refuse("access_token_invalid", "The access token is invalid or not found in the request.")
    if scope not in token.scopes:
        raise refuse("scope_not_authorized", "The user did not authorize the scope required for completing this request.")
    return token


def count_call(grounds: Grounds, name: str, token: Token, limit: int, now: float) -> None:
    """Per minute and token. Raises Refusal (429, no Retry-After)."""
    if grounds.is_too_often(f"tiktok {name} {token.key}", limit, now):
        raise refuse("rate_limit_exceeded", "The API rate limit was exceeded.")


def find_creator(grounds: Grounds, token: Token) -> Account:
    """Raises Refusal."""
    account = grounds.store.find(Account, token.accounts[0]) if token.accounts else None
    if account is None:
        raise refuse("access_token_invalid")
    return account
