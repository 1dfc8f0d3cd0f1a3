"""The signature block: who signs, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.parsing.dates import Dated, whole_date
from etl.parsing.names import is_body
from etl.parsing.page import Line, Page
from etl.parsing.rules import is_line_of, rule

_LAST = 4
"""How many of the last lines may hold a signature that was run into the text."""
_SHORTEST = 3
"""How long a signing body's name is at least: 学校 or 部门 alone is none."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Signing bodies with their places, the date with its place, and the lines of the block."""

    bodies: tuple[tuple[int, int], ...]
    date: Dated | None
    date_start: int
    date_end: int
    lines: tuple[int, ...]


def find_signature(page: Page, first: int) -> Signature | None:
    """The first line from `first` on that is only a date, with the bodies alone on the lines above it."""
    best: Signature | None = None
    for index in range(first, len(page.lines)):
        line = page.lines[index]
        if is_line_of("tail", line.text):
            break
        found = whole_date(line.text) if len(line.text) <= 24 else None
        if found is None:
            continue
        signed = _signed(page, index, found)
        if signed.bodies:
            return signed
        best = best or signed
    return best or _run_in(page, first)


def _run_in(page: Page, first: int) -> Signature | None:
    """The bodies and the date that the last lines end in, where a page ran the signature into its text."""
    for line in reversed(page.lines[max(first, len(page.lines) - _LAST) :]):
        match = rule("layout", "signed-in-line").pattern.search(line.text)
        found = whole_date(match["date"]) if match else None
        if match is None or found is None:
            continue
        at = line.start + match.start("bodies")
        names = [(at + m.start(), at + m.end()) for m in re.finditer(r"\S+", match["bodies"])]
        if all(is_body(page.view[start:end]) for start, end in names):
            return Signature(tuple(names), found, line.start + match.start("date"), line.start + match.end("date"), ())
    return None


def _signed(page: Page, index: int, found: Dated) -> Signature:
    lines, bodies = [index], list[tuple[int, int]]()
    above = index - 1
    while above >= 0 and index - above <= 12:
        names = bodies_alone(page.lines[above])
        if not names:
            break
        if names[0][0] == page.lines[above].start and _is_broken(page, above):
            names[0] = (page.lines[above - 1].start, names[0][1])
            lines, above = [above, *lines], above - 1
        bodies, lines = names + bodies, [above, *lines]
        above -= 1
    line = page.lines[index]
    shift = found.start
    return Signature(tuple(bodies), found, line.start + shift, line.start + found.end, tuple(lines))


def _is_broken(page: Page, index: int) -> bool:
    """Whether the name on a line begins on the line above, which is no name by itself."""
    if not index or rule("name_parts", "whose").pattern.match(page.lines[index].text):
        return False
    above, name = page.lines[index - 1], page.lines[index].text.split()[0]
    begins = rule("name_parts", "whose").pattern.match(above.text)
    whole = bool(re.fullmatch(r"[\u4e00-\u9fa5]{4,20}", above.text)) and not is_body(above.text)
    return bool(begins) and whole and is_body(above.text + name)


def bodies_alone(line: Line) -> list[tuple[int, int]]:
    """The bodies that a line consists of, `[]` when it holds anything else."""
    text = re.sub(r"\((?:代章|印章|盖章|章)\)", lambda m: " " * len(m.group()), line.text)
    spans = [(line.start + m.start(), line.start + m.end()) for m in re.finditer(r"[^\s、]+", text)]
    names = [line.text[s - line.start : e - line.start] for s, e in spans]
    return spans if spans and all(is_body(name) and len(name) >= _SHORTEST for name in names) else []
