"""Numbers in base units, by the collection's own table of units."""

from __future__ import annotations

from collections.abc import Iterable

from etl.tables import Row


def normalise(row: Row, units: Iterable[Row]) -> None:
    """Set value and unit in base units; empty where the table does not know the unit or there is no one value."""
    row["normalised_value"] = row["normalised_unit"] = None
    for unit in units:
        if unit["unit"] == row["unit"] and row["value"] is not None:
            row["normalised_value"] = row["value"] * unit["factor"]
            row["normalised_unit"] = unit["base_unit"]
