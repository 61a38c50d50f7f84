"""What a post says: the creator's words, else those of the reel's plan."""

from __future__ import annotations

from typing import Any

import pytest

from command_line.complaint import Complaint
from command_line.connect import find_accounts
from command_line.main import build_parser
from command_line.post_draft import Words, find_reel, read_words, write_content
from command_line.publish import create_post, tell
from tests.command_line.fake_api import FakeApi

TEXTS = {"instagram": {"text": "A quiet room", "title": None}, "youtube": {"text": "The same room, longer", "title": "A quiet room"}}
ACCOUNTS = [
    {"id": "account_1", "platform": "instagram", "username": "maya.sea", "name": "Maya", "state": "connected"},
    {"id": "account_2", "platform": "youtube", "username": "@maya", "name": "Maya", "state": "connected"},
    {"id": "account_3", "platform": "tiktok", "username": "maya.sea", "name": "Maya", "state": "disconnected"},
]


def api() -> FakeApi:
    return FakeApi(
        {
            "/v1/generations": {"items": [{"id": "gen_2", "state": "failed"}, {"id": "gen_1", "state": "succeeded", "render_id": "render_1"}]},
            "/v1/generations/gen_1/report": {"plan": {"post_texts": TEXTS}},
            "/v1/social-accounts": {"items": ACCOUNTS},
        }
    )


@pytest.mark.parametrize(
    ("platform", "words", "content"),
    [
        ("instagram", Words(), {"caption": "A quiet room", "title": ""}),
        ("youtube", Words(), {"caption": "The same room, longer", "title": "A quiet room"}),
        ("facebook", Words(), {"caption": "A quiet room", "title": ""}),
        ("youtube", Words(caption="", title=""), {"caption": "", "title": ""}),
        (
            "instagram",
            Words(first_comment="More in the profile", privacy="public", is_ai_generated=True),
            {"caption": "A quiet room", "title": "", "first_comment": "More in the profile", "privacy": "public", "is_ai_generated": True},
        ),
        ("tiktok", Words(caption="Hello", first_comment="More in the profile"), {"caption": "Hello", "title": ""}),
    ],
)
def test_words_are_the_creators_or_the_plans(platform: str, words: Words, content: dict[str, Any]) -> None:
    assert write_content(platform, TEXTS, words) == content


def test_the_options_of_post_and_schedule_are_the_words() -> None:
    for command in (["post", "--to", "instagram"], ["schedule", "--queue"]):
        options = build_parser().parse_args([*command, "--caption", "Hello", "--first-comment", "More in the profile", "--ai"])
        assert read_words(options) == Words("Hello", None, "More in the profile", None, True)


def test_the_newest_reel_that_succeeded_is_posted_with_its_words() -> None:
    client = api()
    create_post(client, ACCOUNTS[1], is_queued=True)
    content = {"caption": "The same room, longer", "title": "A quiet room", "privacy": "public"}
    assert client.posted == [("/v1/posts", {"social_account_id": "account_2", "render_id": "render_1", "content": content, "is_queued": True})]


def test_a_post_is_one_line_with_what_became_of_its_first_comment() -> None:
    row = {
        "id": "post_1",
        "platform": "instagram",
        "state": "published",
        "permalink": "https://i.test/1",
        "schedule": None,
        "failure": None,
        "warning": None,
        "first_comment_state": None,
    }
    assert tell(row) == "post_1  instagram  published  https://i.test/1"
    assert tell({**row, "first_comment_state": "written"}) == "post_1  instagram  published  https://i.test/1  first comment written"


def test_a_wish_that_names_no_reel_is_a_complaint() -> None:
    with pytest.raises(Complaint, match="neither a generation's id"):
        find_reel(api(), "reel_1")


def test_accounts_are_found_by_platform_handle_or_id_and_not_once_they_are_disconnected() -> None:
    assert [row["id"] for row in find_accounts(api(), ("youtube", "@maya.sea", "account_2"))] == ["account_2", "account_1"]
    with pytest.raises(Complaint, match='"tiktok" is none of your accounts'):
        find_accounts(api(), ("tiktok",))
