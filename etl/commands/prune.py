"""`etl prune`: give up packages that can be made again."""

from __future__ import annotations

import click

from etl.commands.collections import chosen
from etl.places import releases_dir
from etl.publishing.histories import history_of
from etl.publishing.keeping import KEPT, prune


@click.command("prune")
@click.argument("collections", nargs=-1, metavar="[COLLECTION]…")
@click.option("--keep", default=KEPT, show_default=True, type=click.IntRange(min=1), help="留下几版。How many to keep.")
@click.option("--dry-run", is_flag=True, help="只显示会删去什么。Only show what would go.")
def command(collections: tuple[str, ...], keep: int, dry_run: bool) -> None:
    """删去较早版本的数据包，只删按变更簿能原样重做的；正在提供的不删。

    Remove packages of older releases, only those that the ledgers can make again; never the one that is served.
    """
    for collection in chosen(collections):
        gone = prune(history_of(collection), releases_dir(), keep, dry_run=dry_run)
        told = "、".join(r.version for r in gone) or "没有可删的"
        click.echo(f"{collection.name}：{'会删去' if dry_run else '已删去'} {told}。")
