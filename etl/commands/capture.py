"""`etl capture`: take files and web pages into a collection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from etl.capture import capture
from etl.cli import Interrupted
from etl.commands.collections import one, private_dir
from etl.engines import Readers, loose
from etl.failures import sentence
from etl.outcomes import summary
from etl.reading import Unreadable
from etl.registering import Register, Registered


@click.command("capture")
@click.argument("wheres", nargs=-1, required=True, metavar="FILE|URL…")
@click.option("--collection", help="数据集；只有一个时可省略。Which collection.")
@click.option("--path-on", type=click.DateTime(["%Y-%m-%d"]), help="网址所示日期。Date in the address.")
@click.option("--note", help="来历说明。Note on provenance.")
@click.option("--allow-private", is_flag=True, help="允许内网地址。Allow private addresses.")
@click.pass_context
def command(
    ctx: click.Context,
    wheres: tuple[str, ...],
    collection: str | None,
    path_on: datetime | None,
    note: str | None,
    allow_private: bool,
) -> None:
    """收录文件、文件夹中的文件或网页：原件存入 sources，登记入 sources.csv；读不出来的不收。

    Take in files (or a folder's files) and web pages; what can't be read is refused before anything is written.
    """
    chosen, done, failed = one(collection), 0, 0
    day = path_on.date().isoformat() if path_on else None
    with Readers() as readers, Register(chosen, private_dir()) as register:
        for where in _files(wheres):
            try:
                click.echo(_take(register, where, day, note, allow_private, readers))
                done += 1
            except KeyboardInterrupt as error:
                raise Interrupted(f"已中断：已收录 {done} 件并登记，其余没有收录。") from error
            except Exception as error:
                click.echo(f"✗ {where}：{sentence(error)}", err=True)
                failed += 1
    ctx.exit(1 if failed else 0)


def _files(wheres: Sequence[str]) -> Iterator[str]:
    for where in wheres:
        if "://" not in where and Path(where).is_dir():
            yield from (str(p) for p in sorted(Path(where).iterdir()) if p.is_file() and not p.name.startswith("."))
        else:
            yield where


def _take(
    register: Register, where: str, path_on: str | None, note: str | None, allow_private: bool, readers: Readers
) -> str:
    captured = capture(where, allow_private=allow_private)
    if file := register.known(captured.sha256):
        return f"= {where}：内容与已收录的 {file} 完全相同，没有重复收录。"
    outcome = readers.read_one(loose(captured.data, captured.name, captured.media_type, captured.charset))
    if outcome.reading is None:
        raise Unreadable(f"没有收录。{outcome.refusal}")
    registered = register.take(captured, outcome.reading, datetime.now(UTC), path_on=path_on, note=note)
    return f"{_told(where, registered)}{summary(outcome.reading)}"


def _told(where: str, registered: Registered) -> str:
    told = f"✓ {where}：已收录为 {registered.row['file']}"
    if registered.replaced:
        told += f"，替换先前收录的 {registered.replaced}"
    if registered.path.parent.name != "sources":
        told += "；含个人信息，原件只存于 var/private，公开的是遮盖后的文本"
    return f"{told}。"
