"""The order in which the tables of a collection are made: later ones point to earlier ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from etl.assembling import citations, curated, notices, organisations, outline, quantities, repairs, sources
from etl.assembling.indicators import Catalogue
from etl.assembling.organisations import Directory
from etl.assembling.regions import Regions
from etl.assembling.taken import Draft, Link, Noticed, Taken, settle
from etl.claim import Ids
from etl.declaration import Collection
from etl.inputs import Inputs
from etl.tables import Row, Rows

_KEPT_WITH_IDS = {"lookup": "lookup_id", "progress": "progress_id"}


def assemble(collection: Collection, inputs: Inputs, taken: Sequence[Taken], ids: Ids, link: Link) -> Rows:
    """Every table's rows, with ids, all columns in the declared order."""
    rows = _Assembly(collection, inputs, taken, ids, link).rows()
    return {t.name: [{c: r.get(c) for c in t.columns} for r in rows.get(t.name, [])] for t in collection.tables}


class _Assembly:
    def __init__(self, collection: Collection, inputs: Inputs, taken: Sequence[Taken], ids: Ids, link: Link) -> None:
        self._prefix, self._ids = collection.id_prefix, ids
        self._inputs, self._taken = inputs, taken
        self._kinds: list[str] = collection.table("notice").field("kind").constraints["enum"]
        self._regions = Regions(inputs.tables.get("region", []), collection.region_code)
        self._directory = Directory(inputs.tables.get("organisation", []), self._regions, self._prefix, ids)
        self._catalogue = Catalogue(inputs.tables.get("indicator", []), self._prefix, ids, link)

    def rows(self) -> Rows:
        """All tables."""
        rows: Rows = dict(self._inputs.tables)
        for table, key in _KEPT_WITH_IDS.items():
            curated.keep_ids(self._ids, table, key, rows.get(table, []))
        noticed = self._texts(rows)
        self._quantities(rows, noticed)
        self._references(rows, noticed)
        rows["indicator"], rows["organisation"] = self._catalogue.rows, self._directory.rows
        return rows

    def _texts(self, rows: Rows) -> list[Noticed]:
        """Sources, what was held back in them, notices and the parts of their texts."""
        rows["source"] = sources.source_rows(self._taken, self._prefix, self._ids)
        source_ids = {r["sha256"]: r["source_id"] for r in rows["source"]}
        rows["quarantine"] = sources.quarantine_rows(self._taken, source_ids, self._ids)
        identified = notices.identify(self._taken, self._prefix, self._ids)
        noticed = [organisations.with_known(n, self._directory) for n in identified]
        self._directory.propose(name for n in noticed for name in organisations.named(n))
        home = self._regions.home
        rows["notice"] = [
            notices.notice_row(n, source_ids[n.taken.sha256], home, self._directory, self._kinds) for n in noticed
        ]
        rows["passage"] = self._settle("passage", noticed, outline.passages)
        rows["chapter"] = self._settle("chapter", noticed, outline.chapters)
        noticed = _with(noticed, "passages", rows["passage"])
        noticed = _with(noticed, "chapters", rows["chapter"])
        rows["task"] = self._settle("task", noticed, outline.tasks)
        return _with(noticed, "tasks", rows["task"])

    def _quantities(self, rows: Rows, noticed: Sequence[Noticed]) -> None:
        self._catalogue.propose(q for n in noticed for q in quantities.stated(n.taken.extraction.targets))
        units, values = rows.get("unit", []), self._inputs.values
        for table, read in (("target", quantities.targets), ("reported", quantities.reported)):
            kept = curated.curated_rows(table, values, units, self._prefix, self._ids)
            drafts = [d for n in noticed for d in read(n, self._catalogue, self._regions)]
            rows[table] = settle(self._ids, f"{table}_id", drafts) + kept

    def _references(self, rows: Rows, noticed: Sequence[Noticed]) -> None:
        cited = citations.cited_in(noticed)
        papers = citations.document_rows(cited, rows["notice"], self._regions, self._prefix, self._ids)
        paper_ids = {r["title"]: r["document_id"] for r in papers}
        rows["document"] = papers
        rows["citation"] = settle(self._ids, "citation_id", citations.citations(cited, paper_ids))
        rows["mention"] = self._settle("mention", noticed, lambda n: organisations.mentions(n, self._directory))
        rows["repair"] = self._settle("repair", noticed, repairs.repairs)

    def _settle(self, table: str, noticed: Sequence[Noticed], read: Callable[[Noticed], list[Draft]]) -> list[Row]:
        return settle(self._ids, f"{table}_id", [d for n in noticed for d in read(n)])


def _with(noticed: Sequence[Noticed], part: str, rows: Sequence[Row]) -> list[Noticed]:
    """The notices with the rows of one more table, each with its own."""
    own: dict[str, list[Row]] = {}
    for row in rows:
        own.setdefault(row["notice_id"], []).append(row)
    return [n.holding(part, own.get(n.notice_id, ())) for n in noticed]
