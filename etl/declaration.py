"""A collection's declaration: `datapackage.yaml` read once into records that the rest is derived from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from etl.mistakes import mistakes, unreadable
from etl.places import ROOT

FILE = "datapackage.yaml"
Descriptor = dict[str, Any]
# What a base gives besides its tables; who publishes, where and when is each collection's own to say.
_SHARED = ("$schema", "licenses", "queries")
RESERVED_SLUGS = frozenset({"json", "csv", "jsonld", "history"})


class DeclarationError(Exception):
    """A declaration that can't be used; the message is a sentence for people."""


@dataclass(frozen=True)
class Field:
    """One column: a Table Schema field with the titles in two languages."""

    name: str
    type: str
    title: str
    title_en: str
    description: str = ""
    description_en: str = ""
    unit: str | None = None
    example: Any = None
    constraints: Descriptor = field(default_factory=dict)
    categories: list[Any] = field(default_factory=list)

    @property
    def required(self) -> bool:
        """Whether every row must have a value."""
        return bool(self.constraints.get("required"))


@dataclass(frozen=True)
class ForeignKey:
    """Columns of a table that name a row of another."""

    fields: tuple[str, ...]
    table: str
    references: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One table: its Table Schema and what the portal, the search and the API need to know of it."""

    name: str
    title: str
    title_en: str
    description: str
    description_en: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    unique_keys: tuple[tuple[str, ...], ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    label: str = ""
    address: str | None = None
    curated: str | None = None
    search: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    index: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Column names in order, as in the CSV header."""
        return tuple(f.name for f in self.fields)

    @property
    def key(self) -> str:
        """The one column of the primary key."""
        return self.primary_key[0]

    def field(self, name: str) -> Field:
        """The field of that name; KeyError where there is none."""
        return {f.name: f for f in self.fields}[name]

    def foreign_key(self, column: str) -> ForeignKey | None:
        """The foreign key that this column alone makes, if any."""
        return next((k for k in self.foreign_keys if k.fields == (column,)), None)


@dataclass(frozen=True)
class Query:
    """A question that people ask, kept as SQL: `params` are its named parameters with example values."""

    name: str
    title: str
    title_en: str
    description: str
    description_en: str
    sql: str
    params: Descriptor = field(default_factory=dict)
    audience: str = ""


@dataclass(frozen=True)
class Collection:
    """One publisher, one database, one version number; `descriptor` is the whole declaration as written."""

    descriptor: Descriptor
    tables: tuple[Table, ...]
    queries: tuple[Query, ...] = ()
    folder: Path | None = None

    @property
    def name(self) -> str:
        """Name of the folder, the database and the package."""
        return str(self.descriptor["name"])

    @property
    def title(self) -> str:
        """Chinese title."""
        return str(self.descriptor["title"])

    @property
    def title_en(self) -> str:
        """English title."""
        return str(self.descriptor.get("title_en") or self.title)

    @property
    def id_prefix(self) -> str:
        """What every id of the collection starts with."""
        return str(self.descriptor["id_prefix"])

    @property
    def region_code(self) -> str | None:
        """The region that its rows are about where the text names none."""
        return self.descriptor.get("region_code")

    @property
    def version(self) -> str:
        """The version of the collection as declared."""
        return str(self.descriptor.get("version", "1.0.0"))

    @cached_property
    def by_name(self) -> dict[str, Table]:
        """Tables by name."""
        return {t.name: t for t in self.tables}

    def table(self, name: str) -> Table:
        """The table of that name; KeyError where there is none."""
        return self.by_name[name]

    def at(self, address: str) -> Table | None:
        """The table whose rows' pages stand under that address, if any."""
        return next((t for t in self.tables if t.address == address), None)


def load(folder: Path) -> Collection:
    """Read the declaration of a collection's folder; DeclarationError says in words what is wrong."""
    return from_descriptor(_resolved(folder / FILE), folder)


def load_all(datasets: Path) -> tuple[Collection, ...]:
    """Every collection under `datasets`, by name."""
    folders = sorted(p.parent for p in datasets.glob(f"*/{FILE}"))
    if not folders:
        raise DeclarationError(f"{datasets} 里没有数据集：每个数据集是一个含有 {FILE} 的文件夹。")
    return tuple(load(folder) for folder in folders)


def from_descriptor(descriptor: Descriptor, folder: Path | None = None) -> Collection:
    """A collection from its descriptor, as written or as published in `datapackage.json`."""
    where = str(folder / FILE) if folder else "datapackage.json"
    if found := list(mistakes(descriptor, Field.__dataclass_fields__)):
        raise DeclarationError(f"{where}：{'；'.join(found)}。请对照 README 改正。")
    try:
        tables = tuple(_table(r) for r in descriptor["resources"])
        queries = tuple(Query(**q) for q in descriptor.get("queries", ()))
        collection = Collection(descriptor, tables, queries, folder)
        problems = list(_problems(collection))
    except (KeyError, TypeError, AttributeError) as error:
        raise DeclarationError(f"{where} 缺少或写错了 {error}：请对照 README 补全。") from error
    if problems:
        raise DeclarationError(f"{where}：{'；'.join(problems)}。请改正。")
    return collection


def plain(collection: Collection) -> Descriptor:
    """The descriptor for other people's tools: a copy of the declaration with nothing left to resolve."""
    copied: Descriptor = json.loads(json.dumps(collection.descriptor, ensure_ascii=False, default=str))
    return copied


def _resolved(path: Path, on_the_way: tuple[Path, ...] = ()) -> Descriptor:
    """The YAML of a declaration; with `base`, what it does not say is taken from that declaration."""
    own = _read(path)
    base = own.pop("base", None)
    if base is None:
        return own
    next_path = _base_path(path, str(base))
    if next_path in (path.resolve(), *on_the_way):
        raise DeclarationError(f"{path} 的 base 绕回了自己：请改指另一个声明。")
    return _merged(_resolved(next_path, (*on_the_way, path.resolve())), own, path)


def _base_path(path: Path, base: str) -> Path:
    """Beside the declaration that names it, else among the collections that come with the platform."""
    beside, shipped = (path.parent / base).resolve(), ROOT / "datasets" / Path(base).parent.name / FILE
    return beside if beside.exists() or not shipped.exists() else shipped


def _read(path: Path) -> Descriptor:
    try:
        own = yaml.safe_load(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise DeclarationError(f"找不到 {path}：请先写好这个数据集的声明。") from error
    except OSError as error:
        raise DeclarationError(f"{path} 读不出来（{error.strerror}）：请检查文件和权限后再试。") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DeclarationError(f"{path} 不是可读的 YAML：{unreadable(error)}。请改正后再试。") from error
    if not isinstance(own, dict):
        raise DeclarationError(f"{path} 应当是一组“键: 值”，请对照 README 改写。")
    return own


def _merged(base: Descriptor, own: Descriptor, path: Path) -> Descriptor:
    for resources in (base.get("resources", []), own.get("resources", [])):
        if not isinstance(resources, list) or not all(isinstance(r, dict) and "name" in r for r in resources):
            raise DeclarationError(f"{path} 或它的 base 的 resources 应当是表的列表，每张表有 name。请改正。")
    resources = {r["name"]: r for r in base.get("resources", [])}
    resources |= {r["name"]: {**resources.get(r["name"], {}), **r} for r in own.get("resources", [])}
    shared = {key: value for key, value in base.items() if key in _SHARED}
    return {**shared, **own, "resources": list(resources.values())}


def _table(resource: Descriptor) -> Table:
    schema = resource["schema"]
    return Table(
        name=resource["name"],
        title=resource["title"],
        title_en=resource["title_en"],
        description=resource.get("description", ""),
        description_en=resource.get("description_en", ""),
        fields=tuple(Field(**f) for f in schema["fields"]),
        primary_key=tuple(schema["primaryKey"]),
        unique_keys=tuple(tuple(k) for k in schema.get("uniqueKeys", ())),
        foreign_keys=tuple(_foreign_key(k) for k in schema.get("foreignKeys", ())),
        label=resource.get("label") or schema["primaryKey"][0],
        address=resource.get("address"),
        curated=resource.get("curated"),
        search=tuple(resource.get("search", ())),
        facets=tuple(resource.get("facets", ())),
        index=tuple(resource.get("index", ())),
    )


def _foreign_key(key: Descriptor) -> ForeignKey:
    return ForeignKey(tuple(key["fields"]), key["reference"]["resource"], tuple(key["reference"]["fields"]))


def _problems(collection: Collection) -> Iterator[str]:
    for table in collection.tables:
        named = {*table.primary_key, *table.search, *table.facets, *table.index, table.label}
        named |= {c for k in table.unique_keys for c in k} | {c for k in table.foreign_keys for c in k.fields}
        for column in sorted(named - set(table.columns)):
            yield f"表 {table.name} 提到的列 {column} 不存在"
        for key in table.foreign_keys:
            target = collection.by_name.get(key.table)
            if target is None or not set(key.references) <= set(target.columns):
                yield f"表 {table.name} 的外键指向不存在的 {key.table}.{','.join(key.references)}"
            elif key.references not in (target.primary_key, *target.unique_keys):
                yield f"表 {table.name} 的外键指向 {key.table}.{','.join(key.references)}，它不是主键也不是唯一键"
