"""Creator: who owns things, and what an address and a password must be like."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, field_validator

MAX_EMAIL_CHARACTERS = 254  # RFC 5321
MAX_NAME_CHARACTERS = 80
MIN_PASSWORD_CHARACTERS = 10
MAX_PASSWORD_CHARACTERS = 200


def normalise_email(email: str) -> str:
    """The form in which an address is stored and compared: trimmed, lower case."""
    return unicodedata.normalize("NFC", email).strip().lower()


Email = Annotated[str, Field(max_length=MAX_EMAIL_CHARACTERS, pattern=r"^\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*$"), AfterValidator(normalise_email)]


class Registration(BaseModel):
    """What a new creator gives."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, json_schema_extra={"examples": [{"email": "maya@example.org", "password": "a long summer in 2026", "name": "Maya"}]}
    )

    email: Email
    password: SecretStr = Field(description=f"{MIN_PASSWORD_CHARACTERS} to {MAX_PASSWORD_CHARACTERS} characters of any kind")
    name: Annotated[str, Field(min_length=1, max_length=MAX_NAME_CHARACTERS)]

    @field_validator("password")
    @classmethod
    def _check_password(cls, password: SecretStr) -> SecretStr:
        length = len(password.get_secret_value())
        if length < MIN_PASSWORD_CHARACTERS:
            raise ValueError(f"A password has at least {MIN_PASSWORD_CHARACTERS} characters; a sentence is easy to remember.")
        if length > MAX_PASSWORD_CHARACTERS:
            raise ValueError(f"A password has at most {MAX_PASSWORD_CHARACTERS} characters.")
        return password
