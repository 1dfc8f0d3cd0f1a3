"""Whether a number states anything, or which rule says that it does not."""

from __future__ import annotations

import re

from etl.extracting.changes import change_behind
from etl.extracting.drafts import Draft, Sentence
from etl.extracting.locating import sizes
from etl.extracting.naming import COVERS, REACHES, TOWARDS
from etl.extracting.nouns import PREDICATE
from etl.extracting.rejecting import Place, lexical_reject
from etl.extracting.rejects import rules_for_aims
from etl.extracting.rulebook import word_set
from etl.extracting.standing import damaged, governed_by_conditions, in_title, listed

_RATE = re.compile(
    r"[^，；、。：\d]{2,20}(?:率|比例|比重|占比)(?:[均都]?(?:达|达到|为|保持在|稳定在|提高到|提升到|提升至|超过|不低于))?"
)
_BACK, _REACH = 300, 100


def reject(sentence: Sentence, draft: Draft, place: int) -> str:
    """The id of the rule that rejects a number, empty where none does."""
    mention, text = draft.mention, sentence.text
    reach = min(sentence.layout.clause_end(mention.tail), mention.tail + _REACH)
    farthest = mention.start - _BACK
    where = Place(text, max(sentence.start, farthest), max(draft.clause, farthest), reach)
    if mention.kind == "damaged" or damaged(sentence.layout.body, *draft.number):
        return "damaged"
    if in_title(text, mention, sentence.start):
        return "title-number"
    if governed_by_conditions(sentence.layout, mention.start):
        return "condition-chapter"
    if draft.head.is_bare and change_behind(text, mention.tail):
        return "restated"
    if _is_idle(text, draft):
        return "chinese-idle"
    if listed(draft.lead, mention, draft.head):
        return "listed"
    rule = lexical_reject(mention, draft.head, where)
    if rule in rules_for_aims() and sentence.past(mention.start):
        rule = ""
    return rule or ("whole" if _describes(sentence, draft, place) else "")


def _describes(sentence: Sentence, draft: Draft, place: int) -> bool:
    """Whether a number only describes the noun behind it."""
    mention, head = draft.mention, draft.head
    if _begins_rate(sentence, draft, place):
        return True
    if sentence.last and sentence.last.mention.tail <= mention.start < sentence.last.after_end:
        return True
    if not draft.after or _is_owned(draft) or _acts(sentence.text, draft):
        return False
    if mention.kind == "money" and head.bound and not (head.acted or head.name):
        return True
    if mention.kind == "money" and mention.low is not None and head.is_bare:
        return True
    attributive = sentence.text.startswith("的", mention.tail)
    following = sentence.following(place)
    counted = following is not None and following.start == draft.after_end and following.kind in ("count", "person")
    sized = bool(mention.bound) or mention.kind == "money" or attributive
    sized = sized or (following is not None and sizes(mention, following))
    if counted and sized and not draft.continues and mention.kind != "percent":
        return True
    if mention.kind == "count" and attributive and not head.acted:
        return True
    if draft.made:
        return False
    if head.acted or mention.kind in ("count", "times") or (mention.kind == "person" and (head.verbs or not head.name)):
        return False
    return bool(head.name) or (mention.kind != "percent" and not draft.continues and not head.verbs)


def _begins_rate(sentence: Sentence, draft: Draft, place: int) -> bool:
    """Whether a count only says whose rate the next number is: 2个断面水质达标率100%."""
    mention, following = draft.mention, sentence.following(place)
    if following is None or following.kind != "percent" or mention.kind != "count":
        return False
    if not (draft.head.is_bare or mention.bound in (">=", "<=")):
        return False
    return not draft.continues and bool(_RATE.fullmatch(sentence.text, mention.tail, following.start))


def _acts(text: str, draft: Draft) -> bool:
    """Whether the noun behind is who something is done to or who does it: 为300名老人体检, 12户商贩被取缔."""
    if draft.mention.kind == "person" and TOWARDS.search(draft.lead):
        return True
    return draft.mention.kind != "money" and not draft.head.name and bool(PREDICATE.match(text, draft.after_end))


def _is_owned(draft: Draft) -> bool:
    """Whether the noun behind is what the number measures: 每万人有2名医生, 产出9亿元产值, 覆盖80%的村."""
    if draft.mention.kind == "percent":
        return draft.head.name == "覆盖" or bool(COVERS.search(draft.head.name))
    if draft.head.name.removeprefix("分别") in REACHES or draft.reaches:
        return True
    rate = draft.head.name.startswith(("每万", "每千", "每百", "每十"))
    return rate or (draft.head.acted and draft.after in word_set("bare"))


def _is_epithet(text: str, draft: Draft) -> bool:
    """Whether a round Chinese number without a bound is part of a name (推进百亿斤产能建设)."""
    mention = draft.mention
    round_number = mention.han and set(text[mention.start : mention.end]) <= set("百千十")
    return round_number and mention.kind != "count" and bool(draft.after) and not (draft.head.bound or mention.bound)


def _is_idle(text: str, draft: Draft) -> bool:
    """A Chinese numeral without a verb, or a loose unit within a word, is no quantity."""
    mention, head = draft.mention, draft.head
    behind = text[mention.tail : mention.tail + 1]
    if _is_epithet(text, draft):
        return True
    if mention.strict and (behind.isalnum() or not (head.name or head.acted)):
        return True
    if not mention.han or mention.kind in ("double", "percent") or draft.continues:
        return False
    if behind in ("“", "‘"):
        return True
    if head.acted or head.bound or mention.bound or head.verbs:
        return False
    return behind.isalnum() or not (head.name or head.change or head.linked)
