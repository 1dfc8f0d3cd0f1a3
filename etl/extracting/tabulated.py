"""Rows of target tables as quantities."""

from __future__ import annotations

from dataclasses import dataclass

from etl.document import Document, Quantity
from etl.extracting.entries import Entry
from etl.extracting.normalising import normalised
from etl.extracting.tables import Table
from etl.extracting.years import Calendar

_CONFIDENCE = 0.85


@dataclass(frozen=True)
class Tabulated:
    """Writes the values of a table as rows; the base year's values are past facts."""

    document: Document
    calendar: Calendar

    def rows(self, table: Table) -> tuple[list[Quantity], list[Quantity]]:
        """The targets and the past facts of a table."""
        targets: list[Quantity] = []
        reported: list[Quantity] = []
        for entry in table.entries:
            past = self._is_past(entry, table)
            (reported if past else targets).append(self._row(entry, past))
        return targets, reported

    def _is_past(self, entry: Entry, table: Table) -> bool:
        if entry.column.role == "base":
            return True
        year, base = entry.column.year, self.calendar.base
        years = sorted(c.year for c in table.columns if c.year)
        if year is None:
            return False
        return year < base if base else len(years) > 1 and year == years[0]

    def _row(self, entry: Entry, past: bool) -> Quantity:
        start = min(entry.name.start, entry.cell.start)
        end = max(entry.name.end, entry.cell.end)
        quote = self.document.text[start:end]
        value, unit = normalised(entry.value, entry.unit)
        bound = "range" if entry.low is not None else entry.sign
        growth = entry.column.role == "growth" and entry.cell.text[:1] not in "[〔【"
        year = entry.column.year or (None if past else self.calendar.plan)
        return Quantity(
            name=entry.name.text, subject_qualifier="年均" if growth else None,
            comparator=entry.change or bound, bound=bound if entry.change else None,
            value=entry.value, value_min=entry.low, value_max=entry.high, unit=entry.unit, baseline=None, year=year,
            flags=("linebreak",) if "\n" in quote else (), quote=quote, start=start, end=end,
            number_start=entry.number[0], number_end=entry.number[1], task=None, confidence=_CONFIDENCE,
            rules=("table-name", f"table-{entry.column.role}"), normalised_value=value, normalised_unit=unit,
        )  # fmt: skip
