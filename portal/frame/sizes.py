"""Type size 小 中 大 by `?size=`, kept from page to page by the links themselves: no script, no cookie."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Flask, has_request_context, request
from flask_babel import lazy_gettext as _

SIZES = {"s": _("小"), "m": _("中"), "l": _("大")}
USUAL = "m"


def install(app: Flask) -> None:
    """Keep the chosen size in every link that is made."""
    app.url_defaults(_keep)


def chosen() -> str:
    """The size asked for, `m` where none or an unknown one is."""
    asked = request.args.get("size", USUAL) if has_request_context() else USUAL
    return asked if asked in SIZES else USUAL


def choices() -> list[dict[str, Any]]:
    """This page in each size."""
    return [{"key": k, "title": t, "url": _here(k), "current": k == chosen()} for k, t in SIZES.items()]


def kept(path: str) -> str:
    """A path of this site with the chosen size added, before its fragment."""
    if chosen() == USUAL:
        return path
    path, hash_, fragment = path.partition("#")
    return f"{path}{'&' if '?' in path else '?'}size={chosen()}{hash_}{fragment}"


def _here(size: str) -> str:
    query = [(k, v) for k, v in request.args.items(multi=True) if k != "size"]
    query += [("size", size)] if size != USUAL else []
    return request.script_root + request.path + (f"?{urlencode(query)}" if query else "")


def _keep(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint != "static" and chosen() != USUAL:
        values.setdefault("size", chosen())
