"""The last-resort voice: the script's own words, timed where they are heard, by a program that knows nothing of the product."""

from __future__ import annotations

import ast
import ctypes
import os
import subprocess
import sys
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from reelwright.generation.provider import ProviderCall, SpokenVoice, SpokenWord, use_in_order
from reelwright.generation.providers.espeak_program import PROGRAM
from reelwright.generation.providers.espeak_voice import EspeakVoice, choose_voice, find_spans
from reelwright.generation.providers.hibari_voice import HibariVoice
from reelwright.kit.errors import PartMissing, ProviderRefused, ProviderUnavailable
from reelwright.kit.part_catalogue import LAST_RESORT_LANGUAGES, PARTS, PartFile
from reelwright.kit.parts import find_part, is_installed

needs_the_part = pytest.mark.skipif(
    not is_installed("last-resort-voice"), reason="the part last-resort-voice is not installed: reelwright parts add last-resort-voice"
)
GONE = {**PARTS, "last-resort-voice": replace(PARTS["last-resort-voice"], files=(PartFile("no-such-package-here", "a.so"),))}
STORY = (
    "Hay un rincón tranquilo en cada ciudad, y este huele a café.",
    "Pasa, siéntate y quédate un rato.",
    "Nada aquí es nuevo: las mesas eran puertas, las lámparas eran botellas.",
    "Cuando llueve, los cristales se empañan, y la calle desaparece.",
    "Así que, la próxima vez, no pases de largo.",
)
ODD = ("Cuesta 1.250 € — ¡qué “bueno”! 20 % a las 7:30 🎉 fin.", "<b>hola</b> [[abc]] “¿y tú?” …", "🎉 —", "Ella dijo: 北京 & más.")


@pytest.fixture(scope="module")
def story() -> SpokenVoice:
    return _speak(STORY)


@pytest.fixture(scope="module")
def odd() -> SpokenVoice:
    return _speak(ODD)


class TestWordTimes:
    def test_each_word_starts_where_the_voice_says_and_ends_at_the_next(self) -> None:
        assert find_spans(["one", "two"], [(0, 0.1), (4, 0.5)], 1.0) == [(0.1, 0.5), (0.5, 1.0)]

    def test_a_word_read_as_several_keeps_its_first_start(self) -> None:
        assert find_spans(["1.250", "km"], [(0, 0.0), (2, 0.3), (6, 0.9)], 1.0) == [(0.0, 0.9), (0.9, 1.0)]

    def test_neighbours_read_as_one_share_its_time_by_their_letters(self) -> None:
        spans = find_spans(["of", "the", "best"], [(0, 0.0), (7, 0.5)], 1.0)
        assert np.array(spans) == pytest.approx(np.array([(0.0, 0.2), (0.2, 0.5), (0.5, 1.0)]))

    def test_a_sign_without_sound_has_no_time(self) -> None:
        assert find_spans(["so", "—", "we"], [(0, 0.0), (5, 0.5)], 1.0) == [(0.0, 0.5), None, (0.5, 1.0)]

    def test_a_place_on_a_blank_or_beyond_the_end_belongs_to_the_nearest_word(self) -> None:
        assert find_spans(["am", "3"], [(0, 0.0), (2, 0.4), (9, 0.8)], 1.0) == [(0.0, 0.4), (0.4, 1.0)]

    def test_times_never_run_backwards(self) -> None:
        assert find_spans(["a", "b", "c"], [(0, 0.5), (2, 0.2), (4, 0.6)], 1.0) == [(0.5, 0.5), (0.5, 0.6), (0.6, 1.0)]
        assert find_spans(["a", "b"], [], 1.0) == [None, None]


class TestWithoutThePart:
    @pytest.mark.parametrize("language", ["es", "es-MX"])
    def test_the_command_that_adds_it_is_named(self, language: str) -> None:
        with pytest.raises(PartMissing, match=r"reelwright parts add es$"):
            EspeakVoice(parts=GONE).speak(STORY, language)

    def test_the_last_word_of_a_failing_order_is_that_command(self) -> None:
        calls: list[ProviderCall] = []
        with pytest.raises(PartMissing, match="reelwright parts add de"):
            use_in_order("voice", (HibariVoice(), EspeakVoice(parts=GONE)), lambda asked: asked.speak(("Guten Tag.",), "de"), calls.append)
        assert [(call.provider, call.outcome) for call in calls] == [("hibari", "PartMissing"), ("espeak", "PartMissing")]

    def test_a_language_it_cannot_read_is_not_promised(self) -> None:
        with pytest.raises(PartMissing, match="no voice for “zh” yet"):
            EspeakVoice().speak(("こんにちは。",), "zh")


def test_languages_have_the_voice_that_people_there_expect() -> None:
    assert [choose_voice(language) for language in ("es", "es-MX", "pt", "pt-PT", "en", "en-GB", "de-AT", "no")] == [
        "es", "es-419", "pt-br", "pt", "en-us", "en-gb", "de", "nb",
    ]  # fmt: skip


def test_the_program_imports_only_the_standard_library() -> None:
    nodes = list(ast.walk(ast.parse(PROGRAM.read_text())))
    named = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    named += [str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)]
    assert {name.split(".")[0] for name in named} <= sys.stdlib_module_names


def test_the_program_ends_when_its_parent_is_not_the_one_that_asked() -> None:
    ended = subprocess.run([sys.executable, "-I", "-S", str(PROGRAM)], input='{"parent": 1}', text=True, capture_output=True, timeout=20, check=False)
    assert (ended.returncode, ended.stdout) == (1, "")


def test_the_program_is_killed_with_its_parent(tmp_path: Path) -> None:
    said = tmp_path / "child"
    waiting = f"import sys, time; sys.path.insert(0, {str(PROGRAM.parent)!r}); import espeak_process, os; espeak_process.end_with_parent(os.getppid()); open({str(said)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    parent = subprocess.Popen([sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {waiting!r}])"])
    try:
        child = _wait_for_number(said)
    finally:
        parent.kill()
        parent.wait()
    assert _ends_within(child, 5.0)


@needs_the_part
class TestSpeaking:
    def test_the_words_given_back_are_exactly_the_scripts(self, story: SpokenVoice, odd: SpokenVoice) -> None:
        assert [word.text for word in story.words] == " ".join(STORY).split()
        assert [word.text for word in odd.words] == " ".join(ODD).split()
        assert len(odd.sentences) == len(ODD)

    def test_word_times_are_in_order_and_inside_the_sound(self, story: SpokenVoice, odd: SpokenVoice) -> None:
        for spoken in (story, odd):
            length = len(spoken.samples) / spoken.sample_rate
            assert all(0 <= word.start <= word.end <= length for word in spoken.words)
            assert all(before.end <= after.start + 1e-3 for before, after in pairwise(spoken.words))

    def test_words_start_inside_speech(self, story: SpokenVoice) -> None:
        level = _levels(story)
        for word in story.words:
            first = round(word.start * 200)
            assert level[first : first + 16].max() > level.max() * 0.03, word

    def test_onsets_after_pauses_are_met_within_60_ms(self, story: SpokenVoice) -> None:
        starts = np.array([word.start for word in story.words])
        errors = [np.abs(starts - onset).min() for onset in _onsets(story)]
        assert len(errors) >= 8
        assert max(errors) <= 0.06

    def test_each_word_lasts_as_long_as_a_word_can(self, story: SpokenVoice) -> None:
        assert all(0.04 <= word.end - word.start <= 1.2 for word in story.words)

    def test_numbers_last_as_long_as_they_are_read_and_signs_take_no_time(self, odd: SpokenVoice) -> None:
        assert _word(odd, "1.250").end - _word(odd, "1.250").start > 1.0
        assert _word(odd, "—").start == _word(odd, "¡qué").start
        assert _word(odd, "🎉").start == _word(odd, "fin.").start

    def test_the_sound_is_safe_and_whose_it_is_is_said(self, story: SpokenVoice) -> None:
        assert story.samples.dtype == np.float32
        assert 0.5 < np.abs(story.samples).max() <= 0.71
        assert (story.provider, story.voice, story.by) == ("espeak", "es", "eSpeak NG")
        assert "GPL-3.0" in story.licence

    def test_the_same_script_sounds_the_same_every_time(self, story: SpokenVoice) -> None:
        assert np.array_equal(_speak(STORY).samples, story.samples)

    @pytest.mark.parametrize("language", LAST_RESORT_LANGUAGES)
    def test_every_language_of_the_list_has_a_voice(self, language: str) -> None:
        spoken = EspeakVoice().speak(["2 3 4."], language)
        assert spoken is not None
        assert len(spoken.samples) / spoken.sample_rate > 0.5

    def test_a_language_without_a_better_voice_is_spoken_by_it(self) -> None:
        calls: list[ProviderCall] = []
        spoken = use_in_order("voice", (HibariVoice(), EspeakVoice()), lambda asked: asked.speak(STORY[:1], "es"), calls.append)
        assert spoken is not None
        assert spoken.provider == "espeak"

    def test_nothing_to_say_is_no_voice(self) -> None:
        assert EspeakVoice().speak(["", "🎉 — …"], "es") is None

    def test_the_library_is_never_in_this_process(self, story: SpokenVoice) -> None:
        assert "espeakng_loader" not in sys.modules
        assert "libespeak" not in Path("/proc/self/maps").read_text()

    def test_a_program_that_takes_too_long_is_stopped_in_words(self) -> None:
        with pytest.raises(ProviderUnavailable, match=r"longer than 0\.001 seconds"):
            EspeakVoice(time_limit_seconds=0.001).speak(STORY, "es")

    def test_a_script_beyond_the_limit_is_refused(self) -> None:
        with pytest.raises(ProviderRefused, match="20000 characters"):
            EspeakVoice().speak(["palabra " * 3000], "es")

    def test_a_damaged_library_is_never_loaded(self) -> None:
        damaged = {**PARTS, "last-resort-voice": replace(PARTS["last-resort-voice"], sha256="0" * 64, other_sha256=())}
        with pytest.raises(PartMissing, match="checksum differs"):
            EspeakVoice(parts=damaged).speak(STORY, "es")

    def test_the_library_exports_what_the_program_calls(self) -> None:
        code = f"import ctypes; library = ctypes.CDLL({str(find_part('last-resort-voice'))!r}); library.espeak_Synth; library.espeak_Synchronize"
        assert subprocess.run([sys.executable, "-c", code], check=False, timeout=20).returncode == 0


def _speak(sentences: tuple[str, ...]) -> SpokenVoice:
    spoken = EspeakVoice().speak(sentences, "es")
    assert spoken is not None
    return spoken


def _word(spoken: SpokenVoice, text: str) -> SpokenWord:
    return next(word for word in spoken.words if word.text == text)


def _levels(spoken: SpokenVoice) -> np.ndarray:
    """RMS of each 5 ms."""
    hop = round(spoken.sample_rate / 200)
    whole = spoken.samples[: len(spoken.samples) // hop * hop].reshape(-1, hop)
    return np.sqrt((whole**2).mean(axis=1))


def _onsets(spoken: SpokenVoice) -> list[float]:
    """Where sound rises after at least 150 ms of quiet, seconds."""
    is_loud = _levels(spoken) > _levels(spoken).max() * 10 ** (-38 / 20)
    loud = np.flatnonzero(is_loud)
    return [float(after) / 200 for before, after in pairwise(loud) if after - before > 30]


def _wait_for_number(path: Path) -> int:
    for _ in range(400):
        if path.exists() and path.read_text():
            return int(path.read_text())
        time.sleep(0.05)
    raise AssertionError("the child did not start")


def _ends_within(pid: int, seconds: float) -> bool:
    ctypes.set_errno(0)
    for _ in range(round(seconds / 0.05)):
        try:
            os.kill(pid, 0)
            if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.05)
    return False
