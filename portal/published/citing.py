"""What is cited, made of what is published: a row, a table, a collection, each at its version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from etl.declaration import Table
from etl.site import Site
from portal.cite import Paper, Work
from portal.published.collection import PublishedCollection
from portal.published.published import Located, Published
from portal.published.rows import Row, label

MOST_PAPERS = 50


@dataclass(frozen=True)
class Citing:
    """For whom: the site whose addresses are cited, the day, the language."""

    site: Site
    today: str
    english: bool = False

    @property
    def publisher(self) -> str:
        """Who publishes the data."""
        return self.site.publisher_en if self.english else self.site.publisher

    def row(self, found: Located) -> Work:
        """A row at its version; a notice is cited as the paper that it is."""
        table, row, served = found.table, found.row, found.published
        key = str(row[table.key])
        path = f"/{table.address}/{key}"
        papers = papers_of(served, row, self.site.address)
        if table.name == "notice":
            paper = papers[0]
            own: dict[str, Any] = {"kind": "notice", "author": paper.issuer or self.publisher, "number": paper.number}
            return self._work(served, key, label(table, row), path, issued=paper.date, **own)
        return self._work(
            served,
            key,
            label(table, row),
            path,
            within=self._title(served),
            quote=str(row.get("quote") or ""),
            papers=papers,
        )

    def table(self, served: PublishedCollection, table: Table) -> Work:
        """A table; at a version it stands on the page of the release."""
        title = table.title_en if self.english else table.title
        released = f"/releases/{served.name}/{served.build.version}/#{table.name}"
        path = f"/catalogue/{served.name}/{table.name}" if served.build.is_draft else released
        key = f"{served.name}:{table.name}"
        return self._work(served, key, title, path, within=self._title(served), versioned=False)

    def collection(self, served: PublishedCollection) -> Work:
        """A collection; at a version its address is that of the release."""
        released = f"/releases/{served.name}/{served.build.version}/"
        path = f"/catalogue/{served.name}/" if served.build.is_draft else released
        return self._work(served, served.name, self._title(served), path, versioned=False)

    def query(self, served: PublishedCollection, query_id: str, title: str, papers: tuple[Paper, ...]) -> Work:
        """A stored query over a release."""
        path = f"/q/{query_id}"
        return self._work(
            served, query_id, title, path, within=self._title(served), papers=papers, kind="query", versioned=False
        )

    def _work(
        self, served: PublishedCollection, key: str, title: str, path: str, *, versioned: bool = True, **own: Any
    ) -> Work:
        build = served.build
        pinned = versioned and not build.is_draft
        return Work(
            **{
                "key": key if build.is_draft else f"{key}@{build.version}",
                "kind": "data",
                "title": title,
                "author": self.publisher,
                "publisher": self.publisher,
                "version": build.version,
                "issued": build.released_on or str(served.collection.descriptor.get("created", ""))[:10],
                "accessed": self.today,
                "url": f"{self.site.address}{path}{f'@{build.version}' if pinned else ''}",
                "english": self.english,
                **own,
            }
        )

    def _title(self, served: PublishedCollection) -> str:
        return served.collection.title_en if self.english else served.collection.title


def papers_of(served: PublishedCollection, row: Row, site: str) -> tuple[Paper, ...]:
    """The papers that a row was read from: its notice, or what whoever curated it has named."""
    notice = (
        served.row("notice", row["notice_id"])
        if row.get("notice_id") and "notice" in served.collection.by_name
        else None
    )
    if notice is not None:
        return (_notice(served, notice, site),)
    if row.get("source_text") or row.get("source_url"):
        title = str(row.get("source_text") or row["source_url"])
        return (
            Paper(f"source-{title}", title, date=str(row.get("read_on") or ""), url=str(row.get("source_url") or "")),
        )
    return ()


def by_id(published: Published, key: str, version: str | None) -> Located | PublishedCollection | None:
    """The row or collection of an id, at a version or now."""
    for served in published.collections():
        opened = published.versions.at(served.name, version) if version else served
        if opened is None:
            continue
        if served.name == key:
            return opened
        if key.startswith(f"{served.collection.id_prefix}-"):
            for table in opened.collection.tables:
                row = opened.row(table.name, key) if table.address else None
                if row is not None:
                    return Located(opened, table, row)
    return None


def _notice(served: PublishedCollection, notice: Row, site: str) -> Paper:
    key = str(notice["notice_id"])
    pinned = "" if served.build.is_draft else f"@{served.build.version}"
    day = str(notice.get("published_at") or notice.get("written_on") or "")[:10]
    number = str(notice.get("document_number") or "")
    issuer = str(notice.get("issuer_text") or "")
    return Paper(key, str(notice["title"]), issuer, number, day, f"{site}/notices/{key}{pinned}")


def papers_named(
    served: PublishedCollection, columns: Sequence[str], rows: Sequence[Sequence[Any]], site: str
) -> tuple[Paper, ...]:
    """The notices that a result names: by their ids, or by those of rows that stand in them."""
    if "notice" not in served.collection.by_name:
        return ()
    keys = {t.key for t in served.collection.tables} | {"id", "row_id"}
    at = [number for number, column in enumerate(columns) if column in keys]
    ids = dict.fromkeys(str(row[number]).partition(".")[0] for row in rows for number in at)
    notices = (served.row("notice", key) for key in list(ids)[:MOST_PAPERS])
    return tuple(_notice(served, notice, site) for notice in notices if notice)
