"""Signposts on the way out: typed links in the headers of pages and files of collections, tables and rows."""

from __future__ import annotations

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from etl.catalogue import signposts
from etl.catalogue.record import Dataset
from etl.site import Site
from portal.catalogued import catalogue
from portal.published import Published

_SERIES = re.compile(r"/catalogue/([^/.]+)/")
_TABLE = re.compile(r"/catalogue/([^/.]+)/([^/.]+)(\.(?:csv|json))?")
_ROW = re.compile(r"/([^/]+)/([^/]+?)(?:\.(?:csv|json|jsonld))?")


class Signposted:
    """ASGI: adds the links to what was found; links that an answer already has stay."""

    def __init__(self, app: ASGIApp, published: Published, site: Site) -> None:
        self._app, self._published, self._site = app, published, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the links."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                self._add(scope["path"], MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, sending)

    def _add(self, path: str, headers: MutableHeaders) -> None:
        found = self._links(path.removeprefix("/en") or "/")
        if not found:
            return
        links, linkset = found
        headers["link"] = ", ".join(filter(None, (headers.get("link"), signposts.header(links, linkset))))
        headers.add_vary_header("Accept")

    def _links(self, path: str) -> tuple[list[signposts.Signpost], str] | None:
        """The links of a path and the address of its linkset."""
        if match := _SERIES.fullmatch(path):
            series = catalogue(self._published, self._site).series(match[1])
            return (signposts.of_series(series), f"{series.url.rstrip('/')}.linkset.json") if series else None
        if match := _TABLE.fullmatch(path):
            series = catalogue(self._published, self._site).series(match[1])
            dataset = series.dataset(match[2]) if series else None
            links = signposts.of_file if match[3] else signposts.of_dataset
            return (links(dataset), f"{dataset.url}.linkset.json") if dataset else None
        match = _ROW.fullmatch(path)
        return self._row(match[1], match[2]) if match and match[1] in self._published.addresses() else None

    def _row(self, address: str, key: str) -> tuple[list[signposts.Signpost], str] | None:
        found = self._published.find(address, key)
        series = catalogue(self._published, self._site).series(found.published.name) if found else None
        if found is None or series is None:
            return None
        dataset = Dataset(series, found.table)
        return signposts.of_row(dataset, key), f"{self._site.address}/{address}/{key}.linkset.json"
