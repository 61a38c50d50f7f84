"""What pictures that are over have left goes back to the system."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from reelwright.rendering.compose import Composer
from reelwright.rendering.frugal import give_memory_back, share_one_heap


def _resident_megabytes() -> float:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096 / 1e6


def test_memory_that_lies_unused_is_given_back() -> None:
    share_one_heap()
    give_memory_back()
    before = _resident_megabytes()
    kept = [np.ones(20_000, np.uint8) for _ in range(4000)]
    assert _resident_megabytes() > before + 60
    del kept
    give_memory_back()
    assert _resident_megabytes() < before + 30


def test_only_the_shot_on_screen_and_its_neighbour_in_a_join_are_held(maker: Any) -> None:
    maker.photo("one")
    reel = maker.reel([[maker.picture("one")] for _ in range(4)])
    with ThreadPoolExecutor(1) as ahead, Composer(reel, maker.files, ahead) as composer:
        held = []
        for n in (0, 5, 29, 35, 59, 119):
            composer.frame(n)
            held.append(sorted(composer._tracks[0]._shots))
    assert held == [[0, 1], [0, 1], [0, 1], [1, 2], [1, 2], [3]]
