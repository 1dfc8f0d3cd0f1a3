"""Where a page keeps its text: by the selectors of known systems, else by trafilatura's reading of it."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from etl.document import Segment
from etl.reading.html_walk import Walker
from etl.reading.layout import Layout
from etl.reading.limits import MAX_TRAFILATURA_BYTES, MAX_TRAFILATURA_TAGS
from etl.reading.tables import table

_ENOUGH = 12
_SHARE = 0.5
_HAN = re.compile("[\u4e00-\u9fff]")


def find_content(tree: LexborHTMLParser) -> LexborNode | None:
    """The element of the first selector that holds enough Chinese text; the fullest, if several match."""
    for row in table("selectors")["content"]:
        nodes = tree.css(row["css"])
        if nodes:
            sizes = [len(_HAN.findall(node.text(deep=True))) for node in nodes]
            best = max(range(len(nodes)), key=sizes.__getitem__)
            if sizes[best] >= row.get("at_least", _ENOUGH):
                return nodes[best]
    return None


def keep_main_text(body: LexborNode, walker: Walker, source: str) -> None:
    """Lay the whole page out and mark as furniture what trafilatura doesn't take for the main text."""
    layout = walker.layout
    first = len(layout.segments)
    walker.whole_page = True
    walker.lay_out(body)
    main = _main_text(source)
    text = layout.text
    kept = [_squeeze(text[s.start : s.end]) in main for s in layout.segments[first:]]
    sizes = [s.end - s.start for s in layout.segments[first:]]
    enough = sum(size for size, keep in zip(sizes, kept, strict=True) if keep)
    if not enough or enough < _SHARE * _sentences(layout, first):
        layout.warnings.append("没有认出网页的正文区，整页文字都收入了，请核对哪些不属于公文。")
        return
    for i, keep in enumerate(kept, start=first):
        segment = layout.segments[i]
        if not keep and segment.role == "body":
            layout.segments[i] = Segment(segment.start, segment.end, segment.place, "furniture")


def _sentences(layout: Layout, first: int) -> int:
    """How many characters of the page stand in lines that read as sentences."""
    text = layout.text
    return sum(s.end - s.start for s in layout.segments[first:] if "。" in text[s.start : s.end])


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _main_text(source: str) -> str:
    """What trafilatura takes for the page's text, without white space; empty where it finds none."""
    if len(source) > MAX_TRAFILATURA_BYTES or source.count("<") > MAX_TRAFILATURA_TAGS:
        return ""
    # Slow to import and seldom needed: most pages have a known content block.
    import trafilatura

    found = trafilatura.extract(source, include_tables=True, include_comments=False, favor_recall=True)
    return _squeeze(re.sub(r"[|]|^[-*#]+ ", "", found or "", flags=re.M))
