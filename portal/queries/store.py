"""Keeps queries that are cited, and runs them again."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from etl.site import Site
from portal.published import Published, PublishedCollection
from portal.queries.asked import Asked
from portal.queries.normal import check_order, normalised, parameters_of, query_id
from portal.queries.refusal import QueryRefusedError
from portal.queries.result import Result, plain
from portal.queries.running import Limits, run
from portal.storage import Storage
from portal.storage.queries import StoredQuery, every, find

LONGEST = 16_000
MOMENT, REMEMBERED = 30.0, 16
"""Seconds for which a run is not repeated, and how many runs are remembered."""
SAME, DIFFERENT, ELSEWHERE, FAILED = "same", "different", "elsewhere", "failed"


@dataclass(frozen=True)
class Again:
    """A query that was run again: `outcome` is `same`, `different`, `elsewhere` (no such release here) or `failed`."""

    query: StoredQuery
    outcome: str
    result: Result | None = None
    words: str = ""

    @property
    def record(self) -> dict[str, Any]:
        """The query and what running it again gave, for machines."""
        told = {**self.query.cells(), "outcome": self.outcome, "result_hash_now": None, "rows": None}
        if self.result is None:
            return {**told, "error": self.words}
        rows = [dict(zip(self.result.columns, map(plain, row), strict=False)) for row in self.result.rows]
        return {**told, "result_hash_now": self.result.hash, "rows": rows}


class Queries:
    """The stored queries over what is published."""

    def __init__(self, published: Published, storage: Storage, site: Site) -> None:
        self._published, self._storage = published, storage
        self._lately: dict[str, tuple[float, Again]] = {}
        settings = site.metadata.get("settings") or {}
        self._limits = Limits(settings.get("sql_time_limit_ms", 1000), settings.get("max_returned_rows", 1000))

    def known(self, asked: Asked) -> str | None:
        """The id of the query, if it was cited before."""
        _, prepared = self._prepared(asked)
        with self._storage.session() as session:
            return prepared["query_id"] if find(session, prepared["query_id"]) else None

    def store(self, asked: Asked) -> str:
        """The id of the query, which is kept from now on; QueryRefusedError where it can't be cited."""
        served, query = self._prepared(asked)
        check_order(asked.sql)
        result = run(served.build.database, asked.sql, query["parameters"], self._limits)
        stored = StoredQuery(
            **query,
            content_hash=served.build.content_hash,
            columns=list(result.columns),
            row_count=len(result.rows),
            result_hash=result.hash,
            stored_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        )
        return self._keep(stored)

    def find(self, key: str) -> StoredQuery | None:
        """The query of that id."""
        with self._storage.session() as session:
            return find(session, key)

    def lately(self, query: StoredQuery) -> Again:
        """The same as `again`, unless it was done a moment ago: a page may be asked for often."""
        now = time.monotonic()
        done = self._lately.get(query.query_id)
        if done is None or now - done[0] > MOMENT:
            done = self._lately[query.query_id] = (now, self.again(query))
            while len(self._lately) > REMEMBERED:
                self._lately.pop(next(iter(self._lately)), None)
        return done[1]

    def again(self, query: StoredQuery) -> Again:
        """Run a query again on its release, and compare."""
        opened = self._published.versions.at(query.collection, query.version)
        if opened is None:
            return Again(query, ELSEWHERE, words=f"{query.collection} {query.version} 不在本机，没有核对。")
        try:
            result = run(opened.build.database, query.sql_text, query.parameters, self._limits)
        except QueryRefusedError as error:
            return Again(query, FAILED, words=str(error))
        return Again(query, SAME if result.hash == query.result_hash else DIFFERENT, result)

    def all_again(self) -> Iterator[Again]:
        """Run every query again."""
        for query in self._all():
            yield self.again(query)

    def exported(self) -> Iterator[str]:
        """Every query as a line of JSON."""
        for query in self._all():
            yield json.dumps(query.cells(), ensure_ascii=False, sort_keys=True)

    def take_in(self, line: str) -> bool:
        """Keep a query that was exported elsewhere; whether it was not here yet. ValueError where it is none."""
        cells = json.loads(line)
        query = StoredQuery(**cells)
        told = query_id(query.normalised_text, query.parameters, query.collection, query.version)
        if told != query.query_id or normalised(query.sql_text) != query.normalised_text:
            raise ValueError(query.query_id)
        if self.find(query.query_id):
            return False
        self._keep(query)
        return True

    def opened(self, query: StoredQuery) -> PublishedCollection | None:
        """The release that a query is over, where it stands here."""
        return self._published.versions.at(query.collection, query.version)

    def _all(self) -> list[StoredQuery]:
        with self._storage.session() as session:
            return list(every(session))

    def _keep(self, query: StoredQuery) -> str:
        with self._storage.session() as session:
            if find(session, query.query_id) is None:
                session.add(query)
            return query.query_id

    def _prepared(self, asked: Asked) -> tuple[PublishedCollection, dict[str, Any]]:
        """The release and what can be said of the query before it is run."""
        sql = asked.sql.strip()
        if not sql or len(sql) > LONGEST:
            raise QueryRefusedError(f"没有写语句，或语句超过 {LONGEST} 个字符。")
        served = self._published.versions.at(asked.collection, asked.version)
        if served is None:
            raise QueryRefusedError("只能引用对已发布版本的查询：草稿还会变，不能引用。")
        normal, parameters = normalised(sql), parameters_of(sql, asked.parameters)
        key = query_id(normal, parameters, asked.collection, asked.version)
        facts = {"collection": asked.collection, "version": asked.version, "sql_text": sql}
        return served, {"query_id": key, **facts, "normalised_text": normal, "parameters": parameters}
