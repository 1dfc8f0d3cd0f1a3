"""What holds for every text, however broken."""

from __future__ import annotations

import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.document import Document, Held, Parsed, Segment
from etl.parsing import parse
from etl.parsing.page import fold

PIECES = [
    *(
        "一、总体要求",
        "（一）培育企业。",
        "1．建设平台",
        "(2) 做好工作。",
        "第一章 总则",
        "第三条 为了规范",
        "一是抓好。",
        "二是抓好。",
    ),
    *(
        "关于印发《工作要点》的通知",
        "青科发〔2020〕3号",
        "青科发20203号",
        "各乡镇人民政府:",
        "青禾县科学技术局",
        "2020年3月2",
        "二○二○年三月二日",
    ),
    *(
        "（责任单位：县科技局、县财政局；完成时限：6月底前）",
        "责任单位：县科技局",
        "序号\t重点任务\t责任单位\n1\t建厂\t县科技局\n",
    ),
    *(
        "附件",
        "附件：1.清单",
        "抄送：县委。",
        "《",
        "》",
        "（",
        "）",
        "\n",
        "\n\n",
        "\t",
        " ",
        "\u3000",
        "<U+00A0>",
        "力争达62%每万人",
        "20152020年",
    ),
]
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=40).map("".join),
)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def check_chapters(text: str, parsed: Parsed) -> None:
    starts = [chapter.start for chapter in parsed.chapters]
    assert starts == sorted(set(starts))
    for chapter in parsed.chapters:
        assert 0 <= chapter.start < chapter.heading_end <= chapter.end <= len(text)
        assert text[chapter.start :].startswith(chapter.number)
        assert squeezed(text[chapter.start : chapter.heading_end]).endswith(squeezed(chapter.title))
    for one, other in ((a, b) for a in parsed.chapters for b in parsed.chapters if a.start < b.start < a.end):
        assert other.end <= one.end
        assert other.level > one.level


def check_tasks(text: str, parsed: Parsed) -> None:
    for one, other in pairwise(parsed.tasks):
        assert one.end <= other.start
    for task in parsed.tasks:
        assert text[task.start : task.end] == task.text != ""
        assert squeezed(task.text).startswith(squeezed(task.heading))


def check_quotes(text: str, parsed: Parsed) -> None:
    for one in (*parsed.citations, *parsed.organisations):
        assert text[one.start : one.end] == one.quote != ""
    for repair in parsed.repairs:
        assert text[repair.start : repair.end] == repair.before
        assert 0 <= repair.confidence <= 1
        assert repair.rule.startswith("flag-") == (repair.before == repair.after)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_is_parsed_and_every_record_is_where_it_says(text: str) -> None:
    parsed = parse(Document(text))
    check_chapters(text, parsed)
    check_tasks(text, parsed)
    check_quotes(text, parsed)


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_result(text: str) -> None:
    assert parse(Document(text)) == parse(Document(text))


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize("path", sorted(Path(__file__).with_name("notices").glob("*.txt")), ids=lambda p: p.stem)
def test_the_records_of_whole_notices_are_where_they_say(path: Path) -> None:
    text = path.read_text("utf-8")
    parsed = parse(Document(text))
    check_chapters(text, parsed)
    check_tasks(text, parsed)
    check_quotes(text, parsed)


def test_what_is_held_back_reaches_no_record() -> None:
    text = "关于做好工作的通知\n一、落实《坏站点主办的方案》\n1.联系坏站点办理。\n2.抓好落实。\n"
    held = tuple(Held(m.start(), m.end(), "link", "gambling", "spam-domain") for m in re.finditer("坏站点", text))
    assert "坏站点" not in repr(parse(Document(text, held=held)))


def test_furniture_is_not_read_as_notice() -> None:
    text = "一、导航\n关于做好工作的通知\n1.抓好落实。\n2.抓好督查。\n"
    parsed = parse(Document(text, segments=(Segment(0, 4, "line 1", "furniture"),)))
    assert parsed.chapters == ()
    assert [task.number for task in parsed.tasks] == ["1", "2"]


@pytest.mark.parametrize(
    "text",
    [
        "\n" * 100_000,
        " " * 100_000 + "x",
        "《" * 50_000,
        "（" * 50_000,
        "市" * 100_000,
        "1.甲\n" * 20_000,
        "责任单位：" * 10_000,
        "（一）甲。" * 20_000,
        "2017" * 20_000,
        "国发〔2016〕1号" * 5_000,
        "一是甲。" * 20_000,
        "(甲、" * 20_000,
        "序号\t任务\t责任单位\n" + "1\t甲\t乙\n" * 10_000,
        "序号\t任务\t责任单位\n" * 5_000,
        "\t" * 100_000,
        "一、\n" * 20_000,
        "市科技局 " * 20_000,
        "（责任单位：市\n" * 10_000,
        "2 0" * 40_000,
    ],
    ids=lambda text: text[:8].strip() or repr(text[:2]),
)
def test_long_monotonous_texts_take_no_more_than_linear_time(text: str) -> None:
    begun = time.process_time()
    parse(Document(text))
    assert time.process_time() - begun < 8
