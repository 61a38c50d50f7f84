"""Where captions stand, how scripts without blanks are divided, and what fast speech does to chunks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reelwright.generation.composing.caption_chunks import divide, shown_chunks
from reelwright.generation.composing.caption_pieces import divide_unspaced
from reelwright.generation.composing.caption_place import Block, place_block
from reelwright.generation.composing.timeline import Shot, Timeline
from reelwright.reels.caption_presets import reading_limit
from reelwright.reels.caption_text import CLOSING_MARKS, OPENING_MARKS
from reelwright.reels.geometry import Area
from reelwright.reels.reel import SHAPES, CutReason
from reelwright.reels.shape_areas import areas_of
from reelwright.reels.template import CaptionCraft
from reelwright.reels.timing import Chunk, Word, fastest_rate

TALL = areas_of("9:16")
BLOCK = Block(540, 1150, 600, 150)
POP = CaptionCraft(preset="pop", size=112, line_height=1.14, max_words=3, max_characters=16)


def test_without_faces_captions_stand_where_the_layout_wants_them() -> None:
    assert place_block(BLOCK, (), (), TALL) == (540, 1150)


def test_captions_go_under_a_face_where_there_is_room() -> None:
    face = Area(400, 860, 680, 1100)
    place = place_block(Block(540, 1150, 600, 120), [Area(400, 760, 680, 1050)], (), TALL)
    assert place is not None
    assert place[1] > 1100
    assert place_block(BLOCK, [face], (), TALL) == (540, TALL.caption_top_y)


def test_captions_never_meet_a_title_even_where_faces_are_everywhere() -> None:
    title = Area(100, 280, 980, 520)
    crowd = [Area(0, 0, 1080, 1920)]
    place = place_block(BLOCK, crowd, [title], TALL)
    assert place is not None
    assert BLOCK.at(*place).overlap(title) == 0


def test_where_type_is_everywhere_there_are_no_captions() -> None:
    assert place_block(BLOCK, (), [Area(0, 0, 1080, 1920)], TALL) is None


boxes = st.builds(lambda x, y, w, h: Area(x, y, x + w, y + h), st.integers(0, 900), st.integers(0, 1700), st.integers(40, 600), st.integers(40, 700))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(boxes, max_size=3),
    st.lists(boxes, max_size=2),
    st.sampled_from(sorted(SHAPES)),
    st.integers(100, 700),
    st.integers(60, 300),
    st.integers(100, 1000),
)
def test_captions_are_always_inside_the_safe_area_and_off_faces_where_there_is_room(faces, texts, shape, width, height, x) -> None:
    areas = areas_of(shape)
    block = Block(x, areas.caption_y, min(width, areas.caption_width), height)
    place = place_block(block, faces, texts, areas)
    if place is None:
        return
    area = block.at(*place)
    assert areas.safe.left - 1 <= area.left
    assert area.right <= areas.safe.right + 1
    assert areas.safe.top - 2 <= area.top
    assert area.bottom <= areas.safe.bottom + 2
    assert all(area.overlap(text) <= area.width + area.height for text in texts)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("今日はとても静かな朝です。誰もいない「港」を歩いて、コーヒーを飲みました。", "ja"),
        ("安静的早晨，没有人的港口。我们慢慢地走，喝了一杯（热）咖啡！", "zh"),
        ("เช้าวันนี้เงียบมาก เราเดินช้าๆ", "th"),
    ],
)
def test_scripts_without_blanks_are_divided_between_words_with_marks_where_they_belong(text: str, language: str) -> None:
    pieces = divide_unspaced(text, language)
    assert "".join(pieces) == (text if language == "th" else text.replace(" ", ""))
    assert len(pieces) > 4
    assert all(piece[0] not in CLOSING_MARKS and piece[-1] not in OPENING_MARKS for piece in pieces)
    assert max(map(len, pieces)) <= 12


def test_known_phrases_stay_whole() -> None:
    assert divide_unspaced("今日はとても静かな朝です。", "ja") == ("今日は", "とても", "静かな", "朝です。")
    assert divide_unspaced("窗边有植物和一把好椅子。", "zh") == ("窗边有", "植物", "和一把好", "椅子。")
    assert "和" not in [piece[-1] for piece in divide_unspaced("我们和朋友在港口喝咖啡。", "zh")]
    assert divide_unspaced("Quiet rooms 静かな", "ja") == ("Quiet", "rooms", "静かな")


def speak(text: str, seconds: float) -> list[Word]:
    return [Word(word, 0.3 + n * seconds, 0.3 + (n + 0.95) * seconds) for n, word in enumerate(text.split())]


def test_japanese_captions_are_one_short_line_where_speech_leaves_time() -> None:
    words = speak(" ".join(divide_unspaced("今日はとても静かな朝です。誰もいない港を歩いて、コーヒーを飲みました。", "ja")), 0.7)
    chunks = divide(words, "ja", POP)
    assert all(sum(len(words[index].text) for index in range(chunk.first, chunk.last + 1)) <= 11 for chunk in chunks)
    assert chunks[0].last >= 1


def test_fast_speech_gets_longer_captions_rather_than_ones_that_flash() -> None:
    words = speak("we never really understood everything about neighbouring buildings until yesterday", 0.36)
    narrow = divide(words, "en", POP)
    slow = divide(speak("we never really understood everything about neighbouring buildings until yesterday", 0.7), "en", POP)
    assert len(narrow) < len(slow)
    assert fastest_rate(words, narrow) < 30


def test_japanese_that_is_spoken_fast_can_be_read_as_the_gate_asks() -> None:
    pieces = divide_unspaced("今日はとても静かな朝です。誰もいない港を歩いて、コーヒーを飲みました。窓からは海が見えます。", "ja")
    words, at = [], 0.3
    for piece in pieces:
        seconds = len(piece) / 8.8
        words.append(Word(piece, at, at + seconds))
        at += seconds + (0.45 if piece[-1] in "。、" else 0.0)
    chunks = divide(words, "ja", POP)
    assert fastest_rate(words, chunks) <= reading_limit("ja")
    assert all(0 <= words[chunk.first].start - chunk.start <= 0.12 for chunk in chunks)


def test_a_name_of_several_words_stays_in_one_caption() -> None:
    words = speak("we had the best buns at Cozinha das Flores and then we walked home", 0.4)
    craft = POP.model_copy(update={"max_words": 4, "max_characters": 22})
    divided = [[(chunk.first, chunk.last) for chunk in divide(words, "en", craft, names)] for names in ((), ("best buns", "cozinha Das flores", "then we"))]
    assert any(last in (3, 6, 7, 10) for _, last in divided[0])
    assert not any(last in (3, 6, 7, 10) for _, last in divided[1])


def test_an_emoji_stands_at_the_end_of_the_words_before_it() -> None:
    for script in ("This is the best coffee! 🔥 Come and see", "This is the best coffee 🔥. Come and see"):
        chunks = divide(speak(script, 0.4), "en", POP)
        assert 5 in [chunk.last for chunk in chunks]
        assert all(chunk.first != 5 for chunk in chunks)


def test_a_very_long_word_stands_until_it_can_be_read() -> None:
    words = [Word("Donaudampfschifffahrtsgesellschaftskapitän.", 0.5, 2.0), Word("Ende.", 9.0, 9.5)]
    chunks = divide(words, "en", POP)
    assert fastest_rate(words, chunks) <= 22


def test_a_title_that_divides_a_word_says_it_all_the_same() -> None:
    words = (Word("Donaudampfschifffahrt", 0.5, 2.0),)
    timeline = Timeline((Shot(0, 90, CutReason(on="start"), (0,)),), 90, None, words, (0,))
    assert shown_chunks([Chunk(0, 0, 0.44, 2.35)], timeline, ["Donaudampf- schifffahrt"], "de") == []
