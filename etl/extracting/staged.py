"""The rate that the clause before names for stages or places (入学率逐年提高，高中达96%，初中达99%)."""

from __future__ import annotations

import re

from etl.extracting.drafts import Draft, Sentence
from etl.extracting.naming import topic
from etl.extracting.rulebook import word_set

_RATE = re.compile(
    r"(?P<rate>[^，,。；：\d]{2,20}?(?:率|比例|比重|占比))(?:(?:逐年|稳步|不断|持续|明显|大幅|进一步)?(?:提高|提升|上升|增长|改善))?"
)
_CLAUSES = 4


def rate_before(sentence: Sentence, draft: Draft, noun: str) -> str:
    """The rate whose value for a stage or place a percentage is, empty where no clause names one."""
    alone = noun in word_set("stage") or noun in word_set("place")
    if not alone or draft.mention.kind != "percent" or draft.change:
        return ""
    at = draft.clause - 1
    for _ in range(_CLAUSES):
        if at <= sentence.start or sentence.text[at] not in "，,、：:":
            return ""
        begin = sentence.layout.clause_start(at, sentence.start)
        found = _RATE.fullmatch(sentence.text, begin, at)
        if found:
            return topic(found["rate"])
        at = begin - 1
    return ""
