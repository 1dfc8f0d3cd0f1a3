"""A row as of a release, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from etl.releasing.reading import Withdrawal
from portal.published.collection import PublishedCollection
from portal.published.history import life
from portal.published.published import Located, Published
from portal.published.versions import Known, withdrawal


@dataclass(frozen=True)
class Absent:
    """Why there is no such row: `kind` says what to tell, `versions` those that may be asked for instead.

    `row`: no such id; `version`: no such version; `elsewhere`: a version on record that does not stand on this
    machine; `gone`: withdrawn, as `withdrawal` says; `not_in`: other versions have it.
    """

    kind: str
    collection: str = ""
    version: str = ""
    versions: tuple[Known, ...] = ()
    withdrawal: Withdrawal | None = None

    @property
    def numbers(self) -> str:
        """The versions in one line."""
        return "、".join(k.version for k in self.versions)

    @property
    def command(self) -> str:
        """What makes a version again where the sources are."""
        return f"python -m etl releases {self.collection} --rebuild {self.version}"


def home(published: Published, key: str) -> PublishedCollection | None:
    """The collection whose ids begin as this one does."""
    having = [c for c in published.collections() if key.startswith(f"{c.collection.id_prefix}-")]
    return max(having, key=lambda c: len(c.collection.id_prefix), default=None)


def as_of(published: Published, address: str, key: str, version: str) -> Located | Absent:
    """The row whose page is `/<address>/<key>@<version>`, or why there is none."""
    served = home(published, key)
    if served is None:
        return Absent("row")
    known = published.versions.known(served)
    if version not in {k.version for k in known}:
        return Absent("version", served.name, version, known)
    opened = published.versions.at(served.name, version)
    if opened is None:
        return Absent("elsewhere", served.name, version, known)
    table = opened.collection.at(address)
    row = opened.row(table.name, key) if table else None
    if table is not None and row is not None:
        return Located(opened, table, row)
    return _absent(served, opened, address, key, known)


def missing(published: Published, address: str, key: str) -> Absent:
    """Why there is no `/<address>/<key>` now."""
    served = home(published, key)
    found = withdrawal(served, address, key) if served else None
    if served is None or found is None:
        return Absent("row")
    known = published.versions.known(served)
    return Absent("gone", served.name, found.version, life(served, known, found.table, key).having, found)


def _absent(
    served: PublishedCollection, opened: PublishedCollection, address: str, key: str, known: tuple[Known, ...]
) -> Absent:
    version = opened.build.version
    if found := withdrawal(opened, address, key):
        return Absent("gone", served.name, version, life(opened, known, found.table, key).having, found)
    table = served.collection.at(address)
    having = life(served, known, table.name, key).having if table else ()
    if having and (len(having) < len(known)):
        return Absent("not_in", served.name, version, having)
    return Absent("row")
