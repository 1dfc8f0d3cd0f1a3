"""What the page of a row shows beside its columns, by table; tables without a page of their own show their columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from etl.declaration import Field
from portal.published import Link, Located, Published, Row, label, quantity_name, with_indicator
from portal.published.sections import SPINE, bodies, notices, of_notices, tracker
from portal.sections.rows.context import paragraph
from portal.sections.rows.lists import LISTS
from portal.sections.rows.series import series
from portal.sections.targets.service import targets_in

Page = dict[str, Any]


def page(located: Located) -> Page:
    """The row, its columns with what they name, and what its table's page needs besides."""
    own = PAGES.get(located.table.name) if located.published.collection.by_name.keys() >= SPINE else None
    return {"columns": columns(located), **_common(located), **(own(located) if own else {})}


def plain_page(located: Located) -> Page:
    """The row and its columns alone, for tables whose pages can't show it."""
    return {"columns": columns(located), **_common(located)}


def template(located: Located) -> str:
    """The template of the row's page."""
    own = located.table.name in PAGES and located.published.collection.by_name.keys() >= SPINE
    return f"rows/{located.table.name if own else 'row'}.html"


def table_at(published: Published, address: str) -> tuple[str, str] | None:
    """The first collection and its table whose rows' pages stand under an address."""
    tables = ((c.name, c.collection.at(address)) for c in published.collections())
    return next(((name, table.name) for name, table in tables if table), None)


def listed(published: Published, address: str) -> Page | None:
    """The rows of an address in groups and who holds them, where there is a list for people."""
    holders = [c for c in of_notices(published) if c.collection.at(address)]
    table = holders[0].collection.at(address) if holders else None
    if table is None or table.name not in LISTS:
        return None
    groups = LISTS[table.name](published)
    return {"table": table, "holders": holders, "groups": groups, "total": sum(len(g.rows) for g in groups)}


def columns(located: Located) -> list[tuple[Field, Any, Link | None]]:
    """The filled columns in their order, each with the row that a foreign key names."""
    links = located.published.labels(located.table.name, [located.row])
    filled = [(f, located.row[f.name]) for f in located.table.fields if located.row[f.name] is not None]
    return [(f, value, links.get(f.name, {}).get(value)) for f, value in filled]


def _common(located: Located) -> Page:
    served, table, row = located.published, located.table, located.row
    return {"row": row, "key": row[table.key], "name": label(table, row), "table": table, "served_by": served}


def _quantity(located: Located) -> Page:
    """For a target or a reported value: its sentence, its notice and task, its indicator's series."""
    served, row = located.published, with_indicator(located.published, located.row)
    indicator = served.row("indicator", row["indicator_id"]) if row["indicator_id"] else None
    return {
        "row": row,
        "name": quantity_name(row),
        "context": paragraph(served, row),
        "notice": served.row("notice", row["notice_id"]) if row["notice_id"] else None,
        "task": served.row("task", row["task_id"]) if row["task_id"] else None,
        "region": served.row("region", row["region_code"]) if row["region_code"] else None,
        "indicator": indicator,
        "series": series(served, indicator["indicator_id"]) if indicator else [],
    }


def _target(located: Located) -> Page:
    same_year = targets_in(located.published, year=located.row["year"])
    tracked = next((t for t in same_year if t["target_id"] == located.row["target_id"]), None)
    lookups = tracker.lookups_of(located.published, located.row["indicator_id"]) if located.row["indicator_id"] else []
    here = [x for x in lookups if (x["year"], x["region_code"]) == (located.row["year"], located.row["region_code"])]
    return {**_quantity(located), "tracked": tracked, "lookups": here}


def _indicator(located: Located) -> Page:
    row = located.row
    return {
        "series": series(located.published, row["indicator_id"]),
        "synonyms": [s for s in (row["synonyms_text"] or "").split("|") if s],
    }


def _task(located: Located) -> Page:
    served, row = located.published, located.row
    return {
        "notice": served.row("notice", row["notice_id"]),
        "chapter": served.row("chapter", row["chapter_id"]) if row["chapter_id"] else None,
        "targets": targets_in(served, task_id=row["task_id"]),
        "documents": bodies.cited_in(served, row["task_id"]),
        "bodies": bodies.named_in(served, row["task_id"]),
        "progress": bodies.progress_of(served, row["task_id"]),
    }


def _document(located: Located) -> Page:
    served, row = located.published, located.row
    citations = bodies.citations(served, row["document_id"])
    own = served.row("notice", row["notice_id"]) if row["notice_id"] else None
    return {"places": _places(located, citations), "notice": own}


def _organisation(located: Located) -> Page:
    served, row = located.published, located.row
    return {
        "places": _places(located, bodies.mentions(served, row["organisation_id"])),
        "parent": served.row("organisation", row["parent_id"]) if row["parent_id"] else None,
        "region": served.row("region", row["region_code"]) if row["region_code"] else None,
        "under": bodies.under(served, row["organisation_id"]),
        "short_names": [s for s in (row["short_names_text"] or "").split("|") if s],
    }


def _source(located: Located) -> Page:
    served, source_id = located.published, located.row["source_id"]
    return {
        "notices": served.rows("notice", {"source_id": source_id}),
        "held_back": notices.held_back(served, source_id),
    }


def _places(located: Located, rows: list[Row]) -> list[tuple[Row, list[tuple[str, bool]]]]:
    return [(r, paragraph(located.published, r)) for r in rows]


PAGES: dict[str, Callable[[Located], Page]] = {
    "target": _target,
    "reported": _quantity,
    "indicator": _indicator,
    "task": _task,
    "document": _document,
    "organisation": _organisation,
    "source": _source,
}
