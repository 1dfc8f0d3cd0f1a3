"""Versions of rows in the headers: links to the others, the day of a past one, and the way to that of a given day."""

from __future__ import annotations

import re
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.api import formats, mementos
from portal.published import Located, Published
from portal.published.as_of import as_of
from portal.published.history import Life, life

_ROW = re.compile(r"(?P<language>/en)?/(?P<address>[^/@]+)/(?P<key>[^/@]+)(?:@(?P<version>[^/@]+))?")
_FOUND = (200, 304)


@dataclass(frozen=True)
class Asked:
    """A row's page or file: `path` is that of the row, without version and form."""

    language: str
    address: str
    key: str
    version: str | None
    form: str | None

    @property
    def path(self) -> str:
        """The path of the row's page."""
        return f"/{self.address}/{self.key}"


def asked(path: str) -> Asked | None:
    """What a path asks for, if it may be a row.

    >>> asked("/en/targets/a.b@1.2.0.json")
    Asked(language='/en', address='targets', key='a.b', version='1.2.0', form='json')
    """
    stem, form = formats.by_suffix(path)
    match = _ROW.fullmatch(stem)
    return Asked(match["language"] or "", match["address"], match["key"], match["version"], form) if match else None


class Versioned:
    """ASGI: around everything that answers for rows."""

    def __init__(self, app: ASGIApp, published: Published) -> None:
        self._app, self._published = app, published

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the links, or send to the version of the day that was asked for."""
        wanted = asked(scope["path"]) if scope["type"] == "http" else None
        if wanted is None or wanted.address not in self._published.addresses():
            await self._app(scope, receive, send)
            return
        when = Headers(scope=scope).get("accept-datetime")
        if when is not None and wanted.version is None and (place := self._as_of(wanted, when)):
            await RedirectResponse(place, 302, {"Vary": "Accept-Datetime"})(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in _FOUND:
                self._link(wanted, MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, sending)

    def _as_of(self, wanted: Asked, when: str) -> str | None:
        """The address of the version that stood at that moment."""
        moment, found = mementos.asked_for(when), self._published.find(wanted.address, wanted.key)
        lived = self._life(found) if found else None
        version = mementos.as_of(lived.having, moment) if lived and moment else None
        if version is None:
            return None
        form = f".{wanted.form}" if wanted.form else ""
        return f"{wanted.language}{wanted.path}@{version.version}{form}"

    def _link(self, wanted: Asked, headers: MutableHeaders) -> None:
        if wanted.version is None:
            found = self._published.find(wanted.address, wanted.key)
            links = self._of_current(wanted, found) if found else []
            headers.add_vary_header("Accept-Datetime")
        else:
            past = as_of(self._published, wanted.address, wanted.key, wanted.version)
            links = self._of_past(wanted, past, headers) if isinstance(past, Located) else []
        if links:
            headers["link"] = ", ".join(filter(None, (headers.get("link"), *links)))

    def _of_current(self, wanted: Asked, found: Located) -> list[str]:
        lived = self._life(found)
        return (
            mementos.links(wanted.path, lived, found.published.build.version, is_current=True) if lived.having else []
        )

    def _of_past(self, wanted: Asked, past: Located, headers: MutableHeaders) -> list[str]:
        build = past.published.build
        headers["memento-datetime"] = mementos.moment(build.released_on or "")
        current = self._published.find(wanted.address, wanted.key)
        lived = self._life(current or past)
        page = f"{wanted.path}@{build.version}"
        licence = next((one["path"] for one in past.published.collection.descriptor.get("licenses", ())), None)
        own = [
            f'<{page}>; rel="cite-as"',
            f'<{page}.jsonld>; rel="describedby"; type="application/ld+json"',
            f'<{page}.json>; rel="item"; type="application/json"',
            f'<{page}.csv>; rel="item"; type="text/csv"',
            f'</releases/{build.collection}/{build.version}/>; rel="collection"',
        ]
        own += [f'<{licence}>; rel="license"'] if licence else []
        return own + mementos.links(wanted.path, lived, build.version, is_current=current is not None)

    def _life(self, found: Located) -> Life:
        """The life of a row as the version served now tells it."""
        served = self._published.collection(found.published.name) or found.published
        return life(served, self._published.versions.known(served), found.table.name, str(found.row[found.table.key]))
