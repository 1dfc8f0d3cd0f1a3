"""Citations as other people's tools read them."""

from __future__ import annotations

import bibtexparser
import pytest
import rispy

from portal.cite import Paper, Work, apa, bibtex, csl, gbt, ris, sentence

PAPER = Paper(
    "n-13", "关于印发要点的通知", "镇江市科学技术局", "镇科党〔2017〕13号", "2017-02-16", "https://x.example/n@1.0.1"
)
WORK = Work(
    key="n-13.a@1.0.1",
    kind="data",
    title="R&D 投入_占比 {高} 100%",
    author="开放公文数据项目",
    publisher="开放公文数据项目",
    version="1.0.1",
    issued="2026-11-24",
    accessed="2026-12-01",
    url="https://x.example/targets/n-13.a@1.0.1",
    within="镇江市科技局公文数据集",
    quote="占比达到\n2.65%",
    papers=(PAPER,),
)
OTHER = Work(**{**WORK.__dict__, "key": "n-13.b@1.0.1", "title": "另一行"})


def test_gbt_has_the_parts_in_their_order() -> None:
    assert gbt([WORK]) == [
        "开放公文数据项目. 镇江市科技局公文数据集：R&D 投入_占比 {高} 100%[DS/OL]. 1.0.1版. (2026-11-24)[2026-12-01]. "
        "https://x.example/targets/n-13.a@1.0.1.",
        "镇江市科学技术局. 关于印发要点的通知: 镇科党〔2017〕13号[EB/OL]. (2017-02-16)[2026-12-01]. https://x.example/n@1.0.1.",
    ]


def test_several_rows_name_each_source_once() -> None:
    assert len(gbt([WORK, OTHER])) == 3
    assert [i["id"] for i in csl([WORK, OTHER])] == ["n-13.a@1.0.1", "n-13.b@1.0.1", "n-13"]


def test_apa_names_version_and_year() -> None:
    assert apa([WORK]) == [
        "开放公文数据项目. (2026). 镇江市科技局公文数据集：R&D 投入_占比 {高} 100% (Version 1.0.1) [Data set]. "
        "https://x.example/targets/n-13.a@1.0.1",
        "镇江市科学技术局. (2017). 关于印发要点的通知 (镇科党〔2017〕13号). https://x.example/n@1.0.1",
    ]


def test_bibtexparser_reads_the_entries() -> None:
    library = bibtexparser.parse_string(bibtex([WORK]))
    assert library.failed_blocks == []
    data, paper = library.entries
    assert (data.entry_type, data.key) == ("dataset", "n-13.a-1.0.1")
    assert data["title"] == r"{镇江市科技局公文数据集：R\&D 投入\_占比 \{高\} 100\%}"
    assert (data["version"], data["url"], data["urldate"]) == ("1.0.1", WORK.url, "2026-12-01")
    assert (paper["number"], paper["date"]) == ("镇科党〔2017〕13号", "2017-02-16")


def test_rispy_reads_the_records() -> None:
    data, paper = rispy.loads(ris([WORK]))
    assert (data["type_of_reference"], data["authors"], data["year"]) == ("DATA", ["开放公文数据项目"], "2026")
    assert data["urls"] == [WORK.url]
    assert data["notes"] == ["占比达到 2.65%"]
    assert (paper["type_of_reference"], paper["title"]) == ("GOVDOC", "关于印发要点的通知")


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_citeproc_writes_a_bibliography() -> None:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    items = csl([WORK])
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    written = [str(entry) for entry in bibliography.bibliography()]
    assert len(written) == 2
    assert any("开放公文数据项目" in text and WORK.url in text for text in written)


def test_a_sentence_for_a_news_text() -> None:
    assert sentence(WORK) == (
        "据镇江市科学技术局《关于印发要点的通知》（镇科党〔2017〕13号，2017年2月16日发布），“占比达到 2.65%”"
        "（数据见“镇江市科技局公文数据集” 1.0.1 版（开放公文数据项目，2026年11月24日发布），"
        "https://x.example/targets/n-13.a@1.0.1 ）。"
    )


@pytest.mark.parametrize("text", ["}", "\\", "%", "换\n行", "ER  - x", "\r\nTY  - JOUR"])
def test_odd_titles_do_not_break_a_file(text: str) -> None:
    work = Work(**{**WORK.__dict__, "title": text, "papers": ()})
    assert len(rispy.loads(ris([work]))) == 1
    library = bibtexparser.parse_string(bibtex([work]))
    assert (len(library.entries), library.failed_blocks) == (1, [])
