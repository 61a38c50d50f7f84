"""All platforms by name: adding one is a file beside this and a line here."""

from __future__ import annotations

from collections.abc import Mapping

from reelwright.publishing.platforms import facebook, instagram, tiktok, youtube
from reelwright.reels.specification import Specification

SPECIFICATIONS: Mapping[str, Specification] = {
    "instagram": instagram.SPECIFICATION,
    "facebook": facebook.SPECIFICATION,
    "youtube": youtube.SPECIFICATION,
    "tiktok": tiktok.SPECIFICATION,
}
