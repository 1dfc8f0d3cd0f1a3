"""What there is none of: `/-/…`, which would tell what runs here from which files, and kinds of files never sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from portal.datasette.hooks import hook
from portal.gate.plain import plain

FORMS = frozenset({"json", "jsono", "csv", "blob", "db"})
"""For any other ending Datasette sends the page, as if there were backups and archives of everything."""
_ENDING = re.compile(r"\.(\w+)$")


@hook()
def asgi_wrapper(datasette: Any) -> Callable[[ASGIApp], ASGIApp]:
    """Close the instance's pages, and those of forms that there are none of."""

    def closing(app: ASGIApp) -> ASGIApp:
        async def closed(scope: Scope, receive: Receive, send: Send) -> None:
            answer = plain(scope, 404) if _is_closed(scope.get("path", "")) else app
            await answer(scope, receive, send)

        return closed

    return closing


def _is_closed(path: str) -> bool:
    """Whether nothing is there.

    >>> [_is_closed(p) for p in ("/-/plugins", "/db/table.zip", "/db/table.csv", "/db/table/a.b-c")]
    [True, True, False, False]
    """
    ending = _ENDING.search(path)
    return path.startswith("/-") or (ending is not None and ending[1] not in FORMS)
