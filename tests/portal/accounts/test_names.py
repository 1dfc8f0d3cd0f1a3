"""Threat 27 for user names: names that are taken for somebody else's or for an office."""

from __future__ import annotations

from portal.limits import Limits
from tests.portal.accounts.visitor import Visitor, take_letters, told

UNREADABLE = [
    "王\u200b小芳", "王小芳\u202e", "\u2066王芳", "аdmin", "ραυλ", "王 小芳", "王\n小芳", "<b>王芳</b>", "王芳@example",
    "😀😀", "12345", "--", "_", "王", "长" * 33, "a\u0301bc", "ㄅㄆㄇ", "Ω王",
]  # fmt: skip
OF_STAFF = [
    "管理员",
    "系统管理员小王",
    "Admin",
    "adm1n",
    "Adrnin",
    "ａｄｍｉｎ",
    "r00t",
    "官方客服",
    "版主",
    "moderator1",
]
OF_STAFF += ["镇江科技公文数据", "开放公文数据项目"]
OF_OFFICES = ["镇江市科技局", "镇江市科学技术局", "某市人民政府", "镇江市公安局", "市政府办公室"]


def refusal(visitor: Visitor, name: str) -> str:
    """What is said of a name; nothing where it is taken."""
    visitor.app.extensions["limits"] = Limits()
    answer = visitor.register(name, f"a{abs(hash(name))}@example.org")
    return told(answer)[0] if answer.status_code == 200 else ""


def test_row_27_a_name_has_signs_that_everybody_can_read_and_type(visitor: Visitor) -> None:
    said = {name: refusal(visitor, name) for name in UNREADABLE}
    wrong = ("用户名只能用汉字", "用户名要有")
    assert {name: text for name, text in said.items() if not text.startswith(wrong)} == {}


def test_row_27_a_name_sounds_neither_like_staff_nor_like_an_office(visitor: Visitor) -> None:
    said = {name: refusal(visitor, name) for name in (*OF_STAFF, *OF_OFFICES)}
    assert {name: text for name, text in said.items() if "会被当成本站或机关的人员" not in text} == {}


def test_row_27_a_name_that_looks_like_somebodys_is_not_given_and_only_its_owner_is_told(visitor: Visitor) -> None:
    visitor.register("日月明2O", "ming@example.org")
    take_letters(visitor.app)
    for n, name in enumerate(("日月明20", "曰月明2o", "日-月-明２０")):
        answer = visitor.register(name, f"other{n}@example.org")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/account/login")
    told_of = [m.body_text.split("\n")[2] for m in take_letters(visitor.app)]
    assert [text[:6] for text in told_of] == ["您想用的用户"] * 3


def test_ordinary_names_are_taken(visitor: Visitor) -> None:
    names = ("王芳", "wang_fang", "小芳-2026", "阿依古丽·买买提", "Li Ming".replace(" ", "_"), "局外人", "𠮷田")
    assert {name: refusal(visitor, name) for name in names} == dict.fromkeys(names, "")
