"""The site for language models: MCP at `/mcp`, stateless; every row comes with its permanent link and its quote."""

from __future__ import annotations

from typing import Any

import anyio
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations
from starlette.types import ASGIApp

from etl.catalogue.links import expanded
from etl.catalogue.record import Dataset
from etl.site import Site
from portal.api import guarded, records
from portal.api.answers import ApiError
from portal.catalogued import catalogue
from portal.published import Published

PATH = "/mcp"
READ_ONLY = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
INSTRUCTIONS = (
    "政府公文整理成的数据：目标、任务、引用文件、单位。引用任何一行时，请给出它的永久链接（url）和原文（quote），"
    "并保留数字前的限定词（达到、以上、左右、力争）。先 list_datasets 或 search，再 get_row 或 query。\n"
    "Data read from Chinese government notices. Cite every row with its permanent url and its quote; qualifiers belong "
    "to the numbers."
)
MOST_HITS = 50
ONE_CLIENT = ("mcp", 0)


class Tools:
    """What a model may do; each docstring is what it is told."""

    def __init__(self, published: Published, site: Site, sql: ASGIApp) -> None:
        self._published, self._site, self._sql = published, site, sql

    async def search(self, query: str, limit: int = 20) -> dict[str, Any]:
        """全文检索全部公开的行，支持中文；给出每行的标题、片段和永久链接。Search all rows, Chinese included."""
        size = max(1, min(limit, MOST_HITS))
        found = await anyio.to_thread.run_sync(self._published.search, query, size)
        hits = [
            {
                "collection": hit.collection,
                "table": hit.table,
                "id": hit.id,
                "label": hit.label,
                "url": f"{self._site.address}{hit.url}",
                "quote": self._quote(hit.collection, hit.table, hit.id),
                "snippet": "".join(part.text for part in hit.snippet),
            }
            for hit in found.hits
        ]
        return {"query": query, "total": found.total, "hits": hits}

    async def list_datasets(self, collection: str | None = None, offset: int = 0, limit: int = 100) -> dict[str, Any]:
        """列出数据集（一张表一个）：标题、行数、许可、时间和地域范围、发布者。List the datasets, one a table."""
        record = catalogue(self._published, self._site)
        wanted = [s for s in record.collections if collection in (None, s.name)]
        size = max(1, min(limit, 500))
        datasets = (d for s in wanted for d in s.datasets)
        shown = [self._brief(d) for n, d in enumerate(datasets) if offset <= n < offset + size]
        return {"total": sum(len(s.collection.tables) for s in wanted), "offset": offset, "datasets": shown}

    async def describe_dataset(self, collection: str, table: str) -> dict[str, Any]:
        """说明一张表：各列的名称、含义、类型、单位、取值，和文件的地址。Describe a table and its columns."""
        dataset = self._dataset(collection, table)
        columns = [
            {
                "name": f.name,
                "title": f.title,
                "title_en": f.title_en,
                "description": f.description,
                "type": f.type,
                "unit": f.unit,
                "required": f.required,
                "values": f.constraints.get("enum"),
                "names_row_of": key.table if (key := dataset.table.foreign_key(f.name)) else None,
                "example": f.example,
            }
            for f in dataset.table.fields
        ]
        files = [{"format": f.format, "url": self._site.address + f.path, "bytes": f.size} for f in dataset.files]
        return self._brief(dataset) | {"key": dataset.table.key, "columns": columns, "files": files}

    async def get_row(self, id: str, table: str | None = None) -> dict[str, Any]:  # noqa: A002 - the name that is told
        """按编号取一行：各列、所指各行的名称、原文出处、许可和永久链接。Get one row by its id."""
        for served in self._published.collections():
            for declared in served.collection.tables:
                row = served.row(declared.name, id) if table in (None, declared.name) else None
                if row is not None:
                    return self._row(served.name, declared.name, row)
        raise ToolError(f"没有编号为 {id[:80]} 的行：请用 search 查找。")

    async def query(self, collection: str, sql: str) -> dict[str, Any]:
        """在一个系列的各表上执行只读的 SQLite 语句（至多 1000 行）；有编号的行附永久链接。Run read-only SQL."""
        try:
            result = await guarded.run(self._sql, collection, sql, ONE_CLIENT)
        except ApiError as error:
            raise ToolError(f"{error.error}{error.hint}") from error
        series = catalogue(self._published, self._site).series(collection)
        datasets = list(series.datasets) if series else []
        rows = [row | self._link(datasets, row) for row in result.rows]
        return {"columns": list(result.columns), "rows": rows, "truncated": result.truncated}

    def _link(self, datasets: list[Dataset], row: dict[str, Any]) -> dict[str, Any]:
        """The link and the quote of a row of a result that has the key of a table."""
        dataset = next((d for d in datasets if row.get(d.table.key) is not None), None)
        if dataset is None:
            return {}
        key = str(row[dataset.table.key])
        served = self._published.collection(dataset.series.name)
        whole = served.row(dataset.table.name, key) if served else None
        url = expanded(dataset.row_template, whole or row)
        quote = {} if not whole or "quote" in row or not whole.get("quote") else {"_quote": whole["quote"]}
        return ({"_url": url} if url else {}) | quote

    def _row(self, collection: str, table: str, row: dict[str, Any]) -> dict[str, Any]:
        dataset = self._dataset(collection, table)
        found = (
            self._published.find(dataset.table.address, str(row[dataset.table.key])) if dataset.table.address else None
        )
        whole = (
            records.record(found, self._site.address)
            if found
            else {"collection": collection, "table": table, "row": row}
        )
        return whole | {"url": expanded(dataset.row_template, row), "quote": row.get("quote") or row.get("text")}

    def _quote(self, collection: str, table: str, key: str) -> str | None:
        served = self._published.collection(collection)
        row = served.row(table, key) if served else None
        return (row.get("quote") or row.get("text")) if row else None

    def _brief(self, dataset: Dataset) -> dict[str, Any]:
        series = dataset.series
        return {
            "collection": series.name,
            "table": dataset.table.name,
            "title": dataset.title.zh,
            "title_en": dataset.title.en,
            "description": dataset.description.zh,
            "rows": dataset.rows,
            "licence": series.licence.path if series.licence else None,
            "publisher": series.publisher.name.zh,
            "period": "/".join(series.period) if series.period else None,
            "place": series.place.zh,
            "version": series.version,
            "issued": series.issued,
            "modified": series.modified,
            "url": dataset.url,
            "row_url": dataset.row_template,
        }

    def _dataset(self, collection: str, table: str) -> Dataset:
        series = catalogue(self._published, self._site).series(collection)
        dataset = series.dataset(table) if series else None
        if dataset is None:
            raise ToolError(f"没有 {collection}/{table} 这张表：请先 list_datasets。")
        return dataset


def make_mcp(published: Published, site: Site, sql: ASGIApp) -> tuple[MCPServer[Any], ASGIApp]:
    """The server, whose session manager must run as long as the site does, and its app."""
    server: MCPServer[Any] = MCPServer(
        "open-notices",
        title=site.title,
        description=site.description,
        instructions=INSTRUCTIONS,
        website_url=site.address,
    )
    tools = Tools(published, site, sql)
    for tool in (tools.search, tools.list_datasets, tools.describe_dataset, tools.get_row, tools.query):
        server.add_tool(tool, annotations=READ_ONLY)
    # The gate has looked at the host already; what is here may be read from any page.
    security = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    app = server.streamable_http_app(
        streamable_http_path=PATH, json_response=True, stateless_http=True, transport_security=security
    )
    return server, app
