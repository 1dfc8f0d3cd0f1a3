"""What is cited: data at a version, or a notice; and the papers that it was read from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Paper:
    """A paper that data were read from: by whom, its number, the day it was published, where it stands."""

    key: str
    title: str
    issuer: str = ""
    number: str = ""
    date: str = ""
    url: str = ""


@dataclass(frozen=True)
class Work:
    """What is cited: `kind` is `data`, `notice` or `query`.

    `issued` and `accessed` are days (YYYY-MM-DD); `within` is the collection that a row stands in; `quote` its
    sentence; `papers` what it was read from.
    """

    key: str
    kind: str
    title: str
    author: str
    publisher: str
    version: str
    issued: str
    accessed: str
    url: str
    within: str = ""
    number: str = ""
    quote: str = ""
    english: bool = False
    papers: tuple[Paper, ...] = ()

    @property
    def whole_title(self) -> str:
        """The title with that of the collection before it."""
        between = ": " if self.english else "："
        return f"{self.within}{between}{self.title}" if self.within else self.title


def papers_of(works: Iterable[Work]) -> list[Paper]:
    """The papers behind several works, each once."""
    return list({p.key: p for w in works for p in w.papers}.values())


def one_line(text: str) -> str:
    """A text without line ends.

    >>> one_line(" 甲\\n乙  丙 ")
    '甲 乙 丙'
    """
    return _SPACE.sub(" ", text).strip()
