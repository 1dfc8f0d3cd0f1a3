"""Notices, their text, and every span that was read in it."""

from __future__ import annotations

from portal.published.collection import PublishedCollection
from portal.published.rows import Row

_NOTICES = """
SELECT n.*, o.kind AS issuer_kind, s.captured_at, s.url AS source_url, s.sha256, s.file,
    (SELECT count(*) FROM target AS t WHERE t.notice_id = n.notice_id) AS targets,
    (SELECT count(*) FROM task AS k WHERE k.notice_id = n.notice_id) AS tasks,
    (SELECT count(*) FROM citation AS c WHERE c.notice_id = n.notice_id) AS citations
FROM notice AS n JOIN source AS s ON s.source_id = n.source_id
LEFT JOIN organisation AS o ON o.organisation_id = n.issuer_id
"""
_NEWEST_FIRST = " ORDER BY coalesce(n.published_at, n.written_on) DESC, n.notice_id"

_SPANS = """
SELECT target_id AS row_id, 'target' AS kind, target_id AS about_id, name AS label, start, "end" FROM target
    WHERE notice_id = :notice_id AND start IS NOT NULL
UNION ALL SELECT reported_id, 'reported', reported_id, name, start, "end" FROM reported
    WHERE notice_id = :notice_id AND start IS NOT NULL
UNION ALL SELECT c.citation_id, 'citation', c.document_id, d.title, c.start, c."end"
    FROM citation AS c JOIN document AS d ON d.document_id = c.document_id WHERE c.notice_id = :notice_id
UNION ALL SELECT m.mention_id, 'mention', m.organisation_id, o.name, m.start, m."end"
    FROM mention AS m JOIN organisation AS o ON o.organisation_id = m.organisation_id WHERE m.notice_id = :notice_id
UNION ALL SELECT repair_id, 'repair', repair_id, after_text, start, "end" FROM repair WHERE notice_id = :notice_id
"""


def notices(served: PublishedCollection, *, limit: int = -1) -> list[Row]:
    """Notices with their source and counts, the newest first."""
    return served.select(_NOTICES + _NEWEST_FIRST + " LIMIT ?", [limit])


def notice(served: PublishedCollection, notice_id: str) -> Row | None:
    """One notice as in `notices`."""
    return next(iter(served.select(_NOTICES + " WHERE n.notice_id = ?", [notice_id])), None)


def of_party_groups(served: PublishedCollection) -> list[Row]:
    """Notices that a party group issues, by its kind in the vocabulary or by its name."""
    condition = " WHERE o.kind = '党组' OR n.issuer_text LIKE '%党组%' OR n.issuer_text LIKE '%党委%'"
    return served.select(_NOTICES + condition + _NEWEST_FIRST)


def plans_of(served: PublishedCollection, year: int) -> list[Row]:
    """Notices that plan for a year."""
    return served.select(_NOTICES + " WHERE n.plan_year = ?" + _NEWEST_FIRST, [year])


def passages(served: PublishedCollection, notice_id: str) -> list[Row]:
    """The text of a notice, passage by passage."""
    return served.select("SELECT * FROM passage WHERE notice_id = ? ORDER BY start", [notice_id])


def chapters(served: PublishedCollection, notice_id: str) -> list[Row]:
    """The headings of a notice in order."""
    return served.select("SELECT * FROM chapter WHERE notice_id = ? ORDER BY start", [notice_id])


def tasks(served: PublishedCollection, notice_id: str) -> list[Row]:
    """The tasks of a notice in order, each with the number of its targets."""
    return served.select(
        """SELECT k.*, (SELECT count(*) FROM target AS t WHERE t.task_id = k.task_id) AS targets
        FROM task AS k WHERE notice_id = ? ORDER BY start""",
        [notice_id],
    )


def spans(served: PublishedCollection, notice_id: str) -> list[Row]:
    """What was read in a notice; `about_id` is the row whose page tells more: of a citation, its document."""
    return served.select(_SPANS + 'ORDER BY start, "end" DESC, row_id', {"notice_id": notice_id})


def repairs(served: PublishedCollection, notice_id: str) -> list[Row]:
    """What was lost in a notice and how it may be mended."""
    return served.select("SELECT * FROM repair WHERE notice_id = ? ORDER BY start, repair_id", [notice_id])


def held_back(served: PublishedCollection, source_id: str) -> list[Row]:
    """What is not published of a source, and why."""
    return served.select("SELECT * FROM quarantine WHERE source_id = ? ORDER BY start", [source_id])


def around(served: PublishedCollection, notice_id: str, start: int, end: int) -> list[Row]:
    """The passages that hold some of the span."""
    return served.select(
        'SELECT * FROM passage WHERE notice_id = ? AND start < ? AND "end" > ? ORDER BY start', [notice_id, end, start]
    )


def about_services(served: PublishedCollection) -> list[Row]:
    """Tasks that speak of services."""
    return served.select(
        """SELECT k.*, n.title AS notice_title FROM task AS k JOIN notice AS n ON n.notice_id = k.notice_id
        WHERE k.text LIKE '%服务%' ORDER BY k.notice_id, k.start"""
    )


def last_release(served: PublishedCollection) -> list[Row]:
    """The newest version of the collection and the number of cells that changed in it."""
    return served.select(
        """SELECT r.*, (SELECT count(*) FROM change AS c WHERE c.version = r.version) AS changes
        FROM release AS r ORDER BY r.released_on DESC, r.rowid DESC LIMIT 1"""
    )
