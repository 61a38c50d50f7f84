"""Posts are made, planned, queued, changed and cancelled; a change is a new version."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from reelwright.kit.errors import Conflict, InvalidInput, NotFound, ReconnectNeeded
from reelwright.kit.keyset import PageRequest
from reelwright.publishing.calendar_view import list_calendar
from reelwright.publishing.cancel_post import cancel_post, delete_post
from reelwright.publishing.continue_series import continue_series
from reelwright.publishing.create_post import RenderFacts, create_post
from reelwright.publishing.edit_post import PostChange, edit_post
from reelwright.publishing.find_post import find_post, list_posts
from reelwright.publishing.import_posts import read_lines, read_table
from reelwright.publishing.post import PostContent, PostState
from reelwright.publishing.publish_now import publish_now
from reelwright.publishing.queue_slots import QueueSlot, next_free_slot, replace_slots
from reelwright.publishing.recurrence import Recurrence
from reelwright.publishing.schedule import Schedule
from tests.publishing.planned_posts import EVENING, NOW, READY, add_account, add_creator, draft_of, sentences_of


def test_a_post_without_a_time_is_a_draft_and_one_with_a_time_is_planned(session: Session) -> None:
    creator = add_creator(session)
    account = add_account(session, creator)
    assert create_post(session, creator, draft_of(account), READY, NOW).state == PostState.DRAFT
    planned = create_post(session, creator, draft_of(account, schedule=EVENING), READY, NOW)
    assert (planned.state, planned.due_at) == (PostState.SCHEDULED, datetime(2026, 11, 25, 17, 30, tzinfo=UTC))
    assert sentences_of(session, planned.id)[-1] == "Planned for 2026-11-25 at 18:30 in Europe/Berlin."


def test_an_account_of_somebody_else_is_not_there(session: Session) -> None:
    stranger = add_creator(session)
    with pytest.raises(NotFound):
        create_post(session, add_creator(session), draft_of(add_account(session, stranger)), READY, NOW)


def test_an_account_that_has_to_be_connected_again_takes_no_post(session: Session) -> None:
    creator = add_creator(session)
    account = add_account(session, creator, state="reconnect_needed", state_detail="Connect it again.")
    with pytest.raises(ReconnectNeeded, match="Connect it again"):
        create_post(session, creator, draft_of(account), READY, NOW)


@pytest.mark.parametrize(
    ("render", "words"),
    [
        (RenderFacts("render_1", is_finished=False, is_preview=False), "no finished files"),
        (RenderFacts("render_1", is_finished=True, is_preview=True), "preview"),
    ],
)
def test_a_render_that_cannot_be_posted_is_refused_in_words(session: Session, render: RenderFacts, words: str) -> None:
    creator = add_creator(session)
    with pytest.raises(Conflict, match=words):
        create_post(session, creator, draft_of(add_account(session, creator)), render, NOW)


def test_each_change_is_a_new_version_and_can_move_the_time(session: Session) -> None:
    creator = add_creator(session)
    row = create_post(session, creator, draft_of(add_account(session, creator), schedule=EVENING), READY, NOW)
    edit_post(session, row, PostChange(schedule=Schedule(wall_time="2026-11-26T08:00", time_zone="Asia/Tokyo")), None, NOW)
    assert (row.version, row.due_at) == (2, datetime(2026, 11, 25, 23, 0, tzinfo=UTC))
    edit_post(session, row, PostChange(content=PostContent(caption="Another text")), None, NOW)
    assert (row.version, row.state, row.content["caption"]) == (3, PostState.SCHEDULED, "Another text")
    edit_post(session, row, PostChange(schedule=None), None, NOW)
    assert (row.version, row.state, row.due_at) == (4, PostState.DRAFT, None)


@pytest.mark.parametrize("state", ["publishing", "published", "unconfirmed", "cancelled"])
def test_what_has_begun_or_is_over_is_not_changed(session: Session, state: str) -> None:
    creator = add_creator(session)
    row = create_post(session, creator, draft_of(add_account(session, creator)), READY, NOW)
    row.state = state
    with pytest.raises(Conflict, match="cannot be changed any more"):
        edit_post(session, row, PostChange(content=PostContent()), None, NOW)


def test_a_failed_post_that_is_changed_begins_anew(session: Session) -> None:
    creator = add_creator(session)
    row = create_post(session, creator, draft_of(add_account(session, creator)), READY, NOW)
    row.state, row.checkpoint, row.failure_type, row.external_id = PostState.FAILED, {"container": "1"}, "PlatformRefused", "9"
    edit_post(session, row, PostChange(content=PostContent(caption="Shorter")), None, NOW)
    assert (row.state, row.checkpoint, row.failure_type, row.external_id) == (PostState.DRAFT, None, None, None)


def test_a_cancelled_post_stays_cancelled_and_can_be_deleted(session: Session) -> None:
    creator = add_creator(session)
    row = create_post(session, creator, draft_of(add_account(session, creator), schedule=EVENING), READY, NOW)
    cancel_post(session, row, NOW)
    cancel_post(session, row, NOW)
    assert (row.state, row.version) == (PostState.CANCELLED, 2)
    delete_post(session, row)
    session.flush()
    with pytest.raises(NotFound):
        find_post(session, creator, row.id)


@pytest.mark.parametrize("state", ["published", "unconfirmed"])
def test_what_is_out_or_may_be_is_neither_cancelled_nor_deleted(session: Session, state: str) -> None:
    creator = add_creator(session)
    row = create_post(session, creator, draft_of(add_account(session, creator)), READY, NOW)
    row.state = state
    with pytest.raises(Conflict):
        cancel_post(session, row, NOW)
    with pytest.raises(Conflict):
        delete_post(session, row)


def test_the_queue_gives_the_next_free_slot_to_each(session: Session) -> None:
    creator = add_creator(session)
    account = add_account(session, creator)
    replace_slots(
        session,
        creator,
        account,
        [QueueSlot(weekday=2, wall_time="18:30", time_zone="Europe/Berlin"), QueueSlot(weekday=4, wall_time="09:00", time_zone="Europe/Berlin")],
    )
    first, second, third = (create_post(session, creator, draft_of(account, is_queued=True), READY, NOW).due_at for _ in range(3))
    assert first == datetime(2026, 11, 25, 17, 30, tzinfo=UTC)
    assert second == datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
    assert third == datetime(2026, 12, 2, 17, 30, tzinfo=UTC)


def test_a_slot_is_free_again_when_its_post_is_cancelled(session: Session) -> None:
    creator = add_creator(session)
    account = add_account(session, creator)
    replace_slots(session, creator, account, [QueueSlot(weekday=2, wall_time="18:30", time_zone="Europe/Berlin")])
    row = create_post(session, creator, draft_of(account, is_queued=True), READY, NOW)
    taken = row.due_at
    cancel_post(session, row, NOW)
    session.flush()
    slot = next_free_slot(session, account, NOW)
    assert slot is not None
    assert slot.due_at == taken


def test_an_account_without_slots_has_no_queue(session: Session) -> None:
    creator = add_creator(session)
    with pytest.raises(Conflict, match="no free slot"):
        create_post(session, creator, draft_of(add_account(session, creator), is_queued=True), READY, NOW)


def test_two_slots_of_the_same_minute_are_refused(session: Session) -> None:
    creator = add_creator(session)
    twice = [QueueSlot(weekday=2, wall_time="18:30", time_zone="Europe/Berlin")] * 2
    with pytest.raises(InvalidInput, match="same day and time"):
        replace_slots(session, creator, add_account(session, creator), twice)


def test_a_series_makes_its_next_post_when_one_is_out_and_makes_up_for_nothing(session: Session) -> None:
    creator = add_creator(session)
    row = create_post(session, creator, draft_of(add_account(session, creator), schedule=EVENING, recurrence=Recurrence(every="day")), READY, NOW)
    assert continue_series(session, NOW) == []
    row.state = PostState.PUBLISHED
    session.flush()
    (following,) = continue_series(session, NOW + timedelta(days=5))
    assert following.due_at == datetime(2026, 11, 29, 17, 30, tzinfo=UTC)
    assert "3 that were missed are not made up for." in sentences_of(session, following.id)[-1]
    session.flush()
    assert continue_series(session, NOW + timedelta(days=5)) == []


def test_a_series_ends_after_its_number(session: Session) -> None:
    creator = add_creator(session)
    draft = draft_of(add_account(session, creator), schedule=EVENING, recurrence=Recurrence(every="week", count=2))
    row = create_post(session, creator, draft, READY, NOW)
    row.state = PostState.PUBLISHED
    session.flush()
    (second,) = continue_series(session, NOW + timedelta(days=2))
    second.state = PostState.FAILED
    session.flush()
    assert continue_series(session, NOW + timedelta(days=10)) == []
    assert sentences_of(session, second.id)[-1] == "It was the last one of its series."


def test_cancelling_one_of_a_series_goes_on_and_cancelling_the_series_ends_it(session: Session) -> None:
    creator = add_creator(session)
    account = add_account(session, creator)
    one, all_ = (create_post(session, creator, draft_of(account, schedule=EVENING, recurrence=Recurrence(every="day")), READY, NOW) for _ in range(2))
    cancel_post(session, one, NOW)
    cancel_post(session, all_, NOW, ends_series=True)
    session.flush()
    assert [row.series_id for row in continue_series(session, NOW)] == [one.series_id]


def test_the_calendar_shows_posts_what_series_bring_and_free_slots(session: Session) -> None:
    creator = add_creator(session)
    account = add_account(session, creator)
    replace_slots(session, creator, account, [QueueSlot(weekday=2, wall_time="12:00", time_zone="UTC")])
    create_post(session, creator, draft_of(account, schedule=EVENING, recurrence=Recurrence(every="day", count=3)), READY, NOW)
    entries = list_calendar(session, creator, NOW, NOW + timedelta(days=9), NOW)
    assert [(entry.kind, entry.at.day, entry.at.hour) for entry in entries] == [
        ("free_slot", 25, 12),
        ("post", 25, 17),
        ("expected", 26, 17),
        ("expected", 27, 17),
        ("free_slot", 2, 12),
    ]
    assert list_calendar(session, add_creator(session), NOW, NOW + timedelta(days=8), NOW) == []


def test_a_calendar_that_is_too_long_is_refused(session: Session) -> None:
    with pytest.raises(InvalidInput, match="at most 100 days"):
        list_calendar(session, add_creator(session), NOW, NOW + timedelta(days=101), NOW)


def test_lists_hold_only_the_creators_own_posts(session: Session) -> None:
    creator, other = add_creator(session), add_creator(session)
    row = create_post(session, creator, draft_of(add_account(session, creator)), READY, NOW)
    create_post(session, other, draft_of(add_account(session, other)), READY, NOW)
    assert [found.id for found in list_posts(session, creator, PageRequest()).rows] == [row.id]
    assert list_posts(session, creator, PageRequest(), state="published").rows == []
    with pytest.raises(NotFound):
        find_post(session, other, row.id)


def test_a_table_becomes_drafts_and_each_bad_line_says_why(session: Session) -> None:
    creator = add_creator(session)
    account = add_account(session, creator, "youtube", "maya")
    table = (
        "account,render_id,time,time_zone,caption,privacy,is_ai_generated\n"
        'maya,render_1,2026-11-25 18:30,Europe/Berlin,"One, two\\nthree",public,yes\n'
        "youtube:maya,render_1,queue,,Second,,\n"
        "nobody,render_1,,,Third,,\n"
        "maya,render_1,2026-11-25 18:30,,Fourth,,\n"
        "maya,render_1,,,Fifth,everyone,\n"
        "maya,render_1,,,Sixth,,perhaps\n"
    )
    lines = read_lines(session, creator, read_table(table), lambda draft: None)
    first, second = lines[0].draft, lines[1].draft
    assert first is not None
    assert second is not None
    assert (first.social_account_id, first.content.caption, first.content.is_ai_generated) == (account, "One, two\nthree", True)
    assert first.schedule == EVENING
    assert second.is_queued
    assert [line.draft for line in lines[2:]] == [None] * 4
    for line, word in zip(lines[2:], ("none of your connected accounts", "needs its time_zone", "privacy", "yes or no"), strict=True):
        assert word in line.errors[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("caption\nx\n", "Missing: account, render_id"),
        ("account,render_id,colour\na,b,c\n", "not known: colour"),
        ("account,render_id\n", "no lines"),
        ('account,render_id\n"a,b\n', "quotation mark"),
        ("account,render_id\n" + "a,b\n" * 501, "at most 500"),
        ("PK\x00\x03", "no text table"),
        ("account,render_id,caption,caption\na,b,c,d\n", "there twice: caption"),
    ],
)
def test_what_is_no_table_of_ours_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        read_table(text)


def test_a_table_with_semicolons_and_a_mark_at_its_start_is_read(session: Session) -> None:
    assert read_table("\ufeffAccount;Render_id\nmaya;render_1\n") == [{"account": "maya", "render_id": "render_1"}]


def test_one_of_a_series_that_is_posted_by_hand_before_its_time_is_not_posted_again_at_it(session: Session) -> None:
    creator = add_creator(session)
    row = create_post(session, creator, draft_of(add_account(session, creator), schedule=EVENING, recurrence=Recurrence(every="week")), READY, NOW)
    publish_now(session, row, NOW)
    row.state = PostState.PUBLISHED
    session.flush()
    (following,) = continue_series(session, NOW)
    assert following.due_at == datetime(2026, 12, 2, 17, 30, tzinfo=UTC)


@pytest.mark.parametrize(("moved_to", "earlier"), [("2026-11-24T20:00", True), ("2026-11-26T08:00", False)])
def test_one_of_a_series_that_is_moved_leaves_the_others_where_they_are(session: Session, moved_to: str, *, earlier: bool) -> None:
    creator = add_creator(session)
    daily = Recurrence(every="day", count=3)
    row = create_post(session, creator, draft_of(add_account(session, creator), schedule=EVENING, recurrence=daily), READY, NOW)
    edit_post(session, row, PostChange(schedule=Schedule(wall_time=moved_to, time_zone="Europe/Berlin")), None, NOW)
    days = [entry.at.day for entry in list_calendar(session, creator, NOW, NOW + timedelta(days=9), NOW)]
    assert days == [24 if earlier else 26, 26, 27]
    row.state = PostState.PUBLISHED
    session.flush()
    (following,) = continue_series(session, NOW + timedelta(hours=9))
    assert following.due_at == datetime(2026, 11, 26, 17, 30, tzinfo=UTC)
    edit_post(session, following, PostChange(schedule=Schedule(wall_time="2026-11-27T09:00", time_zone="UTC"), recurrence=None), None, NOW)
    assert following.recurrence is None


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_heading_says_what_parts_the_columns_whatever_the_captions_hold(mark: str) -> None:
    table = mark.join(("account", "render_id", "caption", "")) + "\r\n" + mark.join(("maya", "render_1", '"a, b, c, d, e; f; g\nand more"', "")) + "\r\n\r\n"
    assert read_table(table) == [{"account": "maya", "render_id": "render_1", "caption": "a, b, c, d, e; f; g\nand more"}]


@pytest.mark.parametrize("time", ["2026-11-25 06:30 PM", "2026-11-25T18:30+05:00", "2026-11-25 18:30:45", "25.11.2026 18:30"])
def test_a_time_in_a_table_that_says_more_than_we_read_is_refused_and_not_cut_off(session: Session, time: str) -> None:
    creator = add_creator(session)
    add_account(session, creator, "youtube", "maya")
    (line,) = read_lines(session, creator, read_table(f"account,render_id,time,time_zone\nmaya,render_1,{time},Europe/Berlin\n"), lambda draft: None)
    assert line.draft is None
    assert "is no time. Write it as" in line.errors[0]
