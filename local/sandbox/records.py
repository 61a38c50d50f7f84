"""What the stand-ins remember: apps' tokens and codes, uploads and what became of them, comments, counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Account:
    """One account of the invented people. ``vendor``: instagram, facebook (a page), youtube (a channel), tiktok.

    ``tasks``: what the person may do on a page. ``linked``: the Instagram account of a page. ``traits``: what only this vendor knows.
    """

    key: str
    vendor: str
    username: str
    name: str
    tasks: list[str] = field(default_factory=list)
    linked: str = ""
    traits: dict[str, Any] = field(default_factory=dict)


@dataclass
class Code:
    """An authorization code: used once, bound to its redirect address and, where one was sent, to a challenge."""

    key: str
    vendor: str
    client_id: str
    redirect_uri: str
    scopes: list[str]
    accounts: list[str]
    expires_at: float
    challenge: str = ""
    challenge_method: str = ""
    is_offline: bool = False
    declined: list[str] = field(default_factory=list)
    used_at: float | None = None


@dataclass
class Token:
    """Any token. ``kind``: user, page, access, refresh. ``ended``: why it is over, empty while it is not. ``family``: those of one consent."""

    key: str
    vendor: str
    kind: str
    client_id: str
    accounts: list[str]
    scopes: list[str]
    issued_at: float
    expires_at: float | None
    family: str
    ended: str = ""
    is_long: bool = False
    used_at: float = 0.0
    declined: list[str] = field(default_factory=list)


@dataclass
class Upload:
    """One video on its way, and the post that it became. ``said``: what the client asked for; ``doom``: a fault of its processing."""

    key: str
    vendor: str
    account: str
    client_id: str
    created_at: float
    kind: str = ""
    declared_bytes: int = 0
    url: str = ""
    said: dict[str, Any] = field(default_factory=dict)
    processing_seconds: float = 0.0
    completed_at: float | None = None
    doom: dict[str, Any] | None = None
    facts: dict[str, Any] | None = None
    problem: str = ""
    is_checked: bool = False
    published_at: float | None = None
    external_id: str = ""
    code: str = ""
    has_cover: bool = False
    changes: int = 0
    ended: str = ""  # cancelled or deleted


@dataclass
class Comment:
    """Something that was written under a post. ``author``: the key of the account that wrote it."""

    key: str
    upload: str
    text: str
    at: float
    author: str = ""


@dataclass
class Tally:
    """A count that has to last: units of a quota in one day."""

    key: str
    count: int = 0


@dataclass
class Note:
    """A small fact that has to last: settings, the clock."""

    key: str
    content: dict[str, Any]


Record = Account | Code | Token | Upload | Comment | Tally | Note
KINDS: dict[str, type[Record]] = {kind.__name__: kind for kind in (Account, Code, Token, Upload, Comment, Tally, Note)}
