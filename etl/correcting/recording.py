"""Adds a decision to `corrections.csv`."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import astuple, fields, replace
from pathlib import Path

from etl.correcting.decision import Decision
from etl.files import write_atomically

COLUMNS = tuple(f.name for f in fields(Decision))


def numbered(decision: Decision, before: Sequence[Decision]) -> Decision:
    """The decision under the next free number (`cor-0001`)."""
    taken = {d.correction_id for d in before}
    number = next(i for n in range(len(before) + 1, len(before) + len(taken) + 2) if (i := f"cor-{n:04}") not in taken)
    return replace(decision, correction_id=number)


def record(path: Path, decisions: Sequence[Decision]) -> None:
    """Write all decisions, in order, at once."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(["" if cell is None else cell for cell in astuple(d)] for d in decisions)
    write_atomically(path, lines.getvalue())
