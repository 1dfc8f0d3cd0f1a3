"""BibTeX, as biblatex reads it too."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from portal.cite.work import Paper, Work, one_line, papers_of

_SPECIAL = re.compile(r"[\\{}%&$#_~^]")
_WORDS = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_KEY = re.compile(r"[^0-9A-Za-z.:-]+")


def bibtex(works: Sequence[Work]) -> str:
    """An entry a work, then one for each paper that they were read from."""
    return "\n".join([*map(_work, works), *map(_paper, papers_of(works))])


def escaped(text: str) -> str:
    """A text that TeX prints as it is.

    >>> escaped("R&D 占 2.65%")
    'R\\\\&D 占 2.65\\\\%'
    """
    return _SPECIAL.sub(lambda m: _WORDS.get(m[0], f"\\{m[0]}"), one_line(text))


def _work(work: Work) -> str:
    fields = {
        "author": f"{{{escaped(work.author)}}}",
        "title": f"{{{escaped(work.whole_title)}}}",
        "publisher": escaped(work.publisher),
        "year": work.issued[:4],
        "date": work.issued,
        "version": escaped(work.version),
        "number": escaped(work.number),
        "url": work.url,
        "urldate": work.accessed,
        "note": escaped(work.quote),
    }
    return _entry("online" if work.kind == "notice" else "dataset", work.key, fields)


def _paper(paper: Paper) -> str:
    fields = {
        "author": f"{{{escaped(paper.issuer)}}}" if paper.issuer else "",
        "title": f"{{{escaped(paper.title)}}}",
        "year": paper.date[:4],
        "date": paper.date,
        "number": escaped(paper.number),
        "url": paper.url,
    }
    return _entry("misc", paper.key, fields)


def _entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{_KEY.sub('-', key)},\n{lines}}}\n"
