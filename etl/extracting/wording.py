"""How firmly a number is put: the hedges and bounds around it, as written."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from etl.extracting.drafts import Draft
from etl.extracting.measures import Mention, more_words
from etl.extracting.rulebook import after_unit, hedges


def wording(text: str, draft: Draft) -> str | None:
    """The hedges and bounds before and behind a number, in order, joined by spaces."""
    mention = draft.mention
    before = [part for word in draft.head.wording for part in _parted(word)]
    return " ".join((*before, *_behind(text, mention)) if mention.bound else before) or None


def _behind(text: str, mention: Mention) -> Iterator[str]:
    """余 or 多 behind a number, and the bound behind its unit."""
    more = [c for c in text[mention.end : mention.tail] if c in more_words() and c != "来"]
    yield from more
    bound = after_unit().before(text, mention.tail)
    if bound and bound.rule in mention.rules and bound.word not in more:
        yield bound.word


@lru_cache(1024)
def _parted(word: str) -> tuple[str, ...]:
    """A hedge and the verb behind it as two words.

    >>> _parted("力争达到"), _parted("达到")
    (('力争', '达到'), ('达到',))
    """
    hedge = next((hedge for hedge in hedges() if word.startswith(hedge) and word != hedge), "")
    return (hedge, word.removeprefix(hedge)) if hedge else (word,)
