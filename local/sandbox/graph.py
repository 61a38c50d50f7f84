"""Graph's two hosts: which node and edge a path means, and which operation of which vendor that is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from local.sandbox import facebook, instagram, instagram_login, meta_login
from local.sandbox.accounts import FACEBOOK_USER, FACEBOOK_USER_NAME
from local.sandbox.exchange import Answer, Call, json_answer
from local.sandbox.graph_fields import choose_fields
from local.sandbox.grounds import Grounds
from local.sandbox.meta_errors import refuse, usage_headers
from local.sandbox.meta_tokens import FACEBOOK_LOGIN, INSTAGRAM_LOGIN, Caller, check_token, find_instagram, find_page, missing
from local.sandbox.records import Account, Upload
from local.sandbox.routes import Resolved

OLDEST_VERSION, NEWEST_VERSION = 21, 26
_PATH = re.compile(r"/(?:v(?P<version>\d+)\.0/)?(?P<node>[^/]+)(?:/(?P<edge>[^/]+))?(?:/(?P<rest>[^/]+))?/?")
OfAccount = Callable[[Grounds, Call, Caller, Account], Answer]
OfUpload = Callable[[Grounds, Call, Caller, Upload], Answer]

_INSTAGRAM: Mapping[tuple[str, str], tuple[str, OfAccount]] = {
    ("GET", ""): ("account", instagram.read_account),
    ("POST", "media"): ("open", instagram.create_container),
    ("GET", "media"): ("list", instagram.list_media),
    ("POST", "media_publish"): ("commit", instagram.publish),
    ("GET", "content_publishing_limit"): ("options", instagram.read_limit),
}
_CONTAINER: Mapping[tuple[str, str], tuple[str, OfUpload]] = {("GET", ""): ("check", instagram.read_container)}
_MEDIA: Mapping[tuple[str, str], tuple[str, OfUpload]] = {
    ("GET", ""): ("look", instagram.read_media),
    ("GET", "insights"): ("metrics", instagram.read_insights),
    ("POST", "comments"): ("comment", instagram.comment),
    ("GET", "comments"): ("comments", instagram.list_comments),
    ("DELETE", ""): ("delete", instagram.delete),
}
_PAGE: Mapping[tuple[str, str], tuple[str, OfAccount]] = {
    ("GET", ""): ("account", facebook.read_page),
    ("POST", "video_reels"): ("commit", facebook.take_phase),
    ("GET", "video_reels"): ("list", facebook.list_reels),
    ("GET", "videos"): ("list", facebook.list_reels),
}
_VIDEO: Mapping[tuple[str, str], tuple[str, OfUpload]] = {
    ("GET", ""): ("check", facebook.read_video),
    ("POST", "thumbnails"): ("cover", facebook.set_cover),
    ("GET", "video_insights"): ("metrics", facebook.read_insights),
    ("POST", "comments"): ("comment", facebook.comment),
    ("GET", "comments"): ("comments", facebook.list_comments),
    ("DELETE", ""): ("delete", facebook.delete),
}


def resolve(grounds: Grounds, call: Call, path: str, login: str) -> Resolved | None:
    """The vendor and operation of a call, and what answers it; ``path`` is without the host's prefix."""
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    if found["version"] and not OLDEST_VERSION <= int(found["version"]) <= NEWEST_VERSION:
        return Resolved("meta", "unknown", lambda: _refuse_version(found["version"]))
    node, edge = found["node"], found["edge"] or ""
    if login == FACEBOOK_LOGIN and (resolved := _resolve_login(grounds, call, found, node, edge)):
        return resolved
    if login == INSTAGRAM_LOGIN and node in {"access_token", "refresh_access_token"} and not edge:
        grant = instagram_login.refresh_token if node.startswith("refresh") else instagram_login.give_long_token
        return Resolved("instagram", "refresh" if node.startswith("refresh") else "lengthen", lambda: grant(grounds, call, found))
    return _resolve_node(grounds, call, login, node, edge)


def _resolve_login(grounds: Grounds, call: Call, found: re.Match[str], node: str, edge: str) -> Resolved | None:
    """What belongs to the person: tokens, rights, pages."""
    if (node, edge) == ("oauth", "access_token"):
        operation = "lengthen" if call.params.get("grant_type") == "fb_exchange_token" else "token"
        return Resolved("meta", operation, lambda: meta_login.give_token(grounds, call, found))
    if node == "debug_token" and call.method == "GET":
        return Resolved("meta", "account", lambda: meta_login.inspect_token(grounds, call, found))
    if node not in {"me", FACEBOOK_USER}:
        return None
    if (call.method, edge) == ("DELETE", "permissions"):
        return Resolved("meta", "revoke", lambda: meta_login.end_permissions(grounds, call, check_token(grounds, call, FACEBOOK_LOGIN), found["rest"] or ""))
    answers: Mapping[str, tuple[str, Callable[[Grounds, Call, Caller], Answer]]] = {
        "permissions": ("scopes", meta_login.read_permissions),
        "accounts": ("accounts", meta_login.read_pages),
        "businesses": ("accounts", lambda *_: json_answer({"data": []})),
        "": ("account", _read_me),
    }
    if call.method != "GET" or edge not in answers:
        return None
    operation, handler = answers[edge]
    return Resolved("meta", operation, lambda: handler(grounds, call, check_token(grounds, call, FACEBOOK_LOGIN)))


def _resolve_node(grounds: Grounds, call: Call, login: str, node: str, edge: str) -> Resolved:
    """A node by its id: an account, a container, a published reel, a page's video."""
    if login == INSTAGRAM_LOGIN and node == "me":
        node = _own_account(grounds, call)
    account = grounds.store.find(Account, node)
    if account is not None and account.vendor in {"instagram", "facebook"}:
        return _resolve_account(grounds, call, login, account, edge)
    upload = grounds.store.find(Upload, node) or grounds.store.find_post(node)
    if upload is None or upload.vendor not in {"instagram", "facebook"}:
        return Resolved("meta", "unknown", lambda: _refuse_missing(grounds, call, login, node))
    return _resolve_upload(grounds, call, login, upload, node, edge)


def _resolve_account(grounds: Grounds, call: Call, login: str, account: Account, edge: str) -> Resolved:
    is_page = account.vendor == "facebook"
    table = _PAGE if is_page else _INSTAGRAM
    operation, handler = table.get((call.method, edge), ("unknown", None))
    if is_page and operation == "commit":
        operation = {"start": "open", "cancel": "cancel"}.get(call.params.get("upload_phase", "").lower(), "commit")

    def answer() -> Answer:
        caller = check_token(grounds, call, login)
        if handler is None:
            raise missing(account.key)
        find = find_page if is_page else find_instagram
        return _with_usage(grounds, call, handler(grounds, call, caller, find(grounds, caller, account.key)), account.key, is_page)

    return Resolved(account.vendor, operation, answer)


def _resolve_upload(grounds: Grounds, call: Call, login: str, upload: Upload, node: str, edge: str) -> Resolved:
    is_page = upload.vendor == "facebook"
    is_container = not is_page and node == upload.key
    table: Mapping[tuple[str, str], tuple[str, OfUpload]] = _VIDEO if is_page else _CONTAINER if is_container else _MEDIA
    operation, handler = table.get((call.method, edge), ("unknown", None))
    is_committed = bool(upload.said.get("finished_at")) if is_page else upload.published_at is not None
    if operation == "check" and is_committed:
        operation = "look"
    if operation == "look" and not is_container and _asks_for_counts(call):
        operation = "metrics"

    def answer() -> Answer:
        caller = check_token(grounds, call, login)
        find = find_page if is_page else find_instagram
        account = find(grounds, caller, upload.account)
        if handler is None or upload.ended:
            raise missing(node)
        return _with_usage(grounds, call, handler(grounds, call, caller, upload), account.key, is_page)

    return Resolved(upload.vendor, operation, answer)


def _asks_for_counts(call: Call) -> bool:
    return bool(re.search(r"like_count|comments_count|views|likes", call.params.get("fields", "")))


def _own_account(grounds: Grounds, call: Call) -> str:
    """The account of an Instagram Login's token; ``me`` where the token is not known, which is refused later."""
    token, _ = grounds.find_token(call.params.get("access_token") or call.headers.get("authorization", "").partition(" ")[2], INSTAGRAM_LOGIN, call.now)
    return token.accounts[0] if token and token.accounts else "me"


def _read_me(grounds: Grounds, call: Call, caller: Caller) -> Answer:
    known: dict[str, Callable[[], Any]] = {
        "id": lambda: FACEBOOK_USER,
        "name": lambda: FACEBOOK_USER_NAME,
        "first_name": lambda: FACEBOOK_USER_NAME.split()[0],
        "email": lambda: None,
        "picture": lambda: {"data": {"url": f"{call.origin}/_control/picture/{FACEBOOK_USER}"}},
    }
    return json_answer(choose_fields(call.params.get("fields", ""), known, "User", ("id", "name")))


def _with_usage(grounds: Grounds, call: Call, answer: Answer, subject: str, is_page: bool) -> Answer:
    headers = {**answer.headers, **usage_headers(grounds, subject, "pages" if is_page else "instagram", call.now)}
    return Answer(answer.status, headers, answer.body)


def _refuse_version(version: str) -> Answer:
    raise refuse("2635" if int(version) < OLDEST_VERSION else "2500", f"(#2635) The version v{version}.0 of the Graph API is not served.")


def _refuse_missing(grounds: Grounds, call: Call, login: str, node: str) -> Answer:
    check_token(grounds, call, login)
    raise missing(node)
