"""Declarations: what they say, and that each mistake in one is told in one plain sentence."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from etl.declaration import Collection, DeclarationError, from_descriptor, load, load_all, plain
from tests.etl.conftest import FOLDER

ROOT = Path(__file__).resolve().parents[2]
BOTH = load_all(ROOT / "tests" / "collections")
NAMED = "name: other\ntitle: 另一个\nid_prefix: ot\n"
SMALL = yaml.safe_load((FOLDER / "datapackage.yaml").read_text("utf-8"))
Change = Callable[[dict[str, Any]], Any]


def resource(descriptor: dict[str, Any], name: str) -> Any:
    return next(r for r in descriptor["resources"] if r["name"] == name)


def schema(descriptor: dict[str, Any], name: str = "region") -> Any:
    return resource(descriptor, name)["schema"]


MISTAKES: list[tuple[Change, str]] = [
    (lambda d: d.pop("name"), "声明 缺少 name"),
    (lambda d: d.pop("title"), "声明 缺少 title"),
    (lambda d: d.pop("id_prefix"), "声明 缺少 id_prefix"),
    (lambda d: d.pop("resources"), "声明 缺少 resources；resources 应当是表的列表"),
    (lambda d: d.update(resources={"region": 1}), "resources 应当是表的列表"),
    (lambda d: d.update(name="../x"), "name“../x”只可用小写英文字母、数字和连字符"),
    (lambda d: d.update(name=2017), "name“2017”只可用小写英文字母、数字和连字符"),
    (lambda d: d.update(id_prefix="sm-"), "id_prefix“sm-”只可用小写英文字母和数字"),
    (lambda d: d.update(version=1.0), "version“1.0”只可用三个数，如 1.0.0"),
    (lambda d: d["resources"].append(resource(d, "region")), "表 region 出现了不止一次"),
    (lambda d: resource(d, "region").pop("title_en"), "表 region 缺少 title_en"),
    (lambda d: resource(d, "region").pop("schema"), "表 region 缺少 schema"),
    (lambda d: resource(d, "region").update(schema=[]), "表 region 的 schema 应当含有 fields 和 primaryKey"),
    (
        lambda d: resource(d, "release").update(name="发布", path="data/发布.csv"),
        "表 发布 的名称“发布”只可用小写英文字母",
    ),
    (lambda d: resource(d, "release").update(name="a_fts", path="data/a_fts.csv"), "表 a_fts 的名称已由 SQLite 占用"),
    (lambda d: resource(d, "region").update(path="region.csv"), "表 region 的 path 应当是 data/region.csv"),
    (lambda d: resource(d, "region").update(search="name"), "表 region 的 search 应当是列名的列表，如 [name]"),
    (lambda d: resource(d, "region").update(index=["colour"]), "表 region 提到的列 colour 不存在"),
    (lambda d: resource(d, "region").update(label="colour"), "表 region 提到的列 colour 不存在"),
    (lambda d: schema(d).update(primaryKey="region_code"), "表 region 的 primaryKey 应当是列名的列表，至少一个"),
    (lambda d: schema(d).update(primaryKey=[]), "表 region 的 primaryKey 应当是列名的列表，至少一个"),
    (lambda d: schema(d).update(uniqueKeys=["name"]), "表 region 的 uniqueKeys 应当是列名列表的列表"),
    (lambda d: schema(d).update(foreignKeys=[{"fields": ["x"]}]), "表 region 的 foreignKeys 应当写成"),
    (lambda d: schema(d).update(fields=[]), "表 region 的 fields 应当是列的列表，至少一列"),
    (lambda d: schema(d)["fields"].append(schema(d)["fields"][0]), "表 region 的列 region_code 出现了不止一次"),
    (lambda d: schema(d)["fields"][1].pop("title"), "表 region 的列 name 缺少 title"),
    (lambda d: schema(d)["fields"][1].update(titel="名称"), "表 region 的列 name 有不认识的键 titel"),
    (lambda d: schema(d)["fields"][1].update(type="strng"), "表 region 的列 name 的类型 strng 不在 string、"),
    (lambda d: schema(d)["fields"][1].update(constraints="required"), "表 region 的列 name 的 constraints 应当是一组"),
    (lambda d: schema(d)["fields"][1].update(constraints={"enum": "a"}), "表 region 的列 name 的 enum 应当是值的列表"),
    (
        lambda d: schema(d)["foreignKeys"][0]["reference"].update(resource="land"),
        "表 region 的外键指向不存在的 land.region_code",
    ),
    (
        lambda d: schema(d)["foreignKeys"][0]["reference"].update(fields=["name"]),
        "表 region 的外键指向 region.name，它不是主键也不是唯一键",
    ),
    (lambda d: d.update(queries=[{"name": "q"}]), "缺少或写错了"),
]


@pytest.mark.parametrize(("change", "said"), MISTAKES, ids=[said for _, said in MISTAKES])
def test_a_mistake_is_told_in_one_plain_sentence(change: Change, said: str, tmp_path: Path) -> None:
    descriptor = copy.deepcopy(SMALL)
    change(descriptor)
    path = tmp_path / "datapackage.yaml"
    path.write_text(yaml.safe_dump(descriptor, allow_unicode=True), "utf-8")
    with pytest.raises(DeclarationError) as caught:
        load(tmp_path)
    message = str(caught.value)
    assert said in message
    assert message.startswith(str(path))
    assert re.search("请.*。$", message)
    assert "\n" not in message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"name: [", "不是可读的 YAML：第 1 行第 8 列不合写法"),
        (b"a: 1\n b: 2\n", "不是可读的 YAML：第 2 行第 3 列不合写法"),
        ("名: 一".encode("gb18030"), "不是可读的 YAML"),
        (b"", "应当是一组“键: 值”"),
        (b"- a\n", "应当是一组“键: 值”"),
        (b"base: none.yaml\n", "找不到"),
        (b"base: datapackage.yaml\n", "的 base 绕回了自己"),
        (b"base: [1]\n", "找不到"),
        (b"base: good.yaml\nresources: {a: 1}\n", "resources 应当是表的列表，每张表有 name"),
        (b"base: good.yaml\nresources: [{title: a}]\n", "resources 应当是表的列表，每张表有 name"),
    ],
)
def test_a_file_that_is_no_declaration_is_told(content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "datapackage.yaml").write_bytes(content)
    (tmp_path / "good.yaml").write_bytes((FOLDER / "datapackage.yaml").read_bytes())
    with pytest.raises(DeclarationError) as caught:
        load(tmp_path)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_folders_without_a_declaration_are_told(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match="找不到"):
        load(tmp_path)
    with pytest.raises(DeclarationError, match="里没有数据集"):
        load_all(tmp_path)
    (tmp_path / "datapackage.yaml").mkdir()
    with pytest.raises(DeclarationError, match="读不出来"):
        load(tmp_path)


def test_what_a_declaration_does_not_say_is_taken_from_its_base(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_bytes((FOLDER / "datapackage.yaml").read_bytes())
    own = f"base: good.yaml\n{NAMED}resources: [{{name: region, title: 区划}}]\n"
    (tmp_path / "datapackage.yaml").write_text(own, "utf-8")
    collection = load(tmp_path)
    assert (collection.name, collection.id_prefix, collection.table("region").title) == ("other", "ot", "区划")
    assert collection.table("region").columns == load(FOLDER).table("region").columns
    assert set(collection.descriptor) <= {"$schema", "licenses", "queries", "name", "title", "id_prefix", "resources"}


def test_a_base_that_comes_with_the_platform_is_found_from_anywhere(tmp_path: Path) -> None:
    (tmp_path / "datapackage.yaml").write_text(f"base: ../zhenjiang-stb/datapackage.yaml\n{NAMED}", "utf-8")
    assert [t.name for t in load(tmp_path).tables] == [t.name for t in BOTH[1].tables]


@pytest.mark.parametrize("collection", BOTH, ids=lambda c: c.name)
def test_a_published_descriptor_says_the_same(collection: Collection) -> None:
    again = from_descriptor(plain(collection))
    assert (again.tables, again.queries) == (collection.tables, collection.queries)


@pytest.mark.parametrize("collection", BOTH, ids=lambda c: c.name)
def test_every_column_has_titles_descriptions_and_an_example_that_fits(collection: Collection) -> None:
    for table in collection.tables:
        for field in table.fields:
            where = f"{table.name}.{field.name}"
            assert all((field.title, field.title_en, field.description, field.description_en)), where
            assert field.example is not None, where
            pattern = field.constraints.get("pattern")
            assert pattern is None or re.fullmatch(pattern, str(field.example)), where
            assert field.example in field.constraints.get("enum", [field.example]), where
