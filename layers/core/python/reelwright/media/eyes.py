"""The models that look at pictures: faces (YuNet), subject (U²-Net small), names (MobileNetV2). Each may be missing; all are made at first use.

Models: https://github.com/opencv/opencv_zoo · https://github.com/xuebinqin/U-2-Net · https://docs.pytorch.org/vision/stable/models/mobilenetv2.html
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from reelwright.kit.errors import PartMissing
from reelwright.kit.parts import find_part
from reelwright.media.analysis import Box, Label

Picture = NDArray[np.uint8]  # height × width × 3, BGR
Plane = NDArray[np.float32]  # height × width, 0..1

CONVERTED_NAME = "mobilenet_v2-1.onnx"
FACE_CONFIDENCE = 0.7
FACE_LONG_SIDE_PIXELS = 640
_FACE_OVERLAP = 0.3
_LEAST_FACE_PICTURE_PIXELS = 32  # the model invents faces without end in narrower strips
_SUBJECT_SIDE_PIXELS = 320
SUBJECT_THRESHOLD = 0.5
NO_SUBJECT_STRENGTH = 0.05
WEAK_SUBJECT_STRENGTH, WEAK_SUBJECT_AREA = 0.85, 0.03
_SMALLEST_PIECE_SHARE = 0.15
_LABEL_SIDE_PIXELS, _LABEL_SHORT_SIDE_PIXELS = 224, 256
_LEAST_LABEL_PROBABILITY, _MOST_LABELS = 0.04, 5
_CHANNEL_MEAN = np.asarray([0.485, 0.456, 0.406], np.float32)
_CHANNEL_SPREAD = np.asarray([0.229, 0.224, 0.225], np.float32)


@dataclass(frozen=True)
class Subject:
    """What stands out: its box (None: nothing does), the model's largest value, its 320 × 320 map over the squeezed picture."""

    box: Box | None
    strength: float
    mask: Plane


class Eyes:
    """``cache`` keeps converted weights and checks between processes; ``threads`` is what one model may use."""

    def __init__(self, cache: Path | None = None, threads: int = 1) -> None:
        self._cache = cache
        self._threads = threads

    def find_faces(self, picture: Picture, long_side: int = FACE_LONG_SIDE_PIXELS) -> tuple[Box, ...]:
        """Faces as boxes of 0..1, the surest first; none where the part is missing."""
        if self._faces is None:
            return ()
        height, width = picture.shape[:2]
        scale = min(1.0, long_side / max(height, width))
        size = (int(width * scale) // 2 * 2, int(height * scale) // 2 * 2)
        if min(size) < _LEAST_FACE_PICTURE_PIXELS:
            return ()
        small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA) if scale < 1 else picture
        self._faces.setInputSize((small.shape[1], small.shape[0]))
        _, rows = self._faces.detect(small)
        boxes = [_clip_box(row, small.shape[1], small.shape[0]) for row in (rows if rows is not None else ()) if np.isfinite(row).all()]
        return tuple(sorted((box for box in boxes if box.width > 0 and box.height > 0), key=lambda box: -box.confidence))

    def find_subject(self, picture: Picture) -> Subject | None:
        """What stands out, or None where the part is missing."""
        if self._subject is None:
            return None
        small = cv2.resize(picture, (_SUBJECT_SIDE_PIXELS, _SUBJECT_SIDE_PIXELS), interpolation=cv2.INTER_AREA)[:, :, ::-1].astype(np.float32)
        values = (small / max(float(small.max()), 1.0) - _CHANNEL_MEAN) / _CHANNEL_SPREAD
        session = self._subject
        raw = session.run([session.get_outputs()[0].name], {session.get_inputs()[0].name: values.transpose(2, 0, 1)[None]})[0][0, 0]
        strength = float(raw.max())
        mask = ((raw - raw.min()) / max(strength - float(raw.min()), 1e-6)).astype(np.float32)
        return Subject(_box_of(mask, strength), strength, mask)

    def name_things(self, picture: Picture) -> tuple[Label, ...]:
        """Up to five ImageNet names with their probability; none where the part is missing."""
        if self._labels is None:
            return ()
        session, names = self._labels
        crops = np.stack([_prepare(view) for view in _views(picture)])
        logits = session.run(["logits"], {"picture": crops})[0]
        shares = np.exp(logits - logits.max(axis=1, keepdims=True))
        mean = (shares / shares.sum(axis=1, keepdims=True)).mean(axis=0)
        best = [int(place) for place in np.argsort(mean)[::-1][:_MOST_LABELS]]
        return tuple(Label(name=names[place], probability=round(float(mean[place]), 4)) for place in best if mean[place] > _LEAST_LABEL_PROBABILITY)

    @cached_property
    def _faces(self) -> Any | None:
        path = _find("faces", self._cache)
        return None if path is None else cv2.FaceDetectorYN.create(str(path), "", (320, 320), FACE_CONFIDENCE, _FACE_OVERLAP, 5000)

    @cached_property
    def _subject(self) -> Any | None:
        path = _find("subject", self._cache)
        return None if path is None else open_session(path, self._threads)

    @cached_property
    def _labels(self) -> tuple[Any, Sequence[str]] | None:
        weights, names = _find("labels", self._cache), _find("label-names", self._cache)
        if weights is None or names is None:
            return None
        return open_session(_converted(weights, self._cache), self._threads), _read_names(names)


def open_session(path: Path, threads: int) -> Any:
    """An onnxruntime session on the CPU that sleeps while it waits (spinning threads would eat the other core)."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _converted(weights: Path, cache: Path | None) -> Path:
    """The weights as ONNX, made in the cache at first use."""
    folder = (cache or Path(tempfile.gettempdir()) / f"reelwright-parts-{os.getuid()}") / "converted"
    target = folder / CONVERTED_NAME
    if not target.is_file():
        from reelwright.media.convert_weights import convert_mobilenet  # noqa: PLC0415  # onnx takes 40 MB and is needed once per machine

        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        half = target.with_name(f"{target.name}.{os.getpid()}.part")
        half.write_bytes(convert_mobilenet(weights))
        half.replace(target)
    return target


def _find(part: str, cache: Path | None) -> Path | None:
    try:
        return find_part(part, cache)
    except PartMissing:
        return None


def _read_names(path: Path) -> list[str]:
    found: Any = json.loads(path.read_text(encoding="utf-8"))
    return [str(name) for name in found]


def _clip_box(row: NDArray[np.float32], width: int, height: int) -> Box:
    left, top = max(0.0, float(row[0]) / width), max(0.0, float(row[1]) / height)
    right, bottom = min(1.0, float(row[0] + row[2]) / width), min(1.0, float(row[1] + row[3]) / height)
    return Box(x=round(left, 4), y=round(top, 4), width=round(right - left, 4), height=round(bottom - top, 4), confidence=round(float(row[14]), 3))


def _box_of(mask: Plane, strength: float) -> Box | None:
    """Around the pieces of the mask that are no crumbs; None where the model sees no subject."""
    solid = (mask > SUBJECT_THRESHOLD).astype(np.uint8)
    area = float(solid.mean())
    if strength < NO_SUBJECT_STRENGTH or (strength < WEAK_SUBJECT_STRENGTH and area < WEAK_SUBJECT_AREA):
        return None
    count, _, pieces, _ = cv2.connectedComponentsWithStats(solid)
    if count < 2:
        return None
    kept = pieces[1:][pieces[1:, cv2.CC_STAT_AREA] >= _SMALLEST_PIECE_SHARE * pieces[1:, cv2.CC_STAT_AREA].max()]
    left, top = kept[:, 0].min(), kept[:, 1].min()
    right, bottom = (kept[:, 0] + kept[:, 2]).max(), (kept[:, 1] + kept[:, 3]).max()
    side = float(_SUBJECT_SIDE_PIXELS)
    return Box(
        x=round(left / side, 4), y=round(top / side, 4), width=round((right - left) / side, 4), height=round((bottom - top) / side, 4),
        confidence=round(min(1.0, strength), 3),
    )  # fmt: skip


def _views(picture: Picture) -> tuple[Any, Any]:
    """The middle square and the whole squeezed: the subject is seldom in the middle."""
    height, width = picture.shape[:2]
    scale = _LABEL_SHORT_SIDE_PIXELS / min(height, width)
    near = cv2.resize(picture, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA)
    top, left = (near.shape[0] - _LABEL_SIDE_PIXELS) // 2, (near.shape[1] - _LABEL_SIDE_PIXELS) // 2
    middle = near[top : top + _LABEL_SIDE_PIXELS, left : left + _LABEL_SIDE_PIXELS]
    return middle, cv2.resize(picture, (_LABEL_SIDE_PIXELS, _LABEL_SIDE_PIXELS), interpolation=cv2.INTER_AREA)


def _prepare(view: Picture) -> NDArray[Any]:
    values = (view[:, :, ::-1].astype(np.float32) / 255 - _CHANNEL_MEAN) / _CHANNEL_SPREAD
    return values.astype(np.float32).transpose(2, 0, 1)
