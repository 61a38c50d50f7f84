"""Posts from a table (CSV): every line is looked at first, and nothing is made until all of them are good.

https://www.rfc-editor.org/rfc/rfc4180
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from reelwright.kit.errors import InvalidInput, ReelwrightError
from reelwright.publishing.create_post import PostDraft
from reelwright.publishing.post import PostContent
from reelwright.publishing.schedule import Schedule
from reelwright.publishing.social_account import AccountState
from reelwright.publishing.tables import SocialAccountRow

MAX_ROWS = 500
MAX_CHARACTERS = 500_000
REQUIRED = ("account", "render_id")
COLUMNS = (*REQUIRED, "time", "time_zone", "caption", "title", "privacy", "is_ai_generated", "first_comment")
QUEUE_WORD = "queue"
DELIMITERS = (",", ";", "\t")
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2})(?::00)?", re.ASCII)
_TRUE, _FALSE = frozenset({"yes", "true", "1", "y"}), frozenset({"no", "false", "0", "n", ""})


@dataclass(frozen=True)
class ImportedLine:
    """A line of the table: ``number`` counts from 1 without the heading. Either a draft or what is wrong, in sentences."""

    number: int
    draft: PostDraft | None
    errors: tuple[str, ...] = ()


def read_table(text: str) -> list[dict[str, str]]:
    """The lines by column. Raises InvalidInput where it is no table of ours, or too long."""
    if len(text) > MAX_CHARACTERS:
        raise InvalidInput(f"The table has more than {MAX_CHARACTERS:,} characters. Split it.")
    if "\x00" in text:
        raise InvalidInput("This is no text table. Save it as CSV (UTF-8).")
    text = text.lstrip("\ufeff")
    heading = text.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=heading.count), strict=True)
    try:
        lines = [line for line in reader if any(cell.strip() for cell in line)]
    except csv.Error as error:
        raise InvalidInput(f"The table cannot be read near line {reader.line_num}: a quotation mark is missing or one too many.") from error
    names = [name.strip().lower() for name in lines[0]] if lines else []
    rows = [{name: value.strip() for name, value in zip_longest(names, line[: len(names)], fillvalue="") if name} for line in lines[1:]]
    missing = [name for name in REQUIRED if name not in names]
    unknown = [name for name in names if name and name not in COLUMNS]
    twice = [name for name in COLUMNS if names.count(name) > 1]
    if missing:
        raise InvalidInput(f"The first line has to name the columns. Missing: {', '.join(missing)}.")
    if unknown:
        raise InvalidInput(f"These columns are not known: {', '.join(unknown)}. Known are: {', '.join(COLUMNS)}.")
    if twice:
        raise InvalidInput(f"These columns are there twice: {', '.join(twice)}. Leave one of each.")
    if len(rows) > MAX_ROWS:
        raise InvalidInput(f"The table has {len(rows)} lines; at most {MAX_ROWS} are taken at once. Split it.")
    if not rows:
        raise InvalidInput("The table has no lines besides its heading.")
    return rows


def read_lines(session: Session, creator_id: str, rows: Sequence[Mapping[str, str]], check: Callable[[PostDraft], None]) -> list[ImportedLine]:
    """Each line as a draft or with its errors. ``check`` raises ReelwrightError for a draft that could not be made."""
    accounts = _accounts_by_name(session, creator_id)
    return [_read_line(number, row, accounts, check) for number, row in enumerate(rows, 1)]


def _read_line(number: int, row: Mapping[str, str], accounts: Mapping[str, str], check: Callable[[PostDraft], None]) -> ImportedLine:
    account_id = accounts.get(row["account"].lstrip("@").lower())
    if account_id is None:
        return ImportedLine(number, None, (f"“{row['account']}” is none of your connected accounts. Write its id, its handle, or platform:handle.",))
    try:
        draft = PostDraft(social_account_id=account_id, render_id=row["render_id"], **_read_time(row), content=PostContent.model_validate(_read_content(row)))
        check(draft)
    except ValidationError as error:
        return ImportedLine(number, None, tuple(f"{'.'.join(map(str, part['loc'])) or 'line'}: {part['msg']}." for part in error.errors()))
    except ReelwrightError as error:
        return ImportedLine(number, None, (error.detail,))
    return ImportedLine(number, draft)


def _read_time(row: Mapping[str, str]) -> dict[str, Any]:
    time = row.get("time", "")
    if not time:
        return {}
    if time.lower() == QUEUE_WORD:
        return {"is_queued": True}
    match = _TIME.fullmatch(time)
    if match is None:
        raise InvalidInput(f"“{time[:40]}” is no time. Write it as 2026-12-24 18:30, and its zone into time_zone.")
    if not row.get("time_zone"):
        raise InvalidInput("A time needs its time_zone, such as Europe/Berlin.")
    return {"schedule": Schedule(wall_time=match[1].replace(" ", "T"), time_zone=row["time_zone"])}


def _read_content(row: Mapping[str, str]) -> dict[str, Any]:
    flag = row.get("is_ai_generated", "").lower()
    if flag not in _TRUE | _FALSE:
        raise InvalidInput(f"is_ai_generated is yes or no, not “{flag}”.")
    texts = {name: row[name].replace("\\n", "\n") for name in ("caption", "title", "first_comment") if row.get(name)}
    return {**texts, **({"privacy": row["privacy"].lower()} if row.get("privacy") else {}), "is_ai_generated": flag in _TRUE}


def _accounts_by_name(session: Session, creator_id: str) -> dict[str, str]:
    """Account ids by id, by platform:handle, and by a handle that only one account has."""
    statement = select(SocialAccountRow).where(SocialAccountRow.creator_id == creator_id, SocialAccountRow.state != AccountState.DISCONNECTED)
    rows = session.scalars(statement).all()
    names = [row.username.lower() for row in rows if row.username]
    found = {row.username.lower(): row.id for row in rows if row.username and names.count(row.username.lower()) == 1}
    found.update({f"{row.platform}:{(row.username or row.name).lower()}": row.id for row in rows})
    found.update({row.id.lower(): row.id for row in rows})
    return found
