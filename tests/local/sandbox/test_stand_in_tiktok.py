"""TikTok: the creator's rules, chunks, status, limits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sandbox_videos import make_video
from sandbox_wire import Wire, bearer, begin_tiktok, post_tiktok, put_chunk, tiktok_status, tiktok_token

from local.sandbox.accounts import TIKTOK
from local.sandbox.records import Account

OPEN = "/tiktok-open/v2"
MB = 1_000_000
DAY = 86_400


def creator(**traits: Any) -> Account:
    return Account(TIKTOK, "tiktok", "maya.makes", "Maya Makes", traits={"max_seconds": 600, **traits})


def code_of(reply: Any) -> str:
    return str(reply.json["error"]["code"])


def test_the_creators_rules_are_told(wire: Wire) -> None:
    token = tiktok_token(wire)
    data = bearer(wire, "POST", f"{OPEN}/post/publish/creator_info/query/", token, {}).json["data"]
    assert data["privacy_level_options"] == ["PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"]
    assert (data["creator_nickname"], data["max_video_post_duration_sec"], data["comment_disabled"]) == ("Maya Makes", 600, False)
    wire.sandbox.add_account(creator(is_private=True))
    data = bearer(wire, "POST", f"{OPEN}/post/publish/creator_info/query/", token, {}).json["data"]
    assert data["privacy_level_options"][0] == "FOLLOWER_OF_CREATOR"


def test_a_public_video_has_an_id_after_its_moderation(wire: Wire) -> None:
    token = tiktok_token(wire)
    data = begin_tiktok(wire, token, 5).json["data"]
    assert len(data["publish_id"]) <= 64
    assert len(data["upload_url"]) <= 256
    assert tiktok_status(wire, token, data["publish_id"]) == {"status": "PROCESSING_UPLOAD", "uploaded_bytes": 0}
    done = put_chunk(wire, data["upload_url"], b"video", 0, 5)
    assert (done.status, done.headers["content-range"]) == (201, "bytes 0-4/5")
    wire.pass_time(1.6)
    posted = tiktok_status(wire, token, data["publish_id"])
    assert (posted["status"], "publicaly_available_post_id" in posted) == ("PUBLISH_COMPLETE", False)
    wire.pass_time(2)
    (number,) = tiktok_status(wire, token, data["publish_id"])["publicaly_available_post_id"]
    assert isinstance(number, int)
    assert "A caption" in wire.call("GET", f"/tiktok/@maya.makes/video/{number}").body.decode()
    (post,) = wire.sandbox.list_posts(wire.now)
    assert (post.is_ai_generated, post.is_visible) == (True, True)


def test_a_private_video_never_has_an_id(wire: Wire) -> None:
    token = tiktok_token(wire)
    key = post_tiktok(wire, token, level="SELF_ONLY")
    wire.pass_time(3600)
    assert tiktok_status(wire, token, key) == {"status": "PUBLISH_COMPLETE", "uploaded_bytes": 5}


def test_chunks_come_in_their_order(wire: Wire) -> None:
    token, content = tiktok_token(wire), bytes(12 * MB)
    data = begin_tiktok(wire, token, len(content), chunk=5 * MB).json["data"]
    address = data["upload_url"]
    assert put_chunk(wire, address, content[: 5 * MB], 5 * MB, len(content)).status == 416
    first = put_chunk(wire, address, content[: 5 * MB], 0, len(content))
    assert (first.status, first.headers["content-range"]) == (206, f"bytes 0-{5 * MB - 1}/{len(content)}")
    assert put_chunk(wire, address, content[: 5 * MB], 0, len(content)).status == 416
    assert put_chunk(wire, address, content[5 * MB : 10 * MB], 5 * MB, len(content)).status == 400
    assert tiktok_status(wire, token, data["publish_id"])["uploaded_bytes"] == 5 * MB
    assert put_chunk(wire, address, content[5 * MB :], 5 * MB, len(content)).status == 201


@pytest.mark.parametrize(
    ("size", "chunk", "count"),
    [(12 * MB, 5 * MB, 3), (12 * MB, 4 * MB, 3), (4 * MB, 2 * MB, 2), (200 * MB, 70 * MB, 2), (12 * MB, 13 * MB, 1), (200 * MB, 200 * MB, 1), (10, 10, 0)],
)
def test_chunks_that_break_the_rules_are_refused_at_the_start(wire: Wire, size: int, chunk: int, count: int) -> None:
    document = {
        "post_info": {"title": "", "privacy_level": "SELF_ONLY"},
        "source_info": {"source": "FILE_UPLOAD", "video_size": size, "chunk_size": chunk, "total_chunk_count": count},
    }
    refused = bearer(wire, "POST", f"{OPEN}/post/publish/video/init/", tiktok_token(wire), document)
    assert (refused.status, code_of(refused)) == (400, "invalid_params")


def test_an_upload_address_lives_an_hour(wire: Wire) -> None:
    token = tiktok_token(wire)
    data = begin_tiktok(wire, token, 5).json["data"]
    wire.pass_time(3601)
    assert put_chunk(wire, data["upload_url"], b"video", 0, 5).status == 403
    assert put_chunk(wire, f"{data['upload_url']}x", b"video", 0, 5).status == 404
    assert tiktok_status(wire, token, data["publish_id"])["status"] == "FAILED"


@pytest.mark.parametrize(
    ("info", "status", "code"),
    [
        ({"level": "FOLLOWER_OF_CREATOR"}, 403, "privacy_level_option_mismatch"),
        ({"level": ""}, 400, "invalid_params"),
        ({"title": "ä" * 2201}, 400, "invalid_params"),
        ({"level": "SELF_ONLY", "brand_content_toggle": True}, 400, "invalid_params"),
    ],
)
def test_what_breaks_the_creators_rules_is_refused(wire: Wire, info: dict[str, Any], status: int, code: str) -> None:
    refused = begin_tiktok(wire, tiktok_token(wire), 5, **info)
    assert (refused.status, code_of(refused)) == (status, code)


def test_an_unaudited_client_posts_only_privately_to_private_accounts(wire: Wire) -> None:
    wire.sandbox.change_settings(is_app_audited=False)
    token, word = tiktok_token(wire), "unaudited_client_can_only_post_to_private_accounts"
    assert code_of(begin_tiktok(wire, token, 5)) == word
    assert code_of(begin_tiktok(wire, token, 5, level="SELF_ONLY")) == word
    wire.sandbox.add_account(creator(is_private=True))
    assert code_of(begin_tiktok(wire, token, 5, level="SELF_ONLY")) == "ok"


def test_calls_per_minute_are_counted_for_each_token(wire: Wire) -> None:
    token = tiktok_token(wire)
    assert [code_of(begin_tiktok(wire, token, 5)) for _ in range(7)] == ["ok"] * 6 + ["rate_limit_exceeded"]
    assert begin_tiktok(wire, token, 5).status == 429
    wire.pass_time(61)
    assert code_of(begin_tiktok(wire, token, 5)) == "ok"


def test_a_creator_has_fifteen_posts_a_day(wire: Wire) -> None:
    token = tiktok_token(wire)
    for _ in range(15):
        wire.pass_time(15)
        post_tiktok(wire, token)
    wire.pass_time(60)
    refused = begin_tiktok(wire, token, 5)
    assert (refused.status, code_of(refused)) == (403, "spam_risk_too_many_posts")


def test_an_address_has_to_be_verified_before_it_is_pulled(wire: Wire) -> None:
    token = tiktok_token(wire)
    document = {"post_info": {"title": "", "privacy_level": "SELF_ONLY"}, "source_info": {"source": "PULL_FROM_URL", "video_url": "https://example.test/a.mp4"}}
    refused = bearer(wire, "POST", f"{OPEN}/post/publish/video/init/", token, document)
    assert (refused.status, code_of(refused)) == (403, "url_ownership_unverified")
    wire.sandbox.change_settings(verified_prefixes=["http://127.0.0.1:9/"])
    document["source_info"]["video_url"] = "http://127.0.0.1:9/a.mp4"
    key = bearer(wire, "POST", f"{OPEN}/post/publish/video/init/", token, document).json["data"]["publish_id"]
    tiktok_status(wire, token, key)
    wire.pass_time(2)
    assert tiktok_status(wire, token, key)["fail_reason"] == "video_pull_failed"


def test_drafts_go_to_the_inbox_five_at_a_time(wire: Wire) -> None:
    token = tiktok_token(wire)
    source = {"source_info": {"source": "FILE_UPLOAD", "video_size": 5, "chunk_size": 5, "total_chunk_count": 1}}
    for _ in range(5):
        wire.pass_time(15)
        data = bearer(wire, "POST", f"{OPEN}/post/publish/inbox/video/init/", token, source).json["data"]
        put_chunk(wire, data["upload_url"], b"video", 0, 5)
    wire.pass_time(2)
    assert tiktok_status(wire, token, data["publish_id"])["status"] == "SEND_TO_USER_INBOX"
    assert code_of(bearer(wire, "POST", f"{OPEN}/post/publish/inbox/video/init/", token, source)) == "spam_risk_too_many_pending_share"


def test_another_persons_publish_id_and_an_unknown_one_are_refused(wire: Wire) -> None:
    key = post_tiktok(wire, tiktok_token(wire))
    wire.sandbox.add_account(Account(TIKTOK, "nobody", "", ""))
    wire.sandbox.add_account(Account("other", "tiktok", "other", "Other"))
    token = tiktok_token(wire)
    status = f"{OPEN}/post/publish/status/fetch/"
    assert code_of(bearer(wire, "POST", status, token, {"publish_id": key})) == "token_not_authorized_for_specified_publish_id"
    assert code_of(bearer(wire, "POST", status, token, {"publish_id": "v_none"})) == "invalid_publish_id"


@pytest.mark.parametrize(
    ("clip", "reason"), [("wide_clip", "picture_size_check_failed"), ("short_clip", "duration_check_failed"), ("", "file_format_check_failed")]
)
def test_a_video_that_does_not_fit_fails_with_a_reason(looking_wire: Wire, clip: str, reason: str, request: pytest.FixtureRequest) -> None:
    wire = looking_wire
    content = Path(request.getfixturevalue(clip)).read_bytes() if clip else b"words"
    if clip == "wide_clip":
        content = _scaled(Path(request.getfixturevalue(clip)))
    wire.sandbox.add_account(creator(max_seconds=0.5 if clip == "short_clip" else 600))
    token = tiktok_token(wire)
    status = tiktok_status(wire, token, post_tiktok(wire, token, content))
    assert (status["status"], status["fail_reason"]) == ("FAILED", reason)


def _scaled(clip: Path) -> bytes:
    return make_video(clip.with_name("tiny.mp4"), "320x240", 4).read_bytes()


def test_counts_and_links_of_public_videos_are_told(wire: Wire, reel: Path) -> None:
    token = tiktok_token(wire)
    key = post_tiktok(wire, token)
    post_tiktok(wire, token, level="SELF_ONLY")
    number = str(tiktok_status(wire, token, key)["publicaly_available_post_id"][0])
    wire.pass_time(3600)
    fields = "id,title,share_url,create_time,view_count,like_count,comment_count,share_count"
    listed = bearer(wire, "POST", f"{OPEN}/video/list/?fields={fields}", token, {"max_count": 20}).json["data"]["videos"]
    assert [video["id"] for video in listed] == [number]
    asked = bearer(wire, "POST", f"{OPEN}/video/query/?fields={fields}", token, {"filters": {"video_ids": [number]}}).json["data"]["videos"]
    assert asked == listed
    assert asked[0]["view_count"] > 0
    assert wire.call("GET", asked[0]["share_url"]).status == 200
