"""Which lines of a text are the page's and not the notice's, and the facts that they give."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from etl.reading.dates import iso
from etl.reading.labels import label_named, pairs
from etl.reading.lines import Line, split
from etl.reading.tables import compiled, table

_HEAD_LINES = 80
_TAIL_LINES = 200
_HEAD_GROUPS = ("home", "head", "edge")
_REPEAT_LINES = 6
_BLOCK_LINES = 40
_FOOT_GAP = 12
_RECORD_LABELS = 3
_ROW = 4
_DASHES = "-—–―"
# A first character for both: the search then goes by it.
_DEBRIS = re.compile(r"[<\x00-\x08\x0e-\x1f\x7f](?:(?<=<)U\+[0-9A-F]{4,6}>|(?<!<)[\x00-\x08\x0e-\x1f\x7f]*)")
_CRUMB = re.compile(r"\s*(?:-{0,2}>+|»|›|→|(?<=\s)/(?=\s))\s*")
_SITE_NAME = re.compile(r"\s*[-_|—–·【].{2,40}")


@dataclass
class Furniture:
    """The spans that aren't notice, as offsets into the text, and what they tell."""

    spans: list[tuple[int, int]] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)


def find(text: str) -> Furniture:
    """The furniture of a text."""
    return _Marker(text, split(text)).run()


def matches(line: str, group: str) -> re.Match[str] | None:
    """The first rule of a group of the table that a clean line is an instance of."""
    for pattern in _patterns(group):
        if match := pattern.fullmatch(line):
            return match
    return None


@cache
def _patterns(group: str) -> tuple[re.Pattern[str], ...]:
    return tuple(compiled(rule["pattern"]) for rule in table("furniture")[group])


class _Marker:
    """One walk over the lines, from what is sure to what only touches it."""

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self.text, self.lines = text, lines
        self.marked: set[int] = set()
        self.kept: list[tuple[int, int]] = []
        self.facts: dict[str, str] = {}

    def run(self) -> Furniture:
        self._mark(i for i, line in enumerate(self.lines) if matches(line.text, "anywhere"))
        self._blocks()
        self._head()
        self._tail()
        return Furniture(list(self._spans()), self.facts)

    def _mark(self, indexes: Iterable[int]) -> None:
        self.marked.update(indexes)

    def _note(self, facts: Iterable[tuple[str, str] | None]) -> None:
        for fact in facts:
            if fact:
                self.facts.setdefault(*fact)

    def _blocks(self) -> None:
        for rule in table("furniture")["blocks"]:
            opening, closing = compiled(rule["open"]), compiled(rule["close"])
            for i, line in enumerate(self.lines):
                if i not in self.marked and opening.fullmatch(line.text):
                    ahead = range(i, min(i + _BLOCK_LINES, len(self.lines)))
                    end = next((j for j in ahead if closing.fullmatch(self.lines[j].text)), i)
                    self._mark(range(i, end + 1))

    def _head(self) -> None:
        head = self._head_lines()
        self._record(head)
        self._broken_breadcrumb(head)
        for i in head:
            if i not in self.marked and self._read_head_line(i):
                self.marked.add(i)
        self._repeated_title([i for i in head if i not in self.marked])

    def _head_lines(self) -> list[int]:
        """The lines before the first sentence; a summary among the labels is no sentence of the notice."""
        ahead = range(min(_HEAD_LINES, len(self.lines)))
        stop = next((i for i in ahead if self.lines[i].is_prose and not pairs(self.lines[i].text)), len(ahead))
        return list(range(stop))

    def _read_head_line(self, i: int) -> bool:
        line = self.lines[i]
        match = next((m for g in _HEAD_GROUPS if (m := matches(line.text, g))), None)
        if match:
            self._note(_fact(*item) for item in match.groupdict().items())
            return True
        return self._labels(line) or self._cells(line)

    def _labels(self, line: Line) -> bool:
        found = pairs(line.text)
        for pair in found:
            if pair.label.kept:
                self._keep(line, pair.start, pair.end)
        self._note(pair.fact(line.text) for pair in found)
        return bool(found)

    def _cells(self, line: Line) -> bool:
        """A row of a table: label, value, label, value."""
        raw = self.text[line.start : line.end]
        if "\t" in raw or "|" in raw:
            cells = [m.span() for m in re.finditer(r"[^\t|]*[^\t|\s][^\t|]*", raw)]
        else:
            cells = _words(line.text)
        names = [label_named(line.text[a:b]) for a, b in cells]
        if len(cells) < 2 or not names[0]:
            return False
        for (a, b), name, (start, end), value in zip(cells, names, cells[1:], names[1:], strict=False):
            if name and not value:
                self._value(line, line.text[a:b], start, end)
        return True

    def _value(self, line: Line, name: str, start: int, end: int) -> None:
        label = label_named(name)
        if label is None:
            return
        if label.kept:
            self._keep(line, start, end)
        value = line.text[start:end].strip()
        self._note([(label.fact, value if label.value != "date" else iso(value) or "")] if label.fact and value else [])

    def _keep(self, line: Line, start: int, end: int) -> None:
        """A title or number from the head stays in the notice unless the notice has it again."""
        value = re.sub(r"\s", "", line.text[start:end]).strip(":")
        if value and self._squeezed().count(value) < 2:
            self.kept.append((line.start + start, line.start + end))

    def _squeezed(self) -> str:
        return "\n".join(re.sub(r"\s", "", line.text) for line in self.lines)

    def _record(self, head: list[int]) -> None:
        """A table of labels each with its value in the next line."""
        labels = {i: found for i in head if (found := label_named(self.lines[i].text)) and found.record}
        if len({label.fact for label in labels.values()}) < _RECORD_LABELS:
            return
        for i in labels:
            self.marked.add(i)
            if i + 1 in head and not label_named(self.lines[i + 1].text) and not pairs(self.lines[i + 1].text):
                self.marked.add(i + 1)
                below = self.lines[i + 1]
                self._value(below, self.lines[i].text, 0, len(below.text))

    def _broken_breadcrumb(self, head: list[int]) -> None:
        """A breadcrumb with each step and each arrow on a line of its own."""
        start = next((i for i in head if re.fullmatch(r".{0,6}位置\s*:?", self.lines[i].text)), None)
        if start is None:
            return
        end, joined = start + 1, ""
        while end in head and end - start < 20:
            piece = self.lines[end].text
            if joined and not _CRUMB.match(piece) and not re.search(r"[>»›→]\s*$", joined):
                break
            joined, end = joined + piece, end + 1
        if re.search(r"[>»›→]", joined):
            self._mark(range(start, end))
            self._note([_fact("breadcrumb", joined)])

    def _repeated_title(self, head: list[int]) -> None:
        """The browser's title, and the steps before it, above the page's own: the last one is the notice's."""
        repeated = []
        for at, i in enumerate(head):
            below = head[at + 1 : at + 1 + _REPEAT_LINES]
            if any(_repeats(self.lines[i].text, self.lines[j].text) for j in below):
                repeated.append(i)
                self._note([("page_title", self.lines[i].text)])
        self._mark(repeated)
        home = next((i for i in sorted(self.marked) if matches(self.lines[i].text, "home")), None)
        if home is not None and repeated and 0 < repeated[-1] - home <= _REPEAT_LINES:
            steps = range(home, repeated[-1] + 1)
            self._mark(steps)
            self._note([_fact("breadcrumb", ">".join(self.lines[i].text for i in steps))])

    def _tail(self) -> None:
        tail = self._tail_lines()
        for i in tail:
            if matches(self.lines[i].text, "edge") or matches(self.lines[i].text, "tail"):
                self.marked.add(i)
        footer = next((i for i in tail if matches(self.lines[i].text, "footer")), None)
        if footer is not None:
            self._foot(tail, footer)

    def _tail_lines(self) -> list[int]:
        """The lines after the last sentence; a line that is surely of the foot is none."""
        start, first = len(self.lines), max(0, len(self.lines) - _TAIL_LINES)
        while start > first and not (self.lines[start - 1].is_prose and not self._is_foot(start - 1)):
            start -= 1
        return list(range(start, len(self.lines)))

    def _is_foot(self, i: int) -> bool:
        text = self.lines[i].text
        return i in self.marked or any(matches(text, group) for group in ("edge", "footer", "beside_footer"))

    def _foot(self, tail: list[int], footer: int) -> None:
        self._mark(range(footer, len(self.lines)))
        above = [i for i in tail if i < footer and i in self.marked]
        if above and footer - above[0] <= _FOOT_GAP:
            self._mark(range(above[0], footer))
        i = footer - 1
        while i in tail and (i in self.marked or matches(self.lines[i].text, "beside_footer")):
            self.marked.add(i)
            i -= 1

    def _leading(self) -> Iterator[tuple[int, int]]:
        """What a converter left at the start of lines that go on as the notice's."""
        for line in self.lines:
            match = matches(line.text, "leading") if line.text[0] in _DASHES else None
            if match:
                yield line.start + match.start("mark"), line.start + match.end("mark")

    def _spans(self) -> Iterator[tuple[int, int]]:
        yield from self._leading()
        for i in sorted(self.marked):
            yield from _without((self.lines[i].start, self.lines[i].end), self.kept)
        yield from (m.span() for m in _DEBRIS.finditer(self.text))


def _words(text: str) -> list[tuple[int, int]]:
    """The words of a row that lost its grid: two pairs of a label and a value, or more."""
    words = [m.span() for m in re.finditer(r"\S+[〕\])] \d+号|\S+", text)]
    return words if len(words) >= _ROW and len(words) % 2 == 0 else []


def _repeats(first: str, second: str) -> bool:
    """Whether a line is a later one again, with at most a site's name behind it."""
    if len(second) < 8 or not first.startswith(second):
        return False
    return first == second or bool(_SITE_NAME.fullmatch(first, len(second)))


def _without(span: tuple[int, int], kept: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    start, end = span
    for a, b in sorted(kept):
        if start <= a and b <= end:
            if a > start:
                yield start, a
            start = b
    if start < end:
        yield start, end


def _fact(name: str, value: str | None) -> tuple[str, str] | None:
    """A fact from a rule's named group: dates as ISO, breadcrumbs with one kind of arrow.

    >>> _fact("breadcrumb", "首页>> 概况 > 正文")
    ('breadcrumb', '首页 >> 概况 >> 正文')
    >>> _fact("breadcrumb", "首页 / 公开/共享 -> 正文")
    ('breadcrumb', '首页 >> 公开/共享 >> 正文')
    """
    if not value or not value.strip():
        return None
    if name == "breadcrumb":
        steps = [step.strip() for step in _CRUMB.split(value) if step.strip()]
        return name, " >> ".join(steps)
    found = iso(value) if name.endswith("_at") else value.strip()
    return (name, found) if found else None
