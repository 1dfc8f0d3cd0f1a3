"""Links that were injected into a page: hidden ones that lead away, and any that lead where no public body would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from etl.document import Held
from etl.reading.html_hidden import Hidden, Rule
from etl.reading.layout import Layout, collapse
from etl.reading.quarantine import inspect, is_public, suspicious_host, suspicious_words

_MAX_FOUND = 200
_MAX_LINKS = 20_000
_SHOWN = 80
_REDIRECT = re.compile(
    r"(?:location(?:\.href)?\s*=|location\.(?:replace|assign)\s*\()\s*[\"'](?:https?:)?//([^/\"':]+)", re.I
)
_REFRESH = re.compile(r"url\s*=\s*[\"']?\s*(?:https?:)?//([^/\"'\s]+)", re.I)
# How a page closes its menus, which hold links to other bodies: outside of the text no sign of anything.
MENU_RULES = frozenset({"not-shown", "hidden-attribute"})


def host_of(address: str) -> str:
    """The host of an absolute address, else nothing.

    >>> host_of(" //WWW.abc.com:80/x"), host_of("/a/b"), host_of("http://[bad")
    ('www.abc.com', '', '')
    """
    try:
        return (urlsplit(address.strip()).hostname or "").lower()
    except ValueError:
        return ""


def quarantine_links(tree: LexborHTMLParser, hidden: Hidden, met: set[int], layout: Layout) -> None:
    """Hold back the injected links that the walk did not meet, each as a line of its own at the end."""
    found = 0
    for node in tree.css("a[href], area[href], iframe[src]")[:_MAX_LINKS]:
        rule = injected(node, hidden) if node.mem_id not in met else None
        if rule and found < _MAX_FOUND:
            found += 1
            text = collapse(node.text(deep=True)).strip()[:_SHOWN] or f"[{node.tag}]"
            start, end = layout.line(text, "injected link", "furniture")
            layout.held.append(Held(start, end, "link", rule["reason"], rule["id"]))
    layout.warnings.extend(_doubts(tree))


def quarantine_rest(tree: LexborHTMLParser, content: LexborNode | None, layout: Layout) -> None:
    """Hold back what is written, not linked, outside of the content: a domain where the sponsor's name should stand."""
    if tree.body is None or content is None:
        return
    everything, inside = (n.text(deep=True, separator="\n") for n in (tree.body, content))
    outside = everything.replace(inside, "\n")
    for held in inspect(outside, [(0, len(outside) if len(outside) < len(everything) else 0)]):
        value = outside[held.start : held.end]
        if held.kind == "link" and value not in layout.text:
            start, end = layout.line(value, "injected text", "furniture")
            layout.held.append(Held(start, end, "link", held.reason, held.rule))


def injected(node: LexborNode, hidden: Hidden) -> Rule | None:
    """The rule by which a link was put in by a stranger; hidden ones only where they lead to another site."""
    attributes = node.attributes
    host = host_of(attributes.get("href") or attributes.get("src") or "")
    if not host or is_public(host):
        return None
    words = " ".join([node.text(deep=True), attributes.get("title") or "", attributes.get("alt") or ""])
    if rule := suspicious_host(host) or next((rule for _, _, rule in suspicious_words(words)), None):
        return rule
    why = _why(node, hidden)
    return {**why, "kind": "link"} if why and why["id"] not in MENU_RULES and node.tag == "a" else None


def _why(node: LexborNode | None, hidden: Hidden) -> Rule | None:
    for _ in range(40):
        if node is None or not node.is_element_node:
            return None
        if rule := hidden.why(node):
            return rule
        node = node.parent
    return None


def _doubts(tree: LexborHTMLParser) -> Iterator[str]:
    """Doubts about scripts and refreshes that send the reader to another site."""
    for node in tree.css("meta[http-equiv]"):
        match = _REFRESH.search(node.attributes.get("content") or "")
        if match and not is_public(match[1]):
            yield "网页会自动跳转到其他网站，可能被篡改，请核对原页。"
    named = [node.text() for node in tree.css("title")]
    named += [node.attributes.get("content") or "" for node in tree.css("meta[name]")]
    if any(True for text in named for _ in suspicious_words(text)):
        yield "网页的标题或元数据里有博彩或违法推广用语，可能被篡改，请核对原页。"
    for node in tree.css("script"):
        code = node.text()
        if any(not is_public(m[1]) for m in _REDIRECT.finditer(code)):
            yield "网页脚本会把读者带到其他网站，可能被篡改，请核对原页。"
        if any(True for _ in suspicious_words(code)):
            yield "网页脚本里有博彩或违法推广用语，可能被篡改，请核对原页。"
