"""Sends the material: every file to its signed address, and waits until it was read."""

from __future__ import annotations

from contextlib import suppress

from command_line.api_client import ApiClient, ApiError
from command_line.complaint import BAD_INPUT, Complaint
from command_line.follow import follow_media
from command_line.material import Material, content_type, shown_name
from command_line.outcome import Outcome
from command_line.terminal import Progress, draw_bar

NOTHING_USABLE = "None of the files can be used, so there is no reel. Each is named above with its reason."
_REFUSED_AT_THE_DOOR = {413, 415, 422}


def send_material(client: ApiClient, material: Material, outcome: Outcome, progress: Progress, media_ids: list[str]) -> None:
    """Sends every file and adds its id to ``media_ids``; those that the API refuses at the door are named and left out.

    Raises Complaint where nothing is left.
    """
    done, total = 0, max(material.size_bytes, 1)
    for file in material.files:
        size, shown = file.stat().st_size, shown_name(file)
        try:
            answer = client.post("/v1/media/uploads", {"file_name": shown, "content_type": content_type(file), "size_bytes": size})
            media_ids.append(answer["media_id"])
            upload = answer["upload"]

            def show(sent: int, name: str = shown, before: int = done) -> None:
                progress.show("uploading", f"  {'uploading':12} {draw_bar(100 * (before + sent) / total)} {name}")

            client.put_file(upload["url"], upload["headers"], file, show)
        except ApiError as error:
            if error.status not in _REFUSED_AT_THE_DOOR:
                raise
            outcome.refuse(progress, shown, str(error))
        except OSError as error:
            take_back(client, [media_ids.pop()])
            outcome.refuse(progress, shown, f"The file cannot be read ({error.strerror}).")
        done += size
    if not media_ids:
        raise Complaint(NOTHING_USABLE, BAD_INPUT)


def wait_for_media(client: ApiClient, media_ids: list[str], outcome: Outcome, progress: Progress) -> None:
    """Waits until each file was read and names those that were refused. Raises Complaint where none is usable."""
    seen = follow_media(client, media_ids, progress)
    for media in seen.values():
        if media["state"] == "refused":
            outcome.refuse(progress, media["file_name"], (media.get("refusal") or {}).get("detail", "It cannot be used."))
    if not any(media["state"] == "ready" for media in seen.values()):
        raise Complaint(NOTHING_USABLE, BAD_INPUT)


def take_back(client: ApiClient, media_ids: list[str]) -> None:
    """Deletes what a run sent that came to nothing. What cannot be deleted now stays."""
    for media_id in media_ids:
        with suppress(ApiError):
            client.delete(f"/v1/media/{media_id}")
