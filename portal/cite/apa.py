"""APA, seventh edition: Author. (Year). Title (Version) [Data set]. Publisher. Address"""

from __future__ import annotations

from collections.abc import Sequence

from portal.cite.work import Paper, Work, one_line, papers_of


def apa(works: Sequence[Work]) -> list[str]:
    """One entry a work, then one for each paper that they were read from."""
    return [*map(_work, works), *map(_paper, papers_of(works))]


def _work(work: Work) -> str:
    number = f" ({work.number})" if work.number else ""
    version = f" (Version {work.version})" if work.version else ""
    kind = "" if work.kind == "notice" else " [Data set]"
    publisher = f" {work.publisher}." if work.publisher != work.author else ""
    title = one_line(work.whole_title)
    return f"{work.author}. ({_year(work.issued)}). {title}{number}{version}{kind}.{publisher} {work.url}"


def _paper(paper: Paper) -> str:
    number = f" ({paper.number})" if paper.number else ""
    author = f"{paper.issuer}. " if paper.issuer else ""
    return f"{author}({_year(paper.date)}). {one_line(paper.title)}{number}. {paper.url}".rstrip()


def _year(day: str) -> str:
    return day[:4] or "n.d."
