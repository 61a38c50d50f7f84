"""The catalogue over HTTP: it shows what the product's own parts say."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from reelwright.generation.voice_catalogue import list_voices
from reelwright.kit.part_catalogue import FACES, PARTS
from reelwright.kit.parts import is_installed
from reelwright.kit.settings import Settings
from reelwright.publishing.platforms.registry import SPECIFICATIONS
from reelwright.reels.reel import Captions, Look, Transition
from reelwright.reels.template import TEMPLATES


@pytest.mark.parametrize(
    ("path", "ids"),
    [
        ("templates", set(TEMPLATES)),
        ("fonts", set(FACES)),
        ("platforms", set(SPECIFICATIONS)),
        ("looks", set(get_args(Look.model_fields["name"].annotation))),
        ("transitions", set(get_args(Transition.model_fields["kind"].annotation))),
        ("caption-presets", set(get_args(Captions.model_fields["preset"].annotation))),
    ],
)
def test_a_list_shows_what_there_is(maya: Any, path: str, ids: set[str]) -> None:
    answer = maya.get(f"/v1/{path}")
    assert (answer.status, answer.body["next_cursor"]) == (200, None)
    assert {item["id"] for item in answer.body["items"]} == ids
    assert len(ids) >= 4


def test_a_voice_that_is_not_here_says_how_it_is_added(maya: Any) -> None:
    voices = {item["id"]: item for item in maya.get("/v1/voices").body["items"]}
    assert (voices["en-heart"]["is_ready"], voices["en-heart"]["language"]) == (True, "en")
    assert (voices["es-dora"]["is_ready"], voices["es-dora"]["how_to_add"]) == (is_installed("voice-es"), PARTS["voice-es"].how_to_add)
    assert list(voices) == [voice.id for voice in list_voices()]


def test_a_voice_that_there_is_not_is_refused_by_name(maya: Any) -> None:
    unknown = maya.post("/v1/projects", {"name": "The sea", "brief": {"voice": "nobody"}})
    assert (unknown.status, unknown.body["errors"][0]["pointer"]) == (422, "/brief/voice")
    other = maya.post("/v1/projects", {"name": "The sea", "brief": {"voice": "es-dora", "language": "en"}})
    assert (other.status, "en-heart" in other.body["detail"]) == (422, True)
    assert maya.post("/v1/projects", {"name": "The sea", "brief": {"voice": "en-heart", "language": "en"}}).status == 201


def test_a_language_says_whether_it_is_spoken_and_how_it_is_written(maya: Any) -> None:
    languages = {item["id"]: item for item in maya.get("/v1/languages").body["items"]}
    assert languages["en"] == {"id": "en", "name": "English", "direction": "ltr", "is_spoken": True}
    assert (languages["he"]["direction"], languages["he"]["is_spoken"]) == ("rtl", False)


def test_moods_and_providers_are_those_of_the_parts(maya: Any) -> None:
    moods = maya.get("/v1/music-moods").body["items"]
    assert [mood["id"] for mood in moods] == ["calm", "energetic", "happy", "nostalgic", "tender"]
    assert all(mood["pieces"] > 0 for mood in moods)
    providers = maya.get("/v1/providers").body["items"]
    assert {"plan", "voice", "music"} <= {provider["capability"] for provider in providers}
    assert all(provider["is_ready"] for provider in providers if not provider["needs_key"] and provider["id"] not in {"espeak", "kokoro", "pico", "composer"})
    assert {provider["id"]: provider["is_ready"] for provider in providers}["espeak"] == is_installed("last-resort-voice")


def test_the_providers_are_those_that_are_asked(maya: Any) -> None:
    from functions.choose_providers import choose_providers

    chosen = choose_providers(Settings())
    asked = [(capability, provider.name) for capability in ("plan", "voice", "music", "enhance", "still", "clip") for provider in getattr(chosen, capability)]
    assert [(provider["capability"], provider["id"]) for provider in maya.get("/v1/providers").body["items"]] == asked


def test_the_catalogue_is_for_creators(stranger: Any) -> None:
    assert stranger.get("/v1/templates").status == 401
