"""`reelwright templates` and `reelwright voices`: what there is to choose from."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from command_line.complaint import FAILED, Complaint
from command_line.reach_platform import client_for
from command_line.terminal import Progress


def templates(options: argparse.Namespace) -> int:
    """`reelwright templates [--json]`."""
    found = _list(options, "/v1/templates")
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return 0
    print(f"{'auto':12} The one that suits what the reel is for. This is what you get without --template.")
    for template in found:
        print(f"{template['id']:12} {template['description']}")
        print(f"{'':12} {template['min_media']} to {template['max_media']} files, best with {template['ideal_media']}; captions {template['caption_preset']}")
    return 0


def voices(options: argparse.Namespace) -> int:
    """`reelwright voices [--language es] [--json] [--play-to FILE --voice NAME]`."""
    found = [voice for voice in _list(options, "/v1/voices") if options.language in (None, voice["language"])]
    if options.language and not found:
        raise Complaint(f'There is no voice for "{options.language}". `reelwright voices` lists all.')
    if options.play_to is not None:
        return _play(found, options.voice, options.play_to)
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return 0
    for voice in found:
        mark = "ready" if voice["is_ready"] else "missing"
        print(f"{voice['id']:16} {voice['language']:3} {voice['gender']:8} {mark:8} {voice['description']}; {voice['licence']}")
    lacking = {voice["how_to_add"]: None for voice in found if not voice["is_ready"]}
    if lacking:
        print("To add those that are missing: " + " · ".join(lacking))
    return 0


def _play(found: list[dict[str, Any]], wish: str | None, target: Path) -> int:
    """Writes a voice's sample: it is spoken anew where its part is there, so that what is heard is what a reel gets."""
    voice = next((voice for voice in found if wish is None or wish in (voice["id"], voice["id"].split("-", 1)[1])), None)
    if voice is None:
        raise Complaint(f'There is no voice "{wish}". There are: {", ".join(voice["id"] for voice in found)}.')
    if not voice["is_ready"]:
        raise Complaint(f"The voice {voice['id']} is not on this machine. `{voice['how_to_add']}` adds it.")
    from local.voice_samples import SampleMissing, speak_sample  # noqa: PLC0415  # `--help` needs none of it

    try:
        speak_sample(voice["id"], target)
    except SampleMissing as missing:
        raise Complaint(str(missing), FAILED) from None
    except OSError as error:
        raise Complaint(f"{target} cannot be written ({error.strerror}).") from None
    print(f"{voice['id']}, {voice['description']}: {target}")
    return 0


def _list(options: argparse.Namespace, path: str) -> list[dict[str, Any]]:
    with client_for(options.data, Progress(sys.stderr)) as client:
        return list(client.get(path)["items"])
