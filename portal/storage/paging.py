"""A statement's rows page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

R = TypeVar("R")


@dataclass(frozen=True)
class Page(Generic[R]):
    """Rows of a list, which page of how many they are, and how many rows there are in all."""

    rows: Sequence[R]
    number: int
    last: int
    total: int


def page(session: Session, wanted: Any, number: int, size: int) -> Page[Any]:
    """A page of what is wanted, the last one beyond the end; rows of one entity are that entity."""
    total = count(session, wanted)
    last = last_page(total, size)
    number = min(number, last)
    found = session.execute(wanted.limit(size).offset((number - 1) * size)).all()
    return Page([row if len(row) > 1 else row[0] for row in found], number, last, total)


def count(session: Session, wanted: Any) -> int:
    """How many rows there are."""
    return session.scalar(select(func.count()).select_from(wanted.order_by(None).subquery())) or 0


def last_page(total: int, size: int) -> int:
    """The number of the last page; an empty list has one.

    >>> last_page(0, 20), last_page(20, 20), last_page(21, 20)
    (1, 1, 2)
    """
    return max(1, -(-total // size))
