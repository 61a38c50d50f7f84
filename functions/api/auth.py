"""Signing in: register, log in, refresh, log out, and the key that access tokens are checked with."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Literal

from aws_lambda_powertools.event_handler import Response
from pydantic import SecretStr

from functions.api.answers import Answer, shown
from functions.api.call import Call, call_of
from functions.api.routes import Routes
from reelwright.creators.access_token import ACCESS_TOKEN_SECONDS, AccessClaims, describe_key, sign_access_token
from reelwright.creators.creator import Email, Registration
from reelwright.creators.keep_signed_in import SignIn, end_session, rotate_session, start_session
from reelwright.creators.log_in import find_creator, log_in_creator
from reelwright.creators.register import register_creator
from reelwright.creators.tables import CreatorRow
from reelwright.kit.errors import Conflict, NotSignedIn

routes = Routes("auth")
_CREATOR = {"id": "creator_01jdc5w0fk7q2m3n4p5r6s7t8v", "email": "maya@example.org", "name": "Maya"}
_TOKEN = "kq3vZ0p8c1nT6m9yB2xW5sE7rU4iO0aLdFgHjKlQwEr"  # noqa: S105  # an example


class LogIn(Answer):
    """Address and password."""

    model_config = shown({"email": "maya@example.org", "password": "a long summer in 2026"})

    email: Email
    password: SecretStr


class RefreshToken(Answer):
    """The refresh token of the last answer."""

    model_config = shown({"refresh_token": _TOKEN})

    refresh_token: str


class CreatorAnswer(Answer):
    """Who is signed in."""

    model_config = shown(_CREATOR)

    id: str
    email: str
    name: str


class SignedIn(Answer):
    """The creator with a pair of tokens. The refresh token is good once, for seven days."""

    model_config = shown(
        {
            "creator": _CREATOR,
            "access_token": "eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJjcmVhdG9yXzAxIn0.c2lnbmF0dXJl",
            "token_type": "Bearer",
            "expires_in_seconds": ACCESS_TOKEN_SECONDS,
            "refresh_token": _TOKEN,
        }
    )

    creator: CreatorAnswer
    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105  # the scheme
    expires_in_seconds: int = ACCESS_TOKEN_SECONDS
    refresh_token: str


class KeySet(Answer):
    """The public keys of access tokens (RFC 7517)."""

    model_config = shown(
        {"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "kid": "kPrK_qmx", "use": "sig", "alg": "EdDSA"}]}
    )

    keys: list[dict[str, str]]


@routes.serve("POST", "/auth/register", "Make an account and sign in", Conflict, status=HTTPStatus.CREATED, is_public=True)
def register(registration: Registration) -> SignedIn:
    call = call_of(routes)
    with call.transaction() as session:
        creator = register_creator(session, registration, call.world.settings.bcrypt_cost)
        sign_in = start_session(session, creator.id, _user_agent(call), call.now)
    return _signed_in(call, creator, sign_in)


@routes.serve("POST", "/auth/login", "Sign in with address and password", NotSignedIn, is_public=True)
def log_in(credentials: LogIn) -> SignedIn:
    call = call_of(routes)
    with call.transaction() as session:
        creator = log_in_creator(session, credentials.email, credentials.password.get_secret_value(), call.world.settings.bcrypt_cost)
        sign_in = start_session(session, creator.id, _user_agent(call), call.now)
    return _signed_in(call, creator, sign_in)


@routes.serve("POST", "/auth/refresh", "Get the next pair of tokens", NotSignedIn, is_public=True)
def refresh(token: RefreshToken) -> SignedIn:
    """A refresh token is good once. One that comes a second time was copied: all tokens of that sign-in end."""
    call = call_of(routes)
    with call.transaction() as session:
        sign_in = rotate_session(session, token.refresh_token, _user_agent(call), call.now)
        creator = find_creator(session, sign_in.creator_id) if sign_in else None
    if sign_in is None or creator is None:
        raise NotSignedIn("This sign-in is over. Log in again.")
    return _signed_in(call, creator, sign_in)


@routes.serve("POST", "/auth/logout", "End this sign-in", status=HTTPStatus.NO_CONTENT, is_public=True)
def log_out(token: RefreshToken) -> Response[Any]:
    """Nothing happens where the token is not known."""
    call = call_of(routes)
    with call.transaction() as session:
        end_session(session, token.refresh_token, call.now)
    return Response(HTTPStatus.NO_CONTENT)


@routes.serve("GET", "/.well-known/jwks.json", "The public keys of access tokens", is_public=True)
def token_keys() -> KeySet:
    return KeySet(keys=[describe_key(call_of(routes).world.token_keys.public_key)])


def describe_creator(creator: CreatorRow) -> CreatorAnswer:
    """The creator as others of their own devices see them."""
    return CreatorAnswer(id=creator.id, email=creator.email, name=creator.name)


def _signed_in(call: Call, creator: CreatorRow, sign_in: SignIn) -> SignedIn:
    token = sign_access_token(call.world.token_keys.private_key, AccessClaims(creator.id, sign_in.family_id), call.now)
    return SignedIn(creator=describe_creator(creator), access_token=token, refresh_token=sign_in.refresh_token)


def _user_agent(call: Call) -> str:
    return (call.header("user-agent") or "").replace("\x00", "")
