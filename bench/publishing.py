"""Faults at every outside call of every platform, with and without a death of the worker: ``python -m bench.publishing [--json] [--runs N] [--sample N]``.

``doubles``: posts that stand on the account twice. ``lost``: posts that are there although we say they are not, or the reverse. ``hung``: posts
without an end; where the platform itself never ends with a video, ours waits and says so. ``late``: known only later than five minutes after the platform's
last change. All four have to be 0, and their first comments count like posts: twice, there or not against what we say, without an end.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine

from bench.publishing_desk import Desk, Ended
from local.postgres import PostgresServer
from reelwright.kit.database import Database
from reelwright.kit.migrate import migrate_database
from reelwright.publishing.post import CommentState, PostState
from reelwright.publishing.social_account import ConnectWay

MIGRATIONS = Path(__file__).parents[1] / "migrations"
LATEST_SECONDS = 300
LEAST_RUNS = 1000
SEED = 7
TELLS_EACH = 100
POSTS_PER_DESK = 20
CALLS: dict[ConnectWay, tuple[str, ...]] = {
    "facebook_login": ("options", "open", "send", "probe", "check", "commit", "look", "list", "lengthen", "comment", "comments"),
    "instagram_login": ("options", "open", "check", "commit", "look", "list", "refresh", "comment", "comments"),
    "facebook_page": ("account", "open", "send", "probe", "check", "cover", "commit", "look", "lengthen", "comment", "comments"),
    "youtube": ("options", "open", "send", "probe", "check", "cover", "commit", "look", "refresh", "comment", "comments"),
    "tiktok": ("options", "open", "send", "check", "commit", "look", "refresh"),
}
FETCH, NOT_FETCHED = "fetch", "not_fetched"
FETCHING: tuple[ConnectWay, ...] = ("facebook_login", "instagram_login")
"""Instagram fetches the cover from its address, and in its own login the video too."""

FAULTS: dict[str, dict[str, Any]] = {
    "none": {},
    "not_heard": {"kind": "not_heard"},
    "cut_before": {"kind": "cut_before"},
    "cut_midway": {"kind": "cut_midway"},
    "cut_after": {"kind": "cut_after"},
    "500_before": {"kind": "status", "status": 500},
    "503_after": {"kind": "status", "status": 503, "is_done": True},
    "slow": {"kind": "slow", "seconds": 600},
    "html": {"kind": "html"},
    "expired_token": {"kind": "expired_token"},
    "rate_limit": {"kind": "rate_limit"},
    "quota": {"kind": "quota"},
    "three_cuts": {"kind": "cut_after", "times": 3},
    "outage": {"kind": "status", "status": 503, "times": 12},
}
NEVER_ENDS = "processing_never_ends"
OF_PROCESSING = ("processing_fails", NEVER_ENDS)
NEAR_THE_END_SECONDS = {"tiktok": 7000, "youtube": 3500, "facebook_login": 55 * 86_400, "instagram_login": 55 * 86_400, "facebook_page": 55 * 86_400}
"""How old a grant is when it has to be renewed before a post."""


@dataclass(frozen=True)
class Scene:
    """What goes wrong: the fault at the ``skip``-th call of this name, and whether the worker dies with it."""

    way: ConnectWay
    call: str
    fault: str
    dies: bool
    skip: int


def list_scenes() -> Iterator[Scene]:
    """Every call with every fault, with and without a death, at its first and its second time."""
    for way, calls in CALLS.items():
        for call in calls:
            for fault in FAULTS:
                for dies in (False, True):
                    for skip in (0, 1):
                        if fault != "none" or dies:
                            yield Scene(way, call, fault, dies, skip)
        for fault in OF_PROCESSING:
            yield Scene(way, "processing", fault, dies=False, skip=0)
    for way in FETCHING:
        for skip in (0, 1):
            yield Scene(way, FETCH, NOT_FETCHED, dies=False, skip=skip)


def play(desk: Desk, scene: Scene) -> Ended:
    """One post with one thing going wrong."""
    if scene.call in ("refresh", "lengthen"):
        desk.connect()
        desk.clock.wait(NEAR_THE_END_SECONDS[scene.way])
    _set_fault(desk, scene)
    desk.client.dies_at, desk.client.is_sparing = (scene.call, scene.skip) if scene.dies else ("", 0)
    ended = desk.post()
    desk.client.dies_at = ""
    desk.sandbox.clear_faults()
    return ended


def _set_fault(desk: Desk, scene: Scene) -> None:
    """Comments are only looked at after an answer was lost, so that one goes before."""
    desk.sandbox.clear_faults()
    desk.shelf.fails = scene.skip + 1 if scene.call == FETCH else 0
    if scene.call == "comments":
        desk.sandbox.set_fault("cut_after" if scene.skip else "cut_before", "*", "comment")
    fault = dict(FAULTS.get(scene.fault, {"kind": scene.fault}))
    if fault and scene.call != FETCH:
        operation = "*" if scene.call == "processing" else scene.call
        desk.sandbox.set_fault(fault.pop("kind"), "*", operation, skip=scene.skip, **fault)


def blame(ended: Ended, scene: Scene) -> str:
    """What is wrong with an end, or nothing. ``waiting`` is right where the platform itself never ends: there is nothing to know yet."""
    if ended.visible > 1 or ended.comments > 1:
        return "doubles"
    if scene.fault == NEVER_ENDS and ended.state == PostState.UNCONFIRMED and not ended.visible:
        return "waiting"
    if ended.is_hung:
        return "hung"
    if (ended.state == PostState.PUBLISHED) is not (ended.visible == 1) or (ended.state == PostState.FAILED and not ended.detail):
        return "lost"
    if _is_comment_lost(ended, scene.way):
        return "lost"
    if ended.settled_after is not None and ended.settled_after > LATEST_SECONDS:
        return "late"
    return ""


def _is_comment_lost(ended: Ended, way: ConnectWay) -> bool:
    """Whether we say something else of the first comment than what is there. "It could not be found out" is true of both."""
    if ended.state != PostState.PUBLISHED or way == "tiktok":
        return bool(ended.comments)
    says = {CommentState.WRITTEN: ended.comments == 1, CommentState.FAILED: ended.comments == 0, CommentState.UNKNOWN: True}
    return not says.get(CommentState(ended.comment_state), False) if ended.comment_state else True


def choose_scenes(least_runs: int = LEAST_RUNS, sample: int | None = None) -> list[Scene]:
    """All scenes, and as many more at random as make up the number; or ``sample`` of them at random, the same each time."""
    scenes = list(list_scenes())
    chance = random.Random(SEED)  # noqa: S311  # not for secrets
    if sample is not None:
        return chance.sample(scenes, min(sample, len(scenes)))
    return scenes + [chance.choice(scenes) for _ in range(max(0, least_runs - len(scenes)))]


def measure_publishing(folder: Path, scenes: list[Scene], *, is_told: bool = False) -> dict[str, Any]:
    """Figures of these scenes."""
    folder.chmod(0o711)
    begun = time.perf_counter()
    with PostgresServer(folder / "postgres", is_durable=False) as server:
        engine = create_engine(server.url, connect_args={"ssl_context": False}, pool_size=2)
        migrate_database(engine, MIGRATIONS)
        counts, blamed = play_all(Database(engine), scenes, folder, is_told=is_told)
        engine.dispose()
    return {
        "ratio": round(len(blamed) / len(scenes), 4),
        "runs": len(scenes),
        **{name: counts[name] for name in ("doubles", "lost", "hung", "late")},
        **{name: counts[name] for name in ("published", "failed", "waiting", "deaths")},
        "comments": {name: counts[f"comment_{name}"] for name in ("written", "failed", "unknown")},
        "seconds": round(time.perf_counter() - begun, 1),
        "blamed": blamed[:20],
    }


def play_all(database: Database, scenes: list[Scene], folder: Path, *, is_told: bool) -> tuple[Counter[str], list[dict[str, Any]]]:
    """How often each end came, and the posts with which something is wrong."""
    counts: Counter[str] = Counter()
    blamed: list[dict[str, Any]] = []
    desks: dict[ConnectWay, Desk] = {}
    for number, scene in enumerate(scenes, 1):
        if scene.way not in desks or desks[scene.way].posts >= POSTS_PER_DESK:
            desks[scene.way] = Desk(database, scene.way, folder)
        ended = play(desks[scene.way], scene)
        fault = blame(ended, scene)
        counts.update({ended.state: 1, "deaths": ended.deaths, fault: bool(fault), f"comment_{ended.comment_state}": 1})
        if fault not in ("", "waiting"):
            blamed.append({**vars(scene), "what": fault, **vars(ended)})
            print(blamed[-1] if is_told else "", end="\n" if is_told else "", file=sys.stderr)
        if is_told and number % TELLS_EACH == 0:
            print(f"{number} of {len(scenes)}", file=sys.stderr, flush=True)
    return counts, blamed


def describe(found: dict[str, Any]) -> list[str]:
    faults = ", ".join(f"{name} {found[name]}" for name in ("doubles", "lost", "hung", "late"))
    ends = ", ".join(f"{name} {found[name]}" for name in ("published", "failed", "waiting"))
    said = ", ".join(f"{name} {count}" for name, count in found["comments"].items())
    return [
        f"{found['runs']} posts with a fault each, the worker died {found['deaths']} times: {faults} (all have to be 0)",
        f"they ended {ends}; first comments {said}",
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=LEAST_RUNS, help="at least so many")
    parser.add_argument("--sample", type=int, default=None, help="only so many of them, at random")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="reelwright-bench-") as name:
        found = measure_publishing(Path(name), choose_scenes(options.runs, options.sample), is_told=not options.json)
    print(json.dumps(found) if options.json else "\n".join(describe(found)))
    return 0 if not found["blamed"] else 1


if __name__ == "__main__":
    sys.exit(main())
