"""What two requests at the same moment can't get both."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from portal.storage.people import User
from tests.portal.accounts.visitor import GOOD, Visitor, private


def at_once(send: list[Callable[[], int]]) -> list[int]:
    with ThreadPoolExecutor(len(send)) as pool:
        return sorted(pool.map(lambda one: one(), send))


def ready(app: Flask, path: str, **fields: str) -> Callable[[], int]:
    """A form that is filled in, to be sent."""
    visitor = Visitor(app)
    data = {"csrf_token": visitor.token(path), **fields}
    return lambda: int(visitor.client.post(path, data=data, base_url=visitor.site).status_code)


def test_one_of_those_who_take_a_name_at_once_gets_it_and_no_page_fails(any_visitor: Visitor) -> None:
    secrets = {"password": GOOD, "password_confirm": GOOD}
    mails = [f"r{n}@example.org" for n in range(5)]
    forms = [ready(any_visitor.app, "/account/register", username="同名的人", email=mail, **secrets) for mail in mails]
    assert set(at_once(forms)) <= {302, 409}
    with private(any_visitor.app).storage.session() as session:
        assert [u.username for u in session.query(User)] == ["同名的人"]


def test_a_code_that_is_sent_twice_at_once_lets_in_one(any_visitor: Visitor) -> None:
    app = any_visitor.join("王小芳", "fang@example.org").set_up_codes()
    code = app.generate(time=app.generate().expire_time + 1).token
    sending = []
    for _ in range(4):
        thief = Visitor(any_visitor.app)
        thief.log_in("王小芳")
        data = {"csrf_token": thief.token("/account/tf-validate"), "code": code}
        sending.append(
            lambda thief=thief, data=data: int(
                thief.client.post("/account/tf-validate", data=data, base_url=thief.site).status_code
            )
        )
    assert at_once(sending) == [200, 200, 200, 302]
