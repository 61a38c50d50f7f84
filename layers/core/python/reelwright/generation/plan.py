"""The plan of a reel: what is said, what is shown, in which order, and why. Made from a brief, read by composing."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from reelwright.media.analysis import MediaAnalysis
from reelwright.media.media import MediaFacts
from reelwright.reels.project import Brief

Role = Literal["hook", "build", "silent", "payoff", "call"]
Mood = Literal["warm", "calm", "funny", "urgent", "luxury", "nostalgic", "epic", "neutral"]
TextKind = Literal["title", "deck", "item", "figure", "place", "date", "quote", "author", "question", "before", "after", "fact"]


class _Noun(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PlannedMedia(_Noun):
    """One media that may be shown: its facts and what was seen in it."""

    media_id: str
    file_name: str
    facts: MediaFacts
    analysis: MediaAnalysis


class PlanInput(_Noun):
    """Everything a planner works from. ``media`` stands in the creator's order."""

    brief: Brief
    template: str
    media: tuple[PlannedMedia, ...]
    seed: int = 0


class Beat(_Noun):
    """One idea of the reel. ``sentences`` are indexes into the plan's ``spoken_script``.

    ``spoken`` is what the voice says, None where it is silent. ``seconds`` is an estimate; a real voice replaces it.
    ``title`` and ``cards`` are shown, in the creator's words. ``weight`` says how much would be lost without the beat:
    when a voice turns out too long, the least goes first, and only where ``can_drop`` is true.

    The fields from ``kind`` on say what the shown text is, for layouts that set such texts apart: all of them are words of
    the title, the cards or the sentence, none is new. ``figure`` and ``label`` are a number with its unit and what it counts;
    ``item`` is a list's member without its numeral, ``number``.
    """

    role: Role
    spoken: str | None = None
    sentences: tuple[int, ...] = ()
    seconds: float = Field(gt=0)
    title: str | None = None
    is_chapter: bool = False
    cards: tuple[str, ...] = ()
    emphasis: tuple[str, ...] = ()
    media_ids: Annotated[tuple[str, ...], Field(min_length=1)]
    media_words: tuple[int, ...] = Field(default=(), description="how many of the spoken words each media stands over; empty: not told")
    media_reasons: tuple[str, ...] = Field(default=(), description="why each media is here; ``reason`` is the first one's")
    reason: str
    weight: float = 1.0
    can_drop: bool = False
    kind: TextKind | None = None
    number: int | None = None
    item: str | None = None
    figure: str | None = None
    label: str | None = None
    place: str | None = None
    note: str | None = Field(default=None, description="a short aside of the same sentence or beat")
    question: str | None = None
    author: str | None = None
    person: str | None = Field(default=None, description="whom the shot shows, by name")
    person_role: str | None = Field(default=None, description="what they are, where they are from, or their handle")


class PostText(_Noun):
    """What stands beside the reel on one platform. ``title`` is YouTube's; ``text`` holds its hashtags already."""

    title: str = ""
    text: str
    hashtags: tuple[str, ...] = ()


class ScorePart(_Noun):
    """One reason for a score: ``points`` of ``out_of``, and the sentence that says why."""

    name: Literal["hook", "shots", "facts", "length", "opener"]
    points: float = Field(ge=0)
    out_of: float = Field(gt=0)
    sentence: str


class PlanScore(_Noun):
    """How well a plan keeps the rules of the craft, 0..100. It is no forecast of views."""

    points: float = Field(ge=0, le=100)
    parts: tuple[ScorePart, ...]


class Plan(_Noun):
    """The whole plan. ``spoken_script`` are the sentences to speak, in order; empty means no voice.

    ``post_texts`` has one entry for each platform of the brief. ``notes`` and ``removed`` are sentences for the creator:
    how the brief was read, and each passage of the script that is not spoken.

    ``deck`` is the line under the title. ``places``, ``items``, ``question``, ``author``, ``date`` and ``price`` are words of the
    brief for layouts that show them: pins of a map, members of a list, the last question, who said it, when and for how much.
    """

    language: str
    template: str
    look: str
    title: str
    hook: str
    intent: str
    mood: Mood = "neutral"
    music_word: str
    bpm: float = Field(gt=0)
    length_seconds: float = Field(gt=0, description="what the creator asked for")
    beats: Annotated[tuple[Beat, ...], Field(min_length=1)]
    end_card: tuple[str, ...] = Field(default=(), description="lines; the last one may be the handle")
    handle: str = ""
    spoken_script: tuple[str, ...] = ()
    post_texts: dict[str, PostText] = Field(default_factory=dict)
    alternative_text: str = Field(default="", description="alt text of the cover")
    notes: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unused_media: tuple[str, ...] = Field(default=(), description="media ids that are not shown")
    seed: int = 0
    deck: str = ""
    places: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    question: str = ""
    author: str = ""
    date: str = ""
    price: str = ""
    is_loopable: bool = Field(default=False, description="the end may lead back to the first frame: short, and nothing is asked of the viewer")
    variant: str = Field(default="A", description="A is the plan itself, B and C differ from it in hook, opener, order and template")
    hook_kind: Literal["statement", "question", "number", "contrast"] = "statement"
    order: Literal["creator", "payoff_first", "best_first"] = "creator"
    score: PlanScore | None = None
    voice: str = Field(default="", description="the voice that was asked for anew; empty: the brief's")
    music_seed: int | None = Field(default=None, description="music is made anew with it while all else keeps ``seed``")
