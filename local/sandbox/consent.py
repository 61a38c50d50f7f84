"""Consent pages, and the codes that they give out.

A browser sees a page with the scopes and accounts to tick and two buttons. A client may POST the same form (``decision``, ``scope`` and ``account``,
each as often as needed), or add ``auto=allow`` or ``auto=deny`` to the address, with ``scopes=a,b`` and ``accounts=1,2`` to choose; then the answer
is the redirection. The setting ``consent`` does the same for every page.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from html import escape
from urllib.parse import urlencode

from local.sandbox.accounts import CLIENT_ID, CLIENT_SECRET
from local.sandbox.exchange import Answer, Call, html_answer, redirect
from local.sandbox.grounds import Grounds, new_secret
from local.sandbox.page_frame import frame
from local.sandbox.records import Account, Code


@dataclass(frozen=True)
class Consent:
    """What one vendor's page asks. ``denied``: what it adds to the redirection when the person says no. ``tail``: what it puts after the address."""

    vendor: str
    title: str
    person: str
    scopes: list[str]
    accounts: list[Account]
    client_field: str = "client_id"
    code_seconds: int = 600
    many_accounts: bool = False
    tail: str = ""
    denied: dict[str, str] = field(default_factory=lambda: {"error": "access_denied"})
    shows_scopes: bool = False


def ask(grounds: Grounds, call: Call, consent: Consent) -> Answer:
    """The page, or the redirection after a decision."""
    query = call.query
    if reason := _find_fault(grounds, call, consent):
        return html_answer(frame(consent.title, f"<h1>This page cannot be shown</h1><p class=quiet>{escape(reason)}</p>"), 400)
    decision, scopes, accounts = _read_decision(grounds, call, consent)
    state = {"state": query["state"]} if "state" in query else {}
    if decision == "deny":
        return redirect(_join(query["redirect_uri"], {**consent.denied, **state}) + consent.tail)
    if decision != "allow":
        return html_answer(_page(call, consent))
    code = Code(
        new_secret("4/" if consent.vendor == "youtube" else "AQ"),
        consent.vendor,
        query[consent.client_field],
        query["redirect_uri"],
        scopes,
        accounts,
        call.now + consent.code_seconds,
        query.get("code_challenge", ""),
        query.get("code_challenge_method", "plain" if query.get("code_challenge") else ""),
        query.get("access_type") == "offline",
        declined=[scope for scope in consent.scopes if scope not in scopes],
    )
    grounds.store.put(code)
    shown = {"scopes": ",".join(scopes)} if consent.shows_scopes else {}
    return redirect(_join(query["redirect_uri"], {"code": code.key, **shown, **state}) + consent.tail)


def use_code(grounds: Grounds, vendor: str, sent: dict[str, str], now: float) -> tuple[Code | None, str]:
    """The code, used up; or why it is refused: ``unknown``, ``used``, ``expired``, ``redirect_uri``, ``verifier``."""
    code = grounds.store.find(Code, sent.get("code", ""))
    if code is None or code.vendor != vendor or code.client_id != sent.get("client_id", sent.get("client_key")):
        return None, "unknown"
    if code.used_at is not None:
        return code, "used"
    if now >= code.expires_at:
        return code, "expired"
    if code.redirect_uri != sent.get("redirect_uri"):
        return code, "redirect_uri"
    if code.challenge and not fits_challenge(code, sent.get("code_verifier", "")):
        return code, "verifier"
    code.used_at = now
    grounds.store.put(code)
    return code, ""


def fits_challenge(code: Code, verifier: str) -> bool:
    """PKCE. TikTok's desktop flow takes the digest in hex where the standard takes base64url: it may come in both forms."""
    digest = hashlib.sha256(verifier.encode())
    forms = {base64.urlsafe_b64encode(digest.digest()).rstrip(b"=").decode()}
    if code.vendor == "tiktok":
        forms.add(digest.hexdigest())
    return (code.challenge in forms) if code.challenge_method == "S256" else code.challenge == verifier


def is_our_app(client_id: str, client_secret: str) -> bool:
    """Whether these are the credentials of the one app that the stand-ins know."""
    return (client_id, client_secret) == (CLIENT_ID, CLIENT_SECRET)


def _find_fault(grounds: Grounds, call: Call, consent: Consent) -> str:
    query = call.query
    missing = [name for name in (consent.client_field, "redirect_uri", "response_type", "scope") if not query.get(name)]
    if missing:
        return f"The address lacks {', '.join(missing)}."
    if query[consent.client_field] != CLIENT_ID:
        return f"No app is known as {query[consent.client_field]}."
    if query["response_type"] != "code":
        return "Only response_type=code is served."
    known = grounds.settings.redirect_uris
    if (known and query["redirect_uri"] not in known) or not query["redirect_uri"].startswith(("http://", "https://")):
        return "The redirect_uri is not registered for this app."
    if query.get("code_challenge_method", "S256") not in {"S256", "plain"}:
        return "code_challenge_method may be S256."
    return ""


def _read_decision(grounds: Grounds, call: Call, consent: Consent) -> tuple[str, list[str], list[str]]:
    offered = [account.key for account in consent.accounts]
    if call.method == "POST":
        items = call.form_items
        scopes = [value for name, value in items if name == "scope"]
        accounts = [value for name, value in items if name == "account"]
        decision = call.form.get("decision", "deny")
        return decision, [scope for scope in consent.scopes if scope in scopes], [key for key in offered if key in accounts]
    decision = call.query.get("auto") or grounds.settings.consent
    scopes = call.query["scopes"].split(",") if "scopes" in call.query else consent.scopes
    chosen = call.query["accounts"].split(",") if "accounts" in call.query else offered if consent.many_accounts else offered[:1]
    return decision, [scope for scope in consent.scopes if scope in scopes], [key for key in offered if key in chosen]


def _join(address: str, values: dict[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(values)}"


def _page(call: Call, consent: Consent) -> str:
    kind = "checkbox" if consent.many_accounts else "radio"
    accounts = "".join(
        f"<label><input type={kind} name=account value='{escape(account.key)}'{' checked' if consent.many_accounts or index == 0 else ''}>"
        f"<span><b>{escape(account.name)}</b> <small>{escape(account.username)}</small></span></label>"
        for index, account in enumerate(consent.accounts)
    )
    scopes = "".join(f"<label><input type=checkbox name=scope value='{escape(scope)}' checked><span>{escape(scope)}</span></label>" for scope in consent.scopes)
    return frame(
        consent.title,
        f"<form method=post action='{escape(call.path)}?{escape(call.query_string)}'><h1>{escape(consent.title)}</h1>"
        f"<p class=quiet>Stand-in on this machine. You are signed in as {escape(consent.person)}.</p>"
        f"<h2>Accounts</h2>{accounts}<h2>What Reelwright may do</h2>{scopes}"
        "<p class=buttons><button name=decision value=allow class=main>Allow</button><button name=decision value=deny>Deny</button></p></form>",
        narrow=True,
    )
