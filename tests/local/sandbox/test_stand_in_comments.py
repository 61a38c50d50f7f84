"""Comments under posts: written, listed, refused as the vendors refuse them."""

from __future__ import annotations

from typing import Any

import pytest
from sandbox_wire import GOOGLE, META_SCOPES, Reply, Wire, bearer, google_token, instagram_token, meta_token, page_token, publish_reel, upload_youtube
from test_stand_in_facebook import finish, start

from local.sandbox.accounts import CHANNEL, INSTAGRAM, PAGE
from local.sandbox.exchange import Cut
from local.sandbox.records import Account

THREADS = "/google-api/youtube/v3/commentThreads"


def write_thread(wire: Wire, token: str, video: str, text: str, **snippet: str) -> Reply:
    said = {"channelId": CHANNEL, "videoId": video, "topLevelComment": {"snippet": {"textOriginal": text}}, **snippet}
    return bearer(wire, "POST", f"{THREADS}?part=snippet", token, {"snippet": said})


def publish_on_page(wire: Wire, token: str) -> str:
    video = start(wire, token)
    finish(wire, token, video)
    wire.pass_time(2)
    return video


def code_of(reply: Reply) -> tuple[Any, Any]:
    return reply.json["error"]["code"], reply.json["error"].get("error_subcode")


def reason_of(reply: Reply) -> str:
    return str(reply.json["error"]["errors"][0]["reason"])


def test_instagram_answers_a_comment_with_its_id_and_lists_the_newest_first(wire: Wire) -> None:
    token = meta_token(wire)
    media = publish_reel(wire, token)
    written = []
    for text in ("First", "Second"):
        written.append(wire.post(f"/graph/v26.0/{media}/comments", token, message=text).json)
        wire.pass_time(1)
    assert all(set(answer) == {"id"} for answer in written)
    listed = wire.get(f"/graph/v26.0/{media}/comments", token).json["data"]
    assert [(entry["id"], entry["text"]) for entry in listed] == [(written[1]["id"], "Second"), (written[0]["id"], "First")]
    assert set(listed[0]) == {"id", "text", "timestamp"}
    assert wire.get(f"/graph/v26.0/{media}/comments", token, fields="id,username").json["data"][0]["username"] == "maya.makes"
    (post,) = wire.sandbox.list_posts(wire.now)
    assert post.comments == ("First", "Second")


def test_instagram_writes_a_comment_and_then_refuses_the_fields_that_were_asked_for(wire: Wire) -> None:
    token = meta_token(wire)
    media = publish_reel(wire, token)
    assert code_of(wire.post(f"/graph/v26.0/{media}/comments", token, message="First", fields="id")) == (20, 1772107)
    assert wire.sandbox.list_posts(wire.now)[0].comments == ("First",)


def test_instagrams_comments_need_their_own_right_in_both_logins(wire: Wire) -> None:
    media = publish_reel(wire, meta_token(wire))
    without = meta_token(wire, META_SCOPES.replace(",instagram_manage_comments", ""))
    assert code_of(wire.post(f"/graph/v26.0/{media}/comments", without, message="First"))[0] == 10
    path = f"/instagram-graph/v26.0/{media}/comments"
    basic = "instagram_business_basic,instagram_business_content_publish"
    assert code_of(wire.post(path, instagram_token(wire, basic), message="First"))[0] == 10
    full = instagram_token(wire, f"{basic},instagram_business_manage_comments")
    assert wire.post(path, full, message="First").json["id"]
    assert wire.get(path, full).json["data"][0]["text"] == "First"


def test_a_container_has_no_comments(wire: Wire) -> None:
    token = meta_token(wire)
    publish_reel(wire, token)
    container = wire.post(f"/graph/v26.0/{INSTAGRAM}/media", token, media_type="REELS", upload_type="resumable").json["id"]
    assert code_of(wire.post(f"/graph/v26.0/{container}/comments", token, message="First"))[0] == 100


def test_a_page_comments_its_published_reel_only(wire: Wire) -> None:
    token = page_token(wire)
    video = start(wire, token)
    path = f"/graph/v26.0/{video}/comments"
    assert code_of(wire.post(path, token, message="First"))[0] == 100
    finish(wire, token, video)
    wire.pass_time(2)
    assert wire.post(path, token, message="First").json["id"].startswith(video)
    wire.pass_time(1)
    wire.post(path, token, message="Second")
    assert [entry["message"] for entry in wire.get(path, token).json["data"]] == ["First", "Second"]
    newest = wire.get(path, token, order="reverse_chronological", fields="message,from").json["data"][0]
    assert (newest["message"], newest["from"]["id"]) == ("Second", PAGE)


def test_a_page_needs_the_right_and_the_task_to_comment(wire: Wire) -> None:
    token = page_token(wire)
    video = publish_on_page(wire, token)
    path = f"/graph/v26.0/{video}/comments"
    without = page_token(wire, scope=META_SCOPES.replace(",pages_manage_engagement", ""))
    assert code_of(wire.post(path, without, message="First"))[0] == 10
    assert code_of(wire.post(path, meta_token(wire), message="First"))[0] in {100, 200}
    page = wire.sandbox.grounds.store.find(Account, PAGE)
    assert page is not None
    page.tasks = [task for task in page.tasks if task != "MODERATE"]
    assert code_of(wire.post(path, token, message="First"))[0] == 200


def test_youtube_writes_and_finds_a_thread(wire: Wire) -> None:
    token = google_token(wire)
    video = upload_youtube(wire, token, status={"privacyStatus": "public"})
    written = write_thread(wire, token, video, "The recipe is below").json
    assert written["snippet"]["topLevelComment"]["snippet"]["authorChannelId"]["value"] == CHANNEL
    wire.pass_time(5)
    write_thread(wire, token, video, "Second")
    listed = bearer(wire, "GET", f"{THREADS}?part=snippet&videoId={video}&order=time&maxResults=50", token).json["items"]
    assert [item["snippet"]["topLevelComment"]["snippet"]["textOriginal"] for item in listed] == ["Second", "The recipe is below"]
    found = bearer(wire, "GET", f"{THREADS}?part=snippet&videoId={video}&searchTerms=recipe", token).json["items"]
    assert [item["id"] for item in found] == [written["id"]]


@pytest.mark.parametrize(
    ("text", "snippet", "reason"),
    [
        (" ", {}, "commentTextRequired"),
        ("x" * 10_001, {}, "commentTextTooLong"),
        ("First", {"channelId": ""}, "channelOrVideoIdMissing"),
        ("First", {"videoId": "gone"}, "videoNotFound"),
    ],
)
def test_youtube_refuses_a_thread_by_its_reason(wire: Wire, text: str, snippet: dict[str, str], reason: str) -> None:
    token = google_token(wire)
    video = upload_youtube(wire, token, status={"privacyStatus": "public"})
    assert reason_of(write_thread(wire, token, video, text, **snippet)) == reason


@pytest.mark.parametrize("status", [{"privacyStatus": "private"}, {"privacyStatus": "public", "selfDeclaredMadeForKids": True}])
def test_youtube_has_no_comments_on_private_videos_and_those_for_children(wire: Wire, status: dict[str, Any]) -> None:
    token = google_token(wire)
    video = upload_youtube(wire, token, status=status)
    refused = write_thread(wire, token, video, "First")
    assert (refused.status, reason_of(refused)) == (403, "commentsDisabled")
    assert reason_of(bearer(wire, "GET", f"{THREADS}?part=snippet&videoId={video}", token)) == "commentsDisabled"


def test_youtubes_comments_need_the_widest_right_and_cost_units(wire: Wire) -> None:
    video = upload_youtube(wire, google_token(wire), status={"privacyStatus": "public"})
    narrow = google_token(wire, f"{GOOGLE}youtube.upload {GOOGLE}youtube.readonly")
    assert reason_of(write_thread(wire, narrow, video, "First")) == "insufficientPermissions"
    token = google_token(wire)
    wire.call("POST", "/_control/settings", document={"youtube_units": 60})
    wire.pass_time(90_000)
    token = google_token(wire)
    assert write_thread(wire, token, video, "First").status == 200
    assert reason_of(write_thread(wire, token, video, "Second")) == "quotaExceeded"


def test_a_lost_answer_leaves_the_comment_and_a_call_that_was_not_heard_none(wire: Wire) -> None:
    token = meta_token(wire)
    media = publish_reel(wire, token)
    for kind in ("not_heard", "cut_before", "cut_midway", "cut_after"):
        wire.call("POST", "/_control/faults", document={"vendor": "instagram", "operation": "comment", "kind": kind})
        with pytest.raises(Cut):
            wire.call("POST", f"/graph/v26.0/{media}/comments?access_token={token}", form={"message": kind})
    assert wire.sandbox.list_posts(wire.now)[0].comments == ("cut_after",)
