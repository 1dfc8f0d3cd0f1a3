"""The SQL of a collection's tables, indexes and search, derived from its Table Schemas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from etl.declaration import Collection, Field, ForeignKey, Table

_TYPES = {"integer": "INTEGER", "year": "INTEGER", "boolean": "INTEGER", "number": "REAL"}


def schema_sql(collection: Collection) -> str:
    """All statements that make a collection's empty database."""
    return "\n".join(f"{statement};" for table in collection.tables for statement in table_ddl(table))


def table_ddl(table: Table) -> Iterator[str]:
    """The statements that make a table, its indexes and its search."""
    parts = [_column(f) for f in table.fields]
    parts.append(f"PRIMARY KEY ({names(table.primary_key)})")
    parts += [f"UNIQUE ({names(key)})" for key in table.unique_keys]
    parts += [_reference(key) for key in table.foreign_keys]
    yield f"CREATE TABLE {name(table.name)} ({', '.join(parts)}) STRICT"
    indexed = [key.fields for key in table.foreign_keys] + [(column,) for column in table.index]
    for columns in dict.fromkeys(indexed):
        index = name("_".join(("idx", table.name, *columns)))
        yield f"CREATE INDEX {index} ON {name(table.name)} ({names(columns)})"
    if table.search:
        # The words come ready from bigrams(): `ascii` splits at its spaces alone and takes every 汉字 as a letter.
        yield f"CREATE VIRTUAL TABLE {fts(table)} USING fts5(words, content='', tokenize='ascii')"


def name(identifier: str) -> str:
    """A name as it may stand in SQL, whatever word it is.

    >>> name("end")
    '"end"'
    """
    return '"' + identifier.replace('"', '""') + '"'


def names(identifiers: Iterable[str]) -> str:
    """Names as they may stand in a list of columns.

    >>> names(["start", "end"])
    '"start", "end"'
    """
    return ", ".join(name(i) for i in identifiers)


def fts(table: Table) -> str:
    """The name of a table's search as it may stand in SQL."""
    return name(f"{table.name}_fts")


def _column(field: Field) -> str:
    parts = [name(field.name), _TYPES.get(field.type, "TEXT")]
    if field.required:
        parts.append("NOT NULL")
    if field.type == "boolean":
        parts.append(f"CHECK ({name(field.name)} IN (0, 1))")
    if enum := field.constraints.get("enum"):
        parts.append(f"CHECK ({name(field.name)} IN ({', '.join(_literal(v) for v in enum)}))")
    return " ".join(parts)


def _reference(key: ForeignKey) -> str:
    return f"FOREIGN KEY ({names(key.fields)}) REFERENCES {name(key.table)} ({names(key.references)})"


def _literal(value: Any) -> str:
    return repr(value) if isinstance(value, int | float) else "'" + str(value).replace("'", "''") + "'"
