"""TikTok's consent and tokens. https://developers.tiktok.com/doc/oauth-user-access-token-management

Access tokens live two hours, refresh tokens 180 days; each refresh gives a new refresh token and ends the old one. The challenge of PKCE may come in
base64url and in hex. The error sentences are ours.
"""

from __future__ import annotations

import re

from local.sandbox.consent import Consent, ask, is_our_app, use_code
from local.sandbox.exchange import Answer, Call, json_answer
from local.sandbox.grounds import DAY_SECONDS, Grounds, new_digits, new_secret
from local.sandbox.records import Token

ACCESS_SECONDS = 7_200
REFRESH_SECONDS = 180 * DAY_SECONDS
SCOPES = frozenset({"user.info.basic", "user.info.profile", "user.info.stats", "video.list", "video.upload", "video.publish"})
REASONS = {
    "unknown": "Authorization code is invalid.",
    "used": "Authorization code has been used.",
    "expired": "Authorization code is expired.",
    "redirect_uri": "Redirect_uri is not matched with the uri when requesting code.",
    "verifier": "Code verifier or code challenge is invalid.",
}


def show_consent(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``/v2/auth/authorize/``. Scopes are separated by commas; the granted ones come back in the redirection."""
    wanted = [scope for scope in call.query.get("scope", "").split(",") if scope in SCOPES]
    accounts = grounds.accounts_of("tiktok")
    person = accounts[0].username if accounts else "nobody"
    denied = {"error": "access_denied", "error_description": "User denied the authorization"}
    return ask(grounds, call, Consent("tiktok", "Log in to TikTok", person, wanted, accounts, client_field="client_key", denied=denied, shows_scopes=True))


def name_operation(grounds: Grounds, call: Call, _: re.Match[str]) -> str:
    """Refreshing, or the first token."""
    return "refresh" if call.form.get("grant_type") == "refresh_token" else "token"


def give_token(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``/v2/oauth/token/``: flat, without the envelope of the other calls."""
    sent = call.form
    if not sent:
        return oauth_error("invalid_request", "The request has to be application/x-www-form-urlencoded.")
    if not is_our_app(sent.get("client_key", ""), sent.get("client_secret", "")):
        return oauth_error("invalid_client", "Client key or secret is incorrect.", 401)
    if sent.get("grant_type") == "refresh_token":
        return _refresh(grounds, sent.get("refresh_token", ""), call.now)
    if sent.get("grant_type") != "authorization_code":
        return oauth_error("unsupported_grant_type", "Grant type is not supported.")
    code, reason = use_code(grounds, "tiktok", sent, call.now)
    if code is None or reason:
        return oauth_error("invalid_request" if reason in {"redirect_uri", "verifier"} else "invalid_grant", REASONS[reason])
    return _give(grounds, code.client_id, code.accounts, code.scopes, new_secret(), call.now)


def revoke(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``/v2/oauth/revoke/``: an empty answer; both tokens are over."""
    sent = call.form
    if not is_our_app(sent.get("client_key", ""), sent.get("client_secret", "")):
        return oauth_error("invalid_client", "Client key or secret is incorrect.", 401)
    token, reason = grounds.find_token(sent.get("token", ""), "tiktok", call.now)
    if token is None or reason:
        return oauth_error("invalid_grant", "Access token is invalid or expired.")
    grounds.end_family(token.family, "revoked")
    return Answer(200, {"content-length": "0"})


def oauth_error(error: str, description: str, status: int = 400) -> Answer:
    """The flat error of the token calls."""
    return json_answer({"error": error, "error_description": description, "log_id": new_digits("2026", 24)}, status)


def _refresh(grounds: Grounds, text: str, now: float) -> Answer:
    """Rotates: 180 days from now on [M: whether they count from the first consent is not told; ``refresh_expires_in`` says it]."""
    old, reason = grounds.find_token(text, "tiktok", now)
    if old is None or old.kind != "refresh" or reason:
        return oauth_error("invalid_grant", "Refresh token is invalid or expired.")
    old.ended = "rotated"
    grounds.store.put(old)
    return _give(grounds, old.client_id, old.accounts, old.scopes, old.family, now)


def _give(grounds: Grounds, client_id: str, accounts: list[str], scopes: list[str], family: str, now: float) -> Answer:
    access = grounds.store.put(Token(new_secret("act."), "tiktok", "access", client_id, accounts, scopes, now, now + ACCESS_SECONDS, family))
    refresh = grounds.store.put(Token(new_secret("rft."), "tiktok", "refresh", client_id, accounts, scopes, now, now + REFRESH_SECONDS, family))
    return json_answer(
        {
            "open_id": accounts[0] if accounts else "",
            "scope": ",".join(scopes),
            "access_token": access.key,
            "expires_in": ACCESS_SECONDS,
            "refresh_token": refresh.key,
            "refresh_expires_in": REFRESH_SECONDS,
            "token_type": "Bearer",
        }
    )
