"""`etl rollback`: serve an older release again."""

from __future__ import annotations

import click

from etl.commands.collections import one
from etl.places import releases_dir
from etl.publishing.histories import history_of
from etl.publishing.keeping import roll_back


@click.command("rollback")
@click.argument("version")
@click.option("--collection", help="数据集；只有一个时可省略。Which collection.")
def command(version: str, collection: str | None) -> None:
    """改为提供较早的一版，直到发布下一版；写最新的版本号则恢复。

    Serve an older release until the next one is published; name the newest to return to it.
    """
    served = roll_back(history_of(one(collection)), version, releases_dir())
    click.echo(f"{served.collection}：现在提供 {served.version}。Serving {served.version}.")
