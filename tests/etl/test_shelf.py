"""Rows on the disk: what was put on the shelf is what is taken from it, and nothing of it stays in memory."""

from __future__ import annotations

import pickle
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.declaration import Field, Table
from etl.shelf import Row, Shelf
from etl.tables import csv_text, sort_rows

TYPES = {"id": "string", "name": "string", "value": "number", "count": "integer", "is_sure": "boolean"}
TABLE = Table("row", "行", "Row", "", "", tuple(Field(name, kind, name, name) for name, kind in TYPES.items()), ("id",))
ROWS: list[Row] = [
    {"id": "b", "name": "乙", "value": 1.0, "count": 1, "is_sure": True},
    {"id": "a", "name": "甲\r\n“丙”", "value": -0.5, "count": 2**40, "is_sure": False},
    {"id": "𠀀", "name": "", "value": None, "count": None, "is_sure": None},
    {"id": "\uffee", "name": "丁", "value": 1e300, "count": 0, "is_sure": None},
]


@pytest.fixture
def shelf() -> Shelf:
    return Shelf([TABLE], {"row": ROWS})


def test_rows_come_back_as_they_were_with_their_types(shelf: Shelf) -> None:
    assert shelf["row"] == ROWS
    assert [type(cell) for row in shelf["row"] for cell in row.values()] == [type(c) for r in ROWS for c in r.values()]
    assert (len(shelf["row"]), shelf["row"][1], shelf["row"][-1], shelf["row"][:2]) == (4, ROWS[1], ROWS[3], ROWS[:2])
    assert (dict(shelf), list(reversed(shelf["row"]))) == ({"row": ROWS}, ROWS[::-1])


def test_the_order_is_that_of_rows_in_memory(shelf: Shelf) -> None:
    assert list(sort_rows(TABLE, shelf["row"])) == sort_rows(TABLE, ROWS)
    assert csv_text(TABLE, shelf["row"]) == csv_text(TABLE, ROWS)
    assert list(shelf["row"].by(("value", "id"), ("id",))) == [{"id": i} for i in ("𠀀", "a", "b", "\uffee")]


def test_columns_that_a_row_lacks_are_empty(shelf: Shelf) -> None:
    shelf["row"].add([{"id": "c", "name": "戊"}])
    assert shelf["row"].where("id", "c") == [dict.fromkeys(TYPES) | {"id": "c", "name": "戊"}]


def test_rows_are_found_changed_and_removed(shelf: Shelf) -> None:
    [row] = shelf["row"].where("name", "乙")
    shelf["row"].change({**row, "is_sure": False})
    shelf["row"].remove(["a", "𠀀", "nothing"])
    assert shelf["row"] == [{**ROWS[0], "is_sure": False}, ROWS[3]]
    assert shelf["row"].values("is_sure") == {0, None}


def test_all_rows_are_replaced_by_what_is_made_of_them(shelf: Shelf) -> None:
    rows = shelf["row"]
    assert rows.where("id", "a") == [ROWS[1]]
    rows.replace({**row, "count": 7} for row in rows if row["id"] < "c")
    assert rows == [{**ROWS[0], "count": 7}, {**ROWS[1], "count": 7}]
    assert rows.where("id", "a") == [{**ROWS[1], "count": 7}]


def test_texts_are_kept_by_name(shelf: Shelf) -> None:
    shelf.texts["x"], shelf.texts["y"] = "甲\r\n乙\r", "丙"
    shelf.texts["x"] += "█"
    assert dict(shelf.texts) == {"x": "甲\r\n乙\r█", "y": "丙"}
    del shelf.texts["y"]
    assert (list(shelf.texts), len(shelf.texts), shelf.texts.get("y")) == (["x"], 1, None)
    with pytest.raises(KeyError):
        del shelf.texts["y"]


def test_another_process_gets_the_same_rows_and_texts(shelf: Shelf) -> None:
    shelf.texts["x"] = "甲"
    there = pickle.loads(pickle.dumps(shelf))  # noqa: S301 - made in the same breath
    shelf["row"].remove(["a"])
    assert (dict(there), dict(there.texts)) == ({"row": ROWS}, {"x": "甲"})


def test_many_rows_take_no_memory_and_leave_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))

    def many() -> Iterator[Row]:
        for number in range(20_000):
            yield {"id": f"{number:06}", "name": "文" * 200, "value": 1.0, "count": number, "is_sure": True}

    tracemalloc.start()
    shelf = Shelf([TABLE], {"row": many()})
    assert sum(row["count"] for row in sort_rows(TABLE, shelf["row"])) == 20_000 * 19_999 // 2
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2 << 20
    assert list(tmp_path.iterdir()) == []
