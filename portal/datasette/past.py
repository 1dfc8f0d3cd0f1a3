"""Past releases by SQL: `/data/<collection>-v1-2-0/…`, as a dot would end the name of a database."""

from __future__ import annotations

import re
from collections import Counter, OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from starlette.types import ASGIApp, Scope

from portal.gate.plain import plain
from portal.published import Published, PublishedCollection

MOST_OPEN = 4

_NAME = re.compile(r"(?P<collection>[^/]+)-v(?P<version>\d+-\d+-\d+)")
_PATH = re.compile(rf"({_NAME.pattern})(?:\.[a-z]+)?(?:/.*)?")


class Past:
    """The past releases that were asked for last; those that requests are using stay until these are done."""

    def __init__(self, published: Published) -> None:
        self._published = published
        self._used: Counter[str] = Counter()
        self._lock = Lock()
        self.open: OrderedDict[str, PublishedCollection] = OrderedDict()

    def look(self, name: str) -> bool:
        """Open the release of that name, or see that it is still the same; whether anything changed."""
        asked = named(name)
        served = self._published.collection(asked[0]) if asked else None
        found = self._published.versions.at(*asked) if asked and served else None
        with self._lock:
            before = self.open.get(name)
            if found is None:
                return self.open.pop(name, None) is not None
            if before is not None and before.build == found.build:
                self.open.move_to_end(name)
                return False
            self.open[name] = found
            self._close_idle()
            return True

    @contextmanager
    def held(self, name: str | None) -> Iterator[None]:
        """Keep a release open for the time of a request."""
        self._used[name or ""] += 1
        try:
            yield
        finally:
            self._used[name or ""] -= 1

    def _close_idle(self) -> None:
        idle = [name for name in self.open if not self._used[name]]
        for name in idle[: max(0, len(self.open) - MOST_OPEN)]:
            del self.open[name]


def named(name: str) -> tuple[str, str] | None:
    """The collection and the version that the name of a database stands for.

    >>> named("zhenjiang-stb-v1-2-0"), named("zhenjiang-stb")
    (('zhenjiang-stb', '1.2.0'), None)
    """
    match = _NAME.fullmatch(name)
    return (match["collection"], match["version"].replace("-", ".")) if match else None


def name_of(collection: str, version: str) -> str:
    """The name of the database of a release.

    >>> name_of("zhenjiang-stb", "1.2.0")
    'zhenjiang-stb-v1-2-0'
    """
    return f"{collection}-v{version.replace('.', '-')}"


def database_of(path: str) -> str | None:
    """The name of the past release that a path below /data/ is about.

    >>> database_of("a-stb-v1-2-0/target.json"), database_of("a-stb-v1-2-0.db"), database_of("a-stb")
    ('a-stb-v1-2-0', 'a-stb-v1-2-0', None)
    """
    match = _PATH.fullmatch(path)
    return match[1] if match else None


def refusal(scope: Scope, published: Published, name: str) -> ASGIApp:
    """Why there is no such release to be queried."""
    asked = named(name)
    served = published.collection(asked[0]) if asked else None
    if asked is None or served is None:
        return plain(scope, 404)
    collection, version = asked
    known = published.versions.known(served)
    if version in {k.version for k in known}:
        command = f"python -m etl releases {collection} --rebuild {version}"
        advice = f"版本 {version} 有记录，但它的文件不在本机：可向发布者索取，或运行 {command}。"
    else:
        numbers = "、".join(k.version for k in known) or "（还没有发布过）"
        advice = f"没有 {version} 这个版本，现有的版本：{numbers}。"
    return plain(scope, 404, advice)
