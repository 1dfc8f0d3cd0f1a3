"""A plain sentence for a news text: who said what, in which paper, and where it can be checked."""

from __future__ import annotations

from etl.titles import in_marks
from portal.cite.work import Paper, Work, one_line


def sentence(work: Work) -> str:
    """The sentence, in the work's language."""
    return _english(work) if work.english else _chinese(work)


def _chinese(work: Work) -> str:
    if work.kind == "notice":
        number = f"（{work.number}）" if work.number else ""
        day = f"，{_day(work.issued)}发布" if work.issued else ""
        return f"据{work.author}{in_marks(one_line(work.title))}{number}{day}，全文见 {work.url} 。"
    where = f"“{work.within or work.title}” {work.version} 版（{work.publisher}，{_day(work.issued)}发布），{work.url} "
    if work.papers and work.quote:
        said = "；".join(_named(p) for p in work.papers)
        return f"据{said}，“{one_line(work.quote)}”（数据见{where}）。"
    return f"数据来自{where}。"


def _english(work: Work) -> str:
    if work.kind == "notice":
        number = f" ({work.number})" if work.number else ""
        return f"According to {work.author}, “{one_line(work.title)}”{number}, {work.issued or 'undated'}: {work.url}"
    where = f"“{work.within or work.title}”, version {work.version} ({work.publisher}, {work.issued}), {work.url}"
    if work.papers and work.quote:
        said = "; ".join(f"{p.issuer}, “{p.title}”" if p.issuer else f"“{p.title}”" for p in work.papers)
        return f"According to {said}: “{one_line(work.quote)}” (data: {where})."
    return f"Data: {where}."


def _named(paper: Paper) -> str:
    facts = "，".join(filter(None, (paper.number, f"{_day(paper.date)}发布" if paper.date else "")))
    return f"{paper.issuer}{in_marks(one_line(paper.title))}" + (f"（{facts}）" if facts else "")


def _day(day: str) -> str:
    """A day as a text says it.

    >>> _day("2017-02-06"), _day("2017")
    ('2017年2月6日', '2017年')
    """
    parts = [str(int(p)) for p in day.split("-") if p.isdigit()]
    return "".join(f"{p}{unit}" for p, unit in zip(parts, "年月日", strict=False))
