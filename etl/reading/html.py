"""A web page → its title and body laid out, what it says of itself as facts, what it hides held back."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from etl.document import Document
from etl.reading.encoding import decode
from etl.reading.finishing import finish
from etl.reading.html_content import find_content, keep_main_text
from etl.reading.html_facts import page_facts
from etl.reading.html_guard import guard
from etl.reading.html_hidden import Hidden
from etl.reading.html_links import quarantine_links, quarantine_rest
from etl.reading.html_title import add_title
from etl.reading.html_walk import Walker
from etl.reading.layout import Layout
from etl.reading.refusal import Unreadable

_SHORT = 60
_SENTENCE = re.compile("[。；]")


def read_html(data: bytes, charset: str | None) -> Document:
    """Read a page; refuses what is no normal page."""
    guard(data)
    decoded = decode(data, charset=charset, markup=True)
    tree = LexborHTMLParser(decoded.text)
    if tree.body is None:
        raise Unreadable("网页里没有正文，请核对文件。")
    layout, hidden = Layout(warnings=list(decoded.warnings)), Hidden(tree)
    facts = page_facts(tree)
    content = find_content(tree)
    add_title(tree, content, facts, layout)
    walker = Walker(layout, hidden)
    if content is None:
        keep_main_text(tree.body, walker, decoded.text)
    else:
        walker.lay_out(content)
        _warn_of_rest(tree.body, content, layout)
    quarantine_links(tree, hidden, walker.met, layout)
    quarantine_rest(tree, content, layout)
    if len(layout.text) < _SHORT:
        layout.warnings.append("网页正文只有几行字，内容可能在图片或附件里，请核对原页。")
    return finish(layout, media_type="text/html", encoding=decoded.encoding, facts=facts)


def _warn_of_rest(body: LexborNode, content: LexborNode, layout: Layout) -> None:
    """Say so when many sentences of the page stand outside of what was taken for its body."""
    inside, everywhere = (len(_SENTENCE.findall(node.text(deep=True))) for node in (content, body))
    if everywhere > 10 and inside < everywhere * 0.5:
        layout.warnings.append("网页正文区之外还有不少成句的文字没有收入，请对照原页核对。")
