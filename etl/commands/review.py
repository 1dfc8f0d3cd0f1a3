"""`etl review`: what waits for an editor."""

from __future__ import annotations

import json

import click

from etl.cli import Interrupted
from etl.commands.build import KEPT
from etl.commands.collections import chosen, private_dir
from etl.correcting import REVIEW_BELOW
from etl.declaration import Collection
from etl.pipeline import Prepared, prepare
from etl.tables import Row


@click.command("review")
@click.argument("collections", nargs=-1, metavar="[COLLECTION]…")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式。Output format.")
def command(collections: tuple[str, ...], form: str) -> None:
    """列出等编辑决定的行、冲突的更正和修复建议。

    List rows that wait for a decision, corrections in conflict and proposed repairs.
    """
    for collection in chosen(collections):
        prepared = _prepare(collection)
        click.echo(_json(prepared) if form == "json" else _text(prepared))


def _prepare(collection: Collection) -> Prepared:
    try:
        return prepare(collection, private_dir())
    except KeyboardInterrupt as error:
        raise Interrupted(KEPT) from error


def _json(prepared: Prepared) -> str:
    found = {
        "collection": prepared.collection.name,
        "waiting": prepared.corrected.waiting,
        "conflicts": prepared.corrected.conflicts,
        "repairs": _repairs(prepared),
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def _text(prepared: Prepared) -> str:
    waiting, conflicts, repairs = prepared.corrected.waiting, prepared.corrected.conflicts, _repairs(prepared)
    pages = [row for row in waiting if row["table"] == "notice"]
    rows = [row for row in waiting if row["table"] != "notice"]
    lines = [f"{prepared.collection.name}：{len(rows)} 行把握低于 {REVIEW_BELOW}，等编辑决定"]
    lines += [f"  {row['row_id']}  {row['confidence']:.2f}  {row['quote']}" for row in rows]
    lines += ["不像公文，没有发布；etl correct release 放行，etl correct reject 撤回："] if pages else []
    lines += [f"  {row['row_id']}  {row['quote']}" for row in pages]
    lines += ["更正与现状冲突：", *(f"  {said}" for said in conflicts)] if conflicts else []
    lines += ["修复建议："] if repairs else []
    lines += [f"  {r['repair_id']}  “{r['before_text']}”→“{r['after_text']}”：{r['reason_text']}" for r in repairs]
    return "\n".join(lines)


def _repairs(prepared: Prepared) -> list[Row]:
    return [row for row in prepared.rows["repair"] if row["status"] == "proposed"]
