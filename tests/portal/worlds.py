"""The rows of a small world: two collections with a row or two in most tables."""

from __future__ import annotations

from typing import Any

Rows = dict[str, list[dict[str, Any]]]
SHA = "c8cbd21351155a4ca66567fd3cde14a49048823fba6dd703f4e44715bc7bd9c5"
TEXT = "关于印发2017年工作要点的通知\n8.实施农业科技支撑计划。\n全市农业科技进步贡献率达到66.6%。\n主办：███████\n"


def span(quote: str) -> dict[str, Any]:
    """A quote with its place in the text."""
    start = TEXT.index(quote)
    return {"quote": quote, "start": start, "end": start + len(quote)}


def quantity(**own: Any) -> dict[str, Any]:
    """What every target and reported value says."""
    return {"comparator": "=", "confidence": 0.95, "origin": "extracted"} | own


def world() -> Rows:
    """The rows of the first collection."""
    notice = {"notice_id": "zjstb-zkd-2017-13"}
    target = span("全市农业科技进步贡献率达到66.6%")
    doc = {"document_id": "zjstb-doc-yaodian", "title": "2017年工作要点", "level": "市"}
    org = {"organisation_id": "zjstb-org-bureau", "name": "镇江市科学技术局", "kind": "机关", "region_code": "321100"}
    return {
        "region": [
            {"region_code": "320000", "name": "江苏省", "level": "省", "is_local_code": False},
            {
                "region_code": "321100",
                "name": "镇江市",
                "level": "市",
                "is_local_code": False,
                "parent_code": "320000",
            },
        ],
        "unit": [{"unit": "%", "name_en": "percent", "dimension": "比率", "factor": 1.0, "base_unit": "%"}],
        "indicator": [
            {
                "indicator_id": "zjstb-agri-progress-share",
                "slug": "agri-progress-share",
                "name": "农业科技进步贡献率",
                "unit": "%",
                "synonyms_text": "农业科技贡献率",
                "status": "accepted",
            },
            {
                "indicator_id": "zjstb-rd-intensity",
                "slug": "rd-intensity",
                "name": "全社会研发投入占地区生产总值比重",
                "unit": "%",
                "synonyms_text": "研发强度|R&D经费投入强度",
                "status": "accepted",
            },
        ],
        "organisation": [org | {"status": "accepted"}],
        "source": [
            {
                "source_id": "zjstb-src-c8cbd21351",
                "file": "2017-notice.txt",
                "sha256": SHA,
                "captured_at": "2026-11-23T00:00:00Z",
                "media_type": "text/plain",
                "encoding": "utf-8",
                "is_masked": True,
            }
        ],
        "notice": [
            notice
            | {
                "source_id": "zjstb-src-c8cbd21351",
                "title": "关于印发2017年工作要点的通知",
                "document_number": "镇科党〔2017〕13号",
                "issuer_text": "镇江市科学技术局",
                "issuer_id": "zjstb-org-bureau",
                "kind": "通知",
                "plan_year": 2017,
                "region_code": "321100",
                "text_sha256": SHA,
                "char_count": len(TEXT),
            }
        ],
        "passage": [
            notice
            | {
                "passage_id": f"zjstb-zkd-2017-13.p{n:03}",
                "number": n,
                "role": "body",
                "text": line,
                "start": TEXT.index(line),
                "end": TEXT.index(line) + len(line),
            }
            for n, line in enumerate(TEXT.splitlines()[:3], 1)
        ],
        "chapter": [
            notice | {"chapter_id": "zjstb-zkd-2017-13.c1", "level": 1, "title": "正文", "start": 0, "end": 40}
        ],
        "task": [
            notice
            | {
                "task_id": "zjstb-zkd-2017-13.t08",
                "chapter_id": "zjstb-zkd-2017-13.c1",
                "number": "8",
                "heading": "实施农业科技支撑计划",
                "text": "实施农业科技支撑计划。\n全市农业科技进步贡献率达到66.6%。",
                "start": 17,
                "end": 50,
            }
        ],
        "target": [
            quantity(
                **notice,
                **target,
                is_borderline=False,
                target_id="zjstb-zkd-2017-13.agri-progress-share",
                task_id="zjstb-zkd-2017-13.t08",
                passage_id="zjstb-zkd-2017-13.p003",
                indicator_id="zjstb-agri-progress-share",
                name="农业科技进步贡献率",
                subject_qualifier="全市",
                value=66.6,
                unit="%",
                normalised_value=66.6,
                normalised_unit="%",
                year=2017,
                region_code="321100",
            ),
            quantity(
                is_borderline=False,
                target_id="zjstb-rd-intensity.2017-321100-plan",
                indicator_id="zjstb-rd-intensity",
                name="全社会研发投入占地区生产总值比重",
                value=2.65,
                unit="%",
                year=2017,
                region_code="321100",
                origin="curated",
                quote='"研发"投入\n占比达2.65%',
            ),
        ],
        "reported": [
            quantity(
                reported_id="zjstb-rd-intensity.2017-321100",
                indicator_id="zjstb-rd-intensity",
                name="研发强度",
                value=2.57,
                unit="%",
                year=2017,
                region_code="321100",
                origin="curated",
                source_text="统计公报",
                is_conflicting=False,
            )
        ],
        "lookup": [
            {
                "lookup_id": "zjstb-lookup-01",
                "indicator_id": "zjstb-agri-progress-share",
                "region_code": "321100",
                "year": 2017,
                "outcome": "not_found",
                "searched_on": "2026-11-23",
                "where_text": "公开网页",
            }
        ],
        "document": [doc],
        "citation": [
            notice
            | {"citation_id": "zjstb-zkd-2017-13.cit01", "document_id": doc["document_id"]}
            | span("2017年工作要点")
        ],
        "mention": [
            notice
            | {"mention_id": "zjstb-zkd-2017-13.m01", "organisation_id": "zjstb-org-bureau", "role": "发文"}
            | span("通知")
        ],
        "repair": [
            notice
            | {
                "repair_id": "zjstb-zkd-2017-13.r01",
                "rule": "document-number-brackets",
                "before_text": "镇科党201713",
                "after_text": "镇科党〔2017〕13号",
                "reason_text": "年份与成文日期一致",
                "confidence": 0.95,
                "status": "proposed",
                "start": 0,
                "end": 2,
            }
        ],
        "quarantine": [
            {
                "quarantine_id": "zjstb-src-c8cbd21351.q01",
                "source_id": "zjstb-src-c8cbd21351",
                "kind": "link",
                "reason_text": "疑似被植入的外部网址",
                "rule": "spam-domain",
                "line": 4,
                "start": TEXT.index("█"),
                "length": 7,
                "status": "held",
            }
        ],
        "release": [
            {
                "version": "1.0.0",
                "released_on": "2026-11-24",
                "counter": 1,
                "content_hash": SHA,
                "summary_text": "首次发布",
            }
        ],
    }


def second_world() -> Rows:
    """The rows of the fictional collection: one indicator, nothing else."""
    return {
        "indicator": [
            {"indicator_id": "qhx-forest", "slug": "forest", "name": "森林覆盖率", "unit": "%", "status": "accepted"}
        ]
    }
