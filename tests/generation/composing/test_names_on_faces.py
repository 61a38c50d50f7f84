from __future__ import annotations

import pytest

from reelwright.reels.reel import Text
from tests.generation.composing.made_elements import compose
from tests.generation.planning.brief_material import make_photo


@pytest.mark.parametrize("template", ["soft", "retro"])
def test_who_introduces_themselves_is_named_on_a_shot_with_one_face(template: str) -> None:
    media = tuple(make_photo(number, faces=1, size=(2000, 3000)) for number in range(4))
    script = "Bread takes time. I'm Martin and I bake at night. We start at four every morning. Come and try it."
    plan, reel = compose(media, prompt="Our bakery", script=script, template=template, seconds=15)
    assert [beat.person for beat in plan.beats if beat.person] == ["Martin"]
    assert "martin" in {layer.text.casefold() for clip in reel.tracks[0].clips for layer in clip.layers if isinstance(layer, Text)}


def test_nobody_is_named_where_no_shot_shows_a_face() -> None:
    media = tuple(make_photo(number, size=(2000, 3000)) for number in range(4))
    plan, _ = compose(media, prompt="Our bakery", script="Bread takes time. I'm Martin and I bake at night. Come and try it.", template="soft", seconds=15)
    assert not any(beat.person for beat in plan.beats)
