"""The log of what was done with accounts, and threat 39: accounts that nobody made."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import func, select

from portal.private import Private
from portal.storage.people import Role, User
from tests.portal.accounts.visitor import GOOD, OTHER, Visitor, actions


def test_row_39_a_fresh_site_has_no_account_no_role_and_no_page_that_makes_an_admin(
    app: Flask, private: Private
) -> None:
    with private.storage.session() as session:
        assert [session.scalar(select(func.count()).select_from(m)) for m in (User, Role)] == [0, 0]
    guest = Visitor(app)
    for name in ("admin", "root", "管理员", "administrator", "test"):
        assert guest.log_in(name, name).status_code in (200, 429)
    for path in ("/setup", "/install", "/admin", "/account/admin", "/account/setup"):
        assert guest.get(path).status_code == 404


def test_row_39_who_registers_first_is_no_more_than_a_member(visitor: Visitor) -> None:
    visitor.join("王小芳", "fang@example.org")
    assert visitor.get("/desk/").status_code == 403


def test_what_was_done_is_on_record_and_by_whom(visitor: Visitor) -> None:
    visitor.join("王小芳", "fang@example.org")
    visitor.set_up_codes()
    visitor.post("/account/change", password=GOOD, new_password=OTHER, new_password_confirm=OTHER)
    visitor.post("/account/tf-setup", setup="disable")
    visitor.log_out()
    visitor.log_in("王小芳", GOOD)
    visitor.log_in("没有这人", GOOD)
    done = [(by, action, about) for by, action, about, _ in actions(visitor.app) if action != "account.letter"]
    assert done == [
        (1, "account.register", "account:1"),
        (1, "account.confirm", "account:1"),
        (1, "account.login", "account:1"),
        (1, "second_factor.on", "account:1"),
        (1, "account.login", "account:1"),
        (1, "account.password", "account:1"),
        (1, "second_factor.off", "account:1"),
        (1, "account.logout", "account:1"),
        (None, "account.login_failed", "account:1"),
        (None, "account.login_failed", ""),
    ]


def test_the_record_holds_no_password_token_name_or_address(visitor: Visitor) -> None:
    visitor.join("王小芳", "fang@example.org")
    visitor.post("/account/reset", email="fang@example.org")
    token = visitor.link("reset").rpartition("/")[2]
    Visitor(visitor.app).log_in("fang@example.org\r\nroot logged in", OTHER)
    kept = str(actions(visitor.app))
    assert [secret for secret in (GOOD, OTHER, token, "fang@", "王小芳", "root") if secret in kept] == []
