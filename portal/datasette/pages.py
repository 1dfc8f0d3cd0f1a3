"""What our templates need besides: Chinese words for filters, titles of columns, the portal's pages of rows."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from datasette.utils import tilde_encode
from markupsafe import Markup

from portal.datasette.hooks import hook
from portal.frame import menu
from portal.sections import SECTIONS

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
    past = datasette.past_version(database)
    return {
        "site": datasette.site,
        "menu": menu.chinese(datasette.site, SECTIONS),
        "lookups": LOOKUPS,
        "collection": served.collection if served else None,
        "declared": declared,
        "counts": datasette.databases[database].cached_table_counts if database else {},
        "titles": {f.name: f.title + (f"（{f.unit}）" if f.unit else "") for f in declared.fields} if declared else {},
        "tables_by_name": served.collection.by_name if served else {},
        "described": datasette.described,
        "past": past,
        "version": served.build.version if served and not served.build.is_draft else None,
        "files": f"/releases/{served.name}/{past}/"
        if served and past
        else f"/catalogue/{served.name}/"
        if served
        else "",
    }


@hook()
def render_cell(value: Any, column: str, table: str | None, database: str, datasette: Any) -> Markup | None:
    """Keys as links: on a row's page to the rows that they name, in a query's result to the page of the row."""
    if not isinstance(value, str):
        return None
    if table is None:
        address = datasette.pages[database].get(column)
        past = datasette.past_version(database)
        at = f"@{past}" if past else ""
        return address and Markup('<a href="/{}/{}{}">{}</a>').format(address, quote(value, safe=""), at, value)
    declared = datasette.served[database].collection.by_name.get(table)
    key = declared.foreign_key(column) if declared else None
    if key is None:
        return None
    table_page = datasette.urls.table(database, key.table)
    return Markup('<a href="{}/{}">{}</a>').format(table_page, tilde_encode(value), value)
