"""A few lines to begin with, in the tools that people have; the tests run them."""

from __future__ import annotations

import json
from dataclasses import dataclass

from etl.declaration import Table
from portal.published import PublishedCollection


@dataclass(frozen=True)
class Snippet:
    """A tool and what to type."""

    tool: str
    code: str


def snippets(site: str, served: PublishedCollection, table: Table) -> list[Snippet]:
    """The table's CSV of this release by each tool, and a query; of a draft, what is served now."""
    build = served.build
    csv = f"{site}/releases/{served.name}/{build.version}/data/{table.name}.csv"
    database = f"{site}/data/{served.name}-v{build.version.replace('.', '-')}"
    if build.is_draft:
        csv, database = f"{site}/catalogue/{served.name}/{table.name}.csv", f"{site}/data/{served.name}"
    columns = ",".join(dict.fromkeys((table.key, table.label)))
    sql = f"select {columns.replace(',', ', ')} from {table.name} order by {table.key} limit 5"  # noqa: S608
    return [
        Snippet("curl", f"curl -sS -o {table.name}.csv {csv}"),
        Snippet("csvkit", f"curl -sS {csv} | csvcut -c {columns} | csvlook --max-rows 5"),
        Snippet("Python", _python(csv, table)),
        Snippet("R", f'rows <- read.csv({json.dumps(csv)}, fileEncoding = "UTF-8")\nnrow(rows)'),
        Snippet("SQL", f'curl -sS -G {database}.json -d _shape=array --data-urlencode "sql={sql}"'),
    ]


def _python(csv: str, table: Table) -> str:
    return f"""import csv, io, urllib.request

with urllib.request.urlopen({json.dumps(csv)}) as answer:
    rows = list(csv.DictReader(io.TextIOWrapper(answer, encoding="utf-8")))
print(len(rows), [row[{json.dumps(table.key)}] for row in rows[:3]])"""
