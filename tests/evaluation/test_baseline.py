"""No change may make the stages read the annotated notices worse than the figures on record."""

from __future__ import annotations

import json

import pytest

from tests.evaluation.__main__ import BASELINE, figures, sums
from tests.evaluation.scoring import Score, gold_of, names_of_notices, reading_of

RECORDED = json.loads(BASELINE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def measured() -> dict[str, Score]:
    """The scores of this run, by notice and by group."""
    scores, groups = sums()
    return {**scores, **groups}


@pytest.mark.parametrize("name", RECORDED)
def test_figures_are_not_below_the_record(name, measured):
    now = figures(measured[name])
    dropped = {kind: (now.get(kind, 0.0), was) for kind, was in RECORDED[name].items() if now.get(kind, 0.0) < was}
    assert not dropped, "\n".join([f"{name}: {dropped}", *measured[name].mistakes])


def test_every_annotated_notice_is_on_record():
    assert set(names_of_notices()) <= set(RECORDED)


@pytest.mark.parametrize("name", names_of_notices())
def test_annotation_quotes_its_text(name):
    gold, text = gold_of(name), reading_of(name).document.text
    assert all(text[row["start"] : row["end"]] == row["as_written"] for row in gold["targets"])


@pytest.mark.parametrize("name", names_of_notices())
def test_every_row_quotes_its_text(name):
    reading = reading_of(name)
    rows = (*reading.extraction.targets, *reading.extraction.reported)
    assert all(reading.document.text[row.start : row.end] == row.quote for row in rows)
