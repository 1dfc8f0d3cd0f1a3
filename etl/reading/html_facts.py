"""What a page says of itself: metadata, breadcrumb, date and source lines."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from etl.reading import furniture
from etl.reading.dates import iso
from etl.reading.layout import collapse
from etl.reading.tables import table

_MAX_VALUE = 300
_MAX_NODES = 20


def page_facts(tree: LexborHTMLParser) -> dict[str, str]:
    """The facts of a page; its metadata win over what its lines say."""
    facts = _from_meta(tree)
    for row in table("selectors")["facts"]:
        for node in tree.css(row["css"])[:_MAX_NODES]:
            text = collapse(node.text(deep=True, separator=" ")).strip()
            if 0 < len(text) <= _MAX_VALUE:
                _add(facts, row["fact"], text)
    for rows in _record_tables(tree):
        _add(facts, "", rows)
    return facts


def _from_meta(tree: LexborHTMLParser) -> dict[str, str]:
    names = {name.lower(): fact for name, fact in table("selectors")["meta"].items()}
    facts: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        fact = names.get((attributes.get("name") or attributes.get("property") or "").lower())
        value = collapse(attributes.get("content") or "").strip()[:_MAX_VALUE]
        if fact == "published_at":
            value = iso(value) or ""
        if fact and value:
            facts.setdefault(fact, value)
    return facts


def _add(facts: dict[str, str], fact: str, text: str) -> None:
    """Read a line of the page as the same line of a saved text would be."""
    found = furniture.find(f"{text}\n").facts
    if fact == "breadcrumb" and "breadcrumb" not in found and re.search(r"[>»›→＞]", text):
        found = furniture.find(f"当前位置:{text}\n").facts
    for name, value in found.items():
        if not fact or name == fact:
            facts.setdefault(name, value)


def _record_tables(tree: LexborHTMLParser) -> list[str]:
    """The rows of a disclosure record (索引号, 发文机关 …) as lines of label, tab, value."""
    lines = []
    for node in tree.css("table, ul, dl")[:_MAX_NODES]:
        text = node.text(deep=True)
        if re.search(r"索\s*引\s*号|索取号", text) and len(text) < 3000:
            lines.append("\n".join(_row(row) for row in node.css("tr, li, dt, dd")))
    return lines


def _row(row: LexborNode) -> str:
    cells = [collapse(cell.text(deep=True)).strip() for cell in row.css("td, th")]
    return "\t".join(cells) if cells else collapse(row.text(deep=True)).strip()
