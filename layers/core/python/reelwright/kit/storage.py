"""Files in S3: presigned transfer for clients, whole files for steps. Half a file is never visible: S3 shows an object when it is complete."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from reelwright.kit.errors import NotFound

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PRESIGNED_UPLOAD_SECONDS = 3600
PRESIGNED_DOWNLOAD_SECONDS = 3600


@dataclass(frozen=True)
class StoredFile:
    """What S3 says about an object."""

    key: str
    size_bytes: int
    content_type: str
    etag: str


class Storage:
    """One bucket. ``signer`` is a client whose endpoint is the address that clients see; its signature covers that host."""

    def __init__(self, client: S3Client, bucket: str, signer: S3Client | None = None) -> None:
        self._client = client
        self._signer = signer or client
        self._bucket = bucket

    def sign_upload(self, key: str, content_type: str, size_bytes: int) -> str:
        """An address that takes one PUT of exactly this type and size for an hour."""
        params = {"Bucket": self._bucket, "Key": key, "ContentType": content_type, "ContentLength": size_bytes}
        return self._signer.generate_presigned_url("put_object", Params=params, ExpiresIn=PRESIGNED_UPLOAD_SECONDS)

    def sign_download(self, key: str, file_name: str | None = None) -> str:
        """An address that serves the object for an hour; with ``file_name`` browsers save it under that name."""
        params = {"Bucket": self._bucket, "Key": key}
        if file_name:
            params["ResponseContentDisposition"] = f'attachment; filename="{file_name}"'
        return self._signer.generate_presigned_url("get_object", Params=params, ExpiresIn=PRESIGNED_DOWNLOAD_SECONDS)

    def describe(self, key: str) -> StoredFile | None:
        """The object's facts, or None where there is none."""
        try:
            head = self._client.head_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if error.response["Error"]["Code"] in {"404", "NoSuchKey", "NotFound"}:
                return None
            raise
        return StoredFile(key, head["ContentLength"], head.get("ContentType", ""), head["ETag"].strip('"'))

    def download(self, key: str, path: Path) -> Path:
        """Fetches the object into ``path``. Raises NotFound."""
        temporary = path.with_name(path.name + ".part")
        try:
            self._client.download_file(self._bucket, key, str(temporary))
        except ClientError as error:
            temporary.unlink(missing_ok=True)
            raise NotFound(f"The stored file {key} is not there any more.") from error
        temporary.replace(path)
        return path

    def read_range(self, key: str, start: int, end: int) -> bytes:
        """The bytes from ``start`` up to, not including, ``end``; no more than that is in memory. Raises NotFound."""
        if end <= start:
            return b""
        try:
            answer = self._client.get_object(Bucket=self._bucket, Key=key, Range=f"bytes={start}-{end - 1}")
        except ClientError as error:
            raise NotFound(f"The stored file {key} is not there any more.") from error
        return answer["Body"].read()

    def upload(self, path: Path, key: str, content_type: str) -> str:
        """Stores the file under ``key`` (multipart where large) and returns the key."""
        self._client.upload_file(str(path), self._bucket, key, ExtraArgs={"ContentType": content_type})
        return key

    def write_json(self, key: str, document: Mapping[str, Any] | list[Any]) -> str:
        """Stores a JSON document and returns the key."""
        body = json.dumps(document, ensure_ascii=False).encode()
        self._client.put_object(Bucket=self._bucket, Key=key, Body=body, ContentType="application/json")
        return key

    def read_json(self, key: str) -> Any:
        """Reads a JSON document. Raises NotFound."""
        try:
            return json.loads(self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read())
        except ClientError as error:
            raise NotFound(f"The stored document {key} is not there any more.") from error

    def delete(self, key: str) -> None:
        """Deletes the object; nothing happens where there is none."""
        self._client.delete_object(Bucket=self._bucket, Key=key)

    def delete_folder(self, folder: str) -> int:
        """Deletes every object whose key begins with ``folder`` (which ends with a slash), and says how many."""
        count = 0
        for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=folder):
            for item in page.get("Contents", ()):
                self.delete(item["Key"])
                count += 1
        return count
