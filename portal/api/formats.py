"""The formats of a row, and which of them a request asks for."""

from __future__ import annotations

MEDIA_TYPES = {
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8; header=present",
    "jsonld": "application/ld+json; charset=utf-8",
}
_ACCEPTED = {
    "application/json": "json",
    "text/csv": "csv",
    "application/ld+json": "jsonld",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/*": "html",
    "*/*": "html",
}


def by_suffix(file: str) -> tuple[str, str | None]:
    """The id and the format that a path's last part asks for.

    >>> by_suffix("zjstb-zkd-2017-13.t08.jsonld")
    ('zjstb-zkd-2017-13.t08', 'jsonld')
    >>> by_suffix("zjstb-zkd-2017-13.t08")
    ('zjstb-zkd-2017-13.t08', None)
    """
    stem, _, suffix = file.rpartition(".")
    return (stem, suffix) if stem and suffix in MEDIA_TYPES else (file, None)


def by_accept(accept: str) -> str | None:
    """The machine's format that an Accept header prefers; `None` where a page for people will do.

    >>> by_accept("application/ld+json, text/html;q=0.5")
    'jsonld'
    >>> by_accept("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
    >>> by_accept("*/*")
    """
    ranked = sorted(filter(None, map(_preference, accept.split(","))), key=lambda p: -p[0])
    return None if not ranked or ranked[0][1] == "html" else ranked[0][1]


def _preference(part: str) -> tuple[float, str] | None:
    media_type, *parameters = (p.strip().lower() for p in part.split(";"))
    if media_type not in _ACCEPTED:
        return None
    quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
    try:
        weight = float(quality)
    except ValueError:
        return None
    return (weight, _ACCEPTED[media_type]) if weight > 0 else None
