"""The small page on which a consent ends: what became of it, in words, and nothing that runs."""

from __future__ import annotations

from html import escape
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from aws_lambda_powertools.event_handler import Response

PAGE_TYPE = "text/html; charset=utf-8"
# The address of this page holds a code: it is told to nobody, and nothing is loaded from anywhere.
_HEADERS: dict[str, str | list[str]] = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; background: #f3eee4; color: #1d1b18; font: 18px/1.5 system-ui, sans-serif }}
main {{ max-width: 32rem; padding: 2rem }}
h1 {{ font-size: 1.6rem; line-height: 1.2; margin: 0 0 .75rem }}
p {{ margin: 0 0 .75rem }}
.whose {{ color: #6b655c; font-size: 1rem }}
</style>
<main>
<h1>{title}</h1>
<p>{sentence}</p>
{whose}</main>
</html>
"""


def answer_page(title: str, sentence: str, creator_name: str) -> Response[Any]:
    """``creator_name``: whose Reelwright account it is; empty where it is nobody's. Who was lured into somebody else's sees it there."""
    whose = f'<p class="whose">In the Reelwright account of {escape(creator_name)}.</p>\n' if creator_name else ""
    body = _PAGE.format(title=escape(title), sentence=escape(sentence), whose=whose)
    return Response(HTTPStatus.OK, content_type=PAGE_TYPE, body=body, headers=_HEADERS)


def answer_redirect(return_to: str, connect_id: str) -> Response[Any]:
    """``return_to`` was checked when the connection was begun: a path of ours, or our app's address."""
    separator = "&" if "?" in return_to else "?"
    address = f"{return_to}{separator}{urlencode({'connect_id': connect_id})}"
    return Response(HTTPStatus.SEE_OTHER, content_type=PAGE_TYPE, body="", headers={"Location": address, **_HEADERS})
