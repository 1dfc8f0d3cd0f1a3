"""Whom somebody means who types a user name or a mail address."""

from __future__ import annotations

import unicodedata
from typing import cast

from sqlalchemy import func, select

from portal.accounts.people import sessions
from portal.storage.people import User


def typed(text: str) -> str:
    """What was typed, as it is compared.

    >>> typed(" Ｗang Fang ")
    'wang fang'
    """
    return unicodedata.normalize("NFKC", text).strip().casefold()[:255]


def find(text: str) -> User | None:
    """The account that is meant; None where there is none."""
    wanted = typed(text)
    column = User.email if "@" in wanted else User.username
    found = sessions().scalar(select(User).where(func.lower(column) == wanted)) if wanted else None
    return cast("User | None", found)
