"""A post as each platform wants it: where the title goes, how many hashtags, how long."""

from __future__ import annotations

from dataclasses import dataclass

from reelwright.generation.plan import PostText
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.sentences import split_sentences
from reelwright.generation.planning.short_posts import MAX_SHORT_CHARACTERS, shorten_post
from reelwright.generation.planning.words import bare, drop_ending

MAX_POST_CHARACTERS = 2200
MAX_YOUTUBE_TITLE_CHARACTERS = 70
MAX_YOUTUBE_DESCRIPTION_BYTES = 5000
YOUTUBE_HASHTAGS = 3
FACEBOOK_HASHTAGS = 1
MAX_AIRY_LINES = 4


@dataclass(frozen=True)
class PostLines:
    """The lines of a post, without hashtags, the title that YouTube gets, which line is the call, which hold the offer, and which says what it is."""

    lines: tuple[str, ...]
    title: str
    call: str = ""
    offers: tuple[str, ...] = ()
    subject: str = ""


def write_for(platform: str, post: PostLines, tags: tuple[str, ...], reading: Reading) -> PostText:
    """The text for one of the four platforms, within its limits."""
    writers = {"instagram": _instagram, "facebook": _facebook, "youtube": _youtube, "tiktok": _tiktok}
    return writers[platform](post, tags, reading)


def _instagram(post: PostLines, tags: tuple[str, ...], reading: Reading) -> PostText:
    text = "\n".join([*post.lines, " ".join(tags)]).strip()
    return PostText(text=_within(text, MAX_POST_CHARACTERS), hashtags=tags)


def _facebook(post: PostLines, tags: tuple[str, ...], reading: Reading) -> PostText:
    body = ("\n" if len(post.lines) > MAX_AIRY_LINES else "\n\n").join(post.lines)
    shown = tags[:FACEBOOK_HASHTAGS]
    return PostText(text="\n\n".join(filter(None, [body, " ".join(shown)])), hashtags=shown)


def _youtube(post: PostLines, tags: tuple[str, ...], reading: Reading) -> PostText:
    """The title is not told again: it takes the whole first sentence where it is a piece of it."""
    shown = tags[:YOUTUBE_HASHTAGS]
    title = _within(_without_angles(drop_ending(post.title)), MAX_YOUTUBE_TITLE_CHARACTERS)
    first = _without_angles(drop_ending(post.lines[0])) if post.lines else ""
    if _flat(title) in _flat(first) and len(first) <= MAX_YOUTUBE_TITLE_CHARACTERS:
        title = first
    lines = [line for line in post.lines if _flat(line) != _flat(title)]
    sentences = [" ".join(one for one in split_sentences(line) if _flat(one) != _flat(title)) for line in lines]
    handle = "" if reading.handle in " ".join(lines) else reading.handle
    text = _without_angles("\n".join(filter(None, [*sentences, handle, " ".join(shown)])))
    while len(text.encode()) > MAX_YOUTUBE_DESCRIPTION_BYTES:
        text = text[:-100]
    return PostText(title=title, text=text, hashtags=shown)


def _tiktok(post: PostLines, tags: tuple[str, ...], reading: Reading) -> PostText:
    body = _within(shorten_post(post.lines, post.title, post.call, post.offers, reading, post.subject), MAX_SHORT_CHARACTERS)
    return PostText(text="\n".join(filter(None, [body, " ".join(tags)])), hashtags=tags)


def _flat(text: str) -> str:
    return bare(drop_ending(text)).lower()


def _without_angles(text: str) -> str:
    """YouTube takes neither < nor >: arrows, hearts and brackets keep their meaning in other signs, no word is lost."""
    for plain, sign in (("<3", "♥"), ("<->", "↔"), ("->", "→"), ("=>", "→"), ("<-", "←"), ("<", "‹"), (">", "›")):
        text = text.replace(plain, sign)
    return text


def _within(text: str, limit: int) -> str:
    """The text, cut at a word where it is too long."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(",;: ") + "…"
