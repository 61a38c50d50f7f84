"""Offline parts: found in installed packages, checked, joined, and missed in words."""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import ImageFont

from reelwright.kit.errors import InvalidInput, PartMissing
from reelwright.kit.parts import FACES, PARTS, Part, PartFile, describe_missing_voice, find_part, font_path, is_installed, kept_bytes, list_parts, with_needed

HELD = [part for part in PARTS.values() if part.how_to_add == "make setup"]


@pytest.mark.parametrize("part", HELD, ids=lambda part: part.name)
def test_every_part_of_the_product_is_installed_with_its_checksum_and_size(part: Part, tmp_path: Path) -> None:
    path = find_part(part.name, tmp_path)
    assert path.stat().st_size == part.size_bytes
    assert hashlib.sha256(path.read_bytes()).hexdigest() == part.sha256


def test_a_file_with_another_checksum_is_refused_in_words() -> None:
    wrong = {"voice-en": replace(PARTS["voice-en"], sha256="0" * 64)}
    with pytest.raises(PartMissing, match=r"checksum differs.*make setup"):
        find_part("voice-en", parts=wrong)


def test_a_part_whose_package_is_not_installed_names_the_command_that_adds_it() -> None:
    absent = {"gone": replace(PARTS["voice-en"], name="gone", files=(PartFile("no-such-package-here", "a.bin"),))}
    with pytest.raises(PartMissing, match=r"is not installed.*Add it with: make setup"):
        find_part("gone", parts=absent)
    assert not is_installed("gone", absent)


def test_a_file_that_its_package_does_not_list_is_a_missing_part() -> None:
    absent = {"gone": replace(PARTS["voice-en"], name="gone", files=(PartFile("hibari-tts", "assets/no_such_file.onnx"),))}
    with pytest.raises(PartMissing, match="is not installed"):
        find_part("gone", parts=absent)


def test_an_unknown_part_is_named() -> None:
    with pytest.raises(PartMissing, match="no part “unheard-of”"):
        find_part("unheard-of")


def test_split_files_are_joined_in_order_into_the_cache_and_only_once(tmp_path: Path) -> None:
    split, whole = _split_part()
    first = find_part("split", tmp_path, split)
    assert first.read_bytes() == whole
    assert tmp_path in first.parents
    changed = first.stat().st_mtime_ns
    assert find_part("split", tmp_path, split).stat().st_mtime_ns == changed
    assert not list(tmp_path.rglob("*.part"))


def test_a_joined_file_that_was_damaged_is_refused(tmp_path: Path) -> None:
    split, _ = _split_part()
    find_part("split", tmp_path, split).write_bytes(b"damaged")
    with pytest.raises(PartMissing, match="checksum differs"):
        find_part("split", tmp_path, split)


def test_pieces_that_do_not_join_to_the_whole_leave_nothing_behind(tmp_path: Path) -> None:
    split, _ = _split_part()
    with pytest.raises(PartMissing, match="checksum differs"):
        find_part("split", tmp_path, {"split": replace(split["split"], sha256="1" * 64)})
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_check_is_remembered_in_the_cache_until_the_file_changes(tmp_path: Path) -> None:
    part = PARTS["label-names"]
    path = find_part(part.name, tmp_path)
    note = tmp_path / "checked" / f"{part.sha256}.json"
    assert json.loads(note.read_text())[0] == str(path)
    note.write_text(json.dumps(["elsewhere", 1, 1]))
    find_part(part.name, tmp_path)
    assert json.loads(note.read_text())[0] == str(path)


def test_the_list_says_what_is_installed_what_it_weighs_and_how_it_is_added() -> None:
    rows = {row.name: row for row in list_parts()}
    assert rows["voice-en"].is_installed
    assert rows["voice-en"].size_bytes == 7_936_868
    assert rows["last-resort-voice"].how_to_add == "reelwright parts add last-resort-voice"
    assert all(row.licence and row.brings and row.without and row.how_to_add and row.packages for row in rows.values())
    assert len(rows) == len(PARTS)


def test_a_language_without_a_voice_is_told_the_command_that_adds_one() -> None:
    assert describe_missing_voice("es").endswith("Add one with: reelwright parts add es")
    assert describe_missing_voice("pt-BR").endswith("Add one with: reelwright parts add pt")
    assert describe_missing_voice("en").endswith("Add one with: make setup")


@pytest.mark.parametrize("language", ["tlh", "zh"])
def test_no_command_is_promised_for_a_language_that_nothing_here_speaks(language: str) -> None:
    assert "captions only" in describe_missing_voice(language)
    assert "add" not in describe_missing_voice(language).lower()


def test_only_parts_that_this_version_uses_name_a_command() -> None:
    for row in list_parts():
        part = PARTS[row.name]
        assert row.is_used == bool(part.files)
        assert row.is_used == (row.how_to_add != "not used by this version yet")
        assert bool(part.pinned) == row.how_to_add.startswith("reelwright parts add")


def test_what_is_fetched_is_pinned_by_version_and_hash() -> None:
    pinned = [package for part in PARTS.values() for package in part.pinned]
    espeak = next(package for package in pinned if package.distribution == "espeakng-loader")
    assert espeak.requirement.startswith("espeakng-loader==0.2.4 --hash=sha256:")
    assert all(package.version and package.fetched_bytes for package in pinned)
    assert all(len(each) == 64 and int(each, 16) for package in pinned for each in package.hashes)


def test_a_part_is_installed_only_with_all_that_it_needs_and_weighs_as_much() -> None:
    needed = replace(PARTS["voice-en"], name="needed", files=(PartFile("no-such-package-here", "a.bin"),), size_bytes=7)
    needing = replace(PARTS["voice-en"], name="needing", needs=("needed",), size_bytes=5)
    both = {"needed": needed, "needing": needing}
    assert not is_installed("needing", both)
    assert is_installed("needing", {**both, "needed": replace(needed, files=PARTS["voice-en"].files)})
    assert kept_bytes(needing, both) == 12
    assert [part.name for part in with_needed(needing, both)] == ["needed", "needing"]


def test_a_file_built_for_another_processor_may_have_its_own_checksum() -> None:
    voice = PARTS["voice-en"]
    other = {"voice-en": replace(voice, sha256="0" * 64, other_sha256=(voice.sha256,))}
    assert find_part("voice-en", parts=other).is_file()


def test_a_part_that_is_added_while_the_process_runs_is_found(tmp_path: Path) -> None:
    added = {"added": replace(PARTS["voice-en"], name="added", files=(PartFile("added-part", "added.bin"),), sha256=hashlib.sha256(b"new").hexdigest())}
    sys.path.append(str(tmp_path))
    try:
        assert not is_installed("added", added)
        (tmp_path / "added.bin").write_bytes(b"new")
        facts = tmp_path / "added_part-1.dist-info"
        facts.mkdir()
        (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: added-part\nVersion: 1\n")
        (facts / "RECORD").write_text("added.bin,,\n")
        assert find_part("added", parts=added) == (tmp_path / "added.bin").resolve()
    finally:
        sys.path.remove(str(tmp_path))


@pytest.mark.parametrize("family", FACES)
@pytest.mark.parametrize("is_italic", [False, True])
def test_every_typeface_opens_at_the_weight_that_was_asked_for(family: str, is_italic: bool) -> None:
    file = font_path(family, 700, is_italic)
    if family == "Noto Color Emoji":
        assert file.path.is_file()
        return
    font = ImageFont.truetype(str(file.path), 40, index=file.index)
    if not file.axes:
        assert font.getname()[0] == family
        return
    axes = font.get_variation_axes()
    assert len(axes) == len(file.axes)
    assert all(axis["minimum"] <= value <= axis["maximum"] for axis, value in zip(axes, file.axis_values, strict=True))
    font.set_variation_by_axes(file.axis_values)
    assert font.getlength("Reel") > 0


def test_a_heavier_weight_puts_down_more_ink() -> None:
    def ink(weight: int) -> float:
        file = font_path("Inter", weight)
        font = ImageFont.truetype(str(file.path), 60)
        font.set_variation_by_axes(file.axis_values)
        return float(np.asarray(font.getmask("Reelwright")).mean())

    assert ink(900) > ink(400) * 1.2


def test_a_weight_beyond_the_font_is_clamped_and_an_unknown_family_refused() -> None:
    assert dict(font_path("Playfair Display", 100).axes)["wght"] == 400
    assert dict(font_path("Inter", 400, size=90).axes)["opsz"] == 32
    with pytest.raises(InvalidInput, match="no typeface “Papyrus”"):
        font_path("Papyrus")


def _split_part() -> tuple[dict[str, Part], bytes]:
    pieces = (PartFile("hibari-tts", "hibari/assets/voices.json"), PartFile("hibari-tts", "hibari/assets/vocab.json"))
    voice = find_part("voice-en")
    whole = b"".join((voice.parent / name).read_bytes() for name in ("voices.json", "vocab.json"))
    return {"split": replace(PARTS["voice-en"], name="split", files=pieces, sha256=hashlib.sha256(whole).hexdigest())}, whole
