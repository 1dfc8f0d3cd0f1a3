"""Who loses phone and recovery codes gets back in with somebody's help, and nobody learns of it too late."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.accounts.lost_factors import NoFactorError, take_away
from portal.private import Private
from portal.storage.people import Audit, Login, User, WebAuthn
from tests.portal.accounts.visitor import Visitor, account, actions, private, take_letters
from tests.portal.people import member


def test_who_lost_phone_and_codes_logs_in_with_the_password_again(any_visitor: Visitor) -> None:
    any_visitor.join("王小芳", "fang@example.org")
    any_visitor.set_up_codes()
    take_letters(any_visitor.app)
    fang = account(any_visitor.app, "王小芳")
    taken_away(any_visitor, fang.id, "本人持工作证来过")
    assert not any_visitor.is_in()
    assert any_visitor.log_in("王小芳").headers["Location"].endswith("/account/")
    assert (None, "second_factor.reset", f"account:{fang.id}", "本人持工作证来过") in actions(any_visitor.app)
    (letter,) = take_letters(any_visitor.app)
    assert (letter.recipient, letter.subject) == ("fang@example.org", "您的第二重验证已经重设")
    assert "不是您本人要求的话，请马上联系我们" in letter.body_text
    any_visitor.set_up_codes()


def taken_away(visitor: Visitor, user_id: int, reason: str) -> None:
    storage = private(visitor.app).storage
    with visitor.app.test_request_context(base_url=visitor.site), storage.session() as session:
        take_away(session, None, session.get_one(User, user_id), reason)


def test_nothing_of_it_is_left(any_visitor: Visitor) -> None:
    lin = with_everything(private(any_visitor.app))
    taken_away(any_visitor, lin.id, "丢了手机")
    with private(any_visitor.app).storage.session() as session:
        user = session.get_one(User, lin.id)
        kept = [user.tf_primary_method, user.tf_totp_secret, user.totp_counter, user.mf_recovery_codes or None]
        assert (kept, user.webauthn) == ([None] * 4, [])
        assert session.scalars(select(WebAuthn)).all() == session.scalars(select(Login)).all() == []


def with_everything(kept: Private) -> User:
    """Somebody with an authenticator app, recovery codes and a passkey."""
    lin = member(kept, "小林", ("admin",))
    with kept.storage.session() as session:
        user = session.get_one(User, lin.id)
        user.tf_primary_method, user.tf_totp_secret, user.mf_recovery_codes = "authenticator", "secret", ["code"]
        user.totp_counter, user.fs_webauthn_user_handle = 7, "handle"
        key = {"credential_id": b"x", "public_key": b"y", "sign_count": 0, "transports": [], "extensions": "{}"}
        about = {"name": "key", "usage": "first", "backup_state": False, "device_type": "single_device"}
        session.add(WebAuthn(user_id=user.id, lastuse_datetime=user.create_datetime, **key, **about))
    return lin


def test_where_there_is_none_nothing_is_done(any_visitor: Visitor) -> None:
    lin = member(private(any_visitor.app), "小林")
    with pytest.raises(NoFactorError):
        taken_away(any_visitor, lin.id, "试试")
    with private(any_visitor.app).storage.session() as session:
        assert session.scalars(select(Audit)).all() == []


def test_the_page_that_asks_for_a_code_says_whom_to_ask(visitor: Visitor) -> None:
    visitor.join("王小芳", "fang@example.org")
    before = Visitor(visitor.app)
    before.log_in("王小芳")
    visitor.set_up_codes()
    assert "手机和恢复码都丢了？" in before.get("/account/second-factor").text
    assert "手机和恢复码都丢了？" not in visitor.get("/account/second-factor").text
    visitor.log_out()
    visitor.log_in("王小芳")
    for page in ("/account/tf-validate", "/account/mf-recovery"):
        text = visitor.get(page).text
        assert "手机和恢复码都丢了？" in text, page
        assert "核实是您本人后，可以重设第二重验证" in text, page
