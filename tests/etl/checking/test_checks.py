"""Each check finds what it is there for, and nothing in rows that are right.

A new check is held to the same by being in CHECKS: it must have a broken example here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from etl.checking import CHECKS, Problem, Subject, check, schema
from etl.document import MASK
from etl.shelf import Shelf
from tests.etl.conftest import TEXT, Small

ALL = {"schema": schema.find, **CHECKS}
IDENTITY = "11010519491231002X"
MOBILE = "13812345678"


@dataclass(frozen=True)
class Broken:
    """A change to one row (or a row more) of the small collection, and what is to be said of it."""

    check: str
    table: str
    change: dict[str, Any]
    column: str
    said: str
    row: int | None = 0
    text: str | None = None
    first: dict[str, Any] | None = None
    """A row that the broken one does not go with, entered before it."""

    def apply(self, small: Small) -> None:
        rows = small.rows[self.table]
        rows += [{"target_id": "sm-rd-1", **self.first}] if self.first else []
        rows.append({}) if self.row is None else None
        rows[-1 if self.row is None else self.row].update(self.change)
        if self.text is not None:
            small.texts["sm-src-1"] = self.text


AGAIN = {"region_code": "990100", "name": "青禾二县"}
TWIN = {"region_code": "990200", "name": "青禾县", "parent_code": "990000"}
RANGE = {"comparator": "range", "value_min": 1.0, "value_max": 2.0}
KEPT = {"name": "研发投入占比", "year": 2016, "value": 2.6, "unit": "%", "source_text": "青禾县统计公报"}
HELD = {"quarantine_id": "sm-src-1.q02", "source_id": "sm-src-1", "status": "held"}
BROKEN = [
    Broken("schema", "target", {"target_id": "sm-2017-1.研发"}, "target_id", "不合规定的写法 [a-z0-9.-]+：请改正"),
    Broken("schema", "target", {"name": None}, "name", "不能留空：请补上"),
    Broken("schema", "target", {"comparator": "大约"}, "comparator", "不在允许的值之内：应为 =、>=、range 之一"),
    Broken("schema", "passage", {"start": -1}, "start", "-1 小于允许的最小值 0：请核对"),
    Broken("schema", "target", {"value": "很多"}, "value", "“很多”的类型不对：应为数字"),
    Broken("schema", "target", {"year": True}, "year", "“True”的类型不对：应为四位年份"),
    Broken("schema", "notice", {"is_complete": 1}, "is_complete", "“1”的类型不对：应为true 或 false"),
    Broken("schema", "notice", {"title": 5}, "title", "“5”的类型不对：应为文字"),
    Broken("schema", "notice", {"written_on": "2017-02-30"}, "written_on", "“2017-02-30”应为2017-02-16 这样的日期"),
    Broken("schema", "region", AGAIN, "", "主键重复或留空：每一行要有自己的编号", row=None),
    Broken("schema", "region", {"parent_code": "000000"}, "parent_code", "000000 不在表 region 中：请先补上那一行"),
    Broken("schema", "target", {"notice_id": "sm-9"}, "notice_id", "sm-9 不在表 notice 中：请先补上那一行"),
    Broken("keys", "region", AGAIN, "region_code", "990100 与行 990100 重复：请合并两行或改正其一", row=None),
    Broken("keys", "region", TWIN, "name,parent_code", "青禾县、990000 与行 990100 重复", row=None),
    Broken("keys", "region", {"region_code": None, "name": "无"}, "region_code", "主键留空：请补上编号", row=None),
    Broken("keys", "region", {"parent_code": "000000"}, "parent_code", "000000 不在表 region 中"),
    Broken("keys", "target", {"region_code": "000000"}, "region_code", "000000 不在表 region 中"),
    Broken("enums", "target", {"comparator": "大约"}, "comparator", "“大约”不在允许的值之内：请改为 =、>=、range 之一"),
    Broken("enums", "target", {"certainty": "中"}, "certainty", "“中”不在允许的值之内：请改为 高、低 之一"),
    Broken("debris", "target", {"name": "研发\ufffd入占比"}, "name", "第 3 个字处有解不出的残字，缺了原文"),
    Broken("debris", "notice", {"title": "关于锟斤拷的通知"}, "title", "或者更正这一格"),
    Broken("debris", "region", {"name": "青禾\x93县"}, "name", "请用原来的编码重新采集这份来源"),
    Broken("numbers", "target", {"value_min": 9.0}, "value_min", "value_min 是 9.0，应小于 value_max 的 5.0", row=1),
    Broken("numbers", "target", {"start": 20, "end": 20}, "start", "start 是 20，应小于 end 的 20"),
    Broken("numbers", "target", {"value_min": 1.0}, "value", "既有数值又有区间：请只留一种"),
    Broken("numbers", "target", {"value": None}, "value", "没有数值，区间也不全：请补上数值，或补全下限和上限"),
    Broken("numbers", "target", {"value_max": None}, "value", "没有数值，区间也不全", row=1),
    Broken("numbers", "target", {"bound": "range"}, "value", "比较方式是区间却写了单个数值：请改用下限和上限"),
    Broken("numbers", "target", {"year": 1216}, "year", "年份 1216 不在 1949 至 2100 之间：请核对原文"),
    Broken(
        "quotes", "target", {"quote": "占比达到2.66%"}, "quote", "写的是“占比达到2.66%”，文本 11–26 处却是“全市研发"
    ),
    Broken("quotes", "target", {"start": 12, "end": 27}, "quote", "文本 12–27 处却是“市研发"),
    Broken("quotes", "target", {"end": 5000}, "end", f"起止 11–5000 超出文本的 {len(TEXT)} 个字符：请重新读取"),
    Broken("quotes", "target", {"end": None}, "start", "起止只写了一个：请补全，或两个都留空"),
    Broken("quotes", "target", {"notice_id": None}, "notice_id", "写了起止，却找不到所在公文的文本"),
    Broken("quotes", "passage", {"text": "关于研发投入的意见"}, "text", "写的是“关于研发投入的意见”"),
    Broken("quotes", "passage", {"start": 5, "end": 9, "text": TEXT[5:9]}, "start", "与前一段之间漏了“关于研发投”"),
    Broken("quotes", "passage", {"start": 8, "text": TEXT[8:37]}, "start", "与前一段重叠：各段应首尾相接", row=1),
    Broken("quotes", "notice", {}, "end", "sm-2017-1 的文末“附件”不在任何一段中", text=TEXT + "附件\r\n"),
    Broken(
        "quotes", "source", {"source_id": "sm-src-2"}, "source_id", "没有它的公开文本：请重新读取这个来源", row=None
    ),
    Broken("places", "target", {"passage_id": "sm-2017-1.p1"}, "passage_id", "起于 11，不在所指的段落（0–9）之内"),
    Broken("places", "target", {"notice_id": None}, "passage_id", "所指的段落在另一份公文 sm-2017-1 中：请改正编号"),
    Broken("held", "quarantine", HELD | {"start": 0, "length": 2}, "start", "扣留之处没有遮盖", row=None),
    Broken("held", "quarantine", HELD | {"start": 900, "length": 2}, "start", "扣留之处没有遮盖", row=None),
    Broken("held", "notice", {}, "", "公开文本第 3 行有疑似手机号码", text=TEXT.replace(MASK * 11, MOBILE)),
    Broken("held", "notice", {}, "", "公开文本第 4 行有疑似身份证号码", text=f"{TEXT}身份证号：{IDENTITY}"),
    Broken("held", "notice", {"title": f"致{MOBILE}的函"}, "title", "有疑似手机号码：请遮盖后再发布"),
    Broken("held", "notice", {"title": "１３８１２３４５６７８"}, "title", "有疑似手机号码：请遮盖后再发布"),
    Broken("held", "notice", {"title": f"关于{IDENTITY}"}, "title", "有疑似身份证号码：请遮盖后再发布"),
    Broken("identity", "target", {"target_id": "zj-2017-1.rd"}, "target_id", "编号应以 sm- 起头：请改正"),
    Broken("identity", "target", {"target_id": "sm-2017-1..rd"}, "target_id", "编号只可用小写英文字母和数字"),
    Broken(
        "identity", "target", {"target_id": "sm-2017-1.json"}, "target_id", "编号的末段与网址的后缀相同：请另取短名"
    ),
    Broken("identity", "target", {"target_id": "sm-2017-1.p1"}, "target_id", "编号已用于表 passage：请另取编号"),
    Broken(
        "twins", "target", KEPT | {"target_id": "sm-rd-2"}, "source_text", "与行 sm-rd-1 完全相同", row=None, first=KEPT
    ),
]


def test_the_small_collection_passes_every_check(small: Small, written: Callable[[Small], Subject]) -> None:
    subject = written(small)
    assert {name: list(find(subject)) for name, find in ALL.items()} == {name: [] for name in ALL}
    assert check(small.collection, small.rows, subject.folder) == []


@pytest.mark.parametrize("broken", BROKEN, ids=lambda b: f"{b.check}-{b.table}-{b.said[:12]}")
def test_what_is_broken_is_found_and_told(broken: Broken, small: Small, written: Callable[[Small], Subject]) -> None:
    broken.apply(small)
    row = small.rows[broken.table][-1 if broken.row is None else broken.row]
    found = list(ALL[broken.check](written(small)))
    told = [p for p in found if broken.said in p.message]
    assert told, found
    assert {(p.column, p.check) for p in told} == {(broken.column, broken.check)}
    key = small.collection.table(broken.table).key
    assert broken.text or {(p.table, p.row) for p in told} <= {(broken.table, str(row.get(key)))}


ONE_IS_TRUE = ({"year": True}, {"is_complete": 1})
"""What the disk does not tell apart; a field's type says which it is."""


@pytest.mark.parametrize(
    "broken", [b for b in BROKEN if b.change not in ONE_IS_TRUE], ids=lambda b: f"{b.check}-{b.table}-{b.said[:12]}"
)
def test_rows_on_the_disk_are_checked_like_those_in_memory(
    broken: Broken, small: Small, written: Callable[[Small], Subject]
) -> None:
    broken.apply(small)
    subject = written(small)
    shelved = replace(subject, rows=Shelf(small.collection.tables, small.rows))
    assert set(ALL[broken.check](shelved)) == set(ALL[broken.check](subject))


@pytest.mark.parametrize("broken", [b for b in BROKEN if b.check == "schema"], ids=lambda b: f"{b.table}-{b.said[:12]}")
def test_in_pieces_the_same_rows_break_the_schema_and_keys_are_left_to_their_check(
    broken: Broken, small: Small, written: Callable[[Small], Subject], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken.apply(small)
    subject = written(small)
    whole = set(schema.find(subject))
    monkeypatch.setattr(schema, "PIECE", 1)
    pieces = set(schema.find(subject))
    about_keys = {p for p in whole if "主键" in p.message or "请先补上那一行" in p.message}
    assert pieces == whole - about_keys
    assert bool(about_keys) <= bool(list(CHECKS["keys"](subject)))


@pytest.mark.parametrize("other", [{"value": 2.7}, {"year": 2015}, {"unit": "‰"}, {"source_text": "青禾县年鉴"}])
def test_values_that_differ_in_anything_are_no_twins(
    other: dict[str, Any], small: Small, written: Callable[[Small], Subject]
) -> None:
    small.rows["target"] += [{"target_id": "sm-rd-1", **KEPT}, {"target_id": "sm-rd-2", **KEPT, **other}]
    assert list(CHECKS["twins"](written(small))) == []


def test_a_text_without_a_source_is_found(small: Small, written: Callable[[Small], Subject]) -> None:
    small.texts["sm-src-9"] = "无主"
    assert [(p.row, p.check) for p in check(small.collection, small.rows, written(small).folder)] == [
        ("sm-src-9", "quotes")
    ]


def test_every_check_has_a_broken_example() -> None:
    assert {b.check for b in BROKEN} == set(ALL)


@pytest.mark.parametrize("broken", [b for b in BROKEN if b.check == "schema"], ids=lambda b: b.said[:12])
def test_rows_that_do_not_fit_their_schema_are_told_alone(
    broken: Broken, small: Small, written: Callable[[Small], Subject]
) -> None:
    broken.apply(small)
    found = check(small.collection, small.rows, written(small).folder)
    assert {p.check for p in found} == {"schema"}


def test_what_frictionless_lets_pass_is_found(small: Small, written: Callable[[Small], Subject]) -> None:
    small.rows["region"].append(TWIN)
    small.rows["target"][0]["certainty"] = "中"
    subject = written(small)
    assert list(schema.find(subject)) == []
    assert [p.check for p in check(small.collection, small.rows, subject.folder)] == ["keys", "enums"]


def test_keys_with_an_empty_part_do_not_repeat(small: Small, written: Callable[[Small], Subject]) -> None:
    small.rows["region"] += [{"region_code": code, "name": "未定", "parent_code": None} for code in ("1", "2")]
    assert list(ALL["keys"](written(small))) == []


@pytest.mark.parametrize(
    "words",
    [
        "投资13812345678元",
        "/2017/t13812345678.html",
        "统一代码91321100MA1M000X5Q",
        "110105194912310021",
        "0511-84425678",
    ],
)
def test_numbers_that_are_no_person_s_pass(words: str, small: Small, written: Callable[[Small], Subject]) -> None:
    small.rows["notice"][0]["title"] = words
    assert list(ALL["held"](written(small))) == []


@pytest.mark.parametrize("debris", ["\ufffd", "锟斤拷", "ï¿½", "\x80", "\uffff"])
def test_row_26_no_text_with_undecodable_places_is_published(
    debris: str, small: Small, written: Callable[[Small], Subject]
) -> None:
    small.texts["sm-src-1"] = TEXT.replace("联系人", f"联{debris}人")
    told = [p for p in check(small.collection, small.rows, written(small).folder) if p.check == "debris"]
    assert [(p.table, p.row, p.column) for p in told] == [("source", "sm-src-1", "")]
    assert "公开文本第 3 行有解不出的残字" in told[0].message
    assert "没有完好的原文就不要放行这一处" in told[0].message


def test_what_was_mended_stays_in_the_ledger(small: Small, written: Callable[[Small], Subject]) -> None:
    small.rows["release"][0]["content_hash"] = "2\ufffd65%"
    assert list(ALL["debris"](written(small))) == []


@pytest.mark.parametrize("words", ["①②③", "Ⅱ级", "€", "囧", "\u3000空格", "\ue005", "𠮷", "é", "\x85"])
def test_rare_characters_are_no_debris(words: str, small: Small, written: Callable[[Small], Subject]) -> None:
    small.rows["notice"][0]["title"] = words
    assert list(ALL["debris"](written(small))) == []


def test_what_an_editor_released_may_be_read(small: Small, written: Callable[[Small], Subject]) -> None:
    small.texts["sm-src-1"] = TEXT.replace(MASK * 11, MOBILE)
    small.rows["passage"][2]["text"] = f"联系人：{MOBILE}"
    small.rows["quarantine"][0]["status"] = "released"
    assert check(small.collection, small.rows, written(small).folder) == []


def test_a_line_break_may_lie_in_a_held_span(small: Small, written: Callable[[Small], Subject]) -> None:
    start = TEXT.index(MASK)
    small.texts["sm-src-1"] = TEXT[: start + 5] + "\r\n" + TEXT[start + 7 :]
    assert list(ALL["held"](written(small))) == []


def test_a_file_changed_after_it_was_written_is_found(small: Small, written: Callable[[Small], Subject]) -> None:
    subject = written(small)
    path = subject.folder / "data" / "region.csv"
    path.write_text(path.read_text("utf-8") + "990200,青禾二县,990000\n", "utf-8")
    messages = [p.message for p in schema.find(subject)]
    assert [m.partition("：")[0] for m in messages] == [
        f"不合表的声明（{kind}" for kind in ("hash-count", "byte-count", "row-count")
    ]


def test_a_descriptor_that_can_not_be_read_is_told(small: Small, written: Callable[[Small], Subject]) -> None:
    subject = written(small)
    (subject.folder / "datapackage.json").write_text("{", "utf-8")
    (found,) = schema.find(subject)
    assert found.message.startswith("datapackage.json 读不了")


def test_a_problem_is_one_sentence() -> None:
    whole = Problem("region", "990100", "name", "不能留空：请补上", "schema")
    assert str(whole) == "表 region，行 990100，列 name：不能留空：请补上"
    assert str(Problem("region", "", "", "少了一列", "schema")) == "表 region：少了一列"
