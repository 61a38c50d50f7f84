"""Where a generation keeps what it made: one folder in the bucket, one name per thing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import BaseModel

Noun = TypeVar("Noun", bound=BaseModel)


class Files(Protocol):
    """What keeping needs of the storage."""

    def upload(self, path: Path, key: str, content_type: str) -> str: ...
    def read_json(self, key: str) -> object: ...
    def write_json(self, key: str, document: dict[str, object]) -> str: ...


@dataclass(frozen=True)
class GenerationFiles:
    """The folder ``generations/{creator}/{generation}/`` of the bucket; each variant but the first has one of its own in it."""

    files: Files
    creator_id: str
    generation_id: str
    variant: int = 1

    def key(self, name: str) -> str:
        """The storage key of a name such as ``plan.json``."""
        folder = f"variant-{self.variant}/" if self.variant > 1 else ""
        return f"generations/{self.creator_id}/{self.generation_id}/{folder}{name}"

    def write(self, name: str, noun: BaseModel) -> str:
        """Stores a document and returns its key."""
        return self.files.write_json(self.key(name), noun.model_dump(mode="json"))

    def read(self, name: str, noun: type[Noun]) -> Noun:
        """Reads a document back. Raises NotFound."""
        return noun.model_validate(self.files.read_json(self.key(name)))

    def upload(self, path: Path, name: str, content_type: str) -> str:
        """Stores a file and returns its key."""
        return self.files.upload(path, self.key(name), content_type)
