"""The Lambda that says who calls: reads the bearer token before the API does, without a database.

It answers in the simple format of HTTP APIs (payload 2.0). A token that is over or forged is let through without a
creator, because a refusal here would become API Gateway's 403; the API then answers 401 in its own words.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from reelwright.creators.access_token import verify_access_token
from reelwright.kit.clock import Clock, utc_now
from reelwright.kit.errors import NotSignedIn
from reelwright.kit.settings import load_settings

Event = dict[str, Any]
_SCHEME = "bearer "


def authorizer_of(public_key: Callable[[], str], clock: Clock = utc_now) -> Callable[[Event, Any], Event]:
    """The handler for a key that is read at the first call."""

    def handler(event: Event, context: Any) -> Event:
        headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
        credentials = str(headers.get("authorization", ""))
        if credentials[: len(_SCHEME)].lower() != _SCHEME:
            return _answer(refusal="Log in first, and send the access token as a bearer token.")
        try:
            claims = verify_access_token(public_key(), credentials[len(_SCHEME) :].strip(), clock())
        except NotSignedIn as refusal:
            return _answer(refusal=refusal.detail)
        return _answer(creator_id=claims.creator_id)

    return handler


@lru_cache(maxsize=1)
def load_public_key() -> str:
    """The PEM of the key: from the environment, where line ends may be written as \\n, else from its secret."""
    settings = load_settings()
    if settings.token_public_key:
        return settings.token_public_key.replace("\\n", "\n")
    import boto3  # noqa: PLC0415  # costs 150 ms, and only a stage that keeps the key as a secret needs it

    secret = boto3.client("secretsmanager").get_secret_value(SecretId=settings.token_key_secret_arn)
    return str(json.loads(secret["SecretString"])["public_key"])


def _answer(creator_id: str = "", refusal: str = "") -> Event:
    return {"isAuthorized": True, "context": {"creator_id": creator_id, "refusal": refusal}}


handler = authorizer_of(load_public_key)
