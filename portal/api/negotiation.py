"""Which of the forms on offer a request accepts best."""

from __future__ import annotations

from collections.abc import Mapping

Offers = Mapping[str, str]
"""Media type → the form's name; the first is what an asker gets who takes anything."""


def chosen(accept: str, offers: Offers) -> str | None:
    """The name of the best form; the first where nothing is said; `None` where none is accepted.

    >>> chosen("text/turtle, application/ld+json;q=0.9", {"application/ld+json": "jsonld", "text/turtle": "ttl"})
    'ttl'
    >>> chosen("", {"text/html": "html"}), chosen("image/png", {"text/html": "html"})
    ('html', None)
    """
    if not accept.strip():
        return next(iter(offers.values()))
    ranges = [_range(part) for part in accept.split(",")]
    best = max(offers, key=lambda offer: _quality(offer, ranges))
    return offers[best] if _quality(best, ranges) > 0 else None


def _quality(offer: str, ranges: list[tuple[str, float]]) -> float:
    """The weight of the most specific range that the offer falls into."""
    kind = offer.split("/")[0]
    for wanted in (offer, f"{kind}/*", "*/*"):
        weights = [weight for name, weight in ranges if name == wanted]
        if weights:
            return max(weights)
    return 0.0


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (p.strip().lower() for p in part.split(";"))
    stated = next((p[2:] for p in parameters if p.startswith("q=")), "1")
    try:
        return name, float(stated)
    except ValueError:
        return name, 0.0
