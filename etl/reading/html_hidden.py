"""What a page hides from people: by the `hidden` attribute, its styles, or white on white."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from etl.reading.tables import compiled, table

_RULE = re.compile(r"([^{}]{1,300})\{([^{}]{0,2000})\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_SIMPLE_SELECTOR = re.compile(r"[\w\s.#>,-]+\Z", re.ASCII)
_MAX_RULES = 300
_COLOUR = re.compile(r"(?:^|;)\s*color\s*:\s*([^;!]+)", re.I)
_BACKGROUND = re.compile(r"(?:^|;)\s*background(?:-color)?\s*:\s*([^;!]+)", re.I)
_WHITE = re.compile(
    r"\s*(?:white|#f{3}(?:f{3})?|#f[a-f]f[a-f]f[a-f]|rgba?\(\s*25\d\s*,\s*25\d\s*,\s*25\d\b.*|transparent)\s*$", re.I
)
_SAME = {"id": "white-on-white", "reason": "文字与底色相同，页面上看不见"}
_ATTRIBUTE = {"id": "hidden-attribute", "reason": "页面用 hidden 属性隐藏了这段内容"}

Rule = dict[str, Any]


@lru_cache(maxsize=4096)
def hiding(style: str) -> Rule | None:
    """The rule by which a style hides what it is applied to.

    >>> hiding("position:absolute; left:-9999px")["id"], hiding("color:red")
    ('off-screen', None)
    """
    lowered = style.lower()
    return next((rule for rule in table("quarantine")["styles"] if compiled(rule["pattern"]).search(lowered)), None)


class Hidden:
    """Which elements of a page are hidden, and why."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._by_sheet = _from_sheets(tree)

    def why(self, node: LexborNode) -> Rule | None:
        """The reason why an element itself is hidden; its parents are asked apart."""
        attributes = node.attributes
        if not attributes and not self._by_sheet:
            return None
        if "hidden" in attributes and attributes["hidden"] != "until-found":
            return _ATTRIBUTE
        style = attributes.get("style") or ""
        return (hiding(style) if style else None) or self._by_sheet.get(node.mem_id) or _white(node)


def _from_sheets(tree: LexborHTMLParser) -> dict[int, Rule]:
    selectors: dict[str, Rule] = {}
    for sheet in tree.css("style"):
        for match in _RULE.finditer(_COMMENT.sub("", sheet.text())):
            rule, selector = hiding(match[2].strip()), match[1].strip()
            if rule and len(selectors) < _MAX_RULES and _SIMPLE_SELECTOR.match(selector):
                selectors.setdefault(selector, rule)
    return {node.mem_id: rule for selector, rule in selectors.items() for node in _matching(tree, selector)}


def _matching(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    try:
        return list(tree.css(selector))
    except (SelectolaxError, ValueError):
        return []


def _white(node: LexborNode) -> Rule | None:
    """White text on no ground of its own, or text in the very colour of its ground."""
    attributes = node.attributes
    style = attributes.get("style") or ""
    colour = _COLOUR.search(style)
    written = (colour[1] if colour else attributes.get("color") if node.tag == "font" else None) or ""
    if not written.strip():
        return None
    ground = _ground(node)
    if ground is None:
        return _SAME if _WHITE.match(written) else None
    return _SAME if ground.strip().lower() == written.strip().lower() else None


def _ground(node: LexborNode | None) -> str | None:
    """The nearest background that the page writes at an element or around it."""
    for _ in range(40):
        if node is None or not isinstance(node.tag, str):
            return None
        match = _BACKGROUND.search(node.attributes.get("style") or "")
        colour = match[1] if match else node.attributes.get("bgcolor") or node.attributes.get("background")
        if colour:
            return colour
        if node.attributes.get("class") and node.tag in {"th", "td", "tr", "thead"}:
            return "unknown"
        node = node.parent
    return None
