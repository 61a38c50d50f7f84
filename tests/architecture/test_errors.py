"""The error tree drawn at the top of kit/errors.py is the tree in the code."""

from __future__ import annotations

import re

from reelwright.kit import errors

DRAWN = re.compile(r"^([│├└─ ]*)(\w+)\s+(\d{3})", re.MULTILINE)


def classes() -> list[type[errors.ReelwrightError]]:
    found = [errors.ReelwrightError]
    for known in found:
        found += known.__subclasses__()
    return [known for known in found if known.__module__ == errors.__name__]


def test_every_error_is_drawn_with_its_status() -> None:
    drawn = {name: int(status) for _, name, status in DRAWN.findall(errors.__doc__ or "")}
    assert drawn == {known.__name__: known.status for known in classes() if known is not errors.ReelwrightError}


def test_every_error_has_a_title_and_a_slug_that_is_a_word_of_addresses() -> None:
    for known in classes():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", known.slug)
        assert len(known.title) > 5
