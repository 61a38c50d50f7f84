"""Google's consent and tokens. https://developers.google.com/identity/protocols/oauth2/web-server

A refresh token comes with ``access_type=offline``, the first time or with ``prompt=consent``; it dies after six months without use, when a hundred
newer ones exist, or after seven days while the app is in testing. Refreshing gives no new one.
"""

from __future__ import annotations

import re

from local.sandbox.consent import Consent, ask, is_our_app, use_code
from local.sandbox.exchange import Answer, Call, json_answer
from local.sandbox.grounds import DAY_SECONDS, Grounds, new_secret
from local.sandbox.records import Token

ACCESS_SECONDS = 3_599
UNUSED_SECONDS = 183 * DAY_SECONDS
TESTING_SECONDS = 7 * DAY_SECONDS
LIVE_REFRESH_TOKENS = 100
PREFIX = "https://www.googleapis.com/auth/"
SCOPES = frozenset(f"{PREFIX}{name}" for name in ("youtube", "youtube.upload", "youtube.readonly", "youtube.force-ssl", "youtubepartner")) | {
    "openid",
    "email",
    "profile",
    f"{PREFIX}userinfo.email",
    f"{PREFIX}userinfo.profile",
}


def show_consent(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``/o/oauth2/v2/auth``. Scopes are separated by spaces."""
    wanted = [scope for scope in call.query.get("scope", "").split() if scope in SCOPES]
    channels = grounds.accounts_of("youtube")
    person = channels[0].name if channels else "nobody"
    return ask(grounds, call, Consent("youtube", "Sign in with Google", person, wanted, channels))


def name_operation(grounds: Grounds, call: Call, _: re.Match[str]) -> str:
    """Refreshing, or the first token."""
    return "refresh" if call.form.get("grant_type") == "refresh_token" else "token"


def give_token(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``/token``: a code or a refresh token for an access token."""
    sent = call.form
    if not is_our_app(sent.get("client_id", ""), sent.get("client_secret", "")):
        return oauth_error("invalid_client", "The OAuth client was not found.", 401)
    if sent.get("grant_type") == "refresh_token":
        return _refresh(grounds, sent.get("refresh_token", ""), call.now)
    if sent.get("grant_type") != "authorization_code":
        return oauth_error("unsupported_grant_type", "Invalid grant_type.")
    code, reason = use_code(grounds, "youtube", sent, call.now)
    if code is None or reason:
        return oauth_error("redirect_uri_mismatch" if reason == "redirect_uri" else "invalid_grant", "Malformed auth code.")
    family = new_secret()
    answer = _access(grounds, code.client_id, code.accounts, code.scopes, family, call.now)
    if code.is_offline:
        until = call.now + TESTING_SECONDS if grounds.settings.is_app_in_testing else None
        refresh = Token(new_secret("1//0"), "youtube", "refresh", code.client_id, code.accounts, code.scopes, call.now, until, family)
        refresh.used_at = call.now
        grounds.store.put(refresh)
        _end_oldest(grounds, code.accounts)
        answer["refresh_token"] = refresh.key
        if until is not None:
            answer["refresh_token_expires_in"] = TESTING_SECONDS
    return json_answer(answer)


def revoke(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``/revoke``: either token ends both."""
    token = grounds.store.find(Token, call.params.get("token", ""))
    if token is None or token.vendor != "youtube" or token.ended:
        return oauth_error("invalid_token", "Token expired or revoked")
    grounds.end_family(token.family, "revoked")
    return json_answer({})


def oauth_error(error: str, description: str, status: int = 400) -> Answer:
    """The flat error of OAuth 2."""
    return json_answer({"error": error, "error_description": description}, status)


def _refresh(grounds: Grounds, text: str, now: float) -> Answer:
    token, reason = grounds.find_token(text, "youtube", now)
    if token is None or token.kind != "refresh" or reason or now - token.used_at > UNUSED_SECONDS:
        return oauth_error("invalid_grant", "Token has been expired or revoked.")
    token.used_at = now
    grounds.store.put(token)
    return json_answer(_access(grounds, token.client_id, token.accounts, token.scopes, token.family, now))


def _access(grounds: Grounds, client_id: str, accounts: list[str], scopes: list[str], family: str, now: float) -> dict[str, object]:
    token = grounds.store.put(Token(new_secret("ya29."), "youtube", "access", client_id, accounts, scopes, now, now + ACCESS_SECONDS, family))
    return {"access_token": token.key, "expires_in": ACCESS_SECONDS, "scope": " ".join(scopes), "token_type": "Bearer"}


def _end_oldest(grounds: Grounds, accounts: list[str]) -> None:
    live = [
        token for token in grounds.store.all(Token) if token.kind == "refresh" and token.vendor == "youtube" and token.accounts == accounts and not token.ended
    ]
    for token in live[:-LIVE_REFRESH_TOKENS]:
        token.ended = "too many"
        grounds.store.put(token)
