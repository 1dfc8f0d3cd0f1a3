"""A year's plan: notices, their chapters and tasks, the targets that these hold and what was reported for them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from portal.published import Published, PublishedCollection, Row
from portal.published.sections import notices, of_notices
from portal.sections.targets.service import targets, targets_in


@dataclass(frozen=True)
class Step:
    """A task and its targets."""

    task: Row
    targets: tuple[Row, ...]


@dataclass(frozen=True)
class Part:
    """A chapter (none for tasks outside all chapters) and its tasks."""

    chapter: Row | None
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Plan:
    """A notice that plans for a year: its targets that stand in no task, then chapter by chapter."""

    notice: Row
    general: tuple[Row, ...]
    parts: tuple[Part, ...]


def year(published: Published, number: int) -> dict[str, Any]:
    """The plans of a year, and the year's targets that come from elsewhere."""
    found = [_plan(c, n) for c in of_notices(published) for n in notices.plans_of(c, number)]
    shown = {p.notice["notice_id"] for p in found}
    elsewhere = [t for t in targets(published, year=number) if t["notice_id"] not in shown]
    return {"plans": found, "elsewhere": elsewhere}


def _plan(served: PublishedCollection, notice: Row) -> Plan:
    by_task: dict[str | None, list[Row]] = defaultdict(list)
    for target in targets_in(served, notice_id=notice["notice_id"]):
        by_task[target["task_id"]].append(target)
    steps: dict[str | None, list[Step]] = defaultdict(list)
    for task in notices.tasks(served, notice["notice_id"]):
        steps[task["chapter_id"]].append(Step(task, tuple(by_task[task["task_id"]])))
    chapters = [None, *notices.chapters(served, notice["notice_id"])]
    parts = [Part(c, tuple(steps[c["chapter_id"] if c else None])) for c in chapters]
    return Plan(notice, tuple(by_task[None]), tuple(p for p in parts if p.chapter or p.steps))
