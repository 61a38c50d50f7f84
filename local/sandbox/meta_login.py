"""Facebook Login: consent, tokens, what was granted, pages with their tokens, the end of it.

Decisions where the reference is unsure: a code gives a token of two hours; pages' tokens of a long-lived user token have no end; business managers
exist and are empty; ``DELETE /{user}/permissions`` ends every token of that consent [M].
"""

from __future__ import annotations

import re

from local.sandbox.accounts import CLIENT_ID, CLIENT_SECRET, FACEBOOK_USER, FACEBOOK_USER_NAME
from local.sandbox.consent import Consent, ask, is_our_app, use_code
from local.sandbox.exchange import Answer, Call, json_answer
from local.sandbox.grounds import Grounds, new_secret
from local.sandbox.meta_errors import refuse
from local.sandbox.meta_tokens import FACEBOOK_LOGIN, Caller, check_token
from local.sandbox.records import Account, Token

SHORT_SECONDS = 7_200
LONG_SECONDS = 5_184_000  # 60 days
SCOPES = frozenset(
    {
        "public_profile",
        "email",
        "instagram_basic",
        "instagram_content_publish",
        "instagram_manage_contents",
        "instagram_manage_comments",
        "instagram_manage_insights",
        "pages_show_list",
        "pages_read_engagement",
        "pages_manage_posts",
        "pages_manage_engagement",
        "pages_read_user_content",
        "read_insights",
        "business_management",
        "ads_management",
        "ads_read",
    }
)


def show_consent(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``/{version}/dialog/oauth``."""
    wanted = [scope for scope in re.split(r"[,\s]+", call.query.get("scope", "")) if scope in SCOPES]
    denied = {"error": "access_denied", "error_code": "200", "error_reason": "user_denied", "error_description": "Permissions error"}
    pages = grounds.accounts_of("facebook")
    title = "Continue to Facebook"
    return ask(grounds, call, Consent("meta", title, FACEBOOK_USER_NAME, wanted, pages, many_accounts=True, tail="#_=_", denied=denied))


def give_token(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``/oauth/access_token``: a code, or a short-lived token, for a token."""
    sent = call.params
    if not is_our_app(sent.get("client_id", ""), sent.get("client_secret", "")):
        raise refuse("1" if not sent.get("client_id") else "101", "Error validating client secret.", 400)
    if sent.get("grant_type") == "fb_exchange_token":
        return _exchange(grounds, call, sent.get("fb_exchange_token", ""))
    code, reason = use_code(grounds, "meta", sent, call.now)
    if code is None or reason:
        raise refuse("100", _CODE_SENTENCES.get(reason, "Invalid verification code format."), 400)
    token = Token(new_secret("EAAS"), FACEBOOK_LOGIN, "user", code.client_id, code.accounts, code.scopes, call.now, call.now + SHORT_SECONDS, new_secret())
    token.declined = code.declined
    grounds.store.put(token)
    return json_answer({"access_token": token.key, "token_type": "bearer", "expires_in": SHORT_SECONDS})


def read_permissions(grounds: Grounds, call: Call, caller: Caller) -> Answer:
    """``/me/permissions``: each scope that was asked for, granted or declined."""
    granted = [{"permission": scope, "status": "granted"} for scope in sorted({*caller.token.scopes, "public_profile"})]
    return json_answer({"data": [*granted, *({"permission": scope, "status": "declined"} for scope in caller.token.declined)]})


def read_pages(grounds: Grounds, call: Call, caller: Caller) -> Answer:
    """``/me/accounts``, paged by ``limit`` and ``after``."""
    if not caller.has("pages_show_list"):
        return json_answer({"data": []})
    keys = caller.token.accounts
    start = keys.index(call.params["after"]) + 1 if call.params.get("after") in keys else 0
    limit = max(1, min(int(call.params.get("limit", "25")), 100))
    fields = re.sub(r"[({].*?[)}]", "", call.params.get("fields", "id,name,access_token,category,tasks")).split(",")
    found = [_show_page(grounds, call, caller, grounds.store.find(Account, key), fields) for key in keys[start : start + limit]]
    paging: dict[str, object] = {"cursors": {"before": keys[start], "after": keys[min(start + limit, len(keys)) - 1]}} if found else {}
    if start + limit < len(keys):
        paging["next"] = f"{call.origin}{call.path}?access_token={caller.token.key}&limit={limit}&after={keys[start + limit - 1]}&fields={','.join(fields)}"
    return json_answer({"data": found, "paging": paging})


def page_token(grounds: Grounds, caller: Caller, page: Account, now: float) -> Token:
    """The page's own token: as lasting as the user's; none ends by time where that one is long-lived."""
    name = f"EAAP{page.key}{caller.token.key[4:]}"
    known = grounds.store.find(Token, name)
    if known is not None:
        return known
    user = caller.token
    until = None if user.is_long else user.expires_at
    return grounds.store.put(Token(name, FACEBOOK_LOGIN, "page", user.client_id, [page.key], user.scopes, now, until, user.family, is_long=user.is_long))


def inspect_token(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``/debug_token``, asked by the app itself [M]."""
    if call.params.get("access_token") != f"{CLIENT_ID}|{CLIENT_SECRET}":
        check_token(grounds, call, FACEBOOK_LOGIN)
    token, reason = grounds.find_token(call.params.get("input_token", ""), FACEBOOK_LOGIN, call.now)
    if token is None:
        return json_answer({"data": {"is_valid": False, "scopes": [], "error": {"code": 190, "message": "Invalid OAuth access token."}}})
    data = {
        "app_id": token.client_id,
        "application": "Reelwright",
        "type": token.kind.upper(),
        "expires_at": int(token.expires_at or 0),
        "data_access_expires_at": int(token.issued_at + 90 * 86_400),
        "is_valid": not reason,
        "scopes": token.scopes,
        "granular_scopes": [{"scope": scope, "target_ids": token.accounts} for scope in token.scopes],
        "user_id": FACEBOOK_USER,
    }
    if reason:
        data["error"] = {"code": 190, "message": f"The token is over: {reason}.", "subcode": 463 if reason == "expired" else 467}
    return json_answer({"data": data})


def end_permissions(grounds: Grounds, call: Call, caller: Caller, scope: str) -> Answer:
    """``DELETE /{user}/permissions`` ends the consent; with a scope, only that right."""
    if not scope:
        grounds.end_family(caller.token.family, "revoked")
        return json_answer({"success": True})
    for token in list(grounds.store.all(Token)):
        if token.family == caller.token.family:
            token.scopes = [kept for kept in token.scopes if kept != scope]
            grounds.store.put(token)
    return json_answer({"success": True})


def _exchange(grounds: Grounds, call: Call, text: str) -> Answer:
    """A long-lived token for one that still works; there is no other refresh."""
    old = check_token(grounds, call, FACEBOOK_LOGIN, text).token
    token = Token(
        new_secret("EAAL"), FACEBOOK_LOGIN, "user", old.client_id, old.accounts, old.scopes, call.now, call.now + LONG_SECONDS, old.family, is_long=True
    )
    token.declined = old.declined
    grounds.store.put(token)
    return json_answer({"access_token": token.key, "token_type": "bearer", "expires_in": LONG_SECONDS})


def _show_page(grounds: Grounds, call: Call, caller: Caller, page: Account | None, fields: list[str]) -> dict[str, object]:
    assert page is not None  # noqa: S101
    shown: dict[str, object] = {
        "id": page.key,
        "name": page.name,
        "username": page.username,
        "access_token": page_token(grounds, caller, page, call.now).key,
        "tasks": page.tasks,
        "category": "Creator",
        "instagram_business_account": {"id": page.linked, "username": _username(grounds, page.linked)} if page.linked else None,
        "picture": {"data": {"url": f"{call.origin}/_control/picture/{page.key}", "is_silhouette": False}},
    }
    return {name: value for name, value in shown.items() if value is not None and (name in fields or name == "id")}


def _username(grounds: Grounds, key: str) -> str:
    account = grounds.store.find(Account, key)
    return account.username if account else ""


_CODE_SENTENCES = {
    "used": "This authorization code has been used.",
    "expired": "This authorization code has expired.",
    "redirect_uri": "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request",
    "verifier": "The code verifier does not fit the code challenge.",
}
