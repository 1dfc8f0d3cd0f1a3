"""`etl redact`: take down what should never have been published."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from etl.commands.collections import one, private_dir
from etl.pipeline import prepare
from etl.places import releases_dir
from etl.publishing.building import build
from etl.publishing.keeping import Place
from etl.publishing.redacting import Order, redact, throw_away_drafts


@click.command("redact")
@click.argument("source_id")
@click.argument("start", type=click.IntRange(min=0))
@click.argument("end", type=click.IntRange(min=1))
@click.option("--reason", required=True, help="理由（必填；不写被遮盖的内容）。Why, never the value itself.")
@click.option("--kind", default="personal", show_default=True, help="类别。Kind of what is taken down.")
@click.option("--by", default="editor", show_default=True, help="角色或代号，不写姓名。A role or an opaque id.")
@click.option("--collection", help="数据集；只有一个时可省略。Which collection.")
def command(source_id: str, start: int, end: int, reason: str, kind: str, by: str, collection: str | None) -> None:
    """把公开文本中从 START 到 END 的文字在所有版本中逐字遮盖，重新签名，并留下记录。

    Mask the characters START to END of a source's public text wherever they stand, in every release, and sign anew.
    """
    chosen, place = one(collection), Place(releases_dir(), private_dir())
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    done = redact(prepare(chosen, private_dir()), Order(source_id, start, end, kind, reason, by, at), place)
    build(chosen, releases_dir(), private_dir())
    throw_away_drafts(releases_dir(), chosen.name)
    versions = "、".join(done.versions) or "（还没有发布过）"
    click.echo(f"已遮盖 {done.places} 处，重做并重新签名的版本：{versions}。Masked and signed anew.")
    for path in done.left:
        click.echo(f"  {path} 里仍有这段文字，请人工处理。", err=True)
    click.echo("版本库的历史和别人下载的副本改不了：请另行处理。Git history and downloaded copies stay as they are.")
