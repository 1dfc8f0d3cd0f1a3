"""The automatic numbers of a Word document, worked out from numbering.xml as Word does."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from etl.reading.numerals import written

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAX_NUMBER = 9999
_LEVELS = 9

Element = Any


def w(name: str) -> str:
    """A name in WordprocessingML's namespace."""
    return _W + name


def value(element: Element, path: str) -> str | None:
    """The `val` of a descendant (`pPr/numPr/numId`), if it is there."""
    found = element.find("/".join(w(step) for step in path.split("/"))) if element is not None else None
    return found.get(w("val")) if found is not None else None


def integer(text: str | None, default: int) -> int:
    """A small whole number, or the default where the file holds nonsense."""
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,6}", text) else default


@dataclass
class Level:
    """How one level of a list counts and what it writes: `%1、`, `（%2）`, `%1.%2`."""

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str | None = None

    @classmethod
    def of(cls, element: Element) -> Level:
        """The level that a `w:lvl` describes."""
        restart = value(element, "lvlRestart")
        legal = element.find(w("isLgl"))
        return cls(
            start=integer(value(element, "start"), 1),
            number_format=value(element, "numFmt") or "decimal",
            text=value(element, "lvlText") or "",
            suffix=value(element, "suff") or "tab",
            restart=integer(restart, 0) if restart is not None else None,
            legal=legal is not None and legal.get(w("val")) not in {"0", "false"},
            style=value(element, "pStyle"),
        )


@dataclass
class _List:
    """A `w:num`: the abstract list that counts for it, its levels, and where it starts anew."""

    abstract: str
    levels: dict[int, Level]
    restarts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts as the paragraphs come; lists of one abstract list go on counting together."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._lists = _lists(numbering, styles) if numbering is not None else {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._styles = _style_numbers(styles, self._lists)

    def label(self, paragraph: Element) -> str:
        """The number that Word shows before a paragraph, or nothing; counts it."""
        number, level = self._place(paragraph)
        found = self._lists.get(number or "")
        if found is None or level not in found.levels:
            return ""
        counts = self._count(number or "", found, level)
        return self._write(found, level, counts)

    def _place(self, paragraph: Element) -> tuple[str | None, int]:
        style = value(paragraph, "pPr/pStyle")
        styled = self._styles.get(style or "", (None, 0))
        number = value(paragraph, "pPr/numPr/numId") or styled[0]
        level = integer(value(paragraph, "pPr/numPr/ilvl"), styled[1])
        return (None if number == "0" else number), min(max(level, 0), _LEVELS - 1)

    def _count(self, number: str, found: _List, level: int) -> list[int | None]:
        counts = self._counts.setdefault(found.abstract, [None] * _LEVELS)
        if level in found.restarts and (number, level) not in self._begun:
            counts[level] = None
        self._begun.add((number, level))
        current = counts[level]
        start = found.restarts.get(level, found.levels[level].start)
        counts[level] = start if current is None else min(current + 1, _MAX_NUMBER)
        for deeper in range(level + 1, _LEVELS):
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or (restart > 0 and level < restart):
                counts[deeper] = None
        return counts

    def _write(self, found: _List, level: int, counts: list[int | None]) -> str:
        this = found.levels[level]
        if this.number_format == "bullet":
            return _bullet(this)

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            of = found.levels.get(at, Level())
            count = counts[at] if counts[at] is not None else of.start
            return written(count or 0, "decimal" if this.legal else of.number_format)

        label = re.sub(r"%([1-9])", number, this.text)
        return label + _gap(this, label)


def _bullet(level: Level) -> str:
    """A bullet that plain text can show: symbol fonts keep theirs in the private use area."""
    sign = level.text if level.text and not any("\ue000" <= c <= "\uf8ff" for c in level.text) else "•"
    return sign + _gap(level, sign)


def _gap(level: Level, label: str) -> str:
    """What stands between number and text: nothing after 、 or ）, where a blank would be none of the author's."""
    return "" if not label.strip() or level.suffix == "nothing" or label[-1] in "、）)．。：—" else " "


def _lists(numbering: Element, styles: Element | None) -> dict[str, _List]:
    abstracts = {a.get(w("abstractNumId")): a for a in numbering.findall(w("abstractNum"))}
    levels = {name: _levels(a) for name, a in abstracts.items()}
    found = {}
    for num in numbering.findall(w("num")):
        abstract = value(num, "abstractNumId") or ""
        abstract = _linked(abstract, abstracts, numbering, styles)
        own = dict(levels.get(abstract, {}))
        entry = _List(abstract, own)
        for override in num.findall(w("lvlOverride")):
            at = integer(override.get(w("ilvl")), 0)
            if (level := override.find(w("lvl"))) is not None:
                own[at] = Level.of(level)
            if (restart := value(override, "startOverride")) is not None:
                entry.restarts[at] = integer(restart, 1)
        found[num.get(w("numId"))] = entry
    return found


def _levels(abstract: Element) -> dict[int, Level]:
    return {integer(lvl.get(w("ilvl")), 0): Level.of(lvl) for lvl in abstract.findall(w("lvl"))}


def _linked(abstract: str, abstracts: dict[str, Element], numbering: Element, styles: Element | None) -> str:
    """The abstract list behind a list style: numStyleLink → style → num → abstractNum."""
    link = value(abstracts.get(abstract), "numStyleLink")
    if link is None or styles is None:
        return abstract
    style = next((s for s in styles.findall(w("style")) if s.get(w("styleId")) == link), None)
    number = value(style, "pPr/numPr/numId")
    num = next((n for n in numbering.findall(w("num")) if n.get(w("numId")) == number), None)
    return value(num, "abstractNumId") or abstract


def _style_numbers(styles: Element | None, lists: dict[str, _List]) -> dict[str, tuple[str | None, int]]:
    """The list and level that each paragraph style gives, its own or its ancestor's."""
    own: dict[str, tuple[str | None, int | None]] = {}
    based: dict[str, str | None] = {}
    for style in styles.findall(w("style")) if styles is not None else ():
        name = style.get(w("styleId")) or ""
        based[name] = value(style, "basedOn")
        level = value(style, "pPr/numPr/ilvl")
        own[name] = (value(style, "pPr/numPr/numId"), integer(level, 0) if level is not None else None)
    return {name: _inherited(name, own, based, lists) for name in own}


def _inherited(
    name: str, own: dict[str, tuple[str | None, int | None]], based: dict[str, str | None], lists: dict[str, _List]
) -> tuple[str | None, int]:
    at: str | None = name
    for _ in range(20):
        if at is None or at not in own:
            break
        number, level = own[at]
        if number is not None:
            levels = lists[number].levels if number in lists else {}
            linked = next((i for i, lvl in levels.items() if lvl.style == name), 0)
            return number, level if level is not None else linked
        at = based.get(at)
    return None, 0
