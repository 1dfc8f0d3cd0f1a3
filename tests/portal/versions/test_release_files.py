"""Releases for machines: lists, files as they were signed, differences."""

from __future__ import annotations

import csv
import io
import json

import pytest
from starlette.testclient import TestClient

from tests.portal.bureau import LATER, NAME, ROW, Bureau

HOME = f"/releases/{NAME}"


def test_the_list_names_every_version_with_its_package(asking: TestClient) -> None:
    told = asking.get(f"{HOME}.json").json()
    assert (told["collection"], told["current"]) == (NAME, "1.2.0")
    assert [(r["version"], r["released_on"], r["available"]) for r in told["releases"]] == [
        ("1.0.0", "2026-11-23", True),
        ("1.0.1", "2026-11-24", True),
        ("1.1.0", "2026-11-25", True),
        ("1.2.0", "2026-11-26", True),
    ]
    assert asking.get(told["releases"][0]["archive"]).content[:2] == b"PK"


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("data/target.csv", "text/csv"),
        ("data/target.json", "application/json"),
        ("parquet/target.parquet", "application/vnd.apache.parquet"),
        (f"{NAME}.db", "application/vnd.sqlite3"),
        (f"{NAME}.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (f"{NAME}-1.0.0.zip", "application/zip"),
        ("README.md", "text/markdown"),
        ("manifest.json.minisig", "text/plain"),
        ("sources/zjstb-src-c8cbd21351.txt", "text/plain"),
    ],
)
def test_every_file_comes_as_it_was_signed(asking: TestClient, bureau: Bureau, name: str, media_type: str) -> None:
    found = asking.get(f"{HOME}/1.0.0/{name}")
    assert found.status_code == 200
    assert found.headers["content-type"].split(";")[0] == media_type
    assert found.headers["cache-control"] == "public, max-age=86400, immutable"
    assert found.headers["last-modified"] == "Mon, 23 Nov 2026 00:00:00 GMT"
    assert found.content == (bureau.releases / NAME / "1.0.0" / name).read_bytes()
    assert asking.head(f"{HOME}/1.0.0/{name}").headers["etag"] == found.headers["etag"]
    assert asking.get(f"{HOME}/1.0.0/{name}", headers={"If-None-Match": found.headers["etag"]}).status_code == 304


def test_a_part_of_a_file_may_be_asked_for(asking: TestClient) -> None:
    found = asking.get(f"{HOME}/1.0.0/data/target.csv", headers={"Range": "bytes=0-8"})
    assert (found.status_code, found.content) == (206, b"target_id")
    assert found.headers["content-range"].startswith("bytes 0-8/")


@pytest.mark.parametrize("name", ["%2e%2e%2f%2e%2e%2fprivate/release.key", "%2e%2e/1.0.1/x", "nothing.csv", ".hidden"])
def test_row_25_nothing_else_can_be_had(asking: TestClient, name: str) -> None:
    assert asking.get(f"{HOME}/1.0.0/{name}").status_code in (400, 404)


def test_the_key_is_public(asking: TestClient, bureau: Bureau) -> None:
    assert asking.get(f"{HOME}/minisign.pub").content == (bureau.releases / NAME / "minisign.pub").read_bytes()


def test_a_difference_says_old_new_and_why(asking: TestClient) -> None:
    told = asking.get(f"{HOME}/1.0.0...1.0.1.json").json()
    assert (told["from"], told["to"]) == ("1.0.0", "1.0.1")
    assert told["changes"] == [
        {
            "table": "target",
            "row": ROW,
            "label": "农业科技进步贡献率",
            "column": "value",
            "kind": "changed",
            "old": "66.6",
            "new": "66.5",
            "reason": "据公文核对",
            "correction": "cor-0001",
            "versions": "1.0.1",
        }
    ]


def test_a_difference_over_several_versions_is_the_sum(asking: TestClient) -> None:
    found = asking.get(f"{HOME}/1.0.0...1.2.0.csv")
    assert found.headers["content-disposition"] == f'attachment; filename="{NAME}-1.0.0...1.2.0.csv"'
    rows = list(csv.DictReader(io.StringIO(found.text)))
    assert [(r["kind"], r["row"], r["versions"]) for r in rows] == [
        ("came", LATER, "1.1.0"),
        ("went", ROW, "1.2.0"),
    ]
    assert json.loads(rows[1]["old"])["value"] == 66.6
    assert json.loads(rows[0]["new"])["name"] == "=新的目标"


@pytest.mark.parametrize(
    ("pair", "status", "word"),
    [
        ("1.2.0...1.0.0", 400, "先后写反了"),
        ("1.0.0...9.9.9", 404, "没有 9.9.9 这个版本"),
        ("x...y", 404, "没有 x 这个版本"),
    ],
)
def test_a_pair_that_makes_no_sense_is_told_so(asking: TestClient, pair: str, status: int, word: str) -> None:
    found = asking.get(f"{HOME}/{pair}.json")
    assert found.status_code == status
    assert word in found.json()["error"]


def test_a_version_and_itself_do_not_differ(asking: TestClient) -> None:
    assert asking.get(f"{HOME}/1.0.0...1.0.0.json").json()["changes"] == []
