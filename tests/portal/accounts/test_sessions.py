"""Threats 33 and 34: sessions that somebody else knows, cookies that somebody else can read or set."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask_security import naive_utcnow
from sqlalchemy import update

from etl.site import Site
from portal.access import granting
from portal.app import create_app
from portal.private import Private
from portal.published import Published
from portal.storage.people import Login, User
from tests.portal.accounts.visitor import GOOD, OTHER, SITE, Visitor, private


@pytest.fixture
def member(visitor: Visitor) -> Visitor:
    return visitor.join("王小芳", "fang@example.org")


def cookie(visitor: Visitor) -> str:
    found = visitor.client.get_cookie("session", domain="127.0.0.1")
    assert found is not None
    return found.value


def is_good(app: Flask, value: str) -> bool:
    """Whether somebody who knows a cookie is logged in by it."""
    thief = Visitor(app)
    thief.client.set_cookie("session", value, domain="127.0.0.1")
    return thief.is_in()


def test_row_33_a_log_in_brings_a_new_session_and_the_one_before_is_worth_nothing(visitor: Visitor) -> None:
    visitor.get("/account/login")
    planted = cookie(visitor)
    member = visitor.join("王小芳", "fang@example.org")
    first = cookie(member)
    assert member.post("/account/reset", email="fang@example.org").status_code == 200
    member.log_out()
    member.log_in("王小芳")
    assert first != cookie(member) != planted
    assert [is_good(member.app, value) for value in (planted, first, cookie(member))] == [False, False, True]


def test_row_33_a_token_of_a_form_from_before_the_log_in_is_refused_after_it(visitor: Visitor) -> None:
    before = visitor.token("/account/login")
    visitor.join("王小芳", "fang@example.org")
    answer = visitor.client.post("/account/logins/end", base_url=SITE, data={"csrf_token": before})
    assert answer.status_code == 400


def test_row_32_no_link_logs_anybody_out(member: Visitor) -> None:
    for path in ("/account/tf-validate", "/account/logout", "/account/mf-recovery", "/account/wan-signin"):
        member.get(path)
        assert member.is_in(), path


@pytest.mark.parametrize("ending", ["logout", "reset", "change", "disable", "roles", "leave", "everywhere"])
def test_row_33_a_cookie_that_was_copied_is_dead_once_the_log_in_has_ended(member: Visitor, ending: str) -> None:
    copied = cookie(member)
    assert is_good(member.app, copied)
    end(member, ending)
    assert not is_good(member.app, copied)


def end(member: Visitor, how: str) -> None:
    if how == "logout":
        member.log_out()
    elif how == "reset":
        member.post("/account/reset", email="fang@example.org")
        Visitor(member.app).post(member.link("reset"), password=OTHER, password_confirm=OTHER)
    elif how == "change":
        member.post("/account/change", password=GOOD, new_password=OTHER, new_password_confirm=OTHER)
    elif how == "leave":
        member.post("/account/leave", password=GOOD)
    elif how == "everywhere":
        other = Visitor(member.app)
        other.log_in("王小芳")
        other.post("/account/logins/end", at="/account/")
    else:
        by_an_admin(member.app, how)


def by_an_admin(app: Flask, how: str) -> None:
    with private(app).storage.session() as session:
        user = session.query(User).filter_by(username="王小芳").one()
        if how == "disable":
            granting.set_active(session, None, user, False, "试验")
        else:
            granting.set_roles(session, None, user, {"editor"}, "试验")


def test_row_33_a_second_factor_brings_a_new_session_too(member: Visitor) -> None:
    before = cookie(member)
    member.set_up_codes()
    assert [is_good(member.app, value) for value in (before, cookie(member))] == [False, True]


def test_a_password_alone_never_opens_the_staffs_work_and_a_code_does(member: Visitor) -> None:
    codes = member.set_up_codes()
    by_an_admin(member.app, "roles")
    member.log_in("王小芳")
    member.post("/account/tf-validate", code=codes.generate(time=codes.generate().expire_time + 1).token)
    assert member.get("/desk/").status_code == 200
    newcomer = Visitor(member.app).join("李明", "li@example.org")
    with private(member.app).storage.session() as session:
        granting.set_roles(session, None, session.query(User).filter_by(username="李明").one(), {"editor"}, "试验")
    newcomer.log_in("李明")
    assert newcomer.get("/desk/").headers["Location"] == "/account/second-factor"
    assert "您的账号有工作权限" in newcomer.get("/account/second-factor").text


def test_a_password_alone_changes_nothing_about_the_second_factor(member: Visitor) -> None:
    early = Visitor(member.app)
    early.log_in("王小芳")
    codes = member.set_up_codes()
    for path in ("tf-setup", "mf-recovery-codes", "wan-register", "change-email", "export", "leave"):
        assert early.get(f"/account/{path}").headers.get("Location") == "/account/second-factor", path
    later = codes.generate(time=codes.generate().expire_time + 1).token
    assert early.post("/account/second-factor", code=later).status_code == 303
    assert early.get("/account/tf-setup").status_code == 200


def test_row_34_no_other_page_can_read_send_or_set_the_cookies(
    published: Published, site: Site, private: Private
) -> None:
    address = "https://data.example.cn"
    secure = replace(site, address=address, hosts=("data.example.cn",))
    visitor = Visitor(create_app(published, secure, private), site=address)
    visitor.register("王小芳", "fang@example.org")
    with private.storage.session() as session:
        session.query(User).one().confirmed_at = session.query(User).one().create_datetime
    cookies = visitor.log_in("王小芳").headers.getlist("Set-Cookie")
    assert sorted(c.partition("=")[0] for c in cookies) == ["__Host-device", "__Host-session"]
    for one in cookies:
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(one.split("; ")), one
        assert "Domain=" not in one


def test_row_34_who_only_reads_gets_no_cookie(visitor: Visitor) -> None:
    for path in ("/", "/about", "/targets/", "/forum/", "/no/such/page"):
        assert "Set-Cookie" not in visitor.get(path).headers, path


def test_an_answer_that_changes_nothing_sends_no_session_that_could_overtake_a_newer_one(member: Visitor) -> None:
    for path in ("/static/portal.css", "/targets/", "/account/"):
        with member.get(path) as answer:
            assert "Set-Cookie" not in answer.headers, path


def test_a_log_in_that_is_used_stays(member: Visitor, private: Private) -> None:
    member.get("/account/")
    with private.storage.sessions() as people:
        people.execute(update(Login).values(seen_at=naive_utcnow() - timedelta(minutes=6)))
        people.commit()
    renewed = member.get("/account/").headers["Set-Cookie"]
    assert "Expires=" in renewed
    assert "Set-Cookie" not in member.get("/account/").headers


def test_row_31_what_is_shown_to_one_is_kept_nowhere_and_what_all_see_is(member: Visitor) -> None:
    paths = ("/", "/about", "/account/")
    assert {member.get(path).headers["Cache-Control"] for path in paths} == {"private, no-store"}
    guest = Visitor(member.app)
    assert guest.get("/about").headers["Cache-Control"] == "no-cache"
    assert [guest.get("/account/login").headers["Cache-Control"] for _ in (1, 2)] == ["private, no-store"] * 2
    assert guest.get("/about").headers["Cache-Control"] == "no-cache"
    assert "Cookie" in guest.get("/about").headers["Vary"]
