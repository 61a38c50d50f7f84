"""What every random mix must keep in time: lengths of shots, moves, pictures that come back, captions, the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from reelwright.generation.composing.moves import move_of
from reelwright.generation.plan import PlannedMedia
from reelwright.reels.geometry import Size, enlargement
from reelwright.reels.reel import Clip, Picture, Reel, Text
from reelwright.reels.template import Pacing, find_template

SHORTER, LONGER = 0.1, 0.2
"""So much shots may be outside the pacing: beats and words lie where they lie, and three equal shots are worse."""

FRAME_SECONDS = 1 / 30
BEAT_SECONDS = 0.9
READ_START_SECONDS, CHARACTERS_PER_SECOND = 0.7, 15.0
MAX_ENLARGEMENT, MOST_TINY_PIXELS = 3.7, 400
LEAST_CAPTION_SECONDS = 0.4
LEAST_END_SECONDS = 0.8


def check_pacing(reel: Reel, media: Sequence[PlannedMedia]) -> list[str]:
    """Each broken rule in words."""
    pacing = find_template(reel.template).pacing
    clips = reel.tracks[0].clips
    checks = (
        _check_limits(reel, pacing),
        _check_moves(clips[:-1] if reel.is_loop else clips),
        _check_pixels(reel),
        _check_twins(clips, media),
        _check_display(reel),
        _check_last(reel),
    )
    return [fault for check in checks for fault in check]


def _check_limits(reel: Reel, pacing: Pacing) -> Iterator[str]:
    """No shot outside the template's least and greatest seconds, but for a longer text and for words without a place to cut."""
    clips = reel.tracks[0].clips
    for number, clip in enumerate(clips[:-1]):
        seconds = float(clip.duration)
        longest = max(pacing.max_seconds * (1 + LONGER), _seconds_to_read(clip) + pacing.min_seconds) + FRAME_SECONDS
        said = [word for word in reel.captions.words if clip.start <= word.start < clip.end]
        if number and seconds < pacing.min_seconds * (1 - SHORTER) - FRAME_SECONDS:
            yield f"a shot of {seconds:.2f} s at {float(clip.start):.2f} s is shorter than {pacing.min_seconds} s"
        if seconds > longest + (BEAT_SECONDS if said or number == 0 else 0.0):
            yield f"a shot of {seconds:.2f} s at {float(clip.start):.2f} s is longer than {longest:.2f} s"


def _seconds_to_read(clip: Clip) -> float:
    letters = sum(len(layer.text) for layer in clip.layers if isinstance(layer, Text))
    return READ_START_SECONDS + letters / CHARACTERS_PER_SECOND if letters else 0.0


def _check_moves(clips: Sequence[Clip]) -> Iterator[str]:
    for before, after in pairwise(clips):
        one, other = _main_picture(before), _main_picture(after)
        if one and other and move_of(one.motion) == move_of(other.motion):
            yield f"the camera goes {move_of(other.motion)} twice in a row at {float(after.start):.2f} s"


def _main_picture(clip: Clip) -> Picture | None:
    pictures = [layer for layer in clip.layers if isinstance(layer, Picture) and not layer.blur]
    return max(pictures, key=lambda layer: layer.rect.width * layer.rect.height, default=None)


def _check_pixels(reel: Reel) -> Iterator[str]:
    """No picture enlarged so much that it is soft; tiny ones as prints only, which is as small as a picture gets."""
    for clip in reel.tracks[0].clips:
        for layer in (one for one in clip.layers if isinstance(one, Picture) and not one.blur and one.brightness > 0.5):
            reference = reel.media[layer.media_id]
            scale = enlargement(Size(reference.width, reference.height), layer.rect, min(layer.motion.start.scale, layer.motion.end.scale))
            is_small = max(layer.rect.width, layer.rect.height) <= MOST_TINY_PIXELS
            if scale > MAX_ENLARGEMENT and not is_small:
                yield f"{layer.media_id} is enlarged {scale:.1f} times at {float(clip.start):.2f} s"


def _check_twins(clips: Sequence[Clip], media: Sequence[PlannedMedia]) -> Iterator[str]:
    """No two different files that look the same in shots side by side."""
    marks = {one.media_id: one.analysis.difference_hash for one in media}
    for before, after in pairwise(clips[:-1]):
        one, other = _main_picture(before), _main_picture(after)
        if one and other and one.media_id != other.media_id and marks[one.media_id] and marks[one.media_id] == marks[other.media_id]:
            yield f"{one.media_id} and {other.media_id} look the same, side by side at {float(after.start):.2f} s"


def _check_display(reel: Reel) -> Iterator[str]:
    for chunk in reel.captions.chunks:
        if float(chunk.end - chunk.start) < LEAST_CAPTION_SECONDS:
            yield f"a caption is shown for {float(chunk.end - chunk.start):.2f} s at {float(chunk.start):.2f} s"


def _check_last(reel: Reel) -> Iterator[str]:
    """A loop, or an end that stands long enough to be seen."""
    last = reel.tracks[0].clips[-1]
    if not reel.is_loop and float(last.duration) < LEAST_END_SECONDS - FRAME_SECONDS:
        yield f"the last shot stands for {float(last.duration):.2f} s only"
