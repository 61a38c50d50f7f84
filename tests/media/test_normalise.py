"""Normalising: one form for all later steps; what fits already is only copied."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image, ImageCms

from reelwright.kit.errors import MediaRefused
from reelwright.media.normalise import normalise_media
from reelwright.media.normalise_photo import MAX_LONG_SIDE_PIXELS, normalise_photo
from reelwright.media.normalise_video import choose_rate, fit_size, fits_already
from reelwright.media.probe import probe_media
from reelwright.media.streams import inspect_video
from tests.media.odd_files import call_ffmpeg, draw_frame, make_hdr_video, make_photo, make_rotated_video, make_sound, make_video

BT709_HD = ("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709")


def normalise(path: Path):
    out = path.parent / "out"
    out.mkdir(exist_ok=True)
    return normalise_media(path, probe_media(path), out)


def difference(first: Image.Image, second: Image.Image) -> float:
    return float(np.abs(np.asarray(first.convert("RGB"), np.int16) - np.asarray(second.convert("RGB"), np.int16)).mean())


def first_picture(path: Path) -> np.ndarray:
    with av.open(str(path)) as container:
        return next(container.decode(video=0)).to_ndarray(format="rgb24")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright_after_every_orientation_of_exif(tmp_path, orientation) -> None:
    made = normalise(make_photo(tmp_path / "a.jpg", (640, 400), orientation))
    assert (made.width, made.height) == (640, 400)
    with Image.open(made.path) as picture:
        assert difference(picture, Image.fromarray(draw_frame(3, 640, 400))) < 3
        assert dict(picture.getexif()) == {}


def test_the_place_where_a_photo_was_taken_is_not_copied(tmp_path) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    Image.fromarray(draw_frame(0)).save(tmp_path / "a.jpg", exif=exif, comment=b"my home")
    made = normalise(tmp_path / "a.jpg")
    data = made.path.read_bytes()
    assert b"Exif" not in data
    assert b"my home" not in data


def test_a_large_photo_is_at_most_4096_pixels_long(tmp_path) -> None:
    made = normalise(make_photo(tmp_path / "a.jpg", (6000, 1000)))
    assert (made.width, made.height) == (MAX_LONG_SIDE_PIXELS, 683)


def test_transparent_parts_become_white_paper(tmp_path) -> None:
    layer = Image.new("RGBA", (64, 64), (255, 0, 0, 0))
    layer.paste((0, 0, 255, 255), (0, 0, 32, 64))
    layer.save(tmp_path / "logo.png")
    with Image.open(normalise(tmp_path / "logo.png").path) as picture:
        assert picture.getpixel((50, 30)) == pytest.approx((255, 255, 255), abs=3)
        assert picture.getpixel((10, 30)) == pytest.approx((0, 0, 255), abs=6)


@pytest.mark.parametrize("mode", ["L", "P", "1", "LA", "I;16", "CMYK"])
def test_every_kind_of_pixel_becomes_rgb(tmp_path, mode) -> None:
    extension = "tiff" if mode == "CMYK" else "png"
    grey = Image.fromarray((np.arange(64 * 64, dtype=np.uint16).reshape(64, 64) * 16).astype(np.uint16)) if mode == "I;16" else None
    (grey or Image.fromarray(draw_frame(0)).convert(mode)).save(tmp_path / f"a.{extension}")
    with Image.open(normalise(tmp_path / f"a.{extension}").path) as picture:
        assert picture.mode == "RGB"
        assert np.ptp(np.asarray(picture.convert("L"))) > 150


def test_a_colour_profile_is_converted_to_srgb_and_a_broken_one_is_ignored(tmp_path) -> None:
    picture = Image.new("RGB", (32, 32), (200, 100, 50))
    picture.save(tmp_path / "swapped.jpg", quality=95, icc_profile=make_swapped_profile())
    picture.save(tmp_path / "broken.jpg", quality=95, icc_profile=b"not a profile at all")
    with Image.open(normalise(tmp_path / "broken.jpg").path) as made:
        assert made.getpixel((16, 16)) == pytest.approx((200, 100, 50), abs=4)
    with Image.open(normalise(tmp_path / "swapped.jpg").path) as made:
        red, green, blue = made.getpixel((16, 16))
        assert blue > green > red
        assert "icc_profile" not in made.info


def make_swapped_profile() -> bytes:
    """sRGB with the places of red and blue exchanged: a profile whose effect nobody can overlook."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = (_entry(data, name) for name in (b"rXYZ", b"bXYZ"))
    data[red : red + 4], data[blue : blue + 4] = data[blue : blue + 4], data[red : red + 4]
    for name in (b"sRGB", "sRGB".encode("utf-16-be")):
        data = bytearray(bytes(data).replace(name, name.replace(b"s", b"x")))
    return bytes(data)


def _entry(data: bytearray, name: bytes) -> int:
    """Where the tag table keeps the place of this tag."""
    return data.index(name, 128, 128 + 12 * 40) + 4


def test_a_photo_that_breaks_while_it_is_decoded_is_refused(tmp_path) -> None:
    data = make_photo(tmp_path / "a.png").read_bytes()
    (tmp_path / "a.png").write_bytes(data[:2000] + bytes(200) + data[2200:])
    with pytest.raises(MediaRefused):
        normalise_photo(tmp_path / "a.png", "png", tmp_path / "out.jpg")
    assert not (tmp_path / "out.jpg").exists()


def test_a_heic_photo_is_taken(tmp_path) -> None:
    """No package here can write HEIC; the smallest one is built from an HEVC key frame of our own."""
    from tests.media.heic_maker import make_heic

    path = make_heic(tmp_path / "IMG_0001.HEIC")
    facts = probe_media(path)
    assert (facts.kind, facts.container, facts.width, facts.height) == ("photo", "heif", 320, 180)
    made = normalise(path)
    with Image.open(made.path) as picture:
        assert difference(picture, Image.fromarray(draw_frame(0, 320, 180))) < 6


def test_a_clip_that_fits_is_copied_bit_by_bit(tmp_path) -> None:
    make_video(tmp_path / "a.mp4", seconds=2, size=(1280, 720), options=("g", "30"))
    assert fits_already(inspect_video(tmp_path / "a.mp4", "mov"))
    made = normalise(tmp_path / "a.mp4")
    assert packets(made.path) == packets(tmp_path / "a.mp4")
    video = inspect_video(made.path, "mov")
    assert (video.matrix, video.primaries, video.transfer, video.color_range) == (1, 1, 1, 1)


def packets(path: Path) -> list[int]:
    with av.open(str(path)) as container:
        return [packet.size for packet in container.demux(video=0) if packet.size][1:]  # the first carries the tags


def test_a_clip_without_tags_below_hd_is_converted_from_bt601(tmp_path) -> None:
    make_video(tmp_path / "a.mp4", seconds=0.6)
    assert not fits_already(inspect_video(tmp_path / "a.mp4", "mov"))
    made = normalise(tmp_path / "a.mp4")
    video = inspect_video(made.path, "mov")
    assert (video.codec, video.pixel_format, video.matrix, video.color_range) == ("h264", "yuv420p", 1, 1)
    assert np.abs(first_picture(made.path).astype(int) - draw_frame(0).astype(int)).mean() < 4


def test_uneven_frames_become_thirty_a_second(tmp_path) -> None:
    times = [0.0, 0.03, 0.1, 0.14, 0.3, 0.33, 0.5, 0.51, 0.7, 0.9, 1.0]
    video = inspect_video(normalise(make_video(tmp_path / "a.mp4", times=times)).path, "mov")
    assert (video.frame_rate, video.is_variable) == (30, False)
    assert video.duration_seconds == pytest.approx(1.0, abs=0.1)


@pytest.mark.parametrize(("rate", "wanted"), [(12, 30), (24, 24), (50, 50), (60, 60), (120, 60)])
def test_standard_rates_are_kept_and_others_become_standard(tmp_path, rate, wanted) -> None:
    assert choose_rate(inspect_video(make_video(tmp_path / "a.mp4", seconds=0.5, rate=rate), "mov")) == wanted


def test_a_lying_video_is_stored_upright(tmp_path) -> None:
    made = normalise(make_rotated_video(tmp_path / "a.mp4", 90))
    assert (made.width, made.height) == (180, 320)
    upright = np.rot90(draw_frame(0), 1)  # a player turns it counter-clockwise
    assert np.abs(first_picture(made.path).astype(int) - upright.astype(int)).mean() < 6
    assert inspect_video(made.path, "mov").rotation == 0


@pytest.mark.parametrize("curve", ["smpte2084", "arib-std-b67"])
def test_hdr_becomes_bt709_with_whites_that_are_white(tmp_path, curve) -> None:
    made = normalise(make_hdr_video(tmp_path / "a.mp4", curve, 0.6))
    video = inspect_video(made.path, "mov")
    assert not video.is_hdr
    assert (video.pixel_format, video.matrix, video.primaries, video.transfer, video.color_range) == ("yuv420p", 1, 1, 1, 1)
    picture = first_picture(made.path)
    assert picture.max() > 230
    assert 40 < picture.mean() < 200


def test_a_large_video_becomes_1080_on_its_short_side(tmp_path) -> None:
    def draw(number: int, width: int, height: int) -> np.ndarray:
        return np.full((height, width, 3), 90, np.uint8)

    source = make_video(tmp_path / "a.mp4", seconds=0.6, size=(3840, 2160), draw=draw)
    assert fit_size(inspect_video(source, "mov")) == (1920, 1080)
    assert (normalise(source).width, normalise(source).height) == (1920, 1080)


def test_oblong_pixels_become_square(tmp_path) -> None:
    make_video(tmp_path / "a.mp4", seconds=0.6)
    call_ffmpeg("-i", str(tmp_path / "a.mp4"), "-vf", "setsar=4/3", "-c:v", "libx264", str(tmp_path / "b.mp4"))
    assert (probe_media(tmp_path / "b.mp4").width, normalise(tmp_path / "b.mp4").width) == (427, 426)


def test_groups_are_short_and_closed_so_that_seeking_is_quick(tmp_path) -> None:
    make_video(tmp_path / "a.mp4", seconds=4, options=("g", "600"))
    video = inspect_video(normalise(tmp_path / "a.mp4").path, "mov")
    assert video.longest_gop_seconds <= 0.51


def test_sound_becomes_aac_at_48_kilohertz(tmp_path) -> None:
    made = normalise(make_video(tmp_path / "a.mp4", seconds=1, sound=True))
    sound = inspect_video(made.path, "mov").sound
    assert (sound.codec, sound.sample_rate, sound.channels) == ("aac", 48_000, 2)
    made = normalise(make_sound(tmp_path / "a.mp3"))
    assert (made.path.name, made.width) == ("normal.m4a", None)


def test_a_name_that_looks_like_an_option_is_a_name(tmp_path) -> None:
    for name in ("-i", 'it\'s "a" b.mp4', "🌊.mp4", "file:x.mp4", "%03d.mp4", "concat:a|b"):
        source = make_video(tmp_path / "x.mp4", seconds=0.6).rename(tmp_path / name)
        assert normalise(source).width == 320, name
