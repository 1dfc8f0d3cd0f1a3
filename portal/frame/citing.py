"""“Cite this” for templates: every form of a citation, and where its files are."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from etl.declaration import Table
from portal.cite import Work, apa, gbt, sentence
from portal.frame import language
from portal.frame.door import site
from portal.published import Located, PublishedCollection, Row
from portal.published.citing import Citing

Citation = dict[str, Any]


def citing() -> Citing:
    """For this site, today, in the reader's language."""
    return Citing(site(), datetime.now(UTC).date().isoformat(), language.language() == "en")


def row(served: PublishedCollection, table: Table, row: Row) -> Citation:
    """A row."""
    return forms(citing().row(Located(served, table, row)))


def table(served: PublishedCollection, table: Table) -> Citation:
    """A table."""
    return forms(citing().table(served, table))


def collection(served: PublishedCollection) -> Citation:
    """A collection."""
    return forms(citing().collection(served))


def forms(work: Work) -> Citation:
    """A work in every form; a draft is cited without version, as its files are."""
    return {"gbt": gbt([work]), "apa": apa([work]), "sentence": sentence(work), "path": f"/cite/{work.key}"}
