"""All platforms by name: adding one is a file beside this and a line here."""

from __future__ import annotations

from collections.abc import Mapping

from reelwright.reels.specification import Specification

SPECIFICATIONS: Mapping[str, Specification] = {}
