"""Markdown as members may write it: no HTML, no images, links and lists; what is bare an address becomes a link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from portal.forum.links import Links

DEEPEST = 12
"""How deep quotes, lists and emphasis may nest: the cleaner takes time that grows faster than depth."""
_HEADINGS = {"heading_open": "<p><strong>", "heading_close": "</strong></p>\n"}
_SCHEMES = ("http", "https", "mailto")
_MARK = re.compile(r"(?<![A-Za-z0-9._%+-])@([^\s@]{2,})")


@cache
def parser() -> MarkdownIt:
    """The parser: CommonMark without HTML and images, with line ends kept, strike-through and tables."""
    made = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": DEEPEST + 4})
    return made.enable(["strikethrough", "table"]).disable(["image", "html_block", "html_inline"])


def parsed(text: str) -> list[Token]:
    """The tokens of a text."""
    return parser().parse(text)


def depth(tokens: Iterable[Token]) -> int:
    """How deep the tokens nest, inline ones included."""
    return max((t.level + depth(t.children or ()) for t in tokens), default=0)


def blocks(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens of each outermost block."""
    block: list[Token] = []
    for token in tokens:
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield block
            block = []


def addresses(tokens: Iterable[Token], links: Links) -> Iterator[str]:
    """Every address that the tokens link to, bare ones included."""
    for token in tokens:
        if token.type == "link_open":
            yield str(token.attrs.get("href", ""))
        elif token.type == "text":
            yield from (token.content[a:b] for a, b in links.within(token.content))
        yield from addresses(token.children or (), links)


def mentioned(tokens: Iterable[Token], links: Links) -> Iterator[str]:
    """What stands after each @ in running text, up to the next space: a name and what follows it."""
    for token in tokens:
        if token.type == "text":
            ends = [0, *(place for span in links.within(token.content) for place in span), len(token.content)]
            between = " ".join(token.content[a:b] for a, b in zip(ends[::2], ends[1::2], strict=True))
            yield from (m[1] for m in _MARK.finditer(between))
        yield from mentioned(token.children or (), links)


def is_allowed(address: str) -> bool:
    """Whether a link may lead there: by the web or by mail, or to a path of this site.

    >>> is_allowed("https://a.cn/"), is_allowed("/targets/x"), is_allowed("//evil.cn"), is_allowed("/%5cevil.cn")
    (True, True, False, False)
    """
    if re.match(r"/(?![/\\]|%5c|%2f)", address, re.IGNORECASE):
        return True
    try:
        return urlsplit(address).scheme in _SCHEMES
    except ValueError:
        return False


def lowered(token: Token) -> Token:
    """A heading as a paragraph in bold: the headings of a page are its own."""
    html = _HEADINGS.get(token.type)
    return Token("html_block", "", 0, content=html, level=token.level) if html else token
