"""YouTube: resumable upload, parts, schedule, quotas, thumbnails, lists."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from sandbox_wire import GOOGLE, Wire, bearer, google_token, start_youtube, upload_youtube

from local.sandbox.accounts import CHANNEL
from local.sandbox.records import Account

API = "/google-api/youtube/v3"
PIECE = 262_144
DAY = 86_400


def video_of(wire: Wire, token: str, key: str, parts: str = "status,snippet,processingDetails,contentDetails") -> dict[str, Any]:
    return dict(bearer(wire, "GET", f"{API}/videos?part={parts}&id={key}", token).json["items"][0])


def update(wire: Wire, token: str, key: str, part: str, **document: Any) -> Any:
    return bearer(wire, "PUT", f"{API}/videos?part={part}", token, {"id": key, **document})


def reason_of(reply: Any) -> str:
    return str(reply.json["error"]["errors"][0]["reason"])


def test_a_video_arrives_in_pieces_and_exists_only_with_its_last_byte(wire: Wire) -> None:
    token, content = google_token(wire), bytes(PIECE * 2 + 10)
    session = start_youtube(wire, token, len(content))
    assert (session.status, session.body) == (200, b"")
    address = session.headers["location"]
    assert "upload_id=" in address
    first = wire.call("PUT", address, body=content[:PIECE], content_range=f"bytes 0-{PIECE - 1}/{len(content)}")
    assert (first.status, first.headers["range"]) == (308, f"bytes=0-{PIECE - 1}")
    assert bearer(wire, "GET", f"{API}/playlistItems?part=contentDetails&playlistId=UU{CHANNEL[2:]}", token).json["items"] == []
    wire.call("PUT", address, body=content[PIECE : 2 * PIECE], content_range=f"bytes {PIECE}-{2 * PIECE - 1}/{len(content)}")
    done = wire.call("PUT", address, body=content[2 * PIECE :], content_range=f"bytes {2 * PIECE}-{len(content) - 1}/{len(content)}")
    assert (done.status, done.json["status"]["uploadStatus"]) == (200, "uploaded")
    probe = wire.call("PUT", address, content_range=f"bytes */{len(content)}")
    assert (probe.status, probe.json["id"]) == (200, done.json["id"])
    listed = bearer(wire, "GET", f"{API}/playlistItems?part=contentDetails&playlistId=UU{CHANNEL[2:]}", token).json["items"]
    assert [item["contentDetails"]["videoId"] for item in listed] == [done.json["id"]]


def test_a_probe_tells_what_is_there(wire: Wire) -> None:
    address = start_youtube(wire, google_token(wire), PIECE * 2).headers["location"]
    empty = wire.call("PUT", address, content_range=f"bytes */{PIECE * 2}")
    assert (empty.status, "range" in empty.headers) == (308, False)
    wire.call("PUT", address, body=bytes(PIECE), content_range=f"bytes 0-{PIECE - 1}/{PIECE * 2}")
    assert wire.call("PUT", address, content_range=f"bytes */{PIECE * 2}").headers["range"] == f"bytes=0-{PIECE - 1}"


@pytest.mark.parametrize("sent", ["bytes 0-99/1000", "bytes 0-999999/1000000", "pieces 1-2"])
def test_a_piece_that_is_no_multiple_of_256_kib_is_refused(wire: Wire, sent: str) -> None:
    address = start_youtube(wire, google_token(wire), 1_000_000 if "1000000" in sent else 1000).headers["location"]
    assert wire.call("PUT", address, body=bytes(100), content_range=sent).status == 400


def test_a_session_ends_after_a_week_or_when_it_is_cancelled(wire: Wire) -> None:
    token = google_token(wire)
    address = start_youtube(wire, token, 10).headers["location"]
    wire.pass_time(7 * DAY + 1)
    gone = wire.call("PUT", address, content_range="bytes */10")
    assert (gone.status, reason_of(gone)) == (404, "sessionNotFound")
    address = start_youtube(wire, google_token(wire), 10).headers["location"]
    assert wire.call("DELETE", address).status == 499
    assert wire.call("PUT", address, content_range="bytes */10").status == 404


def test_processing_takes_its_time(wire: Wire) -> None:
    token = google_token(wire)
    address = start_youtube(wire, token, 5).headers["location"]
    key = wire.call("PUT", address, body=b"video").json["id"]
    early = video_of(wire, token, key)
    assert (early["status"]["uploadStatus"], early["processingDetails"]["processingStatus"]) == ("uploaded", "processing")
    assert isinstance(early["processingDetails"]["processingProgress"]["timeLeftMs"], str)
    wire.pass_time(2)
    late = video_of(wire, token, key)
    assert (late["status"]["uploadStatus"], late["processingDetails"]["processingStatus"]) == ("processed", "succeeded")
    assert late["contentDetails"]["duration"] == "PT15S"


def test_without_a_privacy_status_a_video_is_public(wire: Wire) -> None:
    token = google_token(wire)
    upload_youtube(wire, token, status={"containsSyntheticMedia": True})
    (post,) = wire.sandbox.list_posts(wire.now)
    assert (post.privacy, post.is_visible, post.is_ai_generated) == ("public", True, True)


def test_an_update_clears_what_it_does_not_name(wire: Wire) -> None:
    token = google_token(wire)
    key = upload_youtube(wire, token, status={"privacyStatus": "private", "containsSyntheticMedia": True, "selfDeclaredMadeForKids": False})
    assert update(wire, token, key, "status", status={"privacyStatus": "public"}).json["status"].get("containsSyntheticMedia") is None
    assert update(wire, token, key, "status", status={"embeddable": False}).json["status"]["privacyStatus"] == "public"
    assert reason_of(update(wire, token, key, "snippet", snippet={"description": "only"})) == "invalidTitle"
    assert reason_of(update(wire, token, key, "snippet", snippet={"title": "A title"})) == "invalidCategoryId"
    snippet = update(wire, token, key, "snippet", snippet={"title": "Another", "categoryId": "22"}).json["snippet"]
    assert (snippet["title"], snippet["description"]) == ("Another", "")


def test_a_private_video_becomes_public_at_its_time_by_itself(wire: Wire) -> None:
    token = google_token(wire)
    key = upload_youtube(wire, token, status={"privacyStatus": "private", "publishAt": "2026-11-30T12:00:00Z"})
    assert wire.sandbox.list_posts(wire.now)[0].is_visible is False
    wire.pass_time(20 * DAY)
    (post,) = wire.sandbox.list_posts(wire.now)
    assert (post.external_id, post.privacy, post.is_visible) == (key, "public", True)
    token = google_token(wire)
    again = update(wire, token, key, "status", status={"privacyStatus": "private", "publishAt": "2027-11-30T12:00:00Z"})
    assert reason_of(again) == "invalidPublishAt"


def test_a_schedule_of_a_public_video_is_refused_and_one_in_the_past_publishes(wire: Wire) -> None:
    token = google_token(wire)
    refused = start_youtube(wire, token, 5, status={"privacyStatus": "public", "publishAt": "2027-01-01T00:00:00Z"})
    assert (refused.status, reason_of(refused)) == (400, "invalidPublishAt")
    upload_youtube(wire, token, status={"privacyStatus": "private", "publishAt": "2020-01-01T00:00:00Z"})
    assert wire.sandbox.list_posts(wire.now)[0].privacy == "public"


@pytest.mark.parametrize(
    ("snippet", "reason"),
    [
        ({"title": "x" * 101}, "invalidTitle"),
        ({"title": "a <b>"}, "invalidTitle"),
        ({"title": "a", "description": "ä" * 2501}, "invalidDescription"),
        ({"title": "a", "tags": ["two words" * 30, "x" * 240]}, "invalidTags"),
        ({"title": "a", "categoryId": "fun"}, "invalidCategoryId"),
    ],
)
def test_words_that_break_a_rule_are_refused(wire: Wire, snippet: dict[str, Any], reason: str) -> None:
    refused = start_youtube(wire, google_token(wire), 5, snippet=snippet)
    assert (refused.status, reason_of(refused)) == (400, reason)


def test_inserts_have_a_bucket_of_their_own_that_is_full_until_midnight_in_california(wire: Wire) -> None:
    wire.sandbox.change_settings(youtube_inserts=2, youtube_units=100)
    token = google_token(wire)
    upload_youtube(wire, token)
    key = upload_youtube(wire, token)
    refused = start_youtube(wire, token, 5)
    assert (refused.status, reason_of(refused), refused.json["error"]["errors"][0]["domain"]) == (403, "quotaExceeded", "youtube.quota")
    assert update(wire, token, key, "status", status={"privacyStatus": "public"}).status == 200
    assert update(wire, token, key, "status", status={"privacyStatus": "public"}).status == 200
    assert reason_of(bearer(wire, "GET", f"{API}/videos?part=status&id={key}", token)) == "quotaExceeded"
    wire.pass_time(DAY)
    assert start_youtube(wire, google_token(wire), 5).status == 200


def test_scopes_are_enough_or_not(wire: Wire) -> None:
    upload_only = google_token(wire, f"{GOOGLE}youtube.upload")
    key = upload_youtube(wire, upload_only)
    for reply in (update(wire, upload_only, key, "status", status={}), bearer(wire, "GET", f"{API}/channels?part=id&mine=true", upload_only)):
        assert (reply.status, reason_of(reply)) == (403, "insufficientPermissions")
    assert start_youtube(wire, google_token(wire, f"{GOOGLE}youtube.readonly"), 5).status == 403


def test_a_google_account_without_a_channel_cannot_upload(wire: Wire) -> None:
    wire.sandbox.add_account(Account(CHANNEL, "nobody", "", ""))
    wire.sandbox.add_account(Account("UCother", "youtube", "@other", "Other"))
    token = google_token(wire)
    wire.sandbox.add_account(Account("UCother", "nobody", "", ""))
    assert bearer(wire, "GET", f"{API}/channels?part=id&mine=true", token).json["items"] == []
    refused = start_youtube(wire, token, 5)
    assert (refused.status, reason_of(refused)) == (401, "youtubeSignupRequired")


def test_my_channel_tells_its_list_of_uploads_and_whether_it_may_be_long(wire: Wire) -> None:
    item = bearer(wire, "GET", f"{API}/channels?part=snippet,contentDetails,status&mine=true", google_token(wire)).json["items"][0]
    assert (item["id"], item["contentDetails"]["relatedPlaylists"]["uploads"]) == (CHANNEL, f"UU{CHANNEL[2:]}")
    assert item["status"]["longUploadsStatus"] == "allowed"


def test_a_thumbnail_waits_for_the_processing_and_is_a_picture(wire: Wire) -> None:
    token = google_token(wire)
    address = start_youtube(wire, token, 5).headers["location"]
    key = wire.call("PUT", address, body=b"video").json["id"]
    set_it = f"/google-api/upload/youtube/v3/thumbnails/set?videoId={key}&uploadType=media"
    sent = {"authorization": f"Bearer {token}", "content_type": "image/jpeg"}
    assert wire.call("POST", set_it, body=b"\xff\xd8picture", **sent).status == 403
    wire.pass_time(2)
    assert reason_of(wire.call("POST", set_it, body=b"words", **sent)) == "invalidImage"
    assert wire.call("POST", set_it, body=b"\xff\xd8picture", **sent).json["kind"] == "youtube#thumbnailSetResponse"
    assert video_of(wire, token, key)["contentDetails"]["hasCustomThumbnail"] is True


def test_what_is_no_video_fails_in_its_processing(looking_wire: Wire) -> None:
    token = google_token(looking_wire)
    status = video_of(looking_wire, token, upload_youtube(looking_wire, token, b"words"))["status"]
    assert (status["uploadStatus"], status["failureReason"]) == ("failed", "invalidFile")


def test_a_real_reel_is_a_short(looking_wire: Wire, reel: Path) -> None:
    token = google_token(looking_wire)
    key = upload_youtube(looking_wire, token, reel.read_bytes())
    assert video_of(looking_wire, token, key)["contentDetails"]["duration"] == "PT4S"
    assert "A title" in looking_wire.call("GET", f"/youtube/shorts/{key}").body.decode()


def test_counts_come_alone_or_in_a_batch(wire: Wire) -> None:
    token = google_token(wire)
    keys = [upload_youtube(wire, token, status={"privacyStatus": "public"}) for _ in range(2)]
    wire.pass_time(3000)
    alone = bearer(wire, "GET", f"{API}/videos?part=statistics&id={keys[0]}", token).json["items"][0]["statistics"]
    assert int(alone["viewCount"]) > int(alone["likeCount"])
    query = urlencode([("part", "statistics"), ("id", keys[0]), ("id", keys[1])])
    batch = bearer(wire, "GET", f"{API}/videos:batchGetStats?{query}", token).json["items"]
    assert [entry["id"] for entry in batch] == keys
    assert batch[0]["statistics"] == alone


def test_a_deleted_video_is_gone(wire: Wire) -> None:
    token = google_token(wire)
    key = upload_youtube(wire, token, status={"privacyStatus": "public"})
    assert bearer(wire, "DELETE", f"{API}/videos?id={key}", token).status == 204
    assert bearer(wire, "GET", f"{API}/videos?part=status&id={key}", token).json["items"] == []
    assert bearer(wire, "DELETE", f"{API}/videos?id={key}", token).status == 404
