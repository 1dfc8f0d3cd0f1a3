"""Datasette over the builds that are served now, under /data/."""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from datasette.app import DEFAULT_SETTINGS, Datasette
from datasette.plugins import pm
from datasette.utils.asgi import NotFound
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from etl.declaration import DeclarationError
from etl.site import Site
from portal.datasette import closed, columns, errors, guard, headers, limits, metadata, pages, past, search
from portal.datasette.database import ReleaseDatabase
from portal.datasette.plain_errors import PlainErrors
from portal.datasette.reply import Reply
from portal.published import Published, PublishedCollection

DATA = "/data/"
PLUGINS = (guard, search, columns, errors, headers, limits, closed, metadata, pages)
TEMPLATES = Path(__file__).parent / "templates"
SETTINGS = {"base_url": DATA, "suggest_facets": False, "allow_download": True, "default_page_size": 50}
STAYS_OPEN = 30.0
"""Seconds after which the connections to the build before are closed: longer than any query may take."""


def make_datasette(published: Published, site: Site) -> PortalDatasette:
    """Datasette for the site; DeclarationError where `metadata.yml` gives a setting that it does not have."""
    for plugin in PLUGINS:
        if not pm.has_plugin(plugin.__name__):
            pm.register(plugin, plugin.__name__)
    errors.replace_default()
    return PortalDatasette(published, site)


class PortalDatasette(Datasette):  # type: ignore[misc]
    """Datasette whose databases are the current builds: all public, none written to, no restart for a new one."""

    def __init__(self, published: Published, site: Site) -> None:
        self.published, self.site = published, site
        self.described: dict[str, metadata.Metadata] = {}
        self.served: dict[str, PublishedCollection] = {}
        self._current: dict[str, PublishedCollection] = {}
        self.past = past.Past(published)
        stated = {k: v for k, v in site.metadata.items() if k not in ("site", "settings")}
        super().__init__(settings=_settings(site), metadata=stated, template_dir=str(TEMPLATES))
        self.databases: dict[str, ReleaseDatabase] = {}
        self.inspect_data: dict[str, Any] = {}
        self.pages: dict[str, dict[str, str]] = {}
        self._free_executor = ThreadPoolExecutor(limits.AT_ONCE, "free-sql")

    def asgi(self) -> ASGIApp:
        """The app as it is mounted: the prefix comes off the path, and goes back on redirects."""
        return PlainErrors(_Prefixed(self, self.app()))

    def executor_for(self, about: Reply) -> Executor:
        """The threads for a statement: free SQL has its own."""
        executor: Executor = self._free_executor if about.free else self.executor
        return executor

    def follow_builds(self) -> None:
        """Serve what is published now, and the past releases that were asked for last."""
        current = {c.name: c for c in self.published.collections()}
        if current != self._current:
            self._current = current
            self._serve({**current, **self.past.open})

    async def opening(self, name: str) -> bool:
        """Serve a past release for a while; whether there is such a release on this machine."""
        if name in self._current:
            return True
        # Off the loop: the first look at a release verifies all its files.
        changed = await asyncio.to_thread(self.past.look, name)
        if changed:
            self._serve({**self._current, **self.past.open})
        return name in self.past.open

    def _serve(self, served: dict[str, PublishedCollection]) -> None:
        """Put each database in place whole, by one assignment; those before stay open while queries run on them."""
        before = self.databases
        self.databases = {
            name: before[name] if self.served.get(name) is c else ReleaseDatabase(self, c, name)
            for name, c in served.items()
        }
        self.pages = {n: {t.key: t.address for t in c.collection.tables if t.address} for n, c in served.items()}
        self.described = {name: metadata.described(c.collection, self.past_version(name)) for name, c in served.items()}
        self.inspect_data = {name: _inspected(db) for name, db in self.databases.items()}
        self.served = served
        for old in set(before.values()) - set(self.databases.values()):
            asyncio.get_running_loop().call_later(STAYS_OPEN, old.close)

    def past_version(self, name: str | None) -> str | None:
        """The version of a database that is not the one served now."""
        found = self.past.open.get(name or "")
        return found.build.version if found else None

    async def refresh_schemas(self) -> None:
        """Nothing: schemas do not change within a build."""

    async def permission_allowed(self, actor: Any, action: str, resource: Any = None, default: bool = False) -> bool:
        """Everything published may be seen, queried and downloaded by everyone, and nothing else done."""
        if action == "view-table" and resource[1] not in self.databases[resource[0]].declared:
            raise NotFound(resource[1])
        return action.startswith("view-") or action == "execute-sql"

    def absolute_url(self, request: Any, path: str) -> str:
        """For programs an address under the site's own name, whatever name it was asked by; for pages the path."""
        local = urlsplit(path)._replace(scheme="", netloc="").geturl()
        return f"{self.site.address}{local}" if request.path.endswith(".json") else local


class _Prefixed:
    """ASGI: Datasette links with its base_url but wants paths without it, and forgets it in some redirects."""

    def __init__(self, datasette: PortalDatasette, app: ASGIApp) -> None:
        self._datasette, self._app = datasette, app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._datasette.follow_builds()
        name = past.database_of(scope["path"].removeprefix(DATA))
        with self._datasette.past.held(name):
            if name is None or await self._datasette.opening(name):
                await self._answer(scope, receive, send)
            else:
                await past.refusal(scope, self._datasette.published, name)(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        raw = scope.get("raw_path") or scope["path"].encode("utf-8")
        inner = {
            **scope,
            "path": _stripped(scope["path"]),
            "raw_path": _stripped(raw.decode("latin-1")).encode("latin-1"),
        }

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                _prefix_location(MutableHeaders(scope=message))
            await send(message)

        await self._app(inner, receive, sending)


def _stripped(path: str) -> str:
    return "/" + path.removeprefix(DATA)


def _prefix_location(headers: MutableHeaders) -> None:
    location = headers.get("location")
    if location and not location.startswith(DATA):
        headers["location"] = DATA + location.lstrip("/")


def _inspected(database: ReleaseDatabase) -> dict[str, Any]:
    """Counts that Datasette need not make again for each page."""
    counts = {name: {"count": count} for name, count in database.cached_table_counts.items()}
    return {"hash": database.hash, "size": database.size, "file": database.name, "tables": counts}


def _settings(site: Site) -> dict[str, Any]:
    asked = site.metadata.get("settings") or {}
    if unknown := sorted(asked.keys() - DEFAULT_SETTINGS.keys()):
        raise DeclarationError(f"metadata.yml 的 settings 里有 Datasette 不认识的 {'、'.join(unknown)}：请改正或删去。")
    return {**SETTINGS, **asked, "base_url": DATA}
