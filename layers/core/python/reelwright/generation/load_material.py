"""The media of a generation: which are ready, which were refused and why, and where their files lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from reelwright.generation.plan import PlannedMedia
from reelwright.kit.errors import NotFound
from reelwright.media.analysis import MediaAnalysis
from reelwright.media.media import MediaFacts, MediaState
from reelwright.media.tables import MediaAnalysisRow, MediaRow, RenditionRow
from reelwright.reels.reel import MediaReference

_SHOWN_KINDS = frozenset({"photo", "video"})
_PURPOSES_BY_PREFERENCE = ("enhanced", "normal")


@dataclass(frozen=True)
class MediaStates:
    """Where the listed media stand. ``refused``: file names with the sentence that says why."""

    ready: tuple[str, ...]
    waiting: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


def read_states(session: Session, creator_id: str, media_ids: Sequence[str]) -> MediaStates:
    """States of the listed media that belong to the creator; what was deleted counts as refused."""
    rows = {row.id: row for row in session.scalars(select(MediaRow).where(MediaRow.id.in_(media_ids), MediaRow.creator_id == creator_id))}
    ready, waiting, refused = [], [], []
    for media_id in dict.fromkeys(media_ids):
        row = rows.get(media_id)
        if row is None:
            refused.append((media_id, "It is not there any more."))
        elif row.state == MediaState.READY:
            ready.append(media_id)
        elif row.state == MediaState.REFUSED:
            refused.append((row.file_name, row.refusal_reason or "It cannot be used."))
        else:
            waiting.append(media_id)
    return MediaStates(tuple(ready), tuple(waiting), tuple(refused))


def load_material(session: Session, creator_id: str, media_ids: Sequence[str]) -> tuple[PlannedMedia, ...]:
    """The photos and clips that can be shown, in the order listed, with what was seen in them."""
    statement = (
        select(MediaRow, MediaAnalysisRow)
        .join(MediaAnalysisRow, MediaAnalysisRow.media_id == MediaRow.id)
        .where(MediaRow.id.in_(media_ids), MediaRow.creator_id == creator_id, MediaRow.state == MediaState.READY)
    )
    known: dict[str, PlannedMedia] = {}
    for row, analysis in session.execute(statement):
        if row.kind in _SHOWN_KINDS:
            known[row.id] = PlannedMedia(
                media_id=row.id,
                file_name=row.file_name,
                facts=MediaFacts.model_validate(row.facts),
                analysis=MediaAnalysis.model_validate(analysis.analysis),
            )
    return tuple(known[media_id] for media_id in dict.fromkeys(media_ids) if media_id in known)


def load_references(session: Session, material: Sequence[PlannedMedia]) -> dict[str, MediaReference]:
    """The best rendition of each media: improved where there is one, else the normal one."""
    ids = [one.media_id for one in material]
    found: dict[tuple[str, str], RenditionRow] = {
        (row.media_id, row.purpose): row for row in session.scalars(select(RenditionRow).where(RenditionRow.media_id.in_(ids)))
    }
    references = {}
    for one in material:
        rendition = next((found[one.media_id, purpose] for purpose in _PURPOSES_BY_PREFERENCE if (one.media_id, purpose) in found), None)
        if rendition is not None:
            references[one.media_id] = _refer_to(one, rendition)
    return references


def find_rendition(session: Session, media_id: str, purpose: str) -> RenditionRow:
    """One rendition. Raises NotFound."""
    row = _select_rendition(session, media_id, purpose)
    if row is None:
        raise NotFound(f"The {purpose} rendition of {media_id} is not there.")
    return row


def has_rendition(session: Session, media_id: str, purpose: str) -> bool:
    """Whether there is one."""
    return _select_rendition(session, media_id, purpose) is not None


def list_unenhanced_photos(session: Session, creator_id: str, media_ids: Sequence[str]) -> list[str]:
    """Those of the media that are ready photos without an improved rendition, in the order given."""
    photos = set(
        session.scalars(
            select(MediaRow.id).where(
                MediaRow.id.in_(media_ids), MediaRow.creator_id == creator_id, MediaRow.kind == "photo", MediaRow.state == MediaState.READY
            )
        )
    )
    done = set(session.scalars(select(RenditionRow.media_id).where(RenditionRow.media_id.in_(media_ids), RenditionRow.purpose == "enhanced")))
    return [media_id for media_id in media_ids if media_id in photos - done]


def _select_rendition(session: Session, media_id: str, purpose: str) -> RenditionRow | None:
    return session.scalars(select(RenditionRow).where(RenditionRow.media_id == media_id, RenditionRow.purpose == purpose)).one_or_none()


def _refer_to(media: PlannedMedia, rendition: RenditionRow) -> MediaReference:
    facts = media.facts
    is_video = facts.kind == "video"
    return MediaReference(
        kind="video" if is_video else "photo",
        file=rendition.storage_key,
        width=rendition.width or facts.width,
        height=rendition.height or facts.height,
        duration=Fraction(round((facts.duration_seconds or 0) * 1000), 1000) if is_video else None,
        has_sound=is_video and facts.has_sound,
    )
