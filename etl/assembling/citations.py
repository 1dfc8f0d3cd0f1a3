"""Cited papers, who cites them where, and at which level they were issued."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from etl.assembling.levels import level_of
from etl.assembling.regions import Regions
from etl.assembling.slugs import initials
from etl.assembling.taken import Draft, Noticed, innermost, settle
from etl.claim import Claim, Ids
from etl.document import Citation
from etl.tables import Row

_SLUG_LENGTH = 20


@dataclass(frozen=True)
class Cited:
    """A citation in its notice; `key` is what makes two citations speak of one paper."""

    noticed: Noticed
    citation: Citation
    key: str


def cited_in(notices: Sequence[Noticed]) -> list[Cited]:
    """Every citation; one by number alone goes with the title that stands beside that number elsewhere."""
    all_of_them = [(n, c) for n in notices for c in n.taken.parsed.citations]
    titles = {c.document_number: _squeeze(c.title) for _, c in all_of_them if c.title and c.document_number}
    return [Cited(n, c, _squeeze(c.title) if c.title else _by_number(c, titles)) for n, c in all_of_them]


def document_rows(cited: Sequence[Cited], notices: Sequence[Row], regions: Regions, prefix: str, ids: Ids) -> list[Row]:
    """A row for each paper that is cited."""
    papers: dict[str, list[Cited]] = {}
    for one in cited:
        papers.setdefault(one.key, []).append(one)
    known = _by_name(notices)
    return settle(ids, "document_id", [_paper(k, papers[k], known, regions, prefix) for k in sorted(papers)])


def citations(cited: Sequence[Cited], document_ids: dict[str, str]) -> list[Draft]:
    """Where notices cite which paper."""
    counts: Counter[str] = Counter()
    drafts = []
    for one in cited:
        counts[one.noticed.notice_id] += 1
        drafts.append(_citation(one, counts[one.noticed.notice_id], document_ids[one.key]))
    return drafts


def _paper(key: str, cited: Sequence[Cited], known: dict[str, str], regions: Regions, prefix: str) -> Draft:
    number = next((c.citation.document_number for c in cited if c.citation.document_number), None)
    row: Row = {
        "title": key,
        "document_number": number,
        "level": level_of(key, number, [_before(c) for c in cited], regions),
        "notice_id": known.get(key) or known.get(number or ""),
    }
    return Draft(row, Claim("document", f"{prefix}-doc-{initials(key, _SLUG_LENGTH)}", label=key))


def _by_name(notices: Sequence[Row]) -> dict[str, str]:
    """The notices of this collection by title, by the title of what they issue, and by number."""
    columns = ("document_number", "attached_title", "title")
    return {row[c]: row["notice_id"] for row in reversed(notices) for c in columns if row[c]}


def _before(cited: Cited) -> str:
    """The words of the same line that stand right before a citation."""
    text = cited.noticed.taken.masked[: cited.citation.start]
    return text[max(text.rfind("\n") + 1, len(text) - 60) :]


def _citation(cited: Cited, number: int, document_id: str) -> Draft:
    noticed, start, end = cited.noticed, cited.citation.start, cited.citation.end
    task = innermost(noticed.tasks, start)
    row: Row = {
        "notice_id": noticed.notice_id,
        "document_id": document_id,
        "task_id": task and task["task_id"],
        "quote": noticed.taken.masked[start:end],
        "start": start,
        "end": end,
    }
    return Draft(row, noticed.claim("citation", f"cit{number:02}", start, end, label=cited.key))


def _by_number(citation: Citation, titles: dict[str, str]) -> str:
    number = citation.document_number or citation.quote
    return titles.get(number, number)


def _squeeze(title: str | None) -> str:
    return re.sub(r"\s+", "", title or "")
