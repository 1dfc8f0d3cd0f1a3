"""Fields of the metadata one by one, with the cases that must not be guessed."""

from __future__ import annotations

import pytest

from etl.document import Document
from etl.parsing import parse

TITLE = "青禾县科学技术局关于做好科技工作的通知"
HEAD = TITLE + "\n{number}\n各乡镇人民政府：\n现将有关事项通知如下。\n青禾县科学技术局\n{date}\n"


@pytest.mark.parametrize(
    ("number", "mended"),
    [
        ("青科发〔2018〕7号", "青科发〔2018〕7号"),
        ("青科发[2018]7号", "青科发[2018]7号"),
        ("青科发（2018）第7号", "青科发（2018）第7号"),
        ("青科发【2018】 7 号", "青科发【2018】7号"),
        ("青科发20187号", "青科发〔2018〕7号"),
        ("青科发201807", None),
        ("青科发20177", None),
        ("青科发〔20187号", "青科发〔2018〕7号"),
        ("青科发〔2018〕7", "青科发〔2018〕7号"),
    ],
)
def test_a_lost_document_number_is_mended_only_if_its_year_is_that_of_the_notice(
    number: str, mended: str | None
) -> None:
    notice = parse(Document(HEAD.format(number=number, date="2018年3月2日"))).notice
    assert notice.document_number == mended


def test_the_published_year_vouches_for_a_lost_number_too() -> None:
    text = HEAD.format(number="青科发20187号", date="")
    assert parse(Document(text)).notice.document_number is None
    assert parse(Document(text, facts={"published_at": "2018-03-05"})).notice.document_number == "青科发〔2018〕7号"


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        ("2018年3月2日", "2018-03-02"),
        ("２０１８年３月２日", "2018-03-02"),
        ("2018 年 3 月 2 日", "2018-03-02"),
        ("二〇一八年三月二日", "2018-03-02"),
        ("二○一八年十二月三十一日", "2018-12-31"),
        ("二零一八年三月二日", "2018-03-02"),
        ("2018年3月2", "2018-03-02"),
        ("2018125日", None),
        ("201899日", "2018-09-09"),
        ("2018年13月2日", None),
        ("二八年三月二日", None),
    ],
)
def test_a_signing_date_is_read_or_left_open(date: str, iso: str | None) -> None:
    notice = parse(Document(HEAD.format(number="青科发〔2018〕7号", date=date))).notice
    assert notice.written_on == iso


def test_an_ambiguous_date_is_flagged_with_its_readings() -> None:
    (repair,) = parse(Document(HEAD.format(number="", date="2018125日"))).repairs
    assert (repair.rule, repair.before, repair.after, repair.confidence) == (
        "flag-date-ambiguous", "2018125日", "2018125日", 0.0,
    )  # fmt: skip
    assert "2018年1月25日或2018年12月5日" in repair.reason


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("青禾县人民政府关于加强管理的决定", "决定"),
        ("青禾县人民政府令", "命令(令)"),
        ("青禾县人民政府关于禁止燃放烟花的通告", "通告"),
        ("青禾县人民政府办公室关于转发实施意见的通知", "通知"),
        ("青禾县人民政府关于请求支持的请示", "请示"),
        ("青禾县人民政府专题会议纪要", "纪要"),
        ("青禾县科技创新“十四五”规划纲要", None),
        ("青禾县第三季度统计公报", "公报"),
    ],
)
def test_the_kind_is_the_title_s_last_word(title: str, kind: str | None) -> None:
    assert parse(Document(f"{title}\n2020年1月2日\n各乡镇人民政府：\n特此行文。\n")).notice.kind == kind


@pytest.mark.parametrize(
    "text", ["", "\n", "　　", "——保持增长，加快发展。到2020年翻一番。", "各位代表：\n现在报告工作。\n", "2020年1月2日"]
)
def test_a_text_without_a_head_has_no_invented_metadata(text: str) -> None:
    notice = parse(Document(text)).notice
    found = (notice.title, notice.document_number, notice.issuer, notice.kind, notice.plan_year, notice.addressees)
    assert found == (None, None, None, None, None, ())


def test_facts_of_the_page_win_over_labels_of_the_text() -> None:
    facts = {"published_at": "2018-03-05T10:00:00", "index_number": "014/2018-1", "breadcrumb": "首页 > 公开 > 通知"}
    notice = parse(Document("发布日期：2018-03-04\n" + HEAD.format(number="", date=""), facts=facts)).notice
    assert (notice.published_at, notice.index_number, notice.breadcrumb) == (
        "2018-03-05T10:00:00", "014/2018-1", ("首页", "公开", "通知"),
    )  # fmt: skip


def test_an_omission_mark_says_that_the_text_is_incomplete() -> None:
    notice = parse(Document("关于做好工作的通知\n1.抓好落实。\n……（以下略）\n")).notice
    assert (notice.is_complete, notice.completeness_evidence) == (False, "文中有“（以下略）”字样：内容有省略。")
