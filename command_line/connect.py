"""`reelwright connect PLATFORM`: opens the consent page, waits until the browser has come back, and lets the account be chosen."""

from __future__ import annotations

import argparse
import sys
import time
import webbrowser
from typing import Any
from urllib.parse import urlsplit

import requests

from command_line.api_client import ApiClient
from command_line.complaint import FAILED, Complaint
from command_line.reach_platform import running_client
from command_line.terminal import Progress

POLL_SECONDS = 1.0
PATIENCE_SECONDS = 600
CONSENT_SECONDS = 30
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def connect(options: argparse.Namespace) -> int:
    """`reelwright connect [PLATFORM]`; without a platform it lists the accounts."""
    client = running_client(options.data)
    if options.platform is None:
        return _list_accounts(client)
    accounts = connect_account(client, options.platform, Progress(), way=options.way, wanted=tuple(options.account or ()), says_yes=options.yes)
    for account in accounts:
        print(f"Connected: {name_of(account)}")
    return 0


def connect_account(
    client: ApiClient, platform: str, progress: Progress, *, way: str | None = None, wanted: tuple[str, ...] = (), says_yes: bool = False
) -> list[dict[str, Any]]:
    """The accounts that are connected now. ``says_yes`` answers the page of a stand-in on this machine by itself. Raises Complaint."""
    begun = client.post("/v1/social-accounts/connect", {"platform": platform, **({"way": way} if way else {})})
    address = begun["authorize_url"]
    if says_yes:
        _answer_stand_in(address)
    else:
        progress.say(f"Open this page and allow Reelwright to post:\n  {address}")
        if sys.stdout.isatty():
            webbrowser.open(address)
    found = _wait(client, begun["id"], progress)
    if found["state"] == "choosing":
        chosen = _choose(found["choices"], wanted)
        found = client.post(f"/v1/social-accounts/connect/{begun['id']}/choose", {"external_ids": chosen})
    if found["state"] != "connected":
        raise Complaint((found.get("failure") or {}).get("detail") or "Nobody came back from the consent page in time. Begin again.", FAILED)
    return list(found["accounts"])


def name_of(account: dict[str, Any]) -> str:
    """'instagram @maya.sea (account_…)'."""
    shown = f"@{account['username'].lstrip('@')}" if account["username"] else account["name"]
    return f"{account['platform']} {shown} ({account['id']})"


def _list_accounts(client: ApiClient) -> int:
    accounts = list(client.list_all("/v1/social-accounts"))
    for account in accounts:
        detail = f"  {account['detail']}" if account["detail"] else ""
        print(f"{name_of(account)}  {account['state']}{detail}")
    if not accounts:
        print("No account is connected yet. `reelwright connect instagram` connects one; facebook, youtube and tiktok too.")
    return 0


def _answer_stand_in(address: str) -> None:
    """Says yes on a stand-in's consent page and follows it back. Raises Complaint where the page is a real platform's."""
    if urlsplit(address).hostname not in _LOOPBACK:
        raise Complaint("--yes answers only the stand-ins on this machine. Without it the platform's own page is opened, where you decide.")
    with requests.Session() as session:
        session.trust_env = False
        session.get(f"{address}&auto=allow", timeout=CONSENT_SECONDS)


def _wait(client: ApiClient, connect_id: str, progress: Progress) -> dict[str, Any]:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        found: dict[str, Any] = client.get(f"/v1/social-accounts/connect/{connect_id}")
        if found["state"] != "waiting" or time.monotonic() > until:
            return found
        progress.show("waiting", "  waiting for the consent page …")
        time.sleep(POLL_SECONDS)


def _choose(choices: list[dict[str, Any]], wanted: tuple[str, ...]) -> list[str]:
    """Ids of the accounts that were named, or of the only one that can be posted to. Raises Complaint."""
    usable = [choice for choice in choices if not choice["cannot"]]
    if wanted:
        names = {name.lstrip("@").lower() for name in wanted}
        found = [choice for choice in usable if {choice["external_id"].lower(), choice["username"].lstrip("@").lower(), choice["name"].lower()} & names]
    else:
        found = usable if len(usable) == 1 else []
    if found:
        return [choice["external_id"] for choice in found]
    told = "; ".join(
        f"{choice['name']} ({choice['username'] or choice['external_id']}){': ' + choice['cannot'] if choice['cannot'] else ''}" for choice in choices
    )
    raise Complaint(f"This login reaches several accounts. Name one or more with --account: {told}.")


def find_accounts(client: ApiClient, wishes: tuple[str, ...]) -> list[dict[str, Any]]:
    """Accounts by platform, handle, platform:handle or id. Raises Complaint."""
    known = [account for account in client.list_all("/v1/social-accounts") if account["state"] != "disconnected"]
    found: list[dict[str, Any]] = []
    for wish in wishes:
        fitting = [account for account in known if wish.lstrip("@").lower() in _names_of(account)]
        if not fitting:
            told = ", ".join(name_of(account) for account in known) or "none"
            raise Complaint(f'"{wish}" is none of your accounts. Connected: {told}. `reelwright connect {wish}` connects one.')
        if len(fitting) > 1:
            raise Complaint(f'"{wish}" means several accounts: {", ".join(name_of(account) for account in fitting)}. Name one by its id.')
        found += [account for account in fitting if account not in found]
    return found


def _names_of(account: dict[str, Any]) -> set[str]:
    handle = account["username"].lstrip("@").lower()
    return {account["id"], account["platform"], handle, f"{account['platform']}:{handle}"} - {""}
