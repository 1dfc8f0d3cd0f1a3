"""Threat 36: finding out who has an account, by words, status, time or mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from werkzeug.test import TestResponse

from tests.portal.accounts.visitor import GOOD, Visitor, letters, private, take_letters

FORMS = {
    "log in by name": ("/account/login", {"username": "{name}", "password": "不对的密码而已"}),
    "log in by mail": ("/account/login", {"username": "{mail}", "password": "不对的密码而已"}),
    "forgotten": ("/account/reset", {"email": "{mail}"}),
    "confirm": ("/account/confirm", {"email": "{mail}"}),
    "register the mail": (
        "/account/register",
        {"username": "某个新人", "email": "{mail}", "password": GOOD, "password_confirm": GOOD},
    ),
    "register the name": (
        "/account/register",
        {"username": "{name}", "email": "fresh@example.org", "password": GOOD, "password_confirm": GOOD},
    ),
}
KNOWN = {"name": "王小芳", "mail": "fang@example.org"}
UNKNOWN = {"name": "没这个人", "mail": "nobo@example.org"}


@pytest.fixture
def site(visitor: Visitor) -> Visitor:
    visitor.join(KNOWN["name"], KNOWN["mail"]).log_out()
    take_letters(visitor.app)
    return visitor


def sent(site: Visitor, form: str, who: dict[str, str], address: str = "192.0.2.50") -> tuple[TestResponse, Visitor]:
    path, fields = FORMS[form]
    guest = Visitor(site.app, address=address)
    return guest.post(path, **{k: v.format(**who) for k, v in fields.items()}), guest


def seen(site: Visitor, form: str, who: dict[str, str]) -> tuple[Any, ...]:
    """All that somebody sees who sends a form: status, headers, page and what the next page tells; names left out."""
    answer, guest = sent(site, form, who)
    headers = sorted(k for k, _ in answer.headers)
    return answer.status_code, headers, bare(answer.text, who), bare(guest.get("/account/login").text, who)


def bare(page: str, who: dict[str, str]) -> str:
    page = re.sub(r'name="csrf_token" value="[^"]*"', "", page)
    for given in (*who.values(), "fresh@example.org"):
        page = page.replace(given, "?")
    return page


@pytest.mark.parametrize("form", FORMS)
def test_row_36_no_word_status_or_header_tells_who_is_known(site: Visitor, form: str) -> None:
    assert seen(site, form, KNOWN) == seen(site, form, UNKNOWN)


@contextmanager
def counted(site: Visitor) -> Iterator[dict[str, int]]:
    """The work that takes time: hashes of passwords and transactions that are written to disk."""
    work, security = {"hashes": 0, "commits": 0, "writes": 0}, site.app.extensions["security"]
    engine, context = private(site.app).storage.engine, security.pwd_context
    count = _Counting(context, work)
    security.pwd_context = count

    def committed(_connection: Any) -> None:
        work["commits"] += 1

    def executed(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        work["writes"] += statement.startswith(("INSERT", "UPDATE", "DELETE"))

    event.listen(engine, "commit", committed)
    event.listen(engine, "before_cursor_execute", executed)
    yield work
    event.remove(engine, "commit", committed)
    event.remove(engine, "before_cursor_execute", executed)
    security.pwd_context = context


class _Counting:
    """The real hashing, counted."""

    def __init__(self, context: Any, work: dict[str, int]) -> None:
        self._context, self._work = context, work

    def __getattr__(self, name: str) -> Any:
        self._work["hashes"] += name in ("hash", "verify", "verify_and_update")
        return getattr(self._context, name)


def work(site: Visitor, form: str, who: dict[str, str]) -> dict[str, int]:
    with counted(site) as done:
        sent(site, form, who)
    return dict(done)


@pytest.mark.parametrize("form", FORMS)
def test_row_36_as_much_is_hashed_and_written_to_disk_for_who_is_not_known(site: Visitor, form: str) -> None:
    known, unknown = work(site, form, KNOWN), work(site, form, UNKNOWN)
    assert {k: known[k] for k in ("hashes", "commits")} == {k: unknown[k] for k in ("hashes", "commits")}
    assert known["hashes"] == (0 if form == "confirm" else 1)
    assert abs(known["writes"] - unknown["writes"]) <= 1


def test_row_36_only_the_owner_of_an_address_learns_by_mail(site: Visitor) -> None:
    for form in FORMS:
        for who in (KNOWN, UNKNOWN):
            sent(site, form, who)
    told = {(m.recipient, m.subject, m.body_text.split("\n")[2][:14]) for m in letters(site.app)}
    assert {recipient for recipient, _, _ in told} == {KNOWN["mail"], UNKNOWN["mail"], "fresh@example.org"}
    assert ("fang@example.org", "关于您的注册", "有人想用这个邮箱再注册一次，") in told
    assert ("fresh@example.org", "关于您的注册", "您想用的用户名“王小芳”已经") in told
