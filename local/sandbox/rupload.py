"""Meta's upload host: the bytes of Instagram's containers and of pages' reels.

``Authorization`` is ``OAuth``, not ``Bearer``. Decisions where the reference is unsure: GET tells the stored ``offset``; a body that ends before
``file_size`` is kept and answered with a retriable PartialRequestError; an offset that is not the stored one with OffsetMismatchError; failures come
with status 400, or 200 where the setting says so.
"""

from __future__ import annotations

import json
import re

from local.sandbox.exchange import Answer, Call, Refusal, json_answer
from local.sandbox.grounds import Grounds, read_bearer
from local.sandbox.meta_errors import meta_error
from local.sandbox.meta_tokens import FACEBOOK_LOGIN
from local.sandbox.records import Account, Upload


def read_offset(grounds: Grounds, call: Call, match: re.Match[str]) -> Answer:
    """How many bytes are stored."""
    upload = _find(grounds, call, match["key"])
    return json_answer({"offset": grounds.files.size(upload.key)})


def receive(grounds: Grounds, call: Call, match: re.Match[str]) -> Answer:
    """Bytes from ``offset`` on, or an address to fetch them from."""
    upload = _find(grounds, call, match["key"])
    if address := call.headers.get("file_url"):
        upload.url = address
        grounds.store.put(upload)
        return _success()
    offset, size = _number(call.headers.get("offset")), _number(call.headers.get("file_size"))
    if offset is None or not size:
        raise _failure(grounds, "InvalidRequestError", "The headers offset and file_size are required", is_retriable=False)
    stored = grounds.files.size(upload.key)
    if offset != stored or upload.completed_at is not None:
        if upload.completed_at is not None and offset == stored == size and not call.body:
            return _success()
        raise _failure(grounds, "OffsetMismatchError", f"The stored offset is {stored}", is_retriable=True)
    upload.declared_bytes = size
    grounds.store.put(upload)
    if stored + len(call.body) > size:
        raise _failure(grounds, "InvalidRequestError", "More bytes than file_size", is_retriable=False)
    stored = grounds.files.append(upload.key, call.body)
    if stored < size:
        raise _failure(grounds, "PartialRequestError", "Partial request (did not match length of file)", is_retriable=True)
    grounds.complete(upload, call.now)
    return _success()


def _find(grounds: Grounds, call: Call, key: str) -> Upload:
    """Raises Refusal for a wrong scheme, token or id."""
    text = read_bearer(call.headers, "OAuth")
    if not text:
        raise Refusal(meta_error("190", "The Authorization header has to be: OAuth {access token}", 401))
    token, reason = grounds.find_token(text, FACEBOOK_LOGIN, call.now)
    if token is None or reason:
        raise Refusal(meta_error("190/463" if reason == "expired" else "190", status=401))
    upload = grounds.store.find(Upload, key)
    if upload is None or upload.ended or not _reaches(grounds, token.accounts, upload.account):
        raise _failure(grounds, "ResourceNotFoundError", "There is no such upload", is_retriable=False, status=404)
    return upload


def _reaches(grounds: Grounds, accounts: list[str], key: str) -> bool:
    pages = (grounds.store.find(Account, page) for page in accounts)
    return key in accounts or any(page is not None and page.linked == key for page in pages)


def _success() -> Answer:
    return json_answer({"success": True, "message": "Upload successful."})


def _failure(grounds: Grounds, kind: str, message: str, *, is_retriable: bool, status: int = 400) -> Refusal:
    document = {"debug_info": {"retriable": is_retriable, "type": kind, "message": json.dumps({"success": False, "error": {"message": message}})}}
    return Refusal(json_answer(document, 200 if grounds.settings.are_upload_failures_ok else status))


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None
