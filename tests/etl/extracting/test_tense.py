"""Facts and aims told apart by clause, sentence, paragraph, heading and the text as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from etl.document import Chapter, Document, Notice, Parsed
from etl.extracting import extract

CASES = yaml.safe_load((Path(__file__).parent / "tense.yaml").read_text(encoding="utf-8"))


def chapters(text, titles):
    """The chapters of a text, each from its heading to the next."""
    starts = [text.index(title) for title in titles]
    ends = [*starts[1:], len(text)] if starts else []
    return tuple(
        Chapter(1, title[:2], title[2:], start, end, start + len(title))
        for title, start, end in zip(titles, starts, ends, strict=True)
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['level']}-{case['text'][:12]}")
def test_numbers_are_facts_or_aims(case):
    text = case["text"]
    parsed = Parsed(Notice(plan_year=case.get("plan")), chapters(text, case.get("titles", [])))
    found = extract(Document(text), parsed)
    rows = [(row, "aim") for row in found.targets] + [(row, "past") for row in found.reported]
    assert [kind for _, kind in sorted(rows, key=lambda row: row[0].number_start)] == case["kinds"]


def test_the_trace_names_the_evidence():
    [row] = extract(Document("截至去年底，已建成水库12座。"), Parsed(Notice(plan_year=2020))).reported
    assert {"past-so-far", "past-already", "past-year-word"} <= set(row.rules)
