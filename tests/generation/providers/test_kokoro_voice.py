"""The voices of six languages: the script comes back word by word, and its times are where the words are heard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reelwright.generation.providers.espeak_reading import EspeakReader
from reelwright.generation.providers.japanese_reading import write_phonemes
from reelwright.generation.providers.kokoro_voice import KokoroVoice
from reelwright.generation.voice_catalogue import USUAL_PACE, explain_absence, find_voice, list_voices
from reelwright.kit.errors import InvalidInput, PartMissing
from reelwright.kit.part_catalogue import PARTS, PartFile
from reelwright.kit.parts import is_installed

with_phonemes = pytest.mark.skipif(not is_installed("last-resort-voice"), reason="the part last-resort-voice is not installed here")


@with_phonemes
@pytest.mark.parametrize(
    ("language", "script", "phonemes"),
    [
        ("es", "¡Hola, chico!", ["ˈola,", "ʧˈiko!"]),
        ("fr", "Les amis", ["lez", "amˈi"]),
        ("it", "ciao, gli", ["ʧˈao,", "ʎɪ"]),
        ("hi", "नमस्ते।", ["nəmˈʌsteː."]),
    ],
)
def test_phonemes_are_in_the_models_signs_with_the_scripts_pauses(language: str, script: str, phonemes: list[str]) -> None:
    assert [reading.phonemes for reading in EspeakReader(language).read(script.split())] == phonemes


@with_phonemes
def test_every_word_has_one_reading_whatever_is_said_for_it() -> None:
    script = ["El", "12/05/2024", "a", "las", "9:30", "—", "🎉", "por", "4,50", "€,", "en", "@cafe_luna."]
    readings = EspeakReader("es").read(script)
    assert len(readings) == len(script)
    assert len(readings[1].phonemes.split()) == 7
    assert readings[5].phonemes == "—"
    assert readings[6].phonemes == ""


@pytest.mark.parametrize(
    ("kana", "sounds"),
    [
        ("チョット", "ʨoʔto"),
        ("ガッコー", "ɡaʔkoː"),
        ("シンブン", "ɕimbɯɴ"),
        ("ティー", "tʲiː"),
        ("ファン", "ɸaɴ"),
        ("キャク", "kʲakɯ"),
        ("ニホンゴ", "ɲihoŋɡo"),
        ("アンナ", "anna"),
    ],
)
def test_kana_become_sounds(kana: str, sounds: str) -> None:
    assert write_phonemes([(kana, "名詞")]) == sounds


def test_a_verb_is_one_word_with_what_bends_it_and_a_noun_apart_from_its_particle() -> None:
    assert write_phonemes([("ホン", "名詞"), ("オ", "助詞"), ("ヨミ", "動詞"), ("マシ", "助動詞"), ("タ", "助動詞"), ("。", "記号")]) == "hoɴ o jomʲimaɕita."


def test_the_catalogue_has_several_voices_where_there_are_several_and_one_usual_one() -> None:
    voices = list_voices()
    assert len({voice.id for voice in voices}) == len(voices)
    for language in ("en", "es", "it", "pt", "ja", "hi"):
        assert {voice.gender for voice in voices if voice.language == language} == {"woman", "man"}
    assert all(voice.description and voice.licence and voice.part and voice.how_to_add for voice in voices)
    assert "plain" in next(voice.description for voice in voices if voice.language == "de")
    usual = find_voice("en")
    assert usual is not None
    assert usual.id == "en-heart"
    wished = find_voice("es-MX", "alex")
    assert wished is not None
    assert wished.id == "es-alex"


def test_every_language_of_the_catalogue_has_a_usual_pace() -> None:
    assert {voice.language for voice in list_voices() if voice.provider != "espeak"} == set(USUAL_PACE)


def test_an_unknown_voice_is_told_which_there_are() -> None:
    with pytest.raises(InvalidInput, match="es-dora, es-alex"):
        find_voice("es", "heart")
    with pytest.raises(PartMissing):
        KokoroVoice().speak(["Hola."], "es", "es-nobody")


def test_a_voice_that_is_not_here_says_what_brings_it() -> None:
    gone = replace(PARTS["voice-es"], files=(PartFile("no-such-package-here", "a.bin"),))
    assert explain_absence("es", "es-alex", {**PARTS, "voice-es": gone}) == "it is not on this machine. Add it with: reelwright parts add es"
    assert "es-dora" in explain_absence("es", "nobody")
    assert explain_absence("en", "en-heart") == ""


@pytest.mark.parametrize(("language", "voice"), [("en", ""), ("de", ""), ("nl", ""), ("en", "en-heart")])
def test_what_others_speak_is_left_to_them(language: str, voice: str) -> None:
    with pytest.raises(PartMissing):
        KokoroVoice().speak(["Some words."], language, voice)
