"""Instagram Login: consent, the short token, the long one, its refresh.

Decisions where the reference is unsure: a token younger than a day that is refreshed is refused with code 10; a refreshed token leaves the old one
valid until its own end; there is no way to revoke one.
"""

from __future__ import annotations

import re

from local.sandbox.accounts import CLIENT_SECRET
from local.sandbox.consent import Consent, ask, is_our_app, use_code
from local.sandbox.exchange import Answer, Call, json_answer
from local.sandbox.grounds import DAY_SECONDS, Grounds, new_secret
from local.sandbox.meta_errors import login_error, refuse
from local.sandbox.meta_tokens import INSTAGRAM_LOGIN, check_token
from local.sandbox.records import Token

SHORT_SECONDS = 3_600
LONG_SECONDS = 5_183_944
CODE_SECONDS = 3_600
SCOPES = frozenset(
    {
        "instagram_business_basic",
        "instagram_business_content_publish",
        "instagram_business_manage_comments",
        "instagram_business_manage_insights",
        "instagram_business_manage_messages",
    }
)


def show_consent(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``/oauth/authorize``."""
    wanted = [scope for scope in re.split(r"[,\s]+", call.query.get("scope", "")) if scope in SCOPES]
    denied = {"error": "access_denied", "error_reason": "user_denied", "error_description": "The user denied your request"}
    accounts = grounds.accounts_of("instagram")
    person = accounts[0].username if accounts else "nobody"
    return ask(grounds, call, Consent("instagram", "Continue to Instagram", person, wanted, accounts, code_seconds=CODE_SECONDS, tail="#_", denied=denied))


def give_short_token(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``api.instagram.com/oauth/access_token``: a code for a token of one hour."""
    sent = call.params
    if not is_our_app(sent.get("client_id", ""), sent.get("client_secret", "")):
        return login_error("Invalid platform app")
    if sent.get("grant_type") != "authorization_code":
        return login_error("Invalid grant_type")
    code, reason = use_code(grounds, "instagram", sent, call.now)
    if code is None or reason:
        return login_error(_SENTENCES.get(reason, "Invalid authorization code"))
    token = Token(new_secret("IGAS"), INSTAGRAM_LOGIN, "user", code.client_id, code.accounts, code.scopes, call.now, call.now + SHORT_SECONDS, new_secret())
    grounds.store.put(token)
    answer = {"access_token": token.key, "user_id": int(code.accounts[0]) if code.accounts else 0, "permissions": code.scopes}
    return json_answer({"data": [answer]} if grounds.settings.is_token_answer_wrapped else answer)


def give_long_token(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``graph.instagram.com/access_token``: sixty days for the token of an hour."""
    if call.params.get("grant_type") != "ig_exchange_token":
        raise refuse("100", "Unsupported grant_type")
    if call.params.get("client_secret") != CLIENT_SECRET:
        raise refuse("100", "Error validating client secret.")
    return _lengthen(grounds, call, check_token(grounds, call, INSTAGRAM_LOGIN).token)


def refresh_token(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``graph.instagram.com/refresh_access_token``: only one that is at least a day old, still valid, and may read the profile."""
    if call.params.get("grant_type") != "ig_refresh_token":
        raise refuse("100", "Unsupported grant_type")
    token = check_token(grounds, call, INSTAGRAM_LOGIN).token
    if not token.is_long or call.now - token.issued_at < DAY_SECONDS:
        raise refuse("10", "The access token cannot be refreshed: it is not long-lived, or younger than 24 hours.", 400)
    if "instagram_business_basic" not in token.scopes:
        raise refuse("10")
    return _lengthen(grounds, call, token)


def _lengthen(grounds: Grounds, call: Call, old: Token) -> Answer:
    token = Token(
        new_secret("IGAL"), INSTAGRAM_LOGIN, "user", old.client_id, old.accounts, old.scopes, call.now, call.now + LONG_SECONDS, old.family, is_long=True
    )
    grounds.store.put(token)
    return json_answer({"access_token": token.key, "token_type": "bearer", "expires_in": LONG_SECONDS, "permissions": ",".join(old.scopes)})


_SENTENCES = {
    "unknown": "Matching code was not found or was already used",
    "used": "This authorization code has been used",
    "expired": "This authorization code has expired",
    "redirect_uri": "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request",
}
