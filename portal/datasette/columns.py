"""A filter on a column that the table lacks is refused: SQLite would take its name for a text and find nothing."""

from __future__ import annotations

from typing import Any

from datasette.views.base import DatasetteError

from portal.datasette.hooks import hook


@hook(first=True)
def filters_from_request(request: Any, database: str, table: str, datasette: Any) -> None:
    """Look at the columns that are filtered by."""
    declared = datasette.served[database].collection.by_name.get(table)
    if declared is None:
        return
    for name in request.args:
        column = name.rsplit("__", 1)[0]
        if not name.startswith("_") and column not in declared.columns:
            raise DatasetteError(f"表“{declared.title}”没有 {column[:60]} 这一列，列名见表的页面。", status=400)
