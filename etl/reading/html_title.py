"""The title of a page, put before its body unless the body begins with it."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from etl.reading.layout import Layout, collapse
from etl.reading.tables import table

_MAX = 200
_MIN = 6
_SITE = re.compile(
    r"\s*[_|]\s*|\s+[-–—·]+\s*|\s*[-–—]{2,}\s*|-(?=[^-]{2,20}(?:局|委|办|厅|部|政府|网|公开|门户|办公室|委员会)$)"
)
_NOTICE = re.compile(r"关于.{4,}的(?:通知|意见|公告|通告|决定|批复|函|报告|通报|复函)(?:[(（][^()（）]{1,12}[)）])?$")
"""What reads as the title of a notice, so that it needs no witness."""


def add_title(tree: LexborHTMLParser, content: LexborNode | None, facts: dict[str, str], layout: Layout) -> None:
    """Find the title by the page's heading, its metadata or <title>, and lay it out first."""
    page_title = _text(tree.css_first("title"))
    if page_title:
        facts.setdefault("page_title", page_title)
    heading, place = _heading(tree, page_title, facts.get("title", "")) or ("", "")
    if not heading:
        heading, place = (facts["title"], "meta") if facts.get("title") else (_without_site(page_title), "title")
    body = content if content is not None else tree.body
    if heading and body is not None and _squeeze(heading) not in _squeeze(body.text(deep=True)):
        layout.line(heading, place)


def _heading(tree: LexborHTMLParser, page_title: str, declared: str) -> tuple[str, str] | None:
    """A heading element whose text the page's title or metadata confirms; an only <h1> needs no witness.

    Nor does any only one where the page has neither title nor metadata.
    """
    witness = _squeeze(page_title + declared)
    for row in table("selectors")["title"]:
        nodes = tree.css(row["css"])[:50]
        for node in nodes:
            text = _text(node)
            alone = len(nodes) == 1 and (row["id"] == "h1" or not witness or bool(_NOTICE.search(text)))
            if _MIN <= len(text) <= _MAX and (alone or _squeeze(text) in witness):
                return text, row["id"] if row["id"] != "named" else f".{(node.attributes.get('class') or '').strip()}"
    return None


def _without_site(title: str) -> str:
    """The longest part of <title>: site and section names are shorter than a notice's title.

    >>> _without_site("关于印发工作要点的通知_某市科技局"), _without_site("2020年工作要点-某市科技局")
    ('关于印发工作要点的通知', '2020年工作要点')
    """
    return max(_SITE.split(title), key=len, default="").strip()


def _text(node: LexborNode | None) -> str:
    return collapse(node.text(deep=True)).strip() if node is not None else ""


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)
