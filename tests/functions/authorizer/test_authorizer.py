"""The authorizer says who calls, in the simple format of HTTP APIs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from functions.authorizer import authorizer_of
from local.token_keys import make_token_keys
from reelwright.creators.access_token import AccessClaims, sign_access_token

EVENT = Path(__file__).parents[2] / "events" / "authorizer_request.json"
KEYS = make_token_keys()
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
TOKEN = sign_access_token(KEYS.private_key, AccessClaims("creator_1", "session_1"), NOW)


def ask(headers: dict[str, str], now: datetime = NOW) -> dict[str, Any]:
    event = json.loads(EVENT.read_text()) | {"headers": headers}
    return authorizer_of(lambda: KEYS.public_key, lambda: now)(event, None)


@pytest.mark.parametrize("headers", [{"authorization": f"Bearer {TOKEN}"}, {"Authorization": f"bearer  {TOKEN} "}])
def test_a_good_token_names_its_creator(headers: dict[str, str]) -> None:
    assert ask(headers) == {"isAuthorized": True, "context": {"creator_id": "creator_1", "refusal": ""}}


@pytest.mark.parametrize(
    "headers", [{}, {"authorization": ""}, {"authorization": "Basic bWF5YQ=="}, {"authorization": "Bearer"}, {"authorization": "Bearer a.b.c"}]
)
def test_anything_else_names_nobody_and_says_why(headers: dict[str, str]) -> None:
    answer = ask(headers)
    assert answer["context"]["creator_id"] == ""
    assert answer["context"]["refusal"].endswith(".")


def test_a_token_that_is_over_names_nobody() -> None:
    answer = ask({"authorization": f"Bearer {TOKEN}"}, NOW + timedelta(minutes=15))
    assert (answer["context"]["creator_id"], "is over" in answer["context"]["refusal"]) == ("", True)


def test_it_needs_only_the_public_key_and_neither_database_nor_aws() -> None:
    token = sign_access_token(KEYS.private_key, AccessClaims("creator_1", "session_1"), datetime.now(UTC))
    program = (
        "import sys, json; from functions.authorizer import handler\n"
        "answer = handler({'headers': {'authorization': 'Bearer ' + sys.argv[1]}}, None)\n"
        "print(json.dumps([answer['context']['creator_id'], sorted({'sqlalchemy', 'boto3', 'numpy'} & set(sys.modules))]))"
    )
    one_line_key = KEYS.public_key.replace("\n", "\\n")
    environment = {**os.environ, "REELWRIGHT_TOKEN_PUBLIC_KEY": one_line_key}
    done = subprocess.run([sys.executable, "-c", program, token], capture_output=True, text=True, check=False, env=environment)
    assert json.loads(done.stdout or "null") == ["creator_1", []], done.stderr
