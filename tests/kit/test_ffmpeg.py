"""FFmpeg's binary: names are never options, errors are words, nothing half done is visible, nothing outlives its parent."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reelwright.kit.errors import MediaRefused, RenderFailed
from reelwright.kit.ffmpeg import Source, explain, file_address, find_ffmpeg, run_ffmpeg

COLOURS = ("-f", "lavfi", "-i", "testsrc2=size=64x64:rate=10:duration=1")


@pytest.fixture
def clip(tmp_path) -> Path:
    subprocess.run([find_ffmpeg(), "-v", "error", *COLOURS, str(tmp_path / "clip.mp4")], check=True)
    return tmp_path / "clip.mp4"


def test_names_that_look_like_options_or_addresses_are_names(clip, tmp_path) -> None:
    for name in ("-i", "-y.mp4", "a'b\"c d.mp4", "🌊.mp4", "file:x", "http:", "%03d.mp4", "pipe:0"):
        source = tmp_path / name
        source.write_bytes(clip.read_bytes())
        out = tmp_path / f"out {name}"
        run_ffmpeg([Source(source, "mov")], ["-c", "copy"], out, "mp4")
        assert out.stat().st_size > 500, name


def test_an_address_is_absolute_and_a_file(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert file_address(Path("-i")) == f"file:{tmp_path}/-i"


def test_the_bytes_cannot_choose_another_demuxer(clip, tmp_path) -> None:
    (tmp_path / "list.mp4").write_text(f"ffconcat version 1.0\nfile '{clip}'\n")
    with pytest.raises(MediaRefused):
        run_ffmpeg([Source(tmp_path / "list.mp4", "mov")], ["-c", "copy"], tmp_path / "out.mp4", "mp4", failure=MediaRefused)


def test_an_error_is_a_sentence_and_leaves_nothing(tmp_path) -> None:
    (tmp_path / "bad.mp4").write_bytes(b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + bytes(500))
    with pytest.raises(RenderFailed, match="cut off: its table of contents is missing"):
        run_ffmpeg([Source(tmp_path / "bad.mp4", "mov")], ["-c", "copy"], tmp_path / "out.mp4", "mp4")
    assert [path.name for path in tmp_path.iterdir()] == ["bad.mp4"]


def test_a_run_that_takes_too_long_is_stopped(clip, tmp_path) -> None:
    began = time.monotonic()
    slow = Source(clip, "mov", ("-stream_loop", "-1", "-re"))
    with pytest.raises(RenderFailed, match="took longer than 1 seconds"):
        run_ffmpeg([slow], ["-c", "copy"], tmp_path / "out.mp4", "mp4", time_limit_seconds=1)
    assert time.monotonic() - began < 4
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clip.mp4"]


def test_a_killed_parent_takes_its_run_along(clip, tmp_path) -> None:
    code = (
        "import sys; from pathlib import Path; from reelwright.kit.ffmpeg import Source, run_ffmpeg\n"
        "run_ffmpeg([Source(Path(sys.argv[1]), 'mov', ('-stream_loop', '-1', '-re'))], ['-c', 'copy'], Path(sys.argv[2]), 'mp4')"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, str(clip), str(tmp_path / "out.mp4")])
    child = wait_for_child(parent.pid)
    parent.kill()
    parent.wait()
    assert wait_until_gone(child)


def wait_for_child(parent: int) -> int:
    for _ in range(200):
        found = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        if found:
            return int(found[0])
        time.sleep(0.05)
    raise AssertionError("The run never started.")


def wait_until_gone(process_id: int) -> bool:
    for _ in range(100):
        try:
            if Path(f"/proc/{process_id}/stat").read_text().split()[2] == "Z":
                return True
            os.kill(process_id, 0)
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.05)
    return False


def test_known_words_are_translated_and_others_are_general() -> None:
    assert explain("av_interleaved_write_frame(): No space left on device") == "The disk is full."
    assert explain("something else") == "It could not be converted."
