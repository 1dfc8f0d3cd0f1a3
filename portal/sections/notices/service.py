"""Notices as pages: the list, and one notice with its text laid out and everything read in it."""

from __future__ import annotations

from typing import Any

from portal.published import Located, Published, PublishedCollection, Row
from portal.published.sections import everywhere, notices, tracker
from portal.sections.notices.layout import Group, lay_out
from portal.sections.notices.spans import Span
from portal.sections.targets.service import targets_in


def newest(published: Published) -> list[Row]:
    """All notices, the newest first."""
    found = everywhere(published, notices.notices)
    return sorted(found, key=lambda n: n["published_at"] or n["written_on"] or "", reverse=True)


def of_party_groups(published: Published) -> list[Row]:
    """Notices that party groups issue."""
    return everywhere(published, notices.of_party_groups)


def notice(located: Located) -> dict[str, Any]:
    """All that a notice's page shows."""
    served, notice_id = located.published, str(located.row["notice_id"])
    row = notices.notice(served, notice_id) or located.row
    chapters, tasks = notices.chapters(served, notice_id), notices.tasks(served, notice_id)
    return {
        "notice": row,
        "groups": _groups(served, notice_id, chapters, tasks),
        "outline": _outline(chapters, tasks),
        "quantities": _quantities(served, notice_id),
        "repairs": {r["repair_id"]: r for r in notices.repairs(served, notice_id)},
        "held_back": notices.held_back(served, row["source_id"]),
    }


def _quantities(served: PublishedCollection, notice_id: str) -> dict[str, Row]:
    """The targets and reported values of a notice by their ids."""
    targets = {t["target_id"]: t for t in targets_in(served, notice_id=notice_id)}
    return {**targets, **{r["reported_id"]: r for r in tracker.reported_in(served, notice_id)}}


def _groups(served: PublishedCollection, notice_id: str, chapters: list[Row], tasks: list[Row]) -> list[Group]:
    spans = [Span(**s) for s in notices.spans(served, notice_id)]
    return lay_out(notices.passages(served, notice_id), chapters, tasks, spans)


def _outline(chapters: list[Row], tasks: list[Row]) -> list[tuple[Row | None, list[Row]]]:
    """Chapters in order with their tasks; tasks that stand in none come first."""
    outside: list[tuple[Row | None, list[Row]]] = [(None, [t for t in tasks if not t["chapter_id"]])]
    inside = [(c, [t for t in tasks if t["chapter_id"] == c["chapter_id"]]) for c in chapters]
    return [(c, ts) for c, ts in [*outside, *inside] if c or ts]
