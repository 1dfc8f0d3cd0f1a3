"""Where a number stands so that it says nothing: in a title, among conditions, damaged, or behind its list."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from etl.extracting.heads import Head
from etl.extracting.layout import Layout
from etl.extracting.measures import Mention
from etl.extracting.rulebook import rules_of

_LONGEST_TITLE = 120


def damaged(raw: str, start: int, end: int) -> bool:
    r"""Whether a number has lost a character: a break inside it, or a digit or point cut off before it.

    `raw` is the text as published, `start` and `end` the number's offsets there.

    >>> damaged("约4.\n3亿元", 4, 5), damaged("约1 200家", 3, 6), damaged("达\n30条", 2, 4)
    (True, True, False)
    """
    if "\n" in raw[start:end] or "█" in raw[start:end]:
        return True
    before = raw[start - 1 : start]
    if not before or not (before.isspace() or before in ".．"):
        return False
    cut = re.search(r"[\d０-９](?:[.．]\s*|\s+)$|[.．]$", raw[max(0, start - 8) : start])
    return bool(cut) and not _is_row_number(raw, start)


def _is_row_number(raw: str, start: int) -> bool:
    """Whether the line above holds nothing but a number (a cell of its own)."""
    above = raw[max(0, start - 40) : start].rstrip().rsplit("\n", 1)[-1].strip()
    return above.isdigit() and len(above) <= 4


def in_title(text: str, mention: Mention, sentence: int) -> bool:
    """Whether a number stands inside 《》."""
    sentence = max(sentence, mention.start - _LONGEST_TITLE)
    opened = text.rfind("《", sentence, mention.start)
    return opened >= 0 and opened > text.rfind("》", sentence, mention.start)


def listed(head_text: str, mention: Mention, head: Head) -> bool:
    """Whether the number only counts the names listed before it (甲、乙、丙3个县)."""
    acted = head.acted or (bool(head.verbs) and not mention.han)
    if mention.kind != "count" or acted or mention.value is None or "等" in head_text[-2:]:
        return False
    names = re.split("[、和与]", head.name)
    return len(names) == mention.value and len(names) > 1 and not head.share


@cache
def _conditions() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rule = next(rule for rule in rules_of("rejects") if rule["id"] == "condition-chapter")
    return re.compile(rule["chapter"]), re.compile(rule["lead"])


def governed_by_conditions(layout: Layout, at: int) -> bool:
    """Whether a number stands under a heading, or in a list under a line, that announces conditions."""
    for chapter in layout.chapters(at):
        if _names_conditions(chapter.title):
            return True
    leading = layout.leading_line(at)
    return bool(leading) and bool(_conditions()[1].search(leading))


@lru_cache(1024)
def _names_conditions(title: str) -> bool:
    return bool(_conditions()[0].search(title))
