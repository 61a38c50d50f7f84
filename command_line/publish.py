"""`reelwright post`, `schedule`, `posts` and `calendar`: a finished reel goes out, now or at its time."""

from __future__ import annotations

import argparse
import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from command_line.api_client import ApiClient
from command_line.complaint import FAILED, Complaint
from command_line.connect import find_accounts, name_of
from command_line.counts import tell_all_counts, tell_counts
from command_line.post_draft import LEFT_OUT, WITHOUT_FIRST_COMMENT, Words, find_reel, read_words, write_content
from command_line.post_time import read_zone
from command_line.reach_platform import running_client
from command_line.terminal import Progress

POLL_SECONDS = 1.0
PATIENCE_SECONDS = 900
ENDED = frozenset({"published", "failed", "unconfirmed", "cancelled", "draft", "scheduled"})  # scheduled: the platform asked to come back later
MAX_TABLE_BYTES = 500_000
CALENDAR_DAYS = 14
PLANNED_WORDS = Words(privacy="public")
_LINK_PATIENCE_SECONDS = 30
_SOON = timedelta(seconds=90)


def post(options: argparse.Namespace) -> int:
    """`reelwright post [GENERATION|RENDER] --to …`: now."""
    client, progress = running_client(options.data), Progress()
    made = [_make(client, draft) for draft in _drafts(client, options)]
    ended = [publish(client, row["id"], progress) for row in made]
    for row in ended:
        print(tell(row))
    return 0 if all(row["state"] == "published" for row in ended) else FAILED


def schedule(options: argparse.Namespace) -> int:
    """`reelwright schedule [GENERATION|RENDER] --to … --at TIME`, `--queue`, or `--csv FILE`."""
    client = running_client(options.data)
    if options.csv is not None:
        return _import(client, options.csv, options.dry_run)
    if not options.to:
        raise Complaint("Say to which accounts: --to instagram,tiktok.")
    if not (options.at or options.queue):
        raise Complaint('Say when: --at "2026-12-24 18:30", or --queue for the next free slot, or --csv FILE for many.')
    for draft in _drafts(client, options):
        print(tell(_make(client, draft | _read_time(options))))
    return 0


def posts(options: argparse.Namespace) -> int:
    """`reelwright posts [POST] [--cancel | --retry | --there LINK | --not-there] [--metrics]`."""
    client, progress = running_client(options.data), Progress()
    if options.metrics:
        print("\n".join(tell_counts(client, options.post) if options.post else tell_all_counts(client)))
        return 0
    if not options.post:
        rows = client.get("/v1/posts", limit=25)["items"]
        for row in rows:
            print(tell(row))
        if not rows:
            print("Nothing was posted yet. `reelwright post --to instagram` posts the newest reel.")
        return 0
    path = f"/v1/posts/{options.post}"
    if options.cancel:
        client.post(f"{path}/cancel", {})
    elif options.there is not None or options.not_there:
        client.post(f"{path}/resolve", {"is_there": not options.not_there, "permalink": options.there or ""})
    elif options.retry:
        client.post(f"{path}/retry", {})
        follow(client, options.post, progress)
    print(tell(client.get(path)))
    for event in client.list_all(f"{path}/history", limit=100):
        print(f"  {event['created_at'][:16].replace('T', ' ')}  {event['sentence']}")
    return 0


def calendar(options: argparse.Namespace) -> int:
    """`reelwright calendar [--days N]`."""
    client, zone = running_client(options.data), read_zone(options.time_zone)
    start = datetime.now(UTC)
    query = {"from": start.isoformat(), "to": (start + timedelta(days=options.days)).isoformat()}
    accounts = {account["id"]: name_of(account).split(" (")[0] for account in client.list_all("/v1/social-accounts")}
    lines = client.get("/v1/calendar", **query)["items"]
    for line in lines:
        at = datetime.fromisoformat(line["at"]).astimezone(zone)
        row = line["post"]
        what = {"free_slot": "free slot", "expected": "comes again"}.get(line["kind"]) or row["state"]
        words = f"  “{_shorten(row['content']['caption'])}”" if row else ""
        print(f"{at:%a %d %b %H:%M}  {accounts.get(line['social_account_id'], '?'):28} {what}{words}")
    if not lines:
        print(f"Nothing is planned for the next {options.days} days. `reelwright schedule --to instagram --at TIME` plans a post.")
    return 0


def publish(client: ApiClient, post_id: str, progress: Progress) -> dict[str, Any]:
    """Posts it now and follows it to its end."""
    client.post(f"/v1/posts/{post_id}/publish", {})
    return follow(client, post_id, progress)


def create_post(client: ApiClient, account: dict[str, Any], words: Words = PLANNED_WORDS, **more: Any) -> dict[str, Any]:
    """A post of the newest reel; a draft unless ``more`` gives it a time."""
    return _make(client, _draft(account, *find_reel(client, None), words) | more)


def follow(client: ApiClient, post_id: str, progress: Progress, *, until_ended: bool = False) -> dict[str, Any]:
    """The post when it has ended; a published one is waited for a little longer until it has its link and its first comment.

    One that waits for its time has ended too, unless ``until_ended``.
    """
    until, linked_until = time.monotonic() + PATIENCE_SECONDS, 0.0
    while True:
        row: dict[str, Any] = client.get(f"/v1/posts/{post_id}")
        if row["state"] == "published" and not linked_until:
            linked_until = time.monotonic() + _LINK_PATIENCE_SECONDS
        is_whole = row["state"] != "published" or _is_linked_and_commented(row) or time.monotonic() > linked_until
        if (row["state"] in ENDED and is_whole and not _waits(row, until_ended)) or time.monotonic() > until:
            return row
        progress.show(row["stage"] or row["state"], f"  {row['platform']:10} {(row['stage'] or row['state']).replace('_', ' ')} …")
        time.sleep(POLL_SECONDS)


def _is_linked_and_commented(row: dict[str, Any]) -> bool:
    return bool(row["permalink"]) and row["first_comment_state"] not in ("waiting", "asked")


def _waits(row: dict[str, Any], until_ended: bool) -> bool:
    """Whether a planned post is worth waiting for: it is about to begin, or whoever asks waits for its time."""
    if row["state"] != "scheduled":
        return False
    return until_ended or datetime.fromisoformat(row["due_at"]) < datetime.now(UTC) + _SOON


def tell(row: dict[str, Any]) -> str:
    """One line about a post."""
    planned = row["schedule"]
    when = f" at {planned['wall_time'].replace('T', ' ')} {planned['time_zone']}" if planned and row["state"] == "scheduled" else ""
    why = f"  {row['failure']['detail']}" if row["failure"] else ""
    warning = f"  Beware: {row['warning']}" if row["warning"] else ""
    comment = f"  first comment {row['first_comment_state']}" if row["first_comment_state"] else ""
    return f"{row['id']}  {row['platform']:10} {row['state']}{when}  {row['permalink'] or ''}{comment}{why}{warning}".rstrip()


def _drafts(client: ApiClient, options: argparse.Namespace) -> list[dict[str, Any]]:
    """A post for each account that is meant, with the words of the plan where none are given."""
    render_id, texts = find_reel(client, options.reel)
    words, accounts = read_words(options), find_accounts(client, options.to)
    if words.first_comment and any(account["platform"] in WITHOUT_FIRST_COMMENT for account in accounts):
        print(LEFT_OUT)
    return [_draft(account, render_id, texts, words) for account in accounts]


def _draft(account: dict[str, Any], render_id: str, texts: dict[str, Any], words: Words) -> dict[str, Any]:
    return {"social_account_id": account["id"], "render_id": render_id, "content": write_content(account["platform"], texts, words)}


def _make(client: ApiClient, draft: dict[str, Any]) -> dict[str, Any]:
    return dict(client.post("/v1/posts", draft))


def _read_time(options: argparse.Namespace) -> dict[str, Any]:
    if options.queue:
        return {"is_queued": True}
    wall_time = options.at.strip().replace(" ", "T")
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}", wall_time):
        raise Complaint(f'"{options.at}" is no time. Write it as "2026-12-24 18:30".')
    planned: dict[str, Any] = {"schedule": {"wall_time": wall_time, "time_zone": read_zone(options.time_zone).key}}
    return planned | ({"recurrence": {"every": options.every}} if options.every else {})


def _import(client: ApiClient, file: Path, is_dry_run: bool) -> int:
    try:
        if file.stat().st_size > MAX_TABLE_BYTES:
            raise Complaint(f"{file} has more than {MAX_TABLE_BYTES // 1000} kB. Split it.")
        table = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Complaint(f"{file} cannot be read as a text table (CSV, UTF-8): {getattr(error, 'strerror', None) or 'other characters'}.") from None
    answer = client.post("/v1/posts/import", {"table": table, "is_dry_run": is_dry_run})
    bad = [line for line in answer["lines"] if line["errors"]]
    for line in bad:
        print(f"  line {line['number']}: {' '.join(line['errors'])}")
    if bad:
        raise Complaint(f"{len(bad)} of {len(answer['lines'])} lines cannot be taken; nothing was made.")
    print(f"{len(answer['lines'])} posts {'would be made' if is_dry_run else 'were made'}.")
    return 0


def _shorten(text: str) -> str:
    first = text.strip().split("\n")[0]
    return first if len(first) <= 50 else f"{first[:49]}…"
