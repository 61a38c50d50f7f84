"""Records in memory with an append-only journal: what was answered is on disk before the answer leaves."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar, cast

from local.sandbox.records import KINDS, Comment, Record, Upload

R = TypeVar("R", bound=Record)


class Store:
    """``directory`` None: nothing is kept. One process at a time; lines written before a ``kill -9`` are read again."""

    def __init__(self, directory: Path | None = None) -> None:
        self._tables: dict[str, dict[str, Record]] = {name: {} for name in KINDS}
        self._uploads: dict[str, dict[str, Upload]] = {}
        self._posts: dict[str, Upload] = {}
        self._comments: dict[str, dict[str, Comment]] = {}
        self._changed: dict[tuple[str, str], Record | None] = {}
        self._journal: int | None = None
        if directory is not None:
            self._open(directory / "journal.jsonl")

    def put(self, record: R) -> R:
        """Keeps it; call again after a change."""
        name = type(record).__name__
        self._tables[name][record.key] = record
        self._index(record)
        if self._journal is not None:
            self._changed[name, record.key] = record
        return record

    def find(self, kind: type[R], key: str) -> R | None:
        return cast("R | None", self._tables[kind.__name__].get(key))

    def drop(self, kind: type[R], key: str) -> None:
        if self._tables[kind.__name__].pop(key, None) is not None and self._journal is not None:
            self._changed[kind.__name__, key] = None

    def all(self, kind: type[R]) -> Iterator[R]:
        """Every record of the kind, oldest first."""
        return iter(cast("list[R]", self._tables[kind.__name__].values()))

    def uploads_of(self, account: str) -> list[Upload]:
        """An account's uploads, newest first."""
        return list(self._uploads.get(account, {}).values())[::-1]

    def comments_of(self, upload: str) -> list[Comment]:
        """What was written under a post, oldest first."""
        return list(self._comments.get(upload, {}).values())

    def find_post(self, external_id: str) -> Upload | None:
        """The upload that became this post."""
        return self._posts.get(external_id)

    def flush(self) -> None:
        """Writes what changed. One write call: a crash leaves whole lines and at most one half line at the end."""
        if self._journal is None or not self._changed:
            return
        lines = "".join(_line(name, key, record) for (name, key), record in self._changed.items())
        self._changed.clear()
        os.write(self._journal, lines.encode())

    def clear(self) -> None:
        """Forgets everything."""
        self._uploads.clear()
        self._posts.clear()
        self._comments.clear()
        for name, table in self._tables.items():
            for key in list(table):
                self.drop(KINDS[name], key)

    def close(self) -> None:
        if self._journal is not None:
            self.flush()
            os.close(self._journal)
            self._journal = None

    def _open(self, path: Path) -> None:
        """Reads the journal, writes it anew without what is outdated, and goes on writing at its end."""
        if path.exists():
            for line in path.read_bytes().splitlines():
                with contextlib.suppress(ValueError, KeyError, TypeError):  # the half line of a crash
                    self._read(json.loads(line))
        draft = path.with_suffix(".draft")
        with draft.open("w", encoding="utf-8") as file:
            file.writelines(_line(name, key, record) for name, table in self._tables.items() for key, record in table.items())
        draft.replace(path)
        self._journal = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def _read(self, entry: dict[str, Any]) -> None:
        table = self._tables[entry["t"]]
        if entry["v"] is None:
            table.pop(entry["k"], None)
        else:
            record = table[entry["k"]] = KINDS[entry["t"]](**entry["v"])
            self._index(record)

    def _index(self, record: Record) -> None:
        if isinstance(record, Comment):
            self._comments.setdefault(record.upload, {})[record.key] = record
        if isinstance(record, Upload):
            self._uploads.setdefault(record.account, {})[record.key] = record
            if record.external_id:
                self._posts[record.external_id] = record


def _line(name: str, key: str, record: Record | None) -> str:
    return json.dumps({"t": name, "k": key, "v": None if record is None else vars(record)}, ensure_ascii=False, separators=(",", ":")) + "\n"
