"""Who calls Graph: the token, its rights, and the proof that the app's secret is known."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from local.sandbox.accounts import CLIENT_SECRET
from local.sandbox.exchange import Call
from local.sandbox.grounds import Grounds, read_bearer
from local.sandbox.meta_errors import refuse
from local.sandbox.records import Account, Token

FACEBOOK_LOGIN, INSTAGRAM_LOGIN = "meta", "instagram"
_CODES = {"expired": "190/463", "revoked": "190/458", "password": "190/460", "checkpoint": "190/459", "unknown": "190", "invalid": "190/467"}


@dataclass(frozen=True)
class Caller:
    """A working token. ``login``: whose host was called."""

    token: Token
    login: str

    def has(self, *scopes: str) -> bool:
        return set(scopes) <= set(self.token.scopes)


def check_token(grounds: Grounds, call: Call, login: str, text: str | None = None) -> Caller:
    """The call's token, or ``text`` where a call is about one. Raises Refusal: 190 with its subcode, 100 for a wrong proof."""
    sent = text if text is not None else call.params.get("access_token") or read_bearer(call.headers) or read_bearer(call.headers, "OAuth")
    if not sent:
        raise refuse("102", "An active access token must be used to query information about the current user.")
    token, reason = grounds.find_token(sent, login, call.now)
    if token is None or reason:
        raise refuse(_CODES.get(reason, "190/467"))
    if text is None:
        _check_proof(grounds, call, sent, login)
    token.used_at = call.now
    return Caller(token, login)


def find_instagram(grounds: Grounds, caller: Caller, key: str) -> Account:
    """The Instagram account that this token reaches. Raises Refusal (100) for one that it does not."""
    account = grounds.store.find(Account, key)
    if account is None or account.vendor != "instagram" or not _reaches(grounds, caller, account):
        raise missing(key)
    return account


def find_page(grounds: Grounds, caller: Caller, key: str) -> Account:
    """The page that this token reaches. Raises Refusal (100)."""
    account = grounds.store.find(Account, key)
    if account is None or account.vendor != "facebook" or key not in caller.token.accounts:
        raise missing(key)
    return account


def missing(key: str) -> Exception:
    """What Graph says of an object that is not there, or not for this token."""
    return refuse("100", f"Unsupported request. Object with ID '{key}' does not exist, cannot be loaded due to missing permissions, or does not support it.")


def _reaches(grounds: Grounds, caller: Caller, account: Account) -> bool:
    if caller.login == INSTAGRAM_LOGIN:
        return account.key in caller.token.accounts
    pages = (grounds.store.find(Account, key) for key in caller.token.accounts)
    return any(page is not None and page.linked == account.key for page in pages)


def _check_proof(grounds: Grounds, call: Call, token: str, login: str) -> None:
    """``appsecret_proof``: checked where it is sent, demanded where the app is set so."""
    proof = call.params.get("appsecret_proof")
    if proof is None and not (grounds.settings.needs_secret_proof and login == FACEBOOK_LOGIN):
        return
    expected = hmac.new(CLIENT_SECRET.encode(), token.encode(), hashlib.sha256).hexdigest()
    if proof is None:
        raise refuse("100", "API calls from the server require an appsecret_proof argument")
    if not hmac.compare_digest(proof, expected):
        raise refuse("100", "Invalid appsecret_proof provided in the API argument")
