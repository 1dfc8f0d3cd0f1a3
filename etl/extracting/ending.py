"""What stands right before a number: bound, verb, basis of comparison, read backwards from the number."""

from __future__ import annotations

import re
from functools import cache

from etl.extracting.heads import Head
from etl.extracting.rulebook import acts, any_of, before_number, hedges, patterns_of
from etl.extracting.words import Token

_COMPARED = re.compile(
    r"(?:比|较)(?!重|例|率|赛|值|大|好|强|高|多|快|为)[^，。；\d]*?(?:\d+[^，。；\d]*?)?(?P<how>高|低|多|少|快|慢)?(?:了|出)?"
)
_COMPARES = re.compile("(?<!占)[比较]$")
_WORDED = frozenset(("bound", "to", "keep", "link"))
_AT_END = frozenset(("开工", "开工建设", "竣工", "完工"))
_LONGEST_BASE = 24
_MORE = frozenset("高多快")


def peel_ending(head: Head, verb_may_end: bool) -> None:
    """Take bound words, verbs and bases off the end of a head."""
    text, end, words = head.name, len(head.name), before_number()
    while end:
        token = words.before(text, end)
        if token is None or not _take(head, token, verb_may_end):
            base = _base_before(text, end) or _compared(head, text[:end])
            if base is None:
                break
            head.bases.insert(0, base)
            head.rules.append("compared-with")
            end -= len(base)
            continue
        head.rules.append(token.rule)
        if token.role in _WORDED or token.word in hedges():
            head.wording.insert(0, token.word)
        end -= len(token.word)
        if token.role == "period" and _COMPARES.search(text, 0, end):
            head.bases.insert(0, text[end - 1] + token.word)
            end -= 1
    head.name = text[:end]


def _compared(head: Head, text: str) -> str | None:
    """A head that is nothing but a comparison: 较一季度 before a change, 比预算低."""
    found = _COMPARED.fullmatch(text) if text.startswith(("比", "较")) else None
    if not found or not (head.change or found["how"]):
        return None
    head.change = head.change or ("increase_by" if found["how"] in _MORE else "decrease_by")
    return text


def _take(head: Head, token: Token, verb_may_end: bool) -> bool:
    """Note what a token before the number means; False where it belongs to the name."""
    match token.role:
        case "kept":
            return False
        case "bound":
            head.bound = head.bound or token.sign
        case "to":
            head.level = True
        case "change":
            if not (head.level or head.change):
                head.change = token.sign
        case "keep" | "link":
            if token.word in acts() and verb_may_end:
                return _take_act(head, token, verb_may_end)
            head.linked = True
        case "share":
            head.share = head.share or token.sign
        case "base":
            head.bases.insert(0, token.word)
        case "act":
            return _take_act(head, token, verb_may_end)
    return True


def _take_act(head: Head, token: Token, verb_may_end: bool) -> bool:
    stands_alone = verb_may_end or token.rule == "verb-add" or token.word == head.name or token.word in _AT_END
    if head.acted or not (stands_alone or _behind_adverb(head.name, token.word)):
        return False
    head.acted = True
    head.verbs.insert(0, token.word)
    return True


def _behind_adverb(text: str, verb: str) -> bool:
    """Whether an adverb or 各, 均 stands before the last such verb, which is then no part of a noun."""
    token = before_number().before(text, text.rfind(verb))
    return token is not None and token.role in ("adverb", "share") and token.word not in ("并", "且", "则")


@cache
def _ends_in_base() -> re.Pattern[str]:
    return any_of("base", ending=r"\Z")


def _base_before(text: str, end: int) -> str | None:
    """A phrase like 比2015年 that ends at `end`."""
    start = max(0, end - _LONGEST_BASE)
    if not _ends_in_base().search(text, start, end):
        return None
    for pattern, _ in patterns_of("base"):
        for match in pattern.finditer(text, start, end):
            if match.end() == end:
                return match.group()
    return None
