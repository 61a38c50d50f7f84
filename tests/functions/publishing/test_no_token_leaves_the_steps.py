"""No token leaves the steps: not in what the storyboard hands on, not in a log line, not in a post's history, not in a row."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from functions.api.main import handler_of
from functions.entrypoint import steps_of
from reelwright.kit.errors import OutcomeUnknown, PlatformRefused, PlatformThrottled, PlatformUnavailable, ReconnectNeeded, UploadExpired
from tests.functions.publishing.storyboard_walk import ExecutionFailed, Newsroom, Walk
from tests.publishing.fake_platform import FakePlatform
from tests.publishing.test_tokens_are_never_shown import everything_in

TOKENS = ("fake-access-token", "fake-refresh-token")
EVENTS = Path(__file__).parents[2] / "events"
Fault = Callable[[FakePlatform], None]
FAULTS: dict[str, Fault] = {
    "none": lambda platform: None,
    "its answer is lost": lambda platform: platform.fail("commit", OutcomeUnknown("The answer was lost."), after=True),
    "its upload is over": lambda platform: platform.fail("send", UploadExpired("The upload is over.")),
    "it is down": lambda platform: platform.fail("open", PlatformUnavailable("It does not answer."), times=30),
    "it is over its limit": lambda platform: platform.fail("commit", PlatformThrottled("Slow down.", retry_after_seconds=60)),
    "it refuses the video": lambda platform: platform.fail("check", PlatformRefused("It cannot use the video.")),
    "it refuses the token once": lambda platform: platform.fail("send", ReconnectNeeded("It does not know this token.")),
    "its creator took our app off": lambda platform: platform.end_grants(),
    "it breaks": lambda platform: platform.fail("open", ZeroDivisionError("odd"), times=30),  # type: ignore[arg-type]
}


@dataclass
class TellingWalk(Walk):
    """Keeps every state that the storyboard handed on."""

    states: list[str] = field(default_factory=list)

    def _step(self, at: str, body: dict[str, Any], state: dict[str, Any]) -> tuple[str | None, dict[str, Any]]:
        self.states.append(json.dumps(state))
        return super()._step(at, body, state)


@contextmanager
def listening(service: str) -> Iterator[StringIO]:
    """The lines of a service's logger, as they are written for the log."""
    logger, heard = logging.getLogger(service), StringIO()
    listener = logging.StreamHandler(heard)
    listener.setFormatter(logger.handlers[0].formatter)
    logger.addHandler(listener)
    try:
        yield heard
    finally:
        logger.removeHandler(listener)


def walk_to_the_end(room: Newsroom, post_id: str) -> list[str]:
    room.run("Wake Post", post_id=post_id, version=room.read(post_id).version)
    handed = [json.dumps(room.executions.inputs)]
    for handed_on in room.executions.inputs.values():
        walk = TellingWalk(room)
        try:
            walk.run(dict(handed_on))
        except ExecutionFailed as failure:
            handed.append(str(failure))
        handed += walk.states
    return handed


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_whatever_breaks_no_token_is_handed_on_logged_or_told(room: Newsroom, fault: Fault, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    post_id = room.post()
    fault(room.platform)
    handed = walk_to_the_end(room, post_id)
    handed.append(json.dumps(room.run("Start Due Posts")))
    assert len(handed) > 3
    assert room.sentences(post_id)
    shown = "".join(handed) + everything_in(room.world.database) + "".join(f"{caplog.handler.format(record)}{vars(record)}" for record in caplog.records)
    assert not [token for token in TOKENS if token in shown]


@pytest.mark.parametrize("error", [PlatformRefused("It cannot use the video."), ZeroDivisionError("odd")], ids=["refused", "broken"])
def test_the_functions_own_log_lines_hold_ids_and_words_only(room: Newsroom, error: Any) -> None:
    post_id = room.post()
    room.run("Wake Post", post_id=post_id, version=room.read(post_id).version)
    (handed_on,) = room.executions.inputs.values()
    handler = steps_of("publishing", lambda: room.world)
    with listening("publishing") as heard:
        handler({"step": "Claim Post", **handed_on}, None)
        room.platform.fail("open", error, times=5)
        with pytest.raises(type(error)):
            handler({"step": "Open Upload", **handed_on}, None)
    logged = heard.getvalue()
    assert post_id in logged
    assert type(error).__name__ in logged
    assert not [token for token in TOKENS if token in logged]


def test_the_callbacks_log_lines_hold_neither_its_code_nor_its_state(room: Newsroom) -> None:
    room.post()
    platform = room.platform
    handler = handler_of(lambda: room.world)
    platform.fail("exchange_code", PlatformUnavailable("It does not answer."))
    for code in (platform.consent(), platform.consent()):
        event = json.loads((EVENTS / "http_api_request.json").read_text())
        query = {"state": platform.requests[-1].state, "code": code}
        event |= {"rawPath": "/v1/oauth/youtube/callback", "rawQueryString": f"state={query['state']}&code={code}", "queryStringParameters": query}
        event["requestContext"]["http"] |= {"method": "GET", "path": "/v1/oauth/youtube/callback"}
        with listening("api") as heard:
            answer = handler(event, SimpleNamespace())
        logged = heard.getvalue()
        assert answer["statusCode"] == 200
        assert "/v1/oauth/youtube/callback" in logged
        assert not [secret for secret in (*TOKENS, code, query["state"]) if secret in logged + json.dumps(answer)]
