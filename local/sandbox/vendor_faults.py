"""The errors that the fault switch makes, in each vendor's own words."""

from __future__ import annotations

from local.sandbox import google_login, meta_errors, tiktok_errors, tiktok_login, youtube_errors
from local.sandbox.exchange import HTML, Answer
from local.sandbox.faults import Fault

_GATEWAY = b"<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>"
_OAUTH = frozenset({"invalid_grant", "invalid_request", "invalid_client", "unauthorized_client", "invalid_token", "temporarily_unavailable", "access_denied"})
_EXPIRED = {"instagram": "190/463", "facebook": "190/463", "meta": "190/463", "youtube": "authError", "tiktok": "access_token_invalid"}
_RATES = {"instagram": "4", "facebook": "32", "meta": "4", "youtube": "rateLimitExceeded", "tiktok": "rate_limit_exceeded"}
_QUOTAS = {"instagram": "9/2207042", "facebook": "32/1390008", "meta": "4", "youtube": "quotaExceeded", "tiktok": "spam_risk_too_many_posts"}


def make_answer(fault: Fault, vendor: str, operation: str) -> Answer | None:
    """The answer of a fault that is an answer; None for the others."""
    if fault.kind == "html":
        return Answer(fault.status or 502, {"content-type": HTML}, _GATEWAY)
    if fault.kind == "status":
        return _make_outage(vendor, fault.status or 500)
    if fault.kind == "error":
        return make_error(vendor, fault.code, fault.status or None, is_token_call=operation in {"token", "refresh", "revoke"})
    if fault.kind == "expired_token":
        is_token_call = operation in {"token", "refresh"} and vendor in {"youtube", "tiktok"}
        return make_error(vendor, "invalid_grant" if is_token_call else _EXPIRED[vendor], is_token_call=is_token_call)
    codes = {"quota": _QUOTAS, "rate_limit": _RATES}.get(fault.kind)
    return make_error(vendor, codes[vendor]) if codes else None


def make_error(vendor: str, code: str, status: int | None = None, *, is_token_call: bool = False) -> Answer:
    """The vendor's error with that code of its tables."""
    if vendor in {"instagram", "facebook", "meta"}:
        return meta_errors.meta_error(code or "1", status=status)
    if is_token_call or code in _OAUTH:
        maker = google_login.oauth_error if vendor == "youtube" else tiktok_login.oauth_error
        return maker(code or "invalid_grant", "The fault switch was set.", status or (401 if code == "invalid_client" else 400))
    return (
        youtube_errors.youtube_error(code or "backendError", status=status)
        if vendor == "youtube"
        else tiktok_errors.tiktok_error(code or "internal_error", status=status)
    )


def _make_outage(vendor: str, status: int) -> Answer:
    if vendor in {"instagram", "facebook", "meta"}:
        return meta_errors.meta_error("2" if status == 503 else "1", status=status)
    return youtube_errors.youtube_error("backendError", status=status) if vendor == "youtube" else tiktok_errors.tiktok_error("internal_error", status=status)
