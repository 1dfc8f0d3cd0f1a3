"""`etl correct`: record an editor's decision, after trying it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import click

from etl.cells import canonical
from etl.commands.collections import one, private_dir
from etl.correcting import Action, Decision, decisions_of, record
from etl.correcting.decision import CorrectionError, validate
from etl.correcting.recording import numbered
from etl.declaration import Collection
from etl.inputs import CORRECTIONS, folder_of, read_inputs
from etl.pipeline import Prepared, prepare
from etl.tables import Row

_TRIAL = "（试行）"


def _shared(function: Callable[..., None]) -> Callable[..., None]:
    options: list[Callable[[Any], Any]] = [
        click.option("--reason", required=True, help="理由（必填）。Why; required."),
        click.option("--evidence", default="", help="依据，如网址。Evidence, such as an address."),
        click.option("--by", default="editor", help="角色或代号，不写姓名。A role or an opaque id, never a name."),
        click.option("--request", default="", help="所据来信的编号，如 2026-000123。The request behind it."),
        click.option("--collection", help="数据集；只有一个时可省略。Which collection."),
    ]
    for option in options:
        function = option(function)
    return function


@click.group("correct")
def command() -> None:
    """记录编辑的决定；写入 corrections.csv 之前先试行，不合现状的不记。

    Record an editor's decision; it is tried out first, and refused where it does not fit.
    """


@command.command("set")
@click.argument("row_id")
@click.argument("column")
@click.argument("value")
@_shared
def set_(row_id: str, column: str, value: str, **how: Any) -> None:
    """改一格：行编号、列名、新值（空值写 ""）。Change one cell."""
    _decide(Action.SET, row_id, column=column, new=value, **how)


@command.command()
@click.argument("table")
@click.argument("cells", metavar="JSON")
@_shared
def add(table: str, cells: str, collection: str | None, **how: Any) -> None:
    """补录一行：表名和 JSON 写的各列。Add a row: table and its cells as JSON."""
    _record(one(collection), Decision(_TRIAL, Action.ADD, table, new=cells, at=_now(), **how))


@command.command()
@click.argument("row_id")
@_shared
def reject(row_id: str, **how: Any) -> None:
    """撤回一行。Withdraw a row."""
    _decide(Action.REJECT, row_id, **how)


@command.command()
@click.argument("row_id")
@_shared
def release(row_id: str, **how: Any) -> None:
    """放行一处扣留或一行待定的数据。Release what is held back or waits."""
    _decide(Action.RELEASE, row_id, **how)


@command.command("accept-repair")
@click.argument("row_id")
@_shared
def accept_repair(row_id: str, **how: Any) -> None:
    """采纳一条修复建议。Accept a proposed repair."""
    _decide(Action.ACCEPT_REPAIR, row_id, **how)


def _decide(action: Action, row_id: str, collection: str | None, column: str = "", **how: Any) -> None:
    chosen = one(collection)
    prepared = prepare(chosen, private_dir())
    table, row = _find(prepared, row_id)
    decision = Decision(_TRIAL, action, table, row_id, column=column, at=_now(), **how)
    validate(decision, chosen)
    _record(chosen, replace(decision, old=canonical(row[column])) if column else decision)


def _find(prepared: Prepared, row_id: str) -> tuple[str, Row]:
    """The table and the row as it would be published, or as it waits."""
    for row in prepared.corrected.waiting:
        if row["row_id"] == row_id:
            return str(row["table"]), row
    for table in prepared.collection.tables:
        for row in prepared.rows[table.name]:
            if row[table.key] == row_id:
                return table.name, row
    raise CorrectionError(f"没有编号 {row_id} 的行，请核对编号；待定的行见 etl review。")


def _record(collection: Collection, decision: Decision) -> None:
    """Try the decision out on top of the others, then write it down."""
    before = decisions_of(read_inputs(collection).corrections, collection)
    if known := next((d for d in before if _answers_the_same(d, decision)), None):
        click.echo(f"已记录 {known.correction_id}，无须再记。Recorded before.")
        return
    decision = numbered(decision, before)
    validate(decision, collection)
    conflicts = prepare(collection, private_dir(), more=[decision]).corrected.conflicts
    if new := [said for said in conflicts if decision.correction_id in said]:
        raise CorrectionError(new[0])
    record(folder_of(collection) / CORRECTIONS, [*before, decision])
    click.echo(f"已记录 {decision.correction_id}，运行 etl build 后生效。Recorded; run etl build.")


def _answers_the_same(one: Decision, other: Decision) -> bool:
    """Whether both carry out one request in the same way: who asks again after a failure gets the same number."""
    same = ("action", "table", "row_id", "column", "new", "request")
    return bool(one.request) and all(getattr(one, c) == getattr(other, c) for c in same)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
