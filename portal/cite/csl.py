"""CSL-JSON, which citation processors read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from portal.cite.work import Paper, Work, one_line, papers_of

Item = dict[str, Any]


def csl(works: Sequence[Work]) -> list[Item]:
    """An item a work, then one for each paper that they were read from."""
    return [*map(_work, works), *map(_paper, papers_of(works))]


def _work(work: Work) -> Item:
    return _filled(
        {
            "id": work.key,
            "type": "webpage" if work.kind == "notice" else "dataset",
            "title": one_line(work.title),
            "container-title": work.within,
            "author": _body(work.author),
            "publisher": work.publisher,
            "version": work.version,
            "number": work.number,
            "issued": _day(work.issued),
            "accessed": _day(work.accessed),
            "URL": work.url,
            "note": one_line(work.quote),
            "language": "en" if work.english else "zh-CN",
        }
    )


def _paper(paper: Paper) -> Item:
    return _filled(
        {
            "id": paper.key,
            "type": "webpage",
            "title": one_line(paper.title),
            "author": _body(paper.issuer),
            "number": paper.number,
            "issued": _day(paper.date),
            "URL": paper.url,
            "language": "zh-CN",
        }
    )


def _filled(item: Item) -> Item:
    return {k: v for k, v in item.items() if v}


def _body(name: str) -> list[Item]:
    """A body's name is no surname and given name."""
    return [{"literal": name}] if name else []


def _day(day: str) -> Item:
    """A day in parts.

    >>> _day("2026-11-24"), _day("")
    ({'date-parts': [[2026, 11, 24]]}, {})
    """
    return {"date-parts": [[int(part) for part in day.split("-")]]} if day else {}
