"""A post as it is shown: pieces of clean HTML, and between them the rows that it links to."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import nh3
from markdown_it.token import Token
from markupsafe import Markup

from portal.forum import markdown
from portal.forum.links import Links, Named

TAGS = {
    *("p", "br", "hr", "strong", "em", "s", "b", "code", "pre", "blockquote", "ul", "ol", "li", "a"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
MOST_CARDS = 5
"""Rows shown in one post; further ones are links."""


@dataclass(frozen=True)
class Piece:
    """A piece of a post: HTML that was cleaned, or a row to show."""

    html: Markup | None = None
    row: Named | None = None


@dataclass(frozen=True)
class Reader:
    """For whom a post is drawn: how links are found, what rows are called, where paths lead, who is named with @."""

    links: Links
    title: Callable[[Named], str | None] = lambda named: None
    url: Callable[[str], str] = lambda path: path
    names: frozenset[str] = field(default_factory=frozenset)


def rendered(text: str, reader: Reader) -> list[Piece]:
    """The pieces of a post in their order."""
    tokens = markdown.parsed(text)
    if markdown.depth(tokens) > markdown.DEEPEST:
        return [Piece(Markup.escape(text))]
    pieces: list[Piece] = []
    shown: set[Named] = set()
    for block in markdown.blocks(tokens):
        rows = [] if block[0].type == "blockquote_open" else _rows(block, reader)
        new = [r for r in dict.fromkeys(rows) if r not in shown][: MOST_CARDS - len(shown)]
        shown |= set(new)
        pieces += [] if new and _is_links_alone(block, reader) else [Piece(_html(block, reader))]
        pieces += [Piece(row=row) for row in new]
    return pieces


def _rows(block: list[Token], reader: Reader) -> list[Named]:
    found = (reader.links.named(a) for a in markdown.addresses(block, reader.links))
    return [named for named in found if named and reader.title(named) is not None]


def _is_links_alone(block: list[Token], reader: Reader) -> bool:
    """Whether a paragraph has nothing but links to rows, so that the rows can stand for it."""
    if block[0].type != "paragraph_open":
        return False
    words = block[1].content.split()
    return all((n := reader.links.named(w)) and reader.title(n) is not None for w in words)


def _html(block: list[Token], reader: Reader) -> Markup:
    drawn = [_drawn(markdown.lowered(token), reader) for token in block]
    text = markdown.parser().renderer.render(drawn, markdown.parser().options, {})
    return Markup(  # noqa: S704 - cleaned
        nh3.clean(
            text,
            tags=TAGS,
            attributes={"a": {"href"}, "ol": {"start"}},
            url_schemes={"http", "https", "mailto"},
            link_rel="nofollow ugc noopener",
        )
    )


def _drawn(token: Token, reader: Reader) -> Token:
    if token.children is not None:
        token.children = list(_inline(token.children, reader))
    return token


def _inline(tokens: Iterable[Token], reader: Reader) -> Iterator[Token]:
    """The tokens with bare addresses as links, names marked, and links that lead where they may."""
    within: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            within.append(markdown.is_allowed(str(token.attrs["href"])))
            if within[-1]:
                token.attrs = {"href": _target(str(token.attrs["href"]), reader)}
                yield token
        elif token.type == "link_close":
            if within.pop():
                yield token
        elif token.type == "text" and not within:
            yield from _linked(token.content, reader)
        else:
            yield token


def _linked(text: str, reader: Reader) -> Iterator[Token]:
    end = 0
    for start, stop in reader.links.within(text):
        yield from _marked(text[end:start], reader)
        named, address = reader.links.named(text[start:stop]), text[start:stop]
        label = (reader.title(named) if named else None) or address
        target = html.escape(_target(address, reader))
        yield _raw(f'<a href="{target}">{html.escape(label)}</a>')
        end = stop
    yield from _marked(text[end:], reader)


def _marked(text: str, reader: Reader) -> Iterator[Token]:
    """The text with the names of members marked that were told of it."""
    marked = html.escape(text)
    for name in sorted(reader.names, key=len, reverse=True):
        marked = marked.replace(html.escape(f"@{name}"), f"<b>@\0{html.escape(name)}</b>")
    yield _raw(marked.replace("\0", ""))


def _target(address: str, reader: Reader) -> str:
    """Where a link leads: pages of ours by their path, in the language of the reader."""
    named = reader.links.named(address)
    if named is None:
        return reader.url(address) if address.startswith("/") else address
    fragment = address.partition("#")[2]
    path = named.path + (f"@{named.version}" if named.version else "")
    return reader.url(path) + (f"#{fragment}" if fragment else "")


def _raw(text: str) -> Token:
    return Token("html_inline", "", 0, content=text)
