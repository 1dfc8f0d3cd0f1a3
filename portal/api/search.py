"""`/search.json?q=`: everything that is published, Chinese included."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from portal.api.answers import JSON, ApiError, answer, encoded
from portal.api.parameters import whole_number
from portal.published import Hit, Published

PAGE, MOST, DEEPEST = 20, 100, 10_000


def search(request: Request) -> Response:
    """The rows that hold every word of `q`, best first."""
    query = request.query_params.get("q", "").strip()
    if not query:
        raise ApiError(400, "没有写要找什么。", "例如 /search.json?q=研发。")
    limit, offset = whole_number(request, "_limit"), whole_number(request, "_offset") or 0
    if offset > DEEPEST:
        raise ApiError(400, f"_offset 最大为 {DEEPEST}。", "请把词写得更具体，或下载整张表。")
    published: Published = request.app.state.published
    given = request.query_params
    size = min(PAGE if limit is None else limit, MOST)
    found = published.search(query, size, offset, given.get("collection"), given.get("table"))
    counts = [{"collection": c, "table": t, "total": n} for (c, t), n in found.counts.items()]
    hits = [_hit(h, request.app.state.site.address) for h in found.hits]
    return answer(request, encoded({"query": query, "total": found.total, "counts": counts, "hits": hits}), JSON)


def _hit(hit: Hit, site: str) -> dict[str, object]:
    parts = [{"text": p.text, "marked": p.marked} for p in hit.snippet]
    named = {"collection": hit.collection, "table": hit.table, "id": hit.id, "label": hit.label}
    return {**named, "url": f"{site}{hit.url}", "snippet": parts}
