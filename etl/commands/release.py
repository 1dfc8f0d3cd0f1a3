"""`etl release`: publish what differs from the last release."""

from __future__ import annotations

import re
from datetime import date

import click

from etl.cli import Interrupted
from etl.commands.build import KEPT, progress
from etl.commands.collections import chosen, private_dir
from etl.declaration import Collection
from etl.failures import sentence
from etl.pipeline import prepare
from etl.places import releases_dir
from etl.publishing.building import release
from etl.publishing.issuing import IssueError, Plan


@click.command("release")
@click.argument("collections", nargs=-1, metavar="[COLLECTION]…")
@click.option("--date", "day", metavar="YYYY-MM-DD", help="发布日期；不写则取最新来源或更正的日期。Day of the release.")
@click.option("--summary", help="一句话说明这一版。What changed, in a sentence.")
@click.option("--major", is_flag=True, help="允许会让使用者程序失效的改动。Allow breaking changes.")
@click.option("--dry-run", is_flag=True, help="只显示将要发布什么。Only show what would be published.")
@click.pass_context
def command(
    ctx: click.Context,
    collections: tuple[str, ...],
    day: str | None,
    summary: str | None,
    major: bool,
    dry_run: bool,
) -> None:
    """与上一版逐格比较，定版本号，写变更记录，签名并发布；没有变化则不发布。

    Compare with the last release cell by cell, choose the version by rule, write the change log, sign and publish.
    """
    how = {"released_on": _day(day), "summary": summary, "major": major, "dry_run": dry_run}
    results = [_try(collection, how) for collection in chosen(collections)]
    ctx.exit(0 if all(results) else 1)


def _try(collection: Collection, how: dict[str, str | bool | None]) -> bool:
    """Release one collection; its failure does not keep the others from being released."""
    try:
        prepared = prepare(collection, private_dir(), track=progress(), say=click.echo)
        plan = release(prepared, releases_dir(), private_dir(), **how)  # type: ignore[arg-type]
    except KeyboardInterrupt as error:
        raise Interrupted(KEPT) from error
    except Exception as error:
        click.echo(sentence(error), err=True)
        return False
    for conflict in prepared.corrected.conflicts:
        click.echo(f"  {conflict}", err=True)
    click.echo(_told(collection, plan, bool(how["dry_run"])))
    return True


def _told(collection: Collection, plan: Plan | None, dry_run: bool) -> str:
    if plan is None:
        return f"{collection.name}：与上一版没有差别，没有发布。Nothing changed, nothing released."
    version, day = plan.release.version, plan.release.released_on
    if not dry_run:
        return f"{collection.name} {version}：已发布（{day}）。Released.\n\n{plan.section}"
    lines = [
        f"{collection.name}：将发布 {version}（{day}），内容校验值 {plan.release.content_hash}。",
        "",
        plan.section,
    ]
    for noted in plan.noted:
        c = noted.change
        why = noted.reason + (f"（{noted.correction}）" if noted.correction else "")
        lines.append(f"{noted.change_id}  {c.table}  {c.row}  {c.column}  {c.old!r} → {c.new!r}  {why}")
    return "\n".join(lines)


def _day(given: str | None) -> str | None:
    if given is None:
        return None
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", given):
            raise ValueError(given)
        return date.fromisoformat(given).isoformat()
    except ValueError as error:
        raise IssueError(f"“{given}”不是日期：请写成 2026-11-24 这样。") from error
