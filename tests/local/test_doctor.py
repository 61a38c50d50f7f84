"""The doctor: every lack is a sentence with its remedy."""

from __future__ import annotations

import socket
from pathlib import Path

from local.data_directory import DataDirectory
from local.doctor import examine, list_parts


def test_a_healthy_machine_lacks_nothing(tmp_path: Path) -> None:
    findings = examine(tmp_path / "not" / "made" / "yet")
    assert [finding for finding in findings if not finding.is_fine and finding.name != "port"] == []
    assert {"Python", "disk", "stand-ins", "database", "local cloud", "FFmpeg", "parts: font", "parts: more"} <= {finding.name for finding in findings}
    assert not (tmp_path / "not").exists(), "it looks, it does not touch"


def test_a_port_in_use_is_named_with_its_remedy(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        DataDirectory(tmp_path).keep_port(other.getsockname()[1])
        finding = next(finding for finding in examine(tmp_path) if finding.name == "port")
    assert not finding.is_fine
    assert "in use by another program" in finding.sentence
    assert "--port" in finding.remedy


def test_a_directory_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    finding = next(finding for finding in examine(file / "data") if finding.name == "data directory")
    assert not finding.is_fine
    assert "cannot be written" in finding.sentence


def test_every_part_says_what_is_poorer_without_it_and_how_to_add_it() -> None:
    parts = list_parts()
    assert len(parts) > 10
    assert all(part.poorer_without and part.how_to_add and part.licence and part.size_bytes > 0 for part in parts)
