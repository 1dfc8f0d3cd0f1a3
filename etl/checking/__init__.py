"""What rows must hold to before they are published: Frictionless, unmodified, then what it lets pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from etl.checking import debris, enums, held, identity, keys, numbers, places, quotes, schema, twins
from etl.checking.problem import Problem
from etl.checking.subject import Subject
from etl.declaration import Collection
from etl.tables import Rows

__all__ = ["CHECKS", "Problem", "Subject", "check"]

CHECKS: dict[str, Callable[[Subject], Iterator[Problem]]] = {
    "keys": keys.find,
    "enums": enums.find,
    "numbers": numbers.find,
    "quotes": quotes.find,
    "places": places.find,
    "held": held.find,
    "debris": debris.find,
    "identity": identity.find,
    "twins": twins.find,
}
"""Our own checks by name, for rows that fit their schema."""


def check(collection: Collection, rows: Rows, folder: Path) -> list[Problem]:
    """Everything wrong with the rows as written in a folder; empty where they may be published.

    Rows that do not fit their schema are reported alone: the other checks count on types.
    """
    subject = Subject(collection, rows, folder)
    return [*schema.find(subject)] or [found for find in CHECKS.values() for found in find(subject)]
