"""Social accounts over HTTP: connected through a browser without a token, listed, asked, renamed, disconnected; no answer holds a token."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from reelwright.kit.errors import PlatformThrottled, PlatformUnavailable, ReconnectNeeded
from reelwright.kit.key_file_envelope import KeyFileEnvelope, make_key_file
from tests.publishing.fake_platform import NEVER_ENDING, ROTATING, FakeAccount, FakePlatform

PAGES = [FakeAccount("1", "The Sea", "the.sea"), FakeAccount("2", "The Hills", "the.hills")]


@pytest.fixture
def tiktok(world: Any, tmp_path: Path) -> FakePlatform:
    """TikTok and Facebook in memory, and a key file."""
    make_key_file(tmp_path / "keys.json")
    world.__dict__["envelope"] = KeyFileEnvelope(tmp_path / "keys.json")
    world.__dict__["platforms"] = {rules.way: FakePlatform(world.moving_clock, rules) for rules in (ROTATING, NEVER_ENDING)}
    return world.platforms["tiktok"]


@pytest.fixture
def browser(stranger: Any) -> Any:
    """Comes back from a consent page: it has no token, and reads pages instead of JSON."""

    def come_back(platform: FakePlatform, **query: str) -> Any:
        sent = {"state": platform.requests[-1].state, **query}
        if "code" not in sent and "error" not in sent:
            sent["code"] = platform.consent()
        event_client = PageReader(stranger)
        return event_client.get(f"/v1/oauth/{platform.name}/callback?{urlencode(sent)}")

    return come_back


class PageReader:
    """A client's sending, without its reading of JSON."""

    def __init__(self, client: Any) -> None:
        self.client, self.seen = client, []

    def get(self, path: str) -> Any:
        handler = self.client.handler

        def keep(event: Any, context: Any) -> Any:
            answer = handler(event, context)
            self.seen.append(answer)
            return {**answer, "body": ""}

        reader = type(self.client)(keep, self.client.authorizer)
        reader.send("GET", path)
        return self.seen[-1]


def connect(maya: Any, browser: Any, platform: FakePlatform, **order: Any) -> dict[str, Any]:
    begun = maya.post("/v1/social-accounts/connect", {"platform": platform.name, **order})
    assert begun.status == 200, begun.body
    browser(platform)
    (account,) = maya.get(f"/v1/social-accounts/connect/{begun.body['id']}").body["accounts"]
    return dict(account)


def test_an_account_is_connected_through_a_browser_that_has_no_token(maya: Any, browser: Any, tiktok: FakePlatform) -> None:
    begun = maya.post("/v1/social-accounts/connect", {"platform": "tiktok"})
    assert (begun.status, begun.body["way"], begun.body["platform"]) == (200, "tiktok", "tiktok")
    assert begun.body["authorize_url"].startswith("https://consent.test/tiktok?")
    assert tiktok.requests[0].redirect_uri == "http://127.0.0.1:8787/v1/oauth/tiktok/callback"
    path = f"/v1/social-accounts/connect/{begun.body['id']}"
    assert maya.get(path).body["state"] == "waiting"
    page = browser(tiktok, scopes="video.publish", whatever="they add")
    assert (page["statusCode"], page["headers"]["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "<h1>TikTok is connected</h1>" in page["body"]
    assert "In the Reelwright account of maya." in page["body"]
    found = maya.get(path).body
    assert (found["state"], found["failure"], found["choices"]) == ("connected", None, [])
    assert maya.get("/v1/social-accounts").body["items"] == found["accounts"]
    assert maya.get(f"/v1/social-accounts/{found['accounts'][0]['id']}").body["username"] == "maya.sea"


def test_the_page_loads_nothing_is_kept_nowhere_and_tells_nobody_its_address(maya: Any, browser: Any, tiktok: FakePlatform) -> None:
    maya.post("/v1/social-accounts/connect", {"platform": "tiktok"})
    headers = browser(tiktok)["headers"]
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert (headers["Referrer-Policy"], headers["Cache-Control"], headers["X-Content-Type-Options"]) == ("no-referrer", "no-store", "nosniff")


def test_names_on_the_page_are_text_and_nothing_else(maya: Any, browser: Any, tiktok: FakePlatform) -> None:
    tiktok.accounts = [FakeAccount("1", "<script>alert(1)</script>", "")]
    maya.post("/v1/social-accounts/connect", {"platform": "tiktok"})
    body = browser(tiktok)["body"]
    assert "<script>" not in body
    assert "&lt;script&gt;" in body


def test_the_browser_goes_back_to_our_own_pages_and_to_nobody_elses(maya: Any, browser: Any, tiktok: FakePlatform) -> None:
    for return_to in ("/accounts?tab=new", "reelwright://connected"):
        begun = maya.post("/v1/social-accounts/connect", {"platform": "tiktok", "return_to": return_to})
        page = browser(tiktok)
        separator = "&" if "?" in return_to else "?"
        assert (page["statusCode"], page["headers"]["Location"]) == (303, f"{return_to}{separator}connect_id={begun.body['id']}")
    for evil in ("https://evil.test", "//evil.test", "/\\evil.test"):
        refused = maya.post("/v1/social-accounts/connect", {"platform": "tiktok", "return_to": evil})
        assert (refused.status, refused.body["errors"][0]["pointer"]) == (422, "/return_to")
    forged = browser(tiktok, state="forged", return_to="https://evil.test")
    assert forged["statusCode"] == 200
    assert "Location" not in forged["headers"]


def test_what_goes_wrong_is_a_page_in_words(maya: Any, browser: Any, tiktok: FakePlatform) -> None:
    begun = maya.post("/v1/social-accounts/connect", {"platform": "tiktok"})
    assert "You did not allow it at TikTok" in browser(tiktok, error="access_denied")["body"]
    found = maya.get(f"/v1/social-accounts/connect/{begun.body['id']}").body
    assert (found["state"], found["failure"]["detail"]) == (
        "failed",
        "You did not allow it at TikTok, so nothing was connected. Connect again whenever you like.",
    )
    assert "was used already" in browser(tiktok)["body"]
    assert "does not belong to a connection" in browser(tiktok, state="forged")["body"]


def test_a_callback_of_a_platform_that_is_not_there_is_not_found(stranger: Any, tiktok: FakePlatform) -> None:
    assert stranger.get("/v1/oauth/myspace/callback", state="x").status == 404
    assert stranger.send("POST", "/v1/oauth/tiktok/callback", {}).status == 404


def test_of_several_pages_some_are_chosen(world: Any, maya: Any, stranger: Any, browser: Any, tiktok: FakePlatform) -> None:
    facebook = world.platforms["facebook_page"]
    facebook.accounts = PAGES
    begun = maya.post("/v1/social-accounts/connect", {"platform": "facebook"})
    path = f"/v1/social-accounts/connect/{begun.body['id']}"
    assert maya.post(f"{path}/choose", {"external_ids": ["1"]}).status == 409
    browser(facebook)
    found = maya.get(path).body
    assert (found["state"], [choice["name"] for choice in found["choices"]]) == ("choosing", ["The Sea", "The Hills"])
    ben = stranger.sign_up("ben@example.org")
    assert ben.get(path).status == ben.post(f"{path}/choose", {"external_ids": ["1"]}).status == 404
    wrong = maya.post(f"{path}/choose", {"external_ids": ["9"]})
    assert (wrong.status, wrong.body["errors"][0]["pointer"]) == (422, "/external_ids/0")
    chosen = maya.post(f"{path}/choose", {"external_ids": ["2"]})
    assert (chosen.status, chosen.body["state"], [account["name"] for account in chosen.body["accounts"]]) == (200, "connected", ["The Hills"])
    assert [account["name"] for account in maya.get("/v1/social-accounts", platform="facebook").body["items"]] == ["The Hills"]
    assert maya.get("/v1/social-accounts", platform="tiktok").body["items"] == []


def test_a_way_that_a_platform_has_not_is_refused(maya: Any, tiktok: FakePlatform) -> None:
    wrong = maya.post("/v1/social-accounts/connect", {"platform": "tiktok", "way": "youtube"})
    assert (wrong.status, wrong.body["errors"][0]) == (422, {"pointer": "/way", "detail": "tiktok is connected by tiktok."})
    assert maya.post("/v1/social-accounts/connect", {"platform": "myspace"}).status == 422
    missing = maya.post("/v1/social-accounts/connect", {"platform": "youtube"})
    assert (missing.status, missing.body["type"]) == (503, "unavailable")
    assert "operator has set no app" in missing.body["detail"]


def test_an_account_has_a_name_of_ones_own(maya: Any, browser: Any, tiktok: FakePlatform) -> None:
    account = connect(maya, browser, tiktok)
    path = f"/v1/social-accounts/{account['id']}"
    assert maya.send("PATCH", path, {"label": " the family account "}).body["label"] == "the family account"
    assert maya.get(path).body["label"] == "the family account"
    assert maya.send("PATCH", path, {"name": "x"}).status == 422
    assert connect(maya, browser, tiktok)["label"] == "the family account", "connecting again keeps it"


def test_what_an_account_may_do_is_read_at_this_moment(maya: Any, browser: Any, tiktok: FakePlatform) -> None:
    account = connect(maya, browser, tiktok)
    path = f"/v1/social-accounts/{account['id']}/publishing-options"
    found = maya.get(path)
    assert (found.status, found.body["privacy_choices"], found.body["max_seconds"], found.body["nickname"]) == (200, ["public", "private"], 180, "maya.sea")
    assert found.body["has_first_comment"] is False
    tiktok.fail("read_options", PlatformThrottled("TikTok asks to slow down.", retry_after_seconds=20))
    slow = maya.get(path)
    assert (slow.status, slow.headers["Retry-After"]) == (429, "20")
    tiktok.fail("read_options", PlatformUnavailable("TikTok does not answer."))
    assert maya.get(path).status == 503


def test_a_token_that_is_refused_before_its_time_is_renewed_unseen(maya: Any, browser: Any, tiktok: FakePlatform) -> None:
    account = connect(maya, browser, tiktok)
    path = f"/v1/social-accounts/{account['id']}/publishing-options"
    tiktok.fail("read_options", ReconnectNeeded("TikTok does not know this token."))
    assert maya.get(path).status == 200
    assert tiktok.calls["refresh"] == 1
    tiktok.end_grants()
    over = maya.get(path)
    assert (over.status, over.body["type"]) == (409, "reconnect-needed")
    shown = maya.get(f"/v1/social-accounts/{account['id']}").body
    assert (shown["state"], shown["detail"]) == ("reconnect_needed", "The permission is over. Connect the account again.")
    assert connect(maya, browser, tiktok, account_id=account["id"])["state"] == "connected"


def test_a_disconnected_account_is_told_and_leaves_the_list(maya: Any, browser: Any, tiktok: FakePlatform) -> None:
    account = connect(maya, browser, tiktok)
    path = f"/v1/social-accounts/{account['id']}"
    done = maya.send("DELETE", path)
    assert (done.status, done.body["revocation"], done.body["detail"]) == (200, "revoked", "TikTok @maya.sea is disconnected. TikTok was told.")
    assert maya.get("/v1/social-accounts").body["items"] == []
    assert maya.get(path).body["state"] == "disconnected"
    assert maya.send("DELETE", path).status == 200
    assert maya.get(f"{path}/publishing-options").body["type"] == "reconnect-needed"
    assert tiktok.calls["revoke"] == 1


def test_lists_go_page_by_page_and_hold_nothing_of_others(maya: Any, stranger: Any, browser: Any, tiktok: FakePlatform) -> None:
    for number in range(3):
        tiktok.accounts = [FakeAccount(str(number), f"Account {number}")]
        connect(maya, browser, tiktok)
    first = maya.get("/v1/social-accounts", limit=2).body
    second = maya.get("/v1/social-accounts", limit=2, cursor=first["next_cursor"]).body
    assert [account["name"] for account in first["items"] + second["items"]] == ["Account 2", "Account 1", "Account 0"]
    assert stranger.sign_up("ben@example.org").get("/v1/social-accounts").body["items"] == []


def test_no_answer_holds_a_token_a_state_a_verifier_or_a_code(maya: Any, browser: Any, tiktok: FakePlatform) -> None:
    begun = maya.post("/v1/social-accounts/connect", {"platform": "tiktok"})
    code = tiktok.consent()
    answers = [begun.body | {"authorize_url": ""}, browser(tiktok, code=code), maya.get(f"/v1/social-accounts/connect/{begun.body['id']}").body]
    account = maya.get("/v1/social-accounts").body["items"][0]
    answers += [
        account,
        maya.get(f"/v1/social-accounts/{account['id']}/publishing-options").body,
        maya.send("DELETE", f"/v1/social-accounts/{account['id']}").body,
    ]
    text = json.dumps(answers)
    for secret in ("fake-access-token", "fake-refresh-token", code, tiktok.requests[0].state, tiktok.requests[0].code_verifier):
        assert secret not in text
