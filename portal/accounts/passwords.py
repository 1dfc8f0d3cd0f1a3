"""Which passwords are good enough: long ones that nobody would try first. No rule asks for signs of some kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask
from flask_babel import gettext as _
from flask_security import PasswordUtil

from portal.frame.door import site

SHORTEST, LONGEST = 8, 256
FEWEST_SIGNS, FEWEST_OWN, LONGEST_AROUND = 4, 5, 10
COMMON = Path(__file__).with_name("common_passwords.txt")
"""Passwords that are tried first, in small letters: words, pinyin, rows of keys, dates, what people put behind them."""
_SHIFTED = str.maketrans("!@#$%^&*()", "1234567890")
"""Digits that were typed with the shift key."""
_AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")


class Passwords(PasswordUtil):  # type: ignore[misc]
    """What Flask-Security asks about passwords."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)

    def validate(self, password: str, is_register: bool, **fields: Any) -> tuple[list[str] | None, str]:
        """What is wrong with a password in sentences, and the password as it is hashed."""
        normal = self.normalize(password)
        user = fields.get("user")
        name, mail = (getattr(user, k, None) or fields.get(k) or "" for k in ("username", "email"))
        problem = refusal(normal, [str(name), *str(mail).split("@")], site_words())
        return ([problem] if problem else None), str(normal)


def refusal(password: str, own: Iterable[str], words: Iterable[str]) -> str | None:
    """Why a password is not taken, in a sentence; `own` is what people know of its owner, `words` of the site."""
    if not SHORTEST <= len(password) <= LONGEST:
        told = _("密码要有 %(least)s 至 %(most)s 个字符。几个不相干的词连成一句最好。", least=SHORTEST, most=LONGEST)
        return str(told)
    if is_common(password):
        return str(_("这个密码太常见，会最先被人试到。请换一个。"))
    if _leans_on(password, own):
        return str(_("密码里主要是您的用户名或邮箱，容易被猜到。请换一个。"))
    if _leans_on(password, words):
        return str(_("密码里主要是本站的名称，容易被猜到。请换一个。"))
    return None


def is_common(password: str) -> bool:
    """Whether a password is among those that are tried first, whatever its case and the digits around it.

    >>> [p for p in ("Woaini1314", "20260101", "Zhangwei@2026!", "abababab", "三月的雨落在旧瓦上") if is_common(p)]
    ['Woaini1314', '20260101', 'Zhangwei@2026!', 'abababab']
    """
    small = unicodedata.normalize("NFKC", password).casefold()
    common, bare = _common(), _AROUND.sub("", small)
    dressed_up = len(small) - len(bare) <= LONGEST_AROUND and f"{bare}123456" in common
    known = small in common or small.translate(_SHIFTED) in common
    return len(set(small)) < FEWEST_SIGNS or _is_date(small) or known or dressed_up


def site_words() -> list[str]:
    """The names of the site and of who runs it, each also in its parts."""
    names = [site().title, site().title_en, site().publisher, site().publisher_en, *site().hosts]
    return [part for name in names for part in (name, *re.split(r"[\W_]+", name)) if len(part) > 1]


def _leans_on(password: str, known: Iterable[str]) -> bool:
    """Whether little is left of a password without the words that are known, and without digits."""
    rest = password.casefold()
    held = [w.casefold() for w in known if len(w) >= (2 if not w.isascii() else 3) and w.casefold() in rest]
    for word in sorted(held, key=len, reverse=True):
        rest = rest.replace(word, "")
    return bool(held) and len(re.sub(r"[\W\d_]", "", rest)) < FEWEST_OWN


def _is_date(text: str) -> bool:
    return re.fullmatch(r"(19|20)\d\d[-./年]?(0?[1-9]|1[0-2])[-./月]?(0?[1-9]|[12]\d|3[01])日?", text) is not None


@cache
def _common() -> frozenset[str]:
    return frozenset(COMMON.read_text("utf-8").split())
