"""What to call a target or a reported value: what is counted, and how it is counted where that makes a difference."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from portal.published.collection import PublishedCollection
from portal.published.rows import Row

QUANTITIES = frozenset({"target", "reported"})
INDICATOR = """i.name AS indicator_name, i.name_en AS indicator_name_en, i.qualifier AS indicator_qualifier,
    i.status AS indicator_status"""
"""The columns of a joined indicator `i` that a name is made of."""
_SCOPE = re.compile(r"(全[国省市区县州镇乡村年]|[本今当]年|年内)+")


def quantity_name(row: Mapping[str, Any]) -> str:
    """The name of a target or a reported value: that of its indicator where one is linked, else as the text has it.

    A settled indicator says itself what belongs to its name; else the text's qualifier does, without region and span.

    >>> quantity_name({"name": "高新技术企业", "subject_qualifier": "全市 新增"})
    '新增高新技术企业'
    >>> settled = {"indicator_name": "新增高新技术企业", "indicator_qualifier": "新增", "indicator_status": "accepted"}
    >>> quantity_name({"name": "高新技术企业", "subject_qualifier": "全市 新增", **settled})
    '新增高新技术企业'
    >>> settled = {"indicator_name": "融资", "indicator_qualifier": None, "indicator_status": "accepted"}
    >>> quantity_name({"name": "融资", "subject_qualifier": "全年帮助", **settled})
    '融资'
    """
    base, how = str(row.get("indicator_name") or row["name"]), row.get("indicator_qualifier")
    if not how and row.get("indicator_status") != "accepted":
        how = row.get("subject_qualifier")
    words = [_SCOPE.sub("", word, count=1) if _SCOPE.match(word) else word for word in str(how or "").split()]
    missing = [word for word in words if word and word not in base]
    return "".join([*(w for w in missing if not _is_total(w)), base, *(w for w in missing if _is_total(w))])


def with_indicator(served: PublishedCollection, row: Row) -> Row:
    """The row with what its name is made of."""
    indicator = served.row("indicator", row["indicator_id"]) if row.get("indicator_id") else None
    named = (
        {f"indicator_{key}": indicator[key] for key in ("name", "name_en", "qualifier", "status")} if indicator else {}
    )
    return {**row, **named}


def _is_total(word: str) -> bool:
    """Whether a qualifier stands after what it qualifies: 专利总数, but 新增专利."""
    return word.startswith("总")
