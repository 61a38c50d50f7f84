"""The frame of the stand-ins' own pages: one look, no outside assets."""

from __future__ import annotations

from html import escape

_STYLE = """
:root{color-scheme:light dark;--ground:#f6f5f2;--card:#fff;--ink:#1d1c1a;--quiet:#6b6862;--line:#e2dfd8;--main:#1f5f4a}
@media(prefers-color-scheme:dark){:root{--ground:#171614;--card:#211f1d;--ink:#f0ede6;--quiet:#a29d93;--line:#35322e;--main:#7fc9ad}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:1360px;margin:0 auto;padding:32px 20px 64px}
main.narrow{max-width:460px}
main.one{max-width:420px}
h1{font-size:26px;line-height:1.25;margin:0 0 4px;font-weight:650}
h2{font-size:15px;margin:28px 0 8px;font-weight:650}
h2 small,label small{color:var(--quiet);font-weight:400}
.facts time{color:inherit;font-size:inherit}
.quiet{color:var(--quiet);margin:0;font-size:14px}
a{color:inherit}
label{display:flex;gap:10px;padding:8px 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
label span{min-width:0}
.buttons{display:flex;gap:10px;margin-top:28px}
button{font:inherit;padding:10px 22px;border-radius:8px;border:1px solid var(--line);background:var(--card);color:var(--ink);cursor:pointer}
button.main{background:var(--main);border-color:var(--main);color:var(--ground);font-weight:600}
button:focus-visible,a:focus-visible,input:focus-visible{outline:2px solid var(--main);outline-offset:2px}
.board{display:grid;grid-template-columns:repeat(auto-fill,minmax(220px,1fr));gap:8px 24px;align-items:start}
article{margin:0 0 20px;background:var(--card);border:1px solid var(--line);border-radius:12px;overflow:hidden}
article video{display:block;width:100%;aspect-ratio:9/16;background:#000;object-fit:contain}
article div.words{padding:12px 14px 14px;font-size:14px}
article h3{margin:0 0 4px;font-size:15px;line-height:1.35}
article p{margin:0 0 8px;white-space:pre-wrap;overflow-wrap:anywhere}
.facts{display:flex;flex-wrap:wrap;gap:4px 12px;color:var(--quiet);font-size:13px}
"""


def frame(title: str, content: str, *, narrow: bool = False, one: bool = False) -> str:
    """A whole page. ``content`` is HTML that is safe already."""
    width = " class=narrow" if narrow else " class=one" if one else ""
    return (
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width,initial-scale=1'>"
        f"<title>{escape(title)}</title><style>{_STYLE}</style><body><main{width}>{content}</main></body></html>"
    )
