"""To whom a paper speaks: the bodies before the first colon, or the people that a report greets."""

from __future__ import annotations

from etl.parsing.front import Front
from etl.parsing.names import Name, is_body, split_at
from etl.parsing.page import Page
from etl.parsing.rules import rule
from etl.parsing.titles import Title


def find_addressees(page: Page, front: Front, title: Title | None) -> tuple[Name, ...]:
    """The bodies before the first colon under the title."""
    shapes = [rule("layout", name).pattern for name in ("addressees", "addressees-run-in")]
    for index in range(front.stop, min(front.stop + 6, len(page.lines))):
        line = page.lines[index]
        start = _list_start(page, title, index)
        text = page.view[start : line.end].replace("\n", " ")
        found = next((match for shape in shapes if (match := shape.match(text))), None)
        if found and _names_bodies(found["list"]):
            return tuple(split_at(found["list"], ",;", start))
        if "。" in line.text:
            break
    return _without_colon(page, front, title)


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
        and (title is None or page.lines[first - 1].start >= title.end)
    ):
        first -= 1
    return page.lines[first].start
