"""What stands before a number, taken apart: comparator and verb from its right, scope and time from its left."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from etl.extracting.rulebook import (
    Token,
    acts,
    adverbs,
    before_name,
    before_number,
    beside_only,
    patterns_of,
)

_COMPOUNDS = frozenset(("建设", "治理", "改造", "开发", "整治", "服务", "培训", "绿化", "监测", "检测", "处置", "保障"))
_COMPOUND_NOUNS = ("用地", "投资", "面积", "规模", "资金", "任务", "项目", "基地", "总")
_KEPT_WITH_NOUN = (
    *"和与及的率量额数性期者业费网房会班站员型式券卡证库",
    *("时限", "时间", "事项", "能力", "水平", "质量", "标准", "比例", "比重", "占比", "系数", "指数", "人数", "户数"),
)
_SHORT_MEASURE = re.compile(r".{0,3}[率量额数度值]$")


_ENDS = re.compile(r"^[、，的和及与]+|(?:[、，的]|(?<!惠)及|和|与)+$")
_ACTOR = re.compile(r"[^、]{2,12}?(?:将|要|拟|力争|计划|已经|已)(?:拟定|全面|重点|积极|再)?")


@dataclass(slots=True)
class Head:
    """A clause before its number: the noun that is left, and all that was taken off it."""

    name: str
    start: int = 0
    scopes: list[str] = field(default_factory=list)
    verbs: list[str] = field(default_factory=list)
    bases: list[str] = field(default_factory=list)
    bound: str = ""
    change: str = ""
    level: bool = False
    share: str = ""
    acted: bool = False
    linked: bool = False
    rules: list[str] = field(default_factory=list)

    @property
    def is_bare(self) -> bool:
        """Whether nothing at all stood before the number but separators."""
        return not (self.name or self.verbs or self.bound or self.change or self.level or self.linked)


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
    _peel_right(head, verb_may_end)
    _peel_left(head)
    return head


def _peel_right(head: Head, verb_may_end: bool) -> None:
    text, end = head.name, len(head.name)
    while end:
        token = before_number().before(text, end)
        if token is None or not _take(head, token, verb_may_end):
            base = _base_before(text, end)
            if base is None:
                break
            head.bases.insert(0, base)
            head.rules.append("compared-with")
            end -= len(base)
            continue
        head.rules.append(token.rule)
        end -= len(token.word)
    head.name = text[:end]


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
    stands_alone = verb_may_end or token.rule == "verb-add" or token.word == head.name
    if head.acted or not (stands_alone or _behind_adverb(head.name, token.word)):
        return False
    head.acted = True
    head.verbs.insert(0, token.word)
    return True


def _behind_adverb(text: str, verb: str) -> bool:
    """Whether an adverb or 各, 均 stands before the last such verb, which is then no part of a noun."""
    token = before_number().before(text, text.rfind(verb))
    return token is not None and token.role in ("adverb", "share") and token.word not in ("并", "且", "则")


def _base_before(text: str, end: int) -> str | None:
    """A phrase like 比2015年 that ends at `end`."""
    for pattern, _ in patterns_of("base"):
        for match in pattern.finditer(text, max(0, end - 24), end):
            if match.end() == end:
                return match.group()
    return None


def _peel_left(head: Head) -> None:
    """Take time, scope, verbs and joiners off the front of the name."""
    text, period = head.name, ""
    at = _behind_actor(text)
    verbs: list[str] = []
    while at < len(text):
        token = before_name().at(text, at) or _pattern_at(text, at)
        if token and token.role == "act" and not _may_leave(text, at, at + len(token.word), verbs):
            token = None
        if token is None:
            skip = adverbs().at(text, at)
            following = skip and _leads_to_verb(text, at + len(skip.word))
            if not skip or not following:
                break
            token = skip
        if token.role == "act":
            verbs.append(period + token.word)
        period = token.word if token.word == "全年" else ""
        _note_left(head, token)
        at += len(token.word)
        while text[at : at + 1] in ("、", "，") and at < len(text):
            at += 1
    if period:
        head.scopes.append(period)
    head.verbs = verbs + head.verbs
    head.name = _ENDS.sub("", text[at:])
    _drop_predicates(head)


def _drop_predicates(head: Head) -> None:
    """A name that is nothing but a verb, or that ends in one behind 并, names nothing."""
    last = head.name.rsplit("并", 1)[-1] if "并" in head.name else head.name
    head.acted = head.acted or bool(head.verbs and not head.name)
    if last in acts():
        head.verbs.append(last)
        head.name = ""
        head.acted = True


def _behind_actor(text: str) -> int:
    """Where the verb begins behind someone who will do it (某市将打通…), else 0."""
    found = None if before_name().at(text, 0) else _ACTOR.match(text)
    token = found and before_name().at(text, found.end())
    return found.end() if found and token and token.role == "act" else 0


def _note_left(head: Head, token: Token) -> None:
    if token.role == "scope":
        head.scopes.append(token.word)
    elif token.role == "base" and token.word not in ("年均", "人均"):
        head.bases.insert(0, token.word)
    elif token.role == "base":
        head.bases.append(token.word)
    head.rules.append(token.rule)


def _may_leave(text: str, start: int, end: int, verbs: list[str]) -> bool:
    """Whether a verb at the front is one, and not the beginning of a noun (建设用地, 培训合格率)."""
    if len(verbs) >= 3 or text.startswith(_KEPT_WITH_NOUN, end) or text[start:end] in beside_only():
        return False
    if text[start:end] in _COMPOUNDS and text.startswith(_COMPOUND_NOUNS, end):
        return False
    return end == len(text) or text[start:end] not in _COMPOUNDS or not _SHORT_MEASURE.match(text, end)


def verb_at(text: str, at: int) -> str:
    """The verb that begins a statement of its own at a place, empty where there is none.

    >>> verb_at("新增人才", 0), verb_at("授权量", 0)
    ('新增', '')
    """
    token = before_name().at(text, at)
    if token is None or token.role != "act" or not _may_leave(text, at, at + len(token.word), []):
        return ""
    return token.word


def _leads_to_verb(text: str, at: int) -> bool:
    token = before_name().at(text, at)
    if token:
        return token.role in ("act", "scope", "base")
    skip = adverbs().at(text, at)
    return bool(skip) and _leads_to_verb(text, at + len(skip.word)) if skip else False


def _pattern_at(text: str, at: int) -> Token | None:
    """A time or scope phrase that starts at `at`."""
    for role in ("period", "scope", "base"):
        for pattern, rule in patterns_of(role):
            match = pattern.match(text, at)
            if match and match.end() > at:
                return Token(match.group(), role, "", rule)
    return None
