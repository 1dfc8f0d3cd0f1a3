"""Carries out editors' decisions on assembled rows; a decision that does not fit what is there is a conflict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from etl.cells import canonical
from etl.claim import Ids
from etl.correcting.adding import added_row, already_read
from etl.correcting.cascade import remove, remove_notice
from etl.correcting.decision import Action, Decision, typed
from etl.correcting.finding import Known, find_row
from etl.correcting.reviewing import hold_back, hold_back_pages
from etl.declaration import Collection
from etl.shelf import Shelf
from etl.tables import Row, Rows
from etl.units import normalise


@dataclass
class Corrected:
    """Rows after the decisions; ids of rows that were rejected or wait for a decision, each with the reason."""

    rows: Rows
    rejected: dict[str, str] = field(default_factory=dict)
    waiting: list[Row] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    held: dict[str, str] = field(default_factory=dict)
    """Ids that wait with a page that is perhaps no notice, each with the reason."""
    decided: set[str] = field(default_factory=set)


def apply(collection: Collection, rows: Rows, decisions: Sequence[Decision], ids: Ids, known: Known) -> Corrected:
    """The rows as editors want them, on the shelf; `known` tells the status of any id that was ever given."""
    shelf = rows if isinstance(rows, Shelf) else Shelf(collection.tables, rows)
    desk = _Desk(collection, shelf, Corrected(shelf), ids, known)
    for decision in decisions:
        desk.carry_out(decision)
    corrected = desk.corrected
    pages, corrected.held = hold_back_pages(collection, shelf, corrected.decided)
    corrected.waiting = [*pages, *hold_back(shelf, corrected.decided)]
    return corrected


@dataclass
class _Desk:
    collection: Collection
    rows: Shelf
    corrected: Corrected
    ids: Ids
    known: Known

    def carry_out(self, decision: Decision) -> None:
        """Do what was decided, or note the conflict."""
        if decision.action == Action.ADD:
            self._add(decision)
            return
        row = find_row(decision, self.collection, self.rows, self.known)
        if row is None and decision.action == Action.REJECT:
            return
        if row is None:
            self._conflict(
                decision, f"表 {decision.table} 里已没有 {decision.row_id or '这一处'}，请核对后删去或改写它。"
            )
            return
        steps: dict[str, Callable[[Decision, Row], None]] = {
            Action.SET: self._set,
            Action.REJECT: self._reject,
            Action.RELEASE: self._release,
            Action.ACCEPT_REPAIR: self._accept,
        }
        steps[decision.action](decision, row)

    def _set(self, decision: Decision, row: Row) -> None:
        table = self.collection.table(decision.table)
        cell = table.field(decision.column)
        old, new = typed(decision, cell, decision.old), typed(decision, cell, decision.new)
        if row[decision.column] not in (old, new):
            now, then = canonical(row[decision.column]) or "（空）", decision.old or "（空）"
            where = f"{row[table.key]} 的 {decision.column}"
            self._conflict(decision, f"{where} 现为“{now}”，更正所据的是“{then}”，请核对后重新决定。")
            return
        self._decide(decision, row)
        row[decision.column] = new
        if "confidence" in row and decision.column != "confidence":
            row["confidence"] = 1.0
        if decision.column in ("value", "unit"):
            normalise(row, self.rows.get("unit", ()))
        self.rows[table.name].change(row)

    def _add(self, decision: Decision) -> None:
        row, claim = added_row(decision, self.collection, self.rows)
        if already_read(row, self.rows[decision.table]):
            return
        key = self.collection.table(decision.table).key
        row[key] = self.ids.match([claim])[0]
        self.rows[decision.table].add([row])
        self._decide(decision, row)

    def _reject(self, decision: Decision, row: Row) -> None:
        rows, why = self.rows, decision.reason
        if decision.table == "notice":
            self.corrected.rejected |= remove_notice(self.collection, rows, row, why)
        else:
            self.corrected.rejected |= remove(self.collection, rows, decision.table, row, why)

    def _release(self, decision: Decision, row: Row) -> None:
        """A quarantined span is released before it is read; here a doubtful row is let into the release."""
        self._decide(decision, row)

    def _accept(self, decision: Decision, row: Row) -> None:
        if decision.table != "repair":
            raise decision.error("只有表 repair 的行可以采纳（accept_repair），请改正表名。")
        self.rows["repair"].change({**row, "status": "accepted"})

    def _decide(self, decision: Decision, row: Row) -> None:
        self.corrected.decided.add(row[self.collection.table(decision.table).key])

    def _conflict(self, decision: Decision, what: str) -> None:
        self.corrected.conflicts.append(f"更正 {decision.correction_id} 没有采用：{what}")
