"""What a page says of itself: metadata, breadcrumb, date and source lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from etl.reading import furniture
from etl.reading.dates import iso
from etl.reading.layout import collapse
from etl.reading.tables import table

_MAX_VALUE = 300
_MAX_NODES = 20
_MAX_PATH = 120
_MAX_STEPS_UP = 4
_HOME = re.compile(r"首\s*页")


def page_facts(tree: LexborHTMLParser) -> dict[str, str]:
    """The facts of a page; its metadata win over what its lines say."""
    facts = _from_meta(tree)
    for row in table("selectors")["facts"]:
        for node in tree.css(row["css"])[:_MAX_NODES]:
            if 0 < len(text := _line(node)) <= _MAX_VALUE:
                _add(facts, row["fact"], text)
    for text in _paths(tree):
        facts.setdefault("breadcrumb", text)
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
    if fact == "breadcrumb" and "breadcrumb" not in found and re.search(r"[>»›→＞]|\s/\s", text):
        found = furniture.find(f"当前位置:{text}\n").facts
    for name, value in found.items():
        if not fact or name == fact:
            facts.setdefault(name, value)


def _line(node: LexborNode) -> str:
    """What an element says as one line; the steps of a list of links without arrows get them."""
    steps = [collapse(step.text(deep=True)).strip() for step in node.css("li")]
    if len(steps) > 1 and re.fullmatch("(?:网站)?首页", steps[0]):
        return " > ".join(step.strip(" >»›→/") for step in steps if step.strip(" >»›→/"))
    return collapse(node.text(deep=True, separator=" ")).strip()


def _paths(tree: LexborHTMLParser) -> Iterator[str]:
    """Paths that begin at the home page, whatever element holds them: nothing but the path may stand there."""
    nodes = tree.body.traverse(include_text=True) if tree.body else ()
    homes = (n for n in nodes if n.tag == "-text" and _HOME.search(n.text_content or ""))
    for home in islice(homes, _MAX_NODES):
        node, path = home.parent, ""
        for _ in range(_MAX_STEPS_UP):
            text = collapse(node.text(deep=True, separator=" ")).strip() if node else ""
            if not 0 < len(text) <= _MAX_PATH:
                break
            path = furniture.find(f"{text}\n").facts.get("breadcrumb") or path
            node = node.parent if node else None
        if path:
            yield path


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
