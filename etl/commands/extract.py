"""`etl extract`: one notice from anywhere, as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from etl.batch import Reading
from etl.engines import Readers, loose
from etl.interchange import interchange
from etl.reading import Unreadable

STDIN = "-"


@click.command("extract")
@click.argument("file", metavar="FILE|-")
@click.option("--format", "form", type=click.Choice(["json"]), default="json", help="输出格式。Output format.")
@click.option("--explain", is_flag=True, help="另列被排除的数字和所据规则。Also list rejected numbers and why.")
def command(file: str, form: str, explain: bool) -> None:
    """识读一份公文（任何文本或网页文件，- 为标准输入），输出 JSON；不写任何文件。

    Read one notice (any text or HTML file, - for standard input) and print JSON; writes nothing.
    """
    reading = _read(file)
    click.echo(json.dumps(interchange(reading, explain=explain), ensure_ascii=False, indent=2))


def _read(file: str) -> Reading:
    """Read a file or standard input; errors name it."""
    named = "标准输入" if file == STDIN else file
    data = sys.stdin.buffer.read() if file == STDIN else Path(file).read_bytes()
    with Readers() as readers:
        outcome = readers.read_one(loose(data, "" if file == STDIN else Path(file).name))
    if outcome.reading is None:
        raise Unreadable(f"{named}：{outcome.refusal}")
    return outcome.reading
