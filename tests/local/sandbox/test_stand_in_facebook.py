"""A page's reels: start, bytes, finish, status, schedule, limits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sandbox_wire import Reply, Wire, meta_token, page_token, send_to_rupload

from local.sandbox.accounts import PAGE, PAGE_WITHOUT_RIGHT

REELS = f"/graph/v26.0/{PAGE}/video_reels"
DAY = 86_400


def start(wire: Wire, token: str, content: bytes = b"video") -> str:
    started = wire.post(REELS, token, upload_phase="start").json
    assert "/rupload/video-upload/v26.0/" in started["upload_url"]
    assert send_to_rupload(wire, started["upload_url"], token, content).json["success"] is True
    return str(started["video_id"])


def finish(wire: Wire, token: str, video: str, **said: str) -> Reply:
    return wire.post(REELS, token, **{"upload_phase": "finish", "video_id": video, "video_state": "PUBLISHED", "description": "Hello", **said})


def status_of(wire: Wire, token: str, video: str) -> dict[str, Any]:
    return dict(wire.get(f"/graph/v26.0/{video}", token, fields="status").json["status"])


def test_a_reel_goes_through_its_phases_to_its_page(wire: Wire) -> None:
    token = page_token(wire)
    started = wire.post(REELS, token, upload_phase="start").json
    video = started["video_id"]
    assert status_of(wire, token, video)["video_status"] == "uploading"
    send_to_rupload(wire, started["upload_url"], token, b"video")
    sent = status_of(wire, token, video)
    assert sent["uploading_phase"] == {"status": "complete", "bytes_transfered": 5, "source_file_size": 5}
    assert (sent["processing_phase"]["status"], sent["publishing_phase"]["status"]) == ("in_progress", "not_started")
    finished = finish(wire, token, video, is_ai_generated="true").json
    assert finished["success"] is True
    assert finished["post_id"].startswith(PAGE)
    assert status_of(wire, token, video)["publishing_phase"]["status"] == "not_started"
    wire.pass_time(2)
    over = status_of(wire, token, video)
    assert (over["video_status"], over["publishing_phase"]["status"], over["publishing_phase"]["publish_status"]) == ("ready", "complete", "published")
    link = wire.get(f"/graph/v26.0/{video}", token, fields="permalink_url").json["permalink_url"]
    assert "Hello" in wire.call("GET", f"/facebook-www{link}").body.decode()
    (post,) = wire.sandbox.list_posts(wire.now)
    assert (post.is_visible, post.is_ai_generated) == (True, True)


def test_a_second_finish_makes_no_second_post(wire: Wire) -> None:
    token = page_token(wire)
    video = start(wire, token)
    first, second = finish(wire, token, video).json, finish(wire, token, video).json
    assert first == second
    wire.pass_time(2)
    assert len(wire.get(REELS, token, fields="id").json["data"]) == 1


def test_only_the_pages_own_token_and_a_person_who_may_create_content_can_post(wire: Wire) -> None:
    user = meta_token(wire)
    assert "No permission to publish the video" in wire.post(REELS, user, upload_phase="start").json["error"]["message"]
    elsewhere = page_token(wire, PAGE_WITHOUT_RIGHT)
    refused = wire.post(f"/graph/v26.0/{PAGE_WITHOUT_RIGHT}/video_reels", elsewhere, upload_phase="start")
    assert (refused.status, refused.json["error"]["code"]) == (403, 100)


def test_finishing_without_a_video_is_refused(wire: Wire) -> None:
    token = page_token(wire)
    video = wire.post(REELS, token, upload_phase="start").json["video_id"]
    assert finish(wire, token, video).json["error"]["code"] == 100


@pytest.mark.parametrize(("ahead", "is_taken"), [(540, False), (660, True), (29 * DAY, True), (31 * DAY, False)])
def test_a_schedule_lies_ten_minutes_to_thirty_days_ahead(wire: Wire, ahead: int, is_taken: bool) -> None:
    token = page_token(wire)
    video = start(wire, token)
    reply = finish(wire, token, video, video_state="SCHEDULED", scheduled_publish_time=str(int(wire.now) + ahead))
    assert (reply.status == 200) is is_taken
    if is_taken:
        assert status_of(wire, token, video)["publishing_phase"]["publish_status"] == "scheduled"
        wire.pass_time(ahead + 1)
        assert status_of(wire, token, video)["publishing_phase"]["status"] == "complete"


def test_the_thirty_first_reel_of_a_day_is_refused(wire: Wire) -> None:
    token = page_token(wire)
    for _ in range(30):
        assert finish(wire, token, start(wire, token)).status == 200
    video = start(wire, token)
    refused = finish(wire, token, video)
    assert (refused.json["error"]["code"], refused.json["error"]["error_subcode"]) == (32, 1390008)
    wire.pass_time(DAY + 1)
    assert finish(wire, token, video).status == 200


def test_a_draft_is_never_published_and_a_cancelled_upload_is_gone(wire: Wire) -> None:
    token = page_token(wire)
    draft, cancelled = start(wire, token), start(wire, token)
    finish(wire, token, draft, video_state="DRAFT")
    wire.post(REELS, token, upload_phase="cancel", video_id=cancelled)
    wire.pass_time(DAY)
    assert status_of(wire, token, draft)["publishing_phase"] == {"status": "not_started", "publish_status": "draft"}
    assert finish(wire, token, cancelled).status == 400


@pytest.mark.parametrize("clip", ["short_clip", "wide_clip"])
def test_a_video_that_does_not_fit_is_an_error_of_its_processing(looking_wire: Wire, clip: str, request: pytest.FixtureRequest) -> None:
    wire, token = looking_wire, page_token(looking_wire)
    content = Path(request.getfixturevalue(clip)).read_bytes()
    video = start(wire, token, content)
    finish(wire, token, video)
    wire.pass_time(2)
    status = status_of(wire, token, video)
    assert (status["video_status"], status["processing_phase"]["status"], status["publishing_phase"]["status"]) == ("error", "error", "error")
    assert "2069019" in status["processing_phase"]["error"]["message"]


def test_a_cover_likes_and_plays_are_told(wire: Wire) -> None:
    token = page_token(wire)
    video = start(wire, token)
    finish(wire, token, video)
    body = b'--b\r\nContent-Disposition: form-data; name="source"; filename="c.jpg"\r\n\r\n\xff\xd8picture\r\n--b\r\n'
    body += b'Content-Disposition: form-data; name="is_preferred"\r\n\r\ntrue\r\n--b--\r\n'
    address = f"/graph/v26.0/{video}/thumbnails?access_token={token}"
    assert wire.call("POST", address, body=body, content_type="multipart/form-data; boundary=b").json == {"success": True}
    wire.pass_time(DAY)
    shown = wire.get(f"/graph/v26.0/{video}", token, fields="likes.summary(true).limit(0),comments.summary(true).limit(0),views").json
    assert shown["views"] > shown["likes"]["summary"]["total_count"] > 0
    insight = wire.get(f"/graph/v26.0/{video}/video_insights", token, metric="blue_reels_play_count").json["data"][0]
    assert insight["values"][0]["value"] == shown["views"]
    assert wire.sandbox.list_posts(wire.now)[0].has_cover is True
