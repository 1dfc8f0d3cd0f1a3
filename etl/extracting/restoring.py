"""The subject that a statement leaves out: named in the clause, the line or the sentence before."""

from __future__ import annotations

import re

from etl.extracting.drafts import Draft, Sentence
from etl.extracting.locating import BRACKETS
from etl.extracting.naming import as_share, topic, with_topic
from etl.extracting.peeling import peel
from etl.extracting.rulebook import word_set
from etl.extracting.staged import rate_before

_OF_PLAN = re.compile("^(?:为|相当于)(?=[^，。]{0,6}(?:计划|任务|目标|预算)$)")
_OF_PLAN_VERB = re.compile("^(?:占|完成|为)")
_SPENT = re.compile("[，,]?(?:完成|实施|建设|新建|建成|修建|改造|用于|对)")
_TASK = re.compile("[^，。的]{0,6}(?:计划|任务|目标|预算|指标)(?:任务|投资|总量)?数?")
_SHARE_OF_PLAN = re.compile("占[^占]*(?:计划|任务|目标|预算|指标)[^占]{0,4}比重$")
_CLOSING = ("）", ")")
_IN_BRACKETS = re.compile(r"[（(]([^（()）\d]{2,20})[)）]")


def complete(sentence: Sentence, draft: Draft, noun: str) -> str:
    """A name that can't stand alone gets its subject; a share is named as one."""
    if len(noun) <= 2:
        noun = _line_above(sentence, draft) + noun
    noun = _OF_PLAN.sub("占", _of_task(draft, noun))
    if noun.startswith("恢复") and draft.mention.kind == "percent":
        return subject_of(sentence, draft).partition("占")[0] or noun
    rate = rate_before(sentence, draft, noun)
    if rate:
        draft.flags.append("ellipsis")
        return noun + rate
    if noun in word_set("place") and sentence.last and sentence.last.mention.unit == draft.mention.unit:
        draft.flags.append("ellipsis")
        return noun + _without_place(sentence.last.names[-1])
    needs_subject = noun.startswith("占") or (noun in word_set("bare") and not _spends(sentence, draft, noun))
    subject = (_in_front(draft, noun) or subject_of(sentence, draft)) if needs_subject else ""
    if "约占" in draft.lead:
        draft.head.bound, noun = draft.head.bound or "~", noun.replace("约占", "占")
    full = _SHARE_OF_PLAN.sub("", subject) + noun if noun.startswith("占") else with_topic(noun, subject)
    if draft.mention.kind == "percent" and not draft.change and ("占" in full or draft.shares):
        full = as_share(full)
    draft.flags += ["ellipsis"] * (full != noun)
    return full


def _of_task(draft: Draft, noun: str) -> str:
    """完成全年任务的96%: how far the statement before has come, not an indicator of its own."""
    if draft.lead.startswith("是") and draft.lead.endswith("的") and draft.mention.kind == "percent":
        return "占" + noun
    done = draft.mention.kind == "percent" and not (draft.change or draft.after)
    return "占" + noun if done and "完成" in draft.lead and _TASK.fullmatch(noun) else noun


def _spends(sentence: Sentence, draft: Draft, noun: str) -> bool:
    """投资100万元，完成…: what the money is for stands behind; 增加值增长8%，投资增长9% are two figures of a place."""
    last = sentence.last
    if noun == "投资" and draft.change and last and last.change and last.names[-1].endswith("增加值"):
        return True
    return noun.endswith("投资") and bool(_SPENT.match(sentence.text, draft.mention.tail))


def _without_place(name: str) -> str:
    """A name without the part of the place that it is said of (农村入园率)."""
    return name.removeprefix(max((word for word in word_set("place") if name.startswith(word)), key=len, default=""))


def _in_front(draft: Draft, noun: str) -> str:
    """公路计划完成投资: who a bare noun is said of stands before the hedge that was taken off."""
    hedge = draft.head.wording[0] if draft.head.wording else ""
    before, found, behind = draft.lead.partition(hedge) if hedge else ("", "", "")
    return topic(before) if found and noun in behind else ""


def earlier_name(sentence: Sentence, draft: Draft) -> str:
    """What a number without a noun of its own is said of."""
    found = _bracketed(sentence, draft) or subject_of(sentence, draft)
    planned = sentence.drafts[-1] if sentence.drafts else None
    if planned and planned.reject == "of-the-plan" and "占" in planned.lead:
        whose, _, plan = planned.lead.rpartition("占")
        found = topic(whose) or found
        return as_share(found + "占" + plan) if found else ""
    if planned and planned.reject == "of-the-plan" and found:
        return as_share(found + _OF_PLAN_VERB.sub("占", planned.lead))
    return found or _line_above(sentence, draft) or _sentence_before(sentence, draft)


def subject_of(sentence: Sentence, draft: Draft) -> str:
    """What the clause before speaks of, or the statement before."""
    text, at, previous = sentence.text, draft.clause - 1, _grown(sentence, draft)
    beside = sentence.drafts[-1] if sentence.drafts else None
    if beside and beside.reject == "whole" and beside.after and beside.after_end == at:
        return beside.after
    if previous is not sentence.last:
        return previous.names[-1] if previous else ""
    if at > sentence.start and text[at] in "，：:,":
        begin = sentence.layout.clause_start(at, sentence.start)
        found = topic(BRACKETS.sub("", text[begin:at])) if not previous or begin >= previous.end else ""
        if found and not found.endswith("等"):
            return found
    return _of_its_kind(sentence, draft, previous) if previous and previous.names else ""


def _of_its_kind(sentence: Sentence, draft: Draft, previous: Draft) -> str:
    """开工45套，开工率54%，建成26套: an amount behind a rate is said of the amount before it."""
    if sentence.text.startswith(_CLOSING, previous.end):
        return _outside_brackets(sentence)
    if previous.mention.kind == "percent" and draft.mention.kind not in ("percent", "point", "fold", "double"):
        alike = (d for d in reversed(sentence.drafts) if not d.reject and d.mention.unit == draft.mention.unit)
        previous = next(alike, previous)
    if previous.mention.kind == "person" and draft.head.name.endswith("投资"):
        things = (d for d in reversed(sentence.drafts) if not d.reject and d.mention.kind != "person")
        previous = next(things, previous)
    return previous.names[-1] if previous.names else ""


def _outside_brackets(sentence: Sentence) -> str:
    """达标48所（含教学点4个），达标率100%: what follows brackets is said of what stands before them."""
    outside = (d for d in reversed(sentence.drafts) if not (d.reject or sentence.text.startswith(_CLOSING, d.end)))
    found = next(outside, None)
    return found.names[-1] if found and found.names else ""


def _grown(sentence: Sentence, draft: Draft) -> Draft | None:
    """投资90亿元，占计划的94%，增长9%: what grows is what was measured, not its share."""
    last = sentence.last
    if last is None or not draft.change or draft.mention.unit != "%":
        return last
    is_share = last.mention.kind == "percent" and "ellipsis" in last.flags and not last.change
    earlier = [d for d in sentence.drafts if not d.reject and d is not last]
    return earlier[-1] if is_share and earlier and last.names[0].startswith(earlier[-1].names[-1]) else last


def _bracketed(sentence: Sentence, draft: Draft) -> str:
    """The name given in brackets behind the number (建成1圈(绕城高速圈))."""
    found = _IN_BRACKETS.match(sentence.text, draft.mention.tail)
    return found[1] if found and draft.head.acted else ""


def _line_above(sentence: Sentence, draft: Draft) -> str:
    """The open end of the line above, for a statement that begins its line; it is then part of the quote."""
    layout = sentence.layout
    start = layout.line_start(draft.clause)
    if draft.clause > start or start < 2:
        return ""
    above = sentence.text[layout.clause_start(start - 1, 0) : start - 1]
    if not 1 < len(above) <= 30 or re.search(r"\d", above):
        return ""
    draft.flags.append("linebreak")
    draft.start = start - 1 - len(above)
    return peel(above, False).name


def _sentence_before(sentence: Sentence, draft: Draft) -> str:
    """What the last statement of this line or the one before was about, when this one only has a verb."""
    earlier = sentence.earlier
    reached = earlier is not None and bool(earlier.change) and draft.lead.endswith("达到")
    if earlier is None or not (draft.head.acted or draft.change or reached):
        return ""
    line = sentence.layout.line_start(sentence.start)
    near = sentence.layout.line_start(max(0, line - 1)) <= earlier.start
    draft.confidence -= 0.2
    return earlier.names[-1] if near and earlier.names else ""
