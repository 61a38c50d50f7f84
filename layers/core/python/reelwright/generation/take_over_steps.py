"""What one part done again keeps: the finished steps of the earlier generation that the part does not touch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy.orm import Session

from reelwright.generation.keep_files import GenerationFiles
from reelwright.generation.record_steps import add_event, load_generation
from reelwright.generation.redo import RedoPart
from reelwright.generation.tables import GenerationStepRow
from reelwright.kit.errors import NotFound


@dataclass(frozen=True)
class _Kept:
    """A step that may be taken over: its word for creators, its document, and the output that says whether it left one."""

    word: str = ""
    document: str = ""
    is_told_by: str = ""


_STEPS: Mapping[str, _Kept] = {
    "Enhance": _Kept("photos"),
    "Make Voice": _Kept("voice", "voice.json", "has_voice"),
    "Make Music": _Kept("music", "music.json", "has_music"),
    "Make Stills": _Kept(),
    "Make Clips": _Kept(),
    "Make Captions": _Kept("words on the clock", "captions.json", "captions"),
}
# Part → the steps that have to run again; all others of the table are taken over.
_TOUCHED: Mapping[RedoPart, frozenset[str]] = {
    "voice": frozenset({"Make Voice", "Make Captions"}),
    "music": frozenset({"Make Music"}),
    "hook": frozenset(),
    "title": frozenset(),
    "shot": frozenset({"Enhance"}),
}


def take_over_steps(session: Session, old: GenerationFiles, new: GenerationFiles, part: RedoPart, now: datetime) -> list[str]:
    """Copies outputs and documents of the kept steps; their names. What the earlier generation has no more is done again."""
    taken = []
    for name, kept in _STEPS.items():
        step = session.get(GenerationStepRow, (old.generation_id, name))
        is_there = session.get(GenerationStepRow, (new.generation_id, name)) is not None
        if name in _TOUCHED[part] or step is None or step.state != "succeeded" or is_there or not _copy(kept, step, old, new):
            continue
        session.add(_taken(step, new, now))
        taken.append(name)
    words = [_STEPS[name].word for name in taken if _STEPS[name].word]
    if words:
        add_event(session, load_generation(session, new.generation_id), "note", f"Kept as it was: {', '.join(words)}.")
    return taken


def _copy(kept: _Kept, step: GenerationStepRow, old: GenerationFiles, new: GenerationFiles) -> bool:
    """Whether the step's answer is whole. A step may have left no document, as where nothing is spoken."""
    if not kept.document or not (step.output or {}).get(kept.is_told_by):
        return True
    try:
        document = old.files.read_json(old.key(kept.document))
    except NotFound:
        return False
    new.files.write_json(new.key(kept.document), cast(dict[str, object], document))
    return True


def _taken(step: GenerationStepRow, new: GenerationFiles, now: datetime) -> GenerationStepRow:
    return GenerationStepRow(
        generation_id=new.generation_id,
        name=step.name,
        creator_id=new.creator_id,
        state="succeeded",
        runs=0,
        taken_from=step.taken_from or step.generation_id,
        output=step.output,
        started_at=now,
        finished_at=now,
    )
