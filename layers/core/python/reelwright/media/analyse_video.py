"""Everything the planner knows of a clip: its shots, where a 9:16 crop should look in each, and one picture that stands for all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from reelwright.kit.errors import MediaRefused
from reelwright.media.analyse_photo import describe_picture
from reelwright.media.analysis import MediaAnalysis, PathSample, Shot
from reelwright.media.crop import choose_crop, crop_shares
from reelwright.media.crop_path import MOST_KNOTS, smooth_path
from reelwright.media.eyes import Eyes, Subject
from reelwright.media.follow import Follower, Track
from reelwright.media.look_facts import measure_sharpness
from reelwright.media.saliency import map_saliency
from reelwright.media.shots import Frame, split_shots
from reelwright.media.streams import find_picture, inspect_video, open_container

WATCHED_LONG_SIDE_PIXELS = 480
KEY_FRAMES_ONLY_SECONDS = 180.0  # longer clips are watched two times a second
MOST_SUBJECT_LOOKS = 12
_SUBJECT_LOOKS_PER_SHOT = 3
_ONE_LOOK_SECONDS = 4.0  # in a shorter shot the middle stands for all
_LEAST_FACE_SHARE, _LEAST_FACE_FRAMES = 0.25, 3
PATH_DIGITS = 6  # the fourth would be a third of a pixel on the canvas, and be seen as jitter


@dataclass
class _Watch:
    """What is gathered over all shots."""

    eyes: Eyes
    size: tuple[int, int]
    subject_looks_left: int = MOST_SUBJECT_LOOKS
    shots: list[Shot] = field(default_factory=list)
    portraits: list[Frame] = field(default_factory=list)
    faces: list[Track] = field(default_factory=list)
    _seen: dict[float, Subject | None] = field(default_factory=dict)

    def find_subject(self, frame: Frame) -> Subject | None:
        """The subject of a frame of the clip; each is looked at once."""
        if frame.at not in self._seen:
            self._seen[frame.at] = self.eyes.find_subject(frame.picture)
        return self._seen[frame.at]


def analyse_video(path: Path, eyes: Eyes) -> MediaAnalysis:
    """Watches the normal rendition (MP4). Speech and loudness are not in it: see hearing.py. Raises MediaRefused."""
    video = inspect_video(path, "mov")
    watch = _watch_shots(path, eyes, video.duration_seconds, float(video.frame_rate))
    if not watch.shots:
        raise MediaRefused("This video is damaged: no picture of it can be decoded.")
    longest = max(range(len(watch.shots)), key=lambda place: watch.shots[place].end - watch.shots[place].start)
    portrait = watch.portraits[longest]
    whole = describe_picture(portrait.picture, eyes, watch.find_subject(portrait))
    shot = watch.shots[longest]
    middle = shot.path[len(shot.path) // 2]
    return whole.model_copy(
        update={
            "faces": watch.faces[longest].faces or whole.faces,
            "crop_x": middle.x,
            "crop_y": middle.y,
            "sharpness": round(float(np.median([shot.sharpness for shot in watch.shots])), 1),
            "shots": tuple(watch.shots),
        }
    )


def _watch_shots(path: Path, eyes: Eyes, duration_seconds: float, rate: float) -> _Watch:
    watch: _Watch | None = None
    follower: Follower | None = None
    is_long = duration_seconds > KEY_FRAMES_ONLY_SECONDS
    end = 0.0
    for item in split_shots(read_frames(path, is_long)):
        watch = watch or _Watch(eyes, (item.frame.picture.shape[1], item.frame.picture.shape[0]))
        if follower is None or item.is_first:
            if follower is not None:
                _finish_shot(watch, follower, item.frame.at)
            follower = Follower(eyes, 2.0 if is_long else rate)
        follower.watch(item.frame)
        end = item.frame.at
    if watch is None or follower is None:
        return _Watch(eyes, (1, 1))
    _finish_shot(watch, follower, max(duration_seconds, end))
    return watch


def read_frames(path: Path, key_frames_only: bool = False) -> Iterator[Frame]:
    """All frames of an MP4, at most 480 pixels long, with their times from its first one."""
    with open_container(path, "mov") as container:
        stream = find_picture(container)
        stream.thread_type = "AUTO"
        # Blocks are smoothed away by the shrinking anyway; a fifth of the decoder's time.
        stream.codec_context.options = {"skip_loop_filter": "all"}
        if key_frames_only:
            stream.codec_context.skip_frame = "NONKEY"
        scale = min(1.0, WATCHED_LONG_SIDE_PIXELS / max(stream.width, stream.height))
        width, height = (max(16, round(side * scale / 2) * 2) for side in (stream.width, stream.height))
        shrinker = av.video.reformatter.VideoReformatter()
        first: float | None = None
        for frame in container.decode(stream):
            if frame.time is None:
                continue
            first = frame.time if first is None else first
            small = shrinker.reformat(frame, width, height, "bgr24", interpolation="FAST_BILINEAR")
            yield Frame(frame.time - first, np.asarray(small.to_ndarray(), np.uint8))


def _finish_shot(watch: _Watch, follower: Follower, end: float) -> None:
    track = follower.finish()
    portrait = track.samples[(len(track.samples) - 1) // 2]
    grey = cv2.cvtColor(portrait.picture, cv2.COLOR_BGR2GRAY)
    path = _plan_path(watch, track)
    watch.shots.append(Shot(start=round(track.times[0], 4), end=round(end, 4), motion=track.motion, sharpness=round(measure_sharpness(grey), 1), path=path))
    watch.portraits.append(portrait)
    watch.faces.append(track)


def _plan_path(watch: _Watch, track: Track) -> tuple[PathSample, ...]:
    """Where the crop looks along the shot: after a face where one is seen often enough, else at rest on the subject."""
    share_x, share_y = crop_shares(*watch.size)
    axis, share = (0, share_x) if share_x < 1 else (1, share_y)
    is_face_shot = track.face_share >= _LEAST_FACE_SHARE and np.isfinite(track.targets[:, axis]).sum() >= _LEAST_FACE_FRAMES
    if share >= 1.0:
        return (PathSample(at=round(track.times[0], 4), x=0.5, y=0.5),)
    if not is_face_shot:
        return (_sample(track.times[0], _rest_on_subject(watch, track, axis), axis),)
    step = max(1, -(-len(track.times) // MOST_KNOTS))
    times = np.asarray(track.times)[::step]
    centres = smooth_path(_fill_gaps(track.targets[:, axis])[::step], share, _rate_of(times))
    if np.ptp(centres) < 1e-6:
        return (_sample(float(times[0]), float(centres[0]), axis),)
    return tuple(_sample(float(at), float(centre), axis) for at, centre in zip(times, centres, strict=True))


def _sample(at: float, centre: float, axis: int) -> PathSample:
    x, y = (centre, 0.5) if axis == 0 else (0.5, centre)
    return PathSample(at=round(at, 4), x=round(x, PATH_DIGITS), y=round(y, PATH_DIGITS))


def _rest_on_subject(watch: _Watch, track: Track, axis: int) -> float:
    """The mean of the best crops of a few frames, weighted by how surely a subject was seen in them."""
    wanted = 1 if track.times[-1] - track.times[0] < _ONE_LOOK_SECONDS else _SUBJECT_LOOKS_PER_SHOT
    looks = max(1, min(wanted, watch.subject_looks_left, len(track.samples)))
    # One of them is the portrait of the shot.
    chosen = [track.samples[int(place)] for place in np.linspace(0, len(track.samples) - 1, looks + 2)[1:-1]]
    centres, weights = [], []
    for frame in chosen:
        subject = watch.find_subject(frame) if watch.subject_looks_left > 0 else None
        watch.subject_looks_left -= 1
        crop = choose_crop(*watch.size, track.faces, subject, map_saliency(frame.picture))
        centres.append(crop.x if axis == 0 else crop.y)
        weights.append(subject.strength if subject and subject.box else 0.1)
    return float(np.average(centres, weights=weights))


def _fill_gaps(values: NDArray[Any]) -> NDArray[Any]:
    known = np.isfinite(values)
    places = np.arange(len(values))
    return np.asarray(np.interp(places, places[known], values[known]))


def _rate_of(times: NDArray[Any]) -> float:
    return float((len(times) - 1) / (times[-1] - times[0])) if len(times) > 1 and times[-1] > times[0] else 30.0
