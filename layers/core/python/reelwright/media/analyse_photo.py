"""Everything the planner knows of a photo."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from reelwright.kit.errors import MediaRefused
from reelwright.media.analysis import MediaAnalysis, Shot
from reelwright.media.crop import choose_crop
from reelwright.media.eyes import Eyes, Picture, Subject
from reelwright.media.look_facts import measure_look
from reelwright.media.saliency import map_saliency

LEAST_LONG_SIDE_PIXELS = 1280  # enough for a face that fills a fiftieth of the picture
_REDUCED = ((8, cv2.IMREAD_REDUCED_COLOR_8), (4, cv2.IMREAD_REDUCED_COLOR_4), (2, cv2.IMREAD_REDUCED_COLOR_2))


def analyse_photo(path: Path, eyes: Eyes) -> MediaAnalysis:
    """Looks at the normal rendition (an upright JPEG). Raises MediaRefused where it cannot be decoded."""
    picture = read_reduced(path)
    return describe_picture(picture, eyes, eyes.find_subject(picture))


def describe_picture(picture: Picture, eyes: Eyes, subject: Subject | None) -> MediaAnalysis:
    """Faces, crop, names and measurements of one upright picture whose subject was looked for."""
    height, width = picture.shape[:2]
    faces = eyes.find_faces(picture)
    crop = choose_crop(width, height, faces, subject, map_saliency(picture))
    look = measure_look(picture, crop)
    return MediaAnalysis(
        faces=faces,
        subject=subject.box if subject else None,
        subject_strength=round(subject.strength, 4) if subject else 0.0,
        crop_x=crop.x,
        crop_y=crop.y,
        labels=eyes.name_things(picture),
        sharpness=look.sharpness,
        luma_median=look.luma_median,
        luma_mean=look.luma_mean,
        colourfulness=look.colourfulness,
        calm_top=look.calm_top,
        difference_hash=look.difference_hash,
        busy=look.cells.busy,
        light=look.cells.light,
        grey_cast=look.grey_cast,
        shots=(Shot(start=0.0, end=0.0, sharpness=look.sharpness),),
    )


def read_reduced(path: Path, least_long_side: int = LEAST_LONG_SIDE_PIXELS) -> Picture:
    """Decodes a JPEG of ours at half, a quarter or an eighth of its size where that is still enough: much quicker."""
    with Image.open(path, formats=("JPEG",)) as image:
        long_side = max(image.size)
    enough = [flag for factor, flag in _REDUCED if long_side / factor >= least_long_side]
    picture = cv2.imread(str(path), enough[0] if enough else cv2.IMREAD_COLOR)
    if picture is None:
        raise MediaRefused("This photo is damaged and cannot be decoded.")
    return np.asarray(picture, np.uint8)
