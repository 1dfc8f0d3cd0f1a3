"""Quantities, indicators, bodies and papers."""

from __future__ import annotations

from etl.assembling import citations, curated, organisations, quantities, repairs
from etl.assembling.indicators import Catalogue
from etl.assembling.organisations import Directory
from etl.assembling.regions import Regions
from etl.assembling.taken import settle
from etl.document import Citation, Extraction, Notice, Organisation, Parsed, Quantity, Repair
from etl.releasing.ids import Ledger
from etl.tables import Row
from tests.etl.assembling.records import SHA, noticed, quantity, taken

TEXT = "全省茶叶产量达5万吨，茶叶产量增长8%，新增茶园3个，普及率达92%，普及率达9户。"
KNOWN = [{"indicator_id": "qh-rate", "slug": "rate", "name": "普及率", "synonyms_text": "覆盖率", "status": "accepted"}]


def linked(quantity: Quantity) -> tuple[str | None, float]:
    """Links a rate in % and nothing else."""
    return ("qh-rate", 1.0) if (quantity.name, quantity.unit) == ("普及率", "%") else (None, 0.0)


def some() -> list[Quantity]:
    return [
        quantity(TEXT, "全省茶叶产量达5万吨", "茶叶产量", 5.0, unit="万吨", subject_qualifier="全省"),
        quantity(TEXT, "茶叶产量增长8%", "茶叶产量", 8.0, unit="%", comparator="increase_by"),
        quantity(TEXT, "新增茶园3个", "茶园", 3.0, unit="个", subject_qualifier="新增", flags=("borderline",)),
        quantity(TEXT, "普及率达92%", "普及率", 92.0, unit="%"),
        quantity(TEXT, "普及率达9户", "普及率", 9.0, unit="户"),
    ]


def test_what_the_vocabulary_does_not_link_gets_a_proposed_indicator_and_never_a_wrong_link(ledger: Ledger) -> None:
    catalogue = Catalogue(KNOWN, "qh", ledger, linked)
    catalogue.see(some())
    assert [(r["indicator_id"], r["name"], r["unit"], r["status"]) for r in catalogue.propose()] == [
        ("qh-xzcy", "新增茶园", "个", "proposed"),
        ("qh-pjlh", "普及率（户）", "户", "proposed"),
        ("qh-cycl", "茶叶产量", "万吨", "proposed"),
        ("qh-cyclzs", "茶叶产量增速", "%", "proposed"),
    ]
    ids = ["qh-cycl", "qh-cyclzs", "qh-xzcy", "qh-rate", "qh-pjlh"]
    assert [catalogue.indicator_of(q) for q in some()] == ids


def test_targets_are_named_by_their_indicator_and_stated_again_counted_once(regions: Regions, ledger: Ledger) -> None:
    catalogue = Catalogue(KNOWN, "qh", ledger, linked)
    repeated = quantity(TEXT, "普及率达92%", "普及率", 92.0, unit="%", flags=("dup",))
    rows = [*some(), repeated]
    catalogue.see(rows)
    catalogue.propose()
    notice = noticed(TEXT, extraction=Extraction(tuple(rows)))
    found = settle(ledger, "target_id", quantities.targets(notice, catalogue, regions))
    assert [(r["target_id"], r["region_code"], r["is_borderline"]) for r in found] == [
        ("x-1.cycl", "990000", False),
        ("x-1.cyclzs", "990100", False),
        ("x-1.xzcy", "990100", True),
        ("x-1.rate", "990100", False),
        ("x-1.pjlh", "990100", False),
    ]
    assert found[0]["note"].startswith("原文作“全省”")
    assert all(TEXT[r["start"] : r["end"]] == r["quote"] for r in found)


def value(**cells: object) -> Row:
    row: Row = {"kind": "reported", "indicator_id": "qh-rate", "name": "普及率", "year": 2017, "region_code": "L99-GX"}
    row |= {"comparator": "=", "value": 22.4, "value_min": None, "value_max": None, "unit": "亿元"}
    return row | {"source_text": "甲", "source_url": None, "read_on": "2026-11-23", "note": None} | cells


def test_two_sources_that_disagree_are_two_rows_that_say_so(ledger: Ledger) -> None:
    units = [{"unit": "亿元", "factor": 1e8, "base_unit": "元"}]
    values = [value(), value(value=22.5, source_text="乙"), value(year=2018), value(kind="target")]
    rows = list(curated.mark_conflicts(curated.curated_rows("reported", values, units, "qh", ledger)))
    assert [(r["reported_id"], r["normalised_value"], r["is_conflicting"]) for r in rows] == [
        ("qh-rate.2017-l99-gx", 22.4e8, True),
        ("qh-rate.2017-l99-gx-2", 22.5e8, True),
        ("qh-rate.2018-l99-gx", 22.4e8, False),
    ]
    [target] = curated.curated_rows("target", values, units, "qh", ledger)
    assert (target["target_id"], target["origin"]) == ("qh-rate.target-2017-l99-gx", "curated")


def test_a_change_and_a_level_do_not_contradict_each_other() -> None:
    base: Row = {
        "indicator_id": "a",
        "year": 2017,
        "region_code": "1",
        "unit": "%",
        "value_min": None,
        "value_max": None,
    }
    rows = [base | {"comparator": "=", "value": 5.0}, base | {"comparator": "increase_by", "value": 6.0}]
    assert [r["is_conflicting"] for r in curated.mark_conflicts(rows)] == [False, False]


def test_a_body_is_one_whatever_it_is_called(regions: Regions, ledger: Ledger) -> None:
    text = "青禾市水利局、市水利局、市科技局、各县"
    named = tuple(
        Organisation(name, role, name, text.index(name), text.index(name) + len(name))
        for name, role in (("青禾市水利局", "issuer"), ("市科技局", "responsible"), ("各县", "someone"))
    )
    short = Organisation("市水利局", "addressee", "市水利局", 7, 11)
    vocabulary: list[Row] = [
        {"organisation_id": "qh-org-tech", "name": "青禾市科学技术局", "short_names_text": "市科技局"}
    ]
    directory = Directory(vocabulary, regions, "qh", ledger)
    notice = noticed(text, Parsed(Notice(), organisations=(*named, short)))
    directory.see(organisations.named(notice.taken))
    assert [(r["organisation_id"], r["name"]) for r in directory.propose()] == [
        ("qh-org-gx", "各县"),
        ("qh-org-qhsslj", "青禾市水利局"),
    ]
    rows = settle(ledger, "mention_id", organisations.mentions(notice, directory))
    assert [(r["organisation_id"], r["role"], r["quote"]) for r in rows] == [
        ("qh-org-qhsslj", "发文", "青禾市水利局"),
        ("qh-org-tech", "责任", "市科技局"),
        ("qh-org-gx", "提及", "各县"),
        ("qh-org-qhsslj", "主送", "市水利局"),
    ]


def test_a_paper_cited_by_title_and_by_number_is_one(regions: Regions, ledger: Ledger) -> None:
    text = "市《行动\n方案》（青政发〔2016〕1号）和青政发〔2016〕1号、《通知》"
    found = (
        Citation("行动\n方案", "青政发〔2016〕1号", text[1:22], 1, 22),
        Citation(None, "青政发〔2016〕1号", text[23:35], 23, 35),
        Citation("通知", None, "《通知》", text.index("《通知"), len(text)),
    )
    notice, papers = noticed(text, Parsed(Notice(title="通知"), citations=found)), citations.Papers()
    papers.see(notice.taken)
    rows = papers.rows({SHA: "x-1"}, regions, "qh", ledger)
    assert [(r["document_id"], r["title"], r["document_number"], r["level"], r["notice_id"]) for r in rows] == [
        ("qh-doc-xdfa", "行动方案", "青政发〔2016〕1号", "市", None),
        ("qh-doc-tz", "通知", None, "其他", "x-1"),
    ]
    cited = settle(ledger, "citation_id", papers.citations(notice))
    assert [(r["citation_id"], r["document_id"]) for r in cited] == [
        ("x-1.cit01", "qh-doc-xdfa"),
        ("x-1.cit02", "qh-doc-xdfa"),
        ("x-1.cit03", "qh-doc-tz"),
    ]


def test_a_notice_that_cites_the_paper_it_issues_is_told_apart(regions: Regions, ledger: Ledger) -> None:
    text = "现将《青禾市规划(20152020年)》印发给你们，落实《行动 方案》"
    at, end = text.index("《"), text.index("》") + 1
    found = (
        Citation("青禾市规划(20152020年)", None, text[at:end], at, end),
        Citation("行动 方案", None, "《行动 方案》", text.index("《行动"), len(text)),
    )
    years = text.index("2015")
    mended = Repair("dash", years, years + 8, "20152020", "2015—2020", 0.9, "两个年份相连，疑丢失连接号")
    read = Notice(attached_title="青禾市规划（20152020年）")
    papers = citations.Papers()
    papers.see(taken(text, Parsed(read, citations=found, repairs=(mended,))))
    assert [(r["title"], r["notice_id"], r["note"]) for r in papers.rows({SHA: "x-1"}, regions, "qh", ledger)] == [
        ("行动方案", None, None),
        ("青禾市规划(20152020年)", "x-1", "即本公文印发的文件；原文脱漏连接号，当作“2015—2020年”"),
    ]


def test_a_repair_is_a_proposal_and_a_mark_without_change_is_a_flag(ledger: Ledger) -> None:
    found = (Repair("day", 0, 2, "15", "15日", 0.9, "缺日"), Repair("scope", 3, 5, "全省", "全省", 0.5, "疑为全市"))
    rows = settle(ledger, "repair_id", repairs.repairs(noticed("15 全省", Parsed(Notice(), repairs=found))))
    assert [(r["repair_id"], r["after_text"], r["status"]) for r in rows] == [
        ("x-1.r01", "15日", "proposed"),
        ("x-1.r02", "全省", "flagged"),
    ]
