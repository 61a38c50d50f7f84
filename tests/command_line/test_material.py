"""The folder that a person hands over."""

import os
from pathlib import Path

import pytest

from command_line.complaint import Complaint
from command_line.material import MAX_FILES, content_type, read_material, read_script, shown_name


def test_media_are_taken_in_the_order_of_their_names_and_the_rest_is_named(tmp_path: Path) -> None:
    for name in ("b.JPG", "A.mp4", "notes.txt", ".hidden.jpg"):
        (tmp_path / name).write_bytes(b"x")
    material = read_material(tmp_path)
    assert [file.name for file in material.files] == ["A.mp4", "b.JPG"]
    assert material.others == ("notes.txt",)
    assert material.size_bytes == 2


@pytest.mark.parametrize("name", ['it\'s "quoted" & spaced.jpg', "-i.mp4", "😀 naïve.heic", "مرحبا.png"])
def test_odd_names_are_names(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert read_material(tmp_path).files[0].name == name


def test_names_that_no_text_can_hold_are_shown_all_the_same(tmp_path: Path) -> None:
    broken = Path(os.fsdecode(bytes(tmp_path) + b"/b\xff\n.jpg"))
    broken.write_bytes(b"x")
    assert shown_name(broken) == "b\ufffd .jpg"
    assert shown_name(broken).encode()
    long = shown_name(Path("n" * 246 + ".jpg"))
    assert (len(long), long[-4:]) == (200, ".jpg")


def test_a_dangling_link_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"x")
    (tmp_path / "gone.jpg").symlink_to(tmp_path / "nowhere")
    assert read_material(tmp_path).others == ("gone.jpg",)


def test_an_empty_folder_is_refused_with_what_is_taken(tmp_path: Path) -> None:
    with pytest.raises(Complaint, match="no photo or clip") as caught:
        read_material(tmp_path)
    assert caught.value.status == 2


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Complaint, match="is not a folder"):
        read_material(tmp_path / "nowhere")


def test_more_than_sixty_files_are_refused(tmp_path: Path) -> None:
    for number in range(MAX_FILES + 1):
        (tmp_path / f"{number}.jpg").write_bytes(b"x")
    with pytest.raises(Complaint, match="61 photos and clips"):
        read_material(tmp_path)


def test_types_go_by_name_only_as_a_first_guess() -> None:
    assert content_type(Path("a.MOV")) == "video/quicktime"
    assert content_type(Path("a.heic")) == "image/heic"


def test_a_script_is_read_as_text(tmp_path: Path) -> None:
    file = tmp_path / "script.txt"
    file.write_text("\ufeffHello there.\n", encoding="utf-8")
    assert read_script(file) == "Hello there."
    assert read_script(None) == ""


def test_a_script_that_is_not_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "script.txt"
    file.write_bytes(b"\xff\xfe\x00\xd8")
    with pytest.raises(Complaint, match="cannot be read as text"):
        read_script(file)
    with pytest.raises(Complaint, match="is not there"):
        read_script(tmp_path / "none.txt")
