"""Instagram's reels: containers, status, the publishing call, quota, refusals, counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sandbox_wire import (
    INSTAGRAM_SCOPES,
    META_SCOPES,
    Wire,
    instagram_token,
    meta_token,
    open_container,
    page_token,
    publish_reel,
    ready_container,
    send_to_rupload,
)

from local.sandbox.accounts import INSTAGRAM, PAGE_WITHOUT_RIGHT
from local.sandbox.inspect_video import PLAIN_FACTS
from local.sandbox.sandbox import Sandbox

GRAPH = f"/graph/v26.0/{INSTAGRAM}"
DAY = 86_400


def status_of(wire: Wire, token: str, container: str) -> str:
    return str(wire.get(f"/graph/v26.0/{container}", token, fields="status_code").json["status_code"])


def error_of(reply: object) -> str:
    error = reply.json["error"]  # type: ignore[attr-defined]
    return f"{error['code']}/{error.get('error_subcode', '')}".rstrip("/")


def test_a_reel_goes_from_container_to_permalink(wire: Wire) -> None:
    token = meta_token(wire)
    opened = open_container(wire, token, caption="Low tide", is_ai_generated="true", share_to_feed="true").json
    assert "/rupload/ig-api-upload/v26.0/" in opened["uri"]
    assert status_of(wire, token, opened["id"]) == "IN_PROGRESS"
    assert send_to_rupload(wire, opened["uri"], token, b"video").json == {"success": True, "message": "Upload successful."}
    assert status_of(wire, token, opened["id"]) == "IN_PROGRESS"
    wire.pass_time(2)
    assert status_of(wire, token, opened["id"]) == "FINISHED"
    media = wire.post(f"{GRAPH}/media_publish", token, creation_id=opened["id"]).json["id"]
    assert status_of(wire, token, opened["id"]) == "PUBLISHED"
    shown = wire.get(f"/graph/v26.0/{media}", token, fields="id,permalink,media_type,media_product_type,shortcode,timestamp").json
    assert (shown["media_type"], shown["media_product_type"]) == ("VIDEO", "REELS")
    assert wire.call("GET", shown["permalink"]).body.decode().count("Low tide") >= 1
    (post,) = wire.sandbox.list_posts(wire.now)
    assert (post.platform, post.caption, post.is_ai_generated) == ("instagram", "Low tide", True)


def test_publishing_before_it_is_ready_is_refused_and_posts_nothing(wire: Wire) -> None:
    token = meta_token(wire)
    opened = open_container(wire, token).json
    send_to_rupload(wire, opened["uri"], token, b"video")
    refused = wire.post(f"{GRAPH}/media_publish", token, creation_id=opened["id"])
    assert (refused.status, error_of(refused)) == (400, "9007/2207027")
    assert wire.sandbox.list_posts(wire.now) == []


def test_a_container_is_published_once(wire: Wire) -> None:
    token = meta_token(wire)
    container = ready_container(wire, token)
    assert wire.post(f"{GRAPH}/media_publish", token, creation_id=container).status == 200
    assert error_of(wire.post(f"{GRAPH}/media_publish", token, creation_id=container)) == "24/2207008"
    assert len(wire.sandbox.list_posts(wire.now)) == 1


def test_an_unpublished_container_expires_after_a_day(wire: Wire) -> None:
    token = meta_token(wire)
    container = ready_container(wire, token)
    wire.pass_time(DAY)
    assert status_of(wire, token, container) == "EXPIRED"
    assert error_of(wire.post(f"{GRAPH}/media_publish", token, creation_id=container)) == "-2/2207020"
    assert error_of(wire.post(f"{GRAPH}/media_publish", token, creation_id="17890000000000000")) == "24/2207006"


def test_the_quota_is_read_at_run_time_and_held(wire: Wire) -> None:
    wire.sandbox.change_settings(instagram_quota=2)
    token = meta_token(wire)
    publish_reel(wire, token)
    publish_reel(wire, token)
    limit = wire.get(f"{GRAPH}/content_publishing_limit", token, fields="config,quota_usage").json["data"][0]
    assert limit == {"config": {"quota_total": 2, "quota_duration": DAY}, "quota_usage": 2}
    assert wire.get(f"{GRAPH}/content_publishing_limit", token).json == {"data": [{"quota_usage": 2}]}
    container = ready_container(wire, token)
    assert error_of(wire.post(f"{GRAPH}/media_publish", token, creation_id=container)) == "9/2207042"
    wire.pass_time(DAY - 60)
    assert wire.get(f"{GRAPH}/content_publishing_limit", token).json["data"][0]["quota_usage"] == 2
    wire.pass_time(61)
    publish_reel(wire, token)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"media_type": "FILM"}, "100/2207023"),
        ({"caption": "x" * 2201}, "36004/2207010"),
        ({"caption": "@a " * 21}, "100/2207040"),
        ({"caption": "#a " * 31}, "100/2207040"),
        ({"thumb_offset": "-1"}, "1/2207057"),
        ({"collaborators": json.dumps(["a", "b", "c", "d"])}, "100"),
        ({"video_url": "https://example.test/video.mp4"}, "100"),
        ({"upload_type": ""}, "100"),
    ],
)
def test_a_container_that_breaks_a_rule_is_refused(wire: Wire, said: dict[str, str], code: str) -> None:
    refused = open_container(wire, meta_token(wire), **said)
    assert (refused.status, error_of(refused)) == (400, code)


def test_the_upload_host_wants_oauth_and_not_bearer(wire: Wire) -> None:
    token = meta_token(wire)
    uri = open_container(wire, token).json["uri"]
    assert wire.call("POST", uri, body=b"video", authorization=f"Bearer {token}", offset="0", file_size="5").status == 401
    assert wire.call("POST", uri, body=b"video", authorization=f"OAuth {token}", offset="0", file_size="5").json["success"] is True


def test_an_upload_goes_on_where_it_stopped(wire: Wire) -> None:
    token = meta_token(wire)
    uri = open_container(wire, token).json["uri"]
    part = send_to_rupload(wire, uri, token, b"abc", size=9)
    assert (part.status, part.json["debug_info"]["type"], part.json["debug_info"]["retriable"]) == (400, "PartialRequestError", True)
    assert wire.call("GET", uri, authorization=f"OAuth {token}").json == {"offset": 3}
    assert send_to_rupload(wire, uri, token, b"xyz", offset=5, size=9).json["debug_info"]["type"] == "OffsetMismatchError"
    assert send_to_rupload(wire, uri, token, b"defghi", offset=3, size=9).json["success"] is True
    assert wire.sandbox.grounds.files.read(uri.rpartition("/")[2]) == b"abcdefghi"


def test_a_failed_upload_may_say_so_with_status_200(wire: Wire) -> None:
    wire.sandbox.change_settings(are_upload_failures_ok=True)
    token = meta_token(wire)
    failed = send_to_rupload(wire, open_container(wire, token).json["uri"], token, b"abc", size=9)
    assert (failed.status, "success" in failed.json) == (200, False)


def test_with_instagram_login_the_video_is_fetched_from_an_address(looking_wire: Wire, reel: Path) -> None:
    wire = looking_wire
    token = instagram_token(wire)
    graph = "/instagram-graph/v26.0"
    refused = wire.post(f"{graph}/{INSTAGRAM}/media", token, media_type="REELS", upload_type="resumable")
    assert error_of(refused) == "100"
    missing = wire.post(f"{graph}/{INSTAGRAM}/media", token, media_type="REELS", video_url="http://127.0.0.1:9/none.mp4").json["id"]
    wire.get(f"{graph}/{missing}", token, fields="status_code")
    wire.pass_time(2)
    broken = wire.get(f"{graph}/{missing}", token, fields="status_code,status").json
    assert (broken["status_code"], broken["status"]) == ("ERROR", "Error: Media upload has failed with error code 2207052")


@pytest.mark.parametrize("kind", ["not a video", "too short"])
def test_a_video_that_does_not_fit_fails_in_its_processing(looking_wire: Wire, short_clip: Path, kind: str) -> None:
    wire, token = looking_wire, ""
    token = meta_token(wire)
    container = ready_container(wire, token, b"not a video" if kind == "not a video" else short_clip.read_bytes())
    shown = wire.get(f"/graph/v26.0/{container}", token, fields="status_code,status").json
    assert (shown["status_code"], shown["status"]) == ("ERROR", "Error: Media upload has failed with error code 2207026")
    assert error_of(wire.post(f"{GRAPH}/media_publish", token, creation_id=container)) == "-1/2207032"


def test_a_real_reel_is_taken(looking_wire: Wire, reel: Path) -> None:
    token = meta_token(looking_wire)
    publish_reel(looking_wire, token, reel.read_bytes())
    assert len(looking_wire.sandbox.list_posts(looking_wire.now)) == 1


def test_rights_that_were_not_granted_are_missed(wire: Wire) -> None:
    token = meta_token(wire, scopes="instagram_basic,pages_show_list")
    refused = open_container(wire, token)
    assert (refused.status, refused.json["error"]["code"]) == (403, 10)
    elsewhere = page_token(wire, PAGE_WITHOUT_RIGHT)
    assert wire.get(GRAPH, elsewhere, fields="username").json["error"]["code"] == 100


def test_counts_grow_with_the_clock_and_need_their_right(wire: Wire) -> None:
    token = meta_token(wire)
    media = publish_reel(wire, token)
    seen = []
    for _ in range(3):
        wire.pass_time(6 * 3600)
        metrics = wire.get(f"/graph/v26.0/{media}/insights", token, metric="views,likes,comments,shares").json["data"]
        seen.append({entry["name"]: entry["values"][0]["value"] for entry in metrics})
    assert seen[0]["views"] < seen[1]["views"] < seen[2]["views"]
    counted = wire.get(f"/graph/v26.0/{media}", token, fields="like_count,comments_count").json
    assert (counted["like_count"], counted["comments_count"]) == (seen[2]["likes"], seen[2]["comments"])
    assert wire.get(f"/graph/v26.0/{media}/insights", token, metric="plays").json["error"]["code"] == 100
    poor = meta_token(wire, META_SCOPES.replace("instagram_manage_insights", "email"))
    assert wire.get(f"/graph/v26.0/{media}/insights", poor, metric="views").json["error"]["code"] == 10


def test_an_account_lists_its_reels_newest_first_and_page_by_page(wire: Wire) -> None:
    token = meta_token(wire)
    ids = [publish_reel(wire, token, caption=str(number)) for number in range(3)]
    first = wire.get(f"{GRAPH}/media", token, fields="id,caption,timestamp", limit="2").json
    assert [entry["caption"] for entry in first["data"]] == ["2", "1"]
    after = first["paging"]["cursors"]["after"]
    assert [entry["id"] for entry in wire.get(f"{GRAPH}/media", token, fields="id", limit="2", after=after).json["data"]] == [ids[0]]


def test_answers_tell_how_much_of_the_limits_is_used(wire: Wire) -> None:
    headers = wire.get(GRAPH, meta_token(wire), fields="username").headers
    assert set(json.loads(headers["x-app-usage"])) == {"call_count", "total_time", "total_cputime"}
    assert json.loads(headers["x-business-use-case-usage"])[INSTAGRAM][0]["type"] == "instagram"


def test_both_logins_reach_the_same_account() -> None:
    wire = Wire(Sandbox(assumed=PLAIN_FACTS))
    media = publish_reel(wire, meta_token(wire), caption="seen by both")
    shown = wire.get(f"/instagram-graph/v26.0/{media}", instagram_token(wire, INSTAGRAM_SCOPES), fields="caption").json
    assert shown["caption"] == "seen by both"
