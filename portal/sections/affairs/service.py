"""Public affairs: indicators that notices speak of."""

from __future__ import annotations

from portal.published import Published, Row
from portal.published.sections import everywhere, tracker


def indicators(published: Published) -> list[Row]:
    """Indicators with the number of their targets and reported values."""
    return everywhere(published, tracker.indicators)
