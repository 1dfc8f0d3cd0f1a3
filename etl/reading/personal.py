"""Checks that tell a person's number from any other number of that length."""

from __future__ import annotations

import re
from datetime import date

# First two digits of GB/T 2260 codes; the last two are the residence permits of Hong Kong, Macao and Taiwan.
_PROVINCES = frozenset(
    str(code)
    for tens, last in ((1, 5), (2, 3), (3, 7), (4, 6), (5, 4), (6, 5), (7, 1), (8, 3))
    for code in range(tens * 10 + (tens != 5), tens * 10 + last + 1)
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _digits(text: str) -> str:
    return re.sub(r"[ -]", "", text).upper()


def _real_date(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def _real_region(code: str) -> bool:
    return code[:2] in _PROVINCES and code[2:4] != "00"


def id18(text: str) -> bool:
    """Whether region, date and check digit (ISO 7064) of an 18-digit identity number hold.

    >>> id18("11010519491231002X"), id18("110105194912310021"), id18("11010519491331002X")
    (True, False, False)
    """
    number = _digits(text)
    total = sum(int(d) * w for d, w in zip(number[:17], _WEIGHTS, strict=True))
    return (
        _real_region(number)
        and _real_date(number[6:10], number[10:12], number[12:14])
        and "10X98765432"[total % 11] == number[17]
    )


def id15(text: str) -> bool:
    """Whether region and date of a 15-digit identity number hold.

    >>> id15("110105491231002"), id15("110105490231002")
    (True, False)
    """
    number = _digits(text)
    return _real_region(number) and _real_date("19" + number[6:8], number[8:10], number[10:12])


def luhn(text: str) -> bool:
    """Whether a card number's check digit holds.

    >>> luhn("4111111111111111"), luhn("4111111111111112")
    (True, False)
    """
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(_digits(text)))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def bank_card(text: str, *, named: bool = False) -> bool:
    """Whether it is a payment card's number: UnionPay's prefix, or any usual one where the text calls it a card.

    >>> bank_card("6222021234567890128"), bank_card("4111111111111111"), bank_card("4111111111111111", named=True)
    (True, False, True)
    """
    number = _digits(text)
    foreign = named and len(number) == 16 and number.startswith(("4", "51", "52", "53", "54", "55", "35"))
    return (foreign or number.startswith("62")) and len(set(number)) > 1 and luhn(number)
