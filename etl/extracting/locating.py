"""Where a number's statement begins and ends: its clause, its head, the noun behind its unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from etl.extracting.changes import change_behind
from etl.extracting.drafts import Draft, Sentence
from etl.extracting.measures import Mention
from etl.extracting.naming import last_piece, strip_series
from etl.extracting.nouns import after_noun
from etl.extracting.opening import verb_at
from etl.extracting.peeling import peel
from etl.extracting.rulebook import before_number, word_at_end

BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_SEPARATORS = frozenset("、和及与以并或，,")
_SEEN_THROUGH = frozenset(("whole", "baseline", "damaged", "chinese-idle", "per-unit"))
_JOINED_NOUN = re.compile(r".{2,}(?:和|与|及|以及)(?P<bound>近|约|超|超过|逾|)")
_FARTHEST = 120
_LONGEST_NOUN = 60
_MEASURED = frozenset(("money", "percent", "measure"))
_LISTED = frozenset(("measure", "person"))
_SHARES = frozenset(("percent", "point", "fold", "double", "ratio"))


@dataclass(frozen=True, slots=True)
class Baseline:
    """The value that a change begins at, where 由 stands, and what stands between it and the new value."""

    value: float
    start: int
    ending: str


def locate(sentence: Sentence, place: int) -> Draft:
    """A mention with its clause, its head and the noun behind it."""
    mention, text = sentence.mentions[place], sentence.text
    baseline = _baseline_before(sentence, mention)
    taken = _taken(sentence, mention)
    limit = taken.reach if taken else sentence.start
    clause = sentence.layout.clause_start(mention.start, max(limit, sentence.start, mention.start - _FARTHEST))
    written = text[clause : baseline.start] + baseline.ending if baseline else text[clause : mention.start]
    lead, joined = strip_series(written)
    lead_in = written[: len(written) - len(lead)]
    after, after_end = _behind(sentence, place)
    whole = last_piece(lead)
    lead = _of_its_own(whole) if after and mention.kind != "percent" else whole
    if not after and lead.endswith("的"):
        after = _shared_noun(sentence, place)
    head = peel(BRACKETS.sub("", lead) if ")" in lead or "）" in lead else lead, bool(after))
    if lead != whole:
        head.verbs, head.acted = [verb_at(whole, 0)], True
    start = _trimmed(text, clause) if baseline else mention.start - len(lead)
    number = sentence.layout.flow.span(mention.start, mention.end)
    draft = Draft(mention, head, lead, start, mention.tail, clause, after, after_end, number)
    draft.baseline = baseline.value if baseline else None
    draft.lead_in = lead_in
    draft.continues = joined and sentence.last is not None and clause == limit
    return draft


def _taken(sentence: Sentence, mention: Mention) -> Draft | None:
    """The last statement that no later one may reach into; a rate's name may hold an age (65岁以上老年人健康管理率)."""
    for draft in reversed(sentence.drafts):
        aged = draft.reject == "eligible-age" and (mention.kind == "percent" or draft.lead.startswith("每"))
        if not aged and draft.reject not in _SEEN_THROUGH:
            return draft
    return None


def _of_its_own(lead: str) -> str:
    """改造燃气和近9公里供热管网: what 和 joins to the number's noun has no number and is left aside."""
    found = _JOINED_NOUN.fullmatch(lead)
    return found["bound"] if found and verb_at(lead, 0) else lead


def _trimmed(text: str, at: int) -> int:
    while text[at] in _SEPARATORS:
        at += 1
    return at


@cache
def _baseline() -> re.Pattern[str]:
    words = [w for w, t in before_number().tokens.items() if t.role in ("to", "bound") and w[-1] in "到至为"]
    to = "|".join(sorted(words, key=len, reverse=True))
    return re.compile(
        r"(?:由|从)[^，。；、\d]{0,12}(?:(?:19|20)\d\d年底?)?[^，。；、\d]{0,8}(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)"
        rf"[^\d，。；、]{{0,12}}?(?P<to>{to})(?:(?:19|20)\d\d年的?)?(?P<post>[^\d，。；、]{{0,6}})$"
    )


def _baseline_before(sentence: Sentence, mention: Mention) -> Baseline | None:
    """For 由A提高到B: A, which is then no statement of its own."""
    first = max(0, mention.start - _FARTHEST)
    if sentence.text.find("由", first, mention.start) < 0 and sentence.text.find("从", first, mention.start) < 0:
        return None
    whole = max(sentence.layout.clause_start(mention.start, sentence.start), mention.start - _FARTHEST)
    written = sentence.text[whole : mention.start]
    found = _baseline().search(written) if "由" in written or "从" in written else None
    if not found:
        return None
    start = whole + found.start()
    for draft in reversed(sentence.drafts):
        if draft.mention.start < start:
            break
        draft.reject = "baseline"
    post = "" if found["post"].startswith("每") else found["post"]
    return Baseline(float(found["number"].replace(",", "")), start, found["to"] + post)


def _behind(sentence: Sentence, place: int) -> tuple[str, int]:
    """The noun behind a unit, up to the next number that is a statement of its own."""
    mention = sentence.mentions[place]
    if not _may_own(sentence.text, mention):
        return "", mention.tail
    end = min(sentence.layout.clause_end(mention.tail), mention.tail + _LONGEST_NOUN)
    end = _end_of_noun(sentence, place, end)
    noun, stop = _without_measure(sentence, place, *after_noun(sentence.text, mention.tail, end))
    return ("", mention.tail) if not noun or _lost_separator(sentence, place, stop) else (noun, stop)


def _without_measure(sentence: Sentence, place: int, noun: str, stop: int) -> tuple[str, int]:
    """75家龙头企业销售收入18亿元: what the second number measures is no part of the first one's noun."""
    following = sentence.following(place)
    if following is None or following.start != stop or following.kind not in _MEASURED:
        return noun, stop
    own = word_at_end("bare", noun, 2)
    bare = noun.removesuffix(own).removesuffix("年") if own else noun
    return bare, stop - (len(noun) - len(bare))


def _shared_noun(sentence: Sentence, place: int) -> str:
    """For 淘汰的5台、12吨锅炉: the noun behind the next number, which both share."""
    mention, following = sentence.mentions[place], sentence.following(place)
    if following is None or following.start != mention.tail + 1 or sentence.text[mention.tail] not in "、和":
        return ""
    return _behind(sentence, place + 1)[0]


def _may_own(text: str, mention: Mention) -> bool:
    """Whether a noun can belong to a number: not behind a share, unless as in 60%以上的专利."""
    if mention.kind not in _SHARES:
        return True
    owned = mention.kind == "percent" and text.startswith("的", mention.tail)
    return owned and not change_behind(text, mention.tail)


def _end_of_noun(sentence: Sentence, place: int, end: int) -> int:
    for later in range(place + 1, min(place + 4, len(sentence.mentions))):
        following = sentence.mentions[later]
        if following.start >= end:
            break
        if not _describes(sentence, later, end):
            return following.start
    return end


def _describes(sentence: Sentence, later: int, end: int) -> bool:
    """Whether a later number only describes the noun behind an earlier one (3个产值超百亿元的集群)."""
    mention, earlier = sentence.mentions[later], sentence.mentions[later - 1]
    between = sentence.text[earlier.tail : mention.start]
    if between[:1] in _SEPARATORS or mention.kind == "count":
        return False
    if between[-1:] in _SEPARATORS and (mention.kind == earlier.kind or mention.kind in _LISTED):
        return False
    noun, _ = after_noun(sentence.text, mention.tail, end)
    return bool(noun) and not peel(between, True).acted


def sizes(mention: Mention, following: Mention) -> bool:
    """Whether a measure before a plain count is the size of what is counted (日产5万吨水厂1座)."""
    return mention.kind == "measure" and following.kind == "count" and not re.match("[万亿千百]", following.unit or "")


def _lost_separator(sentence: Sentence, place: int, stop: int) -> bool:
    """Whether the noun behind a unit is the name of the next number, the comma between them lost."""
    mention, following = sentence.mentions[place], sentence.following(place)
    if following is None or following.start != stop or mention.bound or mention.kind == "money":
        return False
    if sizes(mention, following):
        return False
    start = max(sentence.layout.clause_start(mention.start, sentence.start), mention.start - _FARTHEST)
    lead = sentence.text[start : mention.start]
    return bool(lead) and not peel(lead, True).acted
