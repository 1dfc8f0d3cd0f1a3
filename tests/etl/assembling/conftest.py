"""A ledger and the regions of a fictional city."""

from __future__ import annotations

import pytest

from etl.assembling.regions import Regions
from etl.releasing.ids import Ledger

REGIONS = [
    {"region_code": "990000", "name": "示例省", "level": "省", "parent_code": None},
    {"region_code": "990100", "name": "青禾市", "level": "市", "parent_code": "990000"},
    {"region_code": "990101", "name": "东塘县", "level": "县", "parent_code": "990100"},
]


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
def regions() -> Regions:
    return Regions(REGIONS, "990100")
