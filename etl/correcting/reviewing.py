"""Which rows wait for an editor before they reach a release."""

from __future__ import annotations

from collections.abc import Container

from etl.correcting.cascade import remove, remove_notice
from etl.declaration import Collection
from etl.form import has_form
from etl.shelf import Shelf
from etl.tables import Row

REVIEW_BELOW = 0.6
"""Rows of less confidence are released only after an editor's decision."""

REVIEWED = {"target": "target_id", "reported": "reported_id"}


NO_FORM = "没有公文的标题、文号、发文机关和条目，不像公文，等编辑决定"

_TOLD = ("document_number", "document_number_as_published", "issuer_text", "kind", "attached_title", "addressees_text")
_OUTLINE = ("task", "chapter")
_PROPOSED = ("indicator", "organisation")


def hold_back_pages(collection: Collection, rows: Shelf, decided: Container[str]) -> tuple[list[Row], dict[str, str]]:
    """Move notices that have no notice's form, with all that was read in them, out of the tables.

    Returns them with `table`, `row_id`, what to show of them, and every id that waits with them.
    """
    outlined = {notice for table in _OUTLINE if table in rows for notice in rows[table].values("notice_id")}
    formless = [r for r in rows.get("notice", ()) if r["notice_id"] not in outlined and not _has_form(r)]
    waiting: list[Row] = []
    held: dict[str, str] = {}
    for notice in (r for r in formless if r["notice_id"] not in decided):
        waiting.append(
            {"table": "notice", "row_id": notice["notice_id"], **notice, "confidence": 0.0, "quote": notice["title"]}
        )
        held |= remove_notice(collection, rows, notice, NO_FORM)
    return waiting, held | _left_over(collection, rows) if held else {}


def _has_form(notice: Row) -> bool:
    return has_form(notice["title"], *(notice[column] for column in _TOLD))


def _left_over(collection: Collection, rows: Shelf) -> dict[str, str]:
    """Take out what was entered only because a page that waits speaks of it."""
    gone: dict[str, str] = {}
    for name in ("document", *_PROPOSED):
        table, named = collection.table(name), _named(collection, rows, name)
        for row in [r for r in rows[name] if r[table.key] not in named]:
            if name == "document" or row.get("status") == "proposed":
                gone |= remove(collection, rows, name, row, NO_FORM)
    return gone


def _named(collection: Collection, rows: Shelf, name: str) -> set[object]:
    """Every id of a table that rows point to."""
    pointing = [
        (table.name, key.fields[0]) for table in collection.tables for key in table.foreign_keys if key.table == name
    ]
    return {named for table, column in pointing for named in rows[table].values(column)}


def hold_back(rows: Shelf, decided: Container[str]) -> list[Row]:
    """Move doubtful rows that nobody decided on out of the tables; returns them with `table` and `row_id`."""
    waiting: list[Row] = []
    for table, key in ((t, k) for t, k in REVIEWED.items() if t in rows):
        doubtful = {r[key]: r for r in rows[table] if _is_doubtful(r) and r[key] not in decided}
        waiting += [{"table": table, "row_id": row_id, **r} for row_id, r in doubtful.items()]
        rows[table].remove(doubtful)
    return waiting


def _is_doubtful(row: Row) -> bool:
    return bool(row["confidence"] < REVIEW_BELOW)
