"""The words of a post alone, for lists, feeds and messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markdown_it.token import Token

from portal.forum import markdown


def plain(text: str, longest: int = 200) -> str:
    """The running text of a post in one line, cut."""
    words = " ".join(" ".join(_words(markdown.parsed(text))).split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def _words(tokens: Iterable[Token]) -> Iterator[str]:
    """The text of each block."""
    for token in tokens:
        if token.type in ("code_block", "fence"):
            yield token.content
        elif token.children is not None:
            yield "".join(t.content if t.type in ("text", "code_inline") else _between(t) for t in token.children)


def _between(token: Token) -> str:
    return "\n" if token.type in ("softbreak", "hardbreak") else ""
