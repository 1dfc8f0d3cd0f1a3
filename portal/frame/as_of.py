"""The version that a page shows: links between rows on it stay in that version."""

from __future__ import annotations

import re

from flask import g, has_request_context

_ROW = re.compile(r"/([^/@#?]+)/([^/@#?]+)(#.*)?")


def show(version: str, addresses: frozenset[str]) -> None:
    """Let this request's page be of that version; rows stand under these addresses."""
    g.as_of = (version, addresses)


def kept(path: str) -> str:
    """The path, with the version that is being shown where it is that of a row."""
    shown = g.get("as_of") if has_request_context() else None
    return path if shown is None else versioned(path, *shown)


def versioned(path: str, version: str, addresses: frozenset[str]) -> str:
    """The path of a row's page as of a version; other paths stay.

    >>> versioned("/notices/a#b", "1.0.0", frozenset({"notices"})), versioned("/plans/2017", "1.0.0", frozenset())
    ('/notices/a@1.0.0#b', '/plans/2017')
    """
    match = _ROW.fullmatch(path)
    if match is None or match[1] not in addresses:
        return path
    return f"/{match[1]}/{match[2]}@{version}{match[3] or ''}"
