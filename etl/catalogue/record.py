"""The one record of what is published: a catalogue of collections, each a series of datasets, a dataset a table.

Every dialect is a pure function of this record; facts that a declaration does not state are derived here, once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from etl.catalogue.facts import Agent, File, Licence, Text, Version, Words
from etl.catalogue.place import Place, place_of
from etl.catalogue.vocabulary import vocabulary
from etl.declaration import Collection, Table
from etl.site import Site

__all__ = ["Agent", "Catalogue", "Dataset", "File", "Licence", "Series", "Text", "Version", "Words", "publisher_of"]

_CHINESE = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True)
class Series:
    """One collection as it is served: what its declaration says, and the facts of its build.

    `rows` and `files` are by table, and `files` may be looked up as they are asked for; `common` are files that hold
    all tables; dates are inputs, never the clock, and None where no input has one.
    """

    site: Site
    collection: Collection
    version: str
    issued: str | None
    modified: str | None
    content_hash: str
    rows: dict[str, int]
    files: Mapping[str, tuple[File, ...]]
    common: tuple[File, ...] = ()
    versions: tuple[Version, ...] = ()
    is_draft: bool = False

    @property
    def name(self) -> str:
        """Name of the collection."""
        return self.collection.name

    @property
    def url(self) -> str:
        """The address of its page."""
        return f"{self.site.address}/catalogue/{self.name}/"

    @property
    def title(self) -> Text:
        """Its title."""
        return Text(self.collection.title, self.collection.title_en)

    @property
    def description(self) -> Text:
        """What it is, in a sentence or two."""
        stated = self.collection.descriptor.get("description") or self.collection.title
        return Text(stated, self.collection.descriptor.get("description_en") or stated)

    @cached_property
    def publisher(self) -> Agent:
        """The body whose notices these are, as declared; else the site's publisher."""
        stated = self.collection.descriptor.get("publisher")
        if not stated:
            return publisher_of(self.site)
        name = Text(stated["name"], stated.get("name_en") or stated["name"])
        page = f"/organisations/{stated['organisation']}" if stated.get("organisation") else f"/catalogue/{self.name}/"
        return Agent(name, stated.get("type", "LocalAuthority"), stated.get("url") or self.site.address + page)

    @cached_property
    def place(self) -> Place:
        """What it is about on the map."""
        return place_of(self.collection.descriptor.get("spatial"))

    @property
    def period(self) -> tuple[str, str] | None:
        """The first and the last year that it is about."""
        stated = self.collection.descriptor.get("temporal")
        return (str(stated["start"]), str(stated["end"])) if stated else None

    @property
    def themes(self) -> tuple[str, ...]:
        """Codes of the EU's data themes."""
        return tuple(self.collection.descriptor.get("themes") or ("GOVE",))

    @property
    def frequency(self) -> str:
        """How often it is brought up to date, in the declaration's words."""
        stated = self.collection.descriptor.get("update_frequency")
        return stated if stated in vocabulary()["frequencies"] else "不定期"

    @cached_property
    def licence(self) -> Licence | None:
        """The licence of the compilation, if one is declared."""
        stated: dict[str, Any] = next(iter(self.collection.descriptor.get("licenses", ())), {})
        if not stated:
            return None
        known = vocabulary()["licences"].get(stated["name"], {})
        title = Text(
            stated.get("title") or known.get("title") or stated["name"],
            stated.get("title_en") or known.get("title_en") or stated["name"],
        )
        return Licence(stated["name"], stated["path"], title, known.get("code"))

    @property
    def keywords(self) -> Words:
        """Keywords by language; where none are declared, the title."""
        stated = dict.fromkeys(str(k) for k in self.collection.descriptor.get("keywords", ()))
        chinese = tuple(k for k in stated if _CHINESE.search(k))
        english = tuple(k for k in stated if not _CHINESE.search(k))
        return Words(chinese or (self.collection.title,), english or (self.collection.title_en,))

    @property
    def provenance(self) -> Text:
        """Where the rows come from and who made them of it."""
        sources = [c["title"] for c in self.collection.descriptor.get("contributors", ()) if c.get("title")]
        return Text(
            f"读自{'、'.join(sources) or self.publisher.name.zh}公开的公文，逐行附原文；由{self.site.publisher}整理。",
            f"Read from public notices of {'; '.join(sources) or self.publisher.name.en}, each row with its sentence; "
            f"compiled by {self.site.publisher_en}.",
        )

    @cached_property
    def resources(self) -> dict[str, dict[str, Any]]:
        """The tables as the declaration writes them, by name."""
        return {resource["name"]: resource for resource in self.collection.descriptor["resources"]}

    @property
    def datasets(self) -> Iterator[Dataset]:
        """A dataset a table, in the order of the declaration."""
        return (Dataset(self, table) for table in self.collection.tables)

    def dataset(self, table: str) -> Dataset | None:
        """The dataset of a table, if there is one."""
        declared = self.collection.by_name.get(table)
        return Dataset(self, declared) if declared else None


@dataclass(frozen=True)
class Dataset:
    """One table of a collection."""

    series: Series
    table: Table

    @property
    def name(self) -> str:
        """A name for catalogues that know only one level; tables have no hyphen in their names.

        The last hyphen is where the collection ends.
        """
        return f"{self.series.name}-{self.table.name}"

    @property
    def path(self) -> str:
        """The path of its page, without a suffix."""
        return f"/catalogue/{self.series.name}/{self.table.name}"

    @property
    def url(self) -> str:
        """The address of its page, which is its identifier."""
        return self.series.site.address + self.path

    @property
    def title(self) -> Text:
        """Its title, which says of which collection it is."""
        of = self.series.title
        return Text(f"{of.zh}：{self.table.title}", f"{of.en}: {self.table.title_en or self.table.title}")

    @property
    def description(self) -> Text:
        """What a row is, and what the collection is."""
        of, own = self.series.description, self.table
        return Text(
            f"{own.description or own.title}{of.zh}", f"{own.description_en or own.title_en or own.title} {of.en}"
        )

    @property
    def keywords(self) -> Words:
        """The table's title and the collection's keywords."""
        of, own = self.series.keywords, self.table
        return Words(
            tuple(dict.fromkeys((own.title, *of.zh))), tuple(dict.fromkeys((own.title_en or own.name, *of.en)))
        )

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return self.series.rows.get(self.table.name, 0)

    @property
    def files(self) -> tuple[File, ...]:
        """Its own files, then those that hold the whole collection."""
        return (*self.series.files.get(self.table.name, ()), *self.series.common)

    @property
    def row_template(self) -> str:
        """The address of a row as a URI template (RFC 6570) of its columns."""
        key, columns, site = self.table.key, self.table.columns, self.series.site.address
        if self.table.address:
            return f"{site}/{self.table.address}/{{{key}}}"
        if "notice_id" in columns and self.table.field("notice_id").required:
            return f"{site}/notices/{{notice_id}}#{{{key}}}"
        return f"{site}/data/{self.series.name}/{self.table.name}?{key}={{{key}}}"


@dataclass(frozen=True)
class Catalogue:
    """Everything published. `collections` may make its records as they are asked for: none are held here."""

    site: Site
    collections: Sequence[Series] = field(default=())

    @property
    def title(self) -> Text:
        """The site's title."""
        return Text(self.site.title, self.site.title_en)

    @property
    def description(self) -> Text:
        """What the site is."""
        stated = self.site.description or self.site.title
        return Text(stated, self.site.description_en or stated)

    @property
    def publisher(self) -> Agent:
        """Who runs the site."""
        return publisher_of(self.site)

    @property
    def datasets(self) -> Iterator[Dataset]:
        """Every dataset, by collection."""
        return (dataset for series in self.collections for dataset in series.datasets)

    def series(self, name: str) -> Series | None:
        """The collection of that name, if it is there."""
        return next((s for s in self.collections if s.name == name), None)

    def dataset(self, name: str) -> Dataset | None:
        """The dataset of that name (`<collection>-<table>`), if it is there."""
        collection, _, table = name.rpartition("-")
        series = self.series(collection)
        return series.dataset(table) if series else None


def publisher_of(site: Site) -> Agent:
    """Who runs the site: a public body only where the site says that it is official."""
    usual = "LocalAuthority" if site.official else "NonProfitOrganisation"
    kind = site.metadata.get("site", {}).get("publisher_type", usual)
    return Agent(Text(site.publisher, site.publisher_en), kind, f"{site.address}/about", site.contact)
