"""The forms of a release's tables: opened by other people's programs, the same rows in each."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from typing import Any

import duckdb
import openpyxl
import polars
import pytest
import yaml
from frictionless import Package

from etl.releasing.formats import typed_rows
from etl.releasing.reading import Release
from etl.releasing.workbook import LONGEST_CELL
from tests.etl.releasing.conftest import Publisher

Row = dict[str, Any]
LONG = "长" * 40_000


@pytest.fixture
def one(publisher: Publisher) -> Release:
    """A release with what spreadsheets stumble over."""
    publisher.rows["region"] += [
        {"region_code": "0321", "name": '=HYPERLINK("http://x","点")', "parent_code": "990000"},
        {"region_code": "0322", "name": "-1+1", "parent_code": None},
        {"region_code": "0323", "name": LONG, "parent_code": None},
        {"region_code": "0324", "name": '两\r\n行，“引号”"', "parent_code": None},
    ]
    publisher.rows["target"][0]["value"] = -2.65
    publisher.rows["target"][0]["quote"] = "全市研发投入占比达到2.65%"
    publisher.release()
    return publisher.of("1.0.0")


def rows_of(one: Release, table: str) -> list[Row]:
    found: list[Row] = json.loads((one.folder / "data" / f"{table}.json").read_bytes())
    return found


def test_json_parquet_sqlite_and_csv_hold_the_same_rows(one: Release, publisher: Publisher) -> None:
    for table in publisher.collection.tables:
        rows = rows_of(one, table.name)
        assert rows == list(typed_rows(table, publisher.rows[table.name])) or table.name == "release"
        frame = polars.read_parquet(one.folder / "parquet" / f"{table.name}.parquet")
        assert [{c: str(v) if c.endswith("_on") and v else v for c, v in r.items()} for r in frame.to_dicts()] == rows
        with closing(sqlite3.connect(one.build.database)) as database:
            database.row_factory = sqlite3.Row
            assert [dict(r) for r in database.execute(f"select * from {table.name} order by rowid")] == rows  # noqa: S608


def test_duckdb_reads_parquet_with_types(one: Release) -> None:
    path = one.folder / "parquet" / "target.parquet"
    found = duckdb.sql(f"select year, value from '{path}' where value < 0").fetchall()  # noqa: S608
    assert found == [(2017, -2.65)]
    empty = duckdb.sql(f"describe select * from '{one.folder / 'parquet' / 'notice.parquet'}'").fetchall()  # noqa: S608
    assert {r[0]: r[1] for r in empty}["written_on"] == "DATE"


def test_row_11_a_spreadsheet_takes_nothing_for_a_formula(one: Release) -> None:
    data = (one.folder / "spreadsheet" / "region.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfregion_code,name,parent_code\r\n")
    names = {r["region_code"]: r["name"] for r in csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))}
    assert names["0321"] == '\'=HYPERLINK("http://x","点")'
    assert names["0322"] == "'-1+1"
    assert "-2.65" in (one.folder / "spreadsheet" / "target.csv").read_text("utf-8-sig").replace("'", "")
    assert "'-2.65" not in (one.folder / "spreadsheet" / "target.csv").read_text("utf-8-sig")
    assert "'=" not in (one.folder / "data" / "region.csv").read_text("utf-8")


def test_the_workbook_has_a_dictionary_and_a_sheet_a_table(one: Release, publisher: Publisher) -> None:
    book = openpyxl.load_workbook(one.folder / "small.xlsx")
    assert book.sheetnames == ["说明", "数据字典", *(t.name for t in publisher.collection.tables)]
    region = {row[0]: row[1] for row in book["region"].iter_rows(min_row=2, values_only=True)}
    assert region["0322"] == "-1+1"
    assert len(region["0323"]) == LONGEST_CELL
    assert region["0323"].endswith("全文见 CSV）")
    cell = next(c for c in book["region"]["B"] if str(c.value).startswith("=HYPERLINK"))
    assert cell.data_type == "s"
    values = list(book["数据字典"].iter_rows(min_row=2, values_only=True))
    assert len(values) == sum(len(t.fields) for t in publisher.collection.tables)
    assert str(book.properties.created) == "2026-11-23 00:00:00"


def test_frictionless_finds_the_package_valid(one: Release) -> None:
    report = Package(str(one.build.descriptor)).validate()
    assert report.valid, report.flatten(["type", "message"])


def test_the_papers_can_be_read(one: Release) -> None:
    citation = yaml.safe_load((one.folder / "CITATION.cff").read_text("utf-8"))
    assert (citation["version"], citation["date-released"], citation["type"]) == ("1.0.0", "2026-11-23", "dataset")
    readme = (one.folder / "README.md").read_text("utf-8")
    assert "minisign -Vm small-1.0.0.zip" in readme
    assert "Version 1.0.0, released on 2026-11-23." in readme
    listed = [line.split("  ")[1] for line in (one.folder / "SHA256SUMS").read_text("utf-8").splitlines()]
    assert "data/region.csv" in listed
    assert not {"manifest.json", "SHA256SUMS"} & set(listed)
