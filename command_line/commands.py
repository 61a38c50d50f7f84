"""One function per command; each returns the exit status."""

from __future__ import annotations

import argparse
import re
import signal
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from command_line.api_client import ApiClient
from command_line.complaint import FAILED, Complaint
from command_line.credentials import read_sign_in, signed_in_client
from command_line.demo import run_demo
from command_line.follow import ENDED, cancel_and_wait, follow_render
from command_line.make import USUAL_DIRECTORY, Wish, choose_directory, make_reel
from command_line.material import read_material, read_script
from command_line.outcome import print_outcome
from command_line.reach_platform import client_for, platform_for, running_client
from command_line.terminal import Progress, draw_bar, megabytes


def make(options: argparse.Namespace) -> int:
    """`reelwright make FOLDER`."""
    material = read_material(options.folder)
    script = read_script(options.script)
    wish = Wish(
        options.prompt.strip(),
        script,
        options.template,
        options.platforms,
        options.length,
        options.language,
        options.handle,
        options.keep_order,
        options.shape,
        options.voice,
        options.glossary,
        options.variants,
    )
    if not (wish.prompt or wish.script):
        raise Complaint('Say what the reel is about: --prompt "…", or what the voice says: --script FILE.')
    directory = choose_directory(options.out, wish.prompt or options.folder.name)
    progress = Progress()
    try:
        with client_for(options.data, progress) as client:
            outcome = make_reel(client, material, wish, directory, progress)
    except BaseException:
        _remove_if_empty(directory)
        raise
    print_outcome(outcome.directory, outcome.files, outcome.seconds, progress)
    return 0


def demo(options: argparse.Namespace) -> int:
    """`reelwright demo`, the body of `make demo`."""
    return run_demo(options.length, options.variants, options.out, Progress())


def local(options: argparse.Namespace) -> int:
    """`reelwright local`: keeps the platform running until Ctrl-C."""
    from local.platform import find_running  # noqa: PLC0415

    progress = Progress()
    if find_running(options.data) is not None:
        raise Complaint("The platform runs already. `reelwright status` shows what it does.")
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    with platform_for(options.data, progress, options.port) as platform:
        signed_in_client(platform.url, platform.data_directory)
        address, password = read_sign_in(platform.data_directory)
        progress.say(
            f"Reelwright runs at {platform.url}\n  sign-in   {address}  {password}\n  data      {platform.data_directory}\n"
            f"  stand-ins {platform.sandbox_url} shows what was posted without a platform's key\n  end it with Ctrl-C"
        )
        try:
            while not ended.wait(1):
                pass
        except KeyboardInterrupt:
            progress.say("\nstopping …")
    return 0


def status(options: argparse.Namespace) -> int:
    """`reelwright status [GENERATION]`."""
    progress = Progress()
    client = running_client(options.data)
    if options.generation:
        generation = client.get(f"/v1/generations/{options.generation}")
        _print_generation(generation)
        for event in client.get(f"/v1/generations/{options.generation}/events", limit=100)["items"]:
            print(f"  {event['created_at'][11:19]}  {event['sentence']}")
        return 0
    generations = client.get("/v1/generations", limit=10)["items"]
    for generation in generations:
        _print_generation(generation)
    if not generations:
        progress.say('Nothing was made yet. `reelwright make FOLDER --prompt "…"` makes the first reel.')
    return 0


def cancel(options: argparse.Namespace) -> int:
    """`reelwright cancel GENERATION`."""
    client = running_client(options.data)
    path = f"/v1/generations/{options.generation}"
    cancel_and_wait(client, path)
    state = client.get(path)["state"]
    print(f"{options.generation} is {state}.")
    return 0 if state in ENDED else FAILED


def parts(options: argparse.Namespace) -> int:
    """`reelwright parts` and `reelwright parts add NAME|LANGUAGE`."""
    if options.action == "add":
        return _add_part(options.part, Progress())
    from local.doctor import list_parts  # noqa: PLC0415

    for part in list_parts():
        mark = "installed" if part.is_installed else "missing"
        print(f"{part.name:18} {mark:10} {megabytes(part.size_bytes):>9}  {part.licence:22} {part.brings}")
        if not part.is_used:
            print(f"{'':18} {part.how_to_add}")
        elif not part.is_installed:
            print(f"{'':18} without it: {part.poorer_without}. {part.how_to_add}")
    return 0


def _add_part(wish: str, progress: Progress) -> int:
    from local.add_part import PartNotAdded, PartUnknown, add_part, choose_part, fetched_bytes, is_there, kept_bytes  # noqa: PLC0415

    try:
        part = choose_part(wish)
        if fetched_bytes(part) and not is_there(part):
            fetched, kept = megabytes(fetched_bytes(part)), megabytes(kept_bytes(part))
            progress.say(f"{part.name}: {part.brings}. {part.licence}. About {fetched} to fetch where nothing is cached, {kept} on disk.")
        added = add_part(part, lambda seconds: progress.show("fetching", f"  fetching and checking … {seconds:.0f} s"))
    except PartUnknown as unknown:
        raise Complaint(str(unknown)) from None
    except PartNotAdded as failure:
        raise Complaint(str(failure), FAILED) from None
    progress.say(f"{added.name} is {'installed already' if added.was_there else 'installed'}, and its file is what its checksum says.")
    return 0


def doctor(options: argparse.Namespace) -> int:
    """`reelwright doctor`: exit status 3 where something needed is missing."""
    from local.doctor import examine  # noqa: PLC0415

    rows = examine(options.data)
    for row in rows:
        print(f"{'ok  ' if row.is_fine else 'MEND'} {row.name:18} {row.sentence}")
        if not row.is_fine:
            print(f"{'':23} → {row.remedy}")
    return 0 if all(row.is_fine for row in rows) else FAILED


def render(options: argparse.Namespace) -> int:
    """`reelwright render REEL`."""
    progress = Progress()
    if options.reel.endswith(".json"):
        directory = choose_directory(options.out, Path(options.reel).stem)
        files = _render_document(Path(options.reel), directory, progress)
        print_outcome(directory, files, None, progress)
        return 0
    if not re.fullmatch(r"reel_[0-9a-z]+", options.reel):
        raise Complaint(f"{options.reel} is neither a reel's id (reel_…) nor a reel document (a file named ….json).")
    with client_for(options.data, progress) as client:
        client.get(f"/v1/reels/{options.reel}")
        directory = choose_directory(options.out, options.reel)
        files = _render_reel(client, options, directory, progress)
    print_outcome(directory, files, None, progress)
    return 0


def _render_reel(client: ApiClient, options: argparse.Namespace, directory: Path, progress: Progress) -> list[Path]:
    started = client.post(f"/v1/reels/{options.reel}/renders", {"platforms": list(options.platforms)})
    try:
        ended = follow_render(client, started["id"], progress)
    except KeyboardInterrupt:
        cancel_and_wait(client, f"/v1/renders/{started['id']}")
        raise
    if ended["state"] != "succeeded":
        raise Complaint((ended.get("failure") or {}).get("detail") or f"The render is {ended['state']}.", FAILED)
    files = []
    for item in client.get(f"/v1/renders/{started['id']}/files")["items"]:
        target = directory / Path(item["url"].split("?")[0]).name
        client.download(item["url"], target)
        files.append(target)
    return files


def _render_document(document: Path, directory: Path, progress: Progress) -> list[Path]:
    from local.platform import PlatformRefused  # noqa: PLC0415
    from local.render_document import render_document  # noqa: PLC0415

    try:
        return render_document(document, directory, lambda percent: progress.show("rendering", f"  {'rendering':12} {draw_bar(percent)} {percent:3.0f} %"))
    except PlatformRefused as refusal:
        raise Complaint(str(refusal)) from None
    finally:
        _remove_if_empty(directory)


def _print_generation(generation: dict[str, Any]) -> None:
    facts = generation["progress"]
    rest = (generation.get("failure") or {}).get("detail") or f"{facts['stage']}, {facts['percent']} %"
    place = f", place {facts['queue_place']} in the queue" if facts.get("queue_place") else ""
    print(f"{generation['id']}  {generation['state']:10} {generation['created_at'][:16].replace('T', ' ')}  {rest}{place}")


def _remove_if_empty(directory: Path) -> None:
    """An unfinished run leaves no empty folder."""
    with suppress(OSError):
        directory.rmdir()
        if directory.parent.name == USUAL_DIRECTORY:
            directory.parent.rmdir()
