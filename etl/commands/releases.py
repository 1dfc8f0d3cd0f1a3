"""`etl releases`: which there are, and making a past one again."""

from __future__ import annotations

from collections.abc import Iterator

import click

from etl.commands.collections import chosen, one, private_dir
from etl.declaration import Collection
from etl.pipeline import past_texts, prepare
from etl.places import releases_dir
from etl.publishing.histories import Content, History, history_of
from etl.publishing.keeping import Place, rebuild
from etl.releasing.current import current, rolled_back_from
from etl.releasing.reading import releases


@click.command("releases")
@click.argument("collections", nargs=-1, metavar="[COLLECTION]…")
@click.option("--rebuild", "version", metavar="VERSION", help="按变更簿重做这一版的数据包。Make this version again.")
def command(collections: tuple[str, ...], version: str | None) -> None:
    """列出各版本：日期、行数变化、是否在这台机器上、签名是否成立。

    List releases: date, whether they stand on this machine, and whether they verify.
    """
    if version is not None:
        _rebuild(one(collections[0] if collections else None), version)
        return
    for collection in chosen(collections):
        for line in _listed(history_of(collection)):
            click.echo(line)


def _rebuild(collection: Collection, version: str) -> None:
    prepared = prepare(collection, private_dir())
    place = Place(releases_dir(), private_dir())
    made = rebuild(
        history_of(collection),
        version,
        lambda rows: past_texts(prepared, rows, private_dir()),
        place,
        lambda: Content(collection, prepared.rows),
    )
    click.echo(
        f"{collection.name} {made.version}：已重做，内容校验值 {made.content_hash} 与 releases.csv 相符。Rebuilt."
    )


def _listed(history: History) -> Iterator[str]:
    name = history.collection.name
    there = {r.version: r for r in releases(releases_dir(), name)}
    served = current(releases_dir(), name)
    yield f"{name}：{len(history.recorded)} 个版本" if history.recorded else f"{name}：还没有发布过"
    for one_ in reversed(history.recorded):
        found = there.get(one_.version)
        state = "不在本机，可重做" if found is None else ("校验通过" if found.verified else "没有通过校验！")
        mark = "→" if served and served.version == one_.version and not served.is_draft else " "
        yield f"{mark} {one_.version}  {one_.released_on}  {one_.content_hash[:12]}  {state}  {one_.summary_text or ''}"
    if back := rolled_back_from(releases_dir() / name):
        yield f"  已由 {back} 退回，发布下一版前一直如此。"
