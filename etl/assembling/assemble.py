"""From what was read, gone through twice, to the rows of every table: first what all notices share, then each alone.

Only what is shared is held in memory: ids of sources and notices, names of bodies and indicators, cited papers. The
rows of a notice go to the shelf as soon as they are made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from etl.assembling import citations, curated, notices, organisations, outline, quantities, repairs, sources
from etl.assembling.indicators import Catalogue
from etl.assembling.organisations import Directory
from etl.assembling.regions import Regions
from etl.assembling.taken import Draft, Link, Noticed, Taken, settle
from etl.claim import Claim, Ids
from etl.declaration import Collection
from etl.inputs import Inputs
from etl.shelf import Shelf
from etl.tables import Row

_KEPT_WITH_IDS = {"lookup": "lookup_id", "progress": "progress_id"}
_VALUED = ("target", "reported")


def assemble(collection: Collection, inputs: Inputs, taken: Iterable[Taken], ids: Ids, link: Link) -> Shelf:
    """Every table's rows, with ids; `taken` are the sources in their order and are gone through twice."""
    return _Assembly(collection, inputs, ids, link).shelf(taken)


class _Assembly:
    def __init__(self, collection: Collection, inputs: Inputs, ids: Ids, link: Link) -> None:
        self._prefix, self._ids, self._inputs = collection.id_prefix, ids, inputs
        self._shelf = Shelf(collection.tables, inputs.tables)
        for table, key in _KEPT_WITH_IDS.items():
            curated.keep_ids(ids, table, key, inputs.tables.get(table, []))
        self._kinds: list[str] = collection.table("notice").field("kind").constraints["enum"]
        self._regions = Regions(inputs.tables.get("region", []), collection.region_code)
        self._directory = Directory(inputs.tables.get("organisation", []), self._regions, self._prefix, ids)
        self._catalogue = Catalogue(inputs.tables.get("indicator", []), self._prefix, ids, link)
        self._papers = citations.Papers()
        self._source_ids = sources.identify(inputs.sources, self._prefix, ids)
        self._notice_ids: dict[str, str] = {}

    def shelf(self, taken: Iterable[Taken]) -> Shelf:
        """All tables."""
        self._survey(taken)
        values = self._curated_values()
        for one in taken:
            self._enter(one)
        for table in _VALUED:
            self._add(table, values[table])
        return self._shelf

    def _survey(self, taken: Iterable[Taken]) -> None:
        """What all notices share: their ids, bodies, indicators and cited papers."""
        claims: list[Claim] = []
        for one in (t for t in taken if t.is_current):
            claims.append(notices.claim(one, self._prefix))
            self._directory.see(organisations.named(organisations.with_known(one, self._directory)))
            self._catalogue.see(quantities.stated(one.extraction.targets))
            self._papers.see(one)
        self._notice_ids = dict(zip((c.source for c in claims), self._ids.match(claims), strict=True))
        # The vocabulary's own rows stand on the shelf already.
        self._add("organisation", self._directory.propose())
        self._add("indicator", self._catalogue.propose())
        self._add("document", self._papers.rows(self._notice_ids, self._regions, self._prefix, self._ids))

    def _curated_values(self) -> dict[str, list[Row]]:
        units, values = self._inputs.tables.get("unit", []), self._inputs.values
        return {table: curated.curated_rows(table, values, units, self._prefix, self._ids) for table in _VALUED}

    def _enter(self, taken: Taken) -> None:
        """The rows of a source and of its notice."""
        source_id = self._source_ids[taken.sha256]
        self._shelf.texts[source_id] = taken.masked
        self._add("source", [sources.source_row(taken, self._source_ids)])
        self._settle("quarantine", sources.held(taken, source_id))
        if taken.is_current:
            taken = organisations.with_known(taken, self._directory)
            self._notice(Noticed(self._notice_ids[taken.sha256], taken), source_id)

    def _notice(self, noticed: Noticed, source_id: str) -> None:
        row = notices.notice_row(noticed, source_id, self._regions.home, self._directory, self._kinds)
        self._add("notice", [row])
        noticed = noticed.holding("passages", self._settle("passage", outline.passages(noticed)))
        noticed = noticed.holding("chapters", self._settle("chapter", outline.chapters(noticed)))
        noticed = noticed.holding("tasks", self._settle("task", outline.tasks(noticed)))
        for table, read in self._facts().items():
            self._settle(table, read(noticed))

    def _facts(self) -> dict[str, Callable[[Noticed], list[Draft]]]:
        """What is read in a notice beside its outline."""
        return {
            "target": lambda n: quantities.targets(n, self._catalogue, self._regions),
            "reported": lambda n: quantities.reported(n, self._catalogue, self._regions),
            "citation": self._papers.citations,
            "mention": lambda n: organisations.mentions(n, self._directory),
            "repair": repairs.repairs,
        }

    def _settle(self, table: str, drafts: Sequence[Draft]) -> list[Row]:
        rows = settle(self._ids, f"{table}_id", drafts)
        self._add(table, rows)
        return rows

    def _add(self, table: str, rows: Sequence[Row]) -> None:
        """A collection may do without a table."""
        if table in self._shelf:
            self._shelf[table].add(rows)
