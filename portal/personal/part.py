"""One room's share in what is kept about people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Part:
    """`export` tells all that a room keeps about an account, as JSON can hold it; `forget` deletes it or its names.

    Both may be called for any account, and `forget` more than once.
    """

    name: str
    export: Callable[[Session, int], Any]
    forget: Callable[[Session, int], None]
