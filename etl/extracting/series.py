"""Numbers that carry on a list: 分别增长3%、7%; 公路12条、80公里; values said of the statements before."""

from __future__ import annotations

import re

from etl.extracting.drafts import Draft, Sentence
from etl.extracting.naming import subjects

_SIZES = {
    **dict.fromkeys(("公里", "千米", "米"), "里程"),
    **dict.fromkeys(("亩", "公顷", "平方米", "平方公里", "万平方米", "万亩"), "面积"),
}
_WORK = re.compile(r"(?:[^的、]{2}化)?(?:建设|改造|治理|整治|修复|升级|加固|修缮|维修|更新)$")
_RATES = ("率", "满意度")
_SHORTEST_RATE = 2
_LONG_NAME = 6
_WORKED_ON = frozenset(("完成", "实施", "开展", "推进", "启动"))


def take_series(sentence: Sentence, draft: Draft, previous: Draft) -> None:
    """分别增长3%、7%: the next subject of the list, under the same verb."""
    head = draft.head
    if sentence.series or not (head.bound or head.linked or head.level):
        inherit_change(draft, previous)
    head.verbs = head.verbs or list(previous.head.verbs)
    head.bases = head.bases or list(previous.head.bases)
    head.scopes = head.scopes or list(previous.head.scopes)
    pair = [] if sentence.series else _two_subjects(draft, previous)
    if not pair and not sentence.series and "ellipsis" in previous.flags:
        pair = _pair(sentence, draft, previous)
    if pair:
        previous.names, previous.flags = pair[:1], ["distributive"]
    draft.names = [sentence.series.pop(0)] if sentence.series else pair[1:] or [measured(draft, previous)]
    draft.flags.append(
        "distributive" if pair or len(previous.names) != 1 or draft.names != previous.names else "ellipsis"
    )


def _two_subjects(draft: Draft, previous: Draft) -> list[str]:
    """甲收入和乙收入增长8%和9%: two values joined by 和 behind two subjects."""
    joined = draft.lead_in == "和" and draft.mention.unit == previous.mention.unit and len(previous.names) == 1
    names = subjects(previous.names[0], respectively=True) if joined else []
    return names if len(names) == 2 and min(map(len, names)) >= _LONG_NAME else []


def measured(draft: Draft, previous: Draft) -> str:
    """公路12条、80公里: the second number is how long they are."""
    name, size = previous.names[-1], _SIZES.get(draft.mention.unit or "", "")
    counted = previous.mention.kind == "count" and draft.mention.kind == "measure"
    return name + size if counted and not name.endswith(size or name) else name


def share_work(sentence: Sentence, draft: Draft) -> None:
    """完成5个乡镇、62个村的电网改造: what is done to the last is done to those before it."""
    work = _WORK.search(draft.after)
    previous = sentence.last
    if not (work and draft.continues and previous and _WORKED_ON & set(previous.head.verbs)):
        return
    _, _, tail = draft.after.rpartition("的")
    done = tail if tail != draft.after else work.group()
    previous.names = [name if _WORK.search(name) else name + done for name in previous.names]


def inherit_change(draft: Draft, previous: Draft) -> None:
    """The same verb of change holds for the next number of the same unit."""
    if draft.mention.unit == previous.mention.unit:
        draft.change = draft.change or previous.change
        draft.head.bound = draft.head.bound or previous.head.bound


def _pair(sentence: Sentence, draft: Draft, previous: Draft) -> list[str]:
    """The last two statements, with the same unit or parted by 分别, before a pair of values said of both."""
    accepted = [d for d in sentence.drafts[-8:] if not d.reject and d is not previous and d.names]
    accepted = [d for d in accepted if sentence.text[d.start - 1 : d.start] not in ("（", "(")]
    named = [d for d in accepted if not d.change]
    apart = previous.head.share == "respectively"
    same = [d for d in named[-2:] if apart or d.mention.unit == named[-1].mention.unit]
    fits = draft.change or apart or all(d.mention.unit == draft.mention.unit for d in same)
    return [d.names[0] for d in same] if fits and len(same) == 2 else []


def rates(draft: Draft, noun: str) -> list[str]:
    """入学率和巩固率达100%: one share said of two rates."""
    if draft.mention.kind != "percent" or draft.change:
        return [noun]
    names = subjects(noun)
    return names if all(len(name) > _SHORTEST_RATE and name.endswith(_RATES) for name in names) else [noun]
