"""What the rules want to know of each media: its place in time, how good an opener it is, what it shows, how often it serves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath

from reelwright.generation.plan import PlannedMedia
from reelwright.generation.planning import patterns
from reelwright.generation.planning.things import is_thing

MAX_DUPLICATE_BITS = 8
SHOT_SECONDS_OF_CLIP = 2.4
MAX_SHOTS_OF_CLIP = 4
FEW_MEDIA = 3
LEAST_SHOTS = 3
MAX_REMEMBERED_NAMES = 4096
_MIN_NAME_LETTERS = 4
_CAMERA_NAMES = frozenset(
    [
        "img",
        "image",
        "dscn",
        "photo",
        "foto",
        "bild",
        "picture",
        "video",
        "clip",
        "movie",
        "screenshot",
        "snapchat",
        "whatsapp",
        "signal",
        "pxl",
        "untitled",
        "gopr",
        "mvimg",
        "imgp",
        "scan",
        "edited",
        "copy",
        "final",
        "export",
    ]
)
NAME_PROBABILITY = 0.5


@dataclass(frozen=True)
class Traits:
    """``rank`` is the place in time (0 first). ``labels`` are what it shows with probabilities; ``names`` come from the file name."""

    media: PlannedMedia
    rank: int
    opener: float
    sharpness: float
    labels: tuple[tuple[str, float], ...]
    names: tuple[str, ...]
    max_shots: int
    wish: str = ""  # "first", "last" or "not_first", as the creator asks

    @property
    def media_id(self) -> str:
        return self.media.media_id

    @property
    def told(self) -> tuple[tuple[str, float], ...]:
        """What it shows by its labels and, less surely, by the things in its file name."""
        seen = {label for label, _ in self.labels}
        return (*self.labels, *((name, NAME_PROBABILITY) for name in self.names if name not in seen and is_thing(name, "en")))

    @property
    def face_count(self) -> int:
        return len(self.media.analysis.faces)


def describe_media(media: tuple[PlannedMedia, ...]) -> list[Traits]:
    """The traits in the order given. Time order is by EXIF where every media has it, else the creator's order."""
    order = (
        sorted(range(len(media)), key=lambda at: (media[at].facts.taken_at or "", at))
        if all(item.facts.taken_at for item in media)
        else list(range(len(media)))
    )
    ranks = {at: rank for rank, at in enumerate(order)}
    sharpest = max((_sharpness(item) for item in media), default=0.0) or 1.0
    return [
        Traits(
            media=item,
            rank=ranks[at],
            opener=_opener_score(item, _sharpness(item) / sharpest),
            sharpness=_sharpness(item) / sharpest,
            labels=tuple((label.name.replace("_", " "), label.probability) for label in item.analysis.labels),
            names=words_of_name(item.file_name),
            max_shots=_max_shots(item, len(media)),
        )
        for at, item in enumerate(media)
    ]


def count_spare_shots(traits: Sequence[Traits], beats: int) -> int:
    """How many shots the material has beside one for each beat: pictures once, clips by their length.

    A lone title gets three shots where one picture can give them, closer each time.
    """
    most = sum(trait.max_shots if trait.media.facts.kind == "video" else 1 for trait in traits)
    if beats == 1:
        most = max(most, min(LEAST_SHOTS, sum(trait.max_shots for trait in traits)))
    return max(0, most - beats)


@lru_cache(MAX_REMEMBERED_NAMES)
def words_of_name(file_name: str, min_letters: int = _MIN_NAME_LETTERS) -> tuple[str, ...]:
    """The words that a person put into a file name: "sunset_beach.jpg" gives sunset and beach."""
    words = patterns.findall(r"[^\W\d_]+", PurePath(file_name).stem.lower())
    return tuple(word for word in words if len(word) >= min_letters and word not in _CAMERA_NAMES)


def find_duplicates(media: tuple[PlannedMedia, ...]) -> dict[str, str]:
    """Near duplicates: media id → the id of the sharper one that stands for it."""
    stands_for: dict[str, str] = {}
    kept: list[PlannedMedia] = []
    for item in sorted(media, key=lambda one: -_sharpness(one)):
        twin = next((other for other in kept if look_alike(item, other)), None)
        if twin is None:
            kept.append(item)
        else:
            stands_for[item.media_id] = twin.media_id
    return stands_for


def look_alike(one: PlannedMedia, other: PlannedMedia) -> bool:
    """Whether two photos show nearly the same picture."""
    if one.facts.kind != "photo" or other.facts.kind != "photo":
        return False
    hashes = (one.analysis.difference_hash, other.analysis.difference_hash)
    if not all(patterns.fullmatch(r"[0-9a-fA-F]+", text) for text in hashes):
        return False
    return (int(hashes[0], 16) ^ int(hashes[1], 16)).bit_count() <= MAX_DUPLICATE_BITS


def _sharpness(item: PlannedMedia) -> float:
    shots = [shot.sharpness for shot in item.analysis.shots]
    return max([item.analysis.sharpness, *shots], default=0.0)


def _opener_score(item: PlannedMedia, sharpness: float) -> float:
    analysis = item.analysis
    score = 0.25 * bool(analysis.faces) + 0.25 * min(1.0, analysis.subject_strength / 0.4) + 0.2 * sharpness
    score += 0.15 * min(1.0, analysis.colourfulness / 60 if analysis.colourfulness > 1 else analysis.colourfulness) + 0.15 * analysis.calm_top
    is_small = min(item.facts.width, item.facts.height) < 700
    is_dark = analysis.luma_median < 0.08
    return max(0.0, min(1.0, score) - 0.3 * is_small - 0.2 * is_dark)


def _max_shots(item: PlannedMedia, count: int) -> int:
    if item.facts.kind == "video":
        stretches = int((item.facts.duration_seconds or 0.0) / SHOT_SECONDS_OF_CLIP)
        return max(1, min(MAX_SHOTS_OF_CLIP if count > FEW_MEDIA else 2 * MAX_SHOTS_OF_CLIP, stretches))
    return 3 if count <= FEW_MEDIA else 2
