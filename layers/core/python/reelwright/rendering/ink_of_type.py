"""Where type was really drawn: a line's ink on a frame, by the same painters that draw the reel, without pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from reelwright.reels.exact_time import to_frame
from reelwright.reels.reel import Captions, Clip, CutReason, Fill, Layer, Overlay, Rect, Reel, Soundtrack, Text, Track, Transition
from reelwright.rendering.compose import Composer
from reelwright.rendering.joins import join_span, shows_both
from reelwright.rendering.planes import BLACK_CODE, LUMA_STEPS, Plane

BLACK, WHITE = "#000000", "#FFFFFF"
UNDRAWN_EMOJI = "  "
"""Takes the room of an emoji, without which its words would stand elsewhere, and has no picture."""

TINTS = ("colour", "active_colour", "keyword_colour")


@dataclass(frozen=True)
class ShownText:
    """A line of type and when it stands alone with its shot, seconds of the reel: joins and its own entry left out."""

    text: Text
    start: Fraction
    duration: Fraction
    settled: Fraction
    until: Fraction


def list_texts(reel: Reel) -> list[ShownText]:
    """Every line of the reel's first track and its overlays, in the order of their shots."""
    return [
        *_texts_of_clips(reel),
        *(_shown(text, one.start, one.duration, one.start, one.start + one.duration) for one in reel.overlays for text in _lines(one)),
    ]


def _texts_of_clips(reel: Reel) -> Iterator[ShownText]:
    clips = reel.tracks[0].clips
    for number, clip in enumerate(clips):
        begin = clip.start + (join_span(clip.transition)[1] if number else Fraction(0))
        following = clips[number + 1].transition if number + 1 < len(clips) else None
        end = clip.end - (join_span(following)[0] if following is not None and shows_both(following) else Fraction(0))
        yield from (_shown(text, clip.start, clip.duration, begin, max(begin, end)) for text in _lines(clip))


def _lines(part: Clip | Overlay) -> Iterator[Text]:
    return (layer for layer in part.layers if isinstance(layer, Text))


def show_alone(text: Text, seconds: Fraction) -> ShownText:
    """A line in a shot of its own."""
    return _shown(text, Fraction(0), seconds, Fraction(0), seconds)


def _shown(text: Text, start: Fraction, duration: Fraction, begin: Fraction, end: Fraction) -> ShownText:
    settled = start + max(text.start, text.start + text.entry.start + text.entry.duration) if text.entry.kind != "none" else start + text.start
    until = min(end, start + text.end) if text.end is not None else end
    return ShownText(text, start, duration, max(begin, settled), until)


def draw_ink(reel: Reel, shown: ShownText, n: int, words: Iterable[int] | None = None) -> Plane:
    """How much of each pixel of frame ``n`` a line's letters cover, 0..1. ``words``: only the emphasised ones, or only the others."""
    text = bare(shown.text, *(_word_colours(shown.text, words)))
    return _draw(_plain_reel(reel, [text], shown.duration), n - to_frame(shown.start, reel.canvas.frame_rate))


def draw_layers_ink(reel: Reel, layers: Sequence[Layer]) -> Plane:
    """The same for all lines of a still picture, a cover."""
    return _draw(_plain_reel(reel, [bare(layer) for layer in layers if isinstance(layer, Text)], Fraction(1)), 0)


class InkOfReel:
    """The ink of everything that is read on a frame: all lines and the captions, or the captions alone.

    ``tints``: only words of these colours of the captions' style, where given.
    """

    def __init__(self, reel: Reel, *, only_captions: bool = False, tints: Sequence[str] = TINTS) -> None:
        ground = _ground(reel)
        clips = tuple(
            clip.model_copy(update={"layers": (ground, *([] if only_captions else map(bare, _lines(clip)))), "transition": Transition()})
            for clip in reel.tracks[0].clips
        )
        overlays = [] if only_captions else [(one, tuple(bare(text) for text in _lines(one))) for one in reel.overlays]
        changes = {
            "tracks": (Track(clips=clips),),
            "overlays": tuple(one.model_copy(update={"layers": lines}) for one, lines in overlays if lines),
            "captions": _bare_captions(reel.captions, tints),
            "background": BLACK,
            **_EMPTY,
        }
        self._composer = Composer(reel.model_copy(update=changes), {})

    def draw(self, n: int) -> Plane:
        """0..1, the canvas's size."""
        return _coverage(self._composer.frame(n).y)

    def close(self) -> None:
        self._composer.close()


_EMPTY: dict[str, Any] = {"soundtrack": Soundtrack(), "cover": None, "declarations": (), "media": {}, "sounds": {}}


def bare(text: Text, colour: str = WHITE, emphasis: str = WHITE) -> Text:
    """The line's letters in white, without anything around them."""
    changes = {"colour": colour, "emphasis_colour": emphasis, "box": None, "shadow": 0.0, "ghost": 0, "glow": 0.0, "hard_shadow": 0, "opacity": 1.0}
    return text.model_copy(update=changes if text.is_hollow else {**changes, "stroke": 0})


def _word_colours(text: Text, words: Iterable[int] | None) -> tuple[str, str]:
    if words is None:
        return WHITE, WHITE
    return (BLACK, WHITE) if set(words) == set(text.emphasised) else (WHITE, BLACK)


def _bare_captions(captions: Captions, tints: Sequence[str]) -> Captions:
    style = {name: WHITE if name in tints else BLACK for name in TINTS} | {"box_colour": BLACK, "stroke_colour": BLACK}
    plain = {"colour": None, "scrim": 0.0, "halo": None, "is_boxed": False, "box_colour": None}
    chunks = tuple(chunk.model_copy(update={**plain, "emoji": chunk.emoji and UNDRAWN_EMOJI}) for chunk in captions.chunks)
    return captions.model_copy(update={"style": captions.style.model_copy(update=style), "chunks": chunks})


def _ground(reel: Reel) -> Fill:
    return Fill(rect=Rect(x=0, y=0, width=reel.canvas.width, height=reel.canvas.height), colour=BLACK)


def _plain_reel(reel: Reel, texts: Sequence[Text], seconds: Fraction) -> Reel:
    shot = Clip(id="type", start=Fraction(0), duration=seconds, layers=(_ground(reel), *texts), cut=CutReason(on="start"))
    return reel.model_copy(update={"tracks": (Track(clips=(shot,)),), "overlays": (), "captions": Captions(), "background": BLACK, **_EMPTY})


def _draw(reel: Reel, n: int) -> Plane:
    with Composer(reel, {}) as composer:
        return _coverage(composer.frame(min(max(n, 0), reel.frame_count - 1)).y)


def _coverage(luma: Plane) -> Plane:
    return np.asarray(np.clip((luma.astype(np.float32) - BLACK_CODE) / LUMA_STEPS, 0, 1), np.float32)
