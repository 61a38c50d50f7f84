"""How Japanese is read: Open JTalk's readings of whole sentences, in the signs that the voice model knows; phrases take the place of words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from reelwright.generation.align_words import Span
from reelwright.generation.reading.read_aloud import read_aloud
from reelwright.generation.speak_phonemes import Reading

_SENTENCES = re.compile(r"[^。！？!?…\n]+[。！？!?…]*[」』）]*|[。！？!?…]+")
_SIGNS: Mapping[str, str] = {
    "。": ".",
    "、": ",",
    "，": ",",
    "！": "!",
    "？": "?",
    "!": "!",
    "?": "?",
    "…": "…",
    "：": ":",
    "；": ";",
    "〜": "—",
    "—": "—",
    ",": ",",
    ".": ".",
}
_PHRASES = re.compile(r"(?:[おご](?=[一-龯]))?(?:[^ぁ-ゖ、。！？!?…，\s]+[ぁ-ゖ]*|[ぁ-ゖ]+)[、。！？!?…，」』）]*|\S")
_BENDING = frozenset({"テ", "デ", "バ", "タリ", "ダリ", "ナガラ", "チャ", "ジャ"})
_NASALS = (("pbm", "m"), ("kɡ", "ŋ"), ("tdnɾʦʣz", "n"), ("ʨʥɲ", "ɲ"))
# Consonants of each row of the table of kana, before a, i, u, e and o.
_ROWS: Mapping[str, tuple[str, str, str, str, str]] = {
    "アイウエオ": ("a", "i", "ɯ", "e", "o"), "ァィゥェォ": ("a", "i", "ɯ", "e", "o"), "カキクケコ": ("ka", "kʲi", "kɯ", "ke", "ko"),
    "ガギグゲゴ": ("ɡa", "ɡʲi", "ɡɯ", "ɡe", "ɡo"), "サシスセソ": ("sa", "ɕi", "sɨ", "se", "so"), "ザジズゼゾ": ("ʣa", "ʥi", "zɨ", "ʣe", "ʣo"),
    "タチツテト": ("ta", "ʨi", "ʦɨ", "te", "to"), "ダヂヅデド": ("da", "ʥi", "zɨ", "de", "do"), "ナニヌネノ": ("na", "ɲi", "nɯ", "ne", "no"),
    "ハヒフヘホ": ("ha", "çi", "ɸɯ", "he", "ho"), "バビブベボ": ("ba", "bʲi", "bɯ", "be", "bo"), "パピプペポ": ("pa", "pʲi", "pɯ", "pe", "po"),
    "マミムメモ": ("ma", "mʲi", "mɯ", "me", "mo"), "ラリルレロ": ("ɾa", "ɾʲi", "ɾɯ", "ɾe", "ɾo"),
}  # fmt: skip
_OTHERS: Mapping[str, str] = {
    "ヤ": "ja", "ユ": "jɯ", "ヨ": "jo", "ャ": "ja", "ュ": "jɯ", "ョ": "jo", "ワ": "βa", "ヮ": "βa", "ヲ": "o", "ヰ": "i", "ヱ": "e", "ヴ": "vɯ",
}  # fmt: skip
# A small letter behind: what stays of the sound before it.
_SMALL: Mapping[str, str] = {"ャ": "a", "ュ": "ɨ", "ョ": "o", "ァ": "a", "ィ": "i", "ゥ": "ɯ", "ェ": "e", "ォ": "o"}
_GLIDES: Mapping[str, str] = {"ウ": "β", "ク": "kᵝ", "グ": "ɡᵝ", "ヴ": "v", "イ": "j", "テ": "tʲ", "デ": "dʲ", "ト": "t", "ド": "d", "ツ": "ʦ", "フ": "ɸ"}
_LETTERS: Mapping[str, str] = {**{letter: sound for letters, sounds in _ROWS.items() for letter, sound in zip(letters, sounds, strict=True)}, **_OTHERS}
_VERBS = frozenset({"動詞", "形容詞", "助動詞"})


class JapaneseReader:
    """The dictionary (some 100 MB of memory) is loaded by its package at the first sentence."""

    def divide(self, text: str) -> Iterator[list[str]]:
        """The phrases of each sentence: kanji, katakana, digits or letters with the hiragana that hangs on them, and signs."""
        for sentence in _SENTENCES.findall(text):
            phrases = [part for phrase in _PHRASES.findall(sentence) if (part := phrase.strip())]
            if phrases:
                yield phrases

    def read(self, script: Sequence[str]) -> list[Reading]:
        """One reading per phrase."""
        return [Reading(phrase, write_phonemes(_analyse(spoken))) for phrase, spoken in zip(script, read_aloud(script, "ja"), strict=True)]

    def spread(self, script: Sequence[str], readings: Sequence[Reading], times: Sequence[Span | None]) -> list[Span | None]:
        """One reading is one phrase."""
        return list(times)


def _analyse(phrase: str) -> list[tuple[str, str]]:
    """Reading (katakana, or a sign) and part of speech of each morpheme, by Open JTalk."""
    import pyopenjtalk  # noqa: PLC0415  # a part that may be missing, and a second to load

    nodes = pyopenjtalk.run_frontend(phrase, use_sudachi_kanji_yomi=False)
    return [_read_node(str(node["string"]), str(node["pron"]), str(node["pos"])) for node in nodes]


def _read_node(text: str, pronounced: str, part: str) -> tuple[str, str]:
    if part == "助詞" and text == "を":
        return "オ", part
    is_sign = part == "記号" and all(sign in _SIGNS or not sign.isalnum() for sign in text)
    return (text if is_sign else pronounced.replace("’", "").replace("'", "")), part


def write_phonemes(morphemes: Sequence[tuple[str, str]]) -> str:
    """Morphemes (katakana, part of speech) in the model's signs; what bends a verb is one word with it."""
    words: list[str] = []
    before = ""
    for reading, part in morphemes:
        is_sign = all(sign in _SIGNS for sign in reading)
        hangs_on = before in _VERBS and (part == "助動詞" or (part == "助詞" and reading in _BENDING))
        if words and (hangs_on or is_sign):
            words[-1] += reading
        else:
            words.append(reading)
        before = part
    return " ".join(word for word in map(_sounds, words) if word)


def _sounds(kana: str) -> str:
    """Katakana as sounds: small letters bend the one before, the long sign lengthens it, n takes after what follows."""
    sounds = ""
    for place, letter in enumerate(kana):
        if letter in _SMALL and place and _bend(kana[place - 1]) is not None:
            sounds = sounds.removesuffix(_LETTERS[kana[place - 1]]) + str(_bend(kana[place - 1])) + _SMALL[letter]
        elif letter == "ー":
            sounds += "ː"
        elif letter == "ッ":
            sounds += "ʔ"
        elif letter == "ン":
            sounds += _nasal(kana[place + 1 : place + 2])
        else:
            sounds += _LETTERS.get(letter, _SIGNS.get(letter, ""))
    return sounds


def _bend(letter: str) -> str | None:
    """What a letter leaves before a small one: kʲ of キ, ɕ of シ; None where none can stand behind it."""
    if letter in _GLIDES:
        return _GLIDES[letter]
    sound = _LETTERS.get(letter, "")
    return sound[:-1] if sound.endswith("i") and len(sound) > 1 else None


def _nasal(following: str) -> str:
    sound = _LETTERS.get(following, "")
    return next((nasal for first, nasal in _NASALS if sound[:1] and sound[0] in first), "ɴ")
