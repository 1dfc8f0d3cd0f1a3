"""How far a long piece of work has come, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
Say = Callable[[str], None]
STEP = 1000


def counted(items: Iterable[T], total: int, what: str, say: Say) -> Iterator[T]:
    """The items, with a line after every thousand.

    >>> len(list(counted(range(2500), 2500, "识读来源", print)))
    … 识读来源 1000/2500
    … 识读来源 2000/2500
    2500
    """
    for number, item in enumerate(items, 1):
        yield item
        if number % STEP == 0:
            say(f"… {what} {number}/{total}")
