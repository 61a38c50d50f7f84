"""What the first frame of a reel must show: feeds, covers and loops show it, so its title stands there already."""

from __future__ import annotations

from collections.abc import Iterator

from reelwright.reels.exact_time import to_frame
from reelwright.reels.reel import Reel
from reelwright.reels.scale_reel import scale_reel
from reelwright.rendering.ink_of_type import ShownText, draw_ink, list_texts

LEAST_INK = 0.6
"""Of a title's ink, on frame 0."""

LEAST_DIM_INK = 0.3
"""Of words that light up as they are spoken: the first are lit, the others are dim and can be read."""

TITLE_SIZE_SHARE = 0.6
"""Lines of at least so much of the largest line's size belong to the title."""

FAINT_OPACITY = 0.35
LATEST_START_SECONDS = 1 / 30
DRAWN_SIDE = 270


def check_first_frame(reel: Reel) -> Iterator[str]:
    """Each line of the opener's title that is not there on frame 0, in words."""
    side = min(reel.canvas.width, reel.canvas.height)
    small = scale_reel(reel, 2 * round(reel.canvas.width * DRAWN_SIDE / side / 2)) if side > DRAWN_SIDE else reel
    for place, line in enumerate(find_title(small)):
        share = share_on_first_frame(small, line)
        if share < (LEAST_DIM_INK if place and line.text.entry.kind == "light_up" else LEAST_INK):
            yield f"only {share:.0%} of the title's “{line.text.text}” is there on the first frame"


def find_title(reel: Reel) -> list[ShownText]:
    """The lines of the opener's title: the largest of the first shot and of what stands above it, and those nearly as large."""
    end = reel.tracks[0].clips[0].end
    lines = [line for line in list_texts(reel) if line.start < end and line.text.opacity >= FAINT_OPACITY]
    largest = max((line.text.size for line in lines), default=0)
    return [line for line in lines if line.text.size >= TITLE_SIZE_SHARE * largest]


def share_on_first_frame(reel: Reel, line: ShownText) -> float:
    """How much of the line's ink is there on frame 0, 0..1, against when it has come in."""
    if line.start + line.text.start > LATEST_START_SECONDS:
        return 0.0
    settled = to_frame(line.settled, reel.canvas.frame_rate) + 1
    whole = float(draw_ink(reel, line, settled).sum())
    return float(draw_ink(reel, line, 0).sum()) / whole if whole else 1.0
