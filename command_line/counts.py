"""`reelwright posts --metrics` and `reelwright posting-times`: what became of posts, and when posting was good."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from command_line.api_client import ApiClient
from command_line.complaint import Complaint
from command_line.connect import find_accounts, name_of
from command_line.post_time import read_zone
from command_line.reach_platform import running_client

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
COUNTED = ("views", "likes", "comments", "shares")
NEWEST_POSTS = 25
NOT_COUNTED = "not counted yet; the first time is an hour after posting"


def posting_times(options: argparse.Namespace) -> int:
    """`reelwright posting-times [ACCOUNT,ACCOUNT] [--time-zone NAME]`."""
    client, zone = running_client(options.data), read_zone(options.time_zone).key
    accounts = find_accounts(client, options.accounts) if options.accounts else list(client.list_all("/v1/social-accounts"))
    if not accounts:
        raise Complaint("No account is connected yet. `reelwright connect instagram` connects one.")
    for account in accounts:
        for line in tell_times(client, account, zone):
            print(line)
    return 0


def tell_times(client: ApiClient, account: dict[str, Any], zone: str) -> Iterator[str]:
    """How far an account's good times can be trusted, and each of them with the posts that it stands on."""
    found = client.get("/v1/posting-times", social_account_id=account["id"], time_zone=zone)
    yield f"{name_of(account)}: {found['sentence']}"
    for time in found["times"]:
        lift = f"{time['lift']:.1f} times the usual"
        hours = f"{time['from_hour']:02}:00 to {time['to_hour']:02}:00"
        yield f"  {WEEKDAYS[time['weekday']]} {hours}  {time['median_views']:,.0f} views, {lift}, from {time['posts']} posts"


def tell_all_counts(client: ApiClient) -> Iterator[str]:
    """The newest counts of the newest posts that are published."""
    rows = client.get("/v1/posts", limit=NEWEST_POSTS, state="published")["items"]
    for row in rows:
        taken = client.get(f"/v1/posts/{row['id']}/metrics")["items"]
        told = _tell_count(taken[-1]) if taken else NOT_COUNTED
        yield f"{row['id']}  {row['platform']:10} {told}  {row['permalink'] or ''}".rstrip()
    if not rows:
        yield "Nothing is published yet, so nothing is counted."


def tell_counts(client: ApiClient, post_id: str) -> Iterator[str]:
    """Every count of one post, oldest first."""
    taken = client.get(f"/v1/posts/{post_id}/metrics")["items"]
    for counts in taken:
        yield f"  {datetime.fromisoformat(counts['collected_at']):%Y-%m-%d %H:%M}  {_tell_count(counts)}"
    if not taken:
        yield f"  {NOT_COUNTED}"


def _tell_count(counts: dict[str, Any]) -> str:
    """What the platform tells; what it does not is left out."""
    told = [f"{counts[name]:,} {name if counts[name] != 1 else name.removesuffix('s')}" for name in COUNTED if counts[name] is not None]
    return " · ".join(told) or "the platform tells no counts"
