"""What a number is said of: the noun before it, behind it, or what the text spoke of before."""

from __future__ import annotations

import re

from etl.extracting.drafts import Draft, Sentence
from etl.extracting.locating import BRACKETS, CHANGE_BEHIND
from etl.extracting.naming import PREDICATE, as_share, behind_list, subjects, topic, with_topic
from etl.extracting.peeling import peel
from etl.extracting.rulebook import before_name, existing_verbs, increases

_PARTS = ("级", "类", "以上", "型", "性", "的")
_IN_BRACKETS = re.compile(r"[（(]([^（()）\d]{2,20})[)）]")


def name(sentence: Sentence, draft: Draft) -> None:
    """Find the name, or the names, that a number is said of, and whether it is a change."""
    read_change(sentence, draft)
    before = _acted_on(draft, behind_list(draft.head.name))
    if draft.after and before.endswith("等"):
        before = ""
        if draft.head.verbs and draft.head.verbs[0] in existing_verbs():
            draft.flags.append("borderline")
    takes_after = draft.head.acted or not before or draft.mention.kind == "count"
    if draft.after and takes_after and (draft.mention.kind != "percent" or not before):
        _take_after(sentence, draft, before)
    elif before:
        _take_before(sentence, draft, before)
    elif draft.continues and sentence.last:
        _take_series(sentence, draft, sentence.last)
    else:
        _take_earlier(sentence, draft)
    if not draft.names:
        draft.reject = "no-name"


def _acted_on(draft: Draft, before: str) -> str:
    """For 打通与6省区的13条公路: the words before the number are a verb and what only describes, not a name."""
    token = before_name().at(before, 0) if draft.after and draft.lead.endswith("的") else None
    if token is None or token.role != "act" or draft.head.acted:
        return before
    draft.head.verbs.append(token.word)
    draft.head.acted = True
    return ""


def read_change(sentence: Sentence, draft: Draft) -> None:
    """Growth or fall, from the verb before, behind, or at the front of the name."""
    head, mention = draft.head, draft.mention
    draft.change = "" if head.level else head.change
    if mention.kind == "double":
        draft.change = "increase_by"
    if draft.change or head.level or mention.kind not in ("percent", "point", "fold"):
        return
    behind = CHANGE_BEHIND.match(sentence.text, mention.tail)
    verb = increases().tokens.get(head.verbs[-1]) if head.verbs else None
    if behind:
        draft.change = "increase_by" if behind["up"] else "decrease_by"
        draft.end = max(draft.end, behind.end())
    elif verb and not head.linked:
        draft.change = verb.sign
    else:
        _change_in_front(draft)


def _change_in_front(draft: Draft) -> None:
    """降低能耗5%: the verb of change stands before the noun."""
    head, front = draft.head, increases().at(draft.head.name, 0)
    if front and len(front.word) > 1 and len(head.name) > len(front.word):
        draft.change = front.sign
        head.name = head.name[len(front.word) :]
        head.bases.append(front.word)


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
        noun = _subject(sentence, draft) + noun
    if draft.mention.kind == "percent" and head.scopes and PREDICATE.match(sentence.text, draft.after_end):
        noun = as_share(f"{noun}占{head.scopes[-1]}")
    draft.names = [one + draft.after for one in shared] or [noun]
    draft.flags += ["distributive"] * bool(shared) + ["inverted"] * (draft.mention.kind == "percent")
    _share_verb(sentence, draft, draft.continues)


def _take_before(sentence: Sentence, draft: Draft, noun: str) -> None:
    head = draft.head
    shared = bool(head.share) or draft.mention.kind == "double"
    many = subjects(noun, respectively=bool(head.share)) if shared else [noun]
    if len(many) < 2:
        draft.names = [_complete(sentence, draft, noun)]
    elif head.share == "respectively":
        draft.names, sentence.series = many[:1], many[1:]
    else:
        draft.names = many
    draft.flags += ["distributive"] * (len(many) > 1)
    partial = draft.lead.startswith("其中") and sentence.last is not None
    draft.flags += ["ellipsis"] * partial
    if partial and sentence.last and len(draft.names) == 1 and draft.names[0].endswith(_PARTS):
        draft.names = [draft.names[0].removesuffix("的") + sentence.last.names[-1]]
    _share_verb(sentence, draft, draft.continues or partial)


def _share_verb(sentence: Sentence, draft: Draft, shared: bool) -> None:
    """建设3个园区、4个小镇: the verb of the first holds for the others."""
    if shared and not draft.head.verbs and sentence.last:
        draft.head.verbs = list(sentence.last.head.verbs)


def _complete(sentence: Sentence, draft: Draft, noun: str) -> str:
    """A name that can't stand alone gets its subject; a share is named as one."""
    if len(noun) <= 2:
        noun = _line_above(sentence, draft) + noun
    subject = _subject(sentence, draft)
    full = subject + noun if noun.startswith("占") else with_topic(noun, subject)
    if draft.mention.kind == "percent" and not draft.change and ("占" in full or draft.shares):
        full = as_share(full)
    draft.flags += ["ellipsis"] * (full != noun)
    return full


def _take_series(sentence: Sentence, draft: Draft, previous: Draft) -> None:
    """分别增长3%、7%: the next subject of the list, under the same verb."""
    head = draft.head
    if sentence.series or not (head.bound or head.linked or head.level):
        _inherit_change(draft, previous)
    head.verbs = head.verbs or list(previous.head.verbs)
    head.bases = head.bases or list(previous.head.bases)
    head.scopes = head.scopes or list(previous.head.scopes)
    pair = _pair(sentence, previous) if "ellipsis" in previous.flags and not sentence.series else []
    if pair:
        previous.names, previous.flags = pair[:1], ["distributive"]
    draft.names = [sentence.series.pop(0)] if sentence.series else pair[1:] or previous.names[-1:]
    draft.flags.append(
        "distributive" if pair or len(previous.names) != 1 or draft.names != previous.names else "ellipsis"
    )


def _inherit_change(draft: Draft, previous: Draft) -> None:
    if draft.mention.unit == previous.mention.unit:
        draft.change = draft.change or previous.change
        draft.head.bound = draft.head.bound or previous.head.bound


def _pair(sentence: Sentence, previous: Draft) -> list[str]:
    """The last two statements with the same unit, before a pair of values said of both."""
    accepted = [d for d in sentence.drafts[-8:] if not d.reject and d is not previous and d.names]
    named = [d for d in accepted if "ellipsis" not in d.flags]
    same = [d for d in named[-2:] if d.mention.unit == named[-1].mention.unit]
    return [d.names[0] for d in same] if len(same) == 2 else []


def _take_earlier(sentence: Sentence, draft: Draft) -> None:
    """A number without a noun of its own is said of what came before."""
    previous = sentence.last
    if previous and draft.head.is_bare:
        _inherit_change(draft, previous)
    found = _bracketed(sentence, draft) or _subject(sentence, draft)
    found = found or _line_above(sentence, draft) or _sentence_before(sentence, draft)
    draft.names = [found] if found else []
    draft.flags.append("ellipsis")
    draft.confidence -= 0.1


def _subject(sentence: Sentence, draft: Draft) -> str:
    """What the clause before speaks of, or the statement before."""
    text, at, previous = sentence.text, draft.clause - 1, sentence.last
    if at > sentence.start and text[at] in "，：:,":
        begin = sentence.layout.clause_start(at, sentence.start)
        found = topic(BRACKETS.sub("", text[begin:at])) if not previous or begin >= previous.end else ""
        if found:
            return found
    return previous.names[-1] if previous and previous.names else ""


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
    if earlier is None or not (draft.head.acted or draft.change):
        return ""
    line = sentence.layout.line_start(sentence.start)
    near = sentence.layout.line_start(max(0, line - 1)) <= earlier.start
    draft.confidence -= 0.2
    return earlier.names[-1] if near and earlier.names else ""
