"""Register, log in, refresh, log out, over HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import jwt
import pytest


def test_a_new_creator_is_signed_in_at_once(maya: Any) -> None:
    answer = maya.get("/v1/me")
    assert (answer.status, answer.body) == (200, {"id": maya.creator_id, "email": "maya@example.org", "name": "maya"})
    assert set(maya.tokens) == {"creator", "access_token", "token_type", "expires_in_seconds", "refresh_token"}
    assert (maya.tokens["token_type"], maya.tokens["expires_in_seconds"]) == ("Bearer", 900)


def test_an_address_registers_once(stranger: Any, maya: Any) -> None:
    answer = stranger.post("/v1/auth/register", {"email": "MAYA@example.org", "password": "another long one", "name": "M"})
    assert (answer.status, answer.body["type"], answer.body["detail"]) == (409, "conflict", "There is an account with this address. Log in instead.")


def test_logging_in_needs_the_right_password_and_tells_nothing_else(stranger: Any, maya: Any) -> None:
    right = stranger.post("/v1/auth/login", {"email": "maya@example.org", "password": "a long summer in 2026"})
    wrong = stranger.post("/v1/auth/login", {"email": "maya@example.org", "password": "a long winter"})
    nobody = stranger.post("/v1/auth/login", {"email": "nobody@example.org", "password": "a long winter"})
    assert right.status == 200
    assert wrong.status == nobody.status == 401
    assert {**wrong.body, "request_id": ""} == {**nobody.body, "request_id": ""}


def test_an_access_token_is_over_after_fifteen_minutes_and_is_refreshed(world: Any, stranger: Any, maya: Any) -> None:
    world.moving_clock.now += timedelta(minutes=15)
    late = maya.get("/v1/me")
    assert (late.status, late.body["type"]) == (401, "not-signed-in")
    assert "is over" in late.body["detail"]
    renewed = stranger.post("/v1/auth/refresh", {"refresh_token": maya.tokens["refresh_token"]})
    maya.tokens.update(renewed.body)
    assert maya.get("/v1/me").status == 200


def test_a_refresh_token_that_comes_twice_ends_the_sign_in(stranger: Any, maya: Any) -> None:
    first = maya.tokens["refresh_token"]
    second = stranger.post("/v1/auth/refresh", {"refresh_token": first}).body["refresh_token"]
    assert stranger.post("/v1/auth/refresh", {"refresh_token": first}).status == 401
    assert stranger.post("/v1/auth/refresh", {"refresh_token": second}).status == 401


def test_after_logging_out_the_refresh_token_is_worth_nothing(stranger: Any, maya: Any) -> None:
    token = {"refresh_token": maya.tokens["refresh_token"]}
    done = stranger.post("/v1/auth/logout", token)
    assert (done.status, done.body) == (204, None)
    assert stranger.post("/v1/auth/logout", token).status == 204
    assert stranger.post("/v1/auth/refresh", token).status == 401


@pytest.mark.parametrize("credentials", ["", "Basic bWF5YTpzZWNyZXQ=", "Bearer", "Bearer nonsense", "Bearer a.b.c"])
def test_without_a_good_token_nothing_is_answered(stranger: Any, credentials: str) -> None:
    answer = stranger.send("GET", "/v1/me", authorization=credentials)
    assert (answer.status, answer.headers["Content-Type"], answer.body["type"]) == (401, "application/problem+json", "not-signed-in")


def test_the_public_key_checks_the_tokens(stranger: Any, maya: Any) -> None:
    (key,) = stranger.get("/v1/.well-known/jwks.json").body["keys"]
    options = {"verify_exp": False, "verify_iat": False}
    claims = jwt.decode(maya.tokens["access_token"], jwt.PyJWK(key).key, algorithms=["EdDSA"], audience="reelwright-api", options=options)
    assert claims["sub"] == maya.creator_id
