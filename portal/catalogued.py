"""The catalogue record of what is published now: the one place where it is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import overload
from weakref import WeakKeyDictionary

from etl.catalogue.record import Catalogue, File, Series, Version
from etl.releasing.manifest import read_manifest
from etl.releasing.reading import releases
from etl.site import Site
from portal.api.tables import json_size
from portal.published import Published, PublishedCollection

Facts = dict[str, dict[str, object]]
"""Size and hash of every file of a build, by its name in the folder."""
MEASURED = 1000
"""Rows up to which a table's JSON is measured: it is written when it is asked for, not kept as a file."""
_MADE: WeakKeyDictionary[PublishedCollection, Series] = WeakKeyDictionary()


def catalogue(published: Published, site: Site) -> Catalogue:
    """The record; its collections are made one by one as they are looked at."""
    return Catalogue(site, _Lazily(published, site))


class _Lazily(Sequence[Series]):
    """The collections that are served now; a record is made once for each build."""

    def __init__(self, published: Published, site: Site) -> None:
        self._served, self._published, self._site = published.collections(), published, site

    @overload
    def __getitem__(self, index: int) -> Series: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Series]: ...

    def __getitem__(self, index: int | slice) -> Series | Sequence[Series]:
        if isinstance(index, slice):
            return [self._series(served) for served in self._served[index]]
        return self._series(self._served[index])

    def __len__(self) -> int:
        return len(self._served)

    def _series(self, served: PublishedCollection) -> Series:
        made = _MADE.get(served)
        if made is None or made.site is not self._site:
            made = _MADE[served] = series(self._published, served, self._site)
        return made


def series(published: Published, served: PublishedCollection, site: Site) -> Series:
    """The record of one collection, from its build, its descriptor and its releases."""
    known = releases(published.releases, served.name)
    newest = served.build.released_on or _newest_input(served)
    issued = known[0].date if known else str(served.collection.descriptor.get("created", newest))[:10]
    files = _Files(served)
    return Series(
        site=site,
        collection=served.collection,
        version=served.build.version,
        issued=issued or None,
        modified=max(issued, newest) or None,
        content_hash=served.build.content_hash,
        rows={r["name"]: r["rows"] for r in served.collection.descriptor["resources"]},
        files=files,
        common=_common(served, files.facts),
        versions=tuple(Version(r.version, r.date, f"/releases/{served.name}/{r.version}/") for r in known),
        is_draft=served.build.is_draft,
    )


class _Files(Mapping[str, tuple[File, ...]]):
    """The files of each table, looked up when the table is first asked about: measuring JSON takes a while."""

    def __init__(self, served: PublishedCollection) -> None:
        self._served, self._known = served, dict[str, tuple[File, ...]]()
        self.facts: Facts = read_manifest(served.build.folder).files

    def __getitem__(self, table: str) -> tuple[File, ...]:
        if table not in self._known:
            self._known[table] = _files(self._served, self._served.collection.table(table).name, self.facts)
        return self._known[table]

    def __iter__(self) -> Iterator[str]:
        return iter(self._served.collection.by_name)

    def __len__(self) -> int:
        return len(self._served.collection.tables)


def _newest_input(served: PublishedCollection) -> str:
    """The day on which the newest source was captured; the day of the declaration where there are none."""
    stated = str(served.collection.descriptor.get("created", ""))[:10]
    table = served.collection.by_name.get("source")
    if table is None or "captured_at" not in table.columns:
        return stated
    newest = served.rows("source", order="-captured_at", limit=1)
    return str(newest[0]["captured_at"])[:10] if newest else stated


def _common(served: PublishedCollection, facts: Facts) -> tuple[File, ...]:
    """The files that hold the whole collection; a release has a workbook besides."""
    database = _file("sqlite", f"/catalogue/{served.name}/{served.name}.db", facts.get(f"{served.name}.db"))
    workbook = _of_release(served, "xlsx", f"{served.name}.xlsx", facts)
    return (database, *workbook)


def _files(served: PublishedCollection, table: str, facts: Facts) -> tuple[File, ...]:
    at = f"/catalogue/{served.name}/{table}"
    measured = served.count(table) <= MEASURED
    size = json_size(served, served.collection.table(table)) if measured else None
    csv, json = _file("csv", f"{at}.csv", facts.get(f"data/{table}.csv")), File("json", f"{at}.json", size)
    return (csv, json, *_of_release(served, "parquet", f"parquet/{table}.parquet", facts))


def _of_release(served: PublishedCollection, form: str, name: str, facts: Facts) -> tuple[File, ...]:
    """A file that only releases have, where it stands for ever."""
    build = served.build
    if build.is_draft or name not in facts:
        return ()
    return (_file(form, f"/releases/{served.name}/{build.version}/{name}", facts[name]),)


def _file(form: str, path: str, facts: dict[str, object] | None) -> File:
    return File(form, path, int(str(facts["bytes"])), str(facts["sha256"])) if facts else File(form, path)
