"""Cited papers, who cites them where, and at which level they were issued."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from etl.assembling.levels import level_of
from etl.assembling.regions import Regions
from etl.assembling.slugs import initials
from etl.assembling.taken import Draft, Noticed, innermost, settle
from etl.claim import Claim, Ids
from etl.document import Citation, Repair
from etl.tables import Row

_SLUG_LENGTH = 20
_OWN_PAPER = "即本公文印发的文件"
_LOST = re.compile("疑丢失([^，；。]+)$")


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
    issuing = next((c.noticed.notice_id for c in cited if _issues(c)), None)
    row: Row = {
        "title": key,
        "document_number": number,
        "level": level_of(key, number, [_before(c) for c in cited], regions),
        "notice_id": issuing or known.get(key) or known.get(number or ""),
        "note": "；".join([*([_OWN_PAPER] if issuing else []), *dict.fromkeys(_mended(cited))]) or None,
    }
    return Draft(row, Claim("document", f"{prefix}-doc-{initials(key, _SLUG_LENGTH)}", label=key))


def _issues(cited: Cited) -> bool:
    """Whether a notice cites the very paper that it hands out."""
    attached = cited.noticed.taken.parsed.notice.attached_title
    return bool(attached) and _folded(attached or "") == _folded(cited.key)


def _folded(title: str) -> str:
    return re.sub(r"[\s《》〈〉]+", "", unicodedata.normalize("NFKC", title))


def _mended(cited: Sequence[Cited]) -> Iterator[str]:
    """What the page lost within a citation, and how it is read."""
    for one in cited:
        for repair in one.noticed.taken.parsed.repairs:
            if one.citation.start <= repair.start < repair.end <= one.citation.end and repair.before != repair.after:
                unit = "年" if one.noticed.taken.masked[repair.end :].startswith("年") else ""
                yield f"{_lost(repair)}，当作“{repair.after}{unit}”"


def _lost(repair: Repair) -> str:
    """What is missing, by the reason that the repair gives, else what stands there."""
    lost = _LOST.search(repair.reason)
    return f"原文脱漏{lost[1]}" if lost else f"原文作“{repair.before}”"


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
