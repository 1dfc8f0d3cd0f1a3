"""Organisations and where they are named; cited documents and who cites them."""

from __future__ import annotations

from portal.published.collection import PublishedCollection
from portal.published.rows import Row


def organisations(served: PublishedCollection) -> list[Row]:
    """Bodies with the number of their mentions, those named most often first."""
    return served.select(
        """SELECT o.*, g.name AS region_name, g.name_en AS region_name_en, p.name AS parent_name,
            count(m.mention_id) AS mentions
        FROM organisation AS o LEFT JOIN mention AS m ON m.organisation_id = o.organisation_id
        LEFT JOIN region AS g ON g.region_code = o.region_code
        LEFT JOIN organisation AS p ON p.organisation_id = o.parent_id
        GROUP BY o.organisation_id ORDER BY mentions DESC, o.name"""
    )


def under(served: PublishedCollection, organisation_id: str) -> list[Row]:
    """The bodies directly under one."""
    return served.select("SELECT * FROM organisation WHERE parent_id = ? ORDER BY name", [organisation_id])


def mentions(served: PublishedCollection, organisation_id: str) -> list[Row]:
    """Where a body is named and as what, with its notice and task."""
    return served.select(
        """SELECT m.*, n.title AS notice_title, k.number AS task_number, k.heading AS task_heading
        FROM mention AS m JOIN notice AS n ON n.notice_id = m.notice_id LEFT JOIN task AS k ON k.task_id = m.task_id
        WHERE m.organisation_id = ? ORDER BY m.notice_id, m.start""",
        [organisation_id],
    )


def documents(served: PublishedCollection) -> list[Row]:
    """Cited documents with the number of citations."""
    return served.select(
        """SELECT d.*, count(c.citation_id) AS citations, count(DISTINCT c.notice_id) AS citing
        FROM document AS d LEFT JOIN citation AS c ON c.document_id = d.document_id
        GROUP BY d.document_id ORDER BY citations DESC, d.title"""
    )


def citations(served: PublishedCollection, document_id: str) -> list[Row]:
    """Who cites a document, and where."""
    return served.select(
        """SELECT c.*, n.title AS notice_title, n.document_number, k.number AS task_number, k.heading AS task_heading
        FROM citation AS c JOIN notice AS n ON n.notice_id = c.notice_id LEFT JOIN task AS k ON k.task_id = c.task_id
        WHERE c.document_id = ? ORDER BY c.notice_id, c.start""",
        [document_id],
    )


def cited_in(served: PublishedCollection, task_id: str) -> list[Row]:
    """The documents that a task cites."""
    return served.select(
        """SELECT DISTINCT d.* FROM citation AS c JOIN document AS d ON d.document_id = c.document_id
        WHERE c.task_id = ? ORDER BY d.title""",
        [task_id],
    )


def named_in(served: PublishedCollection, task_id: str) -> list[Row]:
    """The bodies that a task names, and as what."""
    return served.select(
        """SELECT DISTINCT o.organisation_id, o.name, m.role FROM mention AS m
        JOIN organisation AS o ON o.organisation_id = m.organisation_id WHERE m.task_id = ? ORDER BY m.role, o.name""",
        [task_id],
    )


def progress_of(served: PublishedCollection, task_id: str) -> list[Row]:
    """What was done about a task."""
    return served.select("SELECT * FROM progress WHERE task_id = ? ORDER BY noted_on", [task_id])
