"""What differs between two declarations of a collection: as changes that can be undone, and by the rule of versions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from etl.declaration import Collection, Descriptor, Field, Table, from_descriptor, plain
from etl.releasing.content import sha256
from etl.releasing.descriptor import OF_FILES
from etl.releasing.difference import Change

TABLE, PACKAGE = "datapackage", "datapackage.json"
"""Under which table, and for what is no table's under which row, changes of the declaration are noted."""

_PER_RELEASE = ("version", "created")


class Level(IntEnum):
    """How much a change asks of those who use the data."""

    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True)
class Step:
    """One reason for a new version: how high it must be, in words, and the table that it is about."""

    level: Level
    told: str
    table: str = ""


def declaration_hash(collection: Collection) -> str:
    """SHA-256 of the declaration without what every release says anew."""
    return sha256(_compact(declared(collection)).encode("utf-8"))


def declared(collection: Collection) -> Descriptor:
    """The declaration without version and date, and without what is only said of the files of a release."""
    package = {k: v for k, v in plain(collection).items() if k not in _PER_RELEASE}
    resources = [{k: v for k, v in r.items() if k not in OF_FILES} for r in package["resources"]]
    return {**package, "resources": resources}


def stamped(collection: Collection, version: str, released_on: str) -> Collection:
    """The collection as of a release: its declaration with that version and date."""
    stamp = {"version": version, "created": f"{released_on}T00:00:00Z"}
    return from_descriptor({**declared(collection), **stamp}, collection.folder)


def declaration_changes(old: Descriptor, new: Descriptor) -> list[Change]:
    """Every part of the declaration that changed: the package's own facts, and a table each, whole, as JSON."""
    before, after = _parts(old), _parts(new)
    return [
        Change(TABLE, name, "", before.get(name, ""), after.get(name, ""))
        for name in dict.fromkeys([*after, *before])
        if before.get(name, "") != after.get(name, "")
    ]


def apply_declaration(descriptor: Descriptor, changes: Mapping[str, str]) -> Descriptor:
    """The declaration with some parts replaced (name → JSON; empty for a table that is not there)."""
    parts = {**_parts(descriptor), **changes}
    package = json.loads(parts.pop(PACKAGE))
    resources = {name: json.loads(text) for name, text in parts.items() if text}
    return {**package, "resources": [resources[name] for name in package["resources"]]}


def steps(old: Collection, new: Collection) -> list[Step]:
    """What changed in the declaration, the gravest first."""
    found = [*_package(old, new), *_tables(old, new)]
    if not found and declared(old) != declared(new):
        found.append(Step(Level.PATCH, "数据集的说明有改动"))
    return sorted(found, key=lambda step: -step.level)


def _parts(descriptor: Descriptor) -> dict[str, str]:
    package = {k: v for k, v in descriptor.items() if k not in _PER_RELEASE}
    package["resources"] = [r["name"] for r in descriptor["resources"]]
    return {PACKAGE: _compact(package)} | {r["name"]: _compact(r) for r in descriptor["resources"]}


def _package(old: Collection, new: Collection) -> Iterator[Step]:
    if _licences(old) != _licences(new):
        yield Step(Level.MAJOR, "许可改变")
    if old.id_prefix != new.id_prefix:
        yield Step(Level.MAJOR, f"编号前缀由 {old.id_prefix} 改为 {new.id_prefix}")


def _licences(collection: Collection) -> list[tuple[Any, Any]]:
    return [(one.get("name"), one.get("path")) for one in collection.descriptor.get("licenses", ())]


def _tables(old: Collection, new: Collection) -> Iterator[Step]:
    for name in old.by_name.keys() - new.by_name.keys():
        yield Step(Level.MAJOR, f"去掉表 {name}（改名也是如此）", name)
    for name, table in new.by_name.items():
        before = old.by_name.get(name)
        if before is None:
            yield Step(Level.MINOR, f"增加表“{table.title}”（{name}）", name)
        else:
            yield from _table(before, table)


def _table(old: Table, new: Table) -> Iterator[Step]:
    name = new.name
    was, now = {f.name: f for f in old.fields}, {f.name: f for f in new.fields}
    for column in [c for c in was if c not in now]:
        yield Step(Level.MAJOR, f"表 {name} 去掉列 {column}（改名也是如此）", name)
    for column, field in now.items():
        if column not in was:
            yield Step(Level.MINOR, f"表 {name} 增加列“{field.title}”（{column}）", name)
        elif _kind(was[column]) != _kind(field):
            yield Step(Level.MAJOR, f"表 {name} 的列 {column} 改变类型或单位", name)
    if old.primary_key != new.primary_key:
        yield Step(Level.MAJOR, f"表 {name} 的主键改变", name)
    if {*old.unique_keys, *old.foreign_keys} - {*new.unique_keys, *new.foreign_keys}:
        yield Step(Level.MAJOR, f"表 {name} 的唯一键或外键改变", name)
    if old.address != new.address:
        yield Step(Level.MAJOR, f"表 {name} 的行页地址改变", name)
    if any(_said(was[c]) != _said(now[c]) for c in was.keys() & now.keys()) or _titles(old) != _titles(new):
        yield Step(Level.PATCH, f"表 {name} 的说明有改动", name)


def _kind(field: Field) -> tuple[Any, ...]:
    return field.type, field.unit


def _said(field: Field) -> tuple[Any, ...]:
    return field.title, field.title_en, field.description, field.description_en, field.constraints, field.categories


def _titles(table: Table) -> tuple[str, ...]:
    return table.title, table.title_en, table.description, table.description_en


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
