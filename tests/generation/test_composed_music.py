"""Composed music: exactly as long as asked, on its beats, with intro, build and ending, in a style for every template."""

from __future__ import annotations

import pytest

from reelwright.generation.music.compose import compose
from reelwright.generation.music.harmony import parse_chord, voice_chord
from reelwright.generation.music.play_synth import PlainSynth
from reelwright.generation.music.score import hits_of, plan_form
from reelwright.generation.music.style import STYLES, choose_style, load_style
from reelwright.generation.providers.composer import Composer, near_tempo
from reelwright.generation.providers.finished_tracks import TRACKS, FinishedTracks, fits
from reelwright.generation.providers.keyless_music import KeylessMusic
from reelwright.kit.errors import PartMissing, ProviderRefused
from reelwright.reels.template import TEMPLATES, find_template
from tests.generation.music_checks import check_beats, check_made


@pytest.mark.parametrize("name", STYLES)
def test_every_style_is_played_on_the_plain_synth_at_its_level(name: str) -> None:
    style = load_style(name)
    made = Composer(has_font=False, needs_font=False).make(style.words[0], style.bpm, 6.0, 5)
    assert made.title == style.title
    check_made(made, 6.0)


def test_the_beats_that_are_told_are_the_beats_that_are_heard() -> None:
    check_beats(PlainSynth())


@pytest.mark.parametrize("name", STYLES)
@pytest.mark.parametrize("seconds", [5, 8.4, 15, 30, 60, 90])
def test_the_form_fills_any_length_to_the_beat_near_the_wished_tempo(name: str, seconds: float) -> None:
    style = load_style(name)
    form = plan_form(style, seconds, style.bpm)
    beats = 4 * (len(form.sections) - 1) + form.end_beats
    assert beats * form.beat == pytest.approx(seconds)
    assert form.sections[-1] == "end"
    assert abs(form.bpm / style.bpm - 1) <= (0.34 if seconds < 10 else 0.08)
    assert len(form.beats) == beats
    if seconds >= 15:
        assert "chorus" in form.sections
    if seconds >= 30:
        assert {"intro", "verse", "chorus"} <= set(form.sections)
    if seconds >= 60:
        assert "break" in form.sections


def test_the_same_seed_is_the_same_music_and_another_is_not() -> None:
    style = load_style("minimal")
    first, again, other = (compose(style, 12, 106, seed) for seed in (1, 1, 2))
    assert first.notes == again.notes
    assert first.notes != other.notes


@pytest.mark.parametrize("name", STYLES)
def test_no_note_begins_after_the_music_and_every_stem_of_a_long_piece_plays(name: str) -> None:
    style = load_style(name)
    score = compose(style, 60, style.bpm, 1)
    assert set(score.notes) == {stem.name for stem in style.stems}
    assert all(0 <= note.start < 60 and 20 <= note.pitch <= 108 for notes in score.notes.values() for note in notes)


def test_chords_move_as_little_as_they_can() -> None:
    notes = None
    for name in ("Fmaj9", "Em7", "Dm9", "Cmaj9", "G13"):
        following = voice_chord(parse_chord(name), 60, notes)
        assert {note % 12 for note in following} <= set(parse_chord(name).classes)
        assert following == sorted(following)
        if notes is not None:
            assert sum(abs(a - b) for a, b in zip(notes, following, strict=True)) <= 14
        notes = following


def test_a_rhythm_has_hits_that_may_be_held() -> None:
    assert hits_of("x---..x. o.......") == [(0, 4, "x"), (6, 1, "x"), (8, 1, "o")]


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_has_music_of_its_own(template: str) -> None:
    craft = find_template(template)
    style = choose_style(craft.music_word, craft.bpm)
    assert style.name == template
    assert 0.85 <= near_tempo(style, craft.bpm) / craft.bpm <= 1.18


@pytest.mark.parametrize(
    ("words", "style"),
    [("warm acoustic", "soft"), ("playful pop", "countdown"), ("lo-fi tape", "retro"), ("cinematic build", "cinematic"), ("calm piano", "editorial")],
)
def test_what_plans_ask_for_finds_its_style(words: str, style: str) -> None:
    assert choose_style(words, 100).name == style


def test_a_finished_piece_is_taken_only_where_mood_instruments_tempo_and_length_fit() -> None:
    def fitting(mood: str, bpm: float, seconds: float) -> list[str]:
        return [track.name for track in TRACKS if fits(track, mood, bpm, seconds)]

    assert fitting("happy pop", 122, 30) == ["happy_electronic_s411"]
    assert fitting("happy pop", 122, 90) == []
    assert fitting("driving house", 132, 30) == []
    assert fitting("warm acoustic", 90, 30) == ["tender_acoustic_1", "tender_acoustic_2", "tender_acoustic_s411"]
    assert fitting("calm piano", 90, 30) == []
    with pytest.raises(ProviderRefused):
        FinishedTracks(only_fitting=True).make("calm piano", 90, 30, 0)


def test_without_the_instruments_styles_that_need_them_go_to_the_nearest_finished_piece() -> None:
    with pytest.raises(PartMissing, match="reelwright parts add composer"):
        Composer(has_font=False).make("soft acoustic", 76, 12, 1)
    makers = (FinishedTracks(only_fitting=True), Composer(has_font=False), FinishedTracks())
    assert KeylessMusic(makers=makers).make("soft acoustic", 76, 12, 1).provider == "finished tracks"
    composed = KeylessMusic(makers=makers).make("minimal electronic", 106, 12, 1)
    assert composed.provider == "composer"
    assert not composed.is_ai_made
    assert "CC0" in composed.licence


@pytest.mark.parametrize("seconds", [1.0, 500.0])
def test_impossible_lengths_are_refused_in_words(seconds: float) -> None:
    with pytest.raises(ProviderRefused, match="seconds long"):
        KeylessMusic().make("calm", 90, seconds, 1)
