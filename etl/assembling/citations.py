"""Cited papers, who cites them where, and at which level they were issued."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from etl.assembling.levels import level_of, tells_level
from etl.assembling.notices import title_of
from etl.assembling.regions import Regions
from etl.assembling.slugs import initials
from etl.assembling.taken import Draft, Noticed, Taken, innermost, settle
from etl.claim import Claim, Ids
from etl.document import Citation, Repair
from etl.tables import Row

_SLUG_LENGTH = 20
_OWN_PAPER = "即本公文印发的文件"
_LOST = re.compile("疑丢失([^，；。]+)$")


@dataclass(frozen=True, slots=True)
class Cited:
    """What a citation says of its paper: no more than that is kept, since there may be very many."""

    title: str
    number: str | None
    quote: str
    sha256: str
    before: str
    attached: str
    mended: tuple[str, ...]


class Papers:
    """The papers that the notices of a collection cite, and the notices by what they may be cited as."""

    def __init__(self) -> None:
        self._cited: list[Cited] = []
        self._titles: dict[str, str] = {}
        self._notices: dict[str, str] = {}
        self._ids: dict[str, str] = {}

    def see(self, taken: Taken) -> None:
        """Note a notice and its citations."""
        notice = taken.parsed.notice
        for name in filter(None, (notice.document_number, notice.attached_title, title_of(taken))):
            self._notices.setdefault(name, taken.sha256)
        for citation in taken.parsed.citations:
            one = _cited(taken, citation)
            self._cited.append(one)
            if one.title and one.number:
                self._titles[one.number] = one.title

    def rows(self, notice_ids: Mapping[str, str], regions: Regions, prefix: str, ids: Ids) -> list[Row]:
        """A row for each paper that is cited; `notice_ids` are by the checksums of their sources."""
        papers: dict[str, list[Cited]] = {}
        for one in self._cited:
            papers.setdefault(self._key(one), []).append(one)
        drafts = [self._paper(key, papers[key], notice_ids, regions, prefix) for key in sorted(papers)]
        rows = settle(ids, "document_id", drafts)
        self._ids = {row["title"]: row["document_id"] for row in rows}
        return rows

    def citations(self, noticed: Noticed) -> list[Draft]:
        """Where a notice cites which paper; the papers must have their rows."""
        found = [(c, self._key(_cited(noticed.taken, c))) for c in noticed.taken.parsed.citations]
        return [_citation(noticed, n, citation, key, self._ids[key]) for n, (citation, key) in enumerate(found, 1)]

    def _key(self, one: Cited) -> str:
        """What makes two citations speak of one paper: the title, which may stand beside the number elsewhere."""
        number = one.number or one.quote
        return one.title or self._titles.get(number, number)

    def _paper(
        self, key: str, cited: Sequence[Cited], notice_ids: Mapping[str, str], regions: Regions, prefix: str
    ) -> Draft:
        number = next((c.number for c in cited if c.number), None)
        issuing = next((c.sha256 for c in cited if c.attached and c.attached == _folded(key)), None)
        known = issuing or self._notices.get(key) or (number and self._notices.get(number))
        mended = dict.fromkeys(told for c in cited for told in c.mended)
        row: Row = {
            "title": key,
            "document_number": number,
            "level": level_of(key, number, [c.before for c in cited if c.before], regions),
            "notice_id": known and notice_ids[known],
            "note": "；".join([*([_OWN_PAPER] if issuing else []), *mended]) or None,
        }
        return Draft(row, Claim("document", f"{prefix}-doc-{initials(key, _SLUG_LENGTH)}", label=key))


def _cited(taken: Taken, citation: Citation) -> Cited:
    title, number, before = _squeeze(citation.title), citation.document_number, _before(taken, citation)
    return Cited(
        title,
        number,
        "" if title or number else citation.quote,
        taken.sha256,
        before if tells_level(before) else "",
        _folded(taken.parsed.notice.attached_title or ""),
        tuple(_mended(taken, citation)),
    )


def _folded(title: str) -> str:
    return re.sub(r"[\s《》〈〉]+", "", unicodedata.normalize("NFKC", title))


def _mended(taken: Taken, citation: Citation) -> Iterator[str]:
    """What the page lost within a citation, and how it is read."""
    for repair in taken.parsed.repairs:
        if citation.start <= repair.start < repair.end <= citation.end and repair.before != repair.after:
            unit = "年" if taken.masked[repair.end :].startswith("年") else ""
            yield f"{_lost(repair)}，当作“{repair.after}{unit}”"


def _lost(repair: Repair) -> str:
    """What is missing, by the reason that the repair gives, else what stands there."""
    lost = _LOST.search(repair.reason)
    return f"原文脱漏{lost[1]}" if lost else f"原文作“{repair.before}”"


def _before(taken: Taken, citation: Citation) -> str:
    """The words of the same line that stand right before a citation."""
    text = taken.masked[: citation.start]
    return text[max(text.rfind("\n") + 1, len(text) - 60) :]


def _citation(noticed: Noticed, number: int, citation: Citation, key: str, document_id: str) -> Draft:
    start, end = citation.start, citation.end
    task = innermost(noticed.tasks, start)
    row: Row = {
        "notice_id": noticed.notice_id,
        "document_id": document_id,
        "task_id": task and task["task_id"],
        "quote": noticed.taken.masked[start:end],
        "start": start,
        "end": end,
    }
    return Draft(row, noticed.claim("citation", f"cit{number:02}", start, end, label=key))


def _squeeze(title: str | None) -> str:
    return re.sub(r"\s+", "", title or "")
