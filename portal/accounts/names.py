"""Which user names there may be: readable ones, that are taken neither for the site's staff nor for a public body."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from flask import Flask
from flask_babel import gettext as _
from flask_security import UsernameUtil
from flask_security.utils import get_message

from portal.frame.door import published, site
from portal.published import Published
from portal.published.sections import everywhere
from portal.published.sections.bodies import organisations
from portal.storage.likeness import likeness

SHORTEST, LONGEST = 2, 32
_NAME = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323afA-Za-z0-9_·-]+")
_SIGN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323afA-Za-z]")
_RESERVED = Path(__file__).with_name("reserved_names.yaml")


class Names(UsernameUtil):  # type: ignore[misc]
    """What Flask-Security asks about user names."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)

    def normalize(self, username: Any) -> str | None:
        """A name as it is kept; None where it could be none."""
        name = unicodedata.normalize("NFKC", username.strip()) if isinstance(username, str) else ""
        return name if _NAME.fullmatch(name) else None

    def validate(self, username: Any) -> tuple[str | None, str | None]:
        """What is wrong with a name in a sentence, and the name as it is kept."""
        if not username:
            return None, None
        name = self.normalize(username)
        if name is None or not _SIGN.search(name):
            return get_message("USERNAME_DISALLOWED_CHARACTERS")[0], None
        if not SHORTEST <= len(name) <= LONGEST:
            return get_message("USERNAME_INVALID_LENGTH", min=SHORTEST, max=LONGEST)[0], name
        return None, name


def refusal(name: str) -> str | None:
    """Why nobody may take a name, in a sentence; None where somebody may."""
    own = [site().title, site().title_en, site().publisher, site().publisher_en]
    if is_reserved(name) or likeness(name) in {likeness(n) for n in (*own, *_bodies(published()))}:
        return str(_("“%(name)s”会被当成本站或机关的人员。请换一个用户名。", name=name))
    return None


def is_reserved(name: str) -> bool:
    """Whether a name sounds like the staff of the site or like an office.

    >>> [n for n in ("王芳", "管理员小王", "Adm1n", "r00t", "某市科技局", "局外人") if is_reserved(n)]
    ['管理员小王', 'Adm1n', 'r00t', '某市科技局']
    """
    held, kept = likeness(name), _reserved()
    return any(w in held for w in kept["within"]) or held in kept["alone"] or held.endswith(tuple(kept["at_end"]))


@cache
def _reserved() -> dict[str, list[str]]:
    kept: dict[str, list[str]] = yaml.safe_load(_RESERVED.read_text("utf-8"))
    return {where: [likeness(word) for word in words] for where, words in kept.items()}


def _bodies(published: Published) -> list[str]:
    """The bodies that are named in what is published."""
    return [row[key] for row in everywhere(published, organisations) for key in ("name", "name_en") if row.get(key)]
