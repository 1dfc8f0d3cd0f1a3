"""GB/T 7714-2015: 主要责任者. 题名[文献类型/载体]. 版本. (更新日期)[引用日期]. 获取路径."""

from __future__ import annotations

from collections.abc import Sequence

from portal.cite.work import Paper, Work, one_line, papers_of


def gbt(works: Sequence[Work]) -> list[str]:
    """One entry a work, then one for each paper that they were read from."""
    accessed = works[0].accessed if works else ""
    return [*map(_work, works), *(_paper(p, accessed) for p in papers_of(works))]


def _work(work: Work) -> str:
    title = f"{work.title}: {work.number}" if work.number else work.whole_title
    kind = "EB/OL" if work.kind == "notice" else "DS/OL"
    edition = f"{work.version}版" if work.version else ""
    dated = (f"({work.issued})" if work.issued else "") + f"[{work.accessed}]"
    return _joined(work.author, f"{title}[{kind}]", edition, dated, work.url)


def _paper(paper: Paper, accessed: str) -> str:
    title = f"{paper.title}: {paper.number}" if paper.number else paper.title
    dated = (f"({paper.date})" if paper.date else "") + f"[{accessed}]"
    return _joined(paper.issuer, f"{title}[EB/OL]", "", dated, paper.url)


def _joined(*parts: str) -> str:
    return ". ".join(one_line(p) for p in parts if p) + "."
