"""What is held back stays back: held places are masked, and nothing published looks like a person's number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.checking.problem import Problem
from etl.checking.subject import Subject, problem
from etl.document import MASK
from etl.tables import Row

_PERSONAL = re.compile(
    r"(?<![0-9A-Za-z_/=.])(?:"
    r"(?P<identity>[1-9][0-9]{5}(?:19|20)[0-9]{9}[0-9Xx])(?![0-9A-Za-z])"
    r"|(?:86)?(?P<mobile>1[3-9][0-9]{9})(?![0-9]|[.][0-9]|[A-Za-z_/])"
    r")(?!\s*[元亿万%人件户个平吨])"
)
_WIDE = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789Xx")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def find(subject: Subject) -> Iterator[Problem]:
    """Held places that can be read, and persons' numbers in texts and cells that no editor released."""
    yield from _unmasked(subject)
    released = _released(subject)
    yield from _in_texts(subject, released)
    yield from _in_cells(subject, released)


def _unmasked(subject: Subject) -> Iterator[Problem]:
    for table, row in subject.each("source_id", "start", "length", "status"):
        if row["status"] != "held":
            continue
        if set(_span(subject, row)) - set(MASK + "\r\n") or not _span(subject, row):
            yield problem("held", table, row, "start", "扣留之处没有遮盖：请重新读取这个来源")


def _in_texts(subject: Subject, released: set[str]) -> Iterator[Problem]:
    for source_id, text in subject.texts.items():
        for kind, place, number in _personal(text):
            if number not in released:
                line = text.count("\n", 0, place) + 1
                said = f"公开文本第 {line} 行有疑似{kind}：请扣留后再发布"
                yield Problem("source", source_id, "", said, "held")


def _in_cells(subject: Subject, released: set[str]) -> Iterator[Problem]:
    for table in subject.collection.tables:
        for row in subject.rows.get(table.name, ()):
            for column, value in row.items():
                found = _personal(value) if isinstance(value, str) else ()
                for kind, _, number in found:
                    if number not in released:
                        yield problem("held", table, row, column, f"有疑似{kind}：请遮盖后再发布")


def _released(subject: Subject) -> set[str]:
    rows = subject.each("source_id", "start", "length", "status")
    return {_span(subject, row).translate(_WIDE) for _, row in rows if row["status"] == "released"}


def _span(subject: Subject, row: Row) -> str:
    return (subject.text_of(row) or "")[row["start"] : row["start"] + row["length"]]


def _personal(text: str) -> Iterator[tuple[str, int, str]]:
    """Kind, place and digits of what looks like a person's number.

    >>> list(_personal("电话１３８１２３４５６７８，身份证11010519491231002X，编号110105194912310021"))
    [('手机号码', 2, '13812345678'), ('身份证号码', 17, '11010519491231002X')]
    """
    for match in _PERSONAL.finditer(text.translate(_WIDE)):
        if match["mobile"]:
            yield "手机号码", match.start(), match["mobile"]
        elif _holds(match["identity"]):
            yield "身份证号码", match.start(), match["identity"]


def _holds(number: str) -> bool:
    """Whether the check digit (ISO 7064) of an 18-digit identity number is right."""
    total = sum(int(d) * w for d, w in zip(number[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17].upper()
