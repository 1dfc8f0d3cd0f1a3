"""The notice that the project starts from, read whole."""

from __future__ import annotations

from pathlib import Path

from etl.document import Document, Notice
from etl.parsing import parse

SEED = Path(__file__).parents[2] / "evaluation" / "notices" / "text" / "seed.txt"
PARSED = parse(Document(SEED.read_bytes().decode("utf-8"), facts={"published_at": "2017-02-16T19:43:00"}))


def test_its_metadata() -> None:
    assert PARSED.notice == Notice(
        title="市科技局党组关于印发2017年市科技创新工作要点与主要任务的通知",
        attached_title="2017年市科技创新工作要点与主要任务",
        document_number="镇科党〔2017〕13号",
        document_number_as_published="镇科党201713",
        issuer="中共镇江市科学技术局党组",
        issuers=("中共镇江市科学技术局党组",),
        kind="通知",
        written_on="2017-02-15",
        written_on_as_published="2017年2月15",
        published_at="2017-02-16T19:43:00",
        addressees=("各处室、中心", "各辖市、区科技局", "镇江新区科新局、镇江高新区创新发展局", "各有关单位"),
        breadcrumb=("首页", "党务公开", "重大事项决策执行"),
        plan_year=2017,
        is_complete=None,
        completeness_evidence="文中第20项后即止，其后没有版记，而前言提及的“知识产权”未见于任何标题：不能确定是否完整。",
    )


def test_its_items_run_on_through_five_chapters() -> None:
    assert [chapter.number for chapter in PARSED.chapters] == ["一、", "二、", "三、", "四、", "五、"]
    assert [task.number for task in PARSED.tasks] == [str(number) for number in range(1, 21)]
    assert "".join((task.chapter or "")[0] for task in PARSED.tasks) == "一一一一一二二二二三三三三四四四四五五五"


def test_what_its_page_lost_is_proposed_or_flagged() -> None:
    assert [(r.rule, r.before, r.after) for r in PARSED.repairs] == [
        ("document-number-brackets-lost", "镇科党201713", "镇科党〔2017〕13号"),
        ("day-sign-lost", "2017年2月15", "2017年2月15日"),
        ("flag-scope", "全省", "全省"),
        ("comma-between-indicators", "2%每万", "2%，每万"),
        ("full-stop-at-item-end", "%", "%。"),
        ("full-stop-at-item-end", "境", "境。"),
        ("dash-in-years", "20152020", "2015—2020"),
        ("flag-mixed-up-word", "品味", "品味"),
    ]
