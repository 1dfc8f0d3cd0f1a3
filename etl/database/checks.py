"""What a finished database must hold to before it may be served."""
# Names in the SQL come from a checked declaration and are quoted; values are bound.
# ruff: noqa: S608

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from etl.bigrams import match_expression
from etl.database.ddl import fts, name, names
from etl.declaration import Collection, Table

SAMPLES = 5
_HAN = re.compile("[一-鿿]+")


def problems(collection: Collection, path: Path) -> list[str]:
    """What is wrong with the file, in words; empty where nothing is."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        found = [*_damages(database), *_orphans(database)]
        for table in collection.tables:
            found += [*_misnumbered(database, table), *_unfound(database, table)]
    return found


def _damages(database: sqlite3.Connection) -> Iterator[str]:
    for (message,) in database.execute("PRAGMA integrity_check(5)"):
        if message != "ok":
            yield f"文件损坏（{message}）"


def _orphans(database: sqlite3.Connection) -> Iterator[str]:
    for table, rowid, parent, _ in database.execute("PRAGMA foreign_key_check").fetchmany(5):
        yield f"表 {table} 第 {rowid} 行指向表 {parent} 中不存在的行"


def _misnumbered(database: sqlite3.Connection, table: Table) -> Iterator[str]:
    """Rows whose rowid is not their place by key: the search would point to others."""
    placed = f"SELECT rowid, row_number() OVER (ORDER BY {names(table.primary_key)}) AS place FROM {name(table.name)}"
    (wrong,) = database.execute(f"SELECT count(*) FROM ({placed}) WHERE rowid <> place").fetchone()
    if wrong:
        yield f"表 {table.name} 有 {wrong} 行的行号与检索不符"


def _unfound(database: sqlite3.Connection, table: Table) -> Iterator[str]:
    """Rows that LIKE finds and the search does not, for a few words of the table."""
    for term in sorted(_terms(database, table)):
        missed = _missed(database, table, term)
        if missed:
            yield f"表 {table.name} 检索“{term}”漏了 {missed} 行"


def _terms(database: sqlite3.Connection, table: Table) -> set[str]:
    """Words of one to four characters from rows spread over the table."""
    spread = f"rowid % (SELECT count(*) / {SAMPLES} + 1 FROM {name(table.name)}) = 0"
    terms: set[str] = set()
    for column in table.search:
        for (text,) in database.execute(f"SELECT {name(column)} FROM {name(table.name)} WHERE {spread}"):
            run = max(_HAN.findall(str(text or "")), key=len, default="")
            terms |= {run[len(run) // 2 :][:length] for length in (1, 2, 3, 4)} - {""}
    return terms


def _missed(database: sqlite3.Connection, table: Table, term: str) -> int:
    """How many rows LIKE finds and the search does not."""
    where = " OR ".join(f"{name(column)} LIKE ?" for column in table.search)
    like = f"SELECT rowid FROM {name(table.name)} WHERE {where}"
    match = f"SELECT rowid FROM {fts(table)} WHERE words MATCH ?"
    values = [*[f"%{term}%"] * len(table.search), match_expression(term)]
    (count,) = database.execute(f"SELECT count(*) FROM ({like} EXCEPT {match})", values).fetchone()
    return int(count)
