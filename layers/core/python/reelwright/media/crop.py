"""The best 9:16 crop of a picture: faces whole first, then the subject, then what draws the eye."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reelwright.media.analysis import Box
from reelwright.media.eyes import Plane, Subject

TARGET_ASPECT = 9 / 16
PLACES = 241
_SALIENCY_POWER = 2.2
_FACE_MARGIN_SHARE = 0.12  # of a face's width on each side: hair and ears
_SUBJECT_MARGIN = 0.01
_CUT_FACE_PENALTY = 0.5
# How much a crop's width off centre costs; what is drawn or held at best counts 1.
_OFF_MIDDLE_COST = 0.5
_OFF_SUBJECT_COST = 0.5
_DRAWN_WEIGHT = 0.25


@dataclass(frozen=True)
class Crop:
    """Centre of the crop, 0..1 of the picture; ``width``/``height`` are its share of it (one of them is 1)."""

    x: float
    y: float
    width: float
    height: float


def choose_crop(width: int, height: int, faces: Sequence[Box], subject: Subject | None, saliency: Plane) -> Crop:
    """The crop of a picture of ``width`` × ``height`` pixels."""
    share_x, share_y = crop_shares(width, height)
    if share_x >= 1.0 and share_y >= 1.0:
        return Crop(0.5, 0.5, 1.0, 1.0)
    is_wide = share_x < 1.0
    share = share_x if is_wide else share_y
    centre = _choose_place(share, [_span(face, is_wide) for face in faces], [_weigh(face) for face in faces], *_profiles(subject, saliency, is_wide))
    return Crop(round(centre, 4), 0.5, share_x, 1.0) if is_wide else Crop(0.5, round(centre, 4), 1.0, share_y)


def crop_shares(width: int, height: int) -> tuple[float, float]:
    """Which share of the width and of the height a 9:16 crop keeps."""
    aspect = width / height
    return (TARGET_ASPECT / aspect, 1.0) if aspect > TARGET_ASPECT else (1.0, aspect / TARGET_ASPECT)


@dataclass(frozen=True)
class _SubjectSpan:
    low: float
    high: float
    profile: NDArray[Any]


def _profiles(subject: Subject | None, saliency: Plane, is_wide: bool) -> tuple[_SubjectSpan | None, NDArray[Any]]:
    """The subject's extent and weight, and what draws the eye, along the axis that is cropped."""
    axis = 0 if is_wide else 1
    drawn = (saliency**_SALIENCY_POWER).sum(axis=axis)
    if subject is None or subject.box is None:
        return None, drawn
    low, high = _span(subject.box, is_wide)
    return _SubjectSpan(low, high, subject.mask.sum(axis=axis)), drawn


def _choose_place(share: float, faces: Sequence[tuple[float, float]], weights: Sequence[float], subject: _SubjectSpan | None, drawn: NDArray[Any]) -> float:
    places = np.linspace(share / 2, 1 - share / 2, PLACES)
    kept = np.ones(PLACES, bool)
    # People put what matters near the middle: without better evidence the crop stays there.
    wish = _window_sums(drawn, places, share) * (1.0 if subject is None else _DRAWN_WEIGHT) - _OFF_MIDDLE_COST * np.abs(places - 0.5) / share
    if subject is not None:
        wish = wish + _window_sums(subject.profile, places, share)
    if faces:
        score = _score_faces(places, share, faces, weights)
        kept = score >= score.max() - 1e-9
        middle = float(np.average([(low + high) / 2 for low, high in faces], weights=weights))
        wish = wish - np.abs(places - middle) / share
    elif subject is not None:
        held = _holds(places, share, subject.low - _SUBJECT_MARGIN, subject.high + _SUBJECT_MARGIN)
        if held.any():
            kept = held
            wish = wish - _OFF_SUBJECT_COST * np.abs(places - _centre_of_mass(subject.profile)) / share
    return float(places[np.flatnonzero(kept)[int(np.argmax(wish[kept]))]])


def _score_faces(places: NDArray[Any], share: float, faces: Sequence[tuple[float, float]], weights: Sequence[float]) -> NDArray[Any]:
    """Whole faces count, cut ones cost."""
    score = np.zeros(len(places))
    for (low, high), weight in zip(faces, weights, strict=True):
        margin = _FACE_MARGIN_SHARE * (high - low)
        whole = _holds(places, share, max(0.0, low - margin), min(1.0, high + margin))
        touched = (places - share / 2 < high) & (places + share / 2 > low)
        score += weight * whole - _CUT_FACE_PENALTY * weight * (touched & ~whole)
    return score


def _holds(places: NDArray[Any], share: float, low: float, high: float) -> NDArray[np.bool_]:
    low, high = max(0.0, low), min(1.0, high)
    return np.asarray((places - share / 2 <= low + 1e-9) & (places + share / 2 >= high - 1e-9))


def _window_sums(profile: NDArray[Any], places: NDArray[Any], share: float) -> NDArray[Any]:
    """What a crop at each place holds of the profile, its middle counted most (Hann), scaled to 0..1."""
    cells = (np.arange(len(profile)) + 0.5) / len(profile)
    away = np.clip((cells[None, :] - places[:, None]) / share, -0.5, 0.5)
    sums = (0.5 + 0.5 * np.cos(2 * np.pi * away)) @ profile
    return np.asarray(sums / max(float(sums.max()), 1e-9))


def _centre_of_mass(profile: NDArray[Any]) -> float:
    cells = (np.arange(len(profile)) + 0.5) / len(profile)
    return float((cells * profile).sum() / max(float(profile.sum()), 1e-9))


def _span(box: Box, is_wide: bool) -> tuple[float, float]:
    return (box.x, box.x + box.width) if is_wide else (box.y, box.y + box.height)


def _weigh(face: Box) -> float:
    """Larger faces matter more, but small ones still do."""
    return face.confidence * float(np.sqrt(max(face.width * face.height, 1e-6)))
