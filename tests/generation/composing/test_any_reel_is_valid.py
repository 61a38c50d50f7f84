from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reelwright.generation.plan import PlannedMedia
from reelwright.reels.reel import SHAPES, Picture, Shape, dump_reel, load_reel
from reelwright.reels.template import TEMPLATES
from tests.generation.composing.made_elements import compose
from tests.generation.planning.brief_material import make_clip, make_photo

sizes = st.tuples(st.integers(120, 5000), st.integers(120, 5000))
photos = st.builds(lambda size, faces, seed: make_photo(0, size=size, faces=faces, seed=seed), sizes, st.integers(0, 3), st.integers(0, 50))
clips = st.builds(lambda size, seconds, sound: make_clip(0, seconds, size=size, has_sound=sound), sizes, st.floats(0.5, 40), st.booleans())
sentences = st.lists(
    st.sampled_from(
        [
            "Nobody came.",
            "We waited for 12 days, in the rain, and then it stopped.",
            "First, open the door.",
            "Second, close it again!",
            "Why?",
            "Save this for later.",
            "مساء الخير يا بيروت.",
            "今日は静かです。",
            "A very long sentence that goes on and on without any comma until the reader has to take a breath and then still goes on for a while.",
            "Extraordinarily-hyphenated-never-ending-compound-words-are-a-trap.",
        ]
    ),
    max_size=9,
)


def renumber(media: list[PlannedMedia]) -> tuple[PlannedMedia, ...]:
    return tuple(item.model_copy(update={"media_id": f"media_{number}"}) for number, item in enumerate(media))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.one_of(photos, clips), min_size=1, max_size=9),
    sentences,
    st.integers(5, 60),
    st.floats(0.5, 2.0),
    st.floats(55, 150),
    st.booleans(),
    st.booleans(),
    st.integers(0, 9),
    st.sampled_from(TEMPLATES),
    st.sampled_from(sorted(SHAPES)),
)
def test_any_plan_and_voice_become_a_valid_reel(
    media: list[PlannedMedia],
    script: list[str],
    seconds: int,
    pace: float,
    bpm: float,
    has_voice: bool,
    has_music: bool,
    seed: int,
    template: str,
    shape: Shape,
) -> None:
    material = renumber(media)
    choices = {"has_voice": has_voice, "has_music": has_music, "seed": seed, "template": template, "shape": shape}
    plan, reel = compose(material, script=" ".join(script), seconds=seconds, pace=pace, bpm=bpm, **choices)
    assert load_reel(dump_reel(reel)) == reel
    if has_music:
        cuts = reel.tracks[0].clips[1:]
        beats = [float(beat) for beat in reel.soundtrack.beats]
        onsets = [float(word.start) for word in reel.captions.words]
        phrases = [clip for clip in cuts if any(abs(float(clip.cut.reference or 0) - onset) <= 0.002 for onset in onsets)]
        good = [clip for clip in cuts if clip in phrases or any(abs(float(clip.start) - beat) <= 0.034 for beat in beats)]
        assert len(good) >= 0.95 * len(cuts)
    first = len((plan.beats[0].spoken or "").split())
    opening = float(reel.captions.words[first - 1].end) if reel.captions.words else 0.0
    assert float(reel.duration) <= max(seconds * 1.05, opening + 3.0) + 0.1
    for clip in reel.tracks[0].clips:
        for layer in clip.layers:
            if isinstance(layer, Picture):
                assert layer.media_id in reel.media
                assert layer.source_start >= 0
    for chunk in reel.captions.chunks:
        assert chunk.end <= reel.duration
    for sound in (*reel.soundtrack.voice, *reel.soundtrack.source):
        assert sound.start + sound.duration <= reel.duration
