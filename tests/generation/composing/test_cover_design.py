from __future__ import annotations

import pytest

from reelwright.generation.composing.cover_design import cover_type
from reelwright.generation.composing.cover_words import cover_words
from reelwright.media.analysis import Box
from reelwright.reels.cover_crops import COVER_FILES, COVERS_OF_PLATFORMS, list_crops, title_area
from reelwright.reels.geometry import Size, area_of, place_box
from reelwright.reels.project import ALL_PLATFORMS
from reelwright.reels.reel import SHAPES, Picture, Reel, Scrim, Shape, Text
from reelwright.reels.template import TEMPLATES, find_template
from tests.generation.composing.made_elements import SCRIPT, compose
from tests.generation.planning.brief_material import make_clip, make_photo


def made(template: str, shape: Shape = "9:16", face: Box | None = None) -> Reel:
    photo = make_photo(0, size=(1920, 2880))
    if face:
        photo = photo.model_copy(update={"analysis": photo.analysis.model_copy(update={"faces": (face,)})})
    media = (photo,)
    return compose(media, script=SCRIPT, template=template, shape=shape, seconds=12)[1]


def lines(reel: Reel) -> list[Text]:
    assert reel.cover
    return [layer for layer in reel.cover.layers if isinstance(layer, Text)]


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_cover_is_a_picture_full_bleed_with_few_words(template: str) -> None:
    reel = made(template)
    assert reel.cover
    picture = reel.cover.layers[0]
    assert isinstance(picture, Picture)
    assert (picture.rect.width, picture.rect.height) == (1080, 1920)
    assert picture.motion.start == picture.motion.end
    assert 1 <= len(" ".join(line.text for line in lines(reel)).split()) <= 8
    assert all(line.size >= 84 for line in lines(reel))
    assert all(layer.opacity <= 0.45 for layer in reel.cover.layers if isinstance(layer, Scrim))


@pytest.mark.parametrize("template", TEMPLATES)
def test_its_type_is_the_template_s(template: str) -> None:
    assert {line.font.family for line in lines(made(template))} <= set(find_template(template).fonts)
    assert cover_type(find_template(template))[0].size >= 72


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("template", ["soft", "hype"])
def test_title_and_face_stay_inside_every_crop(template: str, shape: Shape) -> None:
    reel = made(template, shape, Box(x=0.42, y=0.3, width=0.12, height=0.09))
    assert reel.cover
    assert len(reel.cover.kept) == 2
    for crop in list_crops(shape):
        assert all(area_of(crop.rect).grown(4).holds(area_of(kept)) for kept in reel.cover.kept), crop.name


@pytest.mark.parametrize("place", [0.25, 0.4, 0.5, 0.6])
def test_no_word_stands_on_a_face(place: float) -> None:
    face = Box(x=0.38, y=place - 0.06, width=0.2, height=0.14)
    reel = made("quote", face=face)
    assert reel.cover
    picture, title = reel.cover.layers[0], area_of(reel.cover.kept[-1])
    assert isinstance(picture, Picture)
    media = reel.media[picture.media_id]
    seen = place_box(face, Size(media.width, media.height), picture.rect, picture.motion.start)
    assert title.overlap(seen) == 0


def test_a_cover_from_a_clip_shows_its_sharpest_moment() -> None:
    media = (make_clip(0, 8.0, size=(1080, 1920)),)
    reel = compose(media, script=SCRIPT, template="travel", seconds=12)[1]
    assert reel.cover
    assert isinstance(reel.cover.layers[0], Picture)
    assert 0 < reel.cover.layers[0].source_start < 8


def test_a_tiny_or_black_opener_gives_way_to_a_better_picture() -> None:
    tiny, fine = make_photo(0, size=(320, 240)), make_photo(1, size=(1920, 2880))
    reel = compose((tiny, fine), script=SCRIPT, template="soft", seconds=12)[1]
    assert reel.cover
    assert isinstance(reel.cover.layers[0], Picture)
    assert reel.cover.layers[0].media_id == "media_1"


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Nine days of getting lost", "Nine days of getting lost"),
        ("Slow mornings.", "Slow mornings"),
        ("We built this room in nine days and then nobody slept", "We built this room"),
        ("Stop scrolling. Watch this now, all of you", "Stop scrolling"),
        ("We do not remember days, we remember moments.", "We do not remember days, we remember moments"),
        ("Where next?", "Where next?"),
        ("Open house on 12 May at 18:00", "Open house"),
        ("3 things that make any room feel expensive", "3 things that make any room feel expensive"),
        ("", ""),
    ],
)
def test_the_words_of_a_cover_say_something_on_their_own(title: str, words: str) -> None:
    assert cover_words(title, (), "en") == words


def test_a_language_without_rules_keeps_its_title_whole() -> None:
    assert cover_words("静かな朝の港", (), "ja") == "静かな朝の港"


def test_every_platform_has_a_cover_with_a_file() -> None:
    assert set(COVERS_OF_PLATFORMS) == set(ALL_PLATFORMS)
    assert all(name in COVER_FILES for names in COVERS_OF_PLATFORMS.values() for name in names)
    assert len(set(COVER_FILES.values())) == len(COVER_FILES)


def test_the_title_area_of_9_16_is_what_the_smallest_crop_shows() -> None:
    assert title_area("9:16") == (110, 480, 970, 1440)


def test_a_title_too_long_for_the_square_is_left_off() -> None:
    long = "静かな朝の港で誰もいない長い道をゆっくりと歩きながら温かいコーヒーを飲んでいたあの冬の日のこと"
    media = (make_photo(0, size=(1920, 2880)),)
    reel = compose(media, prompt=long, template="minimal", shape="16:9", seconds=8)[1]
    assert reel.cover
    square = next(crop for crop in list_crops("16:9") if crop.name == "cover_square")
    assert all(area_of(square.rect).grown(4).holds(area_of(kept)) for kept in reel.cover.kept)
