"""What a platform does not have, said in words: nothing that a creator asked for is dropped in silence."""

from __future__ import annotations

from collections.abc import Iterator

from reelwright.publishing.platform import Order, PublishingOptions
from reelwright.publishing.post import PostContent

PRIVACY_WORDS = {
    "public": "everybody",
    "friends": "friends who follow you back",
    "followers": "your followers",
    "unlisted": "people with the link",
    "private": "only you",
}


def refuse_missing(content: PostContent, has: frozenset[str], title: str) -> Iterator[str]:
    """A sentence for each wish that the platform has no place for. ``has``: names of optional fields that it knows."""
    if content.first_comment.strip() and "first_comment" not in has:
        yield f"{title} takes no first comment from an app. Leave it out here and write it by hand after posting."
    if content.collaborators and "collaborators" not in has:
        yield f"{title} lets no app invite collaborators. Leave them out here."
    if content.commercial_content and "commercial_content" not in has:
        yield f"{title} lets no app mark paid content. Mark it on {title} itself, and leave it out here."
    if content.is_made_for_kids and "is_made_for_kids" not in has:
        yield f"{title} has no mark for content made for children. Leave it out here."
    if content.allows_comments is not None and "allows_comments" not in has:
        yield f"{title} lets no app switch comments on or off for one video. Leave the choice out here."
    if (content.allows_duets or content.allows_stitches) and "duets" not in has:
        yield f"{title} has no duets and stitches. Leave them out here."
    if content.title and "title" not in has:
        yield f"{title} shows no title. Put the words into the caption."


def refuse_cover(order: Order, *, takes_moment: bool, title: str) -> Iterator[str]:
    """Whether the moment that was chosen for the cover can be one."""
    moment = order.content.cover_seconds
    if moment is None:
        return
    if not takes_moment:
        yield f"{title} takes a picture as cover and no moment of the video. Leave the moment out here: the reel's own cover is sent."
    elif moment >= order.video.duration_seconds:
        yield f"The cover's moment, {moment:g} s, lies outside the video of {order.video.duration_seconds:.1f} s. Choose an earlier one."


def refuse_privacy(content: PostContent, options: PublishingOptions, title: str) -> Iterator[str]:
    """Whether the choice of who may see it is made and offered."""
    offered = ", ".join(PRIVACY_WORDS[choice] for choice in options.privacy_choices)
    if content.privacy is None:
        if options.default_privacy is None:
            yield f"Choose who may see it on {title}: {offered}."
    elif content.privacy not in options.privacy_choices:
        yield f"{title} does not offer “{PRIVACY_WORDS[content.privacy]}” for this account. It offers: {offered}."


def refuse_length(seconds: float, options: PublishingOptions, title: str) -> Iterator[str]:
    """Whether the account may post a video of this length."""
    if seconds > options.max_seconds:
        yield f"The reel has {seconds:.0f} s; {title} takes at most {options.max_seconds:.0f} s from this account. Make a shorter one."
