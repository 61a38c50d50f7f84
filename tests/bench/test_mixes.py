"""Random mixes of material, scripts, templates, languages, shapes and lengths keep every promise of the delivery gate."""

from __future__ import annotations

from pathlib import Path

from bench.mixes import SMALL_LENGTHS, SMALL_SIDE, make_mix, open_mixes, run_mixes

SEEDS = tuple(range(8))
PHOTOS = 5
POOL, HARD = 18, 10


def test_eight_small_mixes_keep_every_promise(tmp_path: Path) -> None:
    found = run_mixes(SEEDS, open_mixes(tmp_path, side=SMALL_SIDE, photos=PHOTOS), SMALL_LENGTHS)
    assert found["faults"] == {}
    assert found["mixes"] == len(SEEDS)


def test_a_mix_is_the_same_whenever_it_is_made_and_mixes_differ() -> None:
    assert make_mix(3, POOL, hard=HARD) == make_mix(3, POOL, hard=HARD)
    mixes = [make_mix(seed, POOL, hard=HARD) for seed in range(50)]
    assert len({mix.template for mix in mixes}) == 9
    assert len({mix.brief.language for mix in mixes}) >= 5
    assert len({mix.brief.shape for mix in mixes}) == 4
    assert {len(mix.places) for mix in mixes} >= {1, POOL}
    assert any(min(mix.places) >= POOL - HARD for mix in mixes)
