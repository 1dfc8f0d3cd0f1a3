"""What happened to a row: the changes on record, version by version, and the versions that have it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from portal.published.collection import PublishedCollection
from portal.published.rows import Row
from portal.published.versions import Known

CHANGE = "change"
NEEDED = frozenset({"version", "table_name", "row_id", "column_name", "old_text", "new_text"})


@dataclass(frozen=True)
class Event:
    """One cell that changed, or without a column the whole row that came or went; texts are empty where cells are."""

    version: str
    table: str
    row: str
    column: str
    old: str
    new: str
    reason: str
    correction: str
    successor: str

    @property
    def kind(self) -> str:
        """`changed`, `came` or `went`."""
        return "changed" if self.column else "came" if self.new else "went"


@dataclass(frozen=True)
class Life:
    """A row through the versions on record."""

    key: str
    known: tuple[Known, ...]
    events: tuple[Event, ...]

    @cached_property
    def having(self) -> tuple[Known, ...]:
        """The versions that have the row."""
        whole = {e.version: e.kind for e in self.events if not e.column}
        present = next(iter(whole.values()), "went") == "went"
        found = []
        for one in self.known:
            present = {"came": True, "went": False}.get(whole.get(one.version, ""), present)
            found += [one] if present else []
        return tuple(found)

    def since(self, version: str) -> tuple[Event, ...]:
        """What happened after that version."""
        later = {k.version for k in self.known} - {k.version for k in self._until(version)}
        return tuple(e for e in self.events if e.version in later)

    def beside(self, version: str) -> tuple[Known | None, Known | None]:
        """The versions before and after that have the row."""
        numbers = [k.version for k in self.having]
        if version not in numbers:
            return None, None
        at = numbers.index(version)
        return (self.having[at - 1] if at else None), (self.having[at + 1] if at + 1 < len(numbers) else None)

    def changed_in(self) -> list[tuple[Known, list[Event]]]:
        """The versions in which anything happened to it, the newest first; the first version counts as such."""
        told = [(k, [e for e in self.events if e.version == k.version]) for k in reversed(self.known)]
        first = self.having[0].version if self.having else None
        return [(known, events) for known, events in told if events or known.version == first]

    def _until(self, version: str) -> Iterable[Known]:
        for one in self.known:
            yield one
            if one.version == version:
                return


def life(served: PublishedCollection, known: tuple[Known, ...], table: str, key: str) -> Life:
    """The life of a row as the served version tells it."""
    return Life(key, known, tuple(events(served, {"table_name": table, "row_id": key})))


def events(served: PublishedCollection, filters: dict[str, str]) -> list[Event]:
    """The changes on record whose cells equal the filters, in the order in which they were noted."""
    table = served.collection.by_name.get(CHANGE)
    if table is None or not set(table.columns) >= NEEDED:
        return []
    return [event(row) for row in served.rows(CHANGE, filters)]


def events_about(served: PublishedCollection, table: str, key: str) -> list[Event]:
    """The changes of a row and of what belongs to it: all rows of a notice, all values of an indicator."""
    declared = served.collection.by_name.get(CHANGE)
    if declared is None or not set(declared.columns) >= NEEDED:
        return []
    condition, values = "(table_name = ? AND row_id = ?)", [table, key]
    if table == "notice":
        condition += " OR (row_id > ? AND row_id < ?)"
        values += [f"{key}.", f"{key}/"]
    if table == "indicator":
        for of in ("target", "reported"):
            if "indicator_id" in (served.collection.by_name[of].columns if of in served.collection.by_name else ()):
                mine = f"SELECT {of}_id FROM {of} WHERE indicator_id = ?"  # noqa: S608 - one of two names
                condition += f" OR (table_name = '{of}' AND row_id IN ({mine}))"
                values.append(key)
        # Rows that went are known only by what is noted of them.
        gone = "SELECT row_id FROM change WHERE column_name IS NULL AND instr(coalesce(old_text, new_text), ?) > 0"
        condition += f" OR row_id IN ({gone})"
        values.append(f'"indicator_id":"{key}"')
    statement = f"SELECT * FROM change WHERE {condition} ORDER BY change_id"  # noqa: S608 - values are bound
    return [event(row) for row in served.select(statement, values)]


def event(row: Row) -> Event:
    """A row of the table of changes."""
    cells = ("version", "table_name", "row_id", "column_name", "old_text", "new_text")
    told = ("reason_text", "correction_id", "successor")
    return Event(*(str(row.get(c) or "") for c in (*cells, *told)))
