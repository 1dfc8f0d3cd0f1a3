"""What a number is said of: the noun before it, behind it, or what the text spoke of before."""

from __future__ import annotations

from etl.extracting.changes import read_change
from etl.extracting.drafts import Draft, Sentence
from etl.extracting.naming import (
    COVERS,
    REACHES,
    TOWARDS,
    as_share,
    behind_list,
    of_each_so_many,
    subjects,
    with_grade,
    with_topic,
)
from etl.extracting.nouns import PREDICATE, without_modifier
from etl.extracting.respective import of_each, of_each_before, of_each_in_clause, stands_alone
from etl.extracting.restoring import complete, earlier_name, subject_of
from etl.extracting.rulebook import before_name, existing_verbs, word_set
from etl.extracting.series import inherit_change, measured, rates, share_work, take_series

_SHORT = 4
_SHORTEST_REACHED = 3
_PARTS = ("级", "类", "以上", "型", "性", "的")


def name(sentence: Sentence, draft: Draft) -> None:
    """Find the name, or the names, that a number is said of, and whether it is a change."""
    read_change(sentence, draft)
    listed = draft.head.share == "respectively" and of_each(draft.head.name)
    before = _acted_on(draft, draft.head.name if listed else behind_list(draft.head.name))
    if draft.after and before.endswith("等"):
        before = ""
        if draft.head.verbs and draft.head.verbs[0] in existing_verbs():
            draft.flags.append("borderline")
    if draft.mention.kind == "person" and before.startswith("惠及") and len(before) > _SHORTEST_REACHED:
        before = before.removeprefix("惠及")
        draft.head.verbs.append("惠及")
    before = "" if draft.after and TOWARDS.search(draft.lead) else without_modifier(before)
    takes_after = draft.head.acted or not before or draft.mention.kind == "count" or before.startswith("每")
    takes_after = takes_after or draft.made
    covered = COVERS.search(before) if draft.after and draft.mention.kind == "percent" else None
    if covered:
        draft.names, draft.end = [before[: covered.end()] + draft.after], draft.after_end
    elif draft.after and takes_after and (draft.mention.kind != "percent" or not before):
        _take_after(sentence, draft, before)
    elif before:
        _take_before(sentence, draft, before)
    elif draft.head.share == "respectively" and sentence.respective:
        _take_respective(sentence, draft)
    elif draft.continues and sentence.last:
        take_series(sentence, draft, sentence.last)
    else:
        _take_earlier(sentence, draft)
    if not draft.names:
        draft.reject = "no-name"


def _acted_on(draft: Draft, before: str) -> str:
    """For 打通与6省区的13条公路: the words before the number are a verb and what only describes, not a name."""
    if draft.after and (before.removeprefix("分别") in REACHES or draft.reaches):
        draft.head.verbs.append(before)
        draft.head.acted = True
        return ""
    if not draft.after or not draft.lead.endswith("的") or draft.head.acted:
        return before
    token = before_name().at(before, 0)
    if token and token.role == "act":
        draft.head.verbs.append(token.word)
    draft.head.acted = bool(token and token.role == "act") or (bool(draft.head.verbs) and len(before) <= _SHORT)
    return "" if draft.head.acted else before


def _take_after(sentence: Sentence, draft: Draft, subject: str) -> None:
    head, noun = draft.head, draft.after
    draft.end = draft.after_end
    shared = subjects(subject) if head.share == "each" and "、" in subject else []
    if head.verbs and subject and not head.acted:
        noun = (subject + "的" if draft.lead.endswith("的") else subject) + noun
    elif subject and not head.acted and len(subject) >= 4 and not draft.continues:
        noun = subject + noun
        draft.confidence -= 0.1
    elif draft.mention.kind == "person" and not head.acted and len(noun) <= 2:
        noun = subject_of(sentence, draft) + noun
    if subject and head.acted and noun in word_set("bare"):
        noun = with_topic(noun, subject)
    if draft.mention.kind == "percent" and head.scopes and PREDICATE.match(sentence.text, draft.after_end):
        noun = as_share(f"{noun}占{head.scopes[-1]}")
    share_work(sentence, draft)
    draft.names = [one + draft.after for one in shared] or [noun]
    draft.flags += ["distributive"] * bool(shared) + ["inverted"] * (draft.mention.kind == "percent")
    _share_verb(sentence, draft, draft.continues)


def _take_before(sentence: Sentence, draft: Draft, noun: str) -> None:
    head = draft.head
    shared = bool(head.share) or draft.mention.kind == "double"
    many = subjects(noun, respectively=bool(head.share)) if shared else rates(draft, noun)
    owed = _owed(sentence, draft, noun)
    if owed:
        draft.names, sentence.series, sentence.respective = owed[:1], owed[1:], owed
    elif len(many) < 2:
        draft.names = [complete(sentence, draft, noun)]
    elif head.share == "respectively" and not stands_alone(sentence, draft):
        draft.names, sentence.series, sentence.respective = many[:1], many[1:], many
    else:
        draft.names = sentence.respective = many
    draft.flags += ["distributive"] * (len(many) > 1)
    partial = draft.lead.startswith("其中") and sentence.last is not None
    draft.flags += ["ellipsis"] * partial
    carried = partial or (draft.continues and sentence.last is not None)
    if carried and sentence.last and len(draft.names) == 1 and draft.names[0].endswith(_PARTS):
        draft.names = [with_grade(draft.names[0], sentence.last.names[-1])]
    if draft.continues and sentence.last and len(draft.names) == 1:
        draft.names = [of_each_so_many(draft.names[0], sentence.last.names[-1])]
    _share_verb(sentence, draft, draft.continues or partial)


def _owed(sentence: Sentence, draft: Draft, noun: str) -> list[str]:
    """The names that 分别 still owes a value, of a group or of the statements before."""
    if noun.startswith(("分别占", "占")):
        return of_each_before(sentence, draft, noun.removeprefix("分别"))
    return of_each(noun) if draft.head.share == "respectively" or "分别" in noun else []


def _share_verb(sentence: Sentence, draft: Draft, shared: bool) -> None:
    """建设3个园区、4个小镇: the verb of the first holds for the others."""
    if shared and not draft.head.verbs and sentence.last:
        draft.head.verbs = list(sentence.last.head.verbs)


def _take_respective(sentence: Sentence, draft: Draft) -> None:
    """分别增长3%、5%，分别达到8吨、9吨: the second row of values is of the same subjects."""
    draft.names, sentence.series = sentence.respective[:1], sentence.respective[1:]
    draft.flags += ["distributive", "ellipsis"]


def _take_earlier(sentence: Sentence, draft: Draft) -> None:
    """A number without a noun of its own is said of what came before."""
    if sentence.last and draft.head.is_bare and draft.lead != "的":
        inherit_change(draft, sentence.last)
    respectively = draft.head.share == "respectively"
    each = respectively and (of_each_before(sentence, draft) or of_each_in_clause(sentence, draft))
    if each:
        draft.names, sentence.series, sentence.respective = each[:1], each[1:], each
        return
    found = earlier_name(sentence, draft)
    if found and sentence.last and draft.head.is_bare and found == sentence.last.names[-1]:
        found = measured(draft, sentence.last)
    draft.names = [found] if found else []
    draft.flags.append("ellipsis")
    draft.confidence -= 0.1
