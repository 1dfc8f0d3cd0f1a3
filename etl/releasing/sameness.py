"""Whether a row read now is the one that an id was given to: a score, the smaller the surer, or None."""

from __future__ import annotations

import re

from etl.claim import QUOTE_LENGTH, Claim
from etl.releasing.entry import WITHDRAWN, Entry

Score = tuple[float, ...]
_HALF = 0.5
_SIGNS = 40


def fingerprint(quote: str) -> str:
    """The first signs of a quote without white space: the same for a page laid out otherwise.

    >>> fingerprint("  农业科技\\n进步贡献率 ") == fingerprint("农业科技进步贡献率")
    True
    """
    return re.sub(r"\s+", "", quote[:QUOTE_LENGTH])[:_SIGNS]


def by_span(claim: Claim, entry: Entry) -> Score | None:
    """The two spans overlap in the same words, and label or value agree (or, without values, half of the extent)."""
    if claim.start is None or not _same_words(claim, entry):
        return None
    shared, label, value = _shared(claim, entry), claim.label == entry.label, claim.value == entry.value
    if entry.status == WITHDRAWN and not (label and value):
        return None
    agrees = (label and value) if shared < _HALF else (label or value)
    return (entry.status == WITHDRAWN, not label, not value, -shared) if agrees else None


def by_quote(claim: Claim, entry: Entry) -> Score | None:
    """The same words with the same value, wherever they stand now."""
    if claim.start is None or not claim.quote or claim.value != entry.value:
        return None
    label = claim.label == entry.label
    return (entry.status == WITHDRAWN, not label) if label or entry.status != WITHDRAWN else None


def by_label(claim: Claim, entry: Entry) -> Score | None:
    """A row that stands in no text, with the same label."""
    if claim.start is not None:
        return None
    value = claim.value == entry.value
    return (entry.status == WITHDRAWN, not value) if value or entry.status != WITHDRAWN else None


def _overlap(claim: Claim, entry: Entry) -> tuple[int, int]:
    return max(claim.start or 0, entry.start or 0), min(claim.end or 0, entry.end or 0)


def _shared(claim: Claim, entry: Entry) -> float:
    """Overlap over union of the two spans."""
    start, end = _overlap(claim, entry)
    union = max(claim.end or 0, entry.end or 0) - min(claim.start or 0, entry.start or 0)
    return (end - start) / union if union else 0.0


def _same_words(claim: Claim, entry: Entry) -> bool:
    """Whether both quotes read alike where the spans overlap: a shifted text overlaps by chance only."""
    start, end = _overlap(claim, entry)
    if end <= start:
        return False
    if not claim.quote and not entry.quote:
        return True
    ours = claim.quote[:QUOTE_LENGTH][start - (claim.start or 0) : end - (claim.start or 0)]
    theirs = entry.quote[start - (entry.start or 0) : end - (entry.start or 0)]
    length = min(len(ours), len(theirs))
    return length > 0 and ours[:length] == theirs[:length]
