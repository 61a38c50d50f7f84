"""Random mixes of material, scripts, templates, languages, shapes and lengths keep every promise of the delivery gate."""

from __future__ import annotations

from pathlib import Path

from bench.mixes import make_mix, run_mixes

SMALL_WIDTH = 270
NUMBERS = range(8)
POOL = 12


def test_eight_small_mixes_keep_every_promise(tmp_path: Path) -> None:
    found = run_mixes(NUMBERS, SMALL_WIDTH, tmp_path, photos=5, lengths=(5, 8))
    assert found["faults"] == {}
    assert found["mixes"] == len(NUMBERS)


def test_a_mix_is_the_same_whenever_it_is_made_and_mixes_differ() -> None:
    assert make_mix(3, POOL) == make_mix(3, POOL)
    mixes = [make_mix(number, POOL) for number in range(50)]
    assert len({mix.template for mix in mixes}) >= 8
    assert len({mix.brief.language for mix in mixes}) >= 5
    assert len({mix.brief.shape for mix in mixes}) == 4
    assert {len(mix.places) for mix in mixes} >= {1, POOL}
