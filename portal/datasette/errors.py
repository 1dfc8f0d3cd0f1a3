"""Every failure as a plain Chinese page or JSON with its status; no traceback, whatever else is installed.

Datasette runs its own handler even when another has answered: where `rich` is installed, as Frictionless brings it,
that prints locals to the log and fails on odd paths. It is taken out.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from typing import Any

from datasette import Response
from datasette.database import QueryInterrupted
from datasette.plugins import pm
from datasette.utils import InvalidSql
from datasette.utils.asgi import Base400
from datasette.views.base import DatasetteError

from portal.datasette.hooks import hook
from portal.datasette.words import in_words
from portal.gate.plain import WORDS, wants_json

MISTAKE = ("查询没有成功", "请核对网址中的条件：列名、数字和编号。")
DEFAULT = "datasette.handle_exception"
log = logging.getLogger("portal.datasette")


def replace_default() -> None:
    """Take Datasette's own handler out, once."""
    if pm.has_plugin(DEFAULT):
        pm.unregister(name=DEFAULT)


@hook(first=True)
async def handle_exception(datasette: Any, request: Any, exception: Exception) -> Response:
    """The page or the JSON for a failure."""
    status, advice = _said(exception)
    what, usual = MISTAKE if status == 400 else WORDS.get(status, WORDS[500])
    if status >= 500:
        log.error("%r", f"{request.method} {request.path}: {type(exception).__name__}: {exception}")
    if wants_json(request.scope):
        body = {"ok": False, "status": status, "error": f"{what}。", "hint": advice or usual}
        return Response(json.dumps(body, ensure_ascii=False), status, content_type="application/json; charset=utf-8")
    context = {"what": what, "advice": advice or usual}
    return Response.html(await datasette.render_template("error.html", context, request=request), status=status)


def _said(exception: Exception) -> tuple[int, str | None]:
    """The status and, where there is more to say than that, a sentence."""
    if isinstance(exception, QueryInterrupted) or getattr(exception, "title", None) == "SQL Interrupted":
        return 400, in_words("interrupted")
    if isinstance(exception, InvalidSql | sqlite3.Error):
        return 400, in_words(str(exception))
    if isinstance(exception, DatasetteError):
        # Datasette gives 500 to what is the asker's mistake, such as an unknown column to sort by.
        status = 400 if exception.status == 500 else exception.status
        return status, in_words(str(exception.message)) if status == 400 else None
    if isinstance(exception, Base400):
        return exception.status, None
    # Values that Datasette takes for numbers or JSON without a look.
    return (400, None) if isinstance(exception, ValueError | KeyError | IndexError | AssertionError) else (500, None)
