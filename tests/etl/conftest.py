"""A small collection whose rows, texts and declaration fit together, for tests to publish and to break."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from etl.declaration import Collection, load
from etl.tables import Rows

TEXT = "关于研发投入的通知\r\n全市研发投入占比达到2.65%，新建基地3-5个。\r\n联系人：███████████\r\n"
FOLDER = Path(__file__).parent / "small"


@dataclass(frozen=True)
class Small:
    """What a publication takes."""

    collection: Collection
    rows: Rows
    texts: dict[str, str]


@pytest.fixture
def small() -> Small:
    """Rows that pass every check, made anew for each test."""
    return Small(load(FOLDER), small_rows(), {"sm-src-1": TEXT})


def small_rows() -> Rows:
    """One notice of three lines, two targets, a held number, two regions."""
    return {
        "source": [{"source_id": "sm-src-1", "captured_at": "2026-11-23T00:00:00Z"}],
        "notice": [
            {
                "notice_id": "sm-2017-1",
                "source_id": "sm-src-1",
                "title": "关于研发投入的通知",
                "written_on": "2017-02-15",
                "is_complete": True,
            }
        ],
        "passage": [
            {**_at(line), "passage_id": f"sm-2017-1.p{number}", "notice_id": "sm-2017-1", "text": line}
            for number, line in enumerate(TEXT.split("\r\n")[:-1], 1)
        ],
        "target": [
            _target(
                "rd", "研发投入占比", "全市研发投入占比达到2.65%", comparator="=", value=2.65, unit="%", certainty="高"
            ),
            _target("base", "新建基地", "新建基地3-5个", comparator="range", value_min=3.0, value_max=5.0, unit="个"),
        ],
        "quarantine": [
            {
                "quarantine_id": "sm-src-1.q01",
                "source_id": "sm-src-1",
                "start": TEXT.index("█"),
                "length": 11,
                "status": "held",
            }
        ],
        "region": [
            {"region_code": "990000", "name": "青禾省", "parent_code": None},
            {"region_code": "990100", "name": "青禾县", "parent_code": "990000"},
        ],
        "release": [{"version": "1.0.0", "content_hash": "0" * 64}],
    }


def _target(slug: str, name: str, quote: str, **columns: object) -> dict[str, object]:
    place = {
        "notice_id": "sm-2017-1",
        "passage_id": "sm-2017-1.p2",
        "year": 2017,
        "region_code": "990100",
        "quote": quote,
        **_at(quote),
    }
    return {"target_id": f"sm-2017-1.{slug}", "name": name, **place, **columns}


def _at(words: str) -> dict[str, int]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}
