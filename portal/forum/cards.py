"""A row as a post shows it: at the release that the link names, or that was current when the post was written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from etl.declaration import Table
from etl.releasing.reading import Withdrawal
from portal.forum.links import Named
from portal.published import Located, Published, Row, label, quantity_name, with_indicator
from portal.published.as_of import Absent, as_of, home, missing
from portal.published.history import life
from portal.published.naming import QUANTITIES

LONGEST_QUOTE = 160


@dataclass(frozen=True)
class Card:
    """A row at a version; `withdrawal` where it is no more, `changes` since that version, `is_draft` without one."""

    path: str
    name: str
    table: Table | None = None
    row: Row | None = None
    version: str = ""
    is_draft: bool = False
    changes: int = 0
    withdrawal: Withdrawal | None = None

    @property
    def has_amount(self) -> bool:
        """Whether the row is a target or a reported value."""
        return self.row is not None and self.table is not None and self.table.name in QUANTITIES

    @property
    def quote(self) -> str:
        """The sentence that it was read from, cut."""
        said = " ".join(str((self.row or {}).get("quote") or "").split())
        return said if len(said) <= LONGEST_QUOTE else said[: LONGEST_QUOTE - 1] + "…"

    @property
    def address(self) -> str:
        """The path of what the card shows: the row at its version."""
        return self.path if self.is_draft or not self.version else f"{self.path}@{self.version}"


def card(published: Published, named: Named, pins: dict[str, str]) -> Card | None:
    """The card of a row; None where there never was such a row."""
    version = named.version or pins.get(named.path, "")
    found: Located | Absent | None = as_of(published, named.address, named.key, version) if version else None
    if not isinstance(found, Located) and not named.version:
        # The release is not on this machine, or there was none when the post was written.
        found = published.find(named.address, named.key) or found
    gone = missing(published, named.address, named.key).withdrawal
    if isinstance(found, Located) and not (gone and not named.version):
        return _of(published, named, found, gone)
    return Card(named.path, named.key, version=gone.last_version or "", withdrawal=gone) if gone else None


def pins(published: Published, rows: list[Named]) -> dict[str, str]:
    """The versions that are current now of the rows that are linked to without one; drafts have none."""
    found = ((n, home(published, n.key)) for n in rows if not n.version)
    return {n.path: c.build.version for n, c in found if c is not None and not c.build.is_draft}


def _of(published: Published, named: Named, found: Located, gone: Withdrawal | None) -> Card:
    served, table, build = found.published, found.table, found.published.build
    row: dict[str, Any] = with_indicator(served, found.row) if table.name in QUANTITIES else found.row
    name = quantity_name(row) if table.name in QUANTITIES else label(table, row)
    current = published.collection(build.collection) or served
    lived = life(current, published.versions.known(current), table.name, named.key)
    since = 0 if build.is_draft else len(lived.since(build.version))
    return Card(named.path, name, table, row, build.version, build.is_draft, since, gone)
