"""The reason that whatever a moderator does has."""

from __future__ import annotations

from portal.forum.cleaning import one_line
from portal.forum.refusal import RefusedError

LONGEST_REASON = 500


def given(words: str) -> str:
    """A reason as it is kept; RefusedError where there is none."""
    why = one_line(words)[:LONGEST_REASON]
    if not why:
        raise RefusedError("no_reason")
    return why
