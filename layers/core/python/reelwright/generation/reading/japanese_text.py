"""Japanese with its signs, units and addresses written out; numbers are left to the dictionary, which reads them with their counters."""

from __future__ import annotations

import re
import unicodedata

_TIME = re.compile(r"(\d{1,2})[:：](\d{2})")
_DATE = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})")
_SHORT_DATE = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})(?!\d)")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3})")
_PREFIXED = (("¥", "円"), ("￥", "円"), ("$", "ドル"), ("€", "ユーロ"), ("£", "ポンド"))
_NAMES = (
    ("°C", "度"), ("℃", "度"), ("°", "度"), ("%", "パーセント"), ("km/h", "キロ"), ("&", "と"), ("＆", "と"), ("+", "プラス"), ("#", "ハッシュタグ"), ("@", "アット"),
)  # fmt: skip


def spell_japanese(text: str) -> str:
    """What the dictionary should read for a phrase."""
    spelt = unicodedata.normalize("NFKC", text).replace("〜", "～")
    spelt = re.sub(r"(?<=\d)[~～–-](?=\d)", "から", spelt)
    spelt = _DATE.sub(r"\1年\2月\3日", spelt)
    spelt = _TIME.sub(lambda found: f"{int(found[1])}時" + (f"{int(found[2])}分" if int(found[2]) else ""), spelt)
    spelt = _SHORT_DATE.sub(_say_short_date, spelt)
    spelt = _GROUPED.sub("", spelt)
    for sign, name in _PREFIXED:
        spelt = re.sub(rf"{re.escape(sign)}(\d[\d.]*)", rf"\1{name}", spelt).replace(sign, name)
    spelt = re.sub(r"(?<=[A-Za-z0-9])\.(?=[A-Za-z])", "ドット", spelt)
    for sign, name in _NAMES:
        spelt = spelt.replace(sign, name)
    return "".join(letter for letter in spelt if unicodedata.category(letter) not in {"So", "Sk", "Cs", "Cn", "Cf"})


def _say_short_date(found: re.Match[str]) -> str:
    month, day = int(found[1]), int(found[2])
    return f"{month}月{day}日" if 1 <= month <= 12 and 1 <= day <= 31 else found[0]
