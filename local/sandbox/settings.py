"""What can be set about the stand-ins while they run: control address ``/_control/settings``."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any


@dataclass(frozen=True)
class SandboxSettings:
    """Every switch. Times in seconds.

    ``consent``: ``ask`` shows the page, ``allow`` and ``deny`` answer at once (so does ``auto=allow`` in the address).
    ``are_rates_limited``: calls per minute as TikTok counts them. ``is_app_audited`` false: TikTok's rules for unaudited clients.
    ``is_app_in_testing``: Google's refresh tokens end after seven days. ``instagram_quota``: 25, 50 or 100 posts in 24 hours.
    ``are_upload_failures_ok``: rupload says failures with status 200, as it was seen to. ``is_token_answer_wrapped``: Instagram's short
    token in ``{"data": [...]}``. ``verified_prefixes``: where TikTok may pull videos from. ``needs_secret_proof``: Meta's "Require App Secret".
    ``redirect_uris``: those that are registered; empty registers any.
    """

    consent: str = "ask"
    processing_seconds: float = 1.5
    moderation_seconds: float = 1.0
    are_rates_limited: bool = True
    is_app_audited: bool = True
    is_app_in_testing: bool = False
    instagram_quota: int = 50
    instagram_containers: int = 400
    facebook_reels: int = 30
    tiktok_posts: int = 15
    youtube_inserts: int = 100
    youtube_units: int = 10_000
    youtube_channel_uploads: int = 100
    are_upload_failures_ok: bool = False
    is_token_answer_wrapped: bool = False
    needs_secret_proof: bool = False
    verified_prefixes: list[str] = field(default_factory=list)
    redirect_uris: list[str] = field(default_factory=list)

    def change(self, wishes: dict[str, Any]) -> SandboxSettings:
        """Raises ValueError where a name is unknown or a value of another type."""
        kinds = {entry.name: type(getattr(self, entry.name)) for entry in fields(self)}
        for name, value in wishes.items():
            if name not in kinds:
                raise ValueError(f"There is no setting {name}; there are {', '.join(kinds)}.")
            if not isinstance(value, kinds[name]) and not (kinds[name] is float and isinstance(value, int)):
                raise ValueError(f"{name} takes a value of type {kinds[name].__name__}.")
        return replace(self, **wishes)
