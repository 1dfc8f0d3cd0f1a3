"""Where things are: pages in the language of the reader, files for machines, this page in the other language."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlencode

from flask import request

from portal.frame import as_of, language, sizes
from portal.frame.door import site

STATIC = Path(__file__).resolve().parent.parent / "static"


def page(path: str) -> str:
    """A page of this site, given by its path, in the language, size and version that are being read."""
    return sizes.kept(request.script_root + as_of.kept(path))


def row_page(address: str, key: object) -> str:
    """A row's page."""
    return page(f"/{address}/{quote(str(key))}")


def machine(path: str) -> str:
    """A file or a tool that has no language: JSON, CSV, Datasette."""
    return language.root() + path


def asset(name: str) -> str:
    """A static file; its address changes with its content, so that it may be kept for ever."""
    return machine(f"/static/{name}?v={_digest(name)}")


def permanent(path: str) -> str:
    """The address to cite."""
    return site().address + path


def here(code: str) -> str:
    """This page in that language, in full, for `hreflang`."""
    prefix = language.PREFIX if code == "en" else ""
    return site().address + prefix + quote(request.path) + _query()


def switched() -> str:
    """The path of this page in the other language."""
    prefix = "" if language.language() == "en" else language.PREFIX
    return sizes.kept(language.root() + prefix + quote(request.path) + _query())


def _query() -> str:
    kept = [(k, v) for k, v in request.args.items(multi=True) if k != "size"]
    return f"?{urlencode(kept)}" if kept else ""


@cache
def _digest(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
