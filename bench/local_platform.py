"""The local platform: from its start to the first answer, and how long the API takes, in milliseconds. ``python -m bench.local_platform [--json]``.

Wall times, so they grow with what else the machine does. ``ratio`` is the warm start ÷ its goal.
"""

from __future__ import annotations

import re
import secrets
import time
from pathlib import Path
from statistics import median
from typing import Any

import requests

from bench.run_bench import run_bench
from local.platform import running_platform

COLD_GOAL_SECONDS, WARM_GOAL_SECONDS = 15.0, 8.0
HANDLER_GOAL_MS, CLIENT_GOAL_MS = 15.0, 80.0
REQUESTS = 60
ANSWER_SECONDS = 30


def measure_platform(folder: Path) -> dict[str, Any]:
    """A first start on an empty directory, a second on what it left, and many small requests to that one."""
    folder.chmod(0o711)  # the database's own user passes through
    data = folder / "data"
    begun = time.monotonic()
    with running_platform(data, 0) as platform:
        requests.get(f"{platform.url}/v1/health", timeout=ANSWER_SECONDS).raise_for_status()
        cold = time.monotonic() - begun
    begun = time.monotonic()
    with running_platform(data, 0) as platform:
        requests.get(f"{platform.url}/v1/health", timeout=ANSWER_SECONDS).raise_for_status()
        warm = time.monotonic() - begun
        handler, client = _ask(platform.url)
    return {
        "ratio": round(warm / WARM_GOAL_SECONDS, 3),
        "cold_start_seconds": round(cold, 1),
        "cold_goal_seconds": COLD_GOAL_SECONDS,
        "warm_start_seconds": round(warm, 1),
        "warm_goal_seconds": WARM_GOAL_SECONDS,
        "api_handler_ms": round(median(handler), 1),
        "api_handler_goal_ms": HANDLER_GOAL_MS,
        "api_client_ms": round(median(client), 1),
        "api_client_goal_ms": CLIENT_GOAL_MS,
    }


def _ask(url: str) -> tuple[list[float], list[float]]:
    """Milliseconds of each request, as its handler and as its client saw it; the first ones warm the worker."""
    body = {"email": f"{secrets.token_hex(6)}@example.org", "password": secrets.token_urlsafe(18), "name": "Bench"}
    with requests.Session() as session:
        session.trust_env = False
        answer = session.post(f"{url}/v1/auth/register", json=body, timeout=ANSWER_SECONDS)
        answer.raise_for_status()
        session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        handler, client = [], []
        for number in range(REQUESTS + 5):
            begun = time.perf_counter()
            answer = session.get(f"{url}/v1/projects", timeout=ANSWER_SECONDS)
            answer.raise_for_status()
            if number >= 5:
                client.append(1000 * (time.perf_counter() - begun))
                handler.append(float(re.search(r"dur=([\d.]+)", answer.headers["Server-Timing"])[1]))  # type: ignore[index]
    return handler, client


def describe(found: dict[str, Any]) -> list[str]:
    return [
        f"platform, first start to the first answer: {found['cold_start_seconds']} s (goal ≤ {COLD_GOAL_SECONDS:.0f} s)",
        f"platform, later start to the first answer: {found['warm_start_seconds']} s (goal ≤ {WARM_GOAL_SECONDS:.0f} s)",
        f"API, median: {found['api_handler_ms']} ms in the handler (goal ≤ {HANDLER_GOAL_MS:.0f}), {found['api_client_ms']} ms at the client (goal ≤ {CLIENT_GOAL_MS:.0f})",
    ]


if __name__ == "__main__":
    run_bench(__doc__, measure_platform, describe)
