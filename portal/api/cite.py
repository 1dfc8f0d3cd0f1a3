"""`/cite/<id>.bib`, `.ris`, `.csl.json`, `.txt`: citations of rows, tables and collections, several at once.

An id is that of a row, `<collection>` or `<collection>:<table>`, each with `@<version>` where not the one served now
is meant, or `q-<id>` for a query; commas stand between several. The papers that rows were read from are cited with
them, each once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portal.api.answers import ApiError, answer, encoded
from portal.cite import Work, apa, bibtex, csl, gbt, ris
from portal.published import Located, Published
from portal.published.citing import Citing, by_id
from portal.queries.citing import cited
from portal.queries.store import Queries

MOST = 50
Form = Callable[[Sequence[Work]], bytes]
FORMS: dict[str, tuple[str, Form]] = {
    "bib": ("application/x-bibtex; charset=utf-8", lambda works: bibtex(works).encode("utf-8")),
    "ris": ("application/x-research-info-systems; charset=utf-8", lambda works: ris(works).encode("utf-8")),
    "csl.json": ("application/vnd.citationstyles.csl+json", lambda works: encoded(csl(works))),
    "txt": ("text/plain; charset=utf-8", lambda works: "\n".join([*gbt(works), "", *apa(works), ""]).encode("utf-8")),
}


def cite(request: Request) -> Response:
    """The citations of what the ids name."""
    form = next((f for f in FORMS if request.path_params["file"].endswith(f".{f}")), None)
    if form is None:
        raise ApiError(404, "没有这种引用格式。", f"可用的有 {'、'.join(FORMS)}。")
    names = [n for n in request.path_params["file"].removesuffix(f".{form}").split(",") if n]
    if not 0 < len(names) <= MOST:
        raise ApiError(400, "没有写要引用什么，或一次写得太多。", f"一次最多 {MOST} 个编号，以逗号相隔。")
    english = request.query_params.get("lang") == "en"
    citing = Citing(request.app.state.site, datetime.now(UTC).date().isoformat(), english)
    media_type, written = FORMS[form]
    return answer(request, written([_work(request, citing, n) for n in names]), media_type)


def _work(request: Request, citing: Citing, name: str) -> Work:
    published: Published = request.app.state.published
    if name.startswith("q-"):
        return _query(request, citing, name)
    key, _, version = name.partition("@")
    key, _, table = key.partition(":")
    found = by_id(published, key, version or None)
    if isinstance(found, Located) and not table:
        return citing.row(found)
    if found is None or isinstance(found, Located) or (table and table not in found.collection.by_name):
        raise ApiError(404, f"没有 {name[:80]}，无从引用。", "写法：行的编号、数据集名或 数据集名:表名，可加 @版本。")
    return citing.table(found, found.collection.table(table)) if table else citing.collection(found)


def _query(request: Request, citing: Citing, name: str) -> Work:
    queries: Queries | None = request.app.state.queries
    found = queries.find(name.removeprefix("q-")) if queries else None
    work = cited(citing, queries, queries.lately(found)) if queries and found else None
    if work is None:
        raise ApiError(404, f"没有 {name[:80]}，无从引用。", "查询的编号见它的页面 /q/<编号>。")
    return work


def is_of_citations(path: str) -> bool:
    """Whether a path is that of a citation."""
    return path.startswith("/cite/")


ROUTES = [Route("/cite/{file}", cite)]
