"""What can be wrong with a declaration as written, told in words before anything is made of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

TYPES = ("string", "integer", "number", "boolean", "year", "yearmonth", "date", "time", "datetime", "duration", "any")
PACKAGE_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ID_PREFIX = re.compile(r"[a-z0-9]+")
NAME = re.compile(r"[a-z][a-z0-9_]*")
VERSION = re.compile(r"\d+\.\d+\.\d+")
_TAKEN = re.compile(r"sqlite_.*|.*_fts(_.*)?")


def unreadable(error: Exception) -> str:
    """Where a file stops being YAML in UTF-8, in words.

    >>> unreadable(UnicodeDecodeError("utf-8", b"ab", 1, 2, "invalid start byte"))
    '第 2 个字节起不是 UTF-8 文字'
    """
    if isinstance(error, UnicodeDecodeError):
        return f"第 {error.start + 1} 个字节起不是 UTF-8 文字"
    mark = getattr(error, "problem_mark", None)
    return f"第 {mark.line + 1} 行第 {mark.column + 1} 列不合写法" if mark else "含有不可用的字符"


def mistakes(descriptor: dict[str, Any], field_keys: Collection[str]) -> Iterator[str]:
    """Everything wrong with the shape and the names of a declaration; `field_keys` are what a field may say."""
    yield from _missing("声明", descriptor, "name", "title", "id_prefix", "resources")
    yield from _misspelt("name", descriptor.get("name"), PACKAGE_NAME, "小写英文字母、数字和连字符")
    yield from _misspelt("id_prefix", descriptor.get("id_prefix"), ID_PREFIX, "小写英文字母和数字")
    yield from _misspelt("version", descriptor.get("version"), VERSION, "三个数，如 1.0.0")
    if not _is_list(descriptor.get("resources"), dict):
        yield "resources 应当是表的列表"
        return
    yield from _repeated("表", [r.get("name") for r in descriptor["resources"]])
    for resource in descriptor["resources"]:
        yield from _in_table(f"表 {resource.get('name', '（无名）')}", resource, field_keys)


def _in_table(table: str, resource: dict[str, Any], field_keys: Collection[str]) -> Iterator[str]:
    yield from _missing(table, resource, "name", "title", "title_en", "path", "schema")
    name = resource.get("name")
    yield from _misspelt(f"{table} 的名称", name, NAME, "小写英文字母、数字和下划线，以字母起头")
    if _TAKEN.fullmatch(str(name)):
        yield f"{table} 的名称已由 SQLite 占用，请另取"
    if "path" in resource and resource["path"] != f"data/{name}.csv":
        yield f"{table} 的 path 应当是 data/{name}.csv"
    for key in ("search", "facets", "index"):
        if not _is_list(resource.get(key, []), str):
            yield f"{table} 的 {key} 应当是列名的列表，如 [{resource[key]}]"
    if isinstance(resource.get("schema"), dict):
        yield from _in_schema(table, resource["schema"], field_keys)
    elif "schema" in resource:
        yield f"{table} 的 schema 应当含有 fields 和 primaryKey"


def _in_schema(table: str, schema: dict[str, Any], field_keys: Collection[str]) -> Iterator[str]:
    if not schema.get("primaryKey") or not _is_list(schema["primaryKey"], str):
        yield f"{table} 的 primaryKey 应当是列名的列表，至少一个"
    if not _is_list(schema.get("uniqueKeys", []), list):
        yield f"{table} 的 uniqueKeys 应当是列名列表的列表，如 [[name]]"
    if not _is_list(schema.get("foreignKeys", []), dict) or not all(map(_is_reference, schema.get("foreignKeys", []))):
        yield f"{table} 的 foreignKeys 应当写成 {{fields: [列], reference: {{resource: 表, fields: [列]}}}}"
    if not schema.get("fields") or not _is_list(schema["fields"], dict):
        yield f"{table} 的 fields 应当是列的列表，至少一列"
        return
    yield from _repeated(f"{table} 的列", [f.get("name") for f in schema["fields"]])
    for field in schema["fields"]:
        yield from _in_field(f"{table} 的列 {field.get('name', '（无名）')}", field, field_keys)


def _in_field(where: str, field: dict[str, Any], field_keys: Collection[str]) -> Iterator[str]:
    yield from _missing(where, field, "name", "type", "title", "title_en")
    yield from _misspelt(f"{where} 的名称", field.get("name"), NAME, "小写英文字母、数字和下划线，以字母起头")
    if field.get("type", "string") not in TYPES:
        yield f"{where} 的类型 {field['type']} 不在 {'、'.join(TYPES)} 之内"
    for key in sorted(str(k) for k in field if k not in field_keys):
        yield f"{where} 有不认识的键 {key}"
    if not isinstance(field.get("constraints", {}), dict):
        yield f"{where} 的 constraints 应当是一组“键: 值”"
    elif not isinstance(field.get("constraints", {}).get("enum", []), list):
        yield f"{where} 的 enum 应当是值的列表"


def _missing(where: str, mapping: dict[str, Any], *keys: str) -> Iterator[str]:
    for key in keys:
        if mapping.get(key) in (None, ""):
            yield f"{where} 缺少 {key}"


def _misspelt(what: str, value: Any, pattern: re.Pattern[str], allowed: str) -> Iterator[str]:
    if value not in (None, "") and not (isinstance(value, str) and pattern.fullmatch(value)):
        yield f"{what}“{value}”只可用{allowed}"


def _repeated(what: str, names: Sequence[Any]) -> Iterator[str]:
    for name in dict.fromkeys(str(n) for n in names if names.count(n) > 1):
        yield f"{what} {name} 出现了不止一次"


def _is_list(value: Any, of: type) -> bool:
    return isinstance(value, list) and all(isinstance(item, of) for item in value)


def _is_reference(key: dict[str, Any]) -> bool:
    reference = key.get("reference")
    if not isinstance(reference, dict) or not isinstance(reference.get("resource"), str):
        return False
    own, others = key.get("fields") or [], reference.get("fields") or []
    return _is_list(own, str) and _is_list(others, str) and len(own) == len(others) > 0
