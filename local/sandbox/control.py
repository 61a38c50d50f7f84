"""What tests and the curious may do to the stand-ins: ``/_control/…``. Bodies and answers are JSON.

GET  /_control/health
GET  /_control/posts                       what stands on the accounts
GET  /_control/calls                       the last calls: vendor, operation, status (null: no answer)
GET  /_control/operations                  every vendor and operation that a fault may name
GET  POST DELETE /_control/faults          the fault switch (faults.py says what a fault is)
GET  POST /_control/settings               the switches (settings.py)
GET  POST /_control/clock                  {"advance_seconds": 3600}, {"freeze": true}, {"freeze": false}
POST /_control/expire                      {"vendor": "tiktok", "kind": "access", "reason": "expired"}: ends tokens
GET  POST /_control/accounts               accounts; a POST adds or changes one
POST /_control/reset                       forgets everything but the accounts
GET  /_control/video/KEY · cover/KEY · picture/KEY
"""

from __future__ import annotations

import re
from dataclasses import asdict, fields
from typing import Any

from local.sandbox.accounts import default_accounts
from local.sandbox.exchange import Answer, Call, json_answer
from local.sandbox.faults import Fault
from local.sandbox.grounds import Grounds
from local.sandbox.inspect_video import read_frame
from local.sandbox.posts import list_posts
from local.sandbox.records import Account, Note, Token, Upload
from local.sandbox.routes import Route
from local.sandbox.settings import SandboxSettings

SETTINGS_NOTE = "settings"
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_GREY_SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8' width='96' height='96'><rect width='8' height='8' fill='#1f5f4a'/>"
    "<circle cx='4' cy='3' r='1.4' fill='#f6f5f2'/><path d='M1 8a3 3 0 0 1 6 0z' fill='#f6f5f2'/></svg>"
)


def read_health(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """That it answers, and its time."""
    return json_answer({"status": "ok", "now": call.now})


def read_posts(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """What stands on the accounts."""
    return json_answer({"posts": [asdict(post) for post in list_posts(grounds, call.now)]})


def change_faults(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """Reads, sets or clears faults."""
    if call.method == "DELETE":
        grounds.faults.clear()
    if call.method == "POST":
        try:
            grounds.faults.set(Fault.read(call.document))
        except (ValueError, TypeError) as error:
            return json_answer({"error": str(error)}, 400)
    return json_answer({"faults": [asdict(fault) for fault in grounds.faults.list()]})


def change_settings(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """Reads or changes the switches."""
    if call.method == "POST":
        try:
            grounds.settings = grounds.settings.change(call.document)
        except ValueError as error:
            return json_answer({"error": str(error)}, 400)
        grounds.store.put(Note(SETTINGS_NOTE, asdict(grounds.settings)))
    return json_answer(asdict(grounds.settings))


def read_settings(content: dict[str, Any]) -> SandboxSettings:
    """Settings as they were kept; what another version knew is left out."""
    known = {entry.name for entry in fields(SandboxSettings)}
    return SandboxSettings(**{name: value for name, value in content.items() if name in known})


def end_tokens(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``reason``: expired, revoked, password, checkpoint, invalid. Only tokens of the ``vendor`` and ``kind``, where they are given."""
    wanted = call.document
    ended = 0
    for token in list(grounds.store.all(Token)):
        if wanted.get("vendor", token.vendor) == token.vendor and wanted.get("kind", token.kind) == token.kind and not token.ended:
            token.ended = str(wanted.get("reason", "expired"))
            grounds.store.put(token)
            ended += 1
    return json_answer({"ended": ended})


def change_accounts(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """Reads, adds or changes accounts."""
    if call.method == "POST":
        try:
            grounds.store.put(Account(**call.document))
        except TypeError as error:
            return json_answer({"error": str(error)}, 400)
    return json_answer({"accounts": [vars(account) for account in grounds.store.all(Account)]})


def reset(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """Forgets everything but the accounts."""
    accounts = list(grounds.store.all(Account)) or default_accounts()
    grounds.store.clear()
    grounds.files.clear()
    grounds.faults.clear()
    grounds.calls_at.clear()
    grounds.settings = SandboxSettings()
    for account in accounts:
        grounds.store.put(account)
    return json_answer({"status": "ok"})


def send_video(grounds: Grounds, call: Call, match: re.Match[str]) -> Answer:
    """The file, or a range of it, so that players can seek."""
    key = match["key"]
    size = grounds.files.size(key)
    if grounds.store.find(Upload, key) is None or not size:
        return json_answer({"error": "There is no such video."}, 404)
    kind = {"content-type": "video/mp4", "accept-ranges": "bytes"}
    found = _RANGE.fullmatch(call.headers.get("range", ""))
    if found is None or not any(found.groups()):
        return Answer(200, kind, grounds.files.read(key))
    start = int(found[1]) if found[1] else max(size - int(found[2]), 0)
    end = min(int(found[2]) + 1, size) if found[1] and found[2] else size
    if start >= end:
        return Answer(416, {"content-range": f"bytes */{size}", "content-length": "0"})
    return Answer(206, {**kind, "content-range": f"bytes {start}-{end - 1}/{size}"}, grounds.files.read(key, start, end))


def send_cover(grounds: Grounds, call: Call, match: re.Match[str]) -> Answer:
    """A post's own cover, else the frame that was chosen for it, else the first one, else the picture of everybody."""
    upload = grounds.store.find(Upload, match["key"])
    if upload is None:
        return json_answer({"error": "There is no such post."}, 404)
    name = f"{upload.key}.cover" if upload.has_cover else f"{upload.key}.frame"
    if not grounds.files.size(name) and upload.completed_at is not None and grounds.files.size(upload.key):
        with grounds.files.open(upload.key) as file:
            grounds.files.append(name, read_frame(file, _cover_seconds(upload)))
    if not grounds.files.size(name):
        return send_picture(grounds, call, match)
    picture = grounds.files.read(name)
    return Answer(200, {"content-type": "image/png" if picture.startswith(b"\x89PNG") else "image/jpeg"}, picture)


def _cover_seconds(upload: Upload) -> float:
    """Instagram's ``thumb_offset`` and TikTok's ``video_cover_timestamp_ms``."""
    chosen = str(upload.said.get("thumb_offset") or upload.said.get("video_cover_timestamp_ms") or "0")
    return float(chosen) / 1000 if chosen.replace(".", "", 1).isdigit() else 0.0


def send_picture(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """The picture of every invented person."""
    return Answer(200, {"content-type": "image/svg+xml", "content-security-policy": "default-src 'none'"}, _GREY_SVG.encode())


ROUTES = (
    Route.of("sandbox", "GET HEAD", r"/_control/health", "control", read_health),
    Route.of("sandbox", "GET", r"/_control/posts", "control", read_posts),
    Route.of("sandbox", "GET POST DELETE", r"/_control/faults", "control", change_faults),
    Route.of("sandbox", "GET POST", r"/_control/settings", "control", change_settings),
    Route.of("sandbox", "POST", r"/_control/expire", "control", end_tokens),
    Route.of("sandbox", "GET POST", r"/_control/accounts", "control", change_accounts),
    Route.of("sandbox", "POST", r"/_control/reset", "control", reset),
    Route.of("sandbox", "GET HEAD", r"/_control/video/(?P<key>[^/]+)", "control", send_video),
    Route.of("sandbox", "GET HEAD", r"/_control/cover/(?P<key>[^/]+)", "control", send_cover),
    Route.of("sandbox", "GET HEAD", r"/_control/picture/(?P<key>[^/]+)", "control", send_picture),
)
