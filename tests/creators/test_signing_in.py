"""A creator registers, logs in, stays signed in, and logs out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import jwt
import pytest
from pydantic import SecretStr, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from local.token_keys import make_token_keys
from reelwright.creators.access_token import AccessClaims, describe_key, sign_access_token, verify_access_token
from reelwright.creators.creator import Registration
from reelwright.creators.keep_signed_in import end_session, rotate_session, start_session
from reelwright.creators.log_in import find_creator, log_in_creator
from reelwright.creators.password import hash_password, is_password_right
from reelwright.creators.register import register_creator
from reelwright.creators.tables import CreatorRow, SessionRow
from reelwright.kit.errors import Conflict, NotSignedIn

COST = 4
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
PASSWORD = "a long summer in 2026"


def register(session: Session, email: str = "maya@example.org") -> CreatorRow:
    return register_creator(session, Registration(email=email, password=SecretStr(PASSWORD), name="Maya"), COST)


def test_who_registered_can_log_in_however_the_address_is_written(session: Session) -> None:
    creator = register(session, "  Maya@Example.org ")
    assert creator.email == "maya@example.org"
    assert log_in_creator(session, "MAYA@example.org", PASSWORD, COST).id == creator.id
    assert PASSWORD not in creator.password_hash


def test_an_address_is_taken_once(session: Session) -> None:
    register(session)
    with pytest.raises(Conflict, match="Log in instead"):
        register(session, "MAYA@example.org")


def test_a_wrong_address_and_a_wrong_password_get_the_same_answer(session: Session) -> None:
    register(session)
    answers = set()
    for email, password in (("nobody@example.org", PASSWORD), ("maya@example.org", "not this one")):
        with pytest.raises(NotSignedIn) as refusal:
            log_in_creator(session, email, password, COST)
        answers.add(refusal.value.detail)
    assert len(answers) == 1


def test_a_wrong_address_takes_as_long_as_a_wrong_password(session: Session) -> None:
    cost = 10
    register_creator(session, Registration(email="maya@example.org", password=SecretStr(PASSWORD), name="Maya"), cost)

    def fastest(email: str) -> float:
        times = []
        for _ in range(3):
            begun = datetime.now(UTC)
            with pytest.raises(NotSignedIn):
                log_in_creator(session, email, "not this one", cost)
            times.append((datetime.now(UTC) - begun).total_seconds())
        return min(times)

    assert 0.5 < fastest("nobody@example.org") / fastest("maya@example.org") < 2


def test_all_of_a_long_password_counts() -> None:
    long = "x" * 72
    stored = hash_password(long + "a", COST)
    assert is_password_right(long + "a", stored)
    assert not is_password_right(long + "b", stored)
    assert not is_password_right("zero\0one", hash_password("zero\0two", COST))


@pytest.mark.parametrize(
    ("email", "password", "name"), [("no address", PASSWORD, "M"), ("a@b.c", "short", "M"), ("a@b.c", "x" * 201, "M"), ("a@b.c", PASSWORD, "")]
)
def test_a_registration_that_cannot_be_is_refused(email: str, password: str, name: str) -> None:
    with pytest.raises(ValidationError):
        Registration(email=email, password=SecretStr(password), name=name)


def test_a_refresh_token_is_used_once_and_stored_hashed(session: Session) -> None:
    first = start_session(session, register(session).id, "a browser", NOW)
    second = rotate_session(session, first.refresh_token, "a browser", NOW + timedelta(days=1))
    assert second is not None
    assert second.family_id == first.family_id
    assert second.refresh_token != first.refresh_token
    stored = set(session.scalars(select(SessionRow.token_hash)))
    assert not stored & {first.refresh_token, second.refresh_token}


def test_using_a_refresh_token_again_ends_the_whole_family(session: Session) -> None:
    first = start_session(session, register(session).id, "", NOW)
    second = rotate_session(session, first.refresh_token, "", NOW)
    assert second is not None
    assert rotate_session(session, first.refresh_token, "", NOW) is None
    assert rotate_session(session, second.refresh_token, "", NOW) is None


def test_a_refresh_token_is_good_for_seven_days(session: Session) -> None:
    creator = register(session)
    late = start_session(session, creator.id, "", NOW)
    assert rotate_session(session, late.refresh_token, "", NOW + timedelta(days=7)) is None
    in_time = start_session(session, creator.id, "", NOW)
    assert rotate_session(session, in_time.refresh_token, "", NOW + timedelta(days=7, seconds=-1)) is not None


def test_after_logging_out_no_token_of_the_family_works(session: Session) -> None:
    creator = register(session)
    here, elsewhere = start_session(session, creator.id, "", NOW), start_session(session, creator.id, "", NOW)
    end_session(session, here.refresh_token, NOW)
    end_session(session, "nobody knows this one", NOW)
    assert rotate_session(session, here.refresh_token, "", NOW) is None
    assert rotate_session(session, elsewhere.refresh_token, "", NOW) is not None


def test_an_access_token_says_who_it_is_for_until_it_is_over() -> None:
    keys, claims = make_token_keys(), AccessClaims("creator_1", "session_1")
    token = sign_access_token(keys.private_key, claims, NOW)
    assert verify_access_token(keys.public_key, token, NOW + timedelta(minutes=14)) == claims
    with pytest.raises(NotSignedIn, match="is over"):
        verify_access_token(keys.public_key, token, NOW + timedelta(minutes=15))


def test_a_forged_access_token_is_refused() -> None:
    keys, others = make_token_keys(), make_token_keys()
    claims = AccessClaims("creator_1", "session_1")
    good = sign_access_token(keys.private_key, claims, NOW)
    payload = jwt.decode(good, options={"verify_signature": False})
    forged = [
        sign_access_token(others.private_key, claims, NOW),
        jwt.encode(payload, None, algorithm="none"),
        jwt.encode(payload | {"aud": "another"}, keys.private_key, algorithm="EdDSA"),
        jwt.encode({k: v for k, v in payload.items() if k != "exp"}, keys.private_key, algorithm="EdDSA"),
        good[:-4] + "AAAA",
        "",
        "a.b.c",
    ]
    for token in forged:
        with pytest.raises(NotSignedIn):
            verify_access_token(keys.public_key, token, NOW)


def test_the_public_key_is_described_for_others() -> None:
    keys = make_token_keys()
    described = describe_key(keys.public_key)
    token = sign_access_token(keys.private_key, AccessClaims("creator_1", "session_1"), datetime.now(UTC))
    verified = jwt.decode(token, jwt.PyJWK(described).key, algorithms=["EdDSA"], audience="reelwright-api")
    assert verified["sub"] == "creator_1"


def test_an_account_that_is_gone_is_not_signed_in(session: Session) -> None:
    with pytest.raises(NotSignedIn):
        find_creator(session, "creator_gone")
