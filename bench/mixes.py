"""Random mixes of material, scripts, templates, languages, shapes and lengths, each made and held against every promise.

``python -m bench.mixes [--count 50] [--first 0] [--width 1080] [--json]``. A mix is named by its number, so that a fault can be seen again.
``ratio`` is the share of mixes without a fault.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from bench.in_process import Material, generate, look_at
from functions.choose_providers import Providers, choose_providers
from local.samples import find_sample_clip, list_sample_photos
from reelwright.kit.settings import Settings
from reelwright.media.eyes import Eyes
from reelwright.reels.project import AUTOMATIC_TEMPLATE, Brief
from reelwright.reels.reel import SHAPES, Reel
from reelwright.reels.scale_reel import scale_reel
from reelwright.reels.template import TEMPLATES
from reelwright.rendering.gate import check_delivery
from reelwright.rendering.measure import measure_master
from reelwright.rendering.onsets import measure_voice_onsets
from reelwright.rendering.render_reel import render_reel

COUNT, FULL_WIDTH = 50, 1080
POOL_PHOTOS = 14
LENGTHS = (5, 8, 12, 15, 20, 30)
_UPRIGHT = "9:16"
_RARE = 0.25

SCRIPTS: Mapping[str, Sequence[str]] = {
    "en": (
        "",
        "Stay.",
        "Some rooms slow you down. There is a lamp, a red window, and a good chair. Would you read one page here?",
        "We found 3 quiet rooms in 24 hours. The first cost 40 €. The second had no door! The third, with Dr. Weber's chairs, was the one. Come by on Sunday.",
        (
            "Two years ago we bought a house for 900 euros. Nobody believed in it. The roof was gone, the floor was rotten, and the door did not close. "
            "We sanded for eleven months. In the first winter the pipes froze. In the second one we had a kitchen. And this morning the sun came in. "
            "It came through the red window, and it stayed on the chair. That was all we ever wanted. Would you live here? Tell me below."
        ),
    ),
    "de": ("", "Manche Räume machen einen ruhig. Hier gibt es eine Lampe, ein rotes Fenster und einen guten Stuhl. Würdest du hier lesen?"),
    "es": ("Hay habitaciones que te calman. Aquí hay una lámpara y una buena silla. ¿Te quedarías?",),
    "fr": ("Il y a des pièces qui vous apaisent. Une lampe, une fenêtre rouge, un bon fauteuil. Vous resteriez ?",),
    "ar": ("هناك غرف تجعلك تهدأ. هنا مصباح ونافذة حمراء وكرسي جيد. هل تقرأ هنا؟",),
    "he": ("יש חדרים שמרגיעים אותך. כאן יש מנורה, חלון אדום וכיסא טוב.",),
    "ja": ("ゆっくりできる部屋があります。ここにはランプと赤い窓と、いい椅子があります。",),
    "hi": ("कुछ कमरे आपको शांत कर देते हैं। यहाँ एक दीपक है और एक अच्छी कुर्सी है।",),
    "ru": ("Есть комнаты, в которых становится тихо. Здесь лампа, красное окно и хорошее кресло.",),
}
PROMPTS: Mapping[str, Sequence[str]] = {
    "en": (
        "A calm reel about rooms that slow you down",
        "Our week in Oslo: ferries at dawn, cardamom buns, the opera roof",
        "Five things to know before you rent: light, noise, heating, neighbours, price",
        "“A room is a machine for resting.” Le Corbusier never said that",
        "New oat soap, cut by hand in Bergen, 7 €, no perfume. Order at havre.no",
        "Open house on 12 May at 18:00, free entry 🎉",
        "x",
    ),
    "de": ("Drei ruhige Zimmer in Leipzig: das Fenster, der Stuhl, die Lampe",),
    "es": ("Una semana en Cádiz: el mar, el pan, la última tarde",),
    "fr": ("Trois pièces calmes à Lyon : la fenêtre, le fauteuil, la lampe",),
    "ar": ("أسبوع في بيروت: البحر والخبز والمساء الأخير",),
    "he": ("שבוע בחיפה: הים, הלחם, הערב האחרון",),
    "ja": ("鎌倉の一週間：海、パン、最後の夕方",),
    "hi": ("जयपुर में एक हफ़्ता: बाज़ार, चाय, आख़िरी शाम",),
    "ru": ("Неделя у моря: шторм, карты, последний вечер",),
}


@dataclass(frozen=True)
class Mix:
    """One request, and the files it is made of by their place in the pool."""

    number: int
    brief: Brief
    template: str
    places: tuple[int, ...]

    def describe(self) -> str:
        brief = self.brief
        words = len(brief.script.split())
        return f"mix {self.number}: {len(self.places)} files, {brief.language}, {words} words, {self.template}, {brief.shape}, {brief.length_seconds} s"


def make_mix(number: int, pool: int, lengths: Sequence[int] = LENGTHS) -> Mix:
    """The mix of this number; always the same one."""
    chance = random.Random(number)  # noqa: S311  # no secret
    language = chance.choice(["en"] * len(SCRIPTS) + list(SCRIPTS))
    count = chance.choice((1, 2, 3, 5, 8, min(pool, 12), pool))
    brief = Brief(
        prompt=chance.choice(PROMPTS[language]),
        script=chance.choice(("", *SCRIPTS[language])),
        language=language,
        length_seconds=chance.choice(lengths),
        handle=chance.choice(("", "@slow.rooms")),
        keep_order=chance.random() < _RARE,
        shape=chance.choice((_UPRIGHT, _UPRIGHT, _UPRIGHT, *SHAPES)),
        glossary=("Weber",) if chance.random() < _RARE else (),
    )
    return Mix(number, brief, chance.choice((*TEMPLATES, AUTOMATIC_TEMPLATE)), tuple(chance.sample(range(pool), min(count, pool))))


def make_pool(folder: Path, photos: int = POOL_PHOTOS) -> list[Path]:
    """Sample photos and the sample clip, and pictures that are hard: dark, wide, tiny, plain, pale."""
    folder.mkdir(parents=True, exist_ok=True)
    samples = list_sample_photos()
    chosen = samples[:: max(1, len(samples) // photos)][:photos]
    odd = {
        "dark.jpg": lambda picture: picture.point(lambda value: value // 9),
        "panorama.jpg": lambda picture: picture.resize((3000, 520)),
        "tiny.jpg": lambda picture: picture.resize((120, 160)),
        "plain.jpg": lambda picture: Image.new("RGB", picture.size, (128, 124, 118)),
        "pale.jpg": lambda picture: picture.point(lambda value: 215 + value // 7),
    }
    for name, change in odd.items():
        with Image.open(chosen[0]) as picture:
            change(picture.convert("RGB")).save(folder / name, quality=90)
    noise = np.random.default_rng(1).integers(0, 255, (900, 700, 3), dtype=np.uint8)
    Image.fromarray(noise).save(folder / "noise.jpg", quality=80)
    return [*chosen, *sorted(folder.glob("*.jpg")), find_sample_clip()]


def run_mix(mix: Mix, pool: Material, providers: Providers, folder: Path, width: int) -> list[str]:
    """Makes the reel and holds it against the gate; the faults in words, none where all is well."""
    try:
        made = generate(mix.brief, mix.template, _chosen(pool, mix), providers, folder, seed=mix.number)
        reel = made.reel if width >= made.reel.canvas.width else scale_reel(made.reel, _even(width * made.reel.canvas.width / FULL_WIDTH))
        return check_reel(reel, made.files, folder)
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return [f"{type(error).__name__}: {error} ({Path(frame.filename).name}:{frame.lineno})"]


def check_reel(reel: Reel, files: Mapping[str, Path], folder: Path) -> list[str]:
    """Renders the reel and gives every row of the gate that did not pass."""
    master = folder / "master.mp4"
    render_reel(reel, files, master, on_progress=lambda _: None, is_cancelled=lambda: False, preset="superfast")
    voices = {reel.sounds[clip.sound_id].file for clip in reel.soundtrack.voice}
    onsets = measure_voice_onsets(reel, {key: files[key] for key in voices})
    report = check_delivery(reel, measure_master(master), {}, {}, onsets=onsets)
    return [f"{row.name}: {row.value} instead of {row.bound}" for row in report.rows if not row.passed]


def run_mixes(
    numbers: Sequence[int],
    width: int,
    folder: Path,
    on_mix: Callable[[Mix, list[str], float], None] | None = None,
    *,
    photos: int = POOL_PHOTOS,
    lengths: Sequence[int] = LENGTHS,
) -> dict[str, Any]:
    """Runs the mixes one after the other. ``faults`` by the mix's number."""
    settings = Settings()
    providers = choose_providers(settings)
    cache = folder / "looked-at"
    cache.mkdir(parents=True, exist_ok=True)
    pool = look_at(make_pool(folder / "pool", photos), cache, providers, Eyes(settings.cache_directory))
    faults: dict[int, list[str]] = {}
    for number in numbers:
        mix, begun = make_mix(number, len(pool.media), lengths), time.monotonic()
        place = folder / f"mix-{number}"
        place.mkdir()
        found = run_mix(mix, pool, providers, place, width)
        shutil.rmtree(place)
        if found:
            faults[number] = found
        if on_mix:
            on_mix(mix, found, time.monotonic() - begun)
    return {"ratio": round(1 - len(faults) / len(numbers), 3), "goal": 1.0, "mixes": len(numbers), "faults": faults}


def _chosen(pool: Material, mix: Mix) -> Material:
    media = tuple(pool.media[place] for place in mix.places)
    return Material(media, {one.media_id: pool.references[one.media_id] for one in media}, pool.files)


def _even(value: float) -> int:
    return 2 * round(value / 2)


def _tell(mix: Mix, faults: list[str], seconds: float) -> None:
    sys.stderr.write(f"{mix.describe()}, {seconds:.0f} s: {'; '.join(faults) or 'well'}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--width", type=int, default=FULL_WIDTH, help="of an upright reel, in pixels")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="reelwright-mixes-") as name:
        found = run_mixes(range(options.first, options.first + options.count), options.width, Path(name), _tell)
    print(json.dumps(found) if options.json else f"{found['mixes'] - len(found['faults'])} of {found['mixes']} mixes keep every promise")
    if found["faults"]:
        sys.exit(3)


if __name__ == "__main__":
    main()
