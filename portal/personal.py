"""What is kept about a person, room by room: given out and deleted as the person asks (PIPL, articles 45 and 47)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Part:
    """One room's share: `export` tells all that is kept about an account, `forget` deletes or makes it nameless."""

    name: str
    export: Callable[[Session, int], Any]
    forget: Callable[[Session, int], None]


PARTS: tuple[Part, ...] = ()
"""Every room that keeps something about people; a new one is a line here."""


def export(session: Session, user_id: int) -> dict[str, Any]:
    """All that is kept about an account, by room."""
    return {part.name: part.export(session, user_id) for part in PARTS}


def forget(session: Session, user_id: int) -> None:
    """Delete what is personal in every room."""
    for part in PARTS:
        part.forget(session, user_id)
