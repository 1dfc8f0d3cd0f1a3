"""One process for people, machines and SQL: the portal, the API and Datasette behind one gate."""

from __future__ import annotations

from contextlib import AsyncExitStack, suppress

from a2wsgi import WSGIMiddleware
from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from etl.site import Site
from portal import usage
from portal.api import mcp
from portal.api.answers import JSON, encoded
from portal.api.app import create_api, is_for_machines
from portal.api.signposts import Signposted
from portal.api.versioned import Versioned
from portal.app import create_app
from portal.chores import CHORES, Chores
from portal.datasette import DATA, make_datasette
from portal.gate.gate import Gate
from portal.gate.plain import plain
from portal.private import Private
from portal.published import Published
from portal.storage.failing import FAILURES
from portal.usage.middleware import Counting

WORKERS = 8
UNCOMPRESSED = (*DEFAULT_EXCLUDED_CONTENT_TYPES, "application/vnd.sqlite3", "application/octet-stream")


def create(published: Published, site: Site, private: Private) -> ASGIApp:
    """The whole site as one ASGI app."""
    return behind_gate(Dispatcher(published, site, private), published, site)


def behind_gate(dispatcher: Dispatcher, published: Published, site: Site) -> ASGIApp:
    """The apps with what every request passes on its way to them and every answer on its way out."""
    inner = Versioned(dispatcher, published)
    compressed = GZipMiddleware(inner, minimum_size=1000, compresslevel=5, exclude_content_types=UNCOMPRESSED)
    return Gate(Counting(compressed, published, dispatcher.counter), site.hosts, site.address.startswith("https://"))


class Dispatcher:
    """Sends each request to the app that it is for."""

    def __init__(self, published: Published, site: Site, private: Private) -> None:
        self._published = published
        self.people = create_app(published, site, private)
        self.counter, self._storage = usage.counter(self.people), private.storage
        self._chores = Chores(self.people, CHORES)
        answering = _Whole(WSGIMiddleware(self.people.wsgi_app, workers=WORKERS))
        self._people = Signposted(answering, published, site)
        self._sql = make_datasette(published, site).asgi()
        self._machines = Signposted(create_api(published, site, self._sql, private.storage), published, site)
        self._models_server, self._models = mcp.make_mcp(published, site, self._sql)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or the server's start and end."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        else:
            await self._for(scope)(scope, receive, send)

    def _for(self, scope: Scope) -> ASGIApp:
        path, accept = scope["path"], dict(scope["headers"]).get(b"accept", b"").decode("latin-1")
        if path == "/healthz":
            return _health(self._published)
        if path == DATA.rstrip("/"):
            return RedirectResponse(DATA, 308)
        if path.startswith(DATA):
            return self._sql
        if path == mcp.PATH:
            # GET would open a stream that has nothing to say and never ends.
            return self._models if scope["method"] == "POST" else plain(scope, 405, headers={"Allow": "POST"})
        if not is_for_machines(self._published, path, accept):
            return self._people
        allowed = ("GET", "HEAD", "POST") if path.startswith("/api/") else ("GET", "HEAD")
        if scope["method"] in allowed:
            return self._machines
        return plain(scope, 405, headers={"Allow": ", ".join(allowed)})

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        """Start, with what answers models running as long as the site does; end."""
        async with AsyncExitStack() as stack:
            await receive()
            await stack.enter_async_context(self._models_server.session_manager.run())
            stack.callback(self._last_counts)
            self._chores.start()
            stack.callback(self._chores.stop)
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})

    def _last_counts(self) -> None:
        """Write down what was counted; a database that is away is no reason not to end well."""
        with suppress(*FAILURES):
            self.counter.write_down(self._storage)


class _Whole:
    """Collects an answer before it is sent, so that a slow reader holds no worker of the portal."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        messages: list[Message] = []

        async def collect(message: Message) -> None:
            messages.append(message)

        await self._app(scope, receive, collect)
        start, body = messages[0], b"".join(m.get("body", b"") for m in messages[1:])
        if body:
            MutableHeaders(scope=start).setdefault("content-length", str(len(body)))
        await send(start)
        await send({"type": "http.response.body", "body": body})


def _health(published: Published) -> Response:
    """Whether anything is served, for those who watch over the site."""
    served = {c.name: c.build.version for c in published.collections()}
    body = encoded({"status": "ok" if served else "empty", "collections": served})
    return Response(body, 200 if served else 503, {"Cache-Control": "no-store"}, JSON)
