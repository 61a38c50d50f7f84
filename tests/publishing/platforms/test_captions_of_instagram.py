"""What Instagram counts in a caption is counted as it counts it."""

from __future__ import annotations

import pytest

from reelwright.publishing.platforms.instagram_reels import _refuse_caption
from reelwright.publishing.post import PostContent


@pytest.mark.parametrize(
    ("caption", "words"),
    [
        (" ".join(f"#t{number}" for number in range(31)), ["Instagram takes at most 30 hashtags; these are 31. Leave some out."]),
        (" ".join(f"@t{number}" for number in range(21)), ["Instagram takes at most 20 mentions; these are 21. Leave some out."]),
        (" ".join(f"#t{number}" for number in range(30)), []),
        (" ".join(f"maya{number}@sea.example" for number in range(30)), []),
    ],
)
def test_hashtags_and_mentions_are_counted_and_addresses_are_neither(caption: str, words: list[str]) -> None:
    assert list(_refuse_caption(PostContent(caption=caption))) == words
