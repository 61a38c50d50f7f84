"""Speech in the creator's own clips becomes captions where no voice of ours speaks, and a note where nothing can hear it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from sqlalchemy import select

from functions.generation import make_captions
from reelwright.generation.composing.caption_clips import caption_clips
from reelwright.generation.elements import SpokenWord
from reelwright.generation.keep_files import GenerationFiles
from reelwright.generation.plan import Beat, Plan, PlannedMedia
from reelwright.generation.providers.whisper_recogniser import WhisperRecogniser
from reelwright.generation.tables import ProviderCallRow
from reelwright.generation.transcribe import LISTEN_RATE, HeardClip, HeardClips, clips_to_hear, hear_clips
from reelwright.kit.errors import PartMissing
from reelwright.kit.parts import is_installed
from reelwright.kit.recogniser_parts import RECOGNISER
from reelwright.media.analysis import Box, MediaAnalysis, SpeechSpan
from reelwright.media.media import MediaFacts
from reelwright.media.tables import MediaAnalysisRow, MediaRow, RenditionRow
from reelwright.reels.reel import Clip, CutReason, MediaReference, Picture, Rect, Reel, SoundClip, Soundtrack, Track

SAID = "We walked to Perrin on a cold morning. Nobody was there."


def media(media_id: str, *, speech: float = 4.0, kind: str = "video", faces: tuple[Box, ...] = ()) -> PlannedMedia:
    facts = MediaFacts(kind=kind, container="mp4", width=1080, height=1920, has_sound=kind == "video", duration_seconds=8.0)
    analysis = MediaAnalysis(speech=(SpeechSpan(start=0.5, end=0.5 + speech),) if speech else (), is_silent=not speech, faces=faces)
    return PlannedMedia(media_id=media_id, file_name=f"{media_id}.mp4", facts=facts, analysis=analysis)


def plan_of(*media_ids: str, script: tuple[str, ...] = ()) -> Plan:
    beat = Beat(role="hook", seconds=6, media_ids=media_ids, reason="It is all there is.", spoken=" ".join(script) or None)
    return Plan(
        language="en", template="editorial", look="gold", title="", hook="", intent="show", music_word="calm", bpm=90, length_seconds=10, beats=(beat,), spoken_script=script
    )  # fmt: skip


def heard(media_id: str = "talk", start: float = 0.6) -> HeardClips:
    words = tuple(SpokenWord(text=word, start=start + 0.4 * n, end=start + 0.4 * n + 0.35) for n, word in enumerate(SAID.split()))
    return HeardClips(clips=(HeardClip(media_id=media_id, language="en", words=words),))


def reel_of(source_start: Fraction = Fraction(0), seconds: int = 5) -> Reel:
    picture = Picture(media_id="talk", rect=Rect(x=0, y=0, width=1080, height=1920), source_start=source_start)
    clip = Clip(id="shot_1", start=Fraction(0), duration=Fraction(seconds), layers=(picture,), cut=CutReason(on="start"))
    sound = SoundClip(sound_id="talk", start=Fraction(0), duration=Fraction(seconds), source_start=source_start)
    reference = MediaReference(kind="video", file="talk.mp4", width=1080, height=1920, has_sound=True)
    return Reel(template="editorial", media={"talk": reference}, tracks=(Track(clips=(clip,)),), soundtrack=Soundtrack(source=(sound,)))


def test_only_clips_that_are_shown_and_speak_are_listened_to() -> None:
    material = [media("talk"), media("quiet", speech=0), media("photo", kind="photo"), media("unused")]
    assert [one.media_id for one in clips_to_hear(plan_of("talk", "quiet", "photo"), material)] == ["talk"]


def test_a_voice_over_comes_before_the_speech_of_clips() -> None:
    assert clips_to_hear(plan_of("talk", script=("Something is said.",)), [media("talk")]) == []


def test_a_recogniser_is_given_the_stretches_in_which_somebody_speaks() -> None:
    asked = []

    def listen(samples, spans):
        asked.append((len(samples), tuple(spans)))
        return heard("").clips[0]

    found = hear_clips([media("talk")], lambda item: np.zeros(8 * LISTEN_RATE, np.float32), listen)
    assert asked == [(8 * LISTEN_RATE, ((0.5, 4.5),))]
    assert [clip.media_id for clip in found.clips] == ["talk"]


def test_what_is_said_in_the_shot_is_captioned_on_the_reels_clock_with_names_as_they_are_spelt() -> None:
    captions = caption_clips(reel_of(), heard(), [media("talk")], ("Piran",)).captions
    assert " ".join(word.text for word in captions.words) == SAID.replace("Perrin", "Piran")
    assert captions.words[0].start == Fraction(3, 5)
    shown = [index for chunk in captions.chunks for index in range(chunk.first, chunk.last + 1)]
    assert shown == list(range(len(captions.words)))
    assert all(chunk.end <= 5 for chunk in captions.chunks)


def test_words_outside_the_shot_are_left_out() -> None:
    captions = caption_clips(reel_of(Fraction(2), seconds=2), heard(), [media("talk")]).captions
    assert " ".join(word.text for word in captions.words) == "on a cold morning."
    assert captions.words[0].start == pytest.approx(0.2, abs=0.01)


def test_the_speaker_is_not_covered() -> None:
    face = Box(x=0.3, y=0.52, width=0.4, height=0.13)
    captions = caption_clips(reel_of(), heard(), [media("talk", faces=(face,))]).captions
    assert len({chunk.y for chunk in captions.chunks}) == 1
    assert captions.chunks[0].y < 0.5 * 1920


def test_a_reel_with_a_script_keeps_its_own_captions() -> None:
    reel = caption_clips(reel_of(), heard(), [media("talk")])
    assert caption_clips(reel, heard(start=1.2), [media("talk")]) == reel


class _Deaf:
    name = "deaf"

    def transcribe(self, samples, spans, language, names):
        raise PartMissing("The part is not installed. Add it with: reelwright parts add recogniser")


class _Hearing(_Deaf):
    name = "hearing"

    def transcribe(self, samples, spans, language, names):
        assert abs(len(samples) / LISTEN_RATE - 6) < 0.2
        assert list(spans) == [(0.5, 5.5)]
        return heard("").clips[0]


def film(path: Path, seconds: int = 6) -> None:
    """A clip with a hum in it."""
    with av.open(str(path), "w", format="mp4") as out:
        video, sound = out.add_stream("libx264", rate=10), out.add_stream("aac", rate=16_000, layout="mono")
        video.width, video.height, video.pix_fmt = 64, 64, "yuv420p"
        for _ in range(seconds * 10):
            out.mux(video.encode(av.VideoFrame.from_ndarray(np.full((64, 64, 3), 90, np.uint8))))
        tone = (0.2 * np.sin(np.arange(seconds * 16_000) / 20)).astype(np.float32)[None]
        block = av.AudioFrame.from_ndarray(tone, "fltp", "mono")
        block.sample_rate = 16_000
        out.mux(sound.encode(block))
        out.mux(video.encode(None))
        out.mux(sound.encode(None))


@pytest.fixture
def spoken(rows, bucket) -> dict[str, str]:
    """A generation whose one clip speaks, with a plan that has no script."""
    creator = rows.creator()
    media_id = rows.photo(creator, 0)
    facts, analysis = media(media_id, speech=5.0).facts, media(media_id, speech=5.0).analysis
    key = f"media/{creator}/{media_id}/normal.mp4"
    film(bucket.root / key)
    with rows.database.transaction() as session:
        row = session.get_one(MediaRow, media_id)
        row.kind, row.facts = "video", facts.model_dump(mode="json")
        session.get_one(MediaAnalysisRow, media_id).analysis = analysis.model_dump(mode="json")
        rendition = session.scalars(select(RenditionRow).where(RenditionRow.media_id == media_id)).one()
        rendition.storage_key, rendition.content_type = key, "video/mp4"
    generation_id = rows.generation(creator, [media_id], state="running")
    GenerationFiles(bucket, creator, generation_id).write("plan.json", plan_of(media_id))
    return {"generation_id": generation_id, "creator_id": creator, "media_id": media_id}


def test_the_step_keeps_what_is_heard(world, bucket, cast, spoken) -> None:
    vars(world).update(providers=replace(cast.providers(), transcribe=(_Hearing(),)))
    answer = make_captions.run(spoken, world)
    assert (answer["heard"], answer["words"], answer["is_spoken"]) == (len(SAID.split()), 0, False)
    kept = GenerationFiles(bucket, spoken["creator_id"], spoken["generation_id"]).read("heard.json", HeardClips)
    assert kept.clips[0].media_id == spoken["media_id"]


def test_without_a_recogniser_a_note_names_the_command_and_the_reel_goes_on(world, rows, cast, spoken) -> None:
    vars(world).update(providers=replace(cast.providers(), transcribe=(_Deaf(),)))
    assert make_captions.run(spoken, world)["heard"] == 0
    notes = [sentence for sentence in rows.sentences(spoken["generation_id"]) if "reelwright parts add recogniser" in sentence]
    assert notes == ["Somebody speaks in your clips; that has no captions. The part is not installed. Add it with: reelwright parts add recogniser"]
    with rows.database.transaction() as session:
        assert [call.capability for call in session.scalars(select(ProviderCallRow))] == ["transcribe"]


def test_the_recogniser_says_how_it_is_added_where_it_is_missing(tmp_path: Path) -> None:
    if is_installed(RECOGNISER):
        pytest.skip("the recogniser is installed here")
    with pytest.raises(PartMissing, match="reelwright parts add recogniser"):
        WhisperRecogniser(tmp_path).transcribe(np.zeros(16_000, np.float32), [(0.0, 1.0)], None, ())
