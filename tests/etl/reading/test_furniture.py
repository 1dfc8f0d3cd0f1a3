"""The furniture of a page saved as text is marked in place; the notice's own lines never are."""

from typing import Any

import pytest

from etl.reading import read
from etl.reading.furniture import find, matches
from etl.reading.lines import clean
from etl.reading.tables import compiled, table

GROUPS = ("anywhere", "leading", "home", "head", "edge", "tail", "footer", "beside_footer")
RULES = [(group, rule) for group in GROUPS for rule in table("furniture")[group]]
SENTENCE = "现将有关事项通知如下,请认真贯彻落实。"


@pytest.mark.parametrize(("group", "rule"), RULES, ids=[rule["id"] for _, rule in RULES])
def test_a_rule_matches_its_examples_and_passes_the_rest(group: str, rule: dict[str, Any]) -> None:
    pattern = compiled(rule["pattern"])
    assert [e for e in rule["examples"] if not pattern.fullmatch(clean(e).strip())] == []
    assert [p for p in rule.get("passes", []) if pattern.fullmatch(clean(p).strip())] == []
    assert rule["comment"]


def test_no_two_rules_share_a_name() -> None:
    names = [rule["id"] for _, rule in RULES]
    assert sorted(set(names)) == sorted(names)


def furniture(text: str) -> list[str]:
    document = read(text.encode())
    assert document.text == text
    return [text[s.start : s.end] for s in document.segments if s.role == "furniture"]


def test_a_page_saved_as_text_gives_up_its_frame_and_its_facts() -> None:
    text = (
        "网站首页 组织机构 政务公开 信息公开\n\xa0 用户登陆 用户名: 密\xa0码: 忘记密码 \n"
        "当前位置:首页\xa0>>\xa0公开\xa0>>\xa0执行\n某局关于印发要点的通知\n"
        "来源: 发表日期:2017-02-16 19:43:00 【字体: 】浏览次数:\n\n某科党201713\n各处室、中心:\n"
        f"{SENTENCE}\n某局党组\n2017年2月15\n\n【打印】【关闭】【收藏】\n\xa0\n 某网站版权所有 某市人民政府\n"
        "@Copyright 2009 X All Rights Reserved\n某ICP备10000000号-1\n今日访问: \n总访问量:"
    )
    document = read(text.encode())
    assert document.facts == {
        "breadcrumb": "首页 >> 公开 >> 执行",
        "published_at": "2017-02-16T19:43:00",
    }
    kept = [line.strip() for line in document.body.split("\n") if line.strip()]
    assert kept == ["某局关于印发要点的通知", "某科党201713", "各处室、中心:", SENTENCE, "某局党组", "2017年2月15"]


def test_a_counter_run_on_to_a_source_is_no_part_of_its_name() -> None:
    line = "发布时间:2024-03-28 09:33信息来源: 某市教育局阅读次数:编辑:某某 字体:【  "
    document = read(f"某市工作要点\n{line}\n{SENTENCE}\n".encode())
    assert document.facts == {"published_at": "2024-03-28T09:33:00", "source_name": "某市教育局"}


def test_labels_may_stand_in_brackets_without_a_colon() -> None:
    lines = "∙【制定机关】某市人民政府\n∙【公布日期】2020.01.17\n∙【时效性】现行有效"
    document = read(f"{lines}\n某市工作要点\n{SENTENCE}\n".encode())
    assert document.facts == {"issuer": "某市人民政府", "published_at": "2020-01-17", "validity": "现行有效"}
    assert document.body.split() == ["某市工作要点", SENTENCE]


def test_site_line_type_size_and_editor_of_a_news_page() -> None:
    text = (
        "<!--\n-->\n<U+00A0>\n当前位置： 首页>> 概况\n2009年某报告\n"
        "中央门户网站　www.example.cn　　 2009年03月16日 12时05分　　 来源：某社\n【字体：大 中 小】\n"
        f"{SENTENCE}\n上一页<U+00A0>1<U+00A0> 2 下一页\n<!--\nfunction turnpage(p){{ x }}\n-->\n"
        f"{SENTENCE}\n（责任编辑： 某某\n ）\n【E-mail推荐\n】\n"
    )
    document = read(text.encode())
    assert document.facts == {
        "breadcrumb": "首页 >> 概况",
        "published_at": "2009-03-16T12:05:00",
        "source_name": "某社",
    }
    assert document.body.split() == ["2009年某报告", SENTENCE, SENTENCE]


def test_the_browser_title_and_the_share_buttons_go_but_one_title_stays() -> None:
    buttons = "\t分享到：\n\tQQ空间\n\t更多\n"
    text = f"某市建设三十个项目的通知\n\t某市建设三十个项目的通知\n\t2011年09月27来源：\n{buttons}{SENTENCE}\n"
    document = read(text.encode())
    assert document.facts == {"page_title": "某市建设三十个项目的通知", "published_at": "2011-09-27"}
    assert document.body.split() == ["某市建设三十个项目的通知", SENTENCE]


def test_a_title_with_the_name_of_the_site_behind_it_and_steps_above() -> None:
    above = "某省开建十条高速- 【某某网】\n true\n首页\n焦点资讯\n某省开建十条高速\n"
    text = f"{above}某省开建十条高速\n发布时间：2011-04-26\n{SENTENCE}"
    document = read(text.encode())
    assert document.body.split() == ["某省开建十条高速", SENTENCE]
    assert document.facts["breadcrumb"] == "首页 >> 焦点资讯 >> 某省开建十条高速"


@pytest.mark.parametrize(
    "head",
    [
        "索 引 号：0000/2017-00012　主题分类：科技\n发文机关：某局　成文日期：2017年01月02日\n"
        "标　　题：{t}\n发文字号：{n}　发布日期：2017年01月10日\n",
        "索引号：\n0000/2017-00012\n主题分类：\n科技\n发文机关：\n某局\n"
        "成文日期：\n2017年01月02日\n标题：\n{t}\n发文字号：\n{n}\n发布日期：\n2017年01月10日\n",
        "索引号\t0000/2017-00012\t主题分类\t科技\n发文机关\t某局\t"
        "成文日期\t2017年01月02日\n标题\t{t}\n文号\t{n}\t发布日期\t2017年01月10日\n",
    ],
    ids=["in lines", "label above value", "in cells"],
)
def test_a_disclosure_record_becomes_facts(head: str) -> None:
    title, number = "关于做好某项工作的通知", "某发〔2017〕1号"
    head = head.format(t=title, n=number)
    document = read(f"{head}{title}\n{number}\n各有关单位:\n{SENTENCE}\n".encode())
    assert document.facts == {
        "index_number": "0000/2017-00012",
        "subject": "科技",
        "issuer": "某局",
        "written_on": "2017-01-02",
        "title": title,
        "document_number": number,
        "published_at": "2017-01-10",
    }
    assert document.body.split() == [title, number, "各有关单位:", SENTENCE]
    alone = read(f"{head}各有关单位:\n{SENTENCE}\n".encode())
    assert alone.body.split() == [title, number, "各有关单位:", SENTENCE], "said only once, they stay in the notice"


def test_page_marks_of_a_converted_file_are_furniture_wherever_they_stand() -> None:
    assert furniture(f"1. — 1 —\n某市人民政府文件\n{SENTENCE}\n2. — 2 —\n{SENTENCE}\n- 3 -\n") == [
        "1. — 1 —",
        "2. — 2 —",
        "- 3 -",
    ]


def test_the_end_of_a_notice_is_no_footer() -> None:
    text = (
        f"关于某事的通知\n{SENTENCE}\n附件：1.任务表\n2.某表\n联系人：张某，电话：0511-84400000\n某局\n2017年2月15日\n"
        "（此件公开发布）\n主题词：科技　通知\n抄送：市委办、市人大办。\n某局办公室 2017年2月15日印发\n"
    )
    assert furniture(text) == []


def test_a_table_with_one_cell_a_line_is_no_record() -> None:
    assert furniture("某区目标分解表\n序号\n预期目标\n责任单位\n1\n增长6.5%\n区发改委\n") == []


def test_the_foot_takes_in_the_links_and_addresses_around_it() -> None:
    foot = [
        "【打印】【关闭】",
        "相关链接",
        "某省科技厅",
        "主办单位：某局",
        "地址：某路1号",
        "版权所有：某局",
        "备案序号：1",
    ]
    assert furniture(f"通知\n{SENTENCE}\n某局\n2017年2月15日\n" + "\n".join(foot)) == foot


def test_furniture_words_inside_the_notice_are_the_notices() -> None:
    lines = ["一、推进网站版权所有登记", "二、打印机等设备下载安装。", "三、来源：财政资金100万元", SENTENCE]
    assert furniture("通知\n" + SENTENCE + "\n" + "\n".join(lines)) == []


def test_a_breadcrumb_broken_over_lines_is_put_together() -> None:
    found = find(f"当前位置：\n首页\n>\n政务公开\n>\n正文\n关于某事的通知\n{SENTENCE}")
    assert found.facts == {"breadcrumb": "首页 >> 政务公开 >> 正文"}


def test_an_impossible_date_is_no_fact() -> None:
    assert find(f"发布日期：2017-02-30\n{SENTENCE}").facts == {}


def test_nothing_matches_a_sentence() -> None:
    assert [group for group in GROUPS if matches(clean(SENTENCE), group)] == []


@pytest.mark.parametrize(
    "head",
    [
        "索引号 0000/2017-00012 发布日期 2017-01-10\n文件编号 某科发〔2017〕2号 公开时限 长期公开\n",
        "索引号 | 0000/2017-00012 | 发布日期 | 2017-01-10 |\n"
        "公开目录 | 文件 | 文 号 | 某科发〔2017〕2号 |\n成文日期: | |\n",
        "发文文号： 某科发〔2017〕2号\n法规类型： 行业规定\n索引号：0000/2017-00012\n"
        " • 时间：2017-01-10\n下载地址: 点击此处下载\n",
    ],
)
def test_a_fact_table_is_read_without_its_grid(head: str) -> None:
    document = read(f"{head}某局关于印发要点的通知\n{SENTENCE}\n".encode())
    facts = {"index_number": "0000/2017-00012", "document_number": "某科发〔2017〕2号", "published_at": "2017-01-10"}
    assert document.facts | facts == document.facts
    assert "某局关于印发要点的通知" in document.body


def test_a_page_number_in_front_of_a_paragraph_is_the_page_s_own() -> None:
    assert furniture(f"某局工作要点\n—1— 一、总体要求\n{SENTENCE}\n——1—2个项目\n") == ["—1—"]
