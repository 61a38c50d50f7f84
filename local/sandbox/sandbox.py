"""The stand-ins as one thing without sockets: a call goes in, the vendor's answer comes out, and faults stand between."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from local.sandbox import control, google_login, graph, instagram_login, meta_login, post_pages, rupload, tiktok, tiktok_login, tiktok_upload, youtube
from local.sandbox.accounts import default_accounts
from local.sandbox.exchange import Answer, Call, Cut, Refusal, json_answer, read_call
from local.sandbox.faults import Fault, FaultSwitch
from local.sandbox.grounds import Grounds
from local.sandbox.inspect_video import Facts, Fetch, Inspector, Worker
from local.sandbox.meta_tokens import FACEBOOK_LOGIN, INSTAGRAM_LOGIN
from local.sandbox.posts import SandboxPost, list_posts
from local.sandbox.records import Account, Note
from local.sandbox.routes import Resolved, Route, resolve
from local.sandbox.settings import SandboxSettings
from local.sandbox.store import Store
from local.sandbox.vendor_faults import make_answer
from local.sandbox.video_files import VideoFiles

KEPT_CALLS = 2000
IN_PROCESS = "http://sandbox.local"
OPERATIONS: Mapping[str, tuple[str, ...]] = {
    "meta": ("consent", "token", "lengthen", "scopes", "accounts", "account", "revoke", "unknown"),
    "instagram": (
        *("consent", "token", "lengthen", "refresh", "account", "options", "open", "send", "probe", "check"),
        *("commit", "look", "list", "metrics", "comment", "comments", "delete", "unknown"),
    ),
    "facebook": (
        *("account", "open", "send", "probe", "check", "commit", "look", "list", "cover", "metrics"),
        *("comment", "comments", "cancel", "delete", "unknown"),
    ),
    "youtube": (
        *("consent", "token", "refresh", "revoke", "options", "open", "send", "probe", "check", "cover"),
        *("commit", "look", "list", "metrics", "comment", "comments", "cancel", "delete"),
    ),
    "tiktok": ("consent", "token", "refresh", "revoke", "account", "options", "open", "send", "check", "commit", "look", "list", "metrics"),
}
"""Every outside call by name, beside ``processing``, which is no call. TikTok's commit is its last chunk, YouTube's ``videos.update``."""

_CONSENT: Mapping[str, tuple[Route, ...]] = {
    "facebook-www": (Route.of("meta", "GET POST", r"(?:/v\d+\.\d+)?/dialog/oauth/?", "consent", meta_login.show_consent),),
    "instagram-www": (Route.of("instagram", "GET POST", r"/oauth/authorize/?", "consent", instagram_login.show_consent),),
    "google-accounts": (Route.of("youtube", "GET POST", r"/o/oauth2/(?:v2/)?auth", "consent", google_login.show_consent),),
    "tiktok-www": (Route.of("tiktok", "GET POST", r"/v2/auth/authorize/?", "consent", tiktok_login.show_consent),),
}
_RUPLOAD = tuple(
    Route.of(vendor, method, rf"/{folder}/v\d+\.\d+/(?P<key>[^/]+)", operation, handler)
    for vendor, folder in (("instagram", "ig-api-upload"), ("facebook", "video-upload"))
    for method, operation, handler in (("GET", "probe", rupload.read_offset), ("POST", "send", rupload.receive))
)
_HOSTS: Mapping[str, tuple[Route, ...]] = {
    **_CONSENT,
    "rupload": _RUPLOAD,
    "instagram-api": (Route.of("instagram", "POST", r"/oauth/access_token/?", "token", instagram_login.give_short_token),),
    "google-oauth": (
        Route.of("youtube", "POST", r"/token", google_login.name_operation, google_login.give_token),
        Route.of("youtube", "POST", r"/revoke", "revoke", google_login.revoke),
    ),
    "google-api": youtube.ROUTES,
    "tiktok-open": tiktok.ROUTES,
    "tiktok-upload": tiktok_upload.ROUTES,
}
_OWN = (*control.ROUTES, *post_pages.ROUTES)


class Sandbox:
    """``directory`` None: everything is in memory. ``assumed``: facts of every video, so that none is looked at.

    Thread-safe: one call at a time. ``sleep`` waits for faults that are slow. ``fetch``: where what vendors fetch by its address comes from; without it
    the network.
    """

    def __init__(
        self,
        directory: Path | None = None,
        *,
        worker: Worker | None = None,
        assumed: Facts | None = None,
        settings: SandboxSettings | None = None,
        sleep: Callable[[float], None] = lambda _: None,
        fetch: Fetch | None = None,
    ) -> None:
        files = VideoFiles(directory / "videos" if directory else None)
        self.grounds = Grounds(Store(directory), files, Inspector(files, worker, assumed, fetch), FaultSwitch())
        self.calls: deque[dict[str, Any]] = deque(maxlen=KEPT_CALLS)
        self._sleep = sleep
        self._lock = threading.RLock()
        kept = self.grounds.store.find(Note, control.SETTINGS_NOTE)
        self.grounds.settings = settings or (control.read_settings(kept.content) if kept else SandboxSettings())
        self._add_missing(default_accounts())

    def handle(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes, now: float, *, is_cut: bool = False, patience_seconds: float | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """The answer: status, headers, body. ``now`` in seconds since 1970; ``is_cut``: the body ended early.

        Raises Cut where no answer comes: by a fault, or since it takes longer than ``patience_seconds``.
        """
        call = read_call(method, url, headers, body, now, IN_PROCESS, is_cut)
        with self._lock:
            resolved = self._resolve(call)
            fault = self.grounds.faults.take(resolved.vendor, resolved.operation, call) if resolved.vendor != "sandbox" else None
            answer = self._answer_or_note(call, resolved, fault, patience_seconds)
        if fault is not None and fault.kind == "slow":
            self._sleep(fault.seconds)
        return answer.status, dict(answer.headers), answer.body

    def set_fault(self, kind: str, vendor: str = "*", operation: str = "*", **more: Any) -> Fault:
        """As POST /_control/faults. Raises ValueError."""
        fault = Fault.read({"kind": kind, "vendor": vendor, "operation": operation, **more})
        with self._lock:
            self.grounds.faults.set(fault)
        return fault

    def clear_faults(self) -> None:
        with self._lock:
            self.grounds.faults.clear()

    def change_settings(self, **wishes: Any) -> None:
        """Raises ValueError."""
        with self._lock:
            self.grounds.settings = self.grounds.settings.change(wishes)

    def add_account(self, account: Account) -> None:
        """Adds an account, or changes the one with its key."""
        with self._lock:
            self.grounds.store.put(account)
            self.grounds.store.flush()

    def list_posts(self, now: float) -> list[SandboxPost]:
        """What stands on the accounts, newest first."""
        with self._lock:
            return list_posts(self.grounds, now)

    def close(self) -> None:
        with self._lock:
            self.grounds.store.close()

    def _add_missing(self, accounts: Iterable[Account]) -> None:
        for account in accounts:
            if self.grounds.store.find(Account, account.key) is None:
                self.grounds.store.put(account)
        self.grounds.store.flush()

    def _answer_or_note(self, call: Call, resolved: Resolved, fault: Fault | None, patience: float | None) -> Answer:
        status: int | None = None
        try:
            answer = self._answer(call, resolved, fault, patience)
            status = answer.status
            return answer
        finally:
            self.grounds.store.flush()
            if resolved.vendor != "sandbox":
                entry = {"at": call.now, "vendor": resolved.vendor, "operation": resolved.operation, "method": call.method, "path": call.path}
                self.calls.append({**entry, "status": status, "fault": fault.kind if fault else None})

    def _answer(self, call: Call, resolved: Resolved, fault: Fault | None, patience: float | None) -> Answer:
        if fault is not None and fault.kind == "cut_midway":
            call.body, call.is_cut = call.body[: len(call.body) // 2], True
        if call.is_cut and call.is_read_whole:
            raise Cut(was_reached=True)
        if fault is None:
            return _run(resolved)
        if fault.kind in {"not_heard", "cut_before"}:
            raise Cut(was_reached=fault.kind != "not_heard")
        made = make_answer(fault, resolved.vendor, resolved.operation)
        if made is not None and not fault.is_done:
            return made
        answer = _run(resolved)
        is_over = fault.kind == "slow" and patience is not None and fault.seconds > patience
        if is_over or fault.kind in {"cut_after", "cut_midway"}:
            raise Cut(was_reached=True)
        return made or answer

    def _resolve(self, call: Call) -> Resolved:
        if found := resolve(_OWN, self.grounds, call, call.path) or self._resolve_journal(call):
            return found
        host, _, rest = call.path.lstrip("/").partition("/")
        path = f"/{rest}"
        if host in {"graph", "instagram-graph"}:
            found = graph.resolve(self.grounds, call, path, FACEBOOK_LOGIN if host == "graph" else INSTAGRAM_LOGIN)
        elif host in _HOSTS:
            found = resolve(_HOSTS[host], self.grounds, call, path)
        else:  # Google's client sends its uploads to the root of the origin
            found = resolve(youtube.ROUTES, self.grounds, call, call.path)
        return found or Resolved("sandbox", "unknown", lambda: json_answer({"error": f"Nothing of the stand-ins answers {call.method} {call.path}."}, 404))

    def _resolve_journal(self, call: Call) -> Resolved | None:
        """What only this object knows."""
        if call.path == "/_control/calls" and call.method == "GET":
            return Resolved("sandbox", "control", lambda: json_answer({"calls": list(self.calls)}))
        if call.path == "/_control/operations" and call.method == "GET":
            return Resolved("sandbox", "control", lambda: json_answer(OPERATIONS))
        return None


def _run(resolved: Resolved) -> Answer:
    try:
        return resolved.answer()
    except Refusal as refusal:
        return refusal.answer
