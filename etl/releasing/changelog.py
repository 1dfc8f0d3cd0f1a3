"""The change log of a collection, for those who read its data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from etl.declaration import Collection, Table
from etl.releasing.declared import TABLE, Step
from etl.releasing.noted import Noted
from etl.releasing.recorded import Recorded
from etl.tables import Row, Rows

FILE = "CHANGELOG.md"
LISTED = 40
_LONGEST = 60


def section(
    recorded: Recorded, collection: Collection, steps: Sequence[Step], noted: Sequence[Noted], old: Rows
) -> str:
    """What one version changed: a summary, changes of structure, then the rows put right, withdrawn and added."""
    lines = [f"## {recorded.version}（{recorded.released_on}）", "", f"{recorded.summary_text}。", ""]
    lines += [f"- {step.told}" for step in steps]
    lines += _listed("改正", [n for n in noted if n.change.column], collection, old)
    lines += _listed("撤回", [n for n in noted if n.change.went], collection, old)
    lines += _listed("增加", [n for n in noted if n.change.came and n.change.table != TABLE], collection, old)
    return "\n".join(lines).rstrip() + "\n"


def changelog(collection: Collection, sections: Sequence[str]) -> str:
    """The whole file, the newest version first."""
    head = f"# {collection.title}：变更记录\n\n版本号的含义：第一位为结构变化，第二位为增加或撤回，第三位为改正。\n"
    return "\n".join([head, *sections])


def read_sections(folder: Path, versions: Sequence[str]) -> list[str]:
    """The sections of recorded versions as they were written, the newest first."""
    try:
        text = (folder / FILE).read_text("utf-8")
    except FileNotFoundError:
        return []
    parts = [f"## {part}".rstrip() + "\n" for part in ("\n" + text).split("\n## ")[1:]]
    return [part for part in parts if part[3:].partition("（")[0] in versions]


def _listed(heading: str, noted: Sequence[Noted], collection: Collection, old: Rows) -> Iterator[str]:
    if not noted:
        return
    yield from ("", f"### {heading}", "")
    labels = _Labels(collection, old)
    yield from (_line(one, collection, labels) for one in noted[:LISTED])
    if len(noted) > LISTED:
        yield f"- ……另有 {len(noted) - LISTED} 处，见变更表"


def _line(one: Noted, collection: Collection, labels: _Labels) -> str:
    change, table = one.change, collection.by_name.get(one.change.table)
    subject = f"{table.title if table else change.table}“{_short(labels.of(one))}”（{change.row}）"
    why = one.reason + (f"（{one.correction}）" if one.correction else "")
    if change.column:
        title = _title(table, change.column)
        old, new = _short(change.old) or "（空）", _short(change.new) or "（空）"
        return f"- {subject}的“{title}”由“{old}”改为“{new}”：{why}"
    replaced = f"，由 {one.successor} 取代" if one.successor else ""
    return f"- {subject}{replaced}：{why}"


class _Labels:
    """What to call rows: by their label as it was, or as it is in a row that came."""

    def __init__(self, collection: Collection, old: Rows) -> None:
        self._collection, self._old = collection, old
        self._found: dict[str, dict[str, Row]] = {}

    def of(self, one: Noted) -> str:
        """The label of the row that a change is about, or its id."""
        change, table = one.change, self._collection.by_name.get(one.change.table)
        if table is None:
            return change.row
        row = self._rows(table).get(change.row, {}) if change.column else json.loads(change.new or change.old)
        return str(row.get(table.label) or change.row)

    def _rows(self, table: Table) -> dict[str, Row]:
        if table.name not in self._found:
            self._found[table.name] = {str(r.get(table.key)): r for r in self._old.get(table.name, ())}
        return self._found[table.name]


def _title(table: Table | None, column: str) -> str:
    return table.field(column).title if table and column in table.columns else column


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _LONGEST else one_line[: _LONGEST - 1] + "…"
