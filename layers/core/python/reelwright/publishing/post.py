"""Post: one rendered reel for one account at one time, and what may happen to it.

draft → scheduled → publishing → published
             │            ├→ failed        in words; final until the creator acts
             │            └→ unconfirmed   the answer of the irreversible call was lost → published | failed, never posted again
             └→ cancelled    possible until ``publishing``
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

MAX_CAPTION_CHARACTERS = 5000
MAX_TITLE_CHARACTERS = 100
MAX_FIRST_COMMENT_CHARACTERS = 2200

Privacy = Literal["public", "friends", "followers", "unlisted", "private"]
CommercialContent = Literal["own_brand", "branded"]


class PostState(StrEnum):
    """Where a post is. ``PUBLISHING`` has the stages below."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    FAILED = "failed"
    UNCONFIRMED = "unconfirmed"
    CANCELLED = "cancelled"


FINAL_STATES = frozenset({PostState.PUBLISHED, PostState.FAILED, PostState.CANCELLED})
EDITABLE_STATES = frozenset({PostState.DRAFT, PostState.SCHEDULED, PostState.FAILED})


class PostStage(StrEnum):
    """What a post that is being published waits for. Each is written before its outside call is made."""

    CLAIMED = "claimed"
    OPENING = "opening"
    UPLOADING = "uploading"
    PROCESSING = "processing"
    COMMITTING = "committing"  # the irreversible call was, or is about to be, made: from here only looking, never a second call
    CONFIRMING = "confirming"


class CommentState(StrEnum):
    """Where a first comment is, beside the post: whatever becomes of it, the post stays published."""

    WAITING = "waiting"  # certainly not written yet
    ASKED = "asked"  # the call was, or is about to be, made: the post is looked at before it is made again
    WRITTEN = "written"
    FAILED = "failed"
    UNKNOWN = "unknown"


class PostContent(BaseModel):
    """What a creator says of a post. What a platform does not have is refused in words, never dropped.

    ``cover_seconds``: the frame of the reel that stands still, on Instagram and TikTok; None: the reel's own cover where the platform takes a picture (on
    TikTok never), else its first frame.
    ``is_ai_generated``: the platform's label for realistic AI content, sent wherever there is one.
    ``allows_comments`` None: as the account has it; on TikTok they stay off until they are asked for.
    ``privacy`` None: the platform's usual one; TikTok has none and refuses.
    ``first_comment`` is written by the account itself as soon as the post is to be seen.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    caption: Annotated[str, Field(max_length=MAX_CAPTION_CHARACTERS)] = ""
    title: Annotated[str, Field(max_length=MAX_TITLE_CHARACTERS)] = ""
    first_comment: Annotated[str, Field(max_length=MAX_FIRST_COMMENT_CHARACTERS)] = ""
    privacy: Privacy | None = None
    cover_seconds: Annotated[float, Field(ge=0, le=180)] | None = None
    is_ai_generated: bool = False
    allows_comments: bool | None = None
    allows_duets: bool = False
    allows_stitches: bool = False
    is_made_for_kids: bool = False
    is_shared_to_feed: bool = True
    commercial_content: CommercialContent | None = None
    collaborators: Annotated[tuple[str, ...], Field(max_length=3)] = ()
    notifies_followers: bool = True


Checkpoint = dict[str, Any]
"""What an adapter needs to go on after a crash (ids, addresses, offsets): JSON, no tokens."""
