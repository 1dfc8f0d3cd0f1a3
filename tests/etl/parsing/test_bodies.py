"""Bodies and deadlines of items, in the forms that notices give them."""

from __future__ import annotations

import pytest

from etl.document import Document, Task
from etl.parsing import parse


def item(text: str) -> Task:
    return parse(Document(f"2020年工作要点\n一、重点任务\n1.{text}\n2.做好收尾。\n")).tasks[0]


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("建设平台。（责任单位：市科技局、市财政局）", "责任:市科技局 责任:市财政局"),
        ("建设平台。（责任单位：市科技局，各区、县级市）", "责任:市科技局 责任:各区、县级市"),
        (
            "建设平台。（牵头单位：市科技局；配合单位：市财政局，各县（市、区）政府）",
            "牵头:市科技局 配合:市财政局 配合:各县（市、区）政府",
        ),
        ("建设平台。（市科技局牵头，市财政局、市教育局参与）", "牵头:市科技局 参与:市财政局 参与:市教育局"),
        ("建设平台。（省发展改革委、省科技厅等部门按职责分工负责）", "责任:省发展改革委 责任:省科技厅"),
        ("建设平台。（各有关部门按职责分工负责）", "责任:各有关部门"),
        ("建设平台。（市科技局会同市财政局负责）", "责任:市科技局 配合:市财政局"),
        ("建设平台。（市科技局、市财政局）", "责任:市科技局 责任:市财政局"),
        ("建设平台。〔市科技局负责〕", "责任:市科技局"),
        ("建设平台。（责任单位：市科技局 指导单位：省科技厅）", "责任:市科技局 指导:省科技厅"),
        ("由市科技局牵头，建设平台。", "牵头:市科技局"),
        ("试点地区要加强领导，市科技局要建设平台。", ""),
        ("建设平台（园区、基地、中心），做好服务。", ""),
        ("明确责任分工，压实牵头责任，加强配合。", ""),
        ("建设平台。（责任人：王某某；责任单位：市科技局）", "责任:市科技局"),
    ],
)
def test_bodies_are_named_with_their_roles(text: str, bodies: str) -> None:
    assert " ".join(f"{b.role}:{b.name}" for b in item(text).bodies) == bodies


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("6月底前完成改造。", "6月底前"),
        ("2022年7月至12月，开展行动。", "2022年7月至12月"),
        ("到2025年，建成体系。", "到2025年"),
        ("力争5年内建成。", "5年内"),
        ("年底前完成。", "年底前"),
        ("完成改造。（责任单位：市科技局；完成时限：2020年9月）", "2020年9月"),
        ("到2020年建成5个，到2025年建成10个。", None),
        ("淘汰2005年前注册的车辆。", None),
        ("每月底前报送进度。", None),
        ("做好日常工作。", None),
    ],
)
def test_a_deadline_is_kept_as_written_or_left_out(text: str, deadline: str | None) -> None:
    assert item(text).deadline == deadline


def test_a_rule_of_the_paper_makes_the_first_body_lead() -> None:
    text = "责任单位中列第一位者为牵头单位。\n1.建台。（责任单位：市科技局、市财政局）\n2.收尾。（责任单位：市财政局）"
    found = [[(b.role, b.name) for b in task.bodies] for task in parse(Document(text)).tasks]
    assert found == [[("牵头", "市科技局"), ("责任", "市财政局")], [("牵头", "市财政局")]]


def test_a_table_of_targets_gives_no_tasks() -> None:
    text = "任务分解表\n序号\n预期目标\n责任单位\n1\n增长5%\n区统计局\n2\n增长6%\n区财政局\n"
    assert parse(Document(text)).tasks == ()


def test_a_table_with_a_cell_a_line_gives_tasks_with_bodies_and_deadlines() -> None:
    rows = ("序号 工作任务 责任单位 完成时限", "1 建平台 区科技局、区财政局 6月底前", "2 收尾 区科技局 年底前")
    text = "\n".join(cell for row in rows for cell in row.split())
    found = [(t.number, t.text, [b.name for b in t.bodies], t.deadline) for t in parse(Document(text)).tasks]
    assert found == [("1", "建平台", ["区科技局", "区财政局"], "6月底前"), ("2", "收尾", ["区科技局"], "年底前")]
