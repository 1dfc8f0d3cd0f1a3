"""Tables for machines: whole, filtered, paged; the descriptor, the database and the public texts."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from etl.declaration import Collection
from etl.releasing.current import Build
from etl.site import Site
from portal.api.tabular import harmless
from portal.asgi import create
from portal.private import Private
from portal.published import Published

HERE = "/catalogue/zhenjiang-stb"


def test_a_whole_table_is_the_released_file(client: TestClient, releases: Path) -> None:
    answer = client.get(f"{HERE}/target.csv")
    assert answer.content == next(releases.glob("zhenjiang-stb/*/data/target.csv")).read_bytes()
    assert answer.headers["content-length"] == str(len(answer.content))
    assert answer.headers["content-disposition"] == 'attachment; filename="zhenjiang-stb-target.csv"'


def test_a_streamed_csv_has_the_lines_of_the_released_one(client: TestClient) -> None:
    for table in client.get(f"{HERE}/datapackage.json").json()["resources"]:
        path = f"{HERE}/{table['name']}.csv"
        assert client.get(f"{path}?_offset=0&_limit=1000").text == client.get(path).text


def test_a_table_as_json_says_how_many_rows_there_are(client: TestClient) -> None:
    answer = client.get(f"{HERE}/target.json?year=2017&_limit=1&_order=-value").json()
    rows = answer.pop("rows")
    assert answer == {"collection": "zhenjiang-stb", "table": "target", "version": "1.0.0", "total": 2}
    assert [r["value"] for r in rows] == [66.6]
    assert client.get(f"{HERE}/progress.json").json()["rows"] == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [("year=2017", 2), ("year=2018", 0), ("is_borderline=false", 2), ("notice_id=", 1), ("origin=curated&unit=%25", 1)],
)
def test_a_table_is_filtered_by_its_columns(client: TestClient, asked: str, found: int) -> None:
    assert len(client.get(f"{HERE}/target.json?{asked}").json()["rows"]) == found
    assert len(list(csv.reader(io.StringIO(client.get(f"{HERE}/target.csv?{asked}").text)))) == found + 1


@pytest.mark.parametrize(
    "asked",
    ["nothing=1", "_nothing=1", "_limit=-1", "_limit=x", "_offset=1e9", "year=1&year=2", "_order=nothing", "_limit=²"],
)
def test_what_can_t_be_asked_is_told_so(client: TestClient, asked: str) -> None:
    for suffix in ("json", "csv"):
        answer = client.get(f"{HERE}/target.{suffix}?{asked}")
        assert answer.status_code == 400
        assert set(answer.json()) == {"error", "hint"}


@pytest.mark.parametrize(
    "path",
    ["nothing.csv", "target.xlsx.csv", "nothing.db", "sources/nothing.txt", "sources/..%2f..%2fcurrent.json.txt"],
)
def test_an_unknown_file_is_told_so(client: TestClient, path: str) -> None:
    assert client.get(f"{HERE}/{path}").status_code in (400, 404)
    assert client.get(f"/catalogue/nothing/{path}").status_code in (400, 404)


def test_the_database_is_the_build_s(client: TestClient, releases: Path) -> None:
    answer = client.get(f"{HERE}/zhenjiang-stb.db")
    assert answer.content == next(releases.glob("zhenjiang-stb/*/zhenjiang-stb.db")).read_bytes()
    assert answer.headers["content-type"] == "application/vnd.sqlite3"
    assert client.get(f"{HERE}/zhenjiang-stb.db", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
    assert client.get(f"{HERE}/zhenjiang-stb.db", headers={"Range": "bytes=0-15"}).content == b"SQLite format 3\x00"


def test_the_public_text_is_masked(client: TestClient) -> None:
    answer = client.get(f"{HERE}/sources/zjstb-src-c8cbd21351.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text.endswith("主办：███████\n")


@pytest.mark.parametrize(
    "file", ["target.csv", "target.json", "datapackage.json", "zhenjiang-stb.db", "target.csv?_limit=1"]
)
def test_the_head_is_that_of_the_whole(client: TestClient, file: str) -> None:
    head, whole = client.head(f"{HERE}/{file}"), client.get(f"{HERE}/{file}")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", whole.headers["etag"])


def test_memory_stays_flat_however_long_the_table(
    tmp_path: Path, site: Site, second: Collection, publish: Callable[..., Build], private: Private
) -> None:
    import tracemalloc

    rows = [
        {
            "indicator_id": f"qhx-i{n}",
            "slug": f"i{n}",
            "name": f"指标{n}",
            "definition_text": "定义" * 100,
            "status": "accepted",
        }
        for n in range(20_000)
    ]
    publish(tmp_path, second, {"indicator": rows}, {})
    served = Published(tmp_path).collection("qinghe-joint")
    assert served is not None
    del rows
    tracemalloc.start()
    total = sum(len(chunk) for chunk in served.stream("indicator"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (total, peak < 4_000_000) == (20_000, True)
    client = TestClient(create(Published(tmp_path), site, private), base_url="http://127.0.0.1")
    assert len(client.get("/catalogue/qinghe-joint/indicator.json").json()["rows"]) == 20_000


def test_row_11_a_spreadsheet_takes_no_cell_for_a_formula(
    tmp_path: Path, site: Site, second: Collection, publish: Callable[..., Build], private: Private
) -> None:
    row = {"indicator_id": "qhx-x", "slug": "x", "name": "=1+1", "name_en": "-2", "note": "＝SUM", "status": "accepted"}
    del row["note"]
    publish(tmp_path, second, {"indicator": [row]}, {})
    client = TestClient(create(Published(tmp_path), site, private), base_url="http://127.0.0.1")
    raw = client.get("/catalogue/qinghe-joint/indicator.csv").text
    safe = client.get("/catalogue/qinghe-joint/indicator.csv?_excel=1").text
    assert ",=1+1,-2," in raw and not raw.startswith("\ufeff")
    assert ",'=1+1,-2," in safe and safe.startswith("\ufeff")


@given(st.sampled_from("=+-@\t\r\0＝＋－＠"), st.text())
def test_row_11_risky_cells_are_marked_as_text(first: str, rest: str) -> None:
    cell = harmless(first + rest)
    assert cell.startswith("'") or float(cell) is not None


@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.none() | st.booleans())
def test_row_11_values_that_are_no_text_stay(value: object) -> None:
    assert harmless(value) is value
