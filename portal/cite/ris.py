"""RIS, which reference managers import."""

from __future__ import annotations

from collections.abc import Sequence

from portal.cite.work import Paper, Work, one_line, papers_of


def ris(works: Sequence[Work]) -> str:
    """A record a work, then one for each paper that they were read from."""
    return "".join([*map(_work, works), *map(_paper, papers_of(works))])


def _work(work: Work) -> str:
    return _record(
        ("TY", "GOVDOC" if work.kind == "notice" else "DATA"),
        ("ID", work.key),
        ("AU", work.author),
        ("TI", work.whole_title),
        ("PB", work.publisher),
        ("PY", work.issued[:4]),
        ("DA", work.issued.replace("-", "/")),
        ("ET", work.version),
        ("IS", work.number),
        ("N1", work.quote),
        ("UR", work.url),
        ("Y2", work.accessed.replace("-", "/")),
    )


def _paper(paper: Paper) -> str:
    day = paper.date.replace("-", "/")
    return _record(
        *(("TY", "GOVDOC"), ("ID", paper.key), ("AU", paper.issuer), ("TI", paper.title)),
        *(("PY", paper.date[:4]), ("DA", day), ("IS", paper.number), ("UR", paper.url)),
    )


def _record(*fields: tuple[str, str]) -> str:
    return "".join(f"{tag}  - {one_line(value)}\n" for tag, value in fields if value) + "ER  - \n\n"
