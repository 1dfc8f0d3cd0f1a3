"""Editors' decisions: they outlive the reading, say when they no longer fit, and never name a person."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from etl.correcting import Action, Corrected, CorrectionError, Decision, apply, decisions_of, record
from etl.correcting.recording import numbered
from etl.declaration import Collection, load
from etl.inputs import correction_table
from etl.releasing.ids import Ledger
from etl.tables import Row, Rows, read_csv

QINGHE = Path(__file__).resolve().parents[1] / "collections" / "qinghe-joint"
TEXT = "农村自来水普及率达到92%左右。"
SHA = "a" * 64
NOTICE = dict.fromkeys(
    ("document_number", "document_number_as_published", "issuer_text", "kind", "attached_title", "addressees_text")
) | {"title": "关于供水的通知"}


@pytest.fixture(scope="module")
def collection() -> Collection:
    return load(QINGHE)


@pytest.fixture
def rows(collection: Collection) -> Rows:
    """One notice with one task and two targets, the second of them doubtful."""
    table: Rows = {t.name: [] for t in collection.tables}
    table["source"] = [{"source_id": "qhx-src-1", "sha256": SHA}]
    table["notice"] = [{"notice_id": "qhx-1", "source_id": "qhx-src-1", **NOTICE}]
    place: Row = {"notice_id": "qhx-1", "start": 0, "end": len(TEXT)}
    table["passage"] = [place | {"passage_id": "qhx-1.p001", "text": TEXT}]
    table["task"] = [place | {"task_id": "qhx-1.t01", "chapter_id": None, "heading": "供水"}]
    table["progress"] = [{"progress_id": "qhx-progress-1", "task_id": "qhx-1.t01", "status": "进行中"}]
    table["repair"] = [place | {"repair_id": "qhx-1.r01", "status": "proposed"}]
    table["unit"] = [{"unit": "%", "factor": 1.0, "base_unit": "%"}, {"unit": "万亩", "factor": 1e4, "base_unit": "亩"}]
    table["target"] = [target("tap-water", 92.0, 0.9), target("doubt", 5.0, 0.4)]
    return table


def target(slug: str, value: float, confidence: float) -> Row:
    row: Row = {"target_id": f"qhx-1.{slug}", "notice_id": "qhx-1", "task_id": "qhx-1.t01", "name": slug}
    row |= {"value": value, "value_min": None, "value_max": None, "unit": "%", "quote": "普及率达到92%"}
    return row | {"start": 5, "end": 13, "confidence": confidence, "normalised_value": value, "normalised_unit": "%"}


def decide(action: Action, table: str = "target", row_id: str = "qhx-1.tap-water", **cells: str | int) -> Decision:
    given = {"correction_id": "cor-0001", "reason": "据公报", "by": "editor", **cells}
    return Decision(action=action, table=table, row_id=row_id, **given)  # type: ignore[arg-type]


def corrected(collection: Collection, rows: Rows, *decisions: Decision, known: str | None = "active") -> Corrected:
    return apply(collection, rows, decisions, Ledger(), lambda row_id: known)


def by_id(rows: Rows, table: str = "target") -> dict[str, Row]:
    return {row[f"{table}_id"]: row for row in rows[table]}


def test_a_cell_is_set_and_what_follows_from_it_too(collection: Collection, rows: Rows) -> None:
    done = corrected(collection, rows, decide(Action.SET, column="unit", old="%", new="万亩"))
    row = by_id(done.rows)["qhx-1.tap-water"]
    assert (row["unit"], row["confidence"], row["normalised_value"], row["normalised_unit"]) == (
        "万亩",
        1.0,
        92e4,
        "亩",
    )
    assert done.conflicts == []


def test_a_decision_on_another_value_is_a_conflict_that_someone_decides(collection: Collection, rows: Rows) -> None:
    done = corrected(collection, rows, decide(Action.SET, column="value", old="91", new="93"))
    assert by_id(done.rows)["qhx-1.tap-water"]["value"] == 92.0
    assert done.conflicts == [
        "更正 cor-0001 没有采用：qhx-1.tap-water 的 value 现为“92”，更正所据的是“91”，请核对后重新决定。"
    ]


def test_what_the_reading_has_right_by_now_needs_no_correction(collection: Collection, rows: Rows) -> None:
    assert corrected(collection, rows, decide(Action.SET, column="value", old="91", new="92")).conflicts == []


def test_a_doubtful_row_waits_until_an_editor_decides(collection: Collection, rows: Rows) -> None:
    waiting = corrected(collection, rows)
    assert [row["row_id"] for row in waiting.waiting] == ["qhx-1.doubt"]
    assert by_id(waiting.rows).keys() == {"qhx-1.tap-water"}
    for decision in (
        decide(Action.RELEASE, row_id="qhx-1.doubt"),
        decide(Action.SET, row_id="qhx-1.doubt", column="value", old="5", new="6"),
    ):
        assert "qhx-1.doubt" in by_id(corrected(collection, rows, decision).rows)


def test_a_rejected_row_goes_with_what_cannot_stand_without_it(collection: Collection, rows: Rows) -> None:
    done = corrected(collection, rows, decide(Action.REJECT, "task", "qhx-1.t01"))
    assert done.rows["task"] == done.rows["progress"] == []
    assert {row["task_id"] for row in done.rows["target"]} == {None}
    assert done.rejected == {"qhx-1.t01": "据公报", "qhx-progress-1": "所依据的 qhx-1.t01 已撤回"}


def test_a_row_may_be_named_by_its_source_and_place(collection: Collection, rows: Rows) -> None:
    rows["target"].pop()
    place = decide(Action.REJECT, row_id="", source_sha256=SHA, start=5, end=13)
    assert corrected(collection, rows, place).rejected == {"qhx-1.tap-water": "据公报"}


def test_a_repair_is_accepted(collection: Collection, rows: Rows) -> None:
    done = corrected(collection, rows, decide(Action.ACCEPT_REPAIR, "repair", "qhx-1.r01"))
    assert done.rows["repair"][0]["status"] == "accepted"


def test_a_row_is_added_with_its_quote_and_an_id(collection: Collection, rows: Rows) -> None:
    cells = '{"name": "自来水", "comparator": "~", "value": 92, "unit": "%", "year": 2021}'
    add = decide(Action.ADD, row_id="", new=cells, source_sha256=SHA, start=0, end=4)
    done = corrected(collection, rows, add)
    row = by_id(done.rows)["qhx-1.cor-0001"]
    assert (row["quote"], row["passage_id"], row["origin"], row["confidence"]) == (
        "农村自来",
        "qhx-1.p001",
        "added",
        1.0,
    )
    assert (row["value"], row["normalised_value"], row["is_borderline"]) == (92.0, 92.0, False)


def test_a_row_that_the_reading_finds_by_now_is_not_added_again(collection: Collection, rows: Rows) -> None:
    cells = '{"name": "自来水", "comparator": "~", "value": 92, "unit": "%"}'
    add = decide(Action.ADD, row_id="", new=cells, source_sha256=SHA, start=0, end=13)
    assert len(corrected(collection, rows, add, decide(Action.RELEASE, row_id="qhx-1.doubt")).rows["target"]) == 2


def test_a_decision_on_a_row_that_was_once_there_is_a_conflict(collection: Collection, rows: Rows) -> None:
    done = corrected(collection, rows, decide(Action.SET, row_id="qhx-1.gone", column="value", old="1", new="2"))
    assert done.conflicts == ["更正 cor-0001 没有采用：表 target 里已没有 qhx-1.gone，请核对后删去或改写它。"]


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (decide(Action.SET, row_id="qhx-1.never", column="value"), "从来没有编号 qhx-1.never"),
        (decide(Action.SET, column="value", old="92", new="九十"), "应当是数字"),
        (decide(Action.ACCEPT_REPAIR), "只有表 repair 的行可以采纳"),
        (decide(Action.REJECT, row_id=""), "既没有编号，也没有来源和起止"),
        (decide(Action.REJECT, row_id="", source_sha256="b", start=1, end=2), "没有校验值为 b 的来源"),
        (decide(Action.REJECT, row_id="", source_sha256=SHA, start=5, end=13), "这一处有不止一行"),
        (decide(Action.ADD, new="92"), "应当是一个 JSON 对象"),
        (decide(Action.ADD, new='{"nam": "x"}'), "没有列“nam”"),
        (decide(Action.ADD, new='{"value": "x"}'), "应当是数字"),
        (decide(Action.ADD, new="{}", source_sha256=SHA, start=0, end=99), "起止不在同一个段落之内"),
    ],
)
def test_what_cannot_be_carried_out_is_said_in_words(
    collection: Collection, rows: Rows, decision: Decision, words: str
) -> None:
    with pytest.raises(CorrectionError, match=f"更正 cor-0001 不能采用：.*{words}"):
        corrected(collection, rows, decision, known=None)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"action": "改"}, "没有“改”这种处理"),
        ({"table": "targets"}, "没有表 targets"),
        ({"column": "valeu"}, "没有列“valeu”"),
        ({"column": "target_id"}, "编号列 target_id 永不修改"),
        ({"by": "张三"}, "不写姓名"),
        ({"reason": ""}, "没有写理由"),
        ({"correction_id": ""}, "编号留空或重复"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(collection: Collection, change: dict[str, str], words: str) -> None:
    row: Row = dict.fromkeys(correction_table().columns)
    row |= {"correction_id": "cor-0001", "action": "set", "table": "target", "row_id": "x", "column": "value"}
    row |= {"by": "editor", "reason": "据公报", **change}
    with pytest.raises(CorrectionError, match=words):
        decisions_of([row], collection)


def test_decisions_are_kept_in_order_under_numbers_of_their_own(tmp_path: Path, collection: Collection) -> None:
    first = numbered(decide(Action.SET, column="value", new='含“,”与"引号"'), [])
    second = numbered(decide(Action.REJECT), [first])
    record(tmp_path / "corrections.csv", [first, second])
    kept = decisions_of(read_csv(correction_table(), tmp_path / "corrections.csv"), collection)
    assert kept == [first, replace(second, correction_id="cor-0002")]


def test_a_page_that_is_no_notice_waits_with_all_that_was_read_in_it(collection: Collection, rows: Rows) -> None:
    rows["notice"][0]["title"] = "关于我们"
    rows["task"], rows["progress"] = [], []
    rows["organisation"] = [{"organisation_id": "qhx-org-x", "name": "某局", "status": "proposed"}]
    rows["mention"] = [rows["repair"][0] | {"mention_id": "qhx-1.m001", "organisation_id": "qhx-org-x"}]
    for target_row in rows["target"]:
        target_row["task_id"] = None
    found = corrected(collection, rows)
    assert [(r["table"], r["row_id"], r["quote"]) for r in found.waiting] == [("notice", "qhx-1", "关于我们")]
    assert {name for name, table in found.rows.items() if table} == {"unit"}
    assert {"qhx-src-1", "qhx-1", "qhx-1.tap-water", "qhx-1.m001", "qhx-org-x"} <= found.held.keys()
    released = corrected(collection, rows, decide(Action.RELEASE, "notice", "qhx-1"))
    assert by_id(released.rows, "notice").keys() == {"qhx-1"}
    rejected = corrected(collection, rows, decide(Action.REJECT, "notice", "qhx-1"))
    assert not rejected.waiting
    assert {name for name, table in rejected.rows.items() if table} == {"unit", "organisation"}
