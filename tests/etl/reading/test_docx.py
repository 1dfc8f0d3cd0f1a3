"""A Word document is read in order, with its automatic numbers, tables and notes; a dangerous one is refused."""

import io
import time
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from etl.document import Segment
from etl.reading import Unreadable, read

SENTENCE = "现将工作要点印发给你们,请认真贯彻落实。"


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def altered(data: bytes, change: Callable[[zipfile.ZipFile], None], drop: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename != drop:
                new.writestr(member, old.read(member))
        change(new)
    return stream.getvalue()


def level(at: int, number_format: str, text: str, more: str = "") -> str:
    first = f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>'
    return f'{first}{more}<w:lvlText w:val="{text}"/></w:lvl>'


def with_lists(document: Any, *abstracts: str, nums: str = "") -> None:
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    for number, levels in enumerate(abstracts):
        numbering.append(
            parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{levels}</w:abstractNum>')
        )
    for number in range(len(abstracts)):
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number + 1}"><w:abstractNumId w:val="{number}"/></w:num>')
        )
    for child in parse_xml(f"<w:numbering {nsdecls('w')}>{nums}</w:numbering>"):
        numbering.append(child)


def item(document: Any, text: str, at: int = 0, number: int = 1) -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>'))


def test_paragraphs_and_tables_come_in_order_with_their_places() -> None:
    document = docx.Document()
    document.add_paragraph("关于印发工作要点的通知")
    table = document.add_table(rows=3, cols=3)
    for r, row in enumerate([["指标", "单位", "目标"], ["研发投入", "%", "2.65"], ["", "件", "25"]]):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    table.cell(1, 0).merge(table.cell(2, 0)).text = "研发投入"
    document.add_paragraph(SENTENCE)
    result = read(saved(document), name="a.docx")
    assert result.text == f"关于印发工作要点的通知\n指标\t单位\t目标\n研发投入\t%\t2.65\n\t件\t25\n{SENTENCE}\n"
    places = [(result.text[s.start : s.end], s.place, s.role) for s in result.segments]
    assert places[0] == ("关于印发工作要点的通知", "paragraph 1", "body")
    assert places[4] == ("研发投入", "table 1 row 2-3 col 1 (指标)", "cell")
    assert places[-2:] == [("25", "table 1 row 3 col 3 (目标)", "cell"), (SENTENCE, "paragraph 2", "body")]
    assert (result.media_type, result.warnings) == (docx_type(), ())


def docx_type() -> str:
    return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_automatic_numbers_are_worked_out_over_levels() -> None:
    document = docx.Document()
    with_lists(
        document,
        level(0, "chineseCounting", "%1、")
        + level(1, "chineseCounting", "（%2）")
        + level(2, "decimal", "%3.")
        + level(3, "decimal", "%3.%4"),
    )
    steps = [
        (0, "体制"), (1, "甲"), (1, "乙"), (2, "子"), (2, "丑"), (3, "细"),
        (0, "平台"), (1, "丙"), (2, "寅"), (0, "保障"),
    ]  # fmt: skip
    for at, text in steps:
        item(document, text, at)
    assert read(saved(document)).text.split("\n")[:-1] == [
        "一、体制", "（一）甲", "（二）乙", "1. 子", "2. 丑", "2.1 细", "二、平台", "（一）丙", "1. 寅", "三、保障",
    ]  # fmt: skip


def test_a_level_that_never_restarts_counts_on_through_the_chapters() -> None:
    document = docx.Document()
    never = '<w:lvlRestart w:val="0"/>'
    with_lists(document, level(0, "chineseCounting", "%1、") + level(1, "decimal", "%2.", never))
    for at, text in [(0, "甲"), (1, "子"), (1, "丑"), (0, "乙"), (1, "寅")]:
        item(document, text, at)
    assert read(saved(document)).text.split("\n")[:-1] == ["一、甲", "1. 子", "2. 丑", "二、乙", "3. 寅"]


def test_lists_of_one_kind_go_on_unless_told_to_start_anew() -> None:
    document = docx.Document()
    again = (
        '<w:num w:numId="8"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="9"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    with_lists(document, level(0, "decimal", "%1."), nums=again)
    for text, number in [("甲", 1), ("乙", 8), ("丙", 9), ("丁", 9)]:
        item(document, text, number=number)
    assert read(saved(document)).text.split("\n")[:-1] == ["1. 甲", "2. 乙", "1. 丙", "2. 丁"]


@pytest.mark.parametrize(
    ("number_format", "text", "shown"),
    [
        ("chineseCountingThousand", "第%1条", "第一条 甲"),
        ("decimalEnclosedCircle", "%1", "① 甲"),
        ("decimalFullWidth", "%1．", "１．甲"),
        ("upperRoman", "%1.", "I. 甲"),
        ("ideographTraditional", "%1、", "甲、甲"),
        ("chineseLegalSimplified", "%1、", "壹、甲"),
        ("bullet", "——", "——甲"),
        ("bullet", "\uf06c", "• 甲"),
        ("klingon", "%1.", "1. 甲"),
        ("none", "", "甲"),
    ],
)
def test_each_format_of_numbers_is_written_as_word_does(number_format: str, text: str, shown: str) -> None:
    document = docx.Document()
    with_lists(document, level(0, number_format, text))
    item(document, "甲")
    assert read(saved(document)).text == f"{shown}\n"


def test_numbers_that_come_with_a_style_count_too() -> None:
    document = docx.Document()
    with_lists(document, level(0, "chineseCounting", "%1、", '<w:pStyle w:val="Heading1"/>'))
    properties = document.styles["Heading 1"].element.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="1"/></w:numPr>'))
    document.add_heading("体制", 1)
    document.add_paragraph("正文")
    document.add_heading("平台", 1)
    assert read(saved(document)).text.split() == ["一、体制", "正文", "二、平台"]


def test_insertions_controls_and_boxes_are_kept_and_deletions_left_out() -> None:
    document = docx.Document()
    run = "<w:r><w:t>{}</w:t></w:r>"
    paragraph = (
        f"<w:p {nsdecls('w')}>{run.format('原')}<w:ins>{run.format('增')}</w:ins>"
        f"<w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:smartTag>{run.format('标')}</w:smartTag>"
        f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:br/><w:t>下行</w:t></w:r></w:p>"
    )
    control = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p>{run.format('控件里的段落')}</w:p></w:sdtContent></w:sdt>"
    inner = f"<w:pict><w:txbxContent><w:p>{run.format('框里的字')}</w:p></w:txbxContent></w:pict>"
    box = f"<w:p {nsdecls('w')}><w:r>{inner}</w:r></w:p>"
    for xml in (paragraph, control, box):
        document.element.body.insert(-1, parse_xml(xml))
    result = read(saved(document))
    assert result.body.split() == ["原增标", "下行", "控件里的段落", "框里的字"]
    assert [(h.kind, result.text[h.start : h.end]) for h in result.held] == [("hidden", "隐")]
    assert [s.place for s in result.segments if s.role == "body"] == [
        "paragraph 1", "paragraph 1 line 2", "paragraph 2", "paragraph 4",
    ]  # fmt: skip


def test_footnotes_stand_at_the_end_and_know_their_paragraph() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("比重达62%")
    paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="2"/></w:r>'))
    document.add_paragraph(SENTENCE)
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>按可比价</w:t></w:r></w:p></w:footnote>'
    notes = f"<w:footnotes {nsdecls('w')}>{note}</w:footnotes>"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    part = docx.opc.part.Part(
        docx.opc.packuri.PackURI("/word/footnotes.xml"), "application/xml", notes.encode(), document.part.package
    )
    document.part.relate_to(part, kind)
    result = read(saved(document))
    assert result.text == f"比重达62%\n{SENTENCE}\n按可比价\n"
    assert result.segments[-1] == Segment(
        len(result.text) - 5, len(result.text) - 1, "footnote 1 (paragraph 1)", "note"
    )


def test_a_table_that_is_a_frame_is_read_as_paragraphs() -> None:
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "框里的通知\n第二段"
    assert read(saved(document)).text.split() == ["框里的通知", "第二段"]


def simple() -> bytes:
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    return saved(document)


def with_member(name: str, content: bytes, base: bytes | None = None) -> Callable[[], bytes]:
    return lambda: altered(base or simple(), lambda archive: archive.writestr(name, content), drop=name)


def crowded() -> bytes:
    def add(archive: zipfile.ZipFile) -> None:
        for number in range(2100):
            archive.writestr(f"a{number}", b"")

    return altered(simple(), add)


EMPTY_ZIP = b"PK\x05\x06" + bytes(18)
ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
OUTER = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
BODY = "word/document.xml"
Case = tuple[Callable[[], bytes], str]
BROKEN: dict[str, Case] = {
    "truncated": (lambda: simple()[:2000], "压缩格式已损坏"),
    "only a magic": (lambda: b"PK\x03\x04" + b"\1" * 500, "压缩格式已损坏"),
    "no body": (lambda: simple().replace(BODY.encode(), b"word/documemt.xml"), "这是压缩包，不是文档"),
    "no xml": (with_member(BODY, b"<a"), "内部结构已损坏"),
    "deep": (with_member(BODY, b"<a>" * 50_000), "内部结构已损坏"),
    "empty": (lambda: saved(docx.Document()), "没有可读的文字"),
}
BOMBS: dict[str, Case] = {
    "nested": (with_member("word/a.zip", b"PK"), "文档里嵌有程序"),
    "members": (crowded, "不像一份文档"),
    "swollen": (with_member("word/media/a.bmp", bytes(150_000_000)), "压缩炸弹"),
    "large part": (with_member(BODY, b"<a>" + b"x" * 20_000_000), "压缩炸弹"),
}
ENTITIES: dict[str, Case] = {
    "bomb": (with_member(BODY, ENTITY), "外部实体"),
    "outer": (with_member(BODY, OUTER), "外部实体"),
}
DISGUISED: dict[str, Case] = {
    "macro": (with_member("word/vbaProject.bin", b"x"), "文档里带有宏"),
    "object": (with_member("word/embeddings/oleObject1.bin", b"x"), "文档里嵌有程序"),
    "workbook": (with_member("xl/workbook.xml", b"x", EMPTY_ZIP), "这是电子表格"),
    "polyglot": (with_member("%PDF-1.7", b"x", EMPTY_ZIP), "同时是压缩包和 PDF"),
}


def refused(data: Callable[[], bytes], sentence: str) -> None:
    """It is refused in plain words, and soon."""
    content = data()
    began = time.monotonic()
    with pytest.raises(Unreadable, match=sentence):
        read(content, name="a.docx")
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(("data", "sentence"), BROKEN.values(), ids=BROKEN)
def test_what_is_broken_is_refused(data: Callable[[], bytes], sentence: str) -> None:
    refused(data, sentence)


@pytest.mark.parametrize(("data", "sentence"), BOMBS.values(), ids=BOMBS)
def test_row_20_a_bomb_is_refused_before_it_is_unpacked(data: Callable[[], bytes], sentence: str) -> None:
    refused(data, sentence)


@pytest.mark.parametrize(("data", "sentence"), ENTITIES.values(), ids=ENTITIES)
def test_row_21_entities_are_refused(data: Callable[[], bytes], sentence: str) -> None:
    refused(data, sentence)


@pytest.mark.parametrize(("data", "sentence"), DISGUISED.values(), ids=DISGUISED)
def test_row_23_programs_and_disguises_are_refused(data: Callable[[], bytes], sentence: str) -> None:
    refused(data, sentence)


def test_row_24_a_member_that_leads_elsewhere_is_refused() -> None:
    refused(with_member("../../etc/x", b"x"), "想写到别的目录")


def test_row_23_a_wrong_extension_is_said() -> None:
    assert read(simple(), name="a.pdf").warnings == (
        f"文件名以 .pdf 结尾，内容却是 {docx_type()}，已按内容读取，请核对来源。",
    )
