"""What all stand-ins stand on: records, files, settings, and how a video goes from its last byte to being ready."""

from __future__ import annotations

import secrets
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from local.sandbox.faults import FaultSwitch
from local.sandbox.inspect_video import Inspector
from local.sandbox.metrics import Counts, count
from local.sandbox.records import Account, Token, Upload
from local.sandbox.settings import SandboxSettings
from local.sandbox.specifications import find_problem
from local.sandbox.store import Store
from local.sandbox.video_files import VideoFiles

DAY_SECONDS = 86_400
MINUTE_SECONDS = 60
MAX_COVER_BYTES = 8_000_000
Phase = Literal["uploading", "processing", "failed", "ready"]


@dataclass
class Grounds:
    """Shared by the vendors of one sandbox."""

    store: Store
    files: VideoFiles
    inspector: Inspector
    faults: FaultSwitch
    settings: SandboxSettings = field(default_factory=SandboxSettings)
    calls_at: defaultdict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def accounts_of(self, vendor: str) -> list[Account]:
        return [account for account in self.store.all(Account) if account.vendor == vendor]

    def uploads_of(self, account: str) -> list[Upload]:
        """Newest first."""
        return self.store.uploads_of(account)

    def find_token(self, text: str, vendor: str, now: float) -> tuple[Token | None, str]:
        """The token, and why it does not work: ``unknown``, ``expired``, or the reason of its end; empty where it works."""
        token = self.store.find(Token, text)
        if token is None or token.vendor != vendor:
            return None, "unknown"
        if token.ended:
            return token, token.ended
        if token.expires_at is not None and now >= token.expires_at:
            return token, "expired"
        return token, ""

    def end_family(self, family: str, reason: str) -> None:
        """Every token of one consent is over."""
        for token in list(self.store.all(Token)):
            if token.family == family and not token.ended:
                token.ended = reason
                self.store.put(token)

    def is_too_often(self, name: str, limit: int, now: float) -> bool:
        """Whether this call is over ``limit`` in the last minute; counts it where it is not."""
        times = self.calls_at[name]
        while times and times[0] <= now - MINUTE_SECONDS:
            times.popleft()
        if len(times) >= limit and self.settings.are_rates_limited:
            return True
        times.append(now)
        return False

    def complete(self, upload: Upload, now: float) -> None:
        """The last byte is there: processing begins."""
        upload.completed_at = now
        upload.processing_seconds = self.settings.processing_seconds
        upload.doom = self.faults.take_processing(upload.vendor)
        self.store.put(upload)

    def phase(self, upload: Upload, now: float) -> Phase:
        """Where it is now. Only time moves it, so nothing has to run meanwhile."""
        if upload.completed_at is None and not upload.url:
            if not 0 < upload.declared_bytes <= self.files.size(upload.key):
                return "uploading"
            self.complete(upload, now)  # the last byte came, and then the process was killed
        if upload.completed_at is None and not self._has_fetched(upload, now):
            return "processing"
        if upload.doom and upload.doom["kind"] == "processing_never_ends":
            return "processing"
        if not self._is_checked(upload) or now < self.ready_at(upload):
            return "processing"
        return "failed" if upload.problem else "ready"

    def ready_at(self, upload: Upload) -> float:
        """When its processing is over. Only for one whose bytes are all there."""
        return (upload.completed_at or 0.0) + upload.processing_seconds

    def counts(self, upload: Upload, now: float) -> Counts:
        """How the post is received; nothing before it is there."""
        return Counts() if upload.published_at is None else count(upload.external_id or upload.key, now - upload.published_at)

    def _has_fetched(self, upload: Upload, now: float) -> bool:
        is_over, is_there = self.inspector.fetch(upload.key, upload.url)
        if is_over:
            self.complete(upload, now)
            if not is_there:
                upload.problem, upload.is_checked = "fetch", True
                self.store.put(upload)
        return is_over

    def _is_checked(self, upload: Upload) -> bool:
        if upload.is_checked:
            return True
        if upload.said.get("cover_url") and not upload.has_cover and not self._has_cover(upload):
            return upload.is_checked
        if upload.doom:
            upload.problem = upload.doom["code"] or "broken"
        else:
            is_known, facts = self.inspector.look(upload.key)
            if not is_known:
                return False
            upload.facts = facts
            upload.problem = find_problem(upload.vendor, facts, upload.said)
        upload.is_checked = True
        self.store.put(upload)
        return True

    def _has_cover(self, upload: Upload) -> bool:
        """Whether Instagram's ``cover_url`` was fetched: a JPEG of up to 8 MB, else the container fails."""
        key = f"{upload.key}.cover"
        is_over, is_there = self.inspector.fetch(key, upload.said["cover_url"])
        if not is_over:
            return False
        is_jpeg = self.files.read(key, 0, 2) == b"\xff\xd8" if is_there else False
        upload.has_cover = is_jpeg and self.files.size(key) <= MAX_COVER_BYTES
        if not upload.has_cover:
            upload.problem = "2207052" if not is_there else "2207004" if is_jpeg else "2207005"
            upload.is_checked = True
        self.store.put(upload)
        return upload.has_cover


def new_digits(prefix: str, length: int = 17) -> str:
    """An id of digits, as Meta and TikTok write theirs."""
    return prefix + str(secrets.randbelow(10 ** (length - len(prefix)))).zfill(length - len(prefix))


def new_word(length: int = 11) -> str:
    """An id of letters, as YouTube and Instagram's short codes are."""
    return secrets.token_urlsafe(length)[:length]


def new_secret(prefix: str = "") -> str:
    """A token or code."""
    return prefix + secrets.token_urlsafe(32).replace("-", "A").replace("_", "B")


def is_true(value: Any) -> bool:
    """Booleans as forms and JSON write them."""
    return str(value).lower() in {"true", "1", "yes"}


def read_bearer(headers: Mapping[str, str], scheme: str = "Bearer") -> str:
    """The token of an Authorization header with that scheme; empty where it is another."""
    kind, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == scheme.lower() else ""
