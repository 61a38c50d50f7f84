"""Photos: turned upright, converted to sRGB, transparent parts on white, at most 4096 pixels long, metadata left behind."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from reelwright.media.photo_file import open_photo

MAX_LONG_SIDE_PIXELS = 4096
QUALITY = 93
_PAPER = (255, 255, 255)
_SRGB_NAMES = ("srgb", "c2")  # c2: the smallest sRGB profile, which many photo sites embed
_DEEP_MODES = ("I;16", "I;16B", "I;16L", "I;16N", "I")


def normalise_photo(path: Path, container: str, out: Path) -> tuple[int, int]:
    """Writes a JPEG and gives its width and height. Location and camera data of the original are not copied. Raises MediaRefused."""
    with open_photo(path, container) as image:
        profile = image.info.get("icc_profile")
        image.draft("RGB", (MAX_LONG_SIDE_PIXELS, MAX_LONG_SIDE_PIXELS))
        upright = ImageOps.exif_transpose(_shrink(_flatten(image)))
        picture = _to_srgb(upright, profile)
    picture.info.clear()  # comments would be written again
    half = out.with_name(f".{out.name}.part")
    picture.save(half, format="JPEG", quality=QUALITY, subsampling=0 if max(picture.size) <= MAX_LONG_SIDE_PIXELS // 2 else 2)
    half.replace(out)
    return picture.size


def _flatten(image: Image.Image) -> Image.Image:
    """RGB or CMYK; transparent parts become paper. EXIF stays for the turning that follows."""
    if image.mode in ("RGB", "CMYK"):
        image.load()
        return image
    if image.mode in _DEEP_MODES:
        # Sixteen bits of grey: Pillow would clip them to eight.
        flat = image.convert("I").point(lambda value: value / 256).convert("L").convert("RGB")
    elif image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        layer = image.convert("RGBA")
        flat = Image.new("RGB", layer.size, _PAPER)
        flat.paste(layer, mask=layer.getchannel("A"))
    else:
        flat = image.convert("RGB")
    flat.info["exif"] = image.getexif().tobytes()
    return flat


def _shrink(image: Image.Image) -> Image.Image:
    scale = MAX_LONG_SIDE_PIXELS / max(image.size)
    if scale >= 1:
        return image
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    small = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    small.info["exif"] = image.getexif().tobytes()
    return small


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Through the photo's own colour profile where it has one that can be read; else its numbers are taken as sRGB."""
    if profile and image.mode in ("RGB", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if not ImageCms.getProfileDescription(source).strip().lower().startswith(_SRGB_NAMES):
                converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
                return converted if converted is not None else image.convert("RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            return image.convert("RGB")
    return image if image.mode == "RGB" else image.convert("RGB")
