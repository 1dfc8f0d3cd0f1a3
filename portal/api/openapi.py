"""`/openapi.json`: made of the routes that there are and of the words in `openapi.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portal.api import ckan
from portal.api.answers import JSON, answer, encoded
from portal.api.ckan_asked import Action
from portal.published import Published, label

Node = dict[str, Any]
EXEMPLARY = "indicator"
"""The table that examples are taken from; the first whose rows have pages where there is none of that name."""
ACTION = "/api/3/action/{action}"
_PART = re.compile(r"\{(\w+)\}")
TEXT: Node = {"type": "string", "pattern": "^[^\\u0000]*$"}
"""Any text; the gate lets no null character in."""


@dataclass(frozen=True)
class Known:
    """What parts of addresses may be now, and examples of others."""

    values: dict[str, list[str]]
    examples: dict[str, str]


def openapi(request: Request) -> Response:
    """`/openapi.json`."""
    state = request.app.state
    return answer(request, encoded(described(request.app.routes, state.published, state.site)), JSON)


@cache
def words() -> Node:
    """What `openapi.yaml` says."""
    said: Node = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    return said


def described(routes: Iterable[Any], published: Published, site: Any) -> Node:
    """The description of the interfaces."""
    known = Known(_values(published), _examples(published))
    paths = dict(_paths([r for r in routes if isinstance(r, Route)], known))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{site.title}：数据接口",
            "version": "3",
            "description": site.description,
            "contact": {"name": site.publisher, "url": f"{site.address}/about"},
            "license": {"name": "CC-BY-4.0", "url": site.metadata["license_url"]}
            if site.metadata.get("license_url")
            else {"name": "unknown"},
        },
        "servers": [{"url": site.address}],
        "externalDocs": {"description": "MCP（语言模型）在 /mcp；SQL 在 /data/", "url": f"{site.address}/services/"},
        "paths": paths,
        "components": {"schemas": words()["schemas"]},
    }


def _examples(published: Published) -> dict[str, str]:
    """A key and a word that find something: those of the first row there is."""
    for served in published.collections():
        tables = sorted((t for t in served.collection.tables if t.address), key=lambda t: t.name != EXEMPLARY)
        for table in tables:
            for row in served.rows(table.name, limit=1):
                return {"key": str(row[table.key]), "q": label(table, row).split()[0]}
    return {}


def _values(published: Published) -> dict[str, list[str]]:
    """The values that parts of addresses may have now."""
    collections = published.collections()
    tables = dict.fromkeys(t.name for c in collections for t in c.collection.tables)
    return {
        "collection": [c.name for c in collections],
        "table": list(tables),
        "address": sorted(published.addresses()),
        "action": list(ckan.ACTIONS),
    }


def _paths(routes: list[Route], known: Known) -> Iterator[tuple[str, Node]]:
    said = words()["paths"]
    for route in routes:
        if route.path == ACTION:
            yield from ((ACTION.replace("{action}", n), _action(n, a)) for n, a in ckan.ACTIONS.items())
        for path in (p for p, told in said.items() if told.get("of", p) == route.path):
            methods = sorted(m.lower() for m in route.methods or () if m != "HEAD")
            yield path, {method: _operation(path, said[path], method, known) for method in methods}


def _operation(path: str, told: Node, method: str, known: Known) -> Node:
    """One address and method; an answer without body is given to HEAD, where GET is."""
    media = {m: {"schema": _schema(told, m)} for m in told["media"]}
    parts = [_parameter(name, "path", known) for name in dict.fromkeys(_PART.findall(path))]
    asked = [_parameter(name, "query", replace(known, values={})) for name in told.get("query", ())]
    name = re.sub(r"\W+", "_", path).strip("_") or "root"
    stated: Node = {
        "operationId": f"{method}_{name}",
        "summary": told["about"],
        "parameters": [*parts, *asked],
        "responses": {"200": {"description": "找到", "content": media}, **_others(told)},
    }
    return stated | ({"requestBody": _body({})} if method == "post" else {})


def _schema(told: Node, media_type: str) -> Node:
    """What is known of a body: JSON has the schema named, and any where none is; the rest is text or bytes."""
    if "json" in media_type:
        return {"$ref": f"#/components/schemas/{told['schema']}"} if "schema" in told else {}
    return {"type": "string", "format": "binary"} if told.get("binary") else {"type": "string"}


def _parameter(name: str, place: str, known: Known) -> Node:
    told = dict(words()["parameters"][name])
    shown = told.pop("example", known.examples.get(name))
    example = {} if shown is None else {"example": shown}
    required = told.pop("required", place == "path")
    stated = {"name": told.pop("name", name), "in": place, "required": required}
    description = told.pop("description")
    values = {"type": "string", "enum": known.values[name]} if known.values.get(name) else {}
    usual = {"type": "string"} if "pattern" in told else {} if "type" in told else TEXT
    return stated | {"description": description, "schema": values or usual | told} | example


def _others(told: Node) -> Node:
    also = {status: {"description": about} for status, about in told.get("also", {}).items()}
    failure = "Envelope" if told.get("schema") == "Envelope" else "Error"
    return also | {"304": {"description": "没有变"}, "default": _error(failure)}


def _error(schema_name: str) -> Node:
    schema = {"$ref": f"#/components/schemas/{schema_name}"}
    content = {"application/json": {"schema": schema}, "text/html": {"schema": {"type": "string"}}}
    return {"description": "不能回答，原因在 error 中", "content": content}


def _action(name: str, action: Action) -> Node:
    """One call of CKAN's API. It checks its parameters itself, and tells in its envelope what is wrong with them."""
    envelope = {"application/json": {"schema": {"$ref": "#/components/schemas/Envelope"}}}
    responses = {
        "200": {"description": "成功", "content": envelope},
        "default": _error("Envelope"),
    }
    told = {n: {"description": p.about + ("（必填）" if p.required else "")} for n, p in action.parameters.items()}
    asked = [{"name": n, "in": "query", "schema": TEXT, **about} for n, about in told.items()]
    get = {"operationId": f"get_{name}", "summary": action.about, "parameters": asked, "responses": responses}
    post = {"operationId": f"post_{name}", "summary": action.about, "responses": responses}
    return {"get": get, "post": post | {"requestBody": _body(told)}}


def _body(properties: Node) -> Node:
    schema = {"type": "object", "properties": properties}
    return {"required": False, "content": {"application/json": {"schema": schema}}}
