"""Sub-pixel motion: steady, sharp, exact."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from reelwright.reels.reel import Canvas, Look, MediaReference, Motion, PathPoint, Pulse, Step, View
from reelwright.rendering.camera import add_border, find_phase, view
from reelwright.rendering.compose import Composer
from reelwright.rendering.curves import drive
from reelwright.rendering.motion import Camera
from reelwright.rendering.parallax import Ground
from reelwright.rendering.planes import Planes, from_bgr

MAX_JITTER_PIXELS_RMS = 0.15
LEAST_SSIM = 0.98


def _similarity(one: np.ndarray, other: np.ndarray) -> float:
    """SSIM of two luma planes (Wang et al. 2004, Gaussian window)."""
    a, b = one.astype(np.float64), other.astype(np.float64)

    def smooth(plane: np.ndarray) -> np.ndarray:
        return cv2.GaussianBlur(plane, (11, 11), 1.5)

    mean_a, mean_b = smooth(a), smooth(b)
    var_a, var_b, both = smooth(a * a) - mean_a**2, smooth(b * b) - mean_b**2, smooth(a * b) - mean_a * mean_b
    top = (2 * mean_a * mean_b + 6.5025) * (2 * both + 58.5225)
    return float((top / ((mean_a**2 + mean_b**2 + 6.5025) * (var_a + var_b + 58.5225))).mean())


def _discs(path: Path) -> list[tuple[float, float]]:
    """A grey photo, 1600 × 2844, with soft white discs; returns their middles."""
    middles = [(800.0, 1422.0), (420.0, 700.0), (1180.0, 2100.0)]
    big = np.full((2844, 1600), 70, np.float32)
    for cx, cy in middles:
        y, x = np.mgrid[int(cy) - 60 : int(cy) + 60, int(cx) - 60 : int(cx) + 60].astype(np.float32)
        edge = (np.hypot(x + 0.5 - cx, y + 0.5 - cy) - 30) / 1.5
        big[int(cy) - 60 : int(cy) + 60, int(cx) - 60 : int(cx) + 60] += 150 / (1 + np.exp(edge))
    cv2.imwrite(str(path), cv2.merge([np.clip(big, 0, 255).astype(np.uint8)] * 3), [cv2.IMWRITE_PNG_COMPRESSION, 1])
    return middles


def _centroid(luma: np.ndarray, x: float, y: float, reach: int = 44) -> tuple[float, float]:
    x0, y0 = int(x) - reach, int(y) - reach
    weight = np.clip(luma[y0 : y0 + 2 * reach, x0 : x0 + 2 * reach].astype(np.float64) - 85, 0, None)
    rows, columns = np.mgrid[0 : 2 * reach, 0 : 2 * reach]
    return x0 + 0.5 + (weight * columns).sum() / weight.sum(), y0 + 0.5 + (weight * rows).sum() / weight.sum()


MOVES = {
    "push with drift": {"drift": 4.0, "phase": 0.7},
    "beats": {"pulses": (Pulse(at=Fraction(1, 2)), Pulse(at=Fraction(1), strength=0.06), Pulse(at=Fraction(3, 2)))},
    "punch-in": {"drift": 3.0, "steps": (Step(at=Fraction(2, 5), until=Fraction(6, 5), view=View(x=0.5, y=0.5, scale=1.1)),)},
    "parallax": {"parallax": 16.0, "horizon": 0.42},
}
FILM = {"frames_held": 18, "weave": 3.0}


def _trace(maker: Any, motion: Motion, **options: Any) -> np.ndarray:
    """How far the discs of a photo lie from where the camera says, pixels (x, y) for each disc of each third frame."""
    maker.width, maker.height = 1080, 1920
    middles = _discs(maker.folder / "discs.png")
    maker.media["discs"] = MediaReference(kind="photo", file="discs.png", width=1600, height=2844)
    maker.files["discs.png"] = maker.folder / "discs.png"
    picture = maker.picture("discs", **options).model_copy(update={"motion": motion, "is_graded": False})
    camera = Camera(motion, (1080, 1920), (1600, 2844), 0.0, 59 / 30, options.get("frames_held", 0), options.get("weave", 0.0))
    errors = []
    with Composer(maker.reel([[picture]], seconds=Fraction(2)), maker.files) as composer:
        for n in range(0, 60, 3):
            sight, luma = camera.at(n / 30), composer.frame(n).y
            zoom = camera.cover * sight.scale
            ground = Ground(sight.shift, motion.horizon * 2844, 2844)
            for x, y in middles:
                wanted = 540 + (x - sight.x * 1600) * zoom + ground.moves(y), 960 + (y - sight.y * 2844) * zoom
                found = _centroid(luma, *wanted)
                errors.append((found[0] - wanted[0], found[1] - wanted[1]))
    return np.array(errors)


@pytest.mark.parametrize("name", sorted(MOVES))
def test_each_move_follows_its_path_within_a_seventh_of_a_pixel(maker: Any, name: str) -> None:
    motion = Motion(start=View(x=0.48, y=0.51, scale=1.06), end=View(x=0.52, y=0.5, scale=1.13), **MOVES[name])
    assert float(np.sqrt(np.mean(np.square(_trace(maker, motion))))) <= MAX_JITTER_PIXELS_RMS


def test_old_film_weaves_exactly_as_it_should(maker: Any) -> None:
    motion = Motion(start=View(scale=1.06), end=View(scale=1.1))
    assert float(np.sqrt(np.mean(np.square(_trace(maker, motion, **FILM))))) <= MAX_JITTER_PIXELS_RMS


def test_a_moving_photo_is_as_sharp_as_a_supersampled_one(maker: Any) -> None:
    maker.width, maker.height = 1080, 1920
    maker.photo("fine", width=1600, height=2400, seed=5)
    random = np.random.default_rng(5)
    fine = cv2.GaussianBlur(random.integers(0, 255, (2400, 1600, 3)).astype(np.uint8), (0, 0), 1.6)
    image = cv2.addWeighted(cv2.imread(str(maker.files["fine.jpg"])), 0.75, fine, 0.25, 0)
    cv2.imwrite(str(maker.files["fine.jpg"]), image, [cv2.IMWRITE_JPEG_QUALITY, 97])
    picture = maker.picture("fine", is_graded=False)
    reel = maker.reel([[picture]])
    image = cv2.imread(str(maker.files["fine.jpg"]))
    camera = Camera(picture.motion, (1080, 1920), (1600, 2400), 0.0, 29 / 30)
    with Composer(reel, maker.files) as composer:
        for n in (0, 17):
            sight = camera.at(n / 30)
            wanted = _supersample(image, sight.x * 1600, sight.y * 2400, camera.cover * sight.scale)
            assert _similarity(composer.frame(n).y, wanted) >= LEAST_SSIM


def _supersample(image: np.ndarray, x: float, y: float, zoom: float, factor: int = 2) -> np.ndarray:
    """Luma of the same view drawn at twice the size with Lanczos, averaged down."""
    width, height = 1080 * factor, 1920 * factor
    scale = zoom * factor
    matrix = np.array([[scale, 0, width / 2 - x * scale + (scale - 1) / 2], [0, scale, height / 2 - y * scale + (scale - 1) / 2]])
    big = cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_LANCZOS4)
    return np.asarray(from_bgr(cv2.resize(big, (1080, 1920), interpolation=cv2.INTER_AREA)).y)


@pytest.mark.parametrize("step", [0.31, 0.874, 1.05, 1.1234, 1.3, 1.49])
def test_the_phase_search_lands_within_its_tolerance_and_keeps_the_middle(step: float) -> None:
    for origin in np.linspace(40, 43, 13):
        phase = find_phase(step, float(origin), 1080, 48)
        middle = phase.start + phase.step * (phase.dropped + 540)
        assert middle == pytest.approx(step * 540 + origin, abs=1e-6)
        assert abs(phase.step - step) * 540 < 0.25


def test_a_view_of_a_ramp_gives_the_ramp_back() -> None:
    ramp = np.repeat(np.linspace(20, 220, 800)[None], 400, 0).astype(np.uint8)
    planes = add_border(Planes(ramp, ramp[::2, ::2].copy(), ramp[::2, ::2].copy()))
    seen = view(planes, 1.25, 401.3, 200.2, 200, 100)
    columns = 401.3 + (np.arange(200) + 0.5 - 100) * 1.25
    wanted = 20 + 200 * (columns - 0.5) / 799
    assert np.abs(seen.y[50].astype(float) - wanted).max() < 1.3


def test_the_camera_never_sees_beyond_the_picture() -> None:
    camera = Camera(Motion(start=View(x=0, y=0, scale=1), end=View(x=1, y=1, scale=1.2), drift=12), (1080, 1920), (4000, 3000), 0, 2)
    for seconds in np.linspace(-1, 3, 41):
        sight = camera.at(float(seconds))
        for axis, centre in ((0, sight.x), (1, sight.y)):
            half = camera.half_view(axis, sight.scale)
            assert half - 1e-6 <= centre <= 1 - half + 1e-6


def test_the_drive_never_stops_and_slows_towards_its_end() -> None:
    steps = np.diff([drive(u) for u in np.linspace(0, 1, 50)])
    assert steps.min() > 0
    assert steps[0] > 1.9 * steps[-1]
    assert (drive(0), drive(1)) == (0, pytest.approx(1))


def test_a_path_moves_the_crop_with_the_subject(maker: Any) -> None:
    points = (PathPoint(at=Fraction(0), x=0.2, y=0.5), PathPoint(at=Fraction(1), x=0.8, y=0.5))
    camera = Camera(Motion(start=View(scale=1.5), end=View(scale=1.5), path=points), (270, 480), (960, 480), 0, 1)
    assert camera.at(0.0, 0.0).x == pytest.approx(0.2, abs=0.01)
    assert camera.at(0.5, 0.5).x == pytest.approx(0.5, abs=0.01)
    assert camera.at(1.0, 1.0).x == pytest.approx(0.8, abs=0.01)


def test_a_4k_square_and_an_odd_frame_rate_work_too(maker: Any) -> None:
    maker.photo("one")
    picture = maker.picture("one")
    reel = maker.reel([[picture]], look=Look(name="clean"))
    reel = reel.model_copy(update={"canvas": Canvas(width=480, height=480, frame_rate=Fraction(25))})
    with Composer(reel, maker.files) as composer:
        assert composer.frame(7).y.shape == (480, 480)


def _camera(motion: Motion, **options: Any) -> Camera:
    return Camera(motion, (1080, 1920), (2000, 3000), 0.0, 2.0, **options)


def test_a_beat_pushes_the_camera_and_lets_it_fall_back() -> None:
    still, beaten = Motion(), Motion(pulses=(Pulse(at=Fraction(1)),))
    ratios = [_camera(beaten).at(t).scale / _camera(still).at(t).scale for t in (0.9, 1.0, 1.11, 1.6)]
    assert ratios == [1.0, pytest.approx(1.045), pytest.approx(1 + 0.045 / np.e, abs=1e-4), pytest.approx(1.0, abs=3e-4)]


def test_a_punch_in_jumps_to_its_view_and_back_and_never_stands_still() -> None:
    step = Step(at=Fraction(1, 2), until=Fraction(1), view=View(x=0.6, y=0.4, scale=1.3))
    camera = _camera(Motion(start=View(scale=1.05), end=View(scale=1.12), steps=(step,)))
    before, first, later, after = (camera.at(t) for t in (0.49, 0.5, 0.9, 1.0))
    assert (first.scale, first.x, first.y) == (pytest.approx(1.3), 0.6, 0.4)
    assert later.scale > first.scale
    assert before.scale < after.scale < 1.15


def test_the_ground_moves_against_the_horizon_by_the_parallax() -> None:
    camera = _camera(Motion(start=View(scale=1.1), end=View(scale=1.1), parallax=16.0, horizon=0.4))
    first, last = (Ground(camera.at(t).shift, 0.4 * 3000, 3000) for t in (0.0, 2.0))
    assert (last.moves(3000) - first.moves(3000)) - (last.moves(0) - first.moves(0)) == pytest.approx(16.0, abs=1e-3)
    assert last.moves(0) == last.moves(0.39 * 3000)


def test_parallax_and_weave_never_show_an_edge(maker: Any) -> None:
    """A white photo on black: any mirrored or missing edge would be dark or doubled; the frame stays white."""
    cv2.imwrite(str(maker.folder / "lit.png"), np.full((480, 270, 3), 255, np.uint8))
    image = cv2.imread(str(maker.folder / "lit.png"))
    image[:, :3] = image[:, -3:] = 0
    cv2.imwrite(str(maker.folder / "lit.png"), image)
    maker.media["lit"] = MediaReference(kind="photo", file="lit.png", width=270, height=480)
    maker.files["lit.png"] = maker.folder / "lit.png"
    motion = Motion(start=View(x=0.5, scale=1.03), end=View(x=0.5, scale=1.03), parallax=6.0)
    reel = maker.reel([[maker.picture("lit", weave=1.0, frames_held=18).model_copy(update={"motion": motion, "is_graded": False})]])
    with Composer(reel, maker.files) as composer:
        assert min(int(composer.frame(n).y[:, 2:-2].min()) for n in range(0, 30, 2)) > 200


def test_held_pictures_stand_still_and_the_gate_jumps_now_and_then() -> None:
    camera = _camera(Motion(start=View(scale=1.05), end=View(scale=1.15)), held=18, weave=3.0, is_counted=True)
    sights = [camera.at(n / 30) for n in range(60)]
    assert len(set(sights[:30])) == 18
    heights = np.array([sight.y for sight in sights]) * 3000 * camera.cover * 1.1
    assert np.abs(np.diff(heights)).max() > 5


def test_drift_at_an_edge_is_not_cut_off() -> None:
    camera = _camera(Motion(start=View(x=0.0, y=0.5, scale=1.1), end=View(x=0.0, y=0.5, scale=1.1), drift=5.0))
    xs = [camera.at(n / 30).x for n in range(60)]
    assert len(set(xs)) == 60
