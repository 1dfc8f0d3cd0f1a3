"""The numbers of a text, read sentence by sentence from left to right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from etl.extracting.drafts import Draft, Past, Sentence
from etl.extracting.judging import reject
from etl.extracting.layout import Layout
from etl.extracting.locating import locate
from etl.extracting.measures import Mention
from etl.extracting.subjects import name


def read_statements(layout: Layout, mentions: Sequence[Mention], past: Past) -> Iterator[tuple[int, Draft]]:
    """Every number with the start of its sentence: named, or rejected by a rule; `past` tells facts from aims."""
    earlier: Draft | None = None
    for start, group in groupby(mentions, key=lambda m: layout.sentence_start(m.start)):
        sentence = Sentence(layout, start, list(group), past, earlier=earlier)
        _read(sentence)
        yield from ((start, draft) for draft in sentence.drafts)
        earlier = next((draft for draft in reversed(sentence.drafts) if draft.names), earlier)


def _read(sentence: Sentence) -> None:
    for place in range(len(sentence.mentions)):
        draft = locate(sentence, place)
        draft.reject = reject(sentence, draft, place)
        if not draft.reject:
            name(sentence, draft)
        sentence.drafts.append(draft)
