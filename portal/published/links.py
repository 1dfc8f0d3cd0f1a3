"""Where a row is shown, and what rows of other tables have to do with it."""

from __future__ import annotations

from dataclasses import dataclass

from etl.declaration import Collection, Table
from portal.published.rows import Row, label


@dataclass(frozen=True)
class Link:
    """A row named from elsewhere: `url` is the path of its page, `None` for tables whose rows have no page."""

    table: str
    id: str
    label: str
    url: str | None


@dataclass(frozen=True)
class Referring:
    """Rows of `table` whose `column` names the row asked about: how many, and the first of them."""

    table: Table
    column: str
    total: int
    rows: tuple[Row, ...]


def url(table: Table, row: Row) -> str | None:
    """The path of a row's page; rows without one are shown in their notice, at an anchor that is their id."""
    if table.address:
        return f"/{table.address}/{row[table.key]}"
    if row.get("notice_id"):
        return f"/notices/{row['notice_id']}#{row[table.key]}"
    return None


def needed(table: Table) -> tuple[str, ...]:
    """The columns that a link to a row of the table is made of."""
    return tuple(dict.fromkeys(c for c in (table.key, table.label, "notice_id") if c in table.columns))


def link(table: Table, row: Row) -> Link:
    """The link to a row that holds at least its key and label."""
    return Link(table.name, str(row[table.key]), label(table, row), url(table, row))


def referrers(collection: Collection, table: Table) -> list[tuple[Table, str]]:
    """Tables and their columns whose foreign key is this table's key."""
    return [
        (other, key.fields[0])
        for other in collection.tables
        for key in other.foreign_keys
        if key.table == table.name and key.references == (table.key,) and len(key.fields) == 1
    ]
