"""What stands before a name: time, scope, verbs and joiners, read from the left."""

from __future__ import annotations

import re

from etl.extracting.heads import Head
from etl.extracting.leads import SO_FAR, SO_FAR_SIGNS, behind_actor, behind_aim
from etl.extracting.rulebook import acts, adverbs, any_of, before_name, beside_only, hedges, patterns_of
from etl.extracting.words import Token

_COMPOUNDS = frozenset(
    ("发展", "建设", "治理", "改造", "开发", "整治", "服务", "培训", "绿化", "监测", "检测", "处置", "保障", "帮扶")
)
_COMPOUND_NOUNS = ("用地", "投资", "面积", "规模", "资金", "任务", "项目", "基地", "总")
_KEPT_WITH_NOUN = re.compile(
    "[和与及的率量额数值性期者业费网房会班站员型式券卡库]|证(?!照)|时限|时间|事项|能力|水平|质量|标准|比例|比重|占比|系数|指数|人数|户数|速度|基金"
)
_SHORT_MEASURE = re.compile(r".{0,3}[率量额数度值]$")


_JOINERS = re.compile("和|与|及|并|或|以及")
_YEAR_AT_END = re.compile(r"(?<=..)(?:19|20)\d\d年[底末]?$")
_ENDS = "、，的和及与"
_PHRASES = ("period", "scope", "base")


def peel_opening(head: Head) -> None:
    """Take time, scope, verbs and joiners off the front of the name."""
    text, period = head.name, ""
    at = behind_aim(text) or behind_actor(text)
    verbs: list[str] = []
    said = [text[at - 2 : at]] if at and text[:at].endswith(tuple(hedges())) else []
    words = before_name()
    while at < len(text):
        at += text[at] in "“‘" and _without_stray_quote(text[at:]) != text[at:]
        token = words.at(text, at) or _pattern_at(text, at)
        if token and token.role == "act" and not _may_leave(text, at, at + len(token.word), verbs):
            token = None
        if token and token.role == "whole-word":
            break
        if token is None:
            skip = adverbs().at(text, at)
            following = skip and _leads_to_verb(text, at + len(skip.word))
            if not skip or not following:
                actor = 0 if verbs or not at else behind_actor(text[at:])
                at += actor
                if not actor:
                    break
                continue
            token = skip
        if token.role == "act":
            verbs.append(period + token.word)
        said += [token.word] * (token.word in hedges())
        period = token.word if token.word == "全年" else ""
        _note_left(head, token)
        at += len(token.word)
        at = _behind_joiner(text, at)
    if period:
        head.scopes.append(period)
    if verbs:
        head.verbs = verbs + head.verbs
    if said:
        head.wording = said + head.wording
    head.name = _bare(_without_stray_quote(text[at:]))
    _drop_predicates(head)
    head.name = _so_far(head.name)


def _so_far(name: str) -> str:
    """What is said of a project behind the date that it has come to, with the project before it.

    >>> _so_far("水系项目截至11月底已完成投资"), _so_far("水系项目")
    ('水系项目投资', '水系项目')
    """
    found = None if SO_FAR_SIGNS.isdisjoint(name) else SO_FAR.match(name)
    if found is None:
        return name
    rest = Head(name[found.end() :])
    peel_opening(rest)
    return found["who"].rstrip("，") + rest.name


def _bare(name: str) -> str:
    """A name without joiners and separators at its ends (惠及 aside).

    >>> _bare("和企业数的"), _bare("产业惠及"), _bare("产业及")
    ('企业数', '产业惠及', '产业')
    """
    name = _YEAR_AT_END.sub("", name.lstrip(_ENDS)) if name.endswith(("年", "底", "末")) else name.lstrip(_ENDS)
    kept = name.rstrip(_ENDS)
    return kept + "及" if kept.endswith("惠") and name.startswith("及", len(kept)) else kept


def _behind_joiner(text: str, at: int) -> int:
    """Where the next word begins behind 、, or behind 和 where it joins two verbs (新建和改扩建)."""
    while at < len(text) and text[at] in "、，":
        at += 1
    joined = _JOINERS.match(text, at) if at < len(text) else None
    token = joined and before_name().at(text, joined.end())
    return joined.end() if joined and token and token.role == "act" else at


def _without_stray_quote(name: str) -> str:
    """A name without a quotation mark that is opened and never closed."""
    return name[1:] if name[:1] in ("“", "‘") and not ("”" in name or "’" in name) else name


def _drop_predicates(head: Head) -> None:
    """A name that is nothing but a verb, or that ends in one behind 并, names nothing."""
    last = head.name.rsplit("并", 1)[-1] if "并" in head.name else head.name
    head.acted = head.acted or bool(head.verbs and not head.name)
    if last in acts():
        head.verbs.append(last)
        head.name = ""
        head.acted = True


def _note_left(head: Head, token: Token) -> None:
    if token.role == "share":
        head.share = head.share or token.sign
    elif token.role == "scope":
        head.scopes.append(token.word)
    elif token.role == "base" and token.word not in ("年均", "人均"):
        head.bases.insert(0, token.word)
    elif token.role == "base":
        head.bases.append(token.word)
    head.rules.append(token.rule)


def _may_leave(text: str, start: int, end: int, verbs: list[str]) -> bool:
    """Whether a verb at the front is one, and not the beginning of a noun (建设用地, 培训合格率)."""
    if len(verbs) >= 3 or text[start:end] in beside_only():
        return False
    if _KEPT_WITH_NOUN.match(text, end):
        return _behind_joiner(text, end) > end
    if text.startswith(("面积", "产量"), end) and text[start] not in "新净":
        return text[start:end] in ("完成", "实现", "达到", "增加", "扩大")
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
    if not any_of(*_PHRASES).match(text, at):
        return None
    for role in _PHRASES:
        for pattern, rule in patterns_of(role):
            match = pattern.match(text, at)
            if match and match.end() > at:
                return Token(match.group(), role, "", rule)
    return None
