"""Threat 35: guessing passwords, many for one account or one for many, without locking anybody out."""

from __future__ import annotations

from collections import Counter
from io import BytesIO

import pytest
from flask import Flask

from portal.accounts import brakes
from tests.portal.accounts.visitor import GOOD, OTHER, Visitor, letters, told


@pytest.fixture
def member(visitor: Visitor) -> Visitor:
    return visitor.join("王小芳", "fang@example.org")


def tries(app: Flask, count: int, name: str = "王小芳", address: str = "198.51.100.7") -> Counter[int]:
    """The answers to so many passwords that are wrong; the form is fetched once, as a program would."""
    guesser = Visitor(app, address=address)
    token = guesser.token("/account/login")
    fields = {"csrf_token": token, "username": name}
    options = {"base_url": guesser.site, "environ_base": {"REMOTE_ADDR": address}}
    sent = (
        guesser.client.post("/account/login", data={**fields, "password": f"猜{n}"}, **options) for n in range(count)
    )
    return Counter(answer.status_code for answer in sent)


def test_row_35_a_thousand_guesses_come_to_a_handful_and_the_owner_still_gets_in(member: Visitor) -> None:
    member.log_out()
    statuses = tries(member.app, 1000)
    # Five a minute, twenty an hour.
    assert set(statuses) == {200, 429}
    assert 5 <= statuses[200] <= 20
    assert member.log_in("王小芳").status_code == 302


def test_row_35_the_right_password_is_refused_too_where_there_were_too_many(member: Visitor) -> None:
    tries(member.app, 10)
    guesser = Visitor(member.app, address="198.51.100.7")
    refused = guesser.log_in("王小芳", GOOD)
    assert refused.status_code == 429
    assert "试得太频繁了" in refused.text
    assert 1 <= int(refused.headers["Retry-After"]) <= 60


def test_row_35_one_address_can_try_few_accounts(member: Visitor) -> None:
    statuses = Counter[int]()
    for n in range(100):
        statuses += tries(member.app, 1, name=f"somebody{n}")
    assert statuses == {200: 30, 429: 70}


def test_row_35_many_addresses_together_are_slow_and_the_owners_device_is_not(member: Visitor) -> None:
    member.log_out()
    statuses = Counter[int]()
    for n in range(60):
        statuses += tries(member.app, 1, address=f"203.0.113.{n}")
    # Twenty a minute; the log-in before was one of them.
    assert 19 <= statuses[200] <= 38
    assert Visitor(member.app, address="192.0.2.99").log_in("王小芳").status_code == 429
    assert member.log_in("王小芳").status_code == 302


def test_row_35_a_name_that_nobody_has_is_slowed_alike(member: Visitor) -> None:
    known, unknown = tries(member.app, 20), tries(member.app, 20, name="没有这人", address="198.51.100.8")
    assert known == unknown == {200: 5, 429: 15}


def test_row_35_the_name_and_the_mail_address_of_one_account_count_together(member: Visitor) -> None:
    assert tries(member.app, 5) == {200: 5}
    assert tries(member.app, 5, name="fang@example.org") == {429: 5}


@pytest.mark.parametrize("seen", ["没有这人", "李四光", "li@example.org", " ", ""])
def test_row_35_only_the_field_that_is_seen_says_whose_password_it_is(member: Visitor, seen: str) -> None:
    known = Visitor(member.app, address="198.51.100.7").join("李四光", "li@example.org", OTHER)
    known.log_out()
    # From a device that is known, where there are tries of their own.
    known.post("/account/login", username=seen, email="fang@example.org", password=GOOD)
    assert not known.is_in()
    known.post("/account/login", username="李四光", email="fang@example.org", password=OTHER)
    assert known.is_in()


def test_row_35_a_file_in_place_of_the_name_lets_nobody_in(member: Visitor) -> None:
    guesser = Visitor(member.app, address="198.51.100.7")
    fields = {"csrf_token": guesser.token("/account/login"), "email": "fang@example.org", "password": GOOD}
    where = {"base_url": guesser.site, "environ_base": {"REMOTE_ADDR": guesser.address}}
    guesser.client.post("/account/login", data={**fields, "username": (BytesIO(b"x"), "x.txt")}, **where)
    assert not guesser.is_in()


def test_row_35_codes_after_the_password_can_be_guessed_five_times(member: Visitor) -> None:
    member.set_up_codes()
    member.log_out()
    member.log_in("王小芳")
    answers = [member.post("/account/tf-validate", code="000000").status_code for _ in range(7)]
    assert answers == [200] * 5 + [429] * 2


def test_row_42_one_address_registers_few_accounts(visitor: Visitor) -> None:
    answers = [visitor.register(f"新来的{n}", f"new{n}@example.org").status_code for n in range(12)]
    assert answers == [302] * 10 + [429] * 2


def test_nobodys_letter_box_is_filled(member: Visitor) -> None:
    for n in range(8):
        asking = Visitor(member.app, address=f"203.0.113.{n}").post("/account/reset", email="fang@example.org")
        assert told(asking) == ["如果 fang@example.org 注册过，重设密码的邮件已经发出。"]
    assert [m.subject for m in letters(member.app)].count("设新密码") == 3


def test_every_form_that_guests_can_send_is_counted(visitor: Visitor) -> None:
    views = visitor.app.view_functions
    forms = {r.endpoint for r in visitor.app.url_map.iter_rules() if "POST" in (r.methods or ())}
    guests = {e for e in forms if e.startswith("security.") and e in views} - {
        "security.confirm_email",  # works by a link that can't be guessed
        "security.logout",
        "security.two_factor_setup",  # asks for a log-in and a second factor
        "security.mf_recovery_codes",
        "security.wan_delete",
        "security.wan_register_response",
        "security.tf_select",  # closed
        "security.two_factor_rescue",  # closed
    }
    assert guests - set(brakes.BRAKES) == set()
