"""Small pictures of a media for lists and players: thumbnail, poster, and the peaks that draw a waveform."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2

from reelwright.kit.errors import MediaRefused
from reelwright.media.analyse import NORMAL_DEMUXER
from reelwright.media.analyse_photo import read_reduced
from reelwright.media.analysis import MediaAnalysis
from reelwright.media.hearing import SPEECH_RATE, measure_peaks, read_samples
from reelwright.media.streams import find_picture, open_container

THUMBNAIL_LONG_SIDE_PIXELS = 480
_THUMBNAIL_QUALITY, _POSTER_QUALITY = 82, 88


@dataclass(frozen=True)
class Preview:
    """A small file; pixels for pictures."""

    purpose: str
    path: Path
    content_type: str
    width: int | None = None
    height: int | None = None


def make_previews(path: Path, kind: str, analysis: MediaAnalysis, out_folder: Path) -> list[Preview]:
    """Writes the previews of a normal rendition into the folder. Raises MediaRefused where it cannot be decoded."""
    if kind == "photo":
        return [_write_picture("thumbnail", read_reduced(path, THUMBNAIL_LONG_SIDE_PIXELS), out_folder, THUMBNAIL_LONG_SIDE_PIXELS, _THUMBNAIL_QUALITY)]
    previews = []
    if kind == "video":
        frame = read_frame(path, choose_poster_time(analysis))
        previews.append(_write_picture("poster", frame, out_folder, max(frame.shape[:2]), _POSTER_QUALITY))
        previews.append(_write_picture("thumbnail", frame, out_folder, THUMBNAIL_LONG_SIDE_PIXELS, _THUMBNAIL_QUALITY))
    samples = read_samples(path, NORMAL_DEMUXER, SPEECH_RATE, "mono")
    if samples is not None and len(samples):
        waveform = out_folder / "waveform.json"
        waveform.write_text(json.dumps({"duration_seconds": round(len(samples) / SPEECH_RATE, 3), "peaks": measure_peaks(samples)}))
        previews.append(Preview("waveform", waveform, "application/json"))
    return previews


def choose_poster_time(analysis: MediaAnalysis) -> float:
    """Seconds: the middle of the sharpest shot."""
    if not analysis.shots:
        return 0.0
    best = max(analysis.shots, key=lambda shot: shot.sharpness)
    return (best.start + best.end) / 2


def read_frame(path: Path, at: float) -> Any:
    """The picture shown at ``at`` seconds of an MP4, BGR, full size. Raises MediaRefused."""
    with open_container(path, NORMAL_DEMUXER) as container:
        stream = find_picture(container)
        first = stream.start_time or 0
        target = first + int(at / float(stream.time_base or 1))
        container.seek(target, stream=stream, backward=True)
        shown = None
        for frame in container.decode(stream):
            if shown is not None and frame.pts is not None and frame.pts > target:
                break
            shown = frame
        if shown is None:
            raise MediaRefused("This video is damaged: no picture of it can be decoded.")
        return shown.to_ndarray(format="bgr24")


def _write_picture(purpose: str, picture: Any, out_folder: Path, long_side: int, quality: int) -> Preview:
    scale = long_side / max(picture.shape[:2])
    if scale < 1:
        size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
        picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    path = out_folder / f"{purpose}.jpg"
    path.write_bytes(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes())
    return Preview(purpose, path, "image/jpeg", picture.shape[1], picture.shape[0])
