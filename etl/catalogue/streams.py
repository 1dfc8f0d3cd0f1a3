"""JSON written piece by piece, so that memory does not grow with what it lists."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any


def json_with(head: dict[str, Any], name: str, items: Iterable[Any]) -> Iterator[bytes]:
    """An object that says what `head` says, and `name` with the items, one a line.

    >>> b"".join(json_with({"a": 1}, "b", [2, 3])).decode()
    '{"a":1,"b":[\\n2,\\n3\\n]}\\n'
    """
    start = json_bytes(head)[:-1]
    yield start + (b"," if head else b"") + json_bytes(name) + b":["
    yield from listed(items)
    yield b"]}\n"


def listed(items: Iterable[Any]) -> Iterator[bytes]:
    """Items with commas between them, one a line."""
    before = b"\n"
    for item in items:
        yield before + json_bytes(item)
        before = b",\n"
    yield b"\n"


def json_bytes(value: Any) -> bytes:
    """Compact JSON with Chinese as it is written."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
