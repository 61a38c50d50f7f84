from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

from reelwright.generation.compose_reel import compose_reel, explain_composition, fit_seconds
from reelwright.generation.composing.moves import move_of
from reelwright.kit.errors import InvalidInput
from reelwright.reels.exact_time import to_frame
from reelwright.reels.geometry import SAFE, Size, place_box
from reelwright.reels.reel import Clip, Picture, Reel, Text
from tests.generation.composing.made_elements import SCRIPT, compose, make_music, make_references, make_voice
from tests.generation.planning.brief_material import CASES, make_clip, make_photo, plan_case

PHOTOS = tuple(make_photo(number) for number in range(6))
MIXED = (*PHOTOS[:4], make_clip(4), make_clip(5))
CALL = "Save it for a slow evening."


def pictures(clip: Clip) -> list[Picture]:
    return [layer for layer in clip.layers if isinstance(layer, Picture)]


def texts(clip: Clip) -> list[Text]:
    return [layer for layer in clip.layers if isinstance(layer, Text)]


def share_of_good_cuts(reel: Reel) -> float:
    beats = [float(beat) for beat in reel.soundtrack.beats]
    onsets = {word.start for word in reel.captions.words}
    good = 0
    cuts = reel.tracks[0].clips[1:]
    for clip in cuts:
        assert clip.cut.reference is not None
        frames = float(clip.cut.reference - clip.start) * 30
        if clip.cut.on == "phrase":
            good += clip.cut.reference in onsets and 2 <= frames <= 4
        else:
            good += any(abs(float(clip.cut.reference) - beat) < 0.002 for beat in beats) and abs(frames) <= 1
    return good / max(1, len(cuts))


@pytest.mark.parametrize("bpm", [62, 84, 90, 118])
@pytest.mark.parametrize("script", ["", SCRIPT])
@pytest.mark.parametrize("seconds", [10, 15, 30])
def test_every_cut_is_on_a_beat_or_just_before_a_phrase(bpm: float, script: str, seconds: int) -> None:
    _, reel = compose(MIXED, script=script, seconds=seconds, bpm=bpm)
    assert share_of_good_cuts(reel) >= 0.95


def test_the_briefs_of_the_regression_all_become_reels_with_good_cuts() -> None:
    for case in CASES:
        plan = plan_case(case)
        media = tuple(make_photo(number, name) for number, name in enumerate(case.media))
        voice = make_voice(plan)
        length = fit_seconds(plan, float(voice.reference.duration) if voice else 0)
        reel = compose_reel(plan, media, make_references(media), voice, make_music(length))
        assert share_of_good_cuts(reel) >= 0.95
        assert float(reel.duration) <= 1.06 * max(case.seconds, length)


@pytest.mark.parametrize("script", ["", SCRIPT])
@pytest.mark.parametrize("seed", range(4))
def test_no_camera_move_comes_twice_in_a_row(script: str, seed: int) -> None:
    _, reel = compose(MIXED, script=script, seed=seed, seconds=30)
    moves = [move_of(pictures(clip)[0].motion) for clip in reel.tracks[0].clips]
    assert all(before != after for before, after in pairwise(moves))
    assert len(set(moves)) >= 2


@pytest.mark.parametrize("script", ["", SCRIPT])
def test_every_shot_moves_from_its_first_frame_to_its_last(script: str) -> None:
    _, reel = compose(MIXED, script=script, seconds=30)
    for clip in reel.tracks[0].clips:
        for picture in pictures(clip):
            assert picture.motion.start != picture.motion.end


def test_shot_lengths_vary_within_the_pacing() -> None:
    for seed in range(4):
        _, reel = compose(PHOTOS, seed=seed, seconds=20)
        lengths = [float(clip.duration) for clip in reel.tracks[0].clips[:-1]]
        assert all(1.3 <= length <= 4.1 for length in lengths)
        assert len({round(length, 1) for length in lengths}) > 1


def test_the_length_is_the_one_asked_for_where_the_material_carries_it() -> None:
    for seconds in (10, 15, 20, 30):
        _, reel = compose(tuple(make_photo(number) for number in range(12)), seconds=seconds)
        assert float(reel.duration) == pytest.approx(seconds, rel=0.05)


def test_one_photo_gives_a_shorter_reel_and_a_note() -> None:
    plan, reel = compose(PHOTOS[:1], "My new desk", seconds=30, handle="")
    assert float(reel.duration) < 15
    assert any("suit this material better" in note for note in plan.notes)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6])
@pytest.mark.parametrize("seconds", [15, 30])
def test_a_reel_as_long_as_was_asked_for_is_not_said_to_be_shorter(count: int, seconds: int) -> None:
    plan, reel = compose(tuple(make_photo(number) for number in range(count)), "Rooms", seconds=seconds)
    is_said = any("suit this material better" in note for note in plan.notes)
    assert is_said == (float(reel.duration) < 0.94 * seconds)


@pytest.mark.parametrize("pace", [0.7, 1.0, 1.4])
def test_a_voice_faster_or_slower_than_estimated_is_heard_whole(pace: float) -> None:
    plan, reel = compose(PHOTOS, script=SCRIPT, seconds=30, pace=pace)
    spoken = " ".join(word.text for word in reel.captions.words)
    assert spoken == " ".join(plan.spoken_script)
    assert float(reel.duration) <= 30 * 1.06 or pace > 1.2
    assert max(float(word.end) for word in reel.captions.words) <= float(reel.duration)


def test_a_voice_much_too_long_loses_its_least_important_sentences() -> None:
    plan, reel = compose(PHOTOS, script=SCRIPT, seconds=20, pace=1.7)
    spoken = " ".join(word.text for word in reel.captions.words)
    assert plan.spoken_script[0] in spoken
    assert plan.spoken_script[-1] in spoken
    assert len(spoken) < len(" ".join(plan.spoken_script))


def test_words_stand_where_the_voice_is_heard() -> None:
    plan, reel = compose(PHOTOS, script=SCRIPT, seconds=30)
    voice = make_voice(plan, seed=1)
    assert voice is not None
    starts = {}
    for clip in reel.soundtrack.voice:
        for word in voice.words:
            if clip.source_start <= Fraction(str(word.start)) < clip.source_start + clip.duration:
                starts[word.text, word.start] = float(clip.start - clip.source_start) + word.start
    heard = sorted(starts.values())
    shown = sorted(float(word.start) for word in reel.captions.words)
    assert len(heard) == len(shown)
    assert all(abs(one - other) < 0.005 for one, other in zip(heard, shown, strict=True))


def test_the_first_frame_is_a_finished_picture_with_a_readable_title() -> None:
    for script in ("", SCRIPT):
        plan, reel = compose(PHOTOS, script=script)
        title = texts(reel.tracks[0].clips[0])
        assert {word.lower() for line in title for word in line.text.split()} == {word.lower() for word in plan.hook.split()}
        assert all(line.entry.start + line.entry.duration <= Fraction(1, 10) for line in title if line.entry.kind == "rise")


def test_no_text_stands_over_a_face() -> None:
    media = tuple(make_photo(number, faces=1 + number % 2) for number in range(6))
    for seed in range(3):
        _, reel = compose(media, seed=seed, seconds=20)
        for clip in reel.tracks[0].clips:
            for picture in pictures(clip):
                item = next(item for item in media if item.media_id == picture.media_id)
                for face in item.analysis.faces[:1]:
                    area = place_box(face, Size(3000, 2000), picture.rect, picture.motion.end)
                    for line in texts(clip):
                        if line.size < 40:
                            continue
                        covers = line.y - line.size * 0.7 < area.bottom and line.y > area.top and line.x < area.right and line.x + 200 > area.left
                        assert not covers or area.right < line.x


def test_large_type_lies_inside_what_every_platform_leaves_free() -> None:
    _, reel = compose(PHOTOS, script=SCRIPT, seconds=30)
    for clip in reel.tracks[0].clips:
        for line in texts(clip):
            if line.size >= 34:
                assert SAFE.top <= line.y <= SAFE.bottom + 1
            assert line.x >= 72


def test_captions_keep_quiet_where_the_title_says_the_same_words() -> None:
    plan, reel = compose(PHOTOS, script=SCRIPT, seconds=30)
    first = reel.tracks[0].clips[0]
    early = [chunk for chunk in reel.captions.chunks if chunk.start < first.end]
    hook = {word.strip(".,").lower() for word in plan.hook.split()}
    for chunk in early:
        words = {word.text.strip(".,").lower() for word in reel.captions.words[chunk.first : chunk.last + 1]}
        assert not words <= hook


def test_the_spoken_call_stands_on_the_end_card_and_not_in_the_captions() -> None:
    _, reel = compose(PHOTOS, script=f"{SCRIPT} {CALL}", seconds=30)
    last = reel.tracks[0].clips[-1]
    assert "evening" in " ".join(line.text for line in texts(last))
    assert last.cut.on in {"phrase", "beat", "end_card"}
    assert all(chunk.start < last.start for chunk in reel.captions.chunks)
    assert any(word.text == "Save" and word.start >= last.start for word in reel.captions.words)


def test_caption_chunks_come_just_before_their_words() -> None:
    _, reel = compose(PHOTOS, script=SCRIPT, seconds=30)
    assert reel.captions.chunks
    for chunk in reel.captions.chunks:
        lead = float(reel.captions.words[chunk.first].start - chunk.start)
        assert 0 <= lead <= 0.12
        characters = len(" ".join(word.text for word in reel.captions.words[chunk.first : chunk.last + 1]))
        assert characters / float(chunk.end - chunk.start) <= 25


def test_without_a_voice_the_script_becomes_captions_and_no_voice_is_named() -> None:
    _, reel = compose(PHOTOS, script=SCRIPT, seconds=30, has_voice=False)
    assert reel.captions.chunks
    assert reel.soundtrack.voice == ()
    assert all(entry.what.startswith("Music") for entry in reel.rights)
    assert share_of_good_cuts(reel) >= 0.95


def test_music_plays_from_the_first_frame_to_the_last() -> None:
    for script in ("", SCRIPT):
        _, reel = compose(PHOTOS, script=script)
        (music,) = reel.soundtrack.music
        assert music.start == 0
        assert abs(float(music.duration - reel.duration)) < 0.05


def test_silence_is_declared_where_there_is_no_music() -> None:
    _, reel = compose(PHOTOS, has_music=False)
    (silence,) = reel.declarations
    assert (silence.kind, silence.start, silence.end) == ("silent", 0, reel.duration)


def test_rights_of_voice_and_music_are_listed() -> None:
    _, reel = compose(PHOTOS, script=SCRIPT)
    assert [(entry.by, entry.licence) for entry in reel.rights] == [("the voice's authors", "Apache-2.0"), ("a composer", "MIT")]


def test_a_clip_is_heard_as_long_as_it_is_seen() -> None:
    _, reel = compose((make_clip(0), make_clip(1), PHOTOS[2]), seconds=15)
    assert {clip.sound_id for clip in reel.soundtrack.source} == {"media_0", "media_1"}
    for clip in reel.soundtrack.source:
        shot = next(shot for shot in reel.tracks[0].clips if pictures(shot)[0].media_id == clip.sound_id and abs(shot.start - clip.start) < 0.1)
        assert clip.source_start - clip.start == pictures(shot)[0].source_start - shot.start
        assert 0 <= clip.start + clip.duration - shot.end <= Fraction(3, 50)


def test_a_silent_clip_is_not_on_the_source_bus() -> None:
    _, reel = compose((make_clip(0, has_sound=False), PHOTOS[1]), seconds=10)
    assert reel.soundtrack.source == ()


def test_what_changed_since_the_plan_is_told() -> None:
    plan, reel = compose(PHOTOS, script=SCRIPT, seconds=20, pace=1.7)
    notes = explain_composition(plan, reel)
    assert any("Left out, because the voice took longer" in note for note in notes)
    plan, reel = compose(PHOTOS[:1], "My new desk", seconds=30, handle="")
    assert any("instead of 30 s" in note for note in explain_composition(plan, reel))
    plan, reel = compose(PHOTOS, script=SCRIPT, seconds=25)
    assert explain_composition(plan, reel) == ()


def test_clips_are_cut_from_their_moving_sharp_part_and_follow_the_subject() -> None:
    _, reel = compose((make_clip(0, 12.0), make_clip(1, 12.0)), "Our harbour", seconds=10, handle="")
    first = pictures(reel.tracks[0].clips[0])[0]
    assert float(first.source_start) < 6.0
    assert first.motion.path
    assert first.motion.path[0].at <= first.source_start + 1


def test_the_same_stretch_of_a_clip_is_not_shown_twice() -> None:
    _, reel = compose((make_clip(0, 20.0),), "Our harbour", seconds=15, handle="")
    spans = [(float(pictures(clip)[0].source_start), float(pictures(clip)[0].source_start + clip.duration)) for clip in reel.tracks[0].clips]
    assert len(spans) > 2
    for before, after in pairwise(sorted(spans)):
        assert before[1] <= after[0] + 0.7


def test_small_pictures_go_into_cards_and_are_not_blown_up() -> None:
    media = tuple(make_photo(number, size=(640, 427)) for number in range(5))
    _, reel = compose(media, seconds=15)
    for clip in reel.tracks[0].clips:
        for picture in pictures(clip):
            assert picture.rect.height < 1700


def test_joins_are_mostly_plain_cuts_and_never_two_others_in_a_row() -> None:
    for seed in range(4):
        _, reel = compose(MIXED, script=SCRIPT, seconds=30, seed=seed)
        kinds = [clip.transition.kind for clip in reel.tracks[0].clips[1:]]
        assert sum(kind == "cut" for kind in kinds) >= 0.55 * len(kinds)
        assert all("cut" in pair for pair in pairwise(kinds))


def test_at_least_a_third_of_the_shots_is_not_plain_full_bleed() -> None:
    _, reel = compose(PHOTOS, seconds=30)
    pages = [clip for clip in reel.tracks[0].clips if any(layer.kind == "fill" for layer in clip.layers)]
    assert len(pages) >= 0.3 * len(reel.tracks[0].clips)


def test_type_of_right_to_left_languages_stands_at_the_right() -> None:
    _, reel = compose(PHOTOS, "صباح في بيروت", "الصباح هادئ في بيروت. البحر أزرق اليوم.", seconds=12, handle="")
    assert reel.captions.direction == "rtl"
    assert all(line.align == "right" and line.x > 540 for clip in reel.tracks[0].clips for line in texts(clip))


def test_a_date_stands_on_the_cover_only_where_the_picture_has_one() -> None:
    dated = tuple(
        item.model_copy(update={"facts": item.facts.model_copy(update={"taken_at": f"2026-10-0{at + 1}T09:00:00"})}) for at, item in enumerate(PHOTOS)
    )
    _, with_date = compose(dated)
    _, without = compose(PHOTOS)
    assert "OCTOBER 2026" in [line.text for line in texts(with_date.tracks[0].clips[0])]
    assert not any(character.isdigit() for line in texts(without.tracks[0].clips[0]) for character in line.text)


def test_the_cover_is_taken_from_the_opener() -> None:
    _, reel = compose(PHOTOS)
    assert 0 < reel.cover_at < reel.tracks[0].clips[0].end


def test_a_plan_whose_media_are_gone_is_refused() -> None:
    plan = plan_case(CASES[0])
    media = tuple(make_photo(number) for number in range(5))
    with pytest.raises(InvalidInput, match="not there"):
        compose_reel(plan, media, {}, None, None)


def test_every_shot_has_a_reason_and_starts_on_a_frame() -> None:
    _, reel = compose(MIXED, script=SCRIPT, seconds=30)
    for clip in reel.tracks[0].clips:
        assert clip.reason
        assert Fraction(to_frame(clip.start, Fraction(30)), 30) == clip.start


@pytest.mark.parametrize("seconds", [8, 10, 15])
@pytest.mark.parametrize("prompt", ["Rooms", "Rooms: the sea, breakfast at ten", "Two rooms by the sea, come and stay. Breakfast at ten"])
@pytest.mark.parametrize("seed", range(4))
def test_no_picture_stands_beside_itself_while_others_are_not_shown(seconds: int, prompt: str, seed: int) -> None:
    media = tuple(make_photo(number) for number in range(14))
    plan, reel = compose(media, prompt, seconds=seconds, seed=seed, handle="")
    assert plan.unused_media
    for clip in reel.tracks[0].clips:
        shown = [picture.media_id for picture in pictures(clip)]
        assert len(set(shown)) == len(shown)


def test_the_last_card_shows_a_picture_that_would_not_be_seen_otherwise() -> None:
    plan, reel = compose(tuple(make_photo(number) for number in range(14)), "Rooms: the sea, breakfast at ten", seconds=8, handle="")
    own, spare = plan.beats[-1].media_ids
    assert spare not in plan.unused_media
    assert spare in {picture.media_id for picture in pictures(reel.tracks[0].clips[-1])}
    assert own != spare


def test_an_end_card_never_makes_a_reel_longer_than_asked() -> None:
    plan, reel = compose(PHOTOS, script="We waited for twelve days in the rain, and then it stopped.", seconds=5, pace=0.95)
    assert plan.end_card
    assert reel.duration <= 5.25
    assert any(note.startswith("There was no room for the end card") for note in explain_composition(plan, reel))


def test_a_note_about_the_end_card_names_only_what_is_missing() -> None:
    plan, reel = compose(PHOTOS, script=SCRIPT, seconds=25)
    shown = plan.model_copy(update={"end_card": (*plan.end_card, "Zebra crossing")})
    assert explain_composition(shown, reel) == ("There was no room on the end card for this: “Zebra crossing”.",)


def test_pictures_as_good_as_black_are_declared() -> None:
    dark = PHOTOS[0].model_copy(update={"analysis": PHOTOS[0].analysis.model_copy(update={"luma_mean": 0.03, "luma_median": 0.02})})
    _, reel = compose((dark,), seconds=8)
    assert {one.kind for one in reel.declarations} == {"black"}
    _, reel = compose(PHOTOS, seconds=8)
    assert reel.declarations == ()
