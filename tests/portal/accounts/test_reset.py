"""Threat 37: links to a new password that are used again, guessed, too old, or lead elsewhere."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from itsdangerous import TimestampSigner

from tests.portal.accounts.visitor import GOOD, OTHER, SITE, Visitor, letters

THIRD = "八月的船停在老码头"


@pytest.fixture
def member(visitor: Visitor) -> Visitor:
    visitor.join("王小芳", "fang@example.org").log_out()
    visitor.post("/account/reset", email="fang@example.org")
    return visitor


def reset(visitor: Visitor, link: str, password: str) -> int:
    """Send the form that a link leads to; its token comes from a page that is always there."""
    return visitor.post(link, at="/account/login", password=password, password_confirm=password).status_code


def test_row_37_a_link_is_good_once(member: Visitor) -> None:
    link = member.link("reset")
    assert reset(member, link, OTHER) == 302
    assert member.get(link).headers["Location"] == "/account/reset"
    reset(member, link, THIRD)
    assert member.log_in("王小芳", THIRD).status_code == 200
    assert member.log_in("王小芳", OTHER).status_code == 302


def test_row_37_a_password_that_was_changed_meanwhile_makes_it_void(member: Visitor) -> None:
    link = member.link("reset")
    member.log_in("王小芳")
    member.post("/account/change", password=GOOD, new_password=OTHER, new_password_confirm=OTHER)
    reset(Visitor(member.app), link, THIRD)
    assert Visitor(member.app).log_in("王小芳", THIRD).status_code == 200


def test_row_37_it_lasts_ten_minutes(member: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    link, now = member.link("reset"), int(time.time())
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _self: now + 599)
    assert member.get(link).status_code == 200
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _self: now + 660)
    assert member.get(link).headers["Location"] == "/account/reset"
    assert "已经过期" in member.told("/account/reset")[0]
    assert member.app.config["SECURITY_RESET_PASSWORD_WITHIN"] == timedelta(minutes=10)


def test_row_37_a_link_with_a_sign_changed_is_worth_nothing(member: Visitor) -> None:
    link = member.link("reset")
    start = link.rindex("/") + 1
    for place in range(start, len(link), 9):
        altered = link[:place] + ("A" if link[place] != "A" else "B") + link[place + 1 :]
        reset(member, altered, THIRD)
    assert member.log_in("王小芳", THIRD).status_code == 200
    assert member.log_in("王小芳", GOOD).status_code == 302


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8000", "localhost:9"])
def test_row_37_the_link_is_of_the_sites_address_whatever_host_was_asked(member: Visitor, host: str) -> None:
    asking = Visitor(member.app, site=f"http://{host}")
    asking.post("/account/reset", email="fang@example.org")
    body = letters(member.app)[-1].body_text
    assert f"{SITE}/account/reset/" in body
    assert host not in body.replace(SITE, "")


def test_a_password_is_written_nowhere_but_hashed_and_a_link_only_in_its_letter(member: Visitor) -> None:
    link = member.link("reset")
    raw = b"".join(p.read_bytes() for p in member.app.extensions["private"].folder.glob("portal.db*"))
    assert GOOD.encode() not in raw
    letters_hold = sum(link in m.body_text for m in letters(member.app))
    assert raw.count(link.rpartition("/")[2].encode()) >= letters_hold == 1
