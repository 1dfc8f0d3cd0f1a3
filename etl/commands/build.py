"""`etl build`: read, correct, check and publish collections."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any

import click

from etl.batch import Engine, Track
from etl.cli import Interrupted
from etl.commands.collections import chosen, private_dir
from etl.declaration import Collection
from etl.engines import engine_named
from etl.failures import sentence
from etl.pipeline import in_silence
from etl.places import releases_dir
from etl.publishing.building import Built, build

KEPT = "已中断：读完的来源都已留存，再次运行会从中断处继续；正在使用的数据没有变动。"


@click.command("build")
@click.argument("collections", nargs=-1, metavar="[COLLECTION]…")
@click.option("--strict", is_flag=True, help="有更正与现状冲突时不发布。Publish nothing while corrections conflict.")
@click.option("--engine", metavar="local|dask:ADDRESS", default="local", help="由谁识读来源。Who reads the sources.")
@click.pass_context
def command(ctx: click.Context, collections: tuple[str, ...], strict: bool, engine: str) -> None:
    """识读、更正、检查并发布数据集（不写名称即全部）；没有变化的不重做。

    Read, correct, check and publish collections (all where none is named); what did not change is not done again.
    """
    by = engine_named(engine)
    results = [_try(collection, strict, by) for collection in chosen(collections)]
    ctx.exit(0 if all(results) else 1)


def _try(collection: Collection, strict: bool, engine: Engine) -> bool:
    """Build one collection; its failure does not keep the others from being built."""
    try:
        how: dict[str, Any] = {"strict": strict, "track": progress(), "say": click.echo, "engine": engine}
        built = build(collection, releases_dir(), private_dir(), **how)
    except KeyboardInterrupt as error:
        raise Interrupted(KEPT) from error
    except Exception as error:
        click.echo(sentence(error), err=True)
        return False
    click.echo(_told(collection, built))
    return True


def _told(collection: Collection, built: Built) -> str:
    if built.prepared is None:
        return f"{collection.name} {built.build.version}：没有变化。Nothing changed."
    corrected = built.prepared.corrected
    lines = [_served(collection, built)]
    if corrected.waiting:
        lines.append(f"  {len(corrected.waiting)} 行把握不大，没有发布：用 etl review 查看。")
    return "\n".join([*lines, *(f"  {conflict}" for conflict in corrected.conflicts)])


def _served(collection: Collection, built: Built) -> str:
    name, served, plan = collection.name, built.build, built.pending
    if plan is not None:
        rows = len({(n.change.table, n.change.row) for n in plan.noted})
        return (
            f"{name}：与已发布的 {plan.release.parent} 相差 {rows} 行（{len(plan.noted)} 处），"
            f"仍提供 {served.version}；运行 etl release 发布为 {plan.release.version}。Run etl release to publish."
        )
    if served.is_draft:
        return f"{name} {served.version}：草稿 {served.folder.name}，尚未发布；etl release 发布。A draft, not released."
    return f"{name} {served.version}：提供已发布的版本。Serving the release."


def progress() -> Track:
    """How to show that sources are being read: a bar where a person is watching."""
    return _bar if sys.stderr.isatty() else in_silence


def _bar(items: Iterable[Any], total: int) -> Iterator[Any]:
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    yield from track(items, description="识读来源", total=total, console=console, transient=True)
