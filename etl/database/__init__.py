"""A collection as one SQLite database, derived from its declaration: the same rows give the same bytes."""

from etl.database.build import DatabaseError, build_database
from etl.database.ddl import schema_sql

__all__ = ["DatabaseError", "build_database", "schema_sql"]
