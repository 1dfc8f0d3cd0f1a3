"""Headings: where the title of a numbered line ends, and lines that are headings without a number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.parsing.bodies import is_role_line
from etl.parsing.dates import whole_date
from etl.parsing.front import is_noise
from etl.parsing.markers import Marker, marker_of
from etl.parsing.names import is_body
from etl.parsing.page import ENDS, Line, Page, width
from etl.parsing.rules import rule, table

_LOOK_AHEAD = 400
_LONGEST_LAST = 25
"""How long a heading may be on the last line of a text."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The end of a heading's title, whether text follows in the same paragraph, and whether it must hold something."""

    end: int
    run_in: bool
    opens: bool = False


def heading_at(page: Page, index: int, start: int, marker: Marker) -> Heading | None:
    """The heading whose title starts at `start` in line `index`, `None` where the line is a sentence or a clause."""
    end = min(_block_end(page, index), start + _LOOK_AHEAD)
    text = page.view[start:end]
    if "\n" in text:
        text = re.sub(r"[ \t\r]*\n\s*", lambda m: "\x1f" * len(m.group()), text)
    for shape in table("headings"):
        match = shape.pattern.match(text) if marker.heads or not shape.fields.get("heads") else None
        if match and shape.fields["run_in"] and _is_next(text[match.end() :], marker):
            return None
        if match and shape.id == "full-stop" and _only_bodies(text[match.end() :]):
            return None
        if match and not (marker.heads and _is_sentence(page, index, shape.id, match["title"])):
            return Heading(
                start + len(match["title"].rstrip(" |")), bool(shape.fields["run_in"]), bool(shape.fields.get("opens"))
            )
    return None


def _is_next(text: str, marker: Marker) -> bool:
    """Whether what follows a first sentence is the next item of the list, and no text of this one."""
    following = marker_of(text)
    return following is not None and following.shape == marker.shape and following.value == marker.value + 1


def _only_bodies(text: str) -> bool:
    """Whether nothing but a bracket with who does it follows a sentence: then the sentence is the item itself."""
    return re.fullmatch(r"[(〔【](?:[^()〔〕【】。]|\([^()]{1,20}\))+[)〕】][。\s]*", text) is not None


def _is_sentence(page: Page, index: int, shape: str, title: str) -> bool:
    """Whether a title is none: it rules something, or it is a long last line that the excerpt's end cut."""
    cut = shape == "whole" and index == len(page.lines) - 1 and (len(title) > _LONGEST_LAST or is_open(title))
    return cut or any(shape.pattern.search(title) for shape in table("no_headings"))


def is_open(text: str) -> bool:
    """Whether a quotation or a bracket is opened that a text does not close.

    >>> is_open("关于“加大力度落实‘米袋子’"), is_open("落实“米袋子”责任")
    (True, False)
    """
    return any(text.count(sign) > text.count(end) for sign, end in ("“”", "《》", "()", "‘’"))


def _block_end(page: Page, index: int) -> int:
    """The end of the line, or of the next ones where the text was wrapped inside the title."""
    last = index
    while last - index < 4 and _goes_on(page, last):
        last += 1
    return page.lines[last].end


def _goes_on(page: Page, index: int) -> bool:
    line = page.lines[index]
    if not page.wrapped or index + 1 >= len(page.lines) or line.text[-1] in ENDS:
        return False
    if width(line.text) < page.wrapped * 0.85 and "。" not in line.text:
        return False
    return marker_of(page.lines[index + 1].text) is None


def is_bare_heading(page: Page, index: int) -> bool:
    """Whether an unnumbered line is a heading: short, between a closed paragraph and prose."""
    line = page.lines[index]
    if page.wrapped or not 4 <= len(line.text) <= 32 or not _is_plain(line):
        return False
    before = page.lines[index - 1].text if index else ""
    after = page.lines[index + 1].text if index + 1 < len(page.lines) else ""
    return (not before or before[-1] in "。!?”)") and _is_prose(after)


def _is_plain(line: Line) -> bool:
    text = line.text
    if re.search(r"[。;!?\t]|:$|^[(—【《]", text) or text.count(",") > 1 or marker_of(text) is not None:
        return False
    if is_noise(text) or whole_date(text) or is_role_line(text) or rule("layout", "annex-label").pattern.match(text):
        return False
    return not any(is_body(word) for word in text.split())


def _is_prose(text: str) -> bool:
    marker = marker_of(text)
    return (len(text) >= 30 and "。" in text) or (marker is not None and "。" in text)
