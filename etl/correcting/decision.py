"""One decision of an editor, and the words for what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from etl.declaration import Collection, Field, Table
from etl.tables import Row, TableError, parse_cell

_ROLE = re.compile(r"[a-z0-9][a-z0-9_-]*")


class CorrectionError(Exception):
    """A decision that can't be carried out; the message is a sentence for people."""


class Action(StrEnum):
    """What an editor may decide."""

    SET = "set"
    ADD = "add"
    REJECT = "reject"
    RELEASE = "release"
    ACCEPT_REPAIR = "accept_repair"


@dataclass(frozen=True)
class Decision:
    """A line of `corrections.csv`; the row is named by its id, or by its source and span."""

    correction_id: str
    action: str
    table: str
    row_id: str = ""
    source_sha256: str = ""
    start: int | None = None
    end: int | None = None
    column: str = ""
    old: str = ""
    new: str = ""
    reason: str = ""
    evidence: str = ""
    by: str = ""
    at: str = ""
    request: str = ""

    def error(self, what: str) -> CorrectionError:
        """An error that names this decision."""
        return CorrectionError(f"更正 {self.correction_id} 不能采用：{what}")


def decisions_of(rows: Iterable[Row], collection: Collection) -> list[Decision]:
    """The decisions in the order in which they were made; CorrectionError where one makes no sense."""
    decisions = [_decision(row) for row in rows]
    seen: set[str] = set()
    for decision in decisions:
        if not decision.correction_id or decision.correction_id in seen:
            raise decision.error("编号留空或重复，请改用没有用过的编号。")
        seen.add(decision.correction_id)
        validate(decision, collection)
    return decisions


def _decision(row: Row) -> Decision:
    empty = {column: "" for column, cell in row.items() if cell is None and column not in ("start", "end")}
    return Decision(**(row | empty))


def validate(decision: Decision, collection: Collection) -> None:
    """Raise CorrectionError unless action, table, column and the person's role can be understood."""
    if decision.action not in list(Action):
        raise decision.error(f"没有“{decision.action}”这种处理，请用 {'、'.join(Action)} 之一。")
    if decision.table not in collection.by_name:
        raise decision.error(f"没有表 {decision.table}，请写 {'、'.join(collection.by_name)} 之一。")
    if not _ROLE.fullmatch(decision.by):
        raise decision.error(f"“{decision.by}”应当是角色或代号（小写英文字母和数字），不写姓名。")
    if not decision.reason:
        raise decision.error("没有写理由，请补上。")
    if decision.action == Action.SET:
        _validate_column(decision, collection.table(decision.table))


def _validate_column(decision: Decision, table: Table) -> None:
    if decision.column not in table.columns:
        raise decision.error(f"表 {table.name} 没有列“{decision.column}”，请写 {'、'.join(table.columns)} 之一。")
    if decision.column in table.primary_key:
        raise decision.error(f"编号列 {decision.column} 永不修改，请改别的列，或撤回这一行（reject）。")


def typed(decision: Decision, field: Field, text: str) -> object:
    """A cell of the decision as the field's type; CorrectionError where it can't be."""
    try:
        value: object = parse_cell(field, text)
    except TableError as error:
        raise decision.error(f"{error}，请改正后再试。") from error
    return value
