"""Short forms in which the tests write rows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.document import Document, Extraction, Notice, Parsed, Quantity
from etl.extracting import extract

Reader = Callable[..., Extraction]


def brief(row: Quantity) -> str:
    """A row as `名称 比较 数值单位`, with the bound of a change and the baseline where there is one."""
    value = f"{row.value:g}" if row.value is not None else f"{row.value_min:g}-{row.value_max:g}"
    bound = f" {row.bound}" if row.bound else ""
    baseline = f" from {row.baseline:g}" if row.baseline is not None else ""
    return f"{row.name} {row.comparator}{bound} {value}{row.unit or ''}{baseline}"


@pytest.fixture
def read() -> Reader:
    """Extract from a text, given the year of its plan."""

    def read_text(text: str, plan_year: int | None = 2020) -> Extraction:
        return extract(Document(text), Parsed(Notice(plan_year=plan_year)))

    return read_text


@pytest.fixture
def in_brief() -> Callable[[Quantity], str]:
    """The short form of a row."""
    return brief
