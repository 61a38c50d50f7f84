from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from reelwright.generation.composing.clip_windows import ClipWindows, make_ramp, ramp_length
from reelwright.generation.plan import PlannedMedia
from reelwright.media.analysis import Shot
from tests.generation.planning.brief_material import make_clip


def clip(seconds: float = 12.0, *, rate: float = 30.0, is_heard: bool = False, shots: tuple[Shot, ...] = ()) -> PlannedMedia:
    made = make_clip(0, seconds, has_sound=is_heard)
    analysis = made.analysis.model_copy(update={"shots": shots or made.analysis.shots, "is_silent": not is_heard})
    return made.model_copy(update={"facts": made.facts.model_copy(update={"frame_rate": rate}), "analysis": analysis})


def test_a_clip_of_25_frames_without_sound_runs_at_one_of_its_frames_per_frame() -> None:
    assert ClipWindows().take(clip(rate=25.0), 2.0).speed == Fraction(6, 5)
    assert ClipWindows().take(clip(rate=24.0), 2.0).speed == Fraction(5, 4)


def test_a_clip_that_is_heard_keeps_its_speed() -> None:
    assert ClipWindows().take(clip(rate=25.0, is_heard=True), 2.0).speed == 1


def test_a_ramp_slows_down_on_a_beat() -> None:
    window = ClipWindows().take(clip(), 1.9, beats=(0.47, 0.94, 1.41))
    assert [point.speed for point in window.ramp] == [1.0, 3.0, 3.0, 1.0]
    assert float(window.ramp[-1].at) == 0.94


def test_only_clips_of_many_frames_are_slowed_below_their_own_speed() -> None:
    assert make_ramp(1.9, (0.94,), 60.0)[-1].speed == 0.8
    assert make_ramp(1.9, (0.94,), 30.0)[-1].speed == 1.0


def test_a_clip_rushes_once() -> None:
    windows = ClipWindows()
    first, second = (windows.take(clip(30.0), 1.9, beats=(0.94,)) for _ in range(2))
    assert first.ramp
    assert not second.ramp


@given(st.floats(1.3, 3.0), st.floats(0.1, 2.6))
def test_a_ramp_uses_no_less_of_the_clip_than_it_lasts(seconds: float, beat: float) -> None:
    ramp = make_ramp(seconds, (beat,), 30.0)
    assert not ramp or ramp_length(ramp, seconds) >= seconds


def test_a_stretch_never_crosses_a_cut_of_the_clip() -> None:
    shots = (Shot(start=0, end=3, motion=0.02, sharpness=90), Shot(start=3, end=7, motion=0.02, sharpness=100))
    windows = ClipWindows()
    for _ in range(4):
        window = windows.take(clip(7.0, shots=shots), 2.0)
        start, end = float(window.start), float(window.start + 2 * window.speed)
        assert any(shot.start <= start and end <= shot.end + 0.01 for shot in shots)


def test_a_part_where_nothing_moves_is_left_out() -> None:
    shots = (Shot(start=0, end=6, motion=0.0005, sharpness=200), Shot(start=6, end=10, motion=0.02, sharpness=90))
    assert ClipWindows().take(clip(10.0, shots=shots), 2.0).start >= 6
