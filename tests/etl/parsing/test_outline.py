"""Chapters and items in the shapes that pages give them, each in a text of a few lines."""

from __future__ import annotations

import pytest

from etl.document import Document
from etl.parsing import parse

PROSE = "全县上下攻坚克难，各项事业取得了新的成绩，群众生活持续改善。"


def outline(text: str) -> tuple[list[str], list[str]]:
    """The headings as written, and the tasks' numbers with their first signs."""
    parsed = parse(Document(text))
    headings = ["".join(text[c.start : c.heading_end].split()) for c in parsed.chapters]
    return headings, [f"{task.number} {task.text[:5]}" for task in parsed.tasks]


@pytest.mark.parametrize(
    ("text", "chapters", "tasks"),
    [
        (
            f"一、粮食稳产，产能提升。\n{PROSE}\n二、牧业向好。\n{PROSE}",
            ["一、粮食稳产，产能提升。", "二、牧业向好。"],
            [],
        ),
        (
            f"（一）改革有序推进。{PROSE}\n（二）转型取得进展。\n{PROSE}\n（三）环境改善。{PROSE}",
            ["（一）改革有序推进", "（二）转型取得进展", "（三）环境改善"],
            ["（一） 改革有序推", "（二） 转型取得进", "（三） 环境改善。"],
        ),
        ("1.建园。\n2.引企。\n3.5G网络。\n4.12345热线。", [], ["1 建园。", "2 引企。", "3 5G网络。", "4 12345"]),
        ("1.建园。\n2.引企。\n1.5亿元的投资到位。", [], ["1 建园。", "2 引企。"]),
        (
            "㈠加强创新。新增企业。\n㈡扩大开放。引进项目。",
            ["㈠加强创新", "㈡扩大开放"],
            ["㈠ 加强创新。", "㈡ 扩大开放。"],
        ),
        (
            "第一，加强领导。\n第二，压实责任。\n第三，严格考核。",
            [],
            ["第一 加强领导。", "第二 压实责任。", "第三 严格考核。"],
        ),
        (f"一、\n提高认识\n{PROSE}\n二、\n强化措施\n{PROSE}", ["一、提高认识", "二、强化措施"], []),
        (
            f"1 总则\n1.1 目的\n{PROSE}\n2 体系\n2.1 机构\n{PROSE}",
            ["1总则", "1.1目的", "2体系", "2.1机构"],
            ["1.1 目的\n全县", "2.1 机构\n全县"],
        ),
        (f"一、工作回顾\n{PROSE}\n……（以下略）……\n三、保障措施\n{PROSE}", ["一、工作回顾", "三、保障措施"], []),
        (f"一、2015年工作回顾过去一年，{PROSE}", ["一、2015年工作回顾"], ["一 2015年"]),
        (
            f"第一章 目标\n{PROSE}\n专栏1 主要指标\n1.覆盖率\n%\n61.7\n≥62.5\n约束性\n2.产能\n万吨\n31\n32\n—",
            ["第一章目标", "专栏1主要指标"],
            [],
        ),
        ("1.覆盖率 % 61.7 62.5 约束性\n2.新增企业 家 20 30 预期性\n", [], []),
    ],
)
def test_headings_and_items_are_told_apart(text: str, chapters: list[str], tasks: list[str]) -> None:
    assert outline(text) == (chapters, tasks)
