"""Sources, notices and the addressable parts of their texts."""

from __future__ import annotations

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from etl.assembling import notices, outline, sources
from etl.assembling.organisations import Directory
from etl.assembling.regions import Regions
from etl.assembling.taken import Noticed, settle
from etl.document import Body, Chapter, Document, Held, Notice, Parsed, Segment, Task
from etl.releasing.ids import Ledger
from tests.etl.assembling.records import SHA, noticed, taken

TEXT = "导航 登录\n\n  关于试点的通知 \r\n各单位：\n　请看 bad.com 主办"


def test_passages_are_the_lines_without_white_space_masked_and_with_their_role() -> None:
    at = TEXT.index("bad.com")
    document = Document(
        TEXT,
        segments=(Segment(0, 5, "p:nth-child(1)", "furniture"), Segment(5, len(TEXT), "line 3")),
        held=(Held(at, at + 7, "link", "r", "x"),),
    )
    rows = [d.row for d in outline.passages(noticed(document))]
    assert [(r["role"], r["text"], r["place"]) for r in rows] == [
        ("furniture", "导航 登录", "p:nth-child(1)"),
        ("body", "关于试点的通知", "line 3"),
        ("body", "各单位：", "line 3"),
        ("body", "请看 ███████ 主办", "line 3"),
    ]


def test_a_line_is_cut_where_the_page_s_furniture_begins() -> None:
    document = Document("甲乙丙 打印", segments=(Segment(0, 3, "a"), Segment(4, 6, "b", "furniture")))
    assert [(d.row["text"], d.row["role"]) for d in outline.passages(noticed(document))] == [
        ("甲乙丙", "body"),
        ("打印", "furniture"),
    ]


@given(st.text("甲乙 \n\r\t\u3000\u00a0\x0c█", max_size=40), st.lists(st.integers(0, 40), max_size=6))
def test_between_passages_there_is_only_white_space(text: str, cuts: list[int]) -> None:
    cuts = sorted(min(c, len(text)) for c in cuts)
    segments = tuple(Segment(a, b, "x") for a, b in zip(cuts[::2], cuts[1::2], strict=False))
    rows = [d.row for d in outline.passages(Noticed("x-1", taken(Document(text, segments=segments))))]
    rest = list(text)
    for row in rows:
        assert text[row["start"] : row["end"]] == row["text"] == row["text"].strip()
        rest[row["start"] : row["end"]] = " " * (row["end"] - row["start"])
    assert not "".join(rest).strip()


def test_tasks_keep_their_numbers_and_stand_in_the_innermost_chapter(ledger: Ledger) -> None:
    text = "一、总体\n（一）重点\n8. 建设平台。\n9. 引进人才。"
    chapters = (Chapter(1, "一、", "总体", 0, len(text), 4), Chapter(2, "（一）", "重点", 5, len(text), 10))
    tasks = tuple(
        Task(number, "（一）", heading, heading, (Body("市科技局", "牵头"), Body("各县", "配合")), "年底前", *span)
        for number, heading, span in (("8", "建设平台。", (14, 19)), ("9", "引进人才。", (23, 28)))
    )
    notice = noticed(text, Parsed(Notice(), chapters, tasks))
    rows = settle(ledger, "chapter_id", outline.chapters(notice))
    assert [(r["chapter_id"], r["level"], r["title"]) for r in rows] == [("x-1.c1", 1, "总体"), ("x-1.c2", 2, "重点")]
    found = settle(ledger, "task_id", outline.tasks(notice.holding("chapters", rows)))
    assert [(r["task_id"], r["chapter_id"], r["bodies_text"], r["deadline_text"]) for r in found] == [
        ("x-1.t08", "x-1.c2", "牵头：市科技局；配合：各县", "年底前"),
        ("x-1.t09", "x-1.c2", "牵头：市科技局；配合：各县", "年底前"),
    ]


def test_numbers_that_restart_give_way_to_the_order(ledger: Ledger) -> None:
    text = "甲乙丙丁"
    tasks = tuple(Task(n, None, text[i], text[i], (), None, i, i + 1) for i, n in enumerate("1212"))
    rows = settle(ledger, "task_id", outline.tasks(noticed(text, Parsed(Notice(), (), tasks))))
    assert [(r["task_id"], r["number"]) for r in rows] == [
        ("x-1.t01", "1"),
        ("x-1.t02", "2"),
        ("x-1.t03", "1"),
        ("x-1.t04", "2"),
    ]


def test_a_notice_is_named_by_its_number_else_by_its_source(ledger: Ledger) -> None:
    numbered = taken("文", Parsed(Notice(title="通知", document_number="青科发〔2021〕7号")))
    bare = taken("文", Parsed(Notice(document_number="青科发20217")), sha256="b" * 64)
    assert ledger.match([notices.claim(one, "qh") for one in (numbered, bare)]) == [
        "qh-qkf-2021-7",
        "qh-" + "b" * 10,
    ]


def test_a_notice_without_a_title_takes_the_page_s_or_the_file_s_name() -> None:
    assert notices.title_of(taken("文", file="2021-plan.html")) == "2021-plan"
    assert notices.title_of(taken(Document("文", facts={"page_title": "页面标题"}))) == "页面标题"


def test_the_row_of_a_notice_keeps_its_dates_and_numbers_apart(regions: Regions, ledger: Ledger) -> None:
    read = Notice(
        title="通知",
        document_number="青科发〔2021〕7号",
        document_number_as_published="青科发20217",
        issuers=("青禾市科技局", "青禾市财政局"),
        kind="通知书",
        published_at="2021-03-18 09:30",
        addressees=("各县", "各单位"),
        breadcrumb=("首页", "通知"),
    )
    notice = Noticed("qh-qkf-2021-7", taken("文", Parsed(read), path_on="2021-06-01"))
    directory = Directory([], regions, "qh", ledger)
    directory.see(read.issuers)
    directory.propose()
    row = notices.notice_row(notice, "qh-src-1", "990100", directory, ["通知", "其他"])
    assert {c: v for c, v in row.items() if v is not None} == {
        "notice_id": "qh-qkf-2021-7",
        "source_id": "qh-src-1",
        "title": "通知",
        "document_number": "青科发〔2021〕7号",
        "document_number_as_published": "青科发20217",
        "issuer_text": "青禾市科技局、青禾市财政局",
        "issuer_id": "qh-org-qhskjj",
        "kind": "其他",
        "published_at": "2021-03-18T09:30",
        "path_on": "2021-06-01",
        "addressees_text": "各县；各单位",
        "breadcrumb_text": "首页 >> 通知",
        "region_code": "990100",
        "text_sha256": sha256("文".encode()).hexdigest(),
        "char_count": 1,
    }


def test_sources_say_what_replaces_them_and_what_was_held_back(ledger: Ledger) -> None:
    held, freed = Held(2, 4, "link", "可疑链接", "spam"), Held(0, 1, "mobile", "手机号码", "mobile")
    old = taken(Document("甲\n乙丙", held=(held,)), replaced_by="b" * 64, released=(freed,))
    new = taken("甲", sha256="b" * 64, replaces=(SHA,))
    ids = sources.identify([old.source, new.source], "qh", ledger)
    rows = [sources.source_row(one, ids) for one in (old, new)]
    assert [(r["source_id"], r["replaced_by"], r["is_masked"]) for r in rows] == [
        ("qh-src-aaaaaaaaaa", "qh-src-bbbbbbbbbb", True),
        ("qh-src-bbbbbbbbbb", None, False),
    ]
    kept = settle(ledger, "quarantine_id", sources.held(old, "qh-src-aaaaaaaaaa"))
    assert [(r["quarantine_id"], r["kind"], r["line"], r["length"], r["status"]) for r in kept] == [
        ("qh-src-aaaaaaaaaa.q01", "mobile", 1, 1, "released"),
        ("qh-src-aaaaaaaaaa.q02", "link", 2, 2, "held"),
    ]
    assert not [entry for entry in ledger if entry.table == "quarantine" and entry.quote]


def test_a_notice_captured_again_is_the_same_notice(ledger: Ledger) -> None:
    parsed = Parsed(Notice(title="通知"))
    first = ledger.match([notices.claim(taken("文", parsed), "qh")])
    ledger.close()
    again = taken("文 ", parsed, sha256="b" * 64, replaces=(SHA,))
    assert Ledger(ledger).match([notices.claim(again, "qh")]) == first
