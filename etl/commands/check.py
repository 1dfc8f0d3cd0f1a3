"""`etl check`: the tables kept with a collection, as they stand."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from etl.commands.collections import chosen
from etl.declaration import Collection
from etl.inputs import folder_of
from etl.places import releases_dir
from etl.releasing.current import current
from etl.shelf import Shelf
from etl.tables import read_tables


@click.command("check")
@click.argument("collections", nargs=-1, metavar="[COLLECTION]…")
@click.pass_context
def command(ctx: click.Context, collections: tuple[str, ...]) -> None:
    """检查数据集 data 文件夹中的各表是否合乎声明。

    Check the tables in a collection's data folder against its declaration.
    """
    found = [_check(collection) for collection in chosen(collections)]
    ctx.exit(0 if not any(found) else 1)


def _check(collection: Collection) -> int:
    from etl.checking import check
    from etl.releasing.folder import write_files

    rows = _rows(collection)
    with tempfile.TemporaryDirectory() as folder:
        write_files(collection, rows, rows.texts, Path(folder))
        problems = check(collection, rows, Path(folder))
    for problem in problems:
        click.echo(f"  {problem}", err=True)
    count = sum(len(table) for table in rows.values())
    click.echo(f"{collection.name}：{len(rows)} 张表，{count} 行，{len(problems)} 处问题。")
    return len(problems)


def _rows(collection: Collection) -> Shelf:
    """The tables of the data folder with the texts of the build that is served, on the shelf."""
    shelf = read_tables(collection.tables, folder_of(collection) / "data")
    build = current(releases_dir(), collection.name)
    for path in (build.folder / "sources").glob("*.txt") if build else ():
        shelf.texts[path.stem] = path.read_bytes().decode()
    return shelf
