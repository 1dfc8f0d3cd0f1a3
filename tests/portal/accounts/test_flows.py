"""What people do with their accounts, over SQLite and PostgreSQL."""

from __future__ import annotations

import json

from lxml import html

from tests.portal.accounts.visitor import GOOD, OTHER, Visitor, account, actions, take_letters, told


def test_somebody_registers_confirms_by_mail_and_logs_in(any_visitor: Visitor) -> None:
    answer = any_visitor.register("王小芳", "Fang@Example.org")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/login")
    assert any_visitor.told("/account/login") == ["已向 fang@example.org 发出一封邮件。请打开其中的链接完成注册。"]
    assert told(any_visitor.log_in("王小芳"))[0].startswith("没有登录成功")
    assert any_visitor.open_link("confirm").headers["Location"] == "/account/login"
    assert any_visitor.told("/account/login") == ["邮箱已经确认，请登录。"]
    assert any_visitor.log_in("王小芳").headers["Location"] == "/account/"
    page = any_visitor.get("/account/").text
    assert all(shown in page for shown in ("王小芳", "fang@example.org", "成员", "Firefox · Linux", "这台设备"))
    assert account(any_visitor.app, "王小芳").password.startswith("$argon2id$")


def test_a_name_or_an_address_in_any_case_logs_in_by_the_same_field(visitor: Visitor) -> None:
    visitor.join("Fang小芳", "fang@example.org")
    for given in ("fang小芳", "FANG@example.org", " ｆａｎｇ小芳 "):
        visitor.log_out()
        assert visitor.log_in(given).status_code == 302, given


def test_somebody_who_forgot_the_password_chooses_a_new_one(any_visitor: Visitor) -> None:
    any_visitor.join("王小芳", "fang@example.org")
    elsewhere = Visitor(any_visitor.app)
    elsewhere.post("/account/reset", email="fang@example.org")
    link = elsewhere.link("reset")
    answer = elsewhere.post(link, password=OTHER, password_confirm=OTHER)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/login")
    assert not any_visitor.is_in()
    assert elsewhere.log_in("王小芳", GOOD).status_code == 200
    assert elsewhere.log_in("王小芳", OTHER).status_code == 302
    assert [m.subject for m in take_letters(any_visitor.app)[1:]] == ["设新密码", "您的密码已经重设"]


def test_a_new_password_by_mail_confirms_the_address_too(visitor: Visitor) -> None:
    visitor.register("王小芳", "fang@example.org", "别人起的一个口令")
    visitor.post("/account/reset", email="fang@example.org")
    visitor.post(visitor.link("reset"), password=OTHER, password_confirm=OTHER)
    assert visitor.log_in("王小芳", "别人起的一个口令").status_code == 200
    assert visitor.log_in("王小芳", OTHER).status_code == 302


def test_a_changed_password_ends_all_other_log_ins(any_visitor: Visitor) -> None:
    any_visitor.join("王小芳", "fang@example.org")
    phone = Visitor(any_visitor.app)
    phone.log_in("王小芳")
    wrong = any_visitor.post("/account/change", password=OTHER, new_password=OTHER, new_password_confirm=OTHER)
    assert told(wrong) == ["密码不对。"]
    fields = {"password": GOOD, "new_password": OTHER, "new_password_confirm": OTHER}
    assert any_visitor.post("/account/change", **fields).status_code == 302
    assert any_visitor.told("/account/") == ["密码已经修改，其他设备上的登录都已退出。"]
    assert (any_visitor.is_in(), phone.is_in()) == (True, False)


def test_somebody_sees_where_they_are_logged_in_and_logs_out_everywhere_else(any_visitor: Visitor) -> None:
    any_visitor.join("王小芳", "fang@example.org")
    phone = Visitor(any_visitor.app, agent="Mozilla/5.0 (iPhone) MicroMessenger/8.0")
    phone.log_in("王小芳")
    assert "微信 · iPhone" in any_visitor.get("/account/").text
    any_visitor.post("/account/logins/end", at="/account/")
    assert any_visitor.told("/account/") == ["其他设备上的登录都已退出。"]
    assert (any_visitor.is_in(), phone.is_in()) == (True, False)


def test_another_mail_address_counts_once_it_is_confirmed_and_the_old_one_is_told(any_visitor: Visitor) -> None:
    any_visitor.join("王小芳", "fang@example.org")
    any_visitor.post("/account/change-email", email="new@example.org")
    assert account(any_visitor.app, "王小芳").email == "fang@example.org"
    link = any_visitor.link("change-email")
    any_visitor.get(link)
    assert account(any_visitor.app, "王小芳").email == "new@example.org"
    last = take_letters(any_visitor.app)[-1]
    assert (last.recipient, last.subject) == ("fang@example.org", "您的账号换了邮箱")
    any_visitor.get(link)
    assert any_visitor.told("/account/change-email")[-1] == "这个请求不对或已经失效。请重新开始。"


def test_another_user_name_may_be_none_that_looks_like_somebodys(visitor: Visitor) -> None:
    visitor.join("日月明", "ming@example.org").log_out()
    visitor.join("王小芳", "fang@example.org")
    assert "不能用" in told(visitor.post("/account/change-username", username="曰月明"))[0]
    assert visitor.post("/account/change-username", username="王大芳").status_code == 302
    assert visitor.get("/account/").text.count("王大芳") >= 1


def test_a_code_is_asked_for_after_the_password_and_taken_once(any_visitor: Visitor) -> None:
    app = any_visitor.join("王小芳", "fang@example.org").set_up_codes()
    assert "这次登录已经通过第二重验证。" in any_visitor.told("/account/second-factor")
    any_visitor.log_out()
    code = app.generate().token
    assert any_visitor.log_in("王小芳").headers["Location"].startswith("/account/tf-validate")
    assert not any_visitor.is_in()
    any_visitor.log_in("王小芳")
    # The code was used to set up.
    assert "已经用过" in told(any_visitor.post("/account/tf-validate", code=code))[0]
    later = app.generate(time=app.generate().expire_time + 1).token
    assert any_visitor.post("/account/tf-validate", code=later).status_code == 302
    assert any_visitor.is_in()
    thief = Visitor(any_visitor.app)
    thief.log_in("王小芳")
    assert "已经用过" in told(thief.post("/account/tf-validate", code=later))[0]


def test_a_recovery_code_lets_in_once(any_visitor: Visitor) -> None:
    any_visitor.join("王小芳", "fang@example.org").set_up_codes()
    made = any_visitor.post("/account/mf-recovery-codes", generate_new_codes="1")
    codes = html.document_fromstring(made.text).xpath("//ul[@class='codes']//code/text()")
    assert len(set(codes)) == 10
    assert not any(code in str(account(any_visitor.app, "王小芳").mf_recovery_codes) for code in codes)
    for status in (302, 200):
        any_visitor.log_out() if any_visitor.is_in() else None
        any_visitor.log_in("王小芳")
        assert any_visitor.post("/account/mf-recovery", code=codes[0]).status_code == status
    assert not any_visitor.is_in()


def test_two_step_verification_can_be_turned_off_by_who_has_shown_the_code(visitor: Visitor) -> None:
    visitor.join("王小芳", "fang@example.org").set_up_codes()
    assert visitor.post("/account/tf-setup", setup="disable").status_code == 302
    visitor.log_out()
    assert visitor.log_in("王小芳").headers["Location"] == "/account/"


def test_somebody_takes_the_data_along_and_leaves(any_visitor: Visitor) -> None:
    any_visitor.join("王小芳", "fang@example.org")
    data = json.loads(any_visitor.get("/account/export").text)
    assert (data["account"]["username"], data["account"]["email"]) == ("王小芳", "fang@example.org")
    refused = any_visitor.post("/account/leave", password=OTHER)
    assert (refused.status_code, told(refused)) == (422, ["密码不对。"])
    assert any_visitor.post("/account/leave", password=GOOD).status_code == 303
    assert any_visitor.told("/account/login") == ["账号已经注销，个人数据已经删除。"]
    assert any_visitor.log_in("王小芳").status_code == 200
    assert "fang@example.org" not in str(actions(any_visitor.app))
