"""Tasks in the rows of a table, in the forms in which tables reach a text."""

from __future__ import annotations

import pytest

from etl.document import Document
from etl.parsing import parse

Found = tuple[str, str, str, str | None]


def rows(text: str) -> list[Found]:
    tasks = parse(Document(text)).tasks
    return [(t.number, t.text, " ".join(f"{b.role}:{b.name}" for b in t.bodies), t.deadline) for t in tasks]


def stacked(*cells: str) -> str:
    return "任务分解表\n" + "\n".join(cells) + "\n"


def test_a_table_of_targets_gives_no_tasks() -> None:
    text = stacked("序号", "预期目标", "责任单位", "1", "增长5%", "区统计局", "2", "增长6%", "区财政局")
    assert rows(text) == []


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            "序号 工作任务 责任单位 完成时限 1 建平台 区科技局、区财政局 6月底前 2 收尾 区科技局 年底前",
            [("1", "建平台", "责任:区科技局 责任:区财政局", "6月底前"), ("2", "收尾", "责任:区科技局", "年底前")],
        ),
        (
            "序号 民生实事 责任单位 完成时限 1 整治河道。 县水务局 县住建局 12月底前 2 新建2座桥。 县住建局 9月通车",
            [
                ("1", "整治河道。", "责任:县水务局 责任:县住建局", "12月底前"),
                ("2", "新建2座桥。", "责任:县住建局", "9月通车"),
            ],
        ),
        (
            "序号 实事 责任单位 完成时限 1 建养护楼。 县民政局 5月底前动工 建大学。 12月底前 2 建馆。 县残联 年底前",
            [("1", "建养护楼。", "责任:县民政局", "5月底前动工"), ("2", "建馆。", "责任:县残联", "年底前")],
        ),
        (
            "序号 目标与任务 分管县领导 牵头责任单位 责任单位 80 新增托位。 俞某 县教育局 县各有关单位",
            [("80", "新增托位。", "牵头:县教育局 责任:县各有关单位", None)],
        ),
    ],
)
def test_a_cell_a_line_gives_tasks_with_bodies_and_deadlines(cells: str, expected: list[Found]) -> None:
    assert rows(stacked(*cells.split())) == expected
    assert rows(stacked(*(f"{cell} |" for cell in cells.split()))) == expected


@pytest.mark.parametrize(
    "text",
    [
        "序号\t任务\t牵头单位\t时限\n1\t建平台\t区科技局\t6月底前\n2\t收尾\t区财政局\t年底前\n",
        "序号\t任务\t责任分工\t\t时限\n\t\t牵头单位\t配合单位\n1\t建平台\t区科技局\t\t6月底前\n2\t收尾\t区财政局\t\t年底前\n",
        "| 序号 | 任务 | 责任分工 |  | 时限 |\n| --- | --- | --- | --- | --- |\n|  |  | 牵头单位 | 配合单位 |  |\n"
        "| 1 | 建平台 | 区科技局 |  | 6月底前 |\n| 2 | 收尾 | 区财政局 |  | 年底前 |\n",
        "| 序号 | 任务 | 牵头单位 | 时限 |\n| --- | --- | --- | --- |\n| 1 | 建平台 | 区科技局 | 6月底前 |\n"
        "| 2 | 收尾 | 区财政局 | 年底前 |\n",
    ],
)
def test_cells_side_by_side_are_parted_by_tabs_or_strokes(text: str) -> None:
    found = [("1", "建平台", "牵头:区科技局", "6月底前"), ("2", "收尾", "牵头:区财政局", "年底前")]
    assert rows("任务分解表\n" + text) == found


def test_a_table_may_leave_its_numbers_out_of_its_header_and_name_groups_between_its_rows() -> None:
    cells = "工作任务 具体要求 责任科室 时限要求 公开 1 清理文件。 办公室 年底前 解读 2 丰富解读。 各科室 持续推进"
    found = [("1", "清理文件。", "责任:办公室", "年底前"), ("2", "丰富解读。", "责任:各科室", "持续推进")]
    assert rows(stacked(*"\n|\n".join(cells.split()).split("\n"))) == found
    assert rows(stacked(*cells.split())) == found
