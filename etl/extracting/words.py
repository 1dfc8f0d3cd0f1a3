"""Words with a part in the grammar, looked up by the longest that starts or ends at a place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

ALONE = (1,)


@dataclass(frozen=True, slots=True)
class Token:
    """A word with a part in the grammar: its role, what it means, and the rule that says so."""

    word: str
    role: str
    sign: str
    rule: str


@dataclass(frozen=True, slots=True)
class Words:
    """Tokens looked up by the longest word that ends or starts at a place.

    `first` and `last` give the lengths of the words that begin or end with two characters, the longest first.
    """

    tokens: dict[str, Token]
    first: dict[str, tuple[int, ...]]
    last: dict[str, tuple[int, ...]]

    def at(self, text: str, start: int) -> Token | None:
        """The longest token that starts at `start`."""
        longer = self.first.get(text[start : start + 2])
        if longer is None:
            return self.tokens.get(text[start : start + 1])
        for length in longer:
            token = self.tokens.get(text[start : start + length])
            if token:
                return token
        return None

    def before(self, text: str, end: int) -> Token | None:
        """The longest token that ends at `end`."""
        longer = self.last.get(text[max(0, end - 2) : end])
        if longer is None:
            return self.tokens.get(text[end - 1 : end]) if end else None
        for length in longer:
            token = self.tokens.get(text[end - length : end]) if length <= end else None
            if token:
                return token
        return None


def words_of(tokens: Iterable[Token]) -> Words:
    """A lookup of tokens; of two with the same word the first wins.

    >>> words_of([Token("达", "link", "=", "a"), Token("达到", "link", "=", "b")]).before("比重达到", 4).rule
    'b'
    """
    table: dict[str, Token] = {}
    for token in tokens:
        table.setdefault(token.word, token)
    return Words(table, lengths(table, slice(2)), lengths(table, slice(-2, None)))


def lengths(words: Iterable[str], pair: slice) -> dict[str, tuple[int, ...]]:
    """The lengths of the words by their first or last two characters, the longest first; one character may do, too.

    >>> lengths(["达", "达到", "达标率"], slice(2))
    {'达到': (2, 1), '达标': (3, 1)}
    """
    found: dict[str, set[int]] = {}
    for word in words:
        if len(word) > 1:
            found.setdefault(word[pair], {1}).add(len(word))
    return {characters: tuple(sorted(sizes, reverse=True)) for characters, sizes in found.items()}
