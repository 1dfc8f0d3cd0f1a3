"""A table's quality: filled cells, doubtful and conflicting rows, and checks made on what is served."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from etl.declaration import Table
from portal.published import sql
from portal.published.collection import PublishedCollection

DOUBTFUL = 0.8
"""Confidence below which a row is called doubtful."""
_MADE: WeakKeyDictionary[PublishedCollection, dict[str, Quality]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Check:
    """One rule of the declaration: `kind` and what it is about, and how many rows break it."""

    kind: str
    about: str
    broken: int


@dataclass(frozen=True)
class Quality:
    """Of a table: rows, filled cells a column, doubtful and conflicting rows, checks."""

    rows: int
    filled: dict[str, int]
    doubtful: int | None
    conflicting: int | None
    checks: tuple[Check, ...]

    @property
    def sound(self) -> bool:
        """Whether no check found anything."""
        return not any(c.broken for c in self.checks)


def quality(served: PublishedCollection, table: Table) -> Quality:
    """The quality of a table, counted once for each build."""
    made = _MADE.setdefault(served, {})
    if table.name not in made:
        made[table.name] = _counted(served, table)
    return made[table.name]


def _counted(served: PublishedCollection, table: Table) -> Quality:
    rows = served.count(table.name)
    counts = ", ".join(f"count({sql.name(c)}) AS {sql.name(c)}" for c in table.columns)
    filled = served.select(f"SELECT {counts} FROM {sql.name(table.name)}")[0]  # noqa: S608 - names of the declaration
    doubtful = _number(served, table, "is_borderline = 1 OR confidence < ?", ["is_borderline", "confidence"], DOUBTFUL)
    conflicting = _number(served, table, "is_conflicting = 1", ["is_conflicting"])
    return Quality(rows, filled, doubtful, conflicting, tuple(_checks(served, table, filled, rows)))


def _number(served: PublishedCollection, table: Table, condition: str, needed: list[str], *bound: float) -> int | None:
    """How many rows meet a condition; `None` where the table has no such columns."""
    if not set(needed) <= set(table.columns):
        return None
    statement = f"SELECT count(*) AS n FROM {sql.name(table.name)} WHERE {condition}"  # noqa: S608 - fixed words
    return int(served.select(statement, bound)[0]["n"])


def _checks(served: PublishedCollection, table: Table, filled: dict[str, int], rows: int) -> list[Check]:
    keys = ", ".join(map(sql.name, table.primary_key))
    distinct = f"SELECT count(*) AS n FROM (SELECT DISTINCT {keys} FROM {sql.name(table.name)})"  # noqa: S608
    found = [Check("key", "、".join(table.primary_key), rows - int(served.select(distinct)[0]["n"]))]
    required = [f.name for f in table.fields if f.required]
    found += [Check("required", "、".join(required), sum(rows - filled[c] for c in required))] if required else []
    found += [_enum(served, table, f.name, f.constraints["enum"]) for f in table.fields if f.constraints.get("enum")]
    return found + [_reference(served, table, k.fields[0], k.table, k.references[0]) for k in table.foreign_keys]


def _enum(served: PublishedCollection, table: Table, column: str, values: list[object]) -> Check:
    cell, marks = sql.name(column), ", ".join("?" * len(values))
    condition = f"{cell} IS NOT NULL AND {cell} NOT IN ({marks})"
    statement = f"SELECT count(*) AS n FROM {sql.name(table.name)} WHERE {condition}"  # noqa: S608
    return Check("enum", column, int(served.select(statement, values)[0]["n"]))


def _reference(served: PublishedCollection, table: Table, column: str, other: str, key: str) -> Check:
    cell, known = sql.name(column), f"SELECT {sql.name(key)} FROM {sql.name(other)}"  # noqa: S608
    condition = f"{cell} IS NOT NULL AND {cell} NOT IN ({known})"
    statement = f"SELECT count(*) AS n FROM {sql.name(table.name)} WHERE {condition}"  # noqa: S608
    return Check("reference", f"{column} → {other}", int(served.select(statement)[0]["n"]))
