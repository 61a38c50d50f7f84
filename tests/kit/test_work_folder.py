"""Temporary folders: always removed, swept after a killed process, refused on a full disk."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from reelwright.kit.errors import TooLarge
from reelwright.kit.work_folder import work_folder


def test_the_folder_is_removed_at_the_end_also_after_an_error(tmp_path) -> None:
    with work_folder(tmp_path / "work") as folder:
        (folder / "a").write_text("x")
    with pytest.raises(RuntimeError), work_folder(tmp_path / "work") as folder:
        raise RuntimeError
    assert list((tmp_path / "work").iterdir()) == []


def test_what_a_killed_process_left_is_swept_and_what_a_living_one_uses_is_kept(tmp_path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = tmp_path / f"reelwright-step-{ended.pid}-abc"
    left.mkdir()
    (left / "original").write_text("x")
    used = tmp_path / f"reelwright-step-{os.getppid()}-def"
    used.mkdir()
    other = tmp_path / "somebody-elses"
    other.mkdir()
    with work_folder(tmp_path):
        assert not left.exists()
    assert used.exists()
    assert other.exists()


def test_a_disk_without_enough_room_is_said_in_words(tmp_path) -> None:
    with pytest.raises(TooLarge, match="There is not enough free disk for this: it needs 1000000000000 MB"), work_folder(tmp_path, 10**18):
        pass
    assert list(tmp_path.iterdir()) == []
