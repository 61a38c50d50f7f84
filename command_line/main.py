"""The `reelwright` command: reads the arguments, turns what went wrong into one sentence and an exit status."""

from __future__ import annotations

import argparse
import re
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from command_line import catalogue, commands, connect, counts, publish, redo
from command_line.api_client import ApiError, Unreachable
from command_line.complaint import BAD_INPUT, CANCELLED, FAILED, Complaint
from command_line.make import PLATFORMS

SHAPES = ("9:16", "4:5", "1:1", "16:9")
Run = Callable[[argparse.Namespace], int]
Add = Callable[[str, Run, str], argparse.ArgumentParser]
MAX_GLOSSARY, MAX_NAME_CHARACTERS = 60, 60


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 done, 2 bad input, 3 failed, 130 cancelled."""
    options = build_parser().parse_args(arguments)
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _interrupt)
    run: Run = options.run
    try:
        return run(options)
    except Complaint as complaint:
        print(f"reelwright: {complaint}", file=sys.stderr)
        return complaint.status
    except ApiError as error:
        print(f"reelwright: {error}", file=sys.stderr)
        return FAILED if error.status >= 500 else Complaint("").status
    except Unreachable as error:
        print(f"reelwright: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("\nreelwright: cancelled; nothing half-made is left.", file=sys.stderr)
        return CANCELLED
    except BrokenPipeError:
        return FAILED


def _interrupt(*_: object) -> None:
    """A request to end is treated as Ctrl-C: what was started is cancelled and cleared away."""
    raise KeyboardInterrupt


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, without the list of all options before it."""

    def error(self, message: str) -> NoReturn:
        """Ends with status 2."""
        said = re.sub(r"^argument (\S+): ", r"\1: ", message).rstrip(".")
        self.exit(BAD_INPUT, f"reelwright: {said}. `{self.prog} --help` tells more.\n")


def build_parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    parser = Parser(prog="reelwright", description="Photos and clips become captioned vertical reels.")
    commands_of = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, run: Run, text: str) -> argparse.ArgumentParser:
        command = commands_of.add_parser(name, help=text, description=text)
        command.add_argument("--data", type=Path, help="the platform's data directory")
        command.set_defaults(run=run)
        return command

    _add_make(add("make", commands.make, "Make a reel from a folder of photos and clips."))
    _add_demo(add("demo", commands.demo, "Make a reel from the sample material."))
    local = add("local", commands.local, "Run the platform on this machine until Ctrl-C.")
    local.add_argument("--port", type=_port, default=None, help="the port of the API (8787)")
    status = add("status", commands.status, "Show the latest generations, or one of them.")
    status.add_argument("generation", nargs="?", help="a generation's id")
    cancel = add("cancel", commands.cancel, "Cancel a generation.")
    cancel.add_argument("generation", help="its id, as `reelwright status` shows it")
    _add_redo(add("redo", redo.redo, "Do one part of a finished reel again: voice, music, hook, title or one shot; the rest is kept."))
    templates = add("templates", catalogue.templates, "List the templates.")
    templates.add_argument("--json", action="store_true", help="as JSON, with everything that is known")
    _add_voices(add("voices", catalogue.voices, "List the voices, or write a short sample of one."))
    _add_parts(add("parts", commands.parts, "List the offline parts: voices, weights, music, fonts; or add one."))
    add("doctor", commands.doctor, "Say what is missing on this machine and how to mend it.")
    render = add("render", commands.render, "Render a reel: its id, or a reel document in a file.")
    render.add_argument("reel", help="a reel's id, or the path of a reel.json")
    render.add_argument("--out", type=Path, help="folder for the files")
    render.add_argument("--platforms", type=_platforms, default=PLATFORMS, help="instagram,facebook,youtube,tiktok")
    _add_publishing(add)
    return parser


def _add_publishing(add: Add) -> None:
    _add_connect(add("connect", connect.connect, "Connect an account of Instagram, Facebook, YouTube or TikTok; without a platform, list yours."))
    _add_post(add("post", publish.post, "Post a finished reel now."))
    _add_schedule(add("schedule", publish.schedule, "Plan a post of a finished reel: for a time, for the next free slot, or many from a table."))
    calendar = add("calendar", publish.calendar, "Show what is posted and planned.")
    calendar.add_argument("--days", type=_days, default=publish.CALENDAR_DAYS, metavar="N", help=f"1 to 90 ({publish.CALENDAR_DAYS})")
    calendar.add_argument("--time-zone", default=None, metavar="NAME", help="such as Europe/Berlin (this machine's)")
    _add_posts(add("posts", publish.posts, "List the posts or their counts, or show, cancel, retry or settle one."))
    times = add("posting-times", counts.posting_times, "Show when your own posts did best, and how many posts that stands on.")
    times.add_argument("accounts", nargs="?", type=_names, default=(), metavar="ACCOUNT,ACCOUNT", help="platforms, handles or ids (all that are connected)")
    times.add_argument("--time-zone", default=None, metavar="NAME", help="such as Europe/Berlin (this machine's)")


def _add_connect(command: argparse.ArgumentParser) -> None:
    command.add_argument("platform", nargs="?", choices=PLATFORMS, metavar="PLATFORM", help="instagram, facebook, youtube or tiktok")
    command.add_argument("--way", choices=("facebook_login", "instagram_login"), default=None, help="how Instagram is reached (facebook_login)")
    command.add_argument("--account", action="append", metavar="NAME", help="which account or page, where the login reaches several")
    command.add_argument("--yes", action="store_true", help="answer the page of a stand-in on this machine by itself")


def _add_post(command: argparse.ArgumentParser) -> None:
    command.add_argument("reel", nargs="?", metavar="GENERATION|RENDER", help="its id (the newest finished one)")
    command.add_argument("--to", type=_names, required=True, metavar="ACCOUNT,ACCOUNT", help="platforms, handles or ids of connected accounts")
    _add_words(command)


def _add_schedule(command: argparse.ArgumentParser) -> None:
    command.add_argument("reel", nargs="?", metavar="GENERATION|RENDER", help="its id (the newest finished one)")
    command.add_argument("--to", type=_names, default=(), metavar="ACCOUNT,ACCOUNT", help="platforms, handles or ids of connected accounts")
    when = command.add_mutually_exclusive_group()
    when.add_argument("--at", metavar="TIME", help='"2026-12-24 18:30"')
    when.add_argument("--queue", action="store_true", help="the account's next free slot")
    when.add_argument("--csv", type=Path, metavar="FILE", help="a table: account,render_id,time,time_zone,caption,…")
    command.add_argument("--time-zone", default=None, metavar="NAME", help="such as Europe/Berlin (this machine's)")
    command.add_argument("--every", choices=("day", "week", "month"), default=None, help="it comes again")
    command.add_argument("--dry-run", action="store_true", help="look at the table and make nothing")
    _add_words(command)


def _add_words(command: argparse.ArgumentParser) -> None:
    command.add_argument("--caption", default=None, help="the text beside the reel (the plan's)")
    command.add_argument("--title", default=None, help="the title, where the platform has one (the plan's)")
    command.add_argument("--first-comment", default="", metavar="TEXT", help="what the account writes under the post (not on TikTok)")
    command.add_argument("--privacy", choices=("public", "friends", "followers", "unlisted", "private"), default=None, help="who may see it")
    command.add_argument("--ai", action="store_true", help="mark it as made with AI")


def _add_posts(command: argparse.ArgumentParser) -> None:
    command.add_argument("post", nargs="?", metavar="POST", help="a post's id")
    what = command.add_mutually_exclusive_group()
    what.add_argument("--cancel", action="store_true", help="cancel it")
    what.add_argument("--retry", action="store_true", help="try a failed one again")
    what.add_argument("--there", metavar="LINK", default=None, help="settle an unconfirmed one: it is on the account, at this address")
    what.add_argument("--not-there", action="store_true", help="settle an unconfirmed one: it is not on the account")
    what.add_argument("--metrics", action="store_true", help="what the platform counted: of one post over time, or of the newest ones")


def _add_make(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=Path, metavar="FOLDER", help="holds the photos and clips")
    command.add_argument("--prompt", default="", help="what the reel is about, and how it should feel")
    command.add_argument("--script", type=Path, metavar="FILE", help="what the voice says, as plain text")
    command.add_argument("--template", default="auto", metavar="NAME", help="`reelwright templates` lists them (auto: the one that suits)")
    command.add_argument("--platforms", type=_platforms, default=PLATFORMS, help="instagram,facebook,youtube,tiktok (all)")
    command.add_argument("--length", type=_length, default=30, metavar="SECONDS", help="5 to 90 (30)")
    command.add_argument("--language", default=None, help="en, es, de, …; found from the text where it is not given")
    command.add_argument("--handle", type=_handle, default="", metavar="NAME", help="your name on the networks, for the end card")
    command.add_argument("--keep-order", action="store_true", help="show the files in the order of their names")
    command.add_argument("--variants", type=_variants, default=1, metavar="N", help="1 to 3: the first in full, the others as small previews (1)")
    command.add_argument("--shape", choices=SHAPES, default=SHAPES[0], help="upright, portrait, square or lying (9:16)")
    command.add_argument("--voice", default="", metavar="NAME", help="`reelwright voices` lists them")
    command.add_argument("--glossary", type=_glossary, default=(), metavar="NAME,NAME", help="names as they are spelt, for captions of what is said")
    command.add_argument("--out", type=Path, metavar="DIR", help="folder for the reels (./reelwright-out/…)")


def _add_redo(command: argparse.ArgumentParser) -> None:
    command.add_argument("generation", help="its id, as `reelwright status` shows it")
    command.add_argument("--part", choices=redo.PARTS, required=True)
    command.add_argument("--text", default="", help="your own words for a hook or a title; without them the next best of your brief")
    command.add_argument("--shot", type=_shot, default=None, metavar="N", help="the shot's number in report.html")
    command.add_argument("--media", default="", metavar="ID|FILE", help="the picture that the shot shows: its id or its file's name; else the next best")
    command.add_argument("--voice", default="", metavar="NAME", help="another voice")
    command.add_argument("--music", default="", metavar="MOOD", help="another mood: calm, happy, …; without it another piece")
    command.add_argument("--out", type=Path, metavar="DIR", help="folder for the reels (./reelwright-out/…)")


def _add_voices(command: argparse.ArgumentParser) -> None:
    command.add_argument("--language", default=None, help="only those of a language: en, es, …")
    command.add_argument("--json", action="store_true", help="as JSON")
    command.add_argument("--play-to", type=Path, metavar="FILE", help="write a sample (WAV) of one voice")
    command.add_argument("--voice", default=None, metavar="NAME", help="which one; the usual one without it")


def _add_parts(command: argparse.ArgumentParser) -> None:
    command.set_defaults(action=None)
    actions = command.add_subparsers(dest="action", metavar="add")
    adding = actions.add_parser("add", help="fetch a part and install it", description="Fetch a part and install it, checked by its hash.")
    adding.add_argument("--data", type=Path, default=argparse.SUPPRESS, help="the platform's data directory")
    adding.add_argument("part", metavar="NAME|LANGUAGE", help="a part's name, or a language: es, fr, de, …")


def _add_demo(command: argparse.ArgumentParser) -> None:
    command.add_argument("--length", type=_length, default=15, metavar="SECONDS")
    command.add_argument("--variants", type=_variants, default=1, metavar="N")
    command.add_argument("--out", type=Path, default=Path("out/demo"), metavar="DIR")


def _platforms(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip().lower() for name in text.split(",") if name.strip()))
    unknown = [name for name in names if name not in PLATFORMS]
    if unknown or not names:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown) or 'nothing'} is not a platform; there are {', '.join(PLATFORMS)}")
    return names


def _names(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    if not names:
        raise argparse.ArgumentTypeError("name at least one account: instagram, @maya.sea, youtube:maya, account_…")
    return names


def _days(text: str) -> int:
    return _whole_number(text, 1, 90, "days")


def _handle(text: str) -> str:
    if text and not re.fullmatch(r"@?[\w.]{1,60}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a handle: 1 to 60 letters, digits, dots and underscores, with or without an @ before them")
    return text


def _length(text: str) -> int:
    return _whole_number(text, 5, 90, "seconds")


def _shot(text: str) -> int:
    return _whole_number(text, 1, 999, "a shot's number")


def _port(text: str) -> int:
    return _whole_number(text, 1024, 65535, "a port")


def _variants(text: str) -> int:
    return _whole_number(text, 1, 3, "variants")


def _glossary(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    if not names or len(names) > MAX_GLOSSARY or any(len(name) > MAX_NAME_CHARACTERS for name in names):
        raise argparse.ArgumentTypeError(f"1 to {MAX_GLOSSARY} names with commas between them, each of up to {MAX_NAME_CHARACTERS} characters")
    return names


def _whole_number(text: str, least: int, most: int, unit: str) -> int:
    if not text.isdigit() or not least <= int(text) <= most:
        raise argparse.ArgumentTypeError(f"{text!r} must be a whole number from {least} to {most} ({unit})")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
