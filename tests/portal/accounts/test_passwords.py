"""Threat 38: passwords that somebody guesses."""

from __future__ import annotations

import unicodedata

import pytest

from portal.accounts.passwords import COMMON
from portal.limits import Limits
from tests.portal.accounts.visitor import Visitor, told

TOO_SHORT = ["", "1", "abc123", "七个字的口令啊"]
GUESSED = [
    "12345678", "88888888", "20260101", "1990-05-20", "password", "P@ssw0rd", "Password123!", "qwertyuiop", "1qaz2wsx",
    "1qaz@WSX", "woaini1314", "WoAiNi520", "5201314520", "iloveyou", "admin123", "Admin@2026", "zhangwei123",
    "aaaaaaaa", "abababab", "abc12345", "qwer1234", "zhenjiang2026", "keji123456", "我爱我家123456", "一二三四五六七八",
    "好好学习天天向上", "１２３４５６７８", "ｐａｓｓｗｏｒｄ", "asdfghjkl", "zxcvbnm123", "7758521a", "wangfang1990",
]  # fmt: skip
OF_THE_SITE = ["镇江科技公文数据", "镇江科技公文数据2026", "开放公文数据项目!", "OpenNotices2026"]
OF_THE_OWNER = ["王小芳王小芳2026", "王小芳19900520", "fang.wang.1990", "Fang.Wang@2026", "fang.wang@example.org"]
GOOD = [
    "三月的雨落在旧瓦上", "correct horse battery staple", "绿色的自行车 第七个路口", "x7Kp2mQz",
    "红灯笼与白鹭" + "q" * 80,
    "江边有一棵会唱歌的银杏树" * 6, "The quick brown 狐狸", "我家门前有两棵树都是枣树吗", "🚲 fahrrad im regen 🌧",
]  # fmt: skip


@pytest.fixture
def member(visitor: Visitor) -> Visitor:
    visitor.register("王小芳", "fang.wang@example.org")
    visitor.post("/account/reset", email="fang.wang@example.org")
    return visitor


def refused(member: Visitor, password: str) -> list[str]:
    """What is said of a new password that is not taken."""
    answer = member.post(member.link("reset"), at="/account/login", password=password, password_confirm=password)
    return told(answer) if answer.status_code == 200 else []


def free(member: Visitor) -> None:
    """Forget how often it was tried, which is no concern of these tests."""
    member.app.extensions["limits"] = Limits()


@pytest.mark.parametrize(
    ("passwords", "because"),
    [
        (TOO_SHORT, ("密码要有 8 至 256 个字符", "请填写密码")),
        (GUESSED, ("这个密码太常见", "密码里主要是本站的名称")),
        (OF_THE_SITE, ("密码里主要是本站的名称",)),
        (OF_THE_OWNER, ("密码里主要是您的用户名或邮箱",)),
    ],
)
def test_row_38_a_password_that_is_guessed_is_refused_with_the_reason(
    member: Visitor, passwords: list[str], because: tuple[str, ...]
) -> None:
    for password in passwords:
        free(member)
        said = refused(member, password)
        assert said, password
        assert said[0].startswith(because), (password, said)


def test_row_38_the_list_is_long_and_in_the_form_in_which_it_is_looked_up() -> None:
    common = COMMON.read_text("utf-8").split()
    assert len(set(common)) == len(common) >= 3000
    assert [p for p in common if p != unicodedata.normalize("NFKC", p).casefold() or len(p) < 8] == []


def test_row_38_long_sentences_in_any_script_are_taken_and_let_in(visitor: Visitor) -> None:
    visitor.join("王小芳", "fang.wang@example.org")
    known = "三月的雨落在旧瓦上"
    for password in [*GOOD[1:], GOOD[0]]:
        free(visitor)
        fields = {"password": known, "new_password": password, "new_password_confirm": password}
        assert visitor.post("/account/change", **fields).status_code == 302, password
        known = password
    assert any(len(p) >= 64 for p in GOOD)


def test_a_password_is_the_same_however_a_keyboard_composes_its_signs(visitor: Visitor) -> None:
    password = "Zoë 与ﬁ的ＡＢＣ"  # noqa: S105
    visitor.join("王小芳", "fang.wang@example.org", password)
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        visitor.log_out()
        assert visitor.log_in("王小芳", unicodedata.normalize(form, password)).status_code == 302, form  # type: ignore[arg-type]
