"""Accounts that nobody confirmed give their names back."""

from __future__ import annotations

from datetime import timedelta

from portal.accounts.unconfirmed import forget_unconfirmed
from portal.storage.people import User
from tests.portal.accounts.visitor import Visitor, private


def test_an_account_that_was_not_confirmed_in_three_days_is_gone_and_others_stay(any_visitor: Visitor) -> None:
    any_visitor.join("王小芳", "fang@example.org").log_out()
    any_visitor.register("占名字的", "squatter@example.org")
    any_visitor.register("刚注册的", "fresh@example.org")
    with private(any_visitor.app).storage.session() as session:
        for user in session.query(User).filter(User.username != "刚注册的"):
            user.create_datetime -= timedelta(days=4)
    for _ in range(2):
        with any_visitor.app.app_context():
            forget_unconfirmed()
    with private(any_visitor.app).storage.session() as session:
        assert sorted(u.username for u in session.query(User)) == ["刚注册的", "王小芳"]


def test_a_new_account_inherits_nothing_from_one_that_was_never_confirmed(any_visitor: Visitor) -> None:
    numbers = []
    for name in ("占名字的", "后来的"):
        any_visitor.register(name, f"{len(numbers)}@example.org")
        with private(any_visitor.app).storage.session() as session:
            user = session.query(User).filter(User.username == name).one()
            numbers.append(user.id)
            user.create_datetime -= timedelta(days=4)
        with any_visitor.app.app_context():
            forget_unconfirmed()
    assert numbers[0] != numbers[1]
