"""The fault switch: what was done, and what the caller hears of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sandbox_wire import (
    NOW,
    Wire,
    bearer,
    begin_tiktok,
    google_token,
    google_tokens,
    meta_token,
    open_container,
    page_token,
    put_chunk,
    ready_container,
    send_to_rupload,
    start_youtube,
    tiktok_status,
    tiktok_token,
    upload_youtube,
)

from local.sandbox.accounts import CLIENT_ID, CLIENT_SECRET, INSTAGRAM, PAGE
from local.sandbox.client import SandboxClient
from local.sandbox.exchange import Cut
from local.sandbox.sandbox import OPERATIONS
from reelwright.kit.http_client import AnswerLost, HttpRequest, NotHeard

PUBLISH = f"/graph/v26.0/{INSTAGRAM}/media_publish"
PIECE = 262_144


def posts(wire: Wire) -> int:
    return len(wire.sandbox.list_posts(wire.now))


@pytest.mark.parametrize(
    ("kind", "was_reached", "is_posted"), [("not_heard", False, 0), ("cut_before", True, 0), ("cut_after", True, 1), ("cut_midway", True, 0)]
)
def test_a_cut_is_before_or_after_the_deed(wire: Wire, kind: str, was_reached: bool, is_posted: int) -> None:
    token = meta_token(wire)
    container = ready_container(wire, token)
    wire.sandbox.set_fault(kind, "instagram", "commit")
    with pytest.raises(Cut) as cut:
        wire.post(PUBLISH, as_token=token, creation_id=container)
    assert (cut.value.was_reached, posts(wire)) == (was_reached, is_posted)
    shown = wire.get(f"/graph/v26.0/{container}", token, fields="status_code").json["status_code"]
    assert shown == ("PUBLISHED" if is_posted else "FINISHED")


def test_a_fault_happens_as_often_as_it_was_set_after_as_many_calls_as_were_skipped(wire: Wire) -> None:
    token = meta_token(wire)
    wire.sandbox.set_fault("status", "instagram", "options", times=2, skip=1, status=503)
    seen = [wire.get(f"/graph/v26.0/{INSTAGRAM}/content_publishing_limit", token).status for _ in range(4)]
    assert seen == [200, 503, 503, 200]
    wire.sandbox.set_fault("status", "instagram", "*", times=None)
    assert {wire.get(f"/graph/v26.0/{INSTAGRAM}", token).status for _ in range(5)} == {500}
    wire.sandbox.clear_faults()
    assert wire.get(f"/graph/v26.0/{INSTAGRAM}", token).status == 200


def test_an_error_may_come_although_it_was_done(wire: Wire) -> None:
    token = meta_token(wire)
    container = ready_container(wire, token)
    wire.sandbox.set_fault("status", "instagram", "commit", is_done=True)
    assert wire.post(PUBLISH, token, creation_id=container).status == 500
    assert posts(wire) == 1


@pytest.mark.parametrize("code", ["9/2207042", "4/2207051", "-1/2207001", "190/463", "368", "25/2207050"])
def test_any_error_of_metas_tables_can_be_made(wire: Wire, code: str) -> None:
    token = meta_token(wire)
    wire.sandbox.set_fault("error", "instagram", "commit", code=code)
    error = wire.post(PUBLISH, token, creation_id="1").json["error"]
    number, _, subcode = code.partition("/")
    assert (error["code"], str(error.get("error_subcode", ""))) == (int(number), subcode)


@pytest.mark.parametrize(("reason", "status"), [("quotaExceeded", 403), ("uploadLimitExceeded", 400), ("authError", 401), ("rateLimitExceeded", 403)])
def test_any_reason_of_youtubes_tables_can_be_made(wire: Wire, reason: str, status: int) -> None:
    wire.sandbox.set_fault("error", "youtube", "open", code=reason)
    refused = start_youtube(wire, google_token(wire), 5)
    assert (refused.status, refused.json["error"]["errors"][0]["reason"]) == (status, reason)


def test_any_code_of_tiktoks_tables_can_be_made(wire: Wire) -> None:
    token = tiktok_token(wire)
    for code, status in (("spam_risk_too_many_posts", 403), ("rate_limit_exceeded", 429), ("access_token_invalid", 401), ("internal_error", 500)):
        wire.sandbox.set_fault("error", "tiktok", "open", code=code)
        refused = begin_tiktok(wire, token, 5)
        assert (refused.status, refused.json["error"]["code"]) == (status, code)


@pytest.mark.parametrize("kind", ["expired_token", "quota", "rate_limit", "html", "status"])
def test_every_sort_of_refusal_is_spoken_in_every_vendors_words(wire: Wire, kind: str) -> None:
    meta, youtube, tiktok = page_token(wire), google_token(wire), tiktok_token(wire)
    wire.sandbox.set_fault(kind, times=None)
    replies = [
        wire.get(f"/graph/v26.0/{PAGE}", meta),
        start_youtube(wire, youtube, 5),
        begin_tiktok(wire, tiktok, 5),
    ]
    assert all(reply.status >= 400 for reply in replies)
    if kind != "html":
        assert [bool(reply.json["error"]["code"]) for reply in replies] == [True] * 3


def test_a_token_call_fails_in_the_words_of_oauth(wire: Wire) -> None:
    tokens = google_tokens(wire)
    wire.sandbox.set_fault("error", "youtube", "refresh", code="invalid_grant")
    sent = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    refused = wire.post("/google-oauth/token", **sent)
    assert (refused.status, refused.json["error"]) == (400, "invalid_grant")
    assert wire.post("/google-oauth/token", **sent).status == 200


def test_a_youtube_piece_that_is_cut_keeps_its_whole_pieces_and_a_lost_last_answer_is_found_by_a_probe(wire: Wire) -> None:
    token, content = google_token(wire), bytes(PIECE * 4)
    address = start_youtube(wire, token, len(content)).headers["location"]
    wire.sandbox.set_fault("cut_midway", "youtube", "send")
    sent = content[: PIECE * 3]
    with pytest.raises(Cut):
        wire.call("PUT", address, body=sent, content_range=f"bytes 0-{len(sent) - 1}/{len(content)}")
    assert wire.call("PUT", address, content_range=f"bytes */{len(content)}").headers["range"] == f"bytes=0-{PIECE - 1}"
    wire.sandbox.set_fault("cut_after", "youtube", "send")
    with pytest.raises(Cut):
        wire.call("PUT", address, body=content[PIECE:], content_range=f"bytes {PIECE}-{len(content) - 1}/{len(content)}")
    assert wire.call("PUT", address, content_range=f"bytes */{len(content)}").status == 200


def test_a_rupload_that_is_cut_tells_its_offset(wire: Wire) -> None:
    token = meta_token(wire)
    uri = open_container(wire, token).json["uri"]
    wire.sandbox.set_fault("cut_midway", "instagram", "send")
    with pytest.raises(Cut):
        send_to_rupload(wire, uri, token, bytes(100))
    assert wire.call("GET", uri, authorization=f"OAuth {token}").json == {"offset": 50}


def test_tiktoks_last_chunk_is_its_commit_and_a_cut_one_is_not_kept(wire: Wire) -> None:
    token = tiktok_token(wire)
    data = begin_tiktok(wire, token, 10).json["data"]
    wire.sandbox.set_fault("cut_midway", "tiktok", "commit")
    with pytest.raises(Cut):
        put_chunk(wire, data["upload_url"], bytes(10), 0, 10)
    assert tiktok_status(wire, token, data["publish_id"])["uploaded_bytes"] == 0
    wire.sandbox.set_fault("cut_after", "tiktok", "commit")
    with pytest.raises(Cut):
        put_chunk(wire, data["upload_url"], bytes(10), 0, 10)
    wire.pass_time(2)
    assert tiktok_status(wire, token, data["publish_id"])["status"] == "PUBLISH_COMPLETE"


def test_processing_may_fail_or_never_end(wire: Wire) -> None:
    token, youtube = tiktok_token(wire), google_token(wire)
    wire.sandbox.set_fault("processing_fails", "tiktok", "processing", code="spam_risk_text")
    data = begin_tiktok(wire, token, 5).json["data"]
    put_chunk(wire, data["upload_url"], b"video", 0, 5)
    wire.pass_time(2)
    assert tiktok_status(wire, token, data["publish_id"])["fail_reason"] == "spam_risk_text"
    wire.sandbox.set_fault("processing_fails", "youtube", code="rejected:duplicate")
    key = upload_youtube(wire, youtube)
    status = bearer(wire, "GET", f"/google-api/youtube/v3/videos?part=status&id={key}", youtube).json["items"][0]["status"]
    assert (status["uploadStatus"], status["rejectionReason"]) == ("rejected", "duplicate")
    meta = meta_token(wire)
    wire.sandbox.set_fault("processing_never_ends", "instagram")
    container = ready_container(wire, meta)
    wire.pass_time(80_000)
    assert wire.get(f"/graph/v26.0/{container}", meta, fields="status_code").json["status_code"] == "IN_PROGRESS"


def test_one_call_can_be_picked_by_what_it_says(wire: Wire) -> None:
    token = meta_token(wire)
    wire.sandbox.set_fault("status", "instagram", "open", contains="second")
    assert [open_container(wire, token, caption=word).status for word in ("first", "second", "third")] == [200, 500, 200]


def test_faults_are_set_and_seen_at_the_control_address(wire: Wire) -> None:
    assert wire.call("POST", "/_control/faults", document={"kind": "slow", "vendor": "youtube", "seconds": 3}).status == 200
    assert wire.get("/_control/faults").json["faults"][0]["kind"] == "slow"
    assert wire.call("POST", "/_control/faults", document={"kind": "flood"}).status == 400
    assert wire.call("POST", "/_control/faults", document={"kind": "slow", "shoe": 1}).status == 400
    assert wire.call("DELETE", "/_control/faults").json == {"faults": []}
    assert wire.get("/_control/operations").json == {vendor: list(names) for vendor, names in OPERATIONS.items()}


def client_of(wire: Wire) -> SandboxClient:
    return SandboxClient(wire.sandbox, lambda: datetime.fromtimestamp(NOW, UTC))


@pytest.mark.parametrize(("kind", "error"), [("not_heard", NotHeard), ("cut_before", AnswerLost), ("cut_after", AnswerLost), ("cut_midway", AnswerLost)])
def test_the_client_in_process_hears_cuts_as_the_product_knows_them(wire: Wire, kind: str, error: type[Exception]) -> None:
    wire.sandbox.set_fault(kind, "tiktok")
    with pytest.raises(error):
        client_of(wire).send(HttpRequest("GET", "http://sandbox.test/tiktok-open/v2/user/info/", params={"fields": "open_id"}))


def test_the_client_in_process_speaks_as_one_over_sockets(wire: Wire) -> None:
    token = page_token(wire)
    client = client_of(wire)
    graph = "http://anywhere.test/graph/v26.0"
    shown = client.send(HttpRequest("GET", f"{graph}/{PAGE}", params={"fields": "name"}, headers={"Authorization": f"Bearer {token}"}))
    assert shown.read_json() == {"name": "Maya Makes", "id": PAGE}
    started = client.send(HttpRequest("POST", f"{graph}/{PAGE}/video_reels", form={"upload_phase": "start", "access_token": token})).read_json()
    assert started["upload_url"].startswith("http://anywhere.test/rupload/")
    files = {"source": ("cover.jpg", b"\xff\xd8picture", "image/jpeg")}
    answer = client.send(HttpRequest("POST", f"{graph}/{started['video_id']}/thumbnails", form={"access_token": token}, files=files))
    assert answer.read_json() == {"success": True}


def test_a_slow_answer_is_lost_for_who_does_not_wait(wire: Wire) -> None:
    waited: list[float] = []
    wire.sandbox._sleep = waited.append
    request = HttpRequest("GET", "http://sandbox.test/tiktok-open/v2/user/info/", timeout_seconds=5)
    wire.sandbox.set_fault("slow", seconds=3)
    assert client_of(wire).send(request).status == 401
    wire.sandbox.set_fault("slow", seconds=30)
    with pytest.raises(AnswerLost):
        client_of(wire).send(request)
    assert waited == [3]


def test_an_upload_whose_last_byte_came_just_before_a_kill_is_whole(wire: Wire) -> None:
    meta, youtube, tiktok = meta_token(wire), google_token(wire), tiktok_token(wire)
    files = wire.sandbox.grounds.files
    address = start_youtube(wire, youtube, 5).headers["location"]
    files.append(address.rpartition("upload_id=")[2], b"video")
    assert wire.call("PUT", address, content_range="bytes */5").status == 200
    data = begin_tiktok(wire, tiktok, 5).json["data"]
    files.append(data["publish_id"], b"video")
    tiktok_status(wire, tiktok, data["publish_id"])
    opened = open_container(wire, meta).json
    files.append(opened["id"], b"video")
    assert send_to_rupload(wire, opened["uri"], meta, b"", offset=5, size=5).json["success"] is True
    wire.pass_time(2)
    assert tiktok_status(wire, tiktok, data["publish_id"])["status"] == "PUBLISH_COMPLETE"


def test_what_was_called_is_written_down(wire: Wire) -> None:
    token = meta_token(wire)
    container = ready_container(wire, token)
    wire.post(PUBLISH, token, creation_id=container)
    calls: list[dict[str, Any]] = wire.get("/_control/calls").json["calls"]
    assert [call["operation"] for call in calls] == ["consent", "token", "lengthen", "open", "send", "commit"]
    assert "access_token" not in str(calls[-1])
