"""The queue, the calendar and good times: when an account posts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import Field

from functions.api.answers import Answer, Page, shown
from functions.api.call import call_of
from functions.api.post_answers import POST, PostAnswer, describe_post
from functions.api.routes import Routes
from reelwright.kit.errors import FieldError, InvalidInput, NotFound
from reelwright.publishing import queue_slots as slots
from reelwright.publishing.calendar_view import CalendarEntry, list_calendar
from reelwright.publishing.find_account import load_account
from reelwright.publishing.posting_times import find_posting_times
from reelwright.publishing.queue_slots import MAX_SLOTS_PER_ACCOUNT, QueueSlot
from reelwright.publishing.schedule import read_zone
from reelwright.publishing.tables import QueueSlotRow

routes = Routes("calendar")
CALENDAR_YEARS = range(2000, 2101)  # beyond them clocks and zones have an end
_SLOT = {"weekday": 2, "wall_time": "18:30", "time_zone": "Europe/Berlin"}
_ACCOUNT_ID = "account_01jdc5w0fk7q2m3n4p5r6s7t8v"
_TIME = {"weekday": 3, "from_hour": 18, "to_hour": 21, "posts": 4, "median_views": 1204.0, "lift": 1.4}


class SlotAnswer(Answer):
    """A time of the week at which an account posts what waits; 0 is Monday."""

    model_config = shown({"social_account_id": _ACCOUNT_ID, **_SLOT})

    social_account_id: str
    weekday: int
    wall_time: str
    time_zone: str


class SlotsBody(Answer):
    """All slots of one account."""

    model_config = shown({"social_account_id": _ACCOUNT_ID, "slots": [_SLOT]})

    social_account_id: Annotated[str, Field(min_length=1, max_length=60)]
    slots: Annotated[tuple[QueueSlot, ...], Field(max_length=MAX_SLOTS_PER_ACCOUNT)]


class CalendarLine(Answer):
    """``post`` is one of yours; ``expected`` is one that its series will make, and ``post`` is then the one before; ``free_slot`` has none."""

    model_config = shown({"kind": "post", "at": "2026-12-24T17:30:00Z", "time_zone": "Europe/Berlin", "social_account_id": _ACCOUNT_ID, "post": POST})

    kind: Literal["post", "expected", "free_slot"]
    at: datetime
    time_zone: str
    social_account_id: str
    post: PostAnswer | None


class GoodTime(Answer):
    """A block of the week on your clock; 0 is Monday. ``lift``: its median views over those of all the account's posts."""

    model_config = shown(_TIME)

    weekday: int
    from_hour: int
    to_hour: int
    posts: int
    median_views: float
    lift: float


class GoodTimes(Answer):
    """From your own posts only. ``posts``: how many they stand on; ``sentence``: how far they can be trusted."""

    model_config = shown({"posts": 14, "sentence": "From 14 posts: a first hint, no more. Each time says how many posts it stands on.", "times": [_TIME]})

    posts: int
    sentence: str
    times: tuple[GoodTime, ...]


@routes.serve("GET", "/queue-slots", "When your accounts post what waits")
def list_queue_slots() -> Page[SlotAnswer]:
    call = call_of(routes)
    with call.transaction() as session:
        rows = slots.list_slots(session, call.creator_id)
    return Page(items=[_describe(row) for row in rows], next_cursor=None)


@routes.serve("PUT", "/queue-slots", "Write an account's slots anew", NotFound)
def replace_queue_slots(wanted: SlotsBody) -> Page[SlotAnswer]:
    """Posts that are planned stay where they are."""
    call = call_of(routes)
    with call.transaction() as session:
        account = load_account(session, call.creator_id, wanted.social_account_id, is_to_change=True)
        rows = slots.replace_slots(session, call.creator_id, account.id, wanted.slots)
    return Page(items=[_describe(row) for row in rows], next_cursor=None)


@routes.serve("GET", "/calendar", "What is posted and planned between two moments")
def show_calendar(
    start: Annotated[str, Query(alias="from", max_length=40, description="RFC 3339, such as 2026-12-01T00:00:00Z")],
    end: Annotated[str, Query(alias="to", max_length=40, description="RFC 3339; at most 100 days later")],
) -> Page[CalendarLine]:
    """With what running series will bring, and the slots that are free."""
    call = call_of(routes)
    with call.transaction() as session:
        entries = list_calendar(session, call.creator_id, _read_moment("from", start), _read_moment("to", end), call.now)
        return Page(items=[_describe_entry(entry) for entry in entries], next_cursor=None)


@routes.serve("GET", "/posting-times", "The best times to post, from your own posts", NotFound)
def list_posting_times(
    social_account_id: Annotated[str, Query(max_length=60, description="the account")],
    time_zone: Annotated[str, Query(max_length=60, description="an IANA name, for the hours")] = "UTC",
) -> GoodTimes:
    call = call_of(routes)
    zone = read_zone(time_zone)
    with call.transaction() as session:
        account = load_account(session, call.creator_id, social_account_id)
        found = find_posting_times(session, account.id, zone, call.now)
    return GoodTimes(posts=found.posts, sentence=found.sentence, times=tuple(GoodTime(**vars(time)) for time in found.times))


def _describe(row: QueueSlotRow) -> SlotAnswer:
    return SlotAnswer(social_account_id=row.social_account_id, weekday=row.weekday, wall_time=row.wall_time, time_zone=row.time_zone)


def _describe_entry(entry: CalendarEntry) -> CalendarLine:
    post = describe_post(entry.post) if entry.post is not None else None
    return CalendarLine(kind=entry.kind, at=entry.at, time_zone=entry.time_zone, social_account_id=entry.social_account_id, post=post)


def _read_moment(name: str, text: str) -> datetime:
    """Raises InvalidInput; a time without a zone is taken as UTC."""
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))
        if moment.year not in CALENDAR_YEARS:
            raise ValueError(text)
    except ValueError as error:
        sentence = f"“{text[:40]}” is no time. Write it as 2026-12-01T00:00:00Z."
        raise InvalidInput(sentence, errors=[FieldError(name, sentence)]) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
