"""CKAN's Action API, read side: `/api/3/action/<name>` and `/api/action/<name>`, by GET and POST."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from etl.catalogue.streams import json_bytes, listed
from portal.api import catalogue, ckan_datastore, ckan_groups, ckan_packages, ckan_sql
from portal.api.answers import CACHE, CORS, JSON
from portal.api.ckan_asked import Action, ActionError, Asked, NotFoundError, Parameter, parameters


def help_show(asked: Asked) -> str:
    """一个调用的说明。"""
    name = asked.text("name")
    if name not in ACTIONS:
        raise NotFoundError(name)
    return ACTIONS[name].about


ACTIONS: dict[str, Action] = {
    **ckan_packages.ACTIONS,
    **ckan_groups.ACTIONS,
    **ckan_datastore.ACTIONS,
    **ckan_sql.ACTIONS,
    "help_show": Action(help_show, {"name": Parameter("调用的名称", required=True)}),
}


async def action(request: Request) -> Response:
    """One call; its answer stands in CKAN's envelope."""
    name = request.path_params["action"]
    try:
        if name not in ACTIONS:
            raise ActionError(400, "Bad Request", f"没有这个调用：{name}。可用的见 /openapi.json。")
        return _success(request, name, await _done(request, ACTIONS[name]))
    except ActionError as error:
        told = {"__type": error.kind, "message": error.message, **error.fields}
        body = json_bytes({"help": _help(request, name), "success": False, "error": told})
        return Response(body, error.status, {**CORS, "Cache-Control": "no-store"}, JSON)


async def _done(request: Request, wanted: Action) -> Any:
    state, client = request.app.state, request.client
    at = (client.host, client.port) if client else ("", 0)
    asked = Asked(catalogue.of(request), state.published, state.sql, at, await parameters(request))
    if inspect.iscoroutinefunction(wanted.do):
        return await wanted.do(asked)
    return await run_in_threadpool(wanted.do, asked)


def _success(request: Request, name: str, result: Any) -> Response:
    headers = {**CORS, "Cache-Control": CACHE if request.method != "POST" else "no-store"}
    head = json_bytes({"help": _help(request, name), "success": True})[:-1] + b',"result":'
    if isinstance(result, Iterator):
        return StreamingResponse(_pieces(head, result), headers=headers, media_type=JSON)
    return Response(head + json_bytes(result) + b"}", headers=headers, media_type=JSON)


def _pieces(head: bytes, items: Iterator[Any]) -> Iterator[bytes]:
    yield head + b"["
    yield from listed(items)
    yield b"]}"


def _help(request: Request, name: str) -> str:
    return f"{request.app.state.site.address}/api/3/action/help_show?name={name if name in ACTIONS else ''}"
