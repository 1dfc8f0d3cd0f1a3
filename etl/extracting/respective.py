"""Lists that 分别 gives a value each: places or kinds named together, and the statements before."""

from __future__ import annotations

import re
from itertools import pairwise

from etl.extracting.drafts import Draft, Sentence
from etl.extracting.naming import as_share
from etl.extracting.peeling import peel

_GROUP = re.compile(
    r"(?P<list>[^，。；]+?、[^，。；]+?|[^，。；、]{1,12}[和与][^，。；、]{1,12}?)等?(?<!第)[一二两三四五六七八九十]+(?P<kind>[大个类家项种].{0,8}|[地市县区])"
)
_QUOTED_COUNT = re.compile("[“‘]?[一二两三四五六七八九十][大个类项种][^”’]{1,8}[”’]?$")
_ITEMS = re.compile("、|和(?=[^、和]*$)|与(?=[^、与]*$)")
_SHARES = frozenset(("percent", "point", "fold"))
_OPENING = ("（", "(")
_JOINED = ("、", "和", "，", "与", "及")


def of_each(noun: str) -> list[str]:
    """What each of a group counted together is called.

    >>> of_each("东城、西城和北城三个区分别实现产值")
    ['东城产值', '西城产值', '北城产值']
    >>> of_each("食品、衣着等两类价格"), of_each("企业三项费用")
    (['食品价格', '衣着价格'], [])
    """
    who, _, what = noun.partition("分别")
    found = _GROUP.fullmatch(who)
    if found is None:
        return []
    tail = peel(what, False).name if what else found["kind"].lstrip("大个类家项种")
    return [item + tail for item in _ITEMS.split(found["list"])]


def of_each_before(sentence: Sentence, draft: Draft, share: str = "") -> list[str]:
    """甲8亿元，乙5处，分别占计划的99%、98%: each value is said of a statement before."""
    count = _values_joined(sentence, draft)
    last = [d for d in sentence.drafts if not d.reject and d.names and d.mention.kind not in _SHARES]
    last = [d for d in last if sentence.text[d.start - 1 : d.start] not in _OPENING]
    named = [d.names[-1] for d in last][-count:] if count > 1 else []
    if len(named) < count or count < (2 if share else 3):
        return []
    return [as_share(name + share) if share else name for name in named]


def of_each_in_clause(sentence: Sentence, draft: Draft) -> list[str]:
    """起数、人数和损失“三项指数”，分别下降12%、9%和28%: the names are a list in the clause before."""
    text, at = sentence.text, draft.clause - 1
    if at <= sentence.start or text[at] not in "，,":
        return []
    listed = _QUOTED_COUNT.sub("", text[sentence.layout.clause_start(at, sentence.start) : at])
    names = _ITEMS.split(peel(listed, False).name)
    return names if len(names) == _values_joined(sentence, draft) > 1 else []


def stands_alone(sentence: Sentence, draft: Draft) -> bool:
    """Whether no other value is joined to a number (甲、乙分别下降10%): it is then that of each."""
    following = sentence.following(sentence.mentions.index(draft.mention))
    return following is None or sentence.text[draft.mention.tail] in "，。；\n"


def _values_joined(sentence: Sentence, draft: Draft) -> int:
    """How many numbers of one unit stand together from this one on."""
    count, place = 1, sentence.mentions.index(draft.mention)
    for mention, following in pairwise(sentence.mentions[place:]):
        if sentence.text[mention.tail : following.start] not in _JOINED or following.unit != draft.mention.unit:
            break
        count += 1
    return count
