"""The finished file: what players and platforms need, whole or not there at all."""

from __future__ import annotations

import threading
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import soundfile

from reelwright.kit.errors import Cancelled, RenderFailed
from reelwright.reels.reel import Reel, SoundClip, Soundtrack, Transition
from reelwright.rendering.render_reel import render_reel


def _reel(maker: Any, shots: int = 3, seconds: Fraction = Fraction(1)) -> Reel:
    maker.photo("one", seed=1)
    maker.photo("two", seed=2)
    maker.clip("film")
    names = ["one", "film", "two"]
    layers = [[maker.picture(names[number % 3])] for number in range(shots)]
    joins = [Transition(kind="dissolve", duration=Fraction(2, 5))] * (shots - 1)
    reel: Reel = maker.reel(layers, joins, seconds)
    return reel


def _render(maker: Any, reel: Reel, out: Path, **options: Any) -> list[float]:
    told: list[float] = []
    settings: dict[str, Any] = {"on_progress": told.append, "is_cancelled": lambda: False, "preset": "ultrafast", **options}
    render_reel(reel, maker.files, out, **settings)
    return told


@pytest.fixture
def master(maker: Any) -> Path:
    out: Path = maker.folder / "out" / "master.mp4"
    out.parent.mkdir()
    _render(maker, _reel(maker), out, preset="veryfast")
    assert [path.name for path in out.parent.iterdir()] == ["master.mp4"]
    return out


def _boxes(data: bytes) -> list[str]:
    found, at = [], 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        found.append(data[at + 4 : at + 8].decode("latin-1"))
        at += size if size >= 8 else len(data)
    return found


def test_the_index_stands_in_front_and_there_is_no_edit_list(master: Path) -> None:
    data = master.read_bytes()
    boxes = _boxes(data)
    assert boxes.index("moov") < boxes.index("mdat")
    assert b"elst" not in data
    assert b"edts" not in data


def test_picture_and_sound_are_tagged_and_equally_long(master: Path) -> None:
    with av.open(str(master)) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        context = video.codec_context
        assert (context.name, context.profile, context.pix_fmt) == ("h264", "High", "yuv420p")
        assert [int(v) for v in (context.color_range, context.colorspace, context.color_primaries, context.color_trc)] == [1, 1, 1, 1]
        assert (audio.codec_context.name, audio.rate, audio.channels) == ("aac", 48000, 2)
        assert (video.average_rate, video.frames) == (30, 90)
        assert (video.start_time, audio.start_time) == (0, 0)
        assert abs(float(video.duration * video.time_base) - 3.0) < 1e-6
        assert abs(float(audio.duration * audio.time_base) - 3.0) <= 1 / 30


def test_groups_of_pictures_are_closed_and_at_most_two_seconds_long(maker: Any, tmp_path: Path) -> None:
    out = tmp_path / "long.mp4"
    _render(maker, _reel(maker, shots=3, seconds=Fraction(2)), out, preset="veryfast")
    with av.open(str(out)) as container:
        packets = [(packet.pts, packet.is_keyframe) for packet in container.demux(video=0) if packet.pts is not None]
        step = 1 / (container.streams.video[0].time_base * 30)
    keys = [pts for pts, is_key in packets if is_key]
    assert max(np.diff([*keys, 180 * step]), default=0) <= 60 * step
    newest_key = None
    for pts, is_key in packets:
        newest_key = pts if is_key else newest_key
        assert pts >= newest_key, "a frame before its group's key frame: the group is open"


def test_a_group_decodes_alone(master: Path) -> None:
    with av.open(str(master)) as container:
        whole = [frame.to_ndarray(format="gray").mean() for frame in container.decode(video=0)]
    with av.open(str(master)) as container:
        stream = container.streams.video[0]
        container.seek(int(2.5 / stream.time_base), stream=stream, backward=True)
        frames = list(container.decode(video=0))
    first = round(float(frames[0].pts * frames[0].time_base) * 30)
    assert first > 0
    assert frames[0].to_ndarray(format="gray").mean() == pytest.approx(whole[first])


def test_frames_in_the_file_are_the_composed_ones(maker: Any, tmp_path: Path) -> None:
    from reelwright.rendering.compose import Composer

    reel, out = _reel(maker), tmp_path / "m.mp4"
    _render(maker, reel, out, preset="veryfast")
    with av.open(str(out)) as container:
        shown = [frame.to_ndarray(format="yuv420p")[:480, :270] for frame in container.decode(video=0)]
    with Composer(reel, maker.files) as composer:
        for n in (0, 29, 45, 89):
            assert np.abs(shown[n].astype(int) - composer.frame(n).y.astype(int)).mean() < 3


def test_sound_and_picture_stay_together(maker: Any, tmp_path: Path) -> None:
    """A click at 1.5 s, the moment of a hard cut from dark to light, is heard in the frame of the cut."""
    samples = np.zeros((3 * 48_000, 2), np.float32)
    samples[72_000:76_800] = 0.5 * np.sin(np.arange(4800) / 4)[:, None]
    soundfile.write(maker.folder / "click.wav", samples, 48_000)
    maker.files["click.wav"] = maker.folder / "click.wav"
    sound = SoundClip(sound_id="click", start=Fraction(0), duration=Fraction(3))
    reel = maker.reel([[maker.flat("#202020")], [maker.flat("#E0E0E0")]], seconds=Fraction(3, 2))
    reel = Reel.model_validate(
        {**reel.model_dump(), "sounds": {"click": {"file": "click.wav", "duration": Fraction(3)}}, "soundtrack": Soundtrack(music=(sound,))}
    )
    out = tmp_path / "m.mp4"
    _render(maker, reel, out)
    with av.open(str(out)) as container:
        light = next(frame.time for frame in container.decode(video=0) if frame.to_ndarray(format="gray").mean() > 120)
    with av.open(str(out)) as container:
        heard = np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])
    assert light == pytest.approx(1.5)
    assert np.flatnonzero(np.abs(heard) > 0.1 * np.abs(heard).max())[0] / 48_000 == pytest.approx(1.5, abs=0.012)


def test_progress_is_told_in_order_from_0_to_1(maker: Any, tmp_path: Path) -> None:
    told = _render(maker, _reel(maker), tmp_path / "m.mp4")
    assert (told[0], told[-1]) == (0.0, 1.0)
    assert told == sorted(told)


def test_progress_is_told_at_least_every_second(maker: Any, tmp_path: Path) -> None:
    maker.width, maker.height = 720, 1280
    times: list[float] = []
    _render(maker, _reel(maker), tmp_path / "m.mp4", on_progress=lambda _: times.append(time.monotonic()), preset="veryfast")
    assert len(times) >= 3
    assert max(np.diff(times)) < 2.5  # one second on a free machine


def test_a_cancelled_render_ends_soon_and_leaves_nothing(maker: Any, tmp_path: Path) -> None:
    out, asked = tmp_path / "out" / "m.mp4", threading.Event()
    out.parent.mkdir()
    maker.width, maker.height = 1080, 1920
    reel = _reel(maker, shots=12)
    begun: list[float] = []

    def tell(share: float) -> None:
        if share > 0.02 and not asked.is_set():
            asked.set()
            begun.append(time.monotonic())

    before = threading.active_count()
    with pytest.raises(Cancelled):
        _render(maker, reel, out, on_progress=tell, is_cancelled=asked.is_set, preset="veryfast")
    assert time.monotonic() - begun[0] < 5
    assert list(out.parent.iterdir()) == []
    assert threading.active_count() == before


def test_a_failed_render_leaves_the_older_file_alone(maker: Any, tmp_path: Path) -> None:
    out = tmp_path / "out" / "m.mp4"
    out.parent.mkdir()
    out.write_bytes(b"older")
    reel = _reel(maker)
    maker.files["two.jpg"].write_bytes(b"no photo")
    with pytest.raises(RenderFailed, match="photo"):
        _render(maker, reel, out)
    assert [(path.name, path.read_bytes()) for path in out.parent.iterdir()] == [("m.mp4", b"older")]


def test_a_missing_folder_is_said_in_words(maker: Any, tmp_path: Path) -> None:
    with pytest.raises(RenderFailed, match="folder"):
        _render(maker, _reel(maker), tmp_path / "nowhere" / "m.mp4")


def test_the_same_reel_gives_the_same_file(maker: Any, tmp_path: Path) -> None:
    reel = _reel(maker)
    for name in ("a.mp4", "b.mp4"):
        _render(maker, reel, tmp_path / name)
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()
