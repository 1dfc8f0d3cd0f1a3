"""The cell or the row that a correction is about, as it is served now."""

from __future__ import annotations

from dataclasses import dataclass

from etl.cells import canonical, expected
from etl.declaration import Field, Table
from portal.participation.kinds import CORRECTION
from portal.published import Located, Published, label
from portal.storage.participation import CitizenRequest


@dataclass(frozen=True)
class Cell:
    """A row, and one of its columns where one was pointed at."""

    located: Located
    column: str

    @property
    def table(self) -> Table:
        """The row's table."""
        return self.located.table

    @property
    def row_id(self) -> str:
        """The row's key."""
        return str(self.located.row[self.table.key])

    @property
    def name(self) -> str:
        """What the row is called."""
        return label(self.table, self.located.row)

    @property
    def path(self) -> str:
        """The row's page."""
        return f"/{self.table.address}/{self.row_id}"

    @property
    def shown(self) -> str:
        """The value as it stands in the data."""
        return canonical(self.located.row[self.column]) if self.column else ""

    @property
    def field(self) -> Field | None:
        """The column."""
        return self.table.field(self.column) if self.column else None

    @property
    def expected(self) -> str:
        """What a value of the column has to look like, in words."""
        found = self.field
        return expected(found.type) if found else ""

    @property
    def columns(self) -> list[Field]:
        """The columns that can be corrected: all but the key."""
        return [f for f in self.table.fields if f.name not in self.table.primary_key]


def cell_at(published: Published, address: str, row_id: str, column: str) -> Cell | None:
    """The cell of a page's row; none where there is no such row. A column that it does not have counts as none."""
    located = published.find(address, row_id)
    if located is None:
        return None
    known = column in located.table.columns and column not in located.table.primary_key
    return Cell(located, column if known else "")


def cell_of(published: Published, found: CitizenRequest) -> Cell | None:
    """The cell of a request as it is served now; none where the row is gone."""
    served = published.collection(found.collection)
    table = served.collection.by_name.get(found.table_name) if served else None
    if found.kind != CORRECTION or table is None or table.address is None:
        return None
    return cell_at(published, table.address, found.row_id, found.column_name)
