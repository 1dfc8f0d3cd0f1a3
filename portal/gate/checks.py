"""Which requests are let in: known host, a clean path, a query of bearable length."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from starlette.types import Scope

LONGEST_QUERY = 32_768
_FORBIDDEN = re.compile(rb"[\x00-\x1f\x7f\\]|//")
_PORT = re.compile(r":\d{1,5}$")


def refused(scope: Scope, hosts: frozenset[str]) -> int | None:
    """The status with which a request is refused; `None` where it may pass."""
    if not is_known_host(scope, hosts) or not is_clean_path(raw_path(scope)) or b"\0" in unquoted_query(scope):
        return 400
    return 414 if len(scope["query_string"]) > LONGEST_QUERY else None


def is_known_host(scope: Scope, hosts: frozenset[str]) -> bool:
    """Whether exactly one Host header names the site; a port may follow."""
    named = [value for key, value in scope["headers"] if key == b"host"]
    return len(named) == 1 and _PORT.sub("", named[0].decode("latin-1")).lower() in hosts


def is_clean_path(raw: bytes) -> bool:
    """Whether a path is free of what leads elsewhere: backslashes, empty segments, control characters, bad UTF-8.

    >>> is_clean_path(b"/targets/zjstb-rd-intensity.2017-321100"), is_clean_path(b"/%5cevil.example/")
    (True, False)
    """
    path = unquote_to_bytes(raw)
    try:
        segments = path.decode("utf-8").split("/")
    except UnicodeDecodeError:
        return False
    return path.startswith(b"/") and not _FORBIDDEN.search(path) and not {".", ".."} & set(segments)


def raw_path(scope: Scope) -> bytes:
    """The path as it was sent, without the query."""
    sent: bytes = scope.get("raw_path") or scope["path"].encode("utf-8")
    return sent.split(b"?")[0]


def unquoted_query(scope: Scope) -> bytes:
    """The query with its escapes resolved."""
    return unquote_to_bytes(scope["query_string"])
