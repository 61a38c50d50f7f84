"""Plain calls to a sandbox, as any client would make them, and what it takes to have a token of each vendor."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from local.sandbox.accounts import CLIENT_ID, CLIENT_SECRET, INSTAGRAM, PAGE
from local.sandbox.sandbox import Sandbox

REDIRECT = "https://reelwright.test/v1/oauth/callback"
ORIGIN = "http://sandbox.test"
NOW = 1_795_500_000.0
META_SCOPES = (
    "pages_show_list,pages_read_engagement,pages_manage_posts,pages_manage_engagement,read_insights,"
    "instagram_basic,instagram_content_publish,instagram_manage_insights,instagram_manage_comments"
)
INSTAGRAM_SCOPES = "instagram_business_basic,instagram_business_content_publish,instagram_business_manage_insights"
GOOGLE = "https://www.googleapis.com/auth/"
GOOGLE_SCOPES = f"{GOOGLE}youtube.upload {GOOGLE}youtube.readonly {GOOGLE}youtube.force-ssl"
TIKTOK_SCOPES = "user.info.basic,user.info.profile,video.list,video.upload,video.publish"
VERIFIER = "verifier-" + "v" * 40


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def location(self) -> dict[str, str]:
        """The parameters of a redirection."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.headers["location"]).query, keep_blank_values=True).items()}


@dataclass
class Wire:
    sandbox: Sandbox
    now: float = NOW
    headers: dict[str, str] = field(default_factory=dict)

    def call(self, method: str, path: str, *, body: bytes = b"", form: Any = None, document: Any = None, **headers: str) -> Reply:
        """Header names are written with underscores, which Meta's ``file_size`` and ``file_url`` keep. ``path`` may be a whole address."""
        sent = {name if name.startswith("file_") else name.replace("_", "-"): value for name, value in headers.items()}
        if form is not None:
            body, sent["content-type"] = urlencode(form).encode(), "application/x-www-form-urlencoded"
        if document is not None:
            body, sent["content-type"] = json.dumps(document).encode(), "application/json; charset=UTF-8"
        url = path if path.startswith("http") else ORIGIN + path
        status, answered, content = self.sandbox.handle(method, url, sent, body, self.now)
        return Reply(status, {name.lower(): value for name, value in answered.items()}, content)

    def get(self, path: str, as_token: str = "", **params: str) -> Reply:
        query = urlencode({**params, **({"access_token": as_token} if as_token else {})})
        return self.call("GET", f"{path}{'&' if '?' in path else '?'}{query}")

    def post(self, path: str, as_token: str = "", **form: str) -> Reply:
        return self.call("POST", path, form={**form, **({"access_token": as_token} if as_token else {})})

    def pass_time(self, seconds: float) -> None:
        self.now += seconds


def challenge(verifier: str = VERIFIER) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def ask_consent(wire: Wire, address: str, **params: str) -> Reply:
    usual = {"client_id": CLIENT_ID, "redirect_uri": REDIRECT, "response_type": "code", "state": "s1", "auto": "allow"}
    return wire.get(address, **{**usual, **params})


def meta_token(wire: Wire, scope: str = META_SCOPES, **params: str) -> str:
    """A long-lived user token of Facebook Login."""
    code = ask_consent(wire, "/facebook-www/v26.0/dialog/oauth", scope=scope, **params).location["code"]
    app = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    short = wire.get("/graph/v26.0/oauth/access_token", redirect_uri=REDIRECT, code=code, **app).json["access_token"]
    return str(wire.get("/graph/v26.0/oauth/access_token", grant_type="fb_exchange_token", fb_exchange_token=short, **app).json["access_token"])


def page_token(wire: Wire, page: str = PAGE, scope: str = META_SCOPES) -> str:
    pages = wire.get("/graph/v26.0/me/accounts", meta_token(wire, scope), fields="id,access_token").json["data"]
    return str(next(entry["access_token"] for entry in pages if entry["id"] == page))


def instagram_short_token(wire: Wire, scope: str = INSTAGRAM_SCOPES) -> str:
    code = ask_consent(wire, "/instagram-www/oauth/authorize", scope=scope).location["code"]
    sent = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "grant_type": "authorization_code", "redirect_uri": REDIRECT, "code": code}
    return str(wire.post("/instagram-api/oauth/access_token", **sent).json["access_token"])


def instagram_token(wire: Wire, scope: str = INSTAGRAM_SCOPES) -> str:
    """A long-lived token of Instagram Login."""
    short = instagram_short_token(wire, scope)
    return str(wire.get("/instagram-graph/access_token", short, grant_type="ig_exchange_token", client_secret=CLIENT_SECRET).json["access_token"])


def google_tokens(wire: Wire, scope: str = GOOGLE_SCOPES, **params: str) -> dict[str, Any]:
    more = {"access_type": "offline", "prompt": "consent", "code_challenge": challenge(), "code_challenge_method": "S256", **params}
    code = ask_consent(wire, "/google-accounts/o/oauth2/v2/auth", scope=scope, **more).location["code"]
    sent = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "grant_type": "authorization_code", "redirect_uri": REDIRECT}
    return dict(wire.post("/google-oauth/token", code=code, code_verifier=VERIFIER, **sent).json)


def google_token(wire: Wire, scope: str = GOOGLE_SCOPES) -> str:
    return str(google_tokens(wire, scope)["access_token"])


def tiktok_tokens(wire: Wire, scope: str = TIKTOK_SCOPES, sent_challenge: str | None = None) -> dict[str, Any]:
    query = {"client_key": CLIENT_ID, "scope": scope, "code_challenge": sent_challenge or challenge(), "code_challenge_method": "S256"}
    code = ask_consent(wire, "/tiktok-www/v2/auth/authorize/", **query).location["code"]
    sent = {"client_key": CLIENT_ID, "client_secret": CLIENT_SECRET, "grant_type": "authorization_code", "redirect_uri": REDIRECT}
    return dict(wire.post("/tiktok-open/v2/oauth/token/", code=code, code_verifier=VERIFIER, **sent).json)


def tiktok_token(wire: Wire, scope: str = TIKTOK_SCOPES) -> str:
    return str(tiktok_tokens(wire, scope)["access_token"])


def open_container(wire: Wire, token: str, **said: str) -> Reply:
    return wire.post(f"/graph/v26.0/{INSTAGRAM}/media", token, **{"media_type": "REELS", "upload_type": "resumable", **said})


def send_to_rupload(wire: Wire, address: str, token: str, content: bytes, offset: int = 0, size: int | None = None) -> Reply:
    return wire.call("POST", address, body=content, authorization=f"OAuth {token}", offset=str(offset), file_size=str(size or offset + len(content)))


def ready_container(wire: Wire, token: str, content: bytes = b"video", **said: str) -> str:
    opened = open_container(wire, token, **said).json
    assert send_to_rupload(wire, opened["uri"], token, content).json["success"] is True
    wire.pass_time(2)
    return str(opened["id"])


def publish_reel(wire: Wire, token: str, content: bytes = b"video", **said: str) -> str:
    container = ready_container(wire, token, content, **said)
    return str(wire.post(f"/graph/v26.0/{INSTAGRAM}/media_publish", token, creation_id=container).json["id"])


def start_youtube(wire: Wire, token: str, size: int, **document: Any) -> Reply:
    sent = {"snippet": {"title": "A title"}, "status": {"privacyStatus": "private"}, **document}
    return wire.call(
        "POST",
        "/google-api/upload/youtube/v3/videos?uploadType=resumable&part=snippet,status",
        document=sent,
        authorization=f"Bearer {token}",
        x_upload_content_type="video/mp4",
        x_upload_content_length=str(size),
    )


def upload_youtube(wire: Wire, token: str, content: bytes = b"video", **document: Any) -> str:
    session = start_youtube(wire, token, len(content), **document).headers["location"]
    reply = wire.call("PUT", session, body=content, content_range=f"bytes 0-{len(content) - 1}/{len(content)}")
    assert reply.status == 200, reply.body
    wire.pass_time(2)
    return str(reply.json["id"])


def bearer(wire: Wire, method: str, path: str, token: str, document: Any = None) -> Reply:
    return wire.call(method, path, document=document, authorization=f"Bearer {token}")


def begin_tiktok(wire: Wire, token: str, size: int, level: str = "PUBLIC_TO_EVERYONE", chunk: int | None = None, **info: Any) -> Reply:
    chunk = chunk or size
    document = {
        "post_info": {"title": "A caption", "privacy_level": level, "is_aigc": True, **info},
        "source_info": {"source": "FILE_UPLOAD", "video_size": size, "chunk_size": chunk, "total_chunk_count": size // chunk},
    }
    return bearer(wire, "POST", "/tiktok-open/v2/post/publish/video/init/", token, document)


def put_chunk(wire: Wire, address: str, content: bytes, first: int, total: int) -> Reply:
    return wire.call("PUT", address, body=content, content_type="video/mp4", content_range=f"bytes {first}-{first + len(content) - 1}/{total}")


def post_tiktok(wire: Wire, token: str, content: bytes = b"video", level: str = "PUBLIC_TO_EVERYONE", **info: Any) -> str:
    data = begin_tiktok(wire, token, len(content), level, **info).json["data"]
    assert put_chunk(wire, data["upload_url"], content, 0, len(content)).status == 201
    wire.pass_time(3)
    return str(data["publish_id"])


def tiktok_status(wire: Wire, token: str, publish_id: str) -> dict[str, Any]:
    return dict(bearer(wire, "POST", "/tiktok-open/v2/post/publish/status/fetch/", token, {"publish_id": publish_id}).json["data"])
