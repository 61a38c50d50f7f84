"""Grant: what a platform lets us do for an account. Its tokens are secrets: never in a log, an event, a state or an answer."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class Grant(BaseModel):
    """The tokens of one account as a platform gave them. ``expires_at`` None: no time is known at which it ends.

    ``scopes`` are those that were granted, not those that were asked for. ``parent_token`` is the user's token where the
    account has one of its own (a Facebook page).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    access_token: SecretStr
    expires_at: datetime | None = None
    refresh_token: SecretStr | None = None
    refresh_expires_at: datetime | None = None
    scopes: frozenset[str] = frozenset()
    issued_at: datetime | None = None
    parent_token: SecretStr | None = None
    parent_expires_at: datetime | None = None
    subject: str = Field(default="", description="whose grant it is, in the platform's own id")

    def keep_refresh_token(self, earlier: Grant | None) -> Grant:
        """This grant with the earlier refresh token where a platform sent none: a reconnect never forgets one."""
        if earlier is None or self.refresh_token is not None:
            return self
        return self.model_copy(update={"refresh_token": earlier.refresh_token, "refresh_expires_at": earlier.refresh_expires_at})
