"""What our templates need besides: Chinese words for filters, titles of columns, the portal's pages of rows."""

from __future__ import annotations

from typing import Any

from datasette.utils import tilde_encode
from markupsafe import Markup

from portal.datasette.hooks import hook

LOOKUPS = {
    "exact": "等于",
    "not": "不等于",
    "contains": "含有",
    "notcontains": "不含",
    "endswith": "结尾是",
    "startswith": "开头是",
    "gt": "大于",
    "gte": "不小于",
    "lt": "小于",
    "lte": "不大于",
    "like": "像（%）",
    "notlike": "不像（%）",
    "glob": "像（*）",
    "in": "是其中之一",
    "notin": "不在其中",
    "arraycontains": "数组含有",
    "arraynotcontains": "数组不含",
    "date": "日期是",
    "isnull": "为空",
    "notnull": "不为空",
    "isblank": "空白",
    "notblank": "不空白",
}


@hook()
def extra_template_vars(datasette: Any, database: str | None, table: str | None) -> dict[str, Any]:
    """Names for the templates."""
    served = datasette.served.get(database)
    declared = served.collection.by_name.get(table) if served and table else None
    return {
        "site": datasette.site,
        "lookups": LOOKUPS,
        "collection": served.collection if served else None,
        "declared": declared,
        "titles": {f.name: f.title + (f"（{f.unit}）" if f.unit else "") for f in declared.fields} if declared else {},
        "tables_by_name": served.collection.by_name if served else {},
        "described": datasette.described,
    }


@hook()
def render_cell(value: Any, column: str, table: str | None, database: str, datasette: Any) -> Markup | None:
    """On a row's page, what its foreign keys name as links; tables show labels of their own."""
    if table is None or not isinstance(value, str):
        return None
    declared = datasette.served[database].collection.by_name.get(table)
    key = declared.foreign_key(column) if declared else None
    if key is None:
        return None
    return Markup('<a href="{}/{}">{}</a>').format(
        datasette.urls.table(database, key.table), tilde_encode(value), value
    )
