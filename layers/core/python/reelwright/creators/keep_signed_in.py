"""Refresh tokens: opaque, stored hashed, used once. A token used twice ends all sign-ins that came from the same log-in."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from reelwright.creators.tables import SessionRow
from reelwright.kit.identifiers import new_id

REFRESH_TOKEN_DAYS = 7
MAX_USER_AGENT_CHARACTERS = 200
_TOKEN_BYTES = 32


@dataclass(frozen=True)
class SignIn:
    """A fresh sign-in: the token is shown once and never stored."""

    creator_id: str
    family_id: str
    refresh_token: str


def start_session(session: Session, creator_id: str, user_agent: str, now: datetime) -> SignIn:
    """Begins a family with its first token."""
    return _add_token(session, creator_id, new_id("session"), user_agent, now)


def rotate_session(session: Session, refresh_token: str, user_agent: str, now: datetime) -> SignIn | None:
    """The next token of the family, or None where this one is unknown, over, ended or used.

    Returns instead of raising: the end of a family whose token was used twice has to be committed.
    """
    row = session.scalars(select(SessionRow).where(SessionRow.token_hash == _hash(refresh_token)).with_for_update()).one_or_none()
    if row is None or row.ended_at is not None or row.expires_at <= now:
        return None
    if row.used_at is not None:
        _end_family(session, row.family_id, now)
        return None
    row.used_at = now
    return _add_token(session, row.creator_id, row.family_id, user_agent, now)


def end_session(session: Session, refresh_token: str, now: datetime) -> None:
    """Ends the token's family. Nothing happens where nobody knows it."""
    family_id = session.scalars(select(SessionRow.family_id).where(SessionRow.token_hash == _hash(refresh_token))).one_or_none()
    if family_id is not None:
        _end_family(session, family_id, now)


def sweep_sessions(session: Session, now: datetime) -> int:
    """Deletes tokens that are over, and says how many. Those that were used or ended stay until then, so that a copy is still recognised."""
    done = session.execute(delete(SessionRow).where(SessionRow.expires_at <= now))
    return cast(CursorResult[None], done).rowcount


def _add_token(session: Session, creator_id: str, family_id: str, user_agent: str, now: datetime) -> SignIn:
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    session.add(
        SessionRow(
            id=new_id("session"),
            creator_id=creator_id,
            family_id=family_id,
            token_hash=_hash(token),
            user_agent=user_agent[:MAX_USER_AGENT_CHARACTERS],
            created_at=now,
            expires_at=now + timedelta(days=REFRESH_TOKEN_DAYS),
        )
    )
    return SignIn(creator_id, family_id, token)


def _end_family(session: Session, family_id: str, now: datetime) -> None:
    session.execute(update(SessionRow).where(SessionRow.family_id == family_id, SessionRow.ended_at.is_(None)).values(ended_at=now))


def _hash(token: str) -> str:
    """The token is 256 random bits, so a plain digest is enough."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
