"""A place on the map, as a declaration states it: name, URI, bounding box."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from etl.catalogue.vocabulary import vocabulary

Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""


@dataclass(frozen=True)
class Place:
    """`uri` is GeoNames' or the EU's; a place without a box of its own has that of its country."""

    uri: str
    zh: str
    en: str
    box: Box

    @property
    def bbox(self) -> str:
        """The box as WKT.

        >>> Place("", "", "", (0, 1, 2, 3)).bbox
        'POLYGON((0 1,2 1,2 3,0 3,0 1))'
        """
        west, south, east, north = self.box
        corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
        return f"POLYGON(({','.join(f'{x} {y}' for x, y in corners)}))"

    @property
    def centroid(self) -> str:
        """The middle of the box as WKT.

        >>> Place("", "", "", (0, 1, 2, 3)).centroid
        'POINT(1.0 2.0)'
        """
        west, south, east, north = self.box
        return f"POINT({round((west + east) / 2, 4)} {round((south + north) / 2, 4)})"


def place_of(stated: dict[str, Any] | None) -> Place:
    """The place that a declaration states under `spatial`; what it does not say is that of the country."""
    usual = vocabulary()["place"]
    known = {**usual, **(stated or {})}
    if stated and "title" in stated and "title_en" not in stated:
        known["title_en"] = stated["title"]
    west, south, east, north = map(float, known["bbox"])
    return Place(known["uri"], known["title"], known["title_en"], (west, south, east, north))
