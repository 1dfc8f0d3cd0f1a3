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
        ("青科发〔20187", "青科发〔2018〕7号"),
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
        ("二O一八年三月二日", "2018-03-02"),
        ("二00八年三月二日", "2008-03-02"),
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


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("我县农村经济稳中向好\n\n2014年，全县农业生产形势良好，粮食再获丰收。\n", "我县农村经济稳中向好"),
        (
            "某市秋冬季空气质量改善\nhttp://example.cn/a.html\n本报讯（记者王某）最近，蓝天常在。\n",
            "某市秋冬季空气质量改善",
        ),
        (
            "发展环境明显优化，群众生活改善\n改革顺利推进，各项任务完成。\n"
            "开放水平持续提升\n外贸增长较快，招商成效明显，全年引进项目多个，结构持续优化。\n",
            None,
        ),
        ("基本建成，各项工作稳步推进，成效明显，\n改革顺利推进，各项任务完成。\n", None),
        ("礼包一：\n新增就业110万人。\n", None),
    ],
)
def test_a_headline_is_the_title_where_the_text_begins_with_it(text: str, title: str | None) -> None:
    assert parse(Document(text)).notice.title == title


def test_the_headline_of_a_dated_page_may_stand_under_words_of_the_page() -> None:
    text = "资讯中心\n我省加快农村电网薄弱地区建设\n\n近日，有关部门印发文件，持续推进电网建设。\n"
    notice = parse(Document(text, facts={"published_at": "2024-12-26"})).notice
    assert (notice.title, notice.published_at) == ("我省加快农村电网薄弱地区建设", "2024-12-26")


@pytest.mark.parametrize(
    ("line", "addressees"),
    [
        ("礼包一：", ()),
        ("主要成效：", ()),
        ("广大市民朋友：", ("广大市民朋友",)),
        ("青禾县人民政府：", ("青禾县人民政府",)),
        ("各市、县、区人民政府，省政府各部门：", ("各市、县、区人民政府", "省政府各部门")),
    ],
)
def test_only_bodies_and_people_are_addressees(line: str, addressees: tuple[str, ...]) -> None:
    text = f"关于做好工作的通知\n{line}\n现将有关事项安排下去。\n"
    assert parse(Document(text)).notice.addressees == addressees


@pytest.mark.parametrize(
    ("title", "lead", "year"),
    [
        ("青禾县2019年工作要点", "", 2019),
        ("青禾县三年行动计划（2018—2020年）", "", 2020),
        ("青禾县“十三五”科技规划", "", 2020),
        ("青禾县第十四个五年规划纲要", "", 2025),
        ("关于青禾县2018年计划执行情况与2019年计划草案的报告", "", 2019),
        ("关于推进人才工程的实施意见", "2014年起3年内，建成体系。", 2016),
        ("关于推进人才工程的实施意见", "从2015年开始，用五年时间，建成体系。", 2019),
        ("关于推进人才工程的实施意见", "到2020年建成体系，2014年起施行。", None),
    ],
)
def test_the_plan_year_is_the_last_one_that_the_paper_plans_for(title: str, lead: str, year: int | None) -> None:
    assert parse(Document(f"{title}\n1.{lead}\n2.抓好落实。\n")).notice.plan_year == year


@pytest.mark.parametrize(
    ("head", "title", "number"),
    [
        ("关于印发工作要点的通知（青政办发〔2017〕2号）", "关于印发工作要点的通知", "青政办发〔2017〕2号"),
        ("青政办发〔2016〕26号《关于做好某项工作的通知》", "关于做好某项工作的通知", "青政办发〔2016〕26号"),
        ("青禾县关于某项决定的意见\n（青政[2001]85号）", "青禾县关于某项决定的意见", "青政[2001]85号"),
        ("青禾县关于表彰先进集体的决定 | |", "青禾县关于表彰先进集体的决定", None),
        ("废止时间：2020-01-23 名称：青禾县关于印发规则的通知", "青禾县关于印发规则的通知", None),
        ("第一篇：青禾县工作总结\n关于做好某项工作的通知", "关于做好某项工作的通知", None),
        ("地方政策\n青禾县关于打造科技创新城区的实施方案", "青禾县关于打造科技创新城区的实施方案", None),
        (
            "日前，青禾县印发《行动方案》。全文如下：\n青禾县行动方案（2019—2020年）",
            "青禾县行动方案（2019—2020年）",
            None,
        ),
        (
            "某省日前印发了意见，意见提出，加快推进建设。\n详情如下：\n某省印发关于扩大内需的实施意见的通知",
            "某省印发关于扩大内需的实施意见的通知",
            None,
        ),
        (
            "青禾县人民政府\n关于落实2019年政府工作报告\n主要目标任务的通知",
            "青禾县人民政府关于落实2019年政府工作报告主要目标任务的通知",
            None,
        ),
        ("政务服务丨青禾县人民政府关于深化改革的实施意见", "青禾县人民政府关于深化改革的实施意见", None),
        ("青禾县关于印发实施方案的通知(有效)", "青禾县关于印发实施方案的通知", None),
        (
            "青禾县人民政府办公室关于\n印发养老服务实施方案的通知\n青政办发〔2021〕9号",
            "青禾县人民政府办公室关于印发养老服务实施方案的通知",
            "青政办发〔2021〕9号",
        ),
        (
            "中共青禾县委\n青禾县人民政府\n关于印发《实施方案》的通知",
            "中共青禾县委青禾县人民政府关于印发《实施方案》的通知",
            None,
        ),
    ],
)
def test_a_title_is_freed_of_what_stands_around_it(head: str, title: str, number: str | None) -> None:
    notice = parse(Document(f"{head}\n各乡镇人民政府：\n为做好工作，现提出如下要求。\n")).notice
    assert (notice.title, notice.document_number) == (title, number)


@pytest.mark.parametrize(
    ("sentence", "paper"),
    [
        ("《青禾县议事规则》已经县政府第3次常务会议通过，现予印发。", "青禾县议事规则"),
        ("《实施方案》《支持措施办法》已经县政府研究通过，现印发给你们。", "实施方案"),
        ("县科技局《青禾县科技创新实施办法》已经县政府同意，现转发给你们。", "青禾县科技创新实施办法"),
        ("青禾县“十四五”科技发展规划已经县政府同意，现予印发。", "青禾县“十四五”科技发展规划"),
        ("现将《青禾县工作要点》有关情况说明如下。", None),
    ],
)
def test_a_paper_that_was_approved_is_handed_out(sentence: str, paper: str | None) -> None:
    assert parse(Document(f"各乡镇人民政府：\n{sentence}\n")).notice.attached_title == paper


@pytest.mark.parametrize(
    ("title", "said", "paper"),
    [
        (
            "关于印发《〈工作报告〉重点任务分工方案》《疫情防控责任方案》的通知",
            "《〈工作报告〉重点任务分工方案》《疫情防控责任方案》已经县政府同意，现印发给你们。",
            "《工作报告》重点任务分工方案",
        ),
        (
            "青禾县关于印发《〈工作报告〉重点任务分工方案》的通知",
            "现将方案印发给你们。",
            "《工作报告》重点任务分工方案",
        ),
    ],
)
def test_an_issued_paper_is_called_what_it_calls_itself(title: str, said: str, paper: str) -> None:
    head = f"{title}\n{title}\n各乡镇人民政府：\n{said}\n青禾县人民政府\n2020年3月9日\n"
    page = f"{head}{paper}\n为落实任务，制定本方案。\n"
    assert parse(Document(page)).notice.attached_title == paper


def test_a_notice_in_one_line_gives_its_head() -> None:
    text = (
        "青禾县人民政府关于印发《工作目标落实意见》的通知 (青政办发〔2010〕10号) 各乡镇人民政府,县政府各部门: "
        "为做好工作,现将《工作目标落实意见》印发给你们,请认真贯彻执行。 一、要明确任务,落实责任,确保工作完成。 "
        "二、要提高执行力,把各项目标落到实处,以实际成果取信于民。\n"
    )
    notice = parse(Document(text)).notice
    assert (notice.title, notice.document_number, notice.issuer, notice.addressees) == (
        "青禾县人民政府关于印发《工作目标落实意见》的通知",
        "青政办发〔2010〕10号",
        "青禾县人民政府",
        ("各乡镇人民政府", "县政府各部门"),
    )


def test_a_site_may_ask_its_reader_to_sign_up_first() -> None:
    text = (
        "马上注册，结交更多好友。\n您需要 登录 才可以下载或查看，没有账号？立即注册\nx\n"
        "青禾县人民政府\n关于做好工作的通知\n各乡镇人民政府：\n为做好工作，现通知如下。\n"
    )
    assert parse(Document(text)).notice.title == "青禾县人民政府关于做好工作的通知"


def test_a_signature_may_stand_at_the_end_of_the_text() -> None:
    text = (
        "青禾县关于表彰先进集体的决定\n各乡镇人民政府： 为总结经验，决定予以表彰。 附件：先进集体名单 "
        "青禾县人民政府办公室 2013年12月27日 作者： 信息来源：\n"
    )
    notice = parse(Document(text)).notice
    assert (notice.issuer, notice.written_on) == ("青禾县人民政府办公室", "2013-12-27")


def test_addressees_stand_under_a_summary_too() -> None:
    text = (
        "青禾县关于做好工作的通知\n工作方案已经审议通过，请认真执行。\n各乡镇人民政府，县直各部门：\n现将方案印发。\n"
    )
    assert parse(Document(text)).notice.addressees == ("各乡镇人民政府", "县直各部门")


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("某省青禾市人民政府\n鼓励外来客商投资的若干规定\n第一条 为鼓励投资，制定本规定。\n", "某省青禾市人民政府"),
        ("中共青禾县委青禾县人民政府关于加快旅游发展的意见\n为加快发展，提出意见。\n", "中共青禾县委、青禾县人民政府"),
        ("青禾县关于做好工作的意见\n学校\n农村\n为做好工作，提出意见。\n", None),
        ("明天有暴雨，请做好防范。\n县防汛抗旱指挥部办公室\n二○一○年五月十一日\n", "县防汛抗旱指挥部办公室"),
    ],
)
def test_an_issuer_is_read_where_a_site_or_the_title_names_it(text: str, issuer: str | None) -> None:
    assert parse(Document(text)).notice.issuer == issuer


def test_the_page_may_name_the_issuer_more_fully_than_the_title() -> None:
    text = "县人民政府关于做好工作的意见\n为做好工作，提出意见。\n"
    assert parse(Document(text, facts={"issuer": "青禾县人民政府"})).notice.issuer == "青禾县人民政府"
    assert parse(Document(text, facts={"issuer": "青禾县科技局"})).notice.issuer == "县人民政府"


def test_a_notice_that_lost_its_title_still_names_the_paper_that_it_hands_out() -> None:
    text = "各乡镇人民政府：\n现将《2012年全县工作要点》印发给你们。\n2012年全县工作要点\n一、抓好工业。增长5%。\n"
    notice = parse(Document(text)).notice
    assert (notice.title, notice.attached_title, notice.plan_year) == (None, "2012年全县工作要点", 2012)


def test_a_title_may_take_up_the_paper_of_another_body_over_three_lines() -> None:
    text = (
        "青禾县人民政府办公室关于落实云溪市人民政府\n关于全面深化农村改革加快推进现代化\n若干意见有关措施分工的通知\n"
        "各乡镇人民政府：\n现就有关事项通知如下。\n"
    )
    title = "青禾县人民政府办公室关于落实云溪市人民政府关于全面深化农村改革加快推进现代化若干意见有关措施分工的通知"
    assert parse(Document(text)).notice.title == title


def test_a_title_that_the_page_repeats_over_an_annex_is_the_papers() -> None:
    text = "附件\n2024年重点工作目标任务分解表\n序号\n任务\n责任单位\n1\n建馆。\n县教育局\n"
    facts = {"page_title": "2024年重点工作目标任务分解表"}
    assert parse(Document(text, facts=facts)).notice.title == "2024年重点工作目标任务分解表"


def test_a_sentence_above_the_addressees_is_none_of_them() -> None:
    text = (
        "青禾县科技局关于印发办法的通知\n提示：根据文件目录清单规定，现行有效，\n各乡镇人民政府，县直各部门：\n"
        "现将办法印发给你们。\n"
    )
    assert parse(Document(text)).notice.addressees == ("各乡镇人民政府", "县直各部门")


def test_annexes_listed_under_their_label_are_no_tasks() -> None:
    text = "青禾县关于召开会议的通知\n各乡镇人民政府：\n请准时参会。\n附件：\n1.参会单位名单\n2.工作方案（草案）\n"
    assert parse(Document(text)).tasks == ()


def test_a_page_may_say_when_it_appeared_and_who_issued_the_paper_without_a_table() -> None:
    text = (
        "东岭市政府关于分解落实规划任务的通知\n2020年07月23日06:05:59\n发布部门： 河湾省东岭市人民政府\n"
        "各区县人民政府：\n现将任务分解如下。\n"
    )
    notice = parse(Document(text)).notice
    assert (notice.issuer, notice.published_at) == ("河湾省东岭市人民政府", "2020-07-23T06:05:59")


def test_a_signing_body_may_be_broken_over_two_lines() -> None:
    text = "一、要求\n各单位要重视。\n中共东岭市委人才工作\n领导小组办公室\n2009年12月16日\n"
    assert parse(Document(text)).notice.issuers == ("中共东岭市委人才工作\n领导小组办公室",)


def test_responsible_departments_are_addressees_too() -> None:
    text = "东岭市科技局关于开展检查的通知\n各有关项目责任部门、各项目承担单位：\n现开展检查。\n"
    assert parse(Document(text)).notice.addressees == ("各有关项目责任部门、各项目承担单位",)


def test_dates_behind_bullets_stand_under_a_title_as_those_without() -> None:
    text = (
        "2022年度民生实事项目进度表（截至10月31日）\n  • 发布日期：2022-12-14\n  • 浏览次数：\n序号\n任务\n牵头单位\n"
    )
    assert parse(Document(text)).notice.title == "2022年度民生实事项目进度表（截至10月31日）"


def test_the_paper_that_is_handed_out_may_stand_behind_a_space() -> None:
    text = "各县区人民政府：\n现将 《东岭市发展方案》（以下简称 《方案》）印发给你们。\n一、提高认识。要学习。\n"
    assert parse(Document(text)).notice.attached_title == "东岭市发展方案"


@pytest.mark.parametrize(
    ("signed", "written", "published"),
    [
        ("2019年1月17日\n", "2019-01-17", "2019-01-23"),
        ("2019年1月23日\n", "2019-01-23", None),
        ("", "2019-01-23", None),
    ],
)
def test_a_date_of_sending_is_the_pages_where_the_paper_is_signed_on_another_day(
    signed: str, written: str, published: str | None
) -> None:
    text = (
        "东岭市人民政府关于印发工作规则的通知\n索 引 号 MB15/2019-05 发文日期 2019-01-23\n各县人民政府：\n"
        f"现将规则印发给你们。\n东岭市人民政府\n{signed}"
    )
    notice = parse(Document(text)).notice
    assert (notice.written_on, notice.published_at) == (written, published)


def test_a_fact_table_may_have_lost_its_colons_and_a_number_may_be_none() -> None:
    text = "东岭区关于印发方案的通知\n发布机构 区办公室 文    号 东政办〔2023〕1号\n各乡人民政府：\n现印发方案。\n"
    assert parse(Document(text)).notice.document_number == "东政办〔2023〕1号"


def test_words_of_the_site_in_quotes_before_a_title_are_not_its_own() -> None:
    text = "“党政信息公开” 中共东岭区委办公室 东岭区人民政府办公室印发《行动计划》的通知\n行动计划\n为加快发展。"
    notice = parse(Document(text)).notice
    assert notice.title == "中共东岭区委办公室 东岭区人民政府办公室印发《行动计划》的通知"
    assert notice.issuers == ("中共东岭区委办公室", "东岭区人民政府办公室")


def test_a_fact_table_without_colons_names_the_title_and_the_day_of_the_page() -> None:
    table = f"索 引 号 成文日期\n发文机关 发布时间 2015年04月29日\n标  题 {TITLE}\n发文字号 青科发〔2015〕7号\n"
    notice = parse(Document(table + HEAD.format(number="", date=""))).notice
    assert (notice.title, notice.published_at) == (TITLE, "2015-04-29")
    assert notice.document_number == "青科发〔2015〕7号"


def test_a_headline_stands_over_an_address_a_time_and_a_source() -> None:
    stamp = "http://www.example.com 2004年11月13日05:02 某网-某日报 |"
    text = f"青禾划清科技部门职责 |\n---|\n{stamp}\n本报讯 青禾县科学技术局今后负责科技工作的综合协调。\n"
    notice = parse(Document(text)).notice
    assert (notice.title, notice.published_at) == ("青禾划清科技部门职责", "2004-11-13T05:02:00")


def test_a_collection_of_laws_tells_of_a_paper_above_it() -> None:
    site = "- 1、下载文档前请自行甄别文档内容的完整性,平台不提供额外的编辑服务。\n文章属性\n"
    told = "•【制定机关】青禾县科学技术局\n•【公布日期】2018.03.23\n•【字 号】青科发〔2018〕24号\n正文\n"
    head = "青禾县科学技术局\n关于分解落实2018年\n重点工作任务的通知\n青科发〔2018〕24号\n局属各单位、各科室:\n"
    item = "1.建设创新平台。\n责任领导:某某\n牵头科室(单位):计划科、基建办\n完成时限:2018年12月\n"
    parsed = parse(Document(f"{TITLE}\n{site}{TITLE}\n{told}{head}现将任务分解如下。\n{item}"))
    notice, task = parsed.notice, parsed.tasks[0]
    assert (notice.document_number, notice.published_at) == ("青科发〔2018〕24号", "2018-03-23")
    assert (notice.issuer, notice.addressees) == ("青禾县科学技术局", ("局属各单位、各科室",))
    assert [(b.role, b.name) for b in task.bodies] == [("牵头", "计划科"), ("牵头", "基建办")]
    assert task.deadline == "2018年12月"
