"""Targets beside what was reported, and what was looked up and not found."""

from __future__ import annotations

from portal.published.collection import PublishedCollection
from portal.published.naming import INDICATOR
from portal.published.rows import Row

_SAME = "indicator_id = t.indicator_id AND {0}.year = t.year AND {0}.region_code = t.region_code"
_REPORTED = f"FROM reported AS r WHERE r.{_SAME.format('r')}"
_NOT_FOUND = f"FROM lookup AS l WHERE l.{_SAME.format('l')} AND l.outcome = 'not_found'"

_STATE = f"""CASE WHEN EXISTS (SELECT 1 {_REPORTED}) THEN 'reported'
    WHEN EXISTS (SELECT 1 {_NOT_FOUND}) THEN 'not_found' ELSE 'open' END"""

_TARGETS = f"""
SELECT t.*, g.name AS region_name, g.name_en AS region_name_en, {INDICATOR},
    n.title AS notice_title, k.number AS task_number, k.heading AS task_heading, k.chapter_id,
    (SELECT max(l.searched_on) {_NOT_FOUND}) AS not_found_on, {_STATE} AS state,
    (SELECT json_group_array(json_object(
        'reported_id', r.reported_id, 'comparator', r.comparator, 'bound', r.bound, 'value', r.value,
        'value_min', r.value_min, 'value_max', r.value_max, 'unit', r.unit, 'baseline', r.baseline,
        'source_text', r.source_text, 'source_url', r.source_url, 'is_conflicting', r.is_conflicting))
        {_REPORTED}) AS reported_json
FROM target AS t
LEFT JOIN region AS g ON g.region_code = t.region_code
LEFT JOIN indicator AS i ON i.indicator_id = t.indicator_id
LEFT JOIN notice AS n ON n.notice_id = t.notice_id
LEFT JOIN task AS k ON k.task_id = t.task_id
"""  # noqa: S608
_ORDER = " ORDER BY t.year DESC, t.notice_id IS NULL, t.notice_id, t.start, t.target_id"

_WITH_REGION = """SELECT x.*, g.name AS region_name, g.name_en AS region_name_en
FROM {table} AS x LEFT JOIN region AS g ON g.region_code = x.region_code
WHERE x.indicator_id = ? ORDER BY x.year, x.region_code, {order}"""


def targets(
    served: PublishedCollection,
    *,
    year: int | None = None,
    state: str | None = None,
    notice_id: str | None = None,
    task_id: str | None = None,
    limit: int = -1,
) -> list[Row]:
    """Targets with their region, indicator, notice and task; `reported_json` holds what was reported for them."""
    statement = _TARGETS + (
        "WHERE (:year IS NULL OR t.year = :year) AND (:notice_id IS NULL OR t.notice_id = :notice_id)"
        " AND (:task_id IS NULL OR t.task_id = :task_id) AND (:state IS NULL OR state = :state)"
    )
    bound = {"year": year, "state": state, "notice_id": notice_id, "task_id": task_id, "limit": limit}
    return served.select(statement + _ORDER + " LIMIT :limit", bound)


def reported_in(served: PublishedCollection, notice_id: str) -> list[Row]:
    """The reported values that a notice states, with what their names are made of."""
    statement = f"""SELECT r.*, {INDICATOR} FROM reported AS r
    LEFT JOIN indicator AS i ON i.indicator_id = r.indicator_id WHERE r.notice_id = ?"""  # noqa: S608
    return served.select(statement, [notice_id])


def reported(served: PublishedCollection) -> list[Row]:
    """All reported values with their region, by name."""
    return served.select(
        f"""SELECT r.*, g.name AS region_name, g.name_en AS region_name_en, {INDICATOR} FROM reported AS r
        LEFT JOIN region AS g ON g.region_code = r.region_code
        LEFT JOIN indicator AS i ON i.indicator_id = r.indicator_id ORDER BY i.name, r.region_code, r.reported_id"""  # noqa: S608
    )


def states(served: PublishedCollection, year: int | None = None) -> list[Row]:
    """How many targets are in each `state`; the doubtful ones are counted apart."""
    statement = f"""SELECT {_STATE} AS state, t.is_borderline, count(*) AS number FROM target AS t
    WHERE :year IS NULL OR t.year = :year GROUP BY 1, 2"""  # noqa: S608
    return served.select(statement, {"year": year})


def years(served: PublishedCollection) -> list[Row]:
    """The years that targets or notices are for: how many targets, and how many notices that plan for them."""
    return served.select(
        """SELECT year, sum(targets) AS targets, sum(notices) AS notices FROM (
            SELECT year, count(*) AS targets, 0 AS notices FROM target WHERE year IS NOT NULL GROUP BY year
            UNION ALL SELECT plan_year, 0, count(*) FROM notice WHERE plan_year IS NOT NULL GROUP BY plan_year
        ) GROUP BY year ORDER BY year DESC"""
    )


def indicators(served: PublishedCollection) -> list[Row]:
    """Indicators with the number of targets and reported values that they have."""
    return served.select(
        """SELECT i.*, (SELECT count(*) FROM target AS t WHERE t.indicator_id = i.indicator_id) AS targets,
            (SELECT count(*) FROM reported AS r WHERE r.indicator_id = i.indicator_id) AS reported
        FROM indicator AS i ORDER BY targets + reported = 0, i.name"""
    )


def targets_of(served: PublishedCollection, indicator_id: str) -> list[Row]:
    """The targets of an indicator by year and region."""
    return served.select(_WITH_REGION.format(table="target", order="x.target_id"), [indicator_id])


def reported_of(served: PublishedCollection, indicator_id: str) -> list[Row]:
    """The reported values of an indicator by year and region."""
    return served.select(_WITH_REGION.format(table="reported", order="x.reported_id"), [indicator_id])


def lookups_of(served: PublishedCollection, indicator_id: str) -> list[Row]:
    """What was looked up for an indicator, found or not."""
    return served.select(_WITH_REGION.format(table="lookup", order="x.searched_on DESC"), [indicator_id])
