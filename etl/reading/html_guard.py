"""What a page may not be: so deep or so crowded that building its tree is an attack."""

from __future__ import annotations

import re

from etl.reading import limits
from etl.reading.refusal import Unreadable

_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Elements that hold nothing or that the next one of their kind closes: they don't nest.
_FLAT = frozenset(
    b"area base br col embed hr img input link meta param source track wbr p li dt dd option optgroup tr td th tbody "
    b"thead tfoot colgroup rp rt html head body script style title".split()
)
_MAX_OPTIONS = 10_000
_LONG_TAG = 8192


def guard(data: bytes) -> None:
    """Refuse a page before it is parsed; the deepest nesting is the sum over names of what is open at once."""
    if len(data) > limits.MAX_HTML_BYTES:
        raise Unreadable(f"网页超过 {limits.MAX_HTML_BYTES // limits.MEGABYTE} MB，不像一篇公文，请只保存正文页再试。")
    if data.count(b"<") > 100:
        _count_tags(data)
    if any(len(piece) > _LONG_TAG and len(piece.split()) > limits.MAX_HTML_ATTRIBUTES for piece in _tags(data)):
        raise Unreadable("网页里有带上千个属性的标签，不是正常的网页，已拒绝解析。")


def _count_tags(data: bytes) -> None:
    opened: dict[bytes, int] = {}
    deepest: dict[bytes, int] = {}
    total = options = 0
    for match in _TAG.finditer(data):
        total += 1
        name = match[2].lower()
        options += name == b"option"
        if name in _FLAT:
            continue
        opened[name] = opened.get(name, 0) - 1 if match[1] else max(opened.get(name, 0), 0) + 1
        deepest[name] = max(deepest.get(name, 0), opened[name])
    if sum(deepest.values()) > limits.MAX_HTML_DEPTH:
        raise Unreadable(f"网页的标签嵌套超过 {limits.MAX_HTML_DEPTH} 层，不是正常的网页，已拒绝解析。")
    if total > limits.MAX_HTML_TAGS or options > _MAX_OPTIONS:
        raise Unreadable("网页的标签多得不正常，已拒绝解析，请只保存正文页再试。")


def _tags(data: bytes) -> list[bytes]:
    """The insides of tags: what stands between < and the next >."""
    return [piece.rpartition(b"<")[2] for piece in data.split(b">")] if len(data) > _LONG_TAG else []
