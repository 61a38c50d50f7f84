"""`reelwright make`: a folder, a prompt and a script become reels, all over HTTP."""

from __future__ import annotations

import re
import shutil
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from command_line.api_client import ApiClient, ApiError
from command_line.complaint import BAD_INPUT, CANCELLED, FAILED, Complaint
from command_line.follow import cancel_and_wait, follow_generation, follow_media
from command_line.material import Material, content_type, shown_name
from command_line.report import write_report
from command_line.terminal import Progress, draw_bar, megabytes

FREE_DISK_TIMES_INPUT = 3
FREE_DISK_LEAST_BYTES = 300_000_000
MAX_SCRIPT_CHARACTERS = 6000
USUAL_DIRECTORY = "reelwright-out"
PLATFORMS = ("instagram", "facebook", "youtube", "tiktok")
# Failures that the person's own input causes: the run was refused, it did not break.
_INPUT_FAILURES = {"InvalidInput", "MediaRefused", "UnsupportedMedia", "NotFound", "TooLarge", "BadRequest"}


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

    def brief(self) -> dict[str, Any]:
        brief: dict[str, Any] = {
            "prompt": self.prompt,
            "script": self.script,
            "platforms": list(self.platforms),
            "length_seconds": self.length_seconds,
            "handle": self.handle,
            "keep_order": self.keep_order,
        }
        return brief | ({"language": self.language} if self.language else {})


@dataclass
class Outcome:
    """What came of a run, for the report and the last lines."""

    directory: Path
    files: list[Path] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0


def make_reel(client: ApiClient, material: Material, wish: Wish, directory: Path, progress: Progress) -> Outcome:
    """Uploads, starts, follows, fetches. Raises Complaint; Ctrl-C cancels what was started."""
    begun = time.monotonic()
    require_room(directory, material.size_bytes)
    _check_wish(client, wish)
    outcome = Outcome(directory)
    for name in material.others:
        _refuse(outcome, progress, name, "It is neither a photo nor a clip that a reel takes.")
    media_ids = _upload_all(client, material, outcome, progress)
    project = _ask(lambda: client.post("/v1/projects", {"name": _name(wish), "template": wish.template, "brief": wish.brief(), "media_ids": media_ids}))
    usable = _wait_for_media(client, media_ids, outcome, progress)
    if not usable:
        raise Complaint("None of the files can be used, so there is no reel. Each is named above with its reason.", BAD_INPUT)
    generation = _ask(lambda: client.post(f"/v1/projects/{project['id']}/generations"))
    path = f"/v1/generations/{generation['id']}"
    try:
        generation = follow_generation(client, generation["id"], progress, lambda event: _note(event, outcome, progress))
    except KeyboardInterrupt:
        progress.say("  cancelling …")
        cancel_and_wait(client, path)
        raise
    _require_success(generation)
    _fetch_all(client, generation, outcome, progress)
    outcome.seconds = time.monotonic() - begun
    report = client.get(f"{path}/report")
    _say_failed_checks(report, progress)
    write_report(report, outcome.directory, outcome.refused, outcome.seconds)
    outcome.files += [directory / "report.html", directory / "report.json"]
    return outcome


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
    if wish.template not in known:
        raise Complaint(f'There is no template "{wish.template}". There is: {", ".join(known)}.')
    if len(wish.script) > MAX_SCRIPT_CHARACTERS:
        raise Complaint(f"The script has {len(wish.script):,} characters; it may have {MAX_SCRIPT_CHARACTERS:,}.")
    if wish.language and not re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", wish.language):
        raise Complaint(f'"{wish.language}" is not a language code such as "en" or "pt-BR".')
    languages = [language["id"] for language in client.get("/v1/languages")["items"]]
    if wish.language and wish.language not in languages and wish.language[:2] not in languages:
        raise Complaint(f'The language "{wish.language}" is not known. There are: {", ".join(languages)}. Without --language it is found from your text.')


def _say_failed_checks(report: dict[str, Any], progress: Progress) -> None:
    for row in (report.get("gate") or {}).get("rows", []):
        if not row["passed"]:
            progress.say(f"  check        {row['name']} did not pass: found {row['value']}, allowed {row['bound']}. report.html has the rest.")


def _upload_all(client: ApiClient, material: Material, outcome: Outcome, progress: Progress) -> list[str]:
    """Sends every file; those that the API refuses at the door are named and left out."""
    media_ids: list[str] = []
    done, total = 0, max(material.size_bytes, 1)
    for file in material.files:
        size, shown = file.stat().st_size, shown_name(file)
        try:
            answer = client.post("/v1/media/uploads", {"file_name": shown, "content_type": content_type(file), "size_bytes": size})
            upload = answer["upload"]

            def show(sent: int, name: str = shown, before: int = done) -> None:
                progress.show("uploading", f"  {'uploading':12} {draw_bar(100 * (before + sent) / total)} {name}")

            client.put_file(upload["url"], upload["headers"], file, show)
            media_ids.append(answer["media_id"])
        except ApiError as error:
            if error.status not in {413, 415, 422}:
                raise
            _refuse(outcome, progress, shown, str(error))
        except OSError as error:
            _refuse(outcome, progress, shown, f"The file cannot be read ({error.strerror}).")
        done += size
    if not media_ids:
        raise Complaint("None of the files can be used, so there is no reel. Each is named above with its reason.", BAD_INPUT)
    return media_ids


def _wait_for_media(client: ApiClient, media_ids: list[str], outcome: Outcome, progress: Progress) -> list[str]:
    """The ids of the media that are ready."""
    seen = follow_media(client, media_ids, progress)
    for media in seen.values():
        if media["state"] == "refused":
            _refuse(outcome, progress, media["file_name"], (media.get("refusal") or {}).get("detail", "It cannot be used."))
    return [media_id for media_id, media in seen.items() if media["state"] == "ready"]


def _refuse(outcome: Outcome, progress: Progress, name: str, reason: str) -> None:
    outcome.refused.append((name, reason))
    progress.say(f"  left out     {name}: {reason}")


def _note(event: dict[str, Any], outcome: Outcome, progress: Progress) -> None:
    if event["type"] == "note":
        outcome.notes.append(event["sentence"])
        progress.say(f"  note         {event['sentence']}")


def _require_success(generation: dict[str, Any]) -> None:
    if generation["state"] == "succeeded":
        return
    if generation["state"] == "cancelled":
        raise Complaint("The generation was cancelled.", CANCELLED)
    failure = generation.get("failure") or {}
    status = BAD_INPUT if failure.get("type") in _INPUT_FAILURES else FAILED
    raise Complaint(failure.get("detail") or "The generation failed.", status)


def _fetch_all(client: ApiClient, generation: dict[str, Any], outcome: Outcome, progress: Progress) -> None:
    """Fetches platform files, cover and captions; each appears when it is whole."""
    for item in client.get(f"/v1/renders/{generation['render_id']}/files")["items"]:
        name = _FILE_NAMES.get(item["name"], f"{item['name']}.mp4")
        if name is None:
            continue
        progress.show("fetching", f"  {'fetching':12} {name}")
        client.download(item["url"], outcome.directory / name)
        outcome.files.append(outcome.directory / name)


_FILE_NAMES: dict[str, str | None] = {"cover": "cover.jpg", "captions_srt": "captions.srt", "captions_vtt": "captions.vtt", "master": None, "report": None}


def _name(wish: Wish) -> str:
    return (wish.prompt or wish.script or "A reel").strip().splitlines()[0][:80]


def _ask(call: Any) -> Any:
    """Turns the API's refusal of the request into exit status 2."""
    try:
        return call()
    except ApiError as error:
        raise Complaint(str(error), BAD_INPUT if error.status < 500 else FAILED) from None
