"""What a request asks for, within bounds that a database can count to."""

from __future__ import annotations

from flask import request

MOST_PAGES, MOST_DIGITS = 10_000, 9


def page_number() -> int:
    """The page asked for; the first where that is no number or none that there could be."""
    asked = request.args.get("page", 1, type=int)
    return asked if 1 <= asked <= MOST_PAGES else 1


def year() -> int | None:
    """The year asked for; none where it is no year."""
    asked = request.args.get("year", type=int)
    return asked if asked is not None and 1 <= asked <= 9999 else None


def numbers(field: str, most: int) -> list[int]:
    """The numbers under which a form ticks things, each once; what is none that a database counts to is passed over."""
    given = [n for n in request.form.getlist(field)[:most] if n.isascii() and n.isdigit() and len(n) <= MOST_DIGITS]
    return list(dict.fromkeys(map(int, given)))
