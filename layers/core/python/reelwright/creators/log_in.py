"""Lets a creator in by address and password."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from reelwright.creators.creator import normalise_email
from reelwright.creators.password import is_password_right, spend_the_same_time
from reelwright.creators.tables import CreatorRow
from reelwright.kit.errors import NotSignedIn

_REFUSAL = "Address and password do not go together. Check both, then log in again."


def log_in_creator(session: Session, email: str, password: str, bcrypt_cost: int) -> CreatorRow:
    """The creator's row. Raises NotSignedIn, with the same words after the same time for a wrong address and a wrong password."""
    row = session.scalars(select(CreatorRow).where(CreatorRow.email == normalise_email(email))).one_or_none()
    if row is None:
        spend_the_same_time(password, bcrypt_cost)
        raise NotSignedIn(_REFUSAL)
    if not is_password_right(password, row.password_hash):
        raise NotSignedIn(_REFUSAL)
    return row


def find_creator(session: Session, creator_id: str) -> CreatorRow:
    """The creator's row. Raises NotSignedIn where the account is gone."""
    row = session.get(CreatorRow, creator_id)
    if row is None:
        raise NotSignedIn("This account does not exist any more. Register again.")
    return row
