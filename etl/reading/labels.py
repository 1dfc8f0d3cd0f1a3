"""Lines that are nothing but 'label: value' pairs: what a page says of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from etl.reading.dates import DATE, TIME, iso
from etl.reading.tables import table

_MAX_VALUE = 80
_EDGES = " []【】()|:·•∙-"
_NOTHING = frozenset({"无", "暂无", "无文号", "/"})
_DATE_ONLY = re.compile(rf"\s*(?P<moment>{DATE}(?:\s*{TIME})?)\s*[【\[(|]?\s*$")


@dataclass(frozen=True, slots=True)
class Label:
    """What a label stands for: the fact, the sort of value, and whether the value is the notice's own."""

    fact: str
    value: str
    kept: bool = False
    record: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A label found in a line and the span of its value there."""

    label: Label
    start: int
    end: int

    def fact(self, line: str) -> tuple[str, str] | None:
        """The fact that the pair gives, or none where the value is empty, no date, or of no use."""
        text = _bare(line[self.start : self.end])
        value = iso(text) if self.label.value == "date" else text
        return (self.label.fact, value) if self.label.fact and value and value not in _NOTHING else None


def _bare(value: str) -> str:
    """A value without the signs around it, but with the bracket that it closes itself.

    >>> _bare(" | 某区政府(办公室) | "), _bare("[某局]")
    ('某区政府(办公室)', '某局')
    """
    text = value.strip(_EDGES)
    return f"{text})" if text.count("(") > text.count(")") and f"{text})" in value else text


@cache
def _names() -> dict[str, Label]:
    return {name: _label(row) for row in table("furniture")["labels"] for name in row["names"]}


def _label(row: dict[str, Any]) -> Label:
    return Label(row["fact"], row["value"], row.get("kept", False), row.get("record", False))


@cache
def _finder() -> re.Pattern[str]:
    """Any label, blanks in it allowed, with a colon or in 【】; inside a word it is none but a counter's."""
    names = "|".join(r"\s*".join(name) for name in sorted(_names(), key=len, reverse=True))
    counters = "|".join(name for name, label in _names().items() if label.value == "number" and name.endswith("次数"))
    own = rf"(?<![\u4e00-\u9fff])[【\[(]?\s*(?P<name>{names})|(?P<counter>{counters})"
    return re.compile(rf"(?:{own})\s*(?:[】\])]?\s*:|】)")


def label_named(text: str) -> Label | None:
    """The label that a whole cell or line is, with or without its colon.

    >>> label_named("索 引 号:").fact, label_named("索引号的编制")
    ('index_number', None)
    """
    return _names().get(re.sub(r"[\s:|【】\[\]]", "", text))


def pairs(line: str) -> list[Pair]:
    """The pairs of a clean line made of nothing else, a leading date apart; empty for any other line.

    >>> [p.fact("来源:某局 日期:2017-02-16") for p in pairs("来源:某局 日期:2017-02-16")]
    [('source_name', '某局'), ('published_at', '2017-02-16')]
    >>> pairs("现就来源:问题通知如下")
    []
    """
    if not any(sign in line for sign in "\t:】"):
        return []
    found = list(_finder().finditer(line))
    if not found:
        return []
    lead = line[: found[0].start()]
    date = _DATE_ONLY.match(lead)
    if lead.strip(_EDGES) and not date:
        return []
    ends = [m.start() for m in found[1:]] + [len(line)]
    result = [Pair(_of(m), m.end(), end) for m, end in zip(found, ends, strict=True)]
    if any(not _is_short(line[p.start : p.end], p.label) for p in result):
        return []
    return [Pair(Label("published_at", "date"), *date.span("moment")), *result] if date else result


def _of(match: re.Match[str]) -> Label:
    return _names()[re.sub(r"\s", "", match["name"] or match["counter"])]


def _is_short(value: str, label: Label) -> bool:
    """A sentence is no value; a bare 日期 must have a date behind it."""
    if label.fact == "summary":
        return True
    if "。" in value or len(value) > _MAX_VALUE:
        return False
    return label.value != "date" or not value.strip(_EDGES) or iso(value) is not None or value.strip().isdigit()
