"""The web page of what was posted, and the page that each permalink leads to. Plain HTML; the videos play."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import escape

from local.sandbox.exchange import Answer, Call, html_answer
from local.sandbox.grounds import Grounds
from local.sandbox.page_frame import frame
from local.sandbox.posts import SandboxPost, list_posts
from local.sandbox.records import Account
from local.sandbox.routes import Route

SHOWN_POSTS = 50  # of each account
NAMES = {"instagram": "Instagram", "facebook": "Facebook", "youtube": "YouTube", "tiktok": "TikTok"}


def show_all(grounds: Grounds, call: Call, _: re.Match[str]) -> Answer:
    """``/``: per platform and account, newest first."""
    posts = list_posts(grounds, call.now)
    parts = [
        "<h1>What was posted</h1><p class=quiet>Stand-ins for the four platforms, on this machine only. Nothing here is on the internet.</p>",
        "<div class=board>",
        *(_section(account, [post for post in posts if post.account == account.key]) for vendor in NAMES for account in grounds.accounts_of(vendor)),
        "</div>",
    ]
    return html_answer(frame("What was posted", "".join(parts)))


def show_one(grounds: Grounds, call: Call, match: re.Match[str]) -> Answer:
    """The page of one post, for who sees it: private ones say so."""
    address = re.sub(r"^/(facebook|tiktok|youtube)-www/", r"/\1/", call.path).rstrip("/")
    post = next((post for post in list_posts(grounds, call.now) if post.address.rstrip("/") == address), None)
    if post is None:
        return html_answer(frame("Not found", "<h1>There is nothing here</h1><p class=quiet>The post was deleted, or never was.</p>", narrow=True), 404)
    head = f"<h1>{escape(post.title or NAMES[post.platform])}</h1><p class=quiet>{escape(post.username)} on {NAMES[post.platform]} · <a href='/'>all posts</a></p><br>"
    said = "".join(f"<p><b>{escape(post.username)}</b> {escape(text)}</p>" for text in post.comments)
    comments = f"<h2>Comments</h2>{said}" if said else ""
    return html_answer(frame(post.title or post.caption[:60] or NAMES[post.platform], head + _card(post, is_alone=True) + comments, one=True))


def _section(account: Account, posts: list[SandboxPost]) -> str:
    words = f"{escape(account.name)}, {escape(account.username)} · {_count(len(posts), 'post')}"
    cards = "".join(_card(post, is_alone=False) for post in posts[:SHOWN_POSTS])
    return f"<section><h2>{NAMES[account.vendor]}<br><small>{words}</small></h2>{cards or '<p class=quiet>Nothing yet.</p>'}</section>"


def _card(post: SandboxPost, *, is_alone: bool) -> str:
    at = datetime.fromtimestamp(post.at, UTC)
    counts = post.counts
    facts = [
        f"<time datetime='{at.isoformat()}'>{at:%d %b %Y, %H:%M:%S} UTC</time>",
        escape(post.privacy),
        escape(post.state),
        "AI label" if post.is_ai_generated else "",
        "own cover" if post.has_cover else "",
        f"{_count(counts.views, 'view')} · {_count(counts.likes, 'like')} · {_count(counts.comments, 'comment')}" if post.is_visible else "",
    ]
    key = escape(post.key)
    video = f"<video src='/_control/video/{key}' poster='/_control/cover/{key}' controls playsinline preload=none></video>"
    title = f"<h3>{escape(post.title)}</h3>" if post.title and not is_alone else ""
    link = "" if is_alone else f"<p><a href='{escape(post.address)}'>Open the post</a></p>"
    caption = post.caption if is_alone or len(post.caption) <= 220 else f"{post.caption[:219]}…"
    line = "".join(f"<span>{fact}</span>" for fact in facts if fact)
    return f"<article>{video}<div class=words>{title}<p>{escape(caption)}</p>{link}<div class=facts>{line}</div></div></article>"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


ROUTES = (
    Route.of("sandbox", "GET HEAD", r"/", "page", show_all),
    Route.of("sandbox", "GET HEAD", r"/instagram-www/reel/[\w-]+/?", "page", show_one),
    Route.of("sandbox", "GET HEAD", r"/facebook(-www)?/reel/\d+/?", "page", show_one),
    Route.of("sandbox", "GET HEAD", r"/youtube(-www)?/shorts/[\w-]+/?", "page", show_one),
    Route.of("sandbox", "GET HEAD", r"/tiktok(-www)?/@[^/]+/video/[^/]+/?", "page", show_one),
)
