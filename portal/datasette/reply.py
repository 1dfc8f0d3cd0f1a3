"""What is known of the answer under way: whether free SQL was asked for, and whether rows were left out."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass
class Reply:
    """One answer: `free` where its SQL came from outside, `truncated` once rows were left out of it.

    `bare` formats have no place to say that something went wrong or was left out, so they fail instead.
    """

    free: bool = False
    bare: bool = False
    truncated: bool = False


reply: ContextVar[Reply] = ContextVar("reply", default=Reply())  # noqa: B039 - replaced before anyone writes to it
