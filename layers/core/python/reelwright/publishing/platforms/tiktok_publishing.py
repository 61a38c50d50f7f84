"""TikTok's direct posts: there is no call that publishes, so the last piece of the upload is kept back and is the one that is sent once.

https://developers.tiktok.com/doc/content-posting-api-reference-direct-post · https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlencode

from pydantic import SecretStr

from reelwright.kit.clock import Clock
from reelwright.kit.errors import PlatformRefused, UploadExpired
from reelwright.kit.http_client import HttpAnswer, HttpClient, HttpRequest
from reelwright.publishing.grant import Grant
from reelwright.publishing.platform import Account, AccountChoice, Comments, ConnectRequest, Metrics, Order, Outcome, PublishingOptions, Readiness, Sent
from reelwright.publishing.platforms.answers import ask, ask_once, refuse
from reelwright.publishing.platforms.apps import AppCredentials, Hosts
from reelwright.publishing.platforms.check_content import refuse_cover, refuse_length, refuse_missing, refuse_privacy
from reelwright.publishing.platforms.pkce import challenge_of
from reelwright.publishing.platforms.tiktok import SPECIFICATION
from reelwright.publishing.platforms.tiktok_refusals import FAILURES, REFUSALS
from reelwright.publishing.post import Checkpoint, PostContent, Privacy
from reelwright.publishing.social_account import ConnectWay

TITLE = "TikTok"
PIECE_BYTES = 10_000_000  # 5 to 64 MB each; the last one takes what is left
ONE_PIECE_BYTES = 20_000_000  # a file up to here goes as one piece
SETTLED_AFTER = timedelta(minutes=2)  # a last piece that has not arrived by then never will
METRICS_AT_ONCE = 20
_PRIVACY: dict[Privacy, str] = {"public": "PUBLIC_TO_EVERYONE", "friends": "MUTUAL_FOLLOW_FRIENDS", "followers": "FOLLOWER_OF_CREATOR", "private": "SELF_ONLY"}


class TikTokPublishing:
    """The port for TikTok accounts."""

    name = "tiktok"
    way: ConnectWay = "tiktok"
    specification = SPECIFICATION
    scopes = frozenset({"user.info.basic", "user.info.profile", "video.publish", "video.list"})
    has_ai_label = True
    needs_privacy_choice = True
    needs_public_address = False
    comments: Comments | None = None
    refresh_margin_seconds = 300  # a token lives 2 h, and each refresh ends the refresh token that was used
    min_refresh_age_seconds = 0

    def __init__(self, http: HttpClient, app: AppCredentials, hosts: Hosts, clock: Clock) -> None:
        self._http, self._app, self._hosts, self._clock = http, app, hosts, clock

    def authorize_url(self, request: ConnectRequest) -> str:
        query = {
            "client_key": self._app.client_id,
            "scope": ",".join(sorted(self.scopes)),
            "response_type": "code",
            "redirect_uri": request.redirect_uri,
            "state": request.state,
            "code_challenge": challenge_of(request.code_verifier),
            "code_challenge_method": "S256",
        }
        return f"{self._hosts.tiktok_www}/v2/auth/authorize/?{urlencode(query)}"

    def exchange_code(self, code: str, request: ConnectRequest, now: datetime) -> Grant:
        form = {"grant_type": "authorization_code", "code": unquote(code), "redirect_uri": request.redirect_uri, "code_verifier": request.code_verifier}
        return self._take_grant(self._token(form), now)

    def list_accounts(self, grant: Grant, now: datetime) -> Sequence[AccountChoice]:
        fields = "open_id,union_id,avatar_url,display_name" + (",username" if "user.info.profile" in grant.scopes else "")
        request = HttpRequest("GET", f"{self._hosts.tiktok_open}/v2/user/info/", params={"fields": fields}, headers=_bearer(grant))
        user = self._hold(ask(self._http, request, TITLE)).get("user", {})
        own = grant.model_copy(update={"subject": str(user["open_id"])})
        return [AccountChoice(str(user["open_id"]), str(user.get("display_name", "")), str(user.get("username", "")), str(user.get("avatar_url", "")), own)]

    def refresh(self, grant: Grant, now: datetime) -> Grant:
        if grant.refresh_token is None:
            raise REFUSALS["invalid_grant"].build()
        fresh = self._take_grant(self._token({"grant_type": "refresh_token", "refresh_token": grant.refresh_token.get_secret_value()}), now)
        return fresh.keep_refresh_token(grant).model_copy(update={"scopes": fresh.scopes or grant.scopes, "subject": fresh.subject or grant.subject})

    def revoke(self, grant: Grant) -> None:
        form = {**self._secret(), "token": grant.access_token.get_secret_value()}
        ask(self._http, HttpRequest("POST", f"{self._hosts.tiktok_open}/v2/oauth/revoke/", form=form), TITLE)

    def read_options(self, account: Account, now: datetime) -> PublishingOptions:
        try:
            said = self._post(account.grant, "/v2/post/publish/creator_info/query/", {})
        except PlatformRefused as error:
            return PublishingOptions((), None, 0, cannot=error.detail)
        levels = frozenset(said.get("privacy_level_options", []))
        return PublishingOptions(
            privacy_choices=tuple(choice for choice, level in _PRIVACY.items() if level in levels),
            default_privacy=None,
            max_seconds=float(said.get("max_video_post_duration_sec") or SPECIFICATION.max_seconds),
            can_comment=not said.get("comment_disabled", False),
            can_duet=not said.get("duet_disabled", False),
            can_stitch=not said.get("stitch_disabled", False),
            nickname=str(said.get("creator_nickname", "")),
        )

    def check_order(self, order: Order, options: PublishingOptions) -> Sequence[str]:
        return [
            *refuse_missing(order.content, frozenset({"commercial_content", "allows_comments", "duets"}), TITLE),
            *refuse_cover(order, takes_moment=True, title=TITLE),
            *refuse_privacy(order.content, options, TITLE),
            *refuse_length(order.video.duration_seconds, options, TITLE),
            *_refuse_interactions(order.content, options),
        ]

    def open(self, account: Account, order: Order) -> Checkpoint:
        """What the creator may do is asked before each post: TikTok wants it so."""
        options = self.read_options(account, self._clock())
        refused = [options.cannot] if options.cannot else list(self.check_order(order, options))
        if refused:
            raise PlatformRefused(" ".join(refused))
        size, count = order.video.size_bytes, _count_pieces(order.video.size_bytes)
        source = {"source": "FILE_UPLOAD", "video_size": size, "chunk_size": PIECE_BYTES if count > 1 else size, "total_chunk_count": count}
        said = self._post(account.grant, "/v2/post/publish/video/init/", {"post_info": _write_post(order.content), "source_info": source})
        return {"publish_id": said["publish_id"], "upload_url": said["upload_url"], "pieces": count, "sent": 0}

    def send(self, account: Account, order: Order, checkpoint: Checkpoint) -> Sent:
        """Everything but the last piece, which would post it."""
        last_start = (int(checkpoint["pieces"]) - 1) * PIECE_BYTES
        stored = int(self._status(account, checkpoint).get("uploaded_bytes") or 0) if last_start else 0
        if stored >= last_start:
            return Sent({**checkpoint, "sent": last_start}, last_start, is_complete=True)
        self._put(order, checkpoint, stored, stored + PIECE_BYTES)
        sent = stored + PIECE_BYTES
        return Sent({**checkpoint, "sent": sent}, sent, is_complete=sent >= last_start)

    def check(self, account: Account, order: Order, checkpoint: Checkpoint) -> Readiness:
        return Readiness("ready", checkpoint)

    def commit(self, account: Account, order: Order, checkpoint: Checkpoint) -> Outcome:
        start = (int(checkpoint["pieces"]) - 1) * PIECE_BYTES
        request = _piece(order, checkpoint, start, order.video.size_bytes)
        _hold_upload(ask_once(self._http, request, TITLE))
        return Outcome("pending", external_id="", checkpoint=checkpoint)

    def look(self, account: Account, order: Order, checkpoint: Checkpoint, since: datetime) -> Outcome:
        said = self._status(account, checkpoint)
        status, reason = str(said.get("status", "")), str(said.get("fail_reason", ""))
        if status == "PUBLISH_COMPLETE":
            return self._published(account, order, checkpoint, said)
        if status == "FAILED":
            return Outcome("failed", detail=FAILURES.get(reason, f"TikTok could not post the video ({reason or 'no reason given'})."), checkpoint=checkpoint)
        is_whole = int(said.get("uploaded_bytes") or 0) >= order.video.size_bytes
        never_came = status == "PROCESSING_UPLOAD" and not is_whole and self._clock() - since > SETTLED_AFTER
        return Outcome("absent" if never_came else "pending", checkpoint=checkpoint)

    def read_metrics(self, account: Account, external_ids: Sequence[str]) -> dict[str, Metrics]:
        found: dict[str, Metrics] = {}
        fields = {"fields": "id,view_count,like_count,comment_count,share_count"}
        for start in range(0, len(external_ids), METRICS_AT_ONCE):
            wanted = {"filters": {"video_ids": list(external_ids[start : start + METRICS_AT_ONCE])}}
            videos = self._post(account.grant, "/v2/video/query/", wanted, fields).get("videos", [])
            found.update({str(video["id"]): _read_counts(video) for video in videos})
        return found

    def _published(self, account: Account, order: Order, checkpoint: Checkpoint, said: dict[str, Any]) -> Outcome:
        """A post that only its creator sees has no number, and so no link; a public one gets it when TikTok has looked at it."""
        ids = [str(number) for number in said.get("publicaly_available_post_id") or []]
        link = f"{self._hosts.tiktok}/@{account.username}/video/{ids[0]}" if ids and account.username else ""
        is_final = bool(ids) or order.content.privacy != "public"
        return Outcome("published", external_id=ids[0] if ids else "", permalink=link, is_link_final=is_final, checkpoint=checkpoint)

    def _status(self, account: Account, checkpoint: Checkpoint) -> dict[str, Any]:
        return self._post(account.grant, "/v2/post/publish/status/fetch/", {"publish_id": checkpoint["publish_id"]})

    def _put(self, order: Order, checkpoint: Checkpoint, start: int, end: int) -> None:
        _hold_upload(ask(self._http, _piece(order, checkpoint, start, end), TITLE))

    def _post(self, grant: Grant, path: str, document: dict[str, Any], params: dict[str, str] | None = None) -> dict[str, Any]:
        headers = {**_bearer(grant), "Content-Type": "application/json; charset=UTF-8"}
        request = HttpRequest("POST", f"{self._hosts.tiktok_open}{path}", params=params or {}, headers=headers, document=document)
        return self._hold(ask(self._http, request, TITLE))

    def _hold(self, answer: HttpAnswer) -> dict[str, Any]:
        """The data, or the error by its code: an answer is good only when its code says so."""
        said = answer.read_json()
        error = said.get("error") or {}
        if answer.status < 400 and error.get("code") == "ok":
            data: dict[str, Any] = said.get("data") or {}
            return data
        code = str(error.get("code") or ("access_token_invalid" if answer.status == 401 else ""))
        raise refuse(code, REFUSALS, TITLE, str(error.get("message", "")))

    def _token(self, form: dict[str, str]) -> dict[str, Any]:
        answer = ask(self._http, HttpRequest("POST", f"{self._hosts.tiktok_open}/v2/oauth/token/", form={**form, **self._secret()}), TITLE)
        said = answer.read_json()
        if answer.status >= 400 or "access_token" not in said:
            raise refuse(str(said.get("error", "")), REFUSALS, TITLE, str(said.get("error_description", "")))
        return said

    def _secret(self) -> dict[str, str]:
        return {"client_key": self._app.client_id, "client_secret": self._app.client_secret.get_secret_value()}

    def _take_grant(self, said: dict[str, Any], now: datetime) -> Grant:
        refresh_token = said.get("refresh_token")
        return Grant(
            access_token=SecretStr(str(said["access_token"])),
            expires_at=now + timedelta(seconds=int(said.get("expires_in", 7200))),
            refresh_token=SecretStr(str(refresh_token)) if refresh_token else None,
            refresh_expires_at=now + timedelta(seconds=int(said.get("refresh_expires_in", 15_552_000))),
            scopes=frozenset(scope for scope in str(said.get("scope", "")).split(",") if scope),
            issued_at=now,
            subject=str(said.get("open_id", "")),
        )


def _bearer(grant: Grant) -> dict[str, str]:
    return {"Authorization": f"Bearer {grant.access_token.get_secret_value()}"}


def _count_pieces(size_bytes: int) -> int:
    """TikTok counts by rounding down: the last piece takes what is left."""
    return size_bytes // PIECE_BYTES if size_bytes > ONE_PIECE_BYTES else 1


def _piece(order: Order, checkpoint: Checkpoint, start: int, end: int) -> HttpRequest:
    headers = {"Content-Type": "video/mp4", "Content-Length": str(end - start), "Content-Range": f"bytes {start}-{end - 1}/{order.video.size_bytes}"}
    return HttpRequest("PUT", str(checkpoint["upload_url"]), headers=headers, body=order.video.read(start, end))


def _hold_upload(answer: HttpAnswer) -> None:
    """Whether a piece was taken. A refused one is no post: an upload that is not whole ends by itself."""
    if answer.status not in {200, 201, 206}:
        raise UploadExpired(f"TikTok did not take a piece of the video (it answered {answer.status}). The upload begins again.")


def _write_post(content: PostContent) -> dict[str, Any]:
    cover = {} if content.cover_seconds is None else {"video_cover_timestamp_ms": round(content.cover_seconds * 1000)}
    return {
        "title": content.caption,
        "privacy_level": _PRIVACY[content.privacy or "private"],
        "disable_comment": not content.allows_comments,
        "disable_duet": not content.allows_duets,
        "disable_stitch": not content.allows_stitches,
        "brand_content_toggle": content.commercial_content == "branded",
        "brand_organic_toggle": content.commercial_content == "own_brand",
        "is_aigc": content.is_ai_generated,
        **cover,
    }


def _refuse_interactions(content: PostContent, options: PublishingOptions) -> Iterator[str]:
    if len(content.caption.encode("utf-16-le")) // 2 > SPECIFICATION.caption_limit:
        yield f"TikTok's caption has at most {SPECIFICATION.caption_limit} characters. Shorten it."
    for is_wanted, can, what in (
        (bool(content.allows_comments), options.can_comment, "comments"),
        (content.allows_duets, options.can_duet, "duets"),
        (content.allows_stitches, options.can_stitch, "stitches"),
    ):
        if is_wanted and not can:
            yield f"This TikTok account has switched {what} off. Switch them off for the post too."
    if content.commercial_content == "branded" and content.privacy == "private":
        yield "Branded content on TikTok cannot be seen by you alone. Choose another visibility."


def _read_counts(video: dict[str, Any]) -> Metrics:
    return Metrics(video.get("view_count"), video.get("like_count"), video.get("comment_count"), video.get("share_count"))
