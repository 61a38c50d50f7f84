"""`reelwright make`: a folder, a prompt and a script become reels, all over HTTP."""

from __future__ import annotations

import re
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from command_line.api_client import ApiClient, ApiError
from command_line.complaint import BAD_INPUT, FAILED, Complaint
from command_line.deliver import deliver, follow_to_the_end
from command_line.material import Material
from command_line.outcome import Outcome
from command_line.send_material import send_material, take_back, wait_for_media
from command_line.terminal import Progress, megabytes

FREE_DISK_TIMES_INPUT = 3
FREE_DISK_LEAST_BYTES = 300_000_000
MAX_SCRIPT_CHARACTERS = 6000
USUAL_DIRECTORY = "reelwright-out"
PLATFORMS = ("instagram", "facebook", "youtube", "tiktok")


@dataclass(frozen=True)
class Wish:
    """What is asked for, as the command line heard it."""

    prompt: str
    script: str
    template: str
    platforms: tuple[str, ...]
    length_seconds: int
    language: str | None
    handle: str = ""
    keep_order: bool = False
    shape: str = "9:16"
    voice: str = ""
    glossary: tuple[str, ...] = ()
    variants: int = 1

    def brief(self) -> dict[str, Any]:
        brief: dict[str, Any] = {
            "prompt": self.prompt,
            "script": self.script,
            "platforms": list(self.platforms),
            "length_seconds": self.length_seconds,
            "handle": self.handle,
            "keep_order": self.keep_order,
            "shape": self.shape,
            "voice": self.voice,
            "glossary": list(self.glossary),
        }
        return brief | ({"language": self.language} if self.language else {})


def make_reel(client: ApiClient, material: Material, wish: Wish, directory: Path, progress: Progress) -> Outcome:
    """Uploads, starts, follows, fetches. Raises Complaint; Ctrl-C cancels what was started.

    A run that is refused leaves none of its files on the platform.
    """
    begun = time.monotonic()
    require_room(directory, material.size_bytes)
    _check_wish(client, wish)
    outcome = Outcome(directory)
    for name in material.others:
        outcome.refuse(progress, name, "It is neither a photo nor a clip that a reel takes.")
    media_ids: list[str] = []
    try:
        send_material(client, material, outcome, progress, media_ids)
        generation = _start(client, wish, media_ids, outcome, progress)
        generation = follow_to_the_end(client, generation, outcome, progress)
    except (Complaint, KeyboardInterrupt) as end:
        if isinstance(end, KeyboardInterrupt) or end.status == BAD_INPUT:
            take_back(client, media_ids)
        raise
    deliver(client, generation, outcome, progress, begun)
    return outcome


def _start(client: ApiClient, wish: Wish, media_ids: list[str], outcome: Outcome, progress: Progress) -> dict[str, Any]:
    """The generation that was begun. Raises Complaint; the project of a refused one goes again."""
    project = _ask(lambda: client.post("/v1/projects", {"name": _name(wish), "template": wish.template, "brief": wish.brief(), "media_ids": media_ids}))
    try:
        wait_for_media(client, media_ids, outcome, progress)
        started: dict[str, Any] = _ask(lambda: client.post(f"/v1/projects/{project['id']}/generations", {"variants": wish.variants}))
    except Complaint:
        with suppress(ApiError):
            client.delete(f"/v1/projects/{project['id']}", **{"If-Match": "*"})
        raise
    return started


def choose_directory(wanted: Path | None, slug_source: str) -> Path:
    """The folder for the results, made at once so that a missing permission shows before any work."""
    slug = "-".join(re.findall(r"[a-z0-9]+", slug_source.lower())[:6]) or "reel"
    directory = wanted or Path(USUAL_DIRECTORY) / f"{datetime.now().astimezone():%Y%m%d-%H%M%S}-{slug}"
    try:
        directory.mkdir(parents=True, exist_ok=True)
        probe = directory / ".probe"
        probe.touch()
        probe.unlink()
    except (PermissionError, NotADirectoryError, FileExistsError, OSError) as error:
        raise Complaint(f"{directory} cannot be written to ({error.strerror or error}). Choose another folder with --out.") from None
    return directory


def require_room(directory: Path, input_bytes: int) -> None:
    """Raises Complaint where the disk has less than three times the input free."""
    needed = max(FREE_DISK_LEAST_BYTES, FREE_DISK_TIMES_INPUT * input_bytes)
    free = shutil.disk_usage(directory).free
    if free < needed:
        raise Complaint(f"The disk under {directory} has {megabytes(free)} free; this run needs {megabytes(needed)}. Free some room, then run it again.")


def _check_wish(client: ApiClient, wish: Wish) -> None:
    """Raises Complaint for what can be told before anything is sent."""
    known = [template["id"] for template in client.get("/v1/templates")["items"]]
    if wish.template not in (*known, "auto"):
        raise Complaint(f'There is no template "{wish.template}". There is: {", ".join(known)}; or auto, and the one that suits is chosen.')
    if len(wish.script) > MAX_SCRIPT_CHARACTERS:
        raise Complaint(f"The script has {len(wish.script):,} characters; it may have {MAX_SCRIPT_CHARACTERS:,}.")
    if wish.language and not re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", wish.language):
        raise Complaint(f'"{wish.language}" is not a language code such as "en" or "pt-BR".')
    languages = [language["id"] for language in client.get("/v1/languages")["items"]]
    if wish.language and wish.language not in languages and wish.language[:2] not in languages:
        raise Complaint(f'The language "{wish.language}" is not known. There are: {", ".join(languages)}. Without --language it is found from your text.')
    _check_voice(client, wish)


def _check_voice(client: ApiClient, wish: Wish) -> None:
    if not wish.voice:
        return
    known = [voice for voice in client.get("/v1/voices")["items"] if not wish.language or wish.language.startswith(voice["language"])]
    voice = next((voice for voice in known if wish.voice in (voice["id"], voice["id"].split("-", 1)[1])), None)
    if voice is None:
        raise Complaint(f'There is no voice "{wish.voice}". There are: {", ".join(voice["id"] for voice in known)}.')
    if not voice["is_ready"]:
        raise Complaint(f"The voice {voice['id']} is not on this machine. `{voice['how_to_add']}` adds it.")


def _name(wish: Wish) -> str:
    return (wish.prompt or wish.script or "A reel").strip().splitlines()[0][:80]


def _ask(call: Any) -> Any:
    """Turns the API's refusal of the request into exit status 2."""
    try:
        return call()
    except ApiError as error:
        raise Complaint(str(error), BAD_INPUT if error.status < 500 else FAILED) from None
