"""Whether a number is a change: growth or fall, from the verb before, behind, or at the front of the name."""

from __future__ import annotations

import re

from etl.extracting.drafts import Draft, Sentence
from etl.extracting.rulebook import acts, increases

_CHANGE_BEHIND = re.compile(
    r"(?:的(?:速度|幅度))?(?:的)?(?:年均)?(?P<up>增长|递增|增速|增幅|提升|提高)|(?:的)?(?P<down>下降|降幅|降低|减少)"
)
_BEGINS = frozenset("的年增递提下降减")
_SHARES = frozenset(("percent", "point", "fold"))
_GROWS = frozenset(("净增", "净增加", "新增", "增加", "净增长"))
_NET = frozenset(("净增", "净增加", "净增长"))
_ADDED = frozenset(("增加", "减少", "扩大"))
_COMPARED = ("比", "较")


def change_behind(text: str, at: int) -> re.Match[str] | None:
    """A word of growth or fall that stands behind a number (5%的增速)."""
    return _CHANGE_BEHIND.match(text, at) if text[at : at + 1] in _BEGINS else None


def read_change(sentence: Sentence, draft: Draft) -> None:
    """Note the direction of a change in `draft.change`, empty for a level."""
    head, mention = draft.head, draft.mention
    if draft.lead.endswith("增收") and head.change and head.name and not head.name.endswith("收入"):
        head.name += "收入"
    draft.change = "" if head.level else head.change
    if mention.kind == "double":
        draft.change = "increase_by"
    if draft.change and mention.kind == "count" and head.name in acts():
        _act_of_two_verbs(draft)
    if draft.change or head.level:
        return
    if mention.kind not in _SHARES:
        _change_of_amount(draft)
        return
    behind = change_behind(sentence.text, mention.tail)
    verb = increases().tokens.get(head.verbs[-1]) if head.verbs else None
    if behind:
        draft.change = "increase_by" if behind["up"] else "decrease_by"
        draft.end = max(draft.end, behind.end())
    elif verb and not head.linked:
        draft.change = verb.sign
    else:
        _change_in_front(draft)


def _act_of_two_verbs(draft: Draft) -> None:
    """整改提升20家 counts what is done; nothing grows by twenty."""
    draft.change, draft.head.acted = "", True
    draft.head.verbs.append(draft.head.name)
    draft.head.name = ""


def _change_of_amount(draft: Draft) -> None:
    """比上年净增215元 is a growth, 减少贫困人口2万人 a fall; 增加学位300个 counts what is added."""
    head = draft.head
    compared = any(base.startswith(_COMPARED) for base in head.bases)
    if (compared and _GROWS & set(head.verbs)) or _grows_net(draft):
        draft.change = "increase_by"
        return
    front = head.name[:2]
    if front in _ADDED and len(head.name) > len(front) + 1:
        head.name = head.name.removeprefix(front)
        head.verbs.append(front)
    if "减少" in head.verbs and head.name:
        draft.change = "decrease_by"


def _grows_net(draft: Draft) -> bool:
    """企业净增30家 is a growth; 净增企业30家 counts what is added."""
    return draft.head.acted and not draft.after and bool(_NET & set(draft.head.verbs))


def _change_in_front(draft: Draft) -> None:
    """降低能耗5%: the verb of change stands before the noun."""
    head, front = draft.head, increases().at(draft.head.name, 0)
    if front and len(front.word) > 1 and len(head.name) > len(front.word) + 1:
        draft.change = front.sign
        head.name = head.name[len(front.word) :]
        head.bases.append(front.word)
