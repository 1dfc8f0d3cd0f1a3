"""Why each change came about: an editor's decision, a source that came or went, curated values, or better rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from etl.cells import canonical, value_of
from etl.declaration import Collection
from etl.releasing.declared import TABLE
from etl.releasing.difference import Change
from etl.releasing.entry import NO_LONGER_READ
from etl.tables import Row, Rows

RULES = "规则改进"
DECLARED = "数据集的声明有改动"
CURATED = "人工整理的数据有更新"
TAKEN_DOWN = "redaction"
"""The rule of what was held back only after publication."""

_FOLLOWING = ("confidence", "normalised_value", "normalised_unit")
"""Columns that follow from a cell that an editor sets in the same row."""


class Decided(Protocol):
    """What must be known of an editor's decision."""

    @property
    def correction_id(self) -> str: ...
    @property
    def action(self) -> str: ...
    @property
    def table(self) -> str: ...
    @property
    def row_id(self) -> str: ...
    @property
    def column(self) -> str: ...
    @property
    def new(self) -> str: ...
    @property
    def reason(self) -> str: ...


Reason = tuple[str, str, str]
"""The reason, the correction behind it, and what stands for a row that went."""


@dataclass(frozen=True)
class Grounds:
    """All that a reason can be found in: both states, decisions, and withdrawn ids with reason and successor."""

    collection: Collection
    old: Rows
    new: Rows
    decisions: Sequence[Decided] = ()
    withdrawn: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def explain(self, changes: Sequence[Change]) -> list[tuple[Change, str, str, str]]:
        """Every change with its reason, correction and successor."""
        return [(change, *self._reason(change)) for change in changes]

    def _reason(self, change: Change) -> Reason:
        if change.table == TABLE:
            return DECLARED, "", ""
        if change.column:
            return self._of_cell(change)
        return self._of_arrival(change) if change.came else self._of_departure(change)

    def _of_cell(self, change: Change) -> Reason:
        for decision in reversed(self._by_row.get((change.table, change.row), [])):
            if decision.action == "set" and decision.column == change.column and self._new(decision) == change.new:
                return decision.reason, decision.correction_id, ""
        if rejected := self._rejected(change.old) if not change.new else None:
            return rejected.reason, rejected.correction_id, ""
        followed = change.column in _FOLLOWING
        for decision in reversed(self._by_row.get((change.table, change.row), [])):
            if decision.action == "accept_repair" or (followed and decision.action == "set"):
                return decision.reason, decision.correction_id, ""
        return self._otherwise(change, self.new), "", ""

    def _of_arrival(self, change: Change) -> Reason:
        for decision in self._by_row.get((change.table, change.row), []):
            if decision.action == "release":
                return decision.reason, decision.correction_id, ""
        for decision in self.decisions:
            added = f".{decision.correction_id.lower()}"
            if decision.action == "add" and (decision.row_id or change.row[-len(added) :]) in (change.row, added):
                return decision.reason, decision.correction_id, ""
        row = self._row(change, self.new) or {}
        if row.get("rule") == TAKEN_DOWN:
            return str(row["reason_text"]), "", ""
        return self._otherwise(change, self.new), "", ""

    def _of_departure(self, change: Change) -> Reason:
        reason, successor = self.withdrawn.get(change.row, ("", ""))
        if decision := self._rejected(change.row):
            return decision.reason, decision.correction_id, successor
        source = self._source(change, self.old)
        if source and source["source_id"] in self._gone:
            return f"移除来源 {_named(source)}", "", successor
        if self._gone and reason == NO_LONGER_READ:
            return f"移除来源 {self._names(self.old, self._gone)}", "", successor
        root = next((d for d in self.decisions if d.action == "reject" and d.row_id and d.row_id in reason), None)
        return reason or self._otherwise(change, self.old), root.correction_id if root else "", successor

    def _rejected(self, row_id: str) -> Decided | None:
        """The decision that took the row of that id away."""
        return next((d for d in self.decisions if d.action == "reject" and d.row_id == row_id), None)

    def _otherwise(self, change: Change, rows: Rows) -> str:
        """What nobody decided: its own source came, people keep it by hand, some source came or went, or the rules."""
        source = self._source(change, rows)
        if source and source["source_id"] in self._came:
            return f"收录新来源 {_named(source)}"
        table = self.collection.by_name.get(change.table)
        if table is not None and (table.curated or self._is_curated(change, rows)) and not self._is_read(change, rows):
            return CURATED
        if self._came:
            return f"收录新来源 {self._names(self.new, self._came)}"
        return f"移除来源 {self._names(self.old, self._gone)}" if self._gone else RULES

    def _is_read(self, change: Change, rows: Rows) -> bool:
        """Whether a row of a vocabulary was only proposed by reading a text."""
        row = self._row(change, rows)
        return row is not None and row.get("status") == "proposed"

    def _names(self, rows: Rows, ids: set[str]) -> str:
        return "、".join(_named(row) for row in rows.get("source", ()) if str(row["source_id"]) in ids)

    def _is_curated(self, change: Change, rows: Rows) -> bool:
        row = self._row(change, rows)
        return row is not None and row.get("origin") == "curated"

    def _source(self, change: Change, rows: Rows) -> Row | None:
        """The source that a row stands in."""
        row = self._row(change, rows) or {}
        notice = self._index(rows, "notice").get(str(row.get("notice_id")), {})
        source_id = row.get("source_id") or notice.get("source_id")
        return self._index(rows, "source").get(str(source_id))

    def _row(self, change: Change, rows: Rows) -> Row | None:
        return self._index(rows, change.table).get(change.row)

    def _index(self, rows: Rows, table: str) -> dict[str, Row]:
        which = self._indexed.setdefault(id(rows), {})
        if table not in which:
            declared = self.collection.by_name.get(table)
            which[table] = {str(r.get(declared.key)): r for r in rows.get(table, ())} if declared else {}
        return which[table]

    def _new(self, decision: Decided) -> str:
        """The decision's new value as it stands in a file."""
        field = self.collection.table(decision.table).field(decision.column)
        try:
            return canonical(value_of(field.type, decision.new))
        except ValueError:
            return decision.new

    @cached_property
    def _indexed(self) -> dict[int, dict[str, dict[str, Row]]]:
        return {}

    @cached_property
    def _by_row(self) -> dict[tuple[str, str], list[Decided]]:
        found: dict[tuple[str, str], list[Decided]] = {}
        for decision in self.decisions:
            found.setdefault((decision.table, decision.row_id), []).append(decision)
        return found

    @cached_property
    def _came(self) -> set[str]:
        return self._sources(self.new) - self._sources(self.old)

    @cached_property
    def _gone(self) -> set[str]:
        return self._sources(self.old) - self._sources(self.new)

    def _sources(self, rows: Rows) -> set[str]:
        return {str(row["source_id"]) for row in rows.get("source", ())}


def _named(source: Row) -> str:
    return str(source.get("file") or source["source_id"])
