"""What accounts say: in Chinese on `/`, in English on `/en/`, on pages and in letters alike."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask_security.utils import get_message
from lxml import html

from portal.accounts.messages import MESSAGES
from tests.portal.accounts.visitor import GOOD, OTHER, SITE, Visitor, take_letters, told

HAN = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z]{4,}")
NEVER_SAID = re.compile(
    r"^(US_|OAUTH|PASSWORDLESS|LOGIN_E|INVALID_LOGIN|PHONE|USE_CODE|CODE_HAS|FAILED_TO_SEND|REFRESH_TOKEN|GENERIC_RECOVERY"
    r"|GENERIC_US|IDENTITY_ALREADY|INVALID_PASSWORD_CODE|PASSWORD_RESET$|PASSWORD_BREACHED|PASSWORD_TOO|PASSWORD_INVALID"
    r"|USERNAME_RECOVERY)"
)
"""Messages of ways in that this site does not offer, or of checks that are ours."""
GIVEN = {
    "email": "a@b.cn",
    "within": "10",
    "username": "?",
    "name": "?",
    "min": 2,
    "max": 32,
    "length": 8,
    "cause": "?",
}
PAGES = ("login", "register", "reset", "confirm", "wan-signin")
MEMBERS = (
    "",
    "second-factor",
    "change",
    "change-email",
    "change-username",
    "tf-setup",
    "wan-register",
    "leave",
    "verify",
)


def test_every_message_that_can_be_met_is_ours(app: Flask) -> None:
    theirs = {key.removeprefix("SECURITY_MSG_") for key in app.config if key.startswith("SECURITY_MSG_")}
    assert {key for key in theirs - set(MESSAGES) if not NEVER_SAID.match(key)} == set()


@pytest.mark.parametrize("key", MESSAGES)
def test_each_is_chinese_here_and_english_there(app: Flask, key: str) -> None:
    with app.test_request_context("/account/login"):
        chinese = get_message(key, **GIVEN)[0]
    with app.test_request_context("/account/login", base_url="http://127.0.0.1:8000/en"):
        english = get_message(key, **GIVEN)[0]
    assert HAN.search(chinese)
    assert not ENGLISH.search(chinese.replace("example", "").replace("name@", ""))
    assert not HAN.search(english)
    assert ENGLISH.search(english)


def words(page: str) -> str:
    """What a page itself says between header and footer."""
    main = html.document_fromstring(page).get_element_by_id("main")
    return " ".join(main.itertext())


def test_pages_of_accounts_are_in_the_language_of_their_address(visitor: Visitor) -> None:
    for path in PAGES:
        assert not HAN.search(words(visitor.get(f"/en/account/{path}").text)), path
    visitor.join("fang", "fang@example.org")
    for path in MEMBERS:
        page = words(visitor.get(f"/en/account/{path}").text)
        assert not HAN.search(page.replace("镇江科技公文数据", "")), path
        assert ENGLISH.search(page)


def test_mistakes_in_forms_are_told_in_the_language_of_the_page(visitor: Visitor) -> None:
    for prefix, foreign in (("", ENGLISH), ("/en", HAN)):
        said = [
            *told(
                visitor.post(
                    f"{prefix}/account/register", username="", email="x", password=OTHER[:3], password_confirm=OTHER
                )
            ),
            *told(visitor.post(f"{prefix}/account/login", username="", password="")),
            *told(visitor.post(f"{prefix}/account/login", username="谁", password=OTHER)),
            *told(visitor.post(f"{prefix}/account/reset", email="")),
            *visitor.told(f"{prefix}/account/login"),
        ]
        assert len(said) >= 7
        assert [text for text in said if foreign.search(re.sub(r"\S+@\S+", "", text))] == []


def test_letters_are_short_plain_and_in_the_language_of_the_page(visitor: Visitor) -> None:
    visitor.join("fang", "fang@example.org").log_out()
    Visitor(visitor.app).post("/en/account/reset", email="fang@example.org")
    welcome, reset = take_letters(visitor.app)
    assert (welcome.subject, reset.subject) == ("关于您的注册", "A new password")
    assert HAN.search(welcome.body_text)
    assert not HAN.search(reset.body_text)
    assert f"{SITE}/en/account/reset/" in reset.body_text
    for letter in (welcome, reset):
        assert "<" not in letter.body_text
        assert len(letter.body_text) < 700
        assert GOOD not in letter.body_text


def test_every_kind_of_letter_can_be_written(visitor: Visitor) -> None:
    visitor.join("fang", "fang@example.org")
    visitor.post("/account/change", password=GOOD, new_password=OTHER, new_password_confirm=OTHER)
    visitor.post("/account/change-username", username="fang2")
    visitor.post("/account/change-email", email="new@example.org")
    visitor.open_link("change-email")
    guest = Visitor(visitor.app)
    guest.register("somebody", "new@example.org")
    guest.register("fang2", "third@example.org")
    guest.register("newcomer", "fourth@example.org")
    guest.post("/account/confirm", email="fourth@example.org")
    guest.post("/account/reset", email="new@example.org")
    guest.post(guest.link("reset"), password=GOOD, password_confirm=GOOD)
    subjects = [m.subject for m in take_letters(visitor.app)]
    assert subjects == [
        "关于您的注册",
        "您的密码已经修改",
        "您的用户名已经修改",
        "请确认新邮箱",
        "您的账号换了邮箱",
        "关于您的注册",
        "关于您的注册",
        "关于您的注册",
        "请确认邮箱",
        "设新密码",
        "您的密码已经重设",
    ]
