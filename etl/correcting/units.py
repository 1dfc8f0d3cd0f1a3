"""Keeps the normalised number in step with the written one."""

from __future__ import annotations

from collections.abc import Sequence

from etl.tables import Row


def renormalise(row: Row, units: Sequence[Row]) -> None:
    """Set value and unit in base units from the vocabulary; empty where it does not know the unit."""
    unit = next((u for u in units if u["unit"] == row.get("unit")), None)
    value = row.get("value")
    row["normalised_value"] = value * unit["factor"] if unit and value is not None else None
    row["normalised_unit"] = unit["base_unit"] if unit and value is not None else None
