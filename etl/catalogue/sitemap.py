"""Sitemaps, robots.txt and llms.txt: what crawlers and models should look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from xml.sax.saxutils import escape

from etl.catalogue.record import Catalogue, Dataset

PAGE = 10_000
"""Addresses in one sitemap; the protocol allows 50,000."""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
CLOSED = ("/data/", "/search")
"""Not for crawlers: endless combinations of filters."""


def index(catalogue: Catalogue, more: Iterable[tuple[str, str | None]] = ()) -> Iterator[bytes]:
    """The list of all sitemaps: one of pages, those of each table whose rows have pages, `more` that the site has."""
    yield f"{_HEAD}<sitemapindex {_SPACE}>\n".encode()
    for name, modified in chain(_sitemaps(catalogue), more):
        address = escape(f"{catalogue.site.address}/sitemaps/{name}.xml")
        lastmod = f"<lastmod>{modified}</lastmod>" if modified else ""
        yield f"<sitemap><loc>{address}</loc>{lastmod}</sitemap>\n".encode()
    yield b"</sitemapindex>\n"


def urls(addresses: Iterable[tuple[str, str | None]]) -> Iterator[bytes]:
    """A sitemap of addresses, each with the day on which it changed."""
    yield f"{_HEAD}<urlset {_SPACE}>\n".encode()
    for address, modified in addresses:
        lastmod = f"<lastmod>{modified}</lastmod>" if modified else ""
        yield f"<url><loc>{escape(address)}</loc>{lastmod}</url>\n".encode()
    yield b"</urlset>\n"


def catalogue_pages(catalogue: Catalogue) -> Iterator[tuple[str, str | None]]:
    """The pages of collections and datasets."""
    yield f"{catalogue.site.address}/catalogue/", None
    for series in catalogue.collections:
        yield series.url, series.modified
        yield from ((dataset.url, series.modified) for dataset in series.datasets)


def row_sitemap(dataset: Dataset, number: int) -> str:
    """The name of a sitemap of rows, from 1."""
    return f"{dataset.name}-{number}"


def row_sitemaps(dataset: Dataset) -> int:
    """How many sitemaps the rows of a dataset need; none where they have no pages."""
    return -(-dataset.rows // PAGE) if dataset.table.address else 0


def robots(catalogue: Catalogue, private: Iterable[str] = ()) -> str:
    """What crawlers may look at; not what is `private`, which belongs to people."""
    closed = "".join(f"Disallow: {path}\n" for path in (*CLOSED, *private))
    return f"User-agent: *\n{closed}Allow: /\n\nSitemap: {catalogue.site.address}/sitemap.xml\n"


def _sitemaps(catalogue: Catalogue) -> Iterator[tuple[str, str | None]]:
    yield "pages", None
    for series in catalogue.collections:
        for dataset in series.datasets:
            for number in range(1, row_sitemaps(dataset) + 1):
                yield row_sitemap(dataset, number), series.modified
