"""The desk for administrators: roles given and taken with a reason, on record, never the last administrator's."""

from __future__ import annotations

import threading

import pytest
from lxml import html
from sqlalchemy import select
from starlette.testclient import TestClient

from portal.access.granting import LastAdminError, set_active, set_roles
from portal.private import Private
from portal.storage.people import Audit, Login, User
from tests.portal.people import log_in, member, send


@pytest.fixture
def admin(any_private: Private) -> User:
    return member(any_private, "管事的人", ("admin",))


@pytest.fixture
def desk(any_client: TestClient, any_private: Private, admin: User) -> TestClient:
    """The site, as an administrator has it."""
    log_in(any_client, any_private, admin)
    return any_client


def roles_of(private: Private, user: User) -> set[str]:
    with private.storage.session() as session:
        return {r.name for r in session.get_one(User, user.id).roles}


def noted(private: Private) -> list[tuple[int | None, str, str, str]]:
    with private.storage.session() as session:
        log = session.scalars(select(Audit).order_by(Audit.audit_id))
        return [(a.user_id, a.action, a.about, a.detail) for a in log]


def logins(private: Private, user: User) -> int:
    with private.storage.session() as session:
        return len(session.scalars(select(Login).where(Login.user_id == user.id)).all())


def test_a_role_is_given_with_a_reason_and_put_on_record(desk: TestClient, any_private: Private, admin: User) -> None:
    lin = member(any_private, "小林", ("member",))
    log_in(TestClient(desk.app), any_private, lin)
    page = f"/desk/people/{lin.id}"
    answer = send(desk, f"{page}/roles", {"role": "moderator", "reason": "值班"}, page)
    assert (answer.status_code, answer.headers["location"]) == (303, page)
    assert roles_of(any_private, lin) == {"member", "moderator"}
    assert logins(any_private, lin) == 0
    assert noted(any_private)[-1] == (admin.id, "account.roles", f"account:{lin.id}", "+moderator: 值班")
    assert "+版主: 值班" in desk.get(page).text


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_is_changed(desk: TestClient, any_private: Private, reason: str) -> None:
    lin = member(any_private, "小林")
    page = f"/desk/people/{lin.id}"
    answer = send(desk, f"{page}/roles", {"role": "editor", "reason": reason}, page)
    assert (answer.status_code, "请写明理由" in answer.text) == (422, True)
    assert (roles_of(any_private, lin), noted(any_private)) == (set(), [])


def test_only_roles_that_there_are_can_be_given(desk: TestClient, any_private: Private) -> None:
    lin = member(any_private, "小林")
    page = f"/desk/people/{lin.id}"
    send(desk, f"{page}/roles", {"role": "root", "reason": "试试"}, page)
    assert roles_of(any_private, lin) == set()


def test_nobody_takes_the_last_administrators_role(desk: TestClient, any_private: Private, admin: User) -> None:
    page = f"/desk/people/{admin.id}"
    taken = send(desk, f"{page}/roles", {"role": "editor", "reason": "换班"}, page)
    disabled = send(desk, f"{page}/active", {"active": "0", "reason": "换班"}, page)
    assert [(a.status_code, "最后一位管理员" in a.text) for a in (taken, disabled)] == [(422, True)] * 2
    assert (roles_of(any_private, admin), noted(any_private)) == ({"admin"}, [])


def test_who_is_disabled_is_out_at_once_and_may_come_back(desk: TestClient, any_private: Private, admin: User) -> None:
    lin = member(any_private, "小林", ("moderator",))
    hers = TestClient(desk.app, base_url="http://127.0.0.1:8000", follow_redirects=False)
    log_in(hers, any_private, lin)
    assert hers.get("/desk/").status_code == 200
    page = f"/desk/people/{lin.id}"
    send(desk, f"{page}/active", {"active": "0", "reason": "垃圾广告"}, page)
    assert hers.get("/desk/").status_code == 303
    log_in(hers, any_private, lin)
    assert hers.get("/desk/").status_code == 303
    send(desk, f"{page}/active", {"active": "1", "reason": "弄错了"}, page)
    log_in(hers, any_private, lin)
    assert hers.get("/desk/").status_code == 200
    assert [entry[1] for entry in noted(any_private)] == ["account.disable", "account.enable"]


def test_row_33_a_change_of_role_ends_the_session(desk: TestClient, any_private: Private) -> None:
    lin = member(any_private, "小林", ("moderator",))
    hers = TestClient(desk.app, base_url="http://127.0.0.1:8000", follow_redirects=False)
    log_in(hers, any_private, lin)
    page = f"/desk/people/{lin.id}"
    send(desk, f"{page}/roles", {"role": "editor", "reason": "换岗"}, page)
    assert hers.get("/desk/").headers["location"].startswith("/account/login")


def test_who_lost_the_second_factor_is_let_in_again_with_a_reason(
    desk: TestClient, any_private: Private, admin: User
) -> None:
    lin = member(any_private, "小林", ("editor",))
    page = f"/desk/people/{lin.id}"
    assert "重设第二重验证" not in desk.get(page).text
    with_app(any_private, lin)
    log_in(TestClient(desk.app), any_private, lin)
    assert "重设第二重验证" in desk.get(page).text
    assert send(desk, f"{page}/second-factor", {"reason": " "}, page).status_code == 422
    assert (send(desk, f"{page}/second-factor", {"reason": "验过工作证"}, page).status_code) == 303
    assert logins(any_private, lin) == 0
    assert noted(any_private) == [(admin.id, "second_factor.reset", f"account:{lin.id}", "验过工作证")]
    again = send(desk, f"{page}/second-factor", {"reason": "验过工作证"}, page)
    assert (again.status_code, "没有开启第二重验证" in again.text) == (422, True)


def test_nobody_takes_the_second_factor_from_themselves_at_the_desk(
    desk: TestClient, any_private: Private, admin: User
) -> None:
    with_app(any_private, admin)
    page = f"/desk/people/{admin.id}"
    assert "重设第二重验证" not in desk.get(page).text
    answer = send(desk, f"{page}/second-factor", {"reason": "丢了"}, page)
    assert (answer.status_code, "不能在这里重设自己的" in answer.text) == (422, True)
    assert (logins(any_private, admin), noted(any_private)) == (1, [])


def with_app(private: Private, user: User) -> None:
    """Let somebody have an authenticator app."""
    with private.storage.session() as session:
        session.get_one(User, user.id).tf_primary_method = "authenticator"


def test_two_administrators_can_not_take_the_role_from_each_other_at_once(any_private: Private) -> None:
    pair = [member(any_private, name, ("admin",)) for name in ("管事的甲", "管事的乙")]
    together, refused = threading.Barrier(2), []

    def take(by: User, from_: User) -> None:
        together.wait()
        try:
            with any_private.storage.session() as session:
                set_roles(session, by.id, session.get_one(User, from_.id), set(), "换班")
        except LastAdminError:
            refused.append(by.id)

    threads = [threading.Thread(target=take, args=pair), threading.Thread(target=take, args=pair[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [roles_of(any_private, user) for user in pair].count({"admin"}) == len(refused) == 1


def test_the_last_administrator_can_not_be_disabled(any_private: Private) -> None:
    only = member(any_private, "管事的甲", ("admin",))
    with pytest.raises(LastAdminError), any_private.storage.session() as session:
        set_active(session, None, session.get_one(User, only.id), False, "换班")
    with any_private.storage.session() as session:
        assert session.get_one(User, only.id).active


def test_the_first_roles_are_given_by_nobody(any_private: Private) -> None:
    lin = member(any_private, "小林")
    with any_private.storage.session() as session:
        set_roles(session, None, session.get_one(User, lin.id), {"editor"}, "命令行")
    assert (roles_of(any_private, lin), noted(any_private)[0][0]) == ({"editor"}, None)


def test_people_are_found_by_name_address_or_role(desk: TestClient, any_private: Private) -> None:
    member(any_private, "小林", ("editor",))
    member(any_private, "百分%号")
    found = {asked: found_by(desk, asked) for asked in ("q=林", "q=%25", "q=people.example", "role=editor", "q=_")}
    assert found == {
        "q=林": ["小林"],
        "q=%25": ["百分%号"],
        "q=people.example": ["百分%号", "小林", "管事的人"],
        "role=editor": ["小林"],
        "q=_": [],
    }


def found_by(desk: TestClient, asked: str) -> list[str]:
    return [
        str(name) for name in html.document_fromstring(desk.get(f"/desk/people/?{asked}").text).xpath("//th/a/text()")
    ]


def test_who_has_left_is_not_there_any_more(desk: TestClient, any_private: Private) -> None:
    for user_id in (999, 2**40):
        assert desk.get(f"/desk/people/{user_id}").status_code == 404


def test_the_log_is_read_by_person_action_and_object(desk: TestClient, any_private: Private, admin: User) -> None:
    lin = member(any_private, "小林")
    page = f"/desk/people/{lin.id}"
    send(desk, f"{page}/roles", {"role": "editor", "reason": "甲理由"}, page)
    send(desk, f"{page}/active", {"active": "0", "reason": "乙理由"}, page)
    shown = {q: ("甲理由" in text, "乙理由" in text) for q in QUERIES if (text := desk.get(f"/desk/log?{q}").text)}
    assert shown == dict(
        zip(QUERIES, [(True, True), (True, False), (True, True), (False, False), (False, False)], strict=True)
    )


QUERIES = ("by=管事的人", "action=account.roles", "about=account:", "by=小林", "action=%25")


def test_a_thousand_accounts_of_a_spammer_go_page_by_page_and_come_back(desk: TestClient, any_private: Private) -> None:
    spam = [member(any_private, f"推广员{n}", ("member",)) for n in range(52)]
    lin, colleague = member(any_private, "小林", ("member",)), member(any_private, "推广处的", ("member", "moderator"))
    log_in(TestClient(desk.app), any_private, spam[-1])
    page = "/desk/people/?q=推广"
    told: dict[str, object] = {"which": "page", "listed": [str(u.id) for u in (*reversed(spam[2:]), colleague)]}
    assert send(desk, page, told).status_code == 422  # type: ignore[arg-type]
    assert "已更改 50 个账号。" in send(desk, page, {**told, "reason": "广告"}).text  # type: ignore[dict-item]
    assert _active(any_private) == {"管事的人", "小林", "推广员0", "推广员1", "推广处的"}
    assert logins(any_private, spam[-1]) == 0
    assert noted(any_private)[-1][1:] == ("account.disable", f"account:{spam[-1].id}", "广告")
    assert _named(desk, "?state=disabled") == [f"推广员{n}" for n in range(51, 1, -1)]
    assert _named(desk, "?state=normal&q=推") == ["推广处的", "推广员1", "推广员0"]
    back = {"user": str(spam[5].id), "active": "1", "reason": "认错了人"}
    assert "已更改 1 个账号。" in send(desk, "/desk/people/?state=disabled", back).text
    assert "推广员5" in _active(any_private)
    for nothing in ({}, {"user": "²"}, {"user": "9" * 5000}, {"user": "x"}):
        assert send(desk, page, {**nothing, "reason": "没有勾选"}).status_code == 422
    assert desk.get(f"/desk/people/{lin.id}").status_code == 200


def _active(private: Private) -> set[str | None]:
    with private.storage.session() as session:
        return set(session.scalars(select(User.username).where(User.active)))


def _named(desk: TestClient, query: str) -> list[str]:
    return [
        str(n) for n in html.document_fromstring(desk.get(f"/desk/people/{query}").text).xpath("//tbody//th//text()")
    ]
