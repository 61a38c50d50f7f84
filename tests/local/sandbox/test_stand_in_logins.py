"""Consent pages and tokens of the four vendors: what is granted, used once, matched, rotated, over."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from sandbox_wire import (
    GOOGLE_SCOPES,
    INSTAGRAM_SCOPES,
    META_SCOPES,
    REDIRECT,
    TIKTOK_SCOPES,
    VERIFIER,
    Wire,
    ask_consent,
    bearer,
    challenge,
    google_tokens,
    instagram_short_token,
    instagram_token,
    meta_token,
    page_token,
    tiktok_tokens,
)

from local.sandbox.accounts import CLIENT_ID, CLIENT_SECRET, FACEBOOK_USER, INSTAGRAM, PAGE, PAGE_WITHOUT_RIGHT, TIKTOK

APP = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
TIKTOK_APP = {"client_key": CLIENT_ID, "client_secret": CLIENT_SECRET}
DAY = 86_400
PAGES = (
    ("/facebook-www/v26.0/dialog/oauth", {"scope": META_SCOPES}),
    ("/instagram-www/oauth/authorize", {"scope": INSTAGRAM_SCOPES}),
    ("/google-accounts/o/oauth2/v2/auth", {"scope": GOOGLE_SCOPES}),
    ("/tiktok-www/v2/auth/authorize/", {"scope": TIKTOK_SCOPES, "client_key": CLIENT_ID}),
)


@pytest.mark.parametrize(("address", "params"), PAGES)
def test_a_consent_page_asks_and_a_form_answers_it(wire: Wire, address: str, params: dict[str, str]) -> None:
    page = ask_consent(wire, address, auto="", **params)
    assert page.status == 200
    assert "name=decision value=allow" in page.body.decode()
    query = {"client_id": CLIENT_ID, "redirect_uri": REDIRECT, "response_type": "code", "state": "s 1", **params}
    allowed = wire.call("POST", address + "?" + "&".join(f"{name}={value}" for name, value in query.items()), form={"decision": "allow"})
    assert allowed.status == 302
    assert allowed.headers["location"].startswith(REDIRECT)
    assert (allowed.location["state"], bool(allowed.location["code"])) == ("s 1", True)


@pytest.mark.parametrize(("address", "params"), PAGES)
def test_a_person_who_denies_is_sent_back_with_an_error(wire: Wire, address: str, params: dict[str, str]) -> None:
    denied = ask_consent(wire, address, **{**params, "auto": "deny"}).location
    assert denied["error"] == "access_denied"
    assert denied["state"] == "s1"
    assert "code" not in denied


@pytest.mark.parametrize(("address", "params"), PAGES)
def test_an_unknown_app_or_a_strange_redirection_sees_a_page_and_is_never_redirected(wire: Wire, address: str, params: dict[str, str]) -> None:
    name = "client_key" if "client_key" in params else "client_id"
    assert ask_consent(wire, address, **{**params, name: "stranger"}).status == 400
    wire.sandbox.change_settings(redirect_uris=[REDIRECT])
    assert ask_consent(wire, address, **{**params, "redirect_uri": "https://elsewhere.test/"}).status == 400
    assert ask_consent(wire, address, **params).status == 302


def test_meta_and_instagram_put_their_marks_behind_the_callback(wire: Wire) -> None:
    assert ask_consent(wire, PAGES[0][0], **PAGES[0][1]).headers["location"].endswith("#_=_")
    assert ask_consent(wire, PAGES[1][0], **PAGES[1][1]).headers["location"].endswith("#_")


def test_a_facebook_code_works_once_and_only_with_its_redirection(wire: Wire) -> None:
    code = ask_consent(wire, PAGES[0][0], scope=META_SCOPES).location["code"]
    address = "/graph/v26.0/oauth/access_token"
    wrong = wire.get(address, redirect_uri=f"{REDIRECT}/", code=code, **APP)
    assert (wrong.status, wrong.json["error"]["code"]) == (400, 100)
    assert wire.get(address, redirect_uri=REDIRECT, code=code, **APP).json["token_type"] == "bearer"
    again = wire.get(address, redirect_uri=REDIRECT, code=code, **APP).json["error"]
    assert "has been used" in again["message"]
    assert {"message", "type", "code", "fbtrace_id"} <= set(again)


def test_a_long_lived_facebook_token_lasts_sixty_days_and_its_pages_tokens_have_no_end(wire: Wire) -> None:
    user, page = meta_token(wire), page_token(wire)
    wire.pass_time(60 * DAY + 1)
    over = wire.get("/graph/v26.0/me", user)
    assert (over.status, over.json["error"]["code"], over.json["error"]["error_subcode"]) == (401, 190, 463)
    assert wire.get(f"/graph/v26.0/{PAGE}", page, fields="name").json["name"] == "Maya Makes"


def test_an_expired_facebook_token_cannot_be_lengthened_a_living_one_can(wire: Wire) -> None:
    user = meta_token(wire)
    exchange = {"grant_type": "fb_exchange_token", "fb_exchange_token": user, **APP}
    wire.pass_time(30 * DAY)
    assert wire.get("/graph/v26.0/oauth/access_token", **exchange).json["expires_in"] == 5_184_000
    wire.pass_time(31 * DAY)
    assert wire.get("/graph/v26.0/oauth/access_token", **exchange).json["error"]["code"] == 190


def test_permissions_tell_what_was_unticked(wire: Wire) -> None:
    user = meta_token(wire, scopes="pages_show_list,instagram_basic")
    granted = {entry["permission"]: entry["status"] for entry in wire.get("/graph/v26.0/me/permissions", user).json["data"]}
    assert (granted["instagram_basic"], granted["instagram_content_publish"]) == ("granted", "declined")


def test_pages_come_with_tokens_tasks_and_their_instagram_account_page_by_page(wire: Wire) -> None:
    user = meta_token(wire)
    fields = "id,name,username,access_token,tasks,instagram_business_account,picture.type(large)"
    first = wire.get("/graph/v26.0/me/accounts", user, fields=fields, limit="1").json
    assert (first["data"][0]["id"], first["data"][0]["instagram_business_account"]["id"]) == (PAGE, INSTAGRAM)
    assert "CREATE_CONTENT" in first["data"][0]["tasks"]
    second = wire.call("GET", first["paging"]["next"]).json
    assert (second["data"][0]["id"], "CREATE_CONTENT" in second["data"][0]["tasks"]) == (PAGE_WITHOUT_RIGHT, False)
    assert "next" not in second["paging"]


def test_only_chosen_pages_are_reached(wire: Wire) -> None:
    user = meta_token(wire, accounts=PAGE)
    assert [page["id"] for page in wire.get("/graph/v26.0/me/accounts", user).json["data"]] == [PAGE]
    assert wire.get(f"/graph/v26.0/{PAGE_WITHOUT_RIGHT}", user).json["error"]["code"] == 100


def test_the_proof_of_the_apps_secret_is_checked_where_it_is_sent_and_can_be_demanded(wire: Wire) -> None:
    user = meta_token(wire)
    proof = hmac.new(CLIENT_SECRET.encode(), user.encode(), hashlib.sha256).hexdigest()
    assert wire.get("/graph/v26.0/me", user, appsecret_proof=proof).json["id"] == FACEBOOK_USER
    assert wire.get("/graph/v26.0/me", user, appsecret_proof="0" * 64).json["error"]["code"] == 100
    wire.sandbox.change_settings(needs_secret_proof=True)
    assert wire.get("/graph/v26.0/me", user).status == 400
    assert wire.get("/graph/v26.0/me", user, appsecret_proof=proof).status == 200


def test_revoked_facebook_rights_end_the_pages_tokens_too(wire: Wire) -> None:
    user = meta_token(wire)
    page = wire.get("/graph/v26.0/me/accounts", user, fields="access_token").json["data"][0]["access_token"]
    assert wire.call("DELETE", f"/graph/v26.0/{FACEBOOK_USER}/permissions?access_token={user}").json == {"success": True}
    assert wire.get(f"/graph/v26.0/{PAGE}", page).json["error"]["error_subcode"] == 458


def test_a_token_is_introspected_by_its_app(wire: Wire) -> None:
    token = meta_token(wire)
    data = wire.get("/graph/v26.0/debug_token", f"{CLIENT_ID}|{CLIENT_SECRET}", input_token=token).json["data"]
    assert data["is_valid"] is True
    assert "pages_manage_posts" in data["scopes"]


def test_versions_that_are_gone_or_not_there_yet_are_refused(wire: Wire) -> None:
    user = meta_token(wire)
    assert wire.get("/graph/v20.0/me", user).status == 400
    assert wire.get("/graph/v27.0/me", user).status == 400
    assert wire.get("/graph/v21.0/me", user).status == 200


def test_instagram_login_goes_from_an_hour_to_sixty_days_and_refreshes_after_a_day(wire: Wire) -> None:
    short = instagram_short_token(wire)
    assert wire.get("/instagram-graph/v26.0/me", short, fields="user_id,username,account_type").json == {
        "user_id": INSTAGRAM,
        "username": "maya.makes",
        "account_type": "MEDIA_CREATOR",
        "id": INSTAGRAM,
    }
    wire.pass_time(3601)
    assert wire.get("/instagram-graph/v26.0/me", short, fields="username").json["error"]["code"] == 190
    token = instagram_token(wire)
    refresh = {"grant_type": "ig_refresh_token"}
    assert wire.get("/instagram-graph/refresh_access_token", token, **refresh).status == 400
    wire.pass_time(DAY)
    fresh = wire.get("/instagram-graph/refresh_access_token", token, **refresh).json
    assert (fresh["token_type"], fresh["expires_in"]) == ("bearer", 5_183_944)
    wire.pass_time(59.5 * DAY)
    assert wire.get("/instagram-graph/refresh_access_token", token, **refresh).json["error"]["code"] == 190
    assert wire.get("/instagram-graph/v26.0/me", fresh["access_token"], fields="username").status == 200


def test_instagrams_first_answer_may_be_wrapped_and_a_code_with_its_mark_is_refused(wire: Wire) -> None:
    code = ask_consent(wire, PAGES[1][0], scope=INSTAGRAM_SCOPES).location["code"]
    sent = {**APP, "grant_type": "authorization_code", "redirect_uri": REDIRECT}
    refused = wire.post("/instagram-api/oauth/access_token", code=f"{code}#_", **sent)
    assert (refused.status, refused.json["error_type"]) == (400, "OAuthException")
    wire.sandbox.change_settings(is_token_answer_wrapped=True)
    answer = wire.post("/instagram-api/oauth/access_token", code=code, **sent).json["data"][0]
    assert (answer["user_id"], answer["permissions"]) == (int(INSTAGRAM), INSTAGRAM_SCOPES.split(","))


def test_an_unknown_field_fails_the_whole_call(wire: Wire) -> None:
    answer = wire.get("/instagram-graph/v26.0/me", instagram_token(wire), fields="username,shoe_size")
    assert (answer.status, answer.json["error"]["code"]) == (400, 100)


def test_google_gives_a_refresh_token_for_offline_access_and_checks_the_verifier(wire: Wire) -> None:
    answer = google_tokens(wire)
    assert (answer["expires_in"], answer["token_type"], answer["scope"]) == (3599, "Bearer", GOOGLE_SCOPES)
    assert answer["refresh_token"].startswith("1//")
    assert "refresh_token" not in google_tokens(wire, access_type="online")
    query = {"code_challenge": challenge("another"), "code_challenge_method": "S256"}
    code = ask_consent(wire, PAGES[2][0], scope=GOOGLE_SCOPES, **query).location["code"]
    sent = {**APP, "grant_type": "authorization_code", "redirect_uri": REDIRECT, "code": code, "code_verifier": VERIFIER}
    refused = wire.post("/google-oauth/token", **sent)
    assert (refused.status, refused.json["error"]) == (400, "invalid_grant")


def test_googles_access_tokens_live_an_hour_and_its_refresh_tokens_until_they_are_revoked(wire: Wire) -> None:
    tokens = google_tokens(wire)
    channel = "/google-api/youtube/v3/channels?part=id&mine=true"
    wire.pass_time(3600)
    over = bearer(wire, "GET", channel, tokens["access_token"])
    assert (over.status, over.json["error"]["errors"][0]["reason"]) == (401, "authError")
    refresh = {**APP, "grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    fresh = wire.post("/google-oauth/token", **refresh).json
    assert "refresh_token" not in fresh
    assert bearer(wire, "GET", channel, fresh["access_token"]).status == 200
    assert wire.post("/google-oauth/revoke", token=tokens["refresh_token"]).status == 200
    assert bearer(wire, "GET", channel, fresh["access_token"]).status == 401
    refused = wire.post("/google-oauth/token", **refresh)
    assert (refused.status, refused.json) == (400, {"error": "invalid_grant", "error_description": "Token has been expired or revoked."})


def test_googles_refresh_tokens_end_after_a_week_in_testing_and_after_half_a_year_unused(wire: Wire) -> None:
    lasting = google_tokens(wire)["refresh_token"]
    wire.sandbox.change_settings(is_app_in_testing=True)
    short = google_tokens(wire)
    assert short["refresh_token_expires_in"] == 7 * DAY
    wire.pass_time(7 * DAY)
    refresh = {**APP, "grant_type": "refresh_token"}
    assert wire.post("/google-oauth/token", refresh_token=short["refresh_token"], **refresh).status == 400
    assert wire.post("/google-oauth/token", refresh_token=lasting, **refresh).status == 200
    wire.pass_time(184 * DAY)
    assert wire.post("/google-oauth/token", refresh_token=lasting, **refresh).status == 400


def test_tiktok_gives_both_tokens_flat_and_rotates_the_refresh_token(wire: Wire) -> None:
    tokens = tiktok_tokens(wire)
    assert (tokens["open_id"], tokens["expires_in"], tokens["refresh_expires_in"]) == (TIKTOK, 7200, 15_552_000)
    assert (tokens["access_token"][:4], tokens["refresh_token"][:4], tokens["scope"]) == ("act.", "rft.", TIKTOK_SCOPES)
    refresh = {**TIKTOK_APP, "grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    fresh = wire.post("/tiktok-open/v2/oauth/token/", **refresh).json
    assert fresh["refresh_token"] != tokens["refresh_token"]
    again = wire.post("/tiktok-open/v2/oauth/token/", **refresh)
    assert (again.status, again.json["error"]) == (400, "invalid_grant")
    assert "log_id" in again.json


@pytest.mark.parametrize("form", [challenge(), hashlib.sha256(VERIFIER.encode()).hexdigest()])
def test_tiktok_takes_the_challenge_in_base64url_and_in_hex(wire: Wire, form: str) -> None:
    assert "access_token" in tiktok_tokens(wire, sent_challenge=form)


def test_a_tiktok_verifier_that_does_not_fit_is_refused(wire: Wire) -> None:
    assert tiktok_tokens(wire, sent_challenge=challenge("another"))["error"] == "invalid_request"


def test_tiktok_tells_the_granted_scopes_and_holds_to_them(wire: Wire) -> None:
    query = {"client_key": CLIENT_ID, "scope": TIKTOK_SCOPES, "scopes": "user.info.basic"}
    reply = ask_consent(wire, PAGES[3][0], **query).location
    assert reply["scopes"] == "user.info.basic"
    sent = {**TIKTOK_APP, "grant_type": "authorization_code", "redirect_uri": REDIRECT, "code": reply["code"]}
    token = wire.post("/tiktok-open/v2/oauth/token/", **sent).json["access_token"]
    refused = bearer(wire, "POST", "/tiktok-open/v2/post/publish/creator_info/query/", token, {})
    assert (refused.status, refused.json["error"]["code"]) == (401, "scope_not_authorized")
    assert bearer(wire, "GET", "/tiktok-open/v2/user/info/?fields=open_id,display_name", token).json["data"]["user"]["open_id"] == TIKTOK


def test_a_revoked_tiktok_token_ends_both(wire: Wire) -> None:
    tokens = tiktok_tokens(wire)
    assert wire.post("/tiktok-open/v2/oauth/revoke/", token=tokens["access_token"], **TIKTOK_APP).status == 200
    assert bearer(wire, "GET", "/tiktok-open/v2/user/info/?fields=open_id", tokens["access_token"]).status == 401
    refresh = {**TIKTOK_APP, "grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    assert wire.post("/tiktok-open/v2/oauth/token/", **refresh).json["error"] == "invalid_grant"


def test_tokens_can_be_ended_from_outside(wire: Wire) -> None:
    token = meta_token(wire)
    assert wire.call("POST", "/_control/expire", document={"vendor": "meta", "reason": "password"}).json["ended"] > 0
    assert wire.get("/graph/v26.0/me", token).json["error"]["error_subcode"] == 460
