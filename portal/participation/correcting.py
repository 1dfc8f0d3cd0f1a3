"""The way of an accepted correction: into `corrections.csv` through the one door, then along with the next release."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.jobs import JobError, Jobs
from portal.participation.cells import Cell, cell_of
from portal.participation.finding import by_number
from portal.participation.handling import Hand, perform
from portal.participation.states import StepError, step_of
from portal.participation.terms import Terms
from portal.published import Published
from portal.storage import Storage
from portal.storage.participation import CitizenRequest

_RECORDED = re.compile(r"cor-\d+")


WHOLE_ROW = "*"
"""Stands for a column where the row itself is to go."""


@dataclass(frozen=True)
class Decision:
    """What an editor decided: perhaps another value than was proposed. Reason and evidence are published."""

    column: str
    value: str
    reason: str
    evidence: str


@dataclass(frozen=True)
class Office:
    """What accepting corrections needs."""

    storage: Storage
    published: Published
    jobs: Jobs
    terms: Terms

    def accept(self, number: str, decision: Decision, hand: Hand) -> None:
        """Record a decision and say so; StepError or JobError with a sentence where it can't be recorded.

        Where the portal dies in between, the same decision finds the correction that was recorded for the request.
        """
        with self.jobs.alone() as run:
            cell = self._checked(number, decision, hand)
            said = run(_command(number, cell, decision))
            recorded = _RECORDED.search(said)
            if recorded is None:
                raise JobError(_("处理程序没有说出更正的编号：%(said)s", said=said[:200]))
            self._keep(number, cell, decision, recorded[0], hand)

    def _keep(self, number: str, cell: Cell, decision: Decision, correction_id: str, hand: Hand) -> None:
        """Say in the request that the correction is recorded."""
        with self.storage.session() as session:
            found = by_number(session, number)
            if found is None:
                raise StepError(_("没有这个编号。"))
            cells = {
                "accepted_text": decision.value if cell.column else "",
                "column_name": cell.column,
                "shown_text": cell.shown,
                "correction_id": correction_id,
                "accepted_version": cell.located.published.build.version,
            }
            perform(session, found, "accept", hand, self.terms, f"{correction_id}：{decision.reason}", **cells)

    def _checked(self, number: str, decision: Decision, hand: Hand) -> Cell:
        """The cell to change, after all has been asked that can be asked before anything is done."""
        if not decision.reason:
            raise StepError(_("请写明理由：它会记入数据的变更记录。"))
        with self.storage.session() as session:
            found = by_number(session, number)
            if found is None:
                raise StepError(_("没有这个编号。"))
            step_of("accept", found.kind, found.state, hand.roles)
            cell = cell_of(self.published, found)
        if cell is None:
            raise StepError(_("这一行已不在现行数据里，不能更正：请退回或不予更正，并写明理由。"))
        if problem := self.jobs.problem(cell.located.published.name):
            raise StepError(problem)
        return _at(cell, decision)


def carried_by(published: Published, found: CitizenRequest) -> str | None:
    """The served release that carries an accepted correction; none while there is none."""
    served = published.collection(found.collection)
    if served is None or served.build.is_draft or served.build.version == found.accepted_version:
        return None
    noted = served.collection.by_name.get("change")
    if noted is not None and "correction_id" in noted.columns:
        rows = served.rows("change", {"correction_id": found.correction_id}, limit=1)
        if rows:
            return str(rows[0]["version"])
    return served.build.version if _is_so(cell_of(published, found), found) else None


def _is_so(cell: Cell | None, found: CitizenRequest) -> bool:
    """Whether the data are as was decided, though no change is noted for it: better rules may have come first."""
    if not found.column_name:
        return cell is None
    return cell is not None and cell.shown == found.accepted_text


def _at(cell: Cell, decision: Decision) -> Cell:
    """The cell of the column that the editor chose."""
    if decision.column == WHOLE_ROW:
        return Cell(cell.located, "")
    chosen = Cell(cell.located, decision.column)
    if decision.column not in {f.name for f in cell.columns}:
        raise StepError(_("请选择要改的列。"))
    if chosen.shown == decision.value:
        raise StepError(_("新值与现值相同，没有可更正的：请改写新值，或不予更正并说明。"))
    return chosen


def _command(number: str, cell: Cell, decision: Decision) -> tuple[str, ...]:
    """What follows `--` is never read as an option, whatever people wrote."""
    how: tuple[str, ...] = (f"--reason={decision.reason}", f"--evidence={decision.evidence}", "--by=editor")
    how = (*how, f"--request={number}")
    how = (*how, f"--collection={cell.located.published.name}")
    if decision.column == WHOLE_ROW:
        return ("correct", "reject", *how, "--", cell.row_id)
    return ("correct", "set", *how, "--", cell.row_id, decision.column, decision.value)
