"""Where sentences and clauses of a flow begin and end, and the items and chapters that they stand in."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from etl.document import Chapter, Parsed, Task
from etl.extracting.folding import Flow

_SENTENCE = re.compile("[。！？!?\n\t█]")
# A first character for all of them: the search then goes by it.
_CLAUSE = re.compile("[，；;：:。！？!?\n\t█（(）)…—,](?:(?<![—,])|(?<=—)—|(?<=,)(?:(?<!\\d,)|(?!\\d)))")
_NUMBERING = re.compile(
    r"(?=[一二三四五六七八九十（(第\d①-⑳—●■◆•*])(?:[一二三四五六七八九十]+[、是]|[（(][一二三四五六七八九十\d]{1,3}[）)]|第[一二三四五六七八九十百\d]+[条章节]"
    r"|\d{1,2}[.、](?!\d)|\d{1,2}\.(?=20\d\d年)|[①-⑳]|——|[●■◆•*])+"
)
_ITEM = re.compile(r"[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．]|[①-⑳]|[一二三四五六七八九十]{1,2}、|第")
_NEWLINE = re.compile("\n")
_LONGEST_LIST = 12
_DEEPEST = 32


@dataclass(frozen=True)
class Layout:
    """A flow with its boundaries; `body` is the text that it was made of."""

    flow: Flow
    parsed: Parsed
    body: str

    @cached_property
    def _sentence_ends(self) -> list[int]:
        return [match.end() for match in _SENTENCE.finditer(self.flow.text)]

    @cached_property
    def _clause_marks(self) -> list[int]:
        return [match.end() - 1 for match in _CLAUSE.finditer(self.flow.text)]

    def sentence_start(self, at: int) -> int:
        """Where the sentence around an offset begins."""
        ends = self._sentence_ends
        place = bisect_right(ends, at)
        return ends[place - 1] if place else 0

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence around an offset, with its end mark."""
        ends = self._sentence_ends
        place = bisect_right(ends, at)
        return ends[place - 1] if place else 0, ends[place] if place < len(ends) else len(self.flow.text)

    def clause_start(self, at: int, limit: int) -> int:
        """Where the clause of an offset begins; brackets that are closed are passed over."""
        text, marks = self.flow.text, self._clause_marks
        place = bisect_left(marks, at) - 1
        depth = 0
        while place >= 0 and marks[place] >= limit:
            mark = text[marks[place]]
            if mark in ")）":
                depth += 1
            elif mark in "(（" and depth:
                depth -= 1
            elif not depth:
                return self._after_numbering(marks[place] + 1)
            place -= 1
        return self._after_numbering(limit)

    def clause_end(self, at: int) -> int:
        """The first clause mark at or after an offset."""
        marks = self._clause_marks
        place = bisect_left(marks, at)
        return marks[place] if place < len(marks) else len(self.flow.text)

    def _after_numbering(self, at: int) -> int:
        if at and self.flow.text[at - 1] not in "\n\t。：:；;，—":
            return at
        match = _NUMBERING.match(self.flow.text, at)
        return match.end() if match else at

    def line_start(self, at: int) -> int:
        """Where the line of an offset begins."""
        return self._line_starts[bisect_right(self._line_starts, at) - 1]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _NEWLINE.finditer(self.flow.text))]

    @cached_property
    def _tasks(self) -> list[Task]:
        return sorted(self.parsed.tasks, key=lambda task: task.start)

    def task(self, at: int) -> Task | None:
        """The innermost numbered item around an offset."""
        place = bisect_right(self._task_starts, at)
        origin = self.flow.origin(at) if place else 0
        for task in reversed(self._tasks[max(0, place - _DEEPEST) : place]):
            if origin < task.end:
                return task
        return None

    @cached_property
    def _task_starts(self) -> list[int]:
        return [self.flow.place(task.start) for task in self._tasks]

    @cached_property
    def _chapter_bounds(self) -> list[int]:
        bounds = {bound for chapter in self.parsed.chapters for bound in (chapter.start, chapter.end)}
        return sorted(map(self.flow.place, bounds))

    @cached_property
    def _chapters_between(self) -> dict[int, list[Chapter]]:
        return {}

    def chapters(self, at: int) -> list[Chapter]:
        """The chapters around an offset, innermost first."""
        place = bisect_right(self._chapter_bounds, at)
        if place not in self._chapters_between:
            origin = self.flow.origin(at)
            around = [c for c in self.parsed.chapters if c.start <= origin < c.end]
            self._chapters_between[place] = sorted(around, key=lambda c: -c.level)
        return self._chapters_between[place]

    def item_start(self, at: int) -> int:
        """Where the numbered item of an offset begins, or else its line."""
        task = self.task(at)
        return self.flow.place(task.start) if task else self.line_start(at)

    def leading_line(self, at: int) -> str:
        """The line ending in a colon that announces the list in which an offset stands, else nothing."""
        start = self.line_start(at)
        if start not in self._leading_lines:
            self._leading_lines[start] = self._above(start)
        return self._leading_lines[start]

    @cached_property
    def _leading_lines(self) -> dict[int, str]:
        return {}

    def _above(self, start: int) -> str:
        text = self.flow.text
        for _ in range(_LONGEST_LIST):
            if not _ITEM.match(text, start) or start < 2:
                return ""
            end, start = start - 1, text.rfind("\n", 0, start - 1) + 1
            if text[end - 1] in ":：":
                return text[start:end]
        return ""
