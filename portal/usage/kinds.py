"""What is counted: pages viewed, files by kind, calls of the interfaces, queries in SQL."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

VIEW, API, SQL = "view", "api", "sql"
FILES = {
    "csv": "csv",
    "json": "json",
    "db": "sqlite",
    "xlsx": "xlsx",
    "parquet": "parquet",
    "zip": "zip",
}
"""Endings of files of data, and what they count as; other files say something about data, and are calls."""
TITLES = {
    VIEW: _("网页浏览"),
    "csv": _("下载 CSV"),
    "json": _("下载 JSON"),
    "xlsx": _("下载 XLSX"),
    "parquet": _("下载 Parquet"),
    "sqlite": _("下载 SQLite"),
    "zip": _("整套下载"),
    API: _("接口调用"),
    SQL: _("SQL 查询"),
}
