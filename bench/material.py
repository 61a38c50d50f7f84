"""The fixed bench reel: 6 photos, 3 clips, 8 joins, captions, voice and music. Two of the clips and both sounds are synthesised."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import soundfile

from local.samples import find_sample_clip, list_sample_photos
from reelwright.reels.reel import (
    Canvas,
    CaptionChunk,
    Captions,
    CaptionWord,
    Clip,
    CutReason,
    Entry,
    Fill,
    Font,
    Layer,
    MediaReference,
    Motion,
    Picture,
    Rect,
    Reel,
    Rule,
    Scrim,
    SoundClip,
    SoundReference,
    Soundtrack,
    Text,
    Track,
    Transition,
    View,
)
from reelwright.rendering.encode import MasterWriter
from reelwright.rendering.planes import from_bgr

SEED = 20261124
PHOTO_NUMBERS = (29, 16, 15, 5, 19, 34)
SHOT_SECONDS = 2
SHOTS = 9
CLIP_SECONDS = 3.5
"""A shot of 2 s at 1.2 times its speed, and its join."""

PAPER, INK, ACCENT, IVORY = "#F3EEE4", "#16130F", "#B5402A", "#FFF9EF"
FULL = Rect(x=0, y=0, width=1080, height=1920)
SERIF, SANS = Font(family="Instrument Serif"), Font(family="Inter", weight=600)
JOINS = ("page_split", "cut", "slide_push", "cut", "blur_dissolve", "cut", "dissolve", "dip")
SAMPLE_RATE_HZ = 48_000
WORDS = "Rooms are quiet places where the light comes in slowly and stays until the evening begins again".split()  # noqa: SIM905


def make_bench_reel(folder: Path, shots: int = SHOTS, frame_rate: int = 30) -> tuple[Reel, Mapping[str, Path]]:
    """The reel and its files; the whole has nine shots, 18 s. Fewer are its first ones, more begin anew.

    What is synthesised lies in ``folder``.
    """
    files: dict[str, Path] = {}
    media: dict[str, MediaReference] = {}
    for number, photo in enumerate(list_sample_photos()[index] for index in PHOTO_NUMBERS):
        height, width = cv2.imread(str(photo)).shape[:2]
        key = f"photo{number}.jpg"
        files[key], media[f"photo{number}"] = photo, MediaReference(kind="photo", file=key, width=width, height=height)
    files["clip0"], media["clip0"] = find_sample_clip(), MediaReference(kind="video", file="clip0", width=720, height=404)
    for number, source in ((1, 12), (2, 32)):
        path = _film(list_sample_photos()[source], folder / f"clip{number}.mp4")
        files[path.name], media[f"clip{number}"] = path, MediaReference(kind="video", file=path.name, width=1920, height=1080)
    total = shots * SHOT_SECONDS
    sounds = {name: SoundReference(file=f"{name}.wav", duration=Fraction(total)) for name in ("voice", "music")}
    files |= {f"{name}.wav": _sing(folder / f"{name}-{total}.wav", name, total) for name in sounds}
    clips = [_shot(number, shots) for number in range(shots)]
    reel = Reel(
        title="Quiet rooms",
        template="editorial",
        seed=SEED,
        canvas=Canvas(frame_rate=Fraction(frame_rate)),
        background=PAPER,
        media=media,
        sounds=sounds,
        tracks=(Track(clips=tuple(clips)),),
        captions=_captions(total),
        soundtrack=Soundtrack(voice=_whole("voice", total), music=_whole("music", total), beats=tuple(Fraction(2 * n, 3) for n in range(3 * total // 2))),
    )
    return reel, files


def _whole(name: str, seconds: int) -> tuple[SoundClip, ...]:
    return (SoundClip(sound_id=name, start=Fraction(0), duration=Fraction(seconds)),)


def _shot(number: int, count: int) -> Clip:
    place = number % SHOTS
    join = JOINS[(place - 1) % len(JOINS)]
    length = Fraction(0) if join == "cut" else Fraction(1, 2)
    return Clip(
        id=f"shot{number}",
        start=Fraction(number * SHOT_SECONDS),
        duration=Fraction(SHOT_SECONDS),
        layers=tuple(_layers(place)),
        transition=Transition(kind=join, duration=length, colour=PAPER) if number else Transition(),
        cut=CutReason(on="start" if not number else "end_card" if number == count - 1 else "beat", reference=Fraction(number * SHOT_SECONDS)),
    )


def _layers(place: int) -> list[Layer]:
    """Cover, page, clip, lower third, clip, spread, clip on a page, full picture, end card."""
    turn = 1 if place % 2 else -1
    scrim = Scrim(rect=Rect(x=0, y=1060, width=1080, height=200), colour="#14110D", opacity=0.5, feather=300)
    full = {0: "photo0", 2: "clip1", 3: "photo2", 4: "clip2", 7: "photo4"}
    if place in full:
        layers: list[Layer] = [_picture(full[place], FULL, turn), scrim]
        if place == 0:
            layers += [_line("ROOMS", 540, 480, 240, IVORY, Font(family="Playfair Display", weight=900), "centre"), _rule(IVORY, 578)]
        if place == 3:
            layers += [_line("Morning light", 104, 1176, 88, IVORY, SERIF), _line("by the window", 104, 1236, 38, IVORY, SANS)]
        return layers
    pages: dict[int, list[Layer]] = {
        1: [_line("THE CHAIR", 216, 378, 38, INK, SANS), _picture("photo1", Rect(x=216, y=420, width=864, height=1500), turn)],
        5: [_picture("photo3", Rect(x=0, y=300, width=620, height=880), turn), _picture("photo5", Rect(x=440, y=1060, width=640, height=860), -turn)],
        6: [_line("The city", 72, 640, 200, INK, SERIF), _picture("clip0", Rect(x=0, y=1000, width=1080, height=920), turn)],
        8: [
            _line("Save this", 72, 660, 184, INK, Font(family="Playfair Display", weight=900)),
            _picture("photo5", Rect(x=72, y=1270, width=936, height=650), turn),
        ],
    }
    return [Fill(rect=FULL, colour=PAPER), _rule(INK, 310), *pages[place]]


def _picture(media: str, rect: Rect, turn: int) -> Picture:
    near, far = View(x=0.5 + 0.03 * turn, y=0.52, scale=1.13), View(x=0.5, y=0.5, scale=1.05)
    return Picture(
        media_id=media, rect=rect, motion=Motion(start=far if turn > 0 else near, end=near if turn > 0 else far, drift=4, phase=turn), speed=Fraction(6, 5)
    )


def _line(text: str, x: int, y: int, size: int, colour: str, font: Font, align: str = "left") -> Text:
    entry = Entry(kind="rise", start=Fraction(-1, 5), duration=Fraction(9, 20))
    return Text(text=text, font=font, size=size, colour=colour, x=x, y=y, align="centre" if align == "centre" else "left", entry=entry, max_width=936)


def _rule(colour: str, y: int) -> Rule:
    return Rule(rect=Rect(x=72, y=y, width=936, height=2), colour=colour, entry=Entry(kind="grow", duration=Fraction(1, 2)))


def _captions(seconds: int) -> Captions:
    """Two and a half words a second, four to a chunk."""
    count = int(seconds * 2.5) // 4 * 4
    words = tuple(CaptionWord(text=WORDS[n % len(WORDS)], start=Fraction(2 * n, 5), end=Fraction(2 * n + 2, 5)) for n in range(count))
    chunks = tuple(
        CaptionChunk(first=n, last=n + 3, start=words[n].start, end=words[n + 3].end, lines=((n, n + 1), (n + 2, n + 3))) for n in range(0, count, 4)
    )
    return Captions(preset="clean", words=words, chunks=chunks)


def _film(photo: Path, path: Path) -> Path:
    """A 1920 × 1080 pan over a photo, H.264: stands in for a filmed clip."""
    if path.exists():
        return path
    image = cv2.imread(str(photo))
    scale = 2200 / image.shape[1]
    image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    random = np.random.default_rng(SEED)
    writer = MasterWriter(path, 1920, 1080, Fraction(30), "veryfast")
    frames = int(CLIP_SECONDS * 30)
    for n in range(frames):
        x, y = 140 + 100 * math.sin(n / 40), (image.shape[0] - 1080) * n / frames
        part = cv2.getRectSubPix(image, (1920, 1080), (x + 960, y + 540))
        noise = random.integers(-3, 4, part.shape[:2], np.int8)
        writer.write(from_bgr(cv2.add(part, cv2.merge([noise] * 3), dtype=cv2.CV_8U)))
    writer.close()
    return path


def _sing(path: Path, name: str, seconds: int) -> Path:
    """Words or chords, as bursts and tones: they stand in for a voice and for music."""
    t = np.arange(seconds * SAMPLE_RATE_HZ, dtype=np.float32) / SAMPLE_RATE_HZ
    if name == "voice":
        speaking = np.clip(np.sin(2 * np.pi * 2.5 * t) * 2, 0, 1) * (np.sin(2 * np.pi * 0.2 * t) > -0.6)
        wave = speaking * sum(np.sin(2 * np.pi * 140 * k * t) / k for k in range(1, 9)) * 0.15
    else:
        wave = sum(np.sin(2 * np.pi * f * t) for f in (220.0, 277.2, 329.6)) * (0.6 + 0.4 * np.cos(2 * np.pi * 1.5 * t)) * 0.08
    soundfile.write(path, wave.astype(np.float32), SAMPLE_RATE_HZ, subtype="PCM_16")
    return path
