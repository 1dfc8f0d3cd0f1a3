"""Links in texts: to rows of ours, with or without a version, and to places elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from etl.site import Site

_BARE = r"https?://[^\x00-\x20<>\"'`\\\x7f-\U0010ffff]+"
_KEY = r"[A-Za-z0-9][A-Za-z0-9._~%-]*"
_AFTER = ".,;:!?)*_~"
"""What ends a sentence rather than an address."""


@dataclass(frozen=True)
class Named:
    """A row of ours that a text links to; `version` is empty where the link says none."""

    address: str
    key: str
    version: str = ""

    @property
    def path(self) -> str:
        """The path of the row's page."""
        return f"/{self.address}/{self.key}"


@dataclass(frozen=True)
class Links:
    """What finds links: `own` matches addresses of rows on this site, `any` those and all others."""

    own: re.Pattern[str]
    any: re.Pattern[str]
    hosts: frozenset[str]

    @staticmethod
    def of(site: Site, addresses: frozenset[str]) -> Links:
        """For a site whose rows stand under these addresses."""
        return _compiled(frozenset({*site.hosts, urlsplit(site.address).hostname or ""}), addresses)

    def named(self, address: str) -> Named | None:
        """The row that an address leads to, if it is one of ours."""
        match = self.own.fullmatch(address.partition("#")[0].partition("?")[0])
        return Named(match["address"], unquote(match["key"]), match["version"] or "") if match else None

    def elsewhere(self, address: str) -> str:
        """The host beyond this site that an address leads to; empty where it leads to none."""
        host = _host(address)
        return "" if host in self.hosts else host

    def is_elsewhere(self, address: str) -> bool:
        """Whether an address leads away from this site."""
        return bool(self.elsewhere(address))

    def within(self, text: str) -> list[tuple[int, int]]:
        """Where in a text bare addresses stand."""
        return [(m.start(), m.start() + len(m[0].rstrip(_AFTER))) for m in self.any.finditer(text)]


def _host(address: str) -> str:
    """The host of an address; where none can be read of it, what stands for one, as some browser may make sense of it.

    >>> _host("https://A.cn:8/"), _host("/targets/x"), _host("http://[a/b")
    ('a.cn', '', '[a')
    """
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return address.partition("//")[2].partition("/")[0].lower()


@lru_cache(maxsize=8)
def _compiled(hosts: frozenset[str], addresses: frozenset[str]) -> Links:
    named = "|".join(map(re.escape, sorted(hosts, key=len, reverse=True)))
    rows = "|".join(map(re.escape, sorted(addresses))) or "(?!)"
    here = rf"(?:https?://(?:{named})(?::\d+)?)?(?:/en)?"
    row = rf"/(?P<address>{rows})/(?P<key>{_KEY})(?:@(?P<version>\d+\.\d+\.\d+))?"
    anything = rf"(?<![\w/.:@%-])(?:{_BARE}|(?:/en)?/(?:{rows})/{_KEY}(?:@\d+\.\d+\.\d+)?)"
    return Links(re.compile(here + row, re.ASCII), re.compile(anything, re.ASCII), hosts)
