"""What stands before a number, taken apart: comparator and verb from its right, scope and time from its left."""

from __future__ import annotations

from etl.extracting.ending import peel_ending
from etl.extracting.heads import Head
from etl.extracting.opening import peel_opening


def peel(text: str, verb_may_end: bool) -> Head:
    """The head of a number; `verb_may_end` where the things counted follow the number.

    >>> head = peel("力争2017年全市新增高新技术企业", False)
    >>> head.name, head.scopes, head.verbs
    ('高新技术企业', ['全市'], ['新增'])
    >>> head = peel("城镇化率比上年提高", False)
    >>> head.name, head.change, head.bases
    ('城镇化率', 'increase_by', ['比上年'])
    """
    head = Head(text)
    if not text:
        return head
    peel_ending(head, verb_may_end)
    peel_opening(head)
    return head
