"""The YouTube stand-in, driven by Google's own client: what it accepts is the protocol."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import googleapiclient.discovery_cache
import pytest
import requests
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build_from_document
from googleapiclient.errors import HttpError, ResumableUploadError
from googleapiclient.http import MediaFileUpload
from sandbox_videos import make_video
from sandbox_wire import GOOGLE_SCOPES, REDIRECT

from local.sandbox.accounts import CHANNEL, CLIENT_ID, CLIENT_SECRET
from local.sandbox.server import SandboxServer, make_server

PIECE = 262_144
BODY = {"snippet": {"title": "From Google's client", "categoryId": "22"}, "status": {"privacyStatus": "private", "containsSyntheticMedia": True}}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SandboxServer]:
    server = make_server(tmp_path / "sandbox", 0)
    server.sandbox.change_settings(processing_seconds=0.2)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
    server.sandbox.close()


def credentials_of(server: SandboxServer) -> Credentials:
    query = {"client_id": CLIENT_ID, "redirect_uri": REDIRECT, "response_type": "code", "scope": GOOGLE_SCOPES, "access_type": "offline", "auto": "allow"}
    answer = requests.get(f"{server.url}/google-accounts/o/oauth2/v2/auth?{urlencode(query)}", allow_redirects=False, timeout=5)
    code = parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]
    sent = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "grant_type": "authorization_code", "redirect_uri": REDIRECT, "code": code}
    tokens = requests.post(f"{server.url}/google-oauth/token", data=sent, timeout=5).json()
    expiry = (datetime.now(UTC) + timedelta(seconds=tokens["expires_in"])).replace(tzinfo=None)
    return Credentials(
        tokens["access_token"],
        refresh_token=tokens["refresh_token"],
        token_uri=f"{server.url}/google-oauth/token",
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        expiry=expiry,
    )


def client_of(server: SandboxServer, credentials: Credentials | None = None) -> Any:
    """The client for the cached description of the API, with its root at the stand-in."""
    document = json.loads((Path(googleapiclient.discovery_cache.__file__).parent / "documents" / "youtube.v3.json").read_text())
    document["rootUrl"] = document["baseUrl"] = f"{server.url}/google-api/"
    return build_from_document(document, credentials=credentials or credentials_of(server))


def begin(client: Any, video: Path) -> Any:
    media = MediaFileUpload(str(video), mimetype="video/mp4", chunksize=PIECE, resumable=True)
    return client.videos().insert(part="snippet,status", body=BODY, media_body=media)


def send_all(request: Any) -> dict[str, Any]:
    response = None
    while response is None:
        _, response = request.next_chunk()
    return dict(response)


@pytest.fixture(scope="session")
def long_reel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More than three pieces."""
    path = make_video(tmp_path_factory.mktemp("videos") / "long.mp4", "1080x1920", 5)
    assert path.stat().st_size > 3 * PIECE
    return path


def test_a_video_is_uploaded_in_pieces_processed_published_and_listed(server: SandboxServer, long_reel: Path) -> None:
    client = client_of(server)
    key = send_all(begin(client, long_reel))["id"]
    channel = client.channels().list(part="contentDetails,status", mine=True).execute()["items"][0]
    assert channel["id"] == CHANNEL
    playlist = channel["contentDetails"]["relatedPlaylists"]["uploads"]
    items = client.playlistItems().list(part="contentDetails", playlistId=playlist).execute()["items"]
    assert [item["contentDetails"]["videoId"] for item in items] == [key]
    wait_until_processed(client, key)
    status = {"privacyStatus": "public", "containsSyntheticMedia": True}
    updated = client.videos().update(part="status", body={"id": key, "status": status}).execute()
    assert updated["status"]["privacyStatus"] == "public"
    (post,) = server.sandbox.list_posts(server.clock.now())
    assert (post.title, post.is_visible, post.is_ai_generated) == ("From Google's client", True, True)
    assert server.sandbox.grounds.files.read(post.key) == long_reel.read_bytes()
    client.videos().delete(id=key).execute()
    assert server.sandbox.list_posts(server.clock.now()) == []


def wait_until_processed(client: Any, key: str) -> None:
    for _ in range(400):
        if client.videos().list(part="status", id=key).execute()["items"][0]["status"]["uploadStatus"] == "processed":
            return
    raise AssertionError("it was not processed")


def test_an_outage_between_two_pieces_is_survived(server: SandboxServer, long_reel: Path) -> None:
    request = begin(client_of(server), long_reel)
    server.sandbox.set_fault("status", "youtube", "send", skip=1, status=503)
    request.next_chunk()
    with pytest.raises(HttpError) as outage:
        request.next_chunk()
    assert outage.value.resp.status == 503
    send_all(request)  # asks first how much is there
    seen = [(call["operation"], call["status"]) for call in server.sandbox.calls if call["operation"] in {"send", "probe"}]
    assert seen[:4] == [("send", 308), ("send", 503), ("probe", 308), ("send", 308)]
    assert len(server.sandbox.list_posts(server.clock.now())) == 1


def test_a_piece_that_was_cut_is_sent_again_from_where_the_probe_says(server: SandboxServer, long_reel: Path) -> None:
    request = begin(client_of(server), long_reel)
    request.next_chunk()
    server.sandbox.set_fault("cut_after", "youtube", "send")
    with pytest.raises((OSError, HttpError)):
        request.next_chunk()
    request._in_error_state = True  # what a new process sets that goes on with a session
    send_all(request)
    (post,) = server.sandbox.list_posts(server.clock.now())
    assert server.sandbox.grounds.files.read(post.key) == long_reel.read_bytes()
    assert "probe" in [call["operation"] for call in server.sandbox.calls]


def test_a_refusal_is_read_by_the_client(server: SandboxServer, long_reel: Path) -> None:
    server.sandbox.set_fault("quota", "youtube", "open")
    with pytest.raises(ResumableUploadError) as refused:
        send_all(begin(client_of(server), long_reel))
    assert refused.value.resp.status == 403
    assert refused.value.error_details[0]["reason"] == "quotaExceeded"


def test_an_expired_token_is_refreshed_by_the_client(server: SandboxServer) -> None:
    credentials = credentials_of(server)
    first = credentials.token
    server.clock.change({"advance_seconds": 3600})
    items = client_of(server, credentials).channels().list(part="id", mine=True).execute()["items"]
    assert items[0]["id"] == CHANNEL
    assert credentials.token != first


def test_a_thumbnail_is_set(server: SandboxServer, long_reel: Path, tmp_path: Path) -> None:
    client = client_of(server)
    key = send_all(begin(client, long_reel))["id"]
    wait_until_processed(client, key)
    picture = tmp_path / "cover.jpg"
    picture.write_bytes(b"\xff\xd8\xff\xe0picture")
    answer = client.thumbnails().set(videoId=key, media_body=MediaFileUpload(str(picture), mimetype="image/jpeg")).execute()
    assert answer["kind"] == "youtube#thumbnailSetResponse"
    assert server.sandbox.list_posts(server.clock.now())[0].has_cover is True


def test_a_comment_is_written_listed_and_refused_on_a_private_video(server: SandboxServer, long_reel: Path) -> None:
    client = client_of(server)
    key = send_all(begin(client, long_reel))["id"]
    wait_until_processed(client, key)
    thread = {"snippet": {"channelId": CHANNEL, "videoId": key, "topLevelComment": {"snippet": {"textOriginal": "More in our profile"}}}}
    with pytest.raises(HttpError) as refused:
        client.commentThreads().insert(part="snippet", body=thread).execute()
    assert (refused.value.resp.status, refused.value.error_details[0]["reason"]) == (403, "commentsDisabled")
    client.videos().update(part="status", body={"id": key, "status": {"privacyStatus": "unlisted"}}).execute()
    written = client.commentThreads().insert(part="snippet", body=thread).execute()
    listed = client.commentThreads().list(part="snippet", videoId=key, order="time", textFormat="plainText", maxResults=100).execute()
    assert [item["id"] for item in listed["items"]] == [written["id"]]
    assert listed["items"][0]["snippet"]["topLevelComment"]["snippet"]["textOriginal"] == "More in our profile"
