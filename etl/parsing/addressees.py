"""To whom a paper speaks: the bodies before the first colon, or the people that a report greets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.parsing.brackets import Name, split_at
from etl.parsing.front import Front
from etl.parsing.markers import marker_of
from etl.parsing.names import is_body
from etl.parsing.page import Page
from etl.parsing.rules import rule
from etl.parsing.titles import Title

_REACH = 30
"""How many lines below the head the addressees may stand."""


def find_addressees(page: Page, front: Front, title: Title | None) -> tuple[Name, ...]:
    """The bodies before the first colon under the title."""
    for index in range(front.stop, min(front.stop + 6, len(page.lines))):
        found = _listed(page, title, index, ("addressees", "addressees-run-in", "bodies-run-in"))
        if found:
            return found
        if "。" in page.lines[index].text:
            break
    return _without_colon(page, front, title) or _below_summary(page, front, title)


def _listed(page: Page, title: Title | None, index: int, shapes: Sequence[str]) -> tuple[Name, ...]:
    """The bodies before the colon of line `index`, with the lines above that the list began on."""
    start = _list_start(page, title, index)
    text = page.view[start : page.lines[index].end].replace("\n", " ")
    found = next((match for name in shapes if (match := rule("layout", name).pattern.match(text))), None)
    return tuple(split_at(found["list"], ",;", start)) if found and _names_bodies(found["list"]) else ()


def _below_summary(page: Page, front: Front, title: Title | None) -> tuple[Name, ...]:
    """The bodies that a line consists of further down, where a site put a summary over the notice."""
    for index in range(front.stop, min(front.stop + _REACH, len(page.lines)) if title else 0):
        text = page.lines[index].text
        if marker_of(text) is not None or rule("layout", "annex-label").pattern.match(text):
            break
        found = _listed(page, title, index, ("addressees",)) if page.lines[index].text.startswith("各") else ()
        if found:
            return found
    return ()


def _names_bodies(text: str) -> bool:
    """Whether a list before a colon names bodies or people, and does not lead on to the text."""
    if rule("layout", "no-addressee").pattern.search(text):
        return False
    names = [word for name in split_at(text, "、,; ") for word in name.text.split()]
    return any(is_body(name) or rule("layout", "addressee").pattern.search(name) for name in names)


def _without_colon(page: Page, front: Front, title: Title | None) -> tuple[Name, ...]:
    """The bodies on the last line before the text, their colon lost."""
    above = [line for line in front.candidates if title is not None and line.start >= title.end]
    found = rule("layout", "addressees-colon-lost").pattern.match(above[-1].text) if above else None
    return tuple(split_at(found["list"], ",;", above[-1].start)) if found else ()


def find_salutation(page: Page, front: Front) -> str | None:
    """The people that a report greets before it begins."""
    for line in page.lines[: front.stop + 20]:
        greeting = rule("layout", "salutation").pattern.match(line.text)
        if greeting:
            return page.quote(line.start, line.start + greeting.end("list"))
    return None


def _list_start(page: Page, title: Title | None, index: int) -> int:
    """Where a list of addressees that runs over several lines begins."""
    first = index
    while (
        first
        and page.lines[first - 1].text[-1] in ",、;"
        and not re.search("[:。]", page.lines[first - 1].text)
        and (title is None or page.lines[first - 1].start >= title.end)
    ):
        first -= 1
    return page.lines[first].start
