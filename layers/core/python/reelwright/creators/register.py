"""Makes a creator."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from reelwright.creators.creator import Registration
from reelwright.creators.password import hash_password
from reelwright.creators.tables import CreatorRow
from reelwright.kit.errors import Conflict
from reelwright.kit.identifiers import new_id


def register_creator(session: Session, registration: Registration, bcrypt_cost: int) -> CreatorRow:
    """The new creator's row. Raises Conflict where the address is taken."""
    values = {
        "id": new_id("creator"),
        "email": registration.email,
        "name": registration.name.strip(),
        "password_hash": hash_password(registration.password.get_secret_value(), bcrypt_cost),
    }
    row = session.scalars(insert(CreatorRow).values(values).on_conflict_do_nothing(index_elements=["email"]).returning(CreatorRow)).one_or_none()
    if row is None:
        raise Conflict("There is an account with this address. Log in instead.")
    return row
