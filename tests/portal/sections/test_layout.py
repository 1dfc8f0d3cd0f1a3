"""Passages laid out: furniture apart, a task's paragraphs together, tables as tables."""

from __future__ import annotations

from typing import Any

from portal.sections.notices.layout import Group, lay_out


def passage(number: int, text: str, start: int, role: str = "body", place: str = "") -> dict[str, Any]:
    own = {"passage_id": f"p{number}", "role": role, "text": text, "start": start, "end": start + len(text)}
    return {**own, "place": place}


def task(number: int, start: int, end: int) -> dict[str, Any]:
    return {"task_id": f"t{number}", "number": str(number), "start": start, "end": end}


def told(groups: list[Group]) -> list[tuple[str, str | None, list[str]]]:
    return [(g.kind, g.task and g.task["task_id"], [b.passage["text"] for b in g.blocks]) for g in groups]


def test_the_paragraphs_of_a_task_stand_together() -> None:
    passages = [passage(1, "前言", 0), passage(2, "1. 做事", 3), passage(3, "再做", 9), passage(4, "2. 收尾", 12)]
    groups = lay_out(passages, [], [task(1, 3, 11), task(2, 12, 17)], [])
    assert told(groups) == [
        ("text", None, ["前言"]),
        ("task", "t1", ["1. 做事", "再做"]),
        ("task", "t2", ["2. 收尾"]),
    ]


def test_tasks_within_one_paragraph_are_anchored_in_it() -> None:
    groups = lay_out([passage(1, "①甲；②乙。", 0)], [], [task(1, 0, 3), task(2, 3, 6)], [])
    assert told(groups) == [("text", None, ["①甲；②乙。"])]
    assert [t["task_id"] for t in groups[0].blocks[0].tasks] == ["t1", "t2"]


def test_furniture_is_apart() -> None:
    passages = [passage(1, "首页", 0, "furniture"), passage(2, "标题", 3), passage(3, "版权", 6, "furniture")]
    assert [g.kind for g in lay_out(passages, [], [], [])] == ["furniture", "text", "furniture"]


def test_cells_make_rows_of_a_table() -> None:
    cells = [("序号", 1, 1), ("任务", 1, 2), ("1", 2, 1), ("建成小院", 2, 2)]
    passages = [
        passage(i, text, i * 10, "cell", f"table 1 row {row} col {col} in table")
        for i, (text, row, col) in enumerate(cells)
    ]
    (group,) = lay_out(passages, [], [task(1, 30, 34)], [])
    assert group.kind == "table"
    assert [[b.passage["text"] for b in row] for row in group.rows] == [["序号", "任务"], ["1", "建成小院"]]
    assert group.rows[1][1].tasks[0]["task_id"] == "t1"


def test_cells_whose_place_is_unknown_are_text() -> None:
    assert [g.kind for g in lay_out([passage(1, "甲", 0, "cell", "")], [], [], [])] == ["text"]


def test_a_paragraph_is_a_heading_only_when_it_is_little_more_than_the_title() -> None:
    chapters = [
        {"chapter_id": "c1", "title": "深化改革", "start": 0},
        {"chapter_id": "c2", "title": "加强领导", "start": 10},
    ]
    passages = [passage(1, "一、深化改革", 0), passage(2, "（一）加强领导。各单位要把落实工作摆上重要位置。", 10)]
    (group,) = lay_out(passages, chapters, [], [])
    first, second = group.blocks
    assert first.heading == chapters[0]
    assert (second.heading, second.chapters) == (None, (chapters[1],))
