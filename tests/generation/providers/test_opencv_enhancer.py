"""Enhancement: dark, flat and noisy photos become better; good ones are left alone; colours stay."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from reelwright.generation.provider import PictureWish
from reelwright.generation.providers.camera_motion import CameraMotion
from reelwright.generation.providers.opencv_enhancer import OpencvEnhancer
from reelwright.kit.errors import ProviderRefused


def make_scene(dark: float, bright: float, noise: float = 0.0, gamma: float = 1.0) -> np.ndarray:
    """A room of coloured boxes and gradients, 900 x 600, luma between ``dark`` and ``bright`` (0..1)."""
    random = np.random.default_rng(7)
    scene = np.tile(np.linspace(0, 1, 900)[None, :, None], (600, 1, 3)) * 0.6 + 0.2
    for _ in range(60):
        x, y = random.integers(0, 860), random.integers(0, 560)
        scene[y : y + random.integers(20, 160), x : x + random.integers(20, 160)] = random.uniform(0, 1, 3)
    scene = cv2.GaussianBlur(scene, (0, 0), 1.2) ** gamma
    scene = dark + (bright - dark) * (scene - scene.min()) / (scene.max() - scene.min())
    scene = scene + random.normal(0, noise / 255, scene.shape)
    return np.clip(scene * 255, 0, 255).astype(np.uint8)


def enhance(picture: np.ndarray, folder: Path) -> np.ndarray | None:
    cv2.imwrite(str(folder / "before.png"), picture)
    changed = OpencvEnhancer().enhance(folder / "before.png", folder / "after.jpg")
    assert changed == (folder / "after.jpg").exists()
    return cv2.imread(str(folder / "after.jpg")) if changed else None


def luma(picture: np.ndarray) -> np.ndarray:
    return cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(float)


def test_a_dark_photo_becomes_brighter_within_reason(tmp_path: Path) -> None:
    before = make_scene(0.0, 0.8, gamma=2.4)
    after = enhance(before, tmp_path)
    assert after is not None
    assert after.shape == before.shape
    assert np.median(luma(before)) + 8 < np.median(luma(after)) < 130


def test_a_flat_photo_gains_contrast_without_clipping(tmp_path: Path) -> None:
    before = make_scene(0.25, 0.75)
    after = enhance(before, tmp_path)
    assert after is not None
    assert luma(after).std() > luma(before).std() * 1.1
    assert ((luma(after) < 3) | (luma(after) > 252)).mean() < 0.01


def test_noise_goes_down(tmp_path: Path) -> None:
    before = make_scene(0.05, 0.95, noise=14)
    after = enhance(before, tmp_path)
    assert after is not None
    smooth = lambda picture: np.median(np.abs(luma(picture) - cv2.GaussianBlur(luma(picture), (0, 0), 2)))  # noqa: E731
    assert smooth(after) < smooth(before) * 0.9


def test_colours_stay_what_they_are(tmp_path: Path) -> None:
    before = make_scene(0.1, 0.7, gamma=1.8)
    after = enhance(before, tmp_path)
    assert after is not None
    first, second = (cv2.cvtColor(picture, cv2.COLOR_BGR2YCrCb).astype(float)[..., 1:] for picture in (before, after))
    assert np.abs(first - second).mean() < 2.5


def test_a_good_photo_is_left_alone(tmp_path: Path) -> None:
    assert enhance(make_scene(-0.5, 1.4), tmp_path) is None


def test_a_picture_that_cannot_gain_is_left_alone(tmp_path: Path) -> None:
    assert enhance(np.full((400, 300, 3), 250, np.uint8), tmp_path) is None


def test_what_is_no_picture_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "text.jpg").write_text("no picture")
    with pytest.raises(ProviderRefused, match=r"text\.jpg"):
        OpencvEnhancer().enhance(tmp_path / "text.jpg", tmp_path / "after.jpg")
    assert [path.name for path in tmp_path.iterdir()] == ["text.jpg"]


def test_without_a_key_no_still_and_no_clip_is_made_and_that_is_said(tmp_path: Path) -> None:
    wish = PictureWish(prompt="a cup", width=1080, height=1920, seconds=2.0)
    assert not CameraMotion().make_still(wish, tmp_path / "still.jpg")
    assert not CameraMotion().make_clip(wish, tmp_path / "clip.mp4")
    assert list(tmp_path.iterdir()) == []
    assert "your own material" in CameraMotion().answer
