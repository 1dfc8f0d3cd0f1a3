"""Prints precision, recall and F1 over the annotated notices, a line a notice, and every mistake with its text."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.evaluation.scoring import Score, names_of_notices, score

BASELINE = Path(__file__).parent / "baseline.json"
GROUPS = {
    "seed": "seed",
    "D": "real",
    "S": "written",
    "E": "written",
    "F": "written",
    "G": "written",
    "K": "written",
    "L": "written",
}
KINDS = (
    "target",
    "achievement",
    "borderline",
    "name",
    "comparator",
    "year",
    "task",
    "chapter",
    "body",
    "deadline",
    "metadata",
)
SHARES = {"name", "comparator", "year", "metadata"}


def group_of(name: str) -> str:
    """Which sum a notice belongs to: seed, real or written."""
    return GROUPS.get(name) or GROUPS[name[0]]


def sums() -> tuple[dict[str, Score], dict[str, Score]]:
    """The scores by notice, and summed by group and in total."""
    scores = {name: score(name) for name in names_of_notices()}
    groups: dict[str, Score] = {}
    for name, one in scores.items():
        for group in (group_of(name), "total"):
            groups.setdefault(group, Score()).add(one)
    return scores, groups


def figures(one: Score) -> dict[str, float]:
    """The figure of each kind: F1, or the share that is right."""
    return {
        kind: round(count.precision if kind in SHARES else count.f1, 4)
        for kind in KINDS
        if (count := one.counts.get(kind)) and count.right + count.missed + count.wrong
    }


def line(name: str, one: Score) -> str:
    """One line of the report."""
    target = one.of("target")
    first = f"{name:8} P {target.precision:.3f} R {target.recall:.3f}  {target.right}/{target.right + target.missed}  "
    return first + "  ".join(f"{kind} {value:.3f}" for kind, value in figures(one).items())


def main() -> None:
    """Print the report; with --record, write the figures that later runs may not fall below."""
    scores, groups = sums()
    for name, one in {**scores, **groups}.items():
        print(line(name, one))
    print(*groups["total"].mistakes, sep="\n")
    if "--record" in sys.argv:
        record = {name: figures(one) for name, one in {**scores, **groups}.items()}
        BASELINE.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
