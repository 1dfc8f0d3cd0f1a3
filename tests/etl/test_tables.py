"""Typed rows to CSV and back."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.declaration import Field, Table
from etl.tables import Row, TableError, csv_text, read_csv, sort_rows, write_csv

TYPES = ("string", "integer", "number", "boolean", "year", "date", "datetime")
TABLE = Table(
    name="thing",
    title="事物",
    title_en="Thing",
    description="",
    description_en="",
    fields=tuple(Field(name=t, type=t, title=f"{t}列", title_en=t) for t in ("id", *TYPES)),
    primary_key=("id",),
)
HEADER = "id,string,integer,number,boolean,year,date,datetime\n"

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1)
values = {
    "string": texts,
    "integer": st.integers(-(2**63), 2**63 - 1),
    "number": st.floats(allow_nan=False, allow_infinity=False),
    "boolean": st.booleans(),
    "year": st.integers(1000, 9999),
    "date": st.dates(min_value=date(1000, 1, 1)).map(date.isoformat),
    "datetime": st.datetimes(min_value=datetime(1000, 1, 1)).map(datetime.isoformat),
}
rows_strategy = st.lists(
    st.fixed_dictionaries({"id": texts, **{t: st.none() | s for t, s in values.items()}}),
    unique_by=lambda row: row["id"],
    max_size=8,
)


@given(rows=rows_strategy)
def test_what_is_written_is_read_back(rows: list[Row], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("csv") / "thing.csv"
    write_csv(TABLE, rows, path)
    assert read_csv(TABLE, path) == sort_rows(TABLE, rows)


@given(rows=rows_strategy, order=st.randoms())
def test_the_order_of_rows_does_not_change_the_file(rows: list[Row], order: Any) -> None:
    shuffled = list(rows)
    order.shuffle(shuffled)
    assert csv_text(TABLE, shuffled) == csv_text(TABLE, rows)


def test_a_file_is_canonical(tmp_path: Path) -> None:
    rows = [
        {"id": "b", "number": 100.0, "boolean": False, "year": 2017, "string": '他说"好"，3,5\r\n完'},
        {"id": "a", "number": 66.60, "boolean": True, "integer": 0, "date": "2017-02-16", "string": ""},
    ]
    write_csv(TABLE, rows, tmp_path / "thing.csv")
    expected = HEADER + 'a,,0,66.6,true,,2017-02-16,\nb,"他说""好""，3,5\r\n完",,100,false,2017,,\n'
    assert (tmp_path / "thing.csv").read_bytes() == expected.encode("utf-8")


def test_numbers_are_written_without_exponent() -> None:
    rows = [{"id": "a", "number": 1e-7}, {"id": "b", "number": 1e22}, {"id": "c", "number": -0.0}]
    assert [line.split(",")[3] for line in csv_text(TABLE, rows).splitlines()[1:]] == [
        "0.0000001",
        "10000000000000000000000",
        "0",
    ]


def test_excel_s_mark_and_capitals_are_understood(tmp_path: Path) -> None:
    path = tmp_path / "thing.csv"
    path.write_bytes(b"\xef\xbb\xbfboolean,id,string,integer,number,year,date,datetime\r\nTRUE,a,,,,,,\r\n")
    assert read_csv(TABLE, path) == [{**dict.fromkeys(TABLE.columns), "id": "a", "boolean": True}]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("id,string\na,b\n", "第 1 行缺少列 integer"),
        (HEADER.replace("string", "text"), "第 1 行缺少列 string，多出列 text"),
        (HEADER.replace("\n", ",id\n"), "第 1 行列 id 出现了不止一次"),
        (HEADER.replace("\n", ",\n"), "第 1 行多出列 （空）"),
        (HEADER + 'a,"两\n行",1,1,true,2017,,\nb,,,一,,,,\n', "第 4 行“number列”（number）写的是“一”，应当是数字"),
        (HEADER + "a,,1.5,,,,,\n", "第 2 行“integer列”（integer）写的是“1.5”，应当是整数"),
        (HEADER + "a,,,nan,,,,\n", "第 2 行“number列”（number）写的是“nan”，应当是数字"),
        (HEADER + "a,,,1e999,,,,\n", "第 2 行“number列”（number）写的是“1e999”，应当是数字"),
        (HEADER + "a,,,\u0661,,,,\n", "应当是数字"),
        (HEADER + "a,,,,是,,,\n", "第 2 行“boolean列”（boolean）写的是“是”，应当是true 或 false"),
        (HEADER + "a,,,,,17,,\n", "第 2 行“year列”（year）写的是“17”，应当是四位年份"),
        (HEADER + "a,,,,,,2017-02-30,\n", "第 2 行“date列”（date）写的是“2017-02-30”，应当是2017-02-16 这样的日期"),
        (HEADER + "a,,,,,,20170216,\n", "应当是2017-02-16 这样的日期"),
        (HEADER + "a,,,,,,,2017-02-16\n", "应当是2017-02-16T19:43:00Z 这样的时间"),
        (HEADER + "a,b\n", "第 2 行有 2 格，应有 8 格"),
        (HEADER + 'a,"b"c,,,,,,\n', "第 2 行的引号或分隔不合 CSV 的写法"),
        ("", "第 1 行缺少列 id"),
    ],
)
def test_a_wrong_file_is_told_by_line_and_column(content: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "thing.csv"
    path.write_text(content, "utf-8", newline="")
    with pytest.raises(TableError) as caught:
        read_csv(TABLE, path)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_missing_file_and_a_wrong_encoding_are_told(tmp_path: Path) -> None:
    path = tmp_path / "thing.csv"
    with pytest.raises(TableError, match="找不到"):
        read_csv(TABLE, path)
    path.write_bytes((HEADER + "a,\n" * 20_000).encode() + "编号".encode("gb18030"))
    with pytest.raises(TableError, match="第 2 行有 2 格"):
        read_csv(TABLE, path)
    path.write_bytes((HEADER + "a,,,,,,,\n" * 20_000).encode() + "编号".encode("gb18030"))
    with pytest.raises(TableError, match="不是 UTF-8 编码（第 20002 行第 1 个字节起）"):
        read_csv(TABLE, path)
    with pytest.raises(TableError, match="读不出来"):
        read_csv(TABLE, tmp_path)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"id": "a", "colour": "红"}, "没有列 colour"),
        ({"id": "a", "number": float("inf")}, "行 a：inf 不是有限的数"),
        ({"id": "a", "string": "\x00"}, "行 a：文字中有空字符"),
    ],
)
def test_a_row_that_no_file_can_hold_is_refused(row: Row, said: str, tmp_path: Path) -> None:
    with pytest.raises(TableError) as caught:
        write_csv(TABLE, [row], tmp_path / "thing.csv")
    assert said in str(caught.value)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="写不进去"):
        write_csv(TABLE, [], tmp_path / "none" / "thing.csv")
