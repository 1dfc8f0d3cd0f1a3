"""The database that is derived from a declaration."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from etl.bigrams import match_expression
from etl.database import DatabaseError, build_database, checks, schema_sql
from etl.database.build import APPLICATION_ID
from etl.declaration import Collection, from_descriptor, load_all
from etl.tables import Rows
from tests.etl.conftest import Small

ROOT = Path(__file__).resolve().parents[2]
WORDS = ("order", "select", "group", "end", "table", "index")


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path)) as database:
        yield database


def built(small: Small, folder: Path) -> Path:
    path = folder / "small.db"
    build_database(small.collection, small.rows, path)
    return path


def test_tables_hold_the_rows_by_key_with_their_types(small: Small, tmp_path: Path) -> None:
    with opened(built(small, tmp_path)) as database:
        notice = database.execute("SELECT rowid, * FROM notice").fetchall()
        targets = database.execute("SELECT target_id, value, value_min, unit, year, start FROM target").fetchall()
    assert notice == [(1, "sm-2017-1", "sm-src-1", "关于研发投入的通知", "2017-02-15", 1)]
    assert targets == [
        ("sm-2017-1.base", None, 3.0, "个", 2017, 27),
        ("sm-2017-1.rd", 2.65, None, "%", 2017, 11),
    ]


def test_words_of_sql_need_no_quotes_as_columns(small: Small, tmp_path: Path) -> None:
    with opened(built(small, tmp_path)) as database:
        assert database.execute("SELECT start, end, unit, year FROM target WHERE end > start AND unit = '%'").fetchall()


def test_any_word_of_sql_may_be_a_name(tmp_path: Path) -> None:
    fields = [{"name": w, "type": "string", "title": w, "title_en": w} for w in WORDS]
    resource: dict[str, Any] = {"name": "order", "title": "单", "title_en": "Order", "search": ["select", "table"]}
    resource |= {"path": "data/order.csv", "index": ["group"], "schema": {"primaryKey": ["order"], "fields": fields}}
    collection = from_descriptor({"name": "c", "title": "c", "id_prefix": "c", "resources": [resource]})
    build_database(collection, {"order": [{**dict.fromkeys(WORDS), "order": "1", "table": "研发"}]}, tmp_path / "c.db")
    with opened(tmp_path / "c.db") as database:
        assert database.execute('SELECT "table" FROM "order"').fetchall() == [("研发",)]


def test_settings_are_fixed(small: Small, tmp_path: Path) -> None:
    asked = ("page_size", "encoding", "auto_vacuum", "application_id", "user_version", "journal_mode")
    with opened(built(small, tmp_path)) as database:
        settings = [database.execute(f"PRAGMA {name}").fetchone()[0] for name in asked]
    assert settings == [4096, "UTF-8", 0, APPLICATION_ID, 1, "delete"]


def test_nothing_else_is_left_in_the_folder(small: Small, tmp_path: Path) -> None:
    built(small, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["small.db"]


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO region VALUES ('990000', '又一个', NULL)",
        "INSERT INTO region VALUES ('990200', '青禾县', '990000')",
        "INSERT INTO region VALUES ('990200', '无上级', '123456')",
        "INSERT INTO region VALUES ('990200', NULL, NULL)",
        "UPDATE notice SET is_complete = 2",
        "UPDATE target SET comparator = 'about'",
        "UPDATE target SET value = 'viel'",
    ],
)
def test_the_database_itself_refuses_what_the_declaration_forbids(sql: str, small: Small, tmp_path: Path) -> None:
    with opened(built(small, tmp_path)) as database:
        database.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            database.execute(sql)


def test_every_foreign_key_and_declared_column_has_an_index(small: Small, tmp_path: Path) -> None:
    with opened(built(small, tmp_path)) as database:
        indexes = {row[0] for row in database.execute("SELECT name FROM sqlite_schema WHERE name LIKE 'idx_target%'")}
    assert indexes == {f"idx_target_{column}" for column in ("notice_id", "region_code", "passage_id", "year")}


@pytest.mark.parametrize("word", ["研", "研发", "研发投", "研发投入", "2.65", "发投入占比达到", "３-5个"])
def test_search_finds_words_of_any_length(word: str, small: Small, tmp_path: Path) -> None:
    sql = "SELECT passage_id FROM passage WHERE rowid IN (SELECT rowid FROM passage_fts WHERE words MATCH ?)"
    with opened(built(small, tmp_path)) as database:
        found = {row[0] for row in database.execute(sql, (match_expression(word),))}
    expected = {p["passage_id"] for p in small.rows["passage"] if word.replace("３", "3") in p["text"]}
    assert found == expected != set()


def build_elsewhere(small: Small, folder: Path, **environment: str) -> str:
    """The hash of a database built by another process under another environment."""
    folder.mkdir()
    (folder / "rows.json").write_text(json.dumps(small.rows), "utf-8")
    code = (
        "import json, sys; from pathlib import Path; from etl.declaration import load; from etl.database import *;"
        "folder = Path(sys.argv[1]); rows = json.loads((folder / 'rows.json').read_bytes());"
        "build_database(load(Path(sys.argv[2])), rows, folder / 'small.db')"
    )
    command = [sys.executable, "-c", code, str(folder), str(small.collection.folder)]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **environment, "PYTHONPATH": str(ROOT)}, check=True)
    return hashlib.sha256((folder / "small.db").read_bytes()).hexdigest()


def test_a_second_build_gives_the_same_bytes_wherever_it_runs(small: Small, tmp_path: Path) -> None:
    here = {
        build_elsewhere(small, tmp_path / "a", TZ="UTC", LC_ALL="C.UTF-8", PYTHONHASHSEED="1"),
        build_elsewhere(small, tmp_path / "b", TZ="Asia/Shanghai", LC_ALL="C", PYTHONHASHSEED="77"),
        build_elsewhere(small, tmp_path / "c", TZ="America/New_York", LC_ALL="POSIX", PYTHONHASHSEED="random"),
    }
    for rows in small.rows.values():
        rows.reverse()
    assert here == {build_elsewhere(small, tmp_path / "d", TZ="UTC", PYTHONHASHSEED="0")}


@pytest.mark.parametrize(
    ("table", "row", "said"),
    [
        ("region", {"region_code": "990000", "name": "重复"}, "UNIQUE constraint failed: region.region_code"),
        ("region", {"region_code": "990200", "name": None}, "NOT NULL constraint failed: region.name"),
        ("region", {"region_code": "990200", "name": "x", "parent_code": "1"}, "表 region 第 3 行指向表 region"),
        ("target", {"target_id": "t", "name": "x", "year": 2**70}, "int too large"),
        ("target", {"target_id": "t", "name": "x", "year": "今年"}, "cannot store TEXT value in INTEGER column"),
    ],
)
def test_rows_that_do_not_fit_leave_no_database(
    table: str, row: dict[str, Any], said: str, small: Small, tmp_path: Path
) -> None:
    small.rows[table].append(row)
    with pytest.raises(DatabaseError) as caught:
        built(small, tmp_path)
    assert said in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(small: Small, tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="建不起来"):
        built(small, tmp_path / "none")


def damaged(small: Small, path: Path, sql: str) -> list[str]:
    with opened(path) as database:
        database.execute(sql)
        database.commit()
    return checks.problems(small.collection, path)


def test_the_finished_file_is_checked(small: Small, tmp_path: Path) -> None:
    path = built(small, tmp_path)
    assert checks.problems(small.collection, path) == []
    assert "的行号与检索不符" in damaged(small, path, "UPDATE target SET rowid = rowid + 10")[0]
    assert "检索“禾省”漏了 1 行" in damaged(small, path, "INSERT INTO region_fts(region_fts) VALUES ('delete-all')")[-1]


def test_a_damaged_page_is_noticed(small: Small, tmp_path: Path) -> None:
    path = built(small, tmp_path)
    index = path.read_bytes().index(b"990100")
    with path.open("r+b") as file:
        file.seek(index)
        file.write(b"990101")
    assert any("文件损坏" in found for found in checks.problems(small.collection, path))


@pytest.mark.parametrize("collection", load_all(ROOT / "tests" / "collections"), ids=lambda c: c.name)
def test_every_declared_collection_makes_a_database(collection: Collection, tmp_path: Path) -> None:
    rows: Rows = {}
    build_database(collection, rows, tmp_path / "empty.db")
    with opened(tmp_path / "empty.db") as database:
        names = {row[0] for row in database.execute("SELECT name FROM sqlite_schema WHERE sql LIKE '%STRICT'")}
    assert names == set(collection.by_name)
    assert schema_sql(collection).count("USING fts5") == sum(bool(t.search) for t in collection.tables)
