"""Compares what was read in a notice with what a careful reader found in it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl.document import Quantity
from etl.pipeline import Reading, read_notice

NOTICES = Path(__file__).parent / "notices"
NAME_F1 = 0.7
_ASIDE = {"borderline", "dup"}


@dataclass
class Count:
    """Hits, misses and false finds of one kind."""

    right: int = 0
    missed: int = 0
    wrong: int = 0

    def add(self, other: Count) -> None:
        """Sum another count into this one."""
        self.right += other.right
        self.missed += other.missed
        self.wrong += other.wrong

    @property
    def precision(self) -> float:
        """Share of the finds that are right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of what there is that was found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = 2 * self.right + self.missed + self.wrong
        return 2 * self.right / both if both else 1.0


@dataclass
class Score:
    """The counts of a notice, or of many, by kind; and every mistake in words."""

    counts: dict[str, Count] = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)

    def of(self, kind: str) -> Count:
        """The count of a kind."""
        return self.counts.setdefault(kind, Count())

    def add(self, other: Score) -> None:
        """Sum another score into this one."""
        for kind, count in other.counts.items():
            self.of(kind).add(count)
        self.mistakes += other.mistakes

    def attribute(self, kind: str, right: bool, what: str) -> None:
        """Count one attribute of a hit."""
        self.of(kind).right += right
        self.of(kind).wrong += not right
        if not right:
            self.mistakes.append(f"{kind}: {what}")


def gold_of(name: str) -> dict[str, Any]:
    """The annotation of a notice."""
    gold: dict[str, Any] = json.loads((NOTICES / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    return gold


def names_of_notices() -> list[str]:
    """Every annotated notice."""
    return sorted(path.stem for path in (NOTICES / "gold").glob("*.json"))


def reading_of(name: str) -> Reading:
    """A notice, read, parsed and extracted."""
    return read_notice((NOTICES / "text" / f"{name}.txt").read_bytes(), name=f"{name}.txt")


def score(name: str) -> Score:
    """All counts of one notice."""
    gold, reading, result = gold_of(name), reading_of(name), Score()
    _quantities(gold, reading, result)
    _outline(gold, reading, result)
    _metadata(gold, reading, result)
    result.mistakes = [f"{name} {mistake}" for mistake in result.mistakes]
    return result


def squeezed(text: str | None) -> str:
    """A text without spaces, in compatibility form.

    >>> squeezed("７ ％")
    '7%'
    """
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text or ""))


def name_f1(ours: str, theirs: str) -> float:
    """F1 of the characters of two names.

    >>> round(name_f1("授权量", "专利授权量"), 2)
    0.75
    """
    a, b = Counter(squeezed(ours)), Counter(squeezed(theirs))
    common = sum((a & b).values())
    return 2 * common / (sum(a.values()) + sum(b.values())) if common else 0.0


def _hits(row: dict[str, Any], found: Quantity) -> bool:
    values = (row["value"], row.get("value_min"), row.get("value_max"))
    same = values == (found.value, found.value_min, found.value_max)
    return same and row["start"] <= found.number_start < row["end"] and squeezed(row["unit"]) == squeezed(found.unit)


def _quantities(gold: dict[str, Any], reading: Reading, result: Score) -> None:
    text = reading.document.text
    ignored = [m.span() for quote in gold["ignore"] for m in re.finditer(re.escape(quote), text)]
    for kind, found in (("target", reading.extraction.targets), ("achievement", reading.extraction.reported)):
        left = list(found)
        for row in (row for row in gold["targets"] if row["kind"] == kind):
            _match(row, left, kind, result)
        for extra in left:
            ignorable = "dup" in extra.flags or any(a <= extra.number_start < b for a, b in ignored)
            if not ignorable:
                result.of(kind).wrong += 1
                result.mistakes.append(f"false {kind}: {_brief(extra)} «{extra.quote}»")


def _match(row: dict[str, Any], left: list[Quantity], kind: str, result: Score) -> None:
    aside = _ASIDE & set(row.get("flags", ()))
    counted = result.of("borderline" if aside else kind)
    hits = [found for found in left if _hits(row, found)]
    if not hits:
        counted.missed += 1
        if not aside:
            result.mistakes.append(f"missed {kind}: {row['name']} «{row['as_written']}»")
        return
    hit = max(hits, key=lambda found: name_f1(found.name, row["name"]))
    left.remove(hit)
    counted.right += 1
    if not aside:
        _attributes(row, hit, result)


def _attributes(row: dict[str, Any], hit: Quantity, result: Score) -> None:
    accepted = row.get("comparator_accept", [row["comparator"]])
    compared = hit.comparator in accepted and row.get("bound") == hit.bound
    result.attribute("name", name_f1(hit.name, row["name"]) >= NAME_F1, f"{hit.name} for {row['name']}")
    result.attribute(
        "comparator", compared, f"{hit.comparator} {hit.bound} for {row['comparator']} «{row['as_written']}»"
    )
    result.attribute("year", hit.year == row["year"], f"{hit.year} for {row['year']} «{row['as_written']}»")


def _brief(found: Quantity) -> str:
    value = found.value if found.value is not None else f"{found.value_min}-{found.value_max}"
    return f"{found.name} {found.comparator} {value}{found.unit}"


def compare(kind: str, ours: Iterable[object], theirs: Iterable[object], result: Score) -> None:
    """Count two bags of things against each other."""
    a, b = Counter(ours), Counter(theirs)
    result.of(kind).add(Count((a & b).total(), (b - a).total(), (a - b).total()))
    result.mistakes += [f"missed {kind}: {thing}" for thing in (b - a).elements()]
    result.mistakes += [f"false {kind}: {thing}" for thing in (a - b).elements()]


def _outline(gold: dict[str, Any], reading: Reading, result: Score) -> None:
    text, parsed = reading.document.text, reading.parsed
    compare(
        "chapter",
        (squeezed(text[c.start : c.heading_end]) for c in parsed.chapters),
        map(squeezed, gold["chapters"]),
        result,
    )
    numbers = [(_plain(t.number), squeezed(t.text)[:8]) for t in parsed.tasks]
    compare("task", numbers, ((_plain(t["number"]), squeezed(t["first_10_chars"])[:8]) for t in gold["tasks"]), result)
    if any("bodies" in task for task in gold["tasks"]):
        bodies = ((_plain(t.number), b.name, b.role) for t in parsed.tasks for b in t.bodies)
        wanted = ((_plain(t["number"]), b["name"], b["role"]) for t in gold["tasks"] for b in t["bodies"])
        compare("body", bodies, wanted, result)
        deadlines = ((_plain(t.number), t.deadline) for t in parsed.tasks if t.deadline)
        due = ((_plain(t["number"]), t["deadline"]) for t in gold["tasks"] if t["deadline"])
        compare("deadline", deadlines, due, result)


def _plain(number: str) -> str:
    return re.sub(r"[\s、.．（）()]", "", number)


def _metadata(gold: dict[str, Any], reading: Reading, result: Score) -> None:
    """Every field of the notice that the annotation states, null included."""
    said, notice = gold["notice"], reading.parsed.notice
    number = said.get("document_number_normalised") or said["document_number"]
    pairs = {
        "title": (notice.title, said["title"]),
        "attached_title": (notice.attached_title, said.get("attached_title", notice.attached_title)),
        "document_number": (notice.document_number, number),
        "issuer": (notice.issuer, said["issuer"]),
        "date": (notice.written_on, said["date"]),
        "publish_date": ((notice.published_at or "")[:10], said.get("publish_date")),
        "addressees": ("|".join(notice.addressees), "|".join(said["addressees"])),
    }
    for field_name, (ours, theirs) in pairs.items():
        result.attribute("metadata", squeezed(ours) == squeezed(theirs), f"{field_name} {ours} for {theirs}")
