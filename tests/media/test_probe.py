"""Probing: the bytes say what a file is, its name never does; what cannot be used is refused in a sentence."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest
from PIL import Image

from reelwright.kit.errors import MediaRefused
from reelwright.media import media as limits
from reelwright.media.probe import probe_media
from tests.media.odd_files import (
    call_ffmpeg,
    cut_off,
    make_four_hour_video,
    make_hdr_video,
    make_huge_png,
    make_photo,
    make_rotated_video,
    make_sound,
    make_sound_only_video,
    make_video,
)


def refusal(path: Path) -> str:
    with pytest.raises(MediaRefused) as caught:
        probe_media(path)
    return caught.value.detail


def test_a_text_named_jpg_is_refused(tmp_path) -> None:
    path = tmp_path / "beach.jpg"
    path.write_text("Dear diary, today we went to the beach.")
    assert refusal(path) == "This is a text file, not a photo, a video or a sound."


def test_an_empty_file_is_refused(tmp_path) -> None:
    (tmp_path / "clip.mp4").touch()
    assert refusal(tmp_path / "clip.mp4") == "This file is empty (0 bytes)."


def test_a_video_without_its_table_of_contents_is_refused(tmp_path) -> None:
    assert "cut off or damaged" in refusal(cut_off(make_video(tmp_path / "clip.mp4")))


def test_a_video_that_ends_before_its_time_is_refused(tmp_path) -> None:
    make_video(tmp_path / "clip.mp4", seconds=6, options=("g", "10"))
    call_ffmpeg("-i", str(tmp_path / "clip.mp4"), "-c", "copy", "-movflags", "+faststart", str(tmp_path / "fast.mp4"))
    assert refusal(cut_off(tmp_path / "fast.mp4", 0.5)).startswith("This video is cut off: a part of the file is missing. It promises 6.0 s")


def test_a_video_of_one_picture_is_refused(tmp_path) -> None:
    assert refusal(make_video(tmp_path / "clip.mp4", times=[0.0])).startswith("This video holds only one picture; a clip needs at least 8.")


def test_a_video_of_seven_pictures_is_refused_and_one_of_eight_is_taken(tmp_path) -> None:
    assert "only 7 pictures" in refusal(make_video(tmp_path / "seven.mp4", seconds=0.7, rate=10))
    assert probe_media(make_video(tmp_path / "eight.mp4", seconds=0.8, rate=10)).kind == "video"


def test_a_video_shorter_than_half_a_second_is_refused(tmp_path) -> None:
    assert refusal(make_video(tmp_path / "short.mp4", seconds=0.4)) == "This video is only 0.40 s long; a clip needs at least 0.5 s."


def test_a_photo_that_is_cut_off_is_refused(tmp_path) -> None:
    assert refusal(cut_off(make_photo(tmp_path / "a.jpg"))) == "This photo is cut off: a part of the file is missing."
    assert "cut off" in refusal(cut_off(make_photo(tmp_path / "a.png")))


def test_a_picture_of_nine_hundred_megapixels_is_refused_before_it_is_decoded(tmp_path) -> None:
    path = make_huge_png(tmp_path / "huge.png")
    assert path.stat().st_size < 1_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refusal(path).startswith("This photo has more than the 120 megapixels that are taken.")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kilobytes


def test_a_picture_just_over_the_limit_is_refused_with_its_size(tmp_path) -> None:
    assert refusal(make_huge_png(tmp_path / "large.png", 12_008, 10_000)).endswith("It is 12008 × 10000.")


def test_a_video_without_a_picture_is_refused(tmp_path) -> None:
    assert refusal(make_sound_only_video(tmp_path / "clip.mp4")) == "This video has no picture, only sound."


def test_a_cover_picture_does_not_make_a_sound_a_video(tmp_path) -> None:
    make_photo(tmp_path / "cover.jpg")
    sound = ["-f", "lavfi", "-i", "sine=duration=1", "-i", str(tmp_path / "cover.jpg")]
    call_ffmpeg(*sound, "-map", "0", "-map", "1", "-c:a", "aac", "-c:v", "copy", "-disposition:v:0", "attached_pic", str(tmp_path / "clip.mp4"))
    assert refusal(tmp_path / "clip.mp4") == "This video has no picture, only sound."


def test_a_four_hour_video_is_refused_with_its_length(tmp_path) -> None:
    assert refusal(make_four_hour_video(tmp_path / "lecture.mp4")).startswith("This is 4 h 00 min long; up to 30 minutes are taken.")


@pytest.mark.parametrize(
    "text",
    [
        "#EXTM3U\n#EXTINF:5,\nhttp://127.0.0.1:1/secret.ts\n",
        "ffconcat version 1.0\nfile '/etc/passwd'\n",
        "file '/etc/passwd'\nfile 'b.mp4'\n",
        "[playlist]\nFile1=/etc/passwd\n",
    ],
)
def test_a_playlist_named_mp4_is_refused(tmp_path, text) -> None:
    (tmp_path / "clip.mp4").write_text(text)
    assert refusal(tmp_path / "clip.mp4").startswith("This is a playlist or a list of other files")


@pytest.mark.parametrize(
    "text", ['<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "<!DOCTYPE html><script>alert(1)</script>", "<svg onload=alert(1)>"]
)
def test_drawings_and_web_pages_are_refused(tmp_path, text) -> None:
    (tmp_path / "logo.png").write_text(text)
    assert refusal(tmp_path / "logo.png").startswith("This is a web page or a drawing")


def test_a_web_page_that_starts_like_a_picture_is_refused(tmp_path) -> None:
    (tmp_path / "a.gif").write_bytes(b"GIF89a<html><script>alert(1)</script></html>" * 20)
    assert "damaged" in refusal(tmp_path / "a.gif") or "cut off" in refusal(tmp_path / "a.gif") or "limit" in refusal(tmp_path / "a.gif")


def test_binary_rubbish_is_refused(tmp_path) -> None:
    (tmp_path / "clip.mov").write_bytes(bytes((number * 37 + 11) % 251 for number in range(5000)))
    assert refusal(tmp_path / "clip.mov") == "This is neither a photo, a video nor a sound that can be read."


def test_a_playlist_inside_a_video_container_reaches_nothing(tmp_path) -> None:
    """The demuxer is forced: bytes that start as MP4 are never read as anything else."""
    (tmp_path / "clip.mp4").write_bytes(b"\0\0\0\x18ftypisom\0\0\0\0isommp42#EXTM3U\nhttp://127.0.0.1:1/a.ts\n")
    assert "cut off or damaged" in refusal(tmp_path / "clip.mp4")


def test_files_over_their_limit_are_refused(tmp_path) -> None:
    photo = make_photo(tmp_path / "a.jpg")
    with photo.open("ab") as stream:
        stream.truncate(limits.MAX_PHOTO_BYTES + 1_000_000)
    assert refusal(photo) == "This photo has 21 MB; up to 20 MB are taken."
    clip = make_video(tmp_path / "a.mp4", seconds=0.5)
    with clip.open("ab") as stream:
        stream.truncate(limits.MAX_VIDEO_BYTES + 5_000_000)
    assert refusal(clip) == "This video has 105 MB; up to 100 MB are taken."


def test_a_photo_of_a_few_pixels_is_refused(tmp_path) -> None:
    assert refusal(make_photo(tmp_path / "dot.png", (8, 8))).startswith("This photo is too small to be shown (8 × 8 pixels)")


def test_names_do_not_matter(tmp_path) -> None:
    for name in ('it\'s "fine".mp4', "-i", "a b   c.txt", "🌊 beach.jpg", "file:x.mp4", "%d.png", "concat:a|b.mp4", "--help.jpg"):
        path = make_video(tmp_path / "clip.mp4", seconds=0.6).rename(tmp_path / name)
        assert probe_media(path).kind == "video", name


def test_a_photo_tells_its_upright_size_and_its_time(tmp_path) -> None:
    facts = probe_media(make_photo(tmp_path / "a.jpg", (640, 400), orientation=6, taken="2024:05:17 12:30:00"))
    assert (facts.kind, facts.container, facts.width, facts.height, facts.rotation) == ("photo", "jpeg", 640, 400, 90)
    assert facts.taken_at == "2024-05-17T12:30:00"
    assert len(facts.sha256) == 64


@pytest.mark.parametrize("extension", ["png", "webp", "gif", "bmp", "tiff", "avif"])
def test_other_photo_formats_are_taken(tmp_path, extension) -> None:
    picture = Image.open(make_photo(tmp_path / "a.jpg"))
    picture.save(tmp_path / f"a.{extension}")
    facts = probe_media(tmp_path / f"a.{extension}")
    assert (facts.kind, facts.container, facts.width, facts.height) == ("photo", extension, 640, 400)


def test_a_video_tells_its_rate_length_and_sound(tmp_path) -> None:
    facts = probe_media(make_video(tmp_path / "a.mp4", seconds=2, rate=25, sound=True))
    assert (facts.kind, facts.container, facts.frame_rate, facts.is_variable_frame_rate, facts.has_sound) == ("video", "mov", 25.0, False, True)
    assert facts.duration_seconds == pytest.approx(2.0, abs=0.05)


@pytest.mark.parametrize(("name", "container"), [("a.mkv", "matroska"), ("a.mov", "mov"), ("a.avi", "avi"), ("a.ts", "mpegts")])
def test_other_video_containers_are_taken(tmp_path, name, container) -> None:
    facts = probe_media(make_video(tmp_path / name, seconds=1))
    assert (facts.kind, facts.container) == ("video", container)
    assert facts.frame_rate == pytest.approx(30, abs=0.1)


@pytest.mark.parametrize(("name", "container"), [("a.mp3", "mp3"), ("a.wav", "wav"), ("a.flac", "flac"), ("a.m4a", "mov"), ("a.ogg", "ogg")])
def test_sounds_are_taken(tmp_path, name, container) -> None:
    facts = probe_media(make_sound(tmp_path / name))
    assert (facts.kind, facts.container, facts.has_sound) == ("audio", container, True)
    assert facts.duration_seconds == pytest.approx(1.0, abs=0.1)


def test_uneven_frames_are_noticed(tmp_path) -> None:
    times = [0.0, 0.03, 0.1, 0.14, 0.3, 0.33, 0.5, 0.51, 0.7, 0.9, 1.0]
    assert probe_media(make_video(tmp_path / "a.mp4", times=times)).is_variable_frame_rate


def test_a_frame_that_is_missing_at_a_cut_does_not_make_a_rate_uneven(tmp_path) -> None:
    times = [number / 30 for number in range(90) if number != 44]
    facts = probe_media(make_video(tmp_path / "a.mp4", times=times))
    assert (facts.frame_rate, facts.is_variable_frame_rate) == (30.0, False)


def test_a_lying_video_tells_its_upright_size(tmp_path) -> None:
    facts = probe_media(make_rotated_video(tmp_path / "a.mp4", 90))
    assert (facts.width, facts.height, facts.rotation) == (180, 320, 270)


@pytest.mark.parametrize("curve", ["smpte2084", "arib-std-b67"])
def test_hdr_is_noticed(tmp_path, curve) -> None:
    assert probe_media(make_hdr_video(tmp_path / "a.mp4", curve, 0.6)).is_hdr
