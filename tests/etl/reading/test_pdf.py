"""A PDF with a text layer is read as paragraphs and tables; heads, feet and page numbers are off; a scan is refused."""

import io
import zlib
from pathlib import Path

import fpdf
import pypdfium2
import pytest
from PIL import Image

from etl.reading import Unreadable, read

FONTS = [Path("/usr/share/fonts") / f"opentype/noto/Noto{kind}CJK-Regular.ttc" for kind in ("Sans", "Serif")]
FONT = next((font for font in FONTS if font.exists()), None)
needs_font = pytest.mark.skipif(FONT is None, reason="没有中文字体(fonts-noto-cjk),PDF 的读取没有测试")

LONG = "为深入贯彻会议精神，进一步发挥党组织把方向、管大局、做决策、保落实的作用，全面落实科技创新大会部署，力争"


class Paper(fpdf.FPDF):
    """A document with a running head and a page number."""

    def __init__(self, head: str = "") -> None:
        super().__init__()
        self.head = head
        self.add_font("cjk", fname=str(FONT), collection_font_number=2)
        self.set_font("cjk", size=12)

    def header(self) -> None:
        if self.head:
            self.cell(0, 8, self.head, align="C", new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        self.set_y(-15)
        self.cell(0, 8, f"— {self.page_no()} —", align="C")

    def say(self, text: str, *, indent: bool = True) -> None:
        """Write a paragraph, its first line indented by two characters as Chinese print is."""
        self.multi_cell(
            0,
            8,
            ("\u2003\u2003" if indent else "") + text,
            align="L",
            wrapmode=fpdf.enums.WrapMode.CHAR,
            new_x="LMARGIN",
            new_y="NEXT",
        )


def paper(head: str = "") -> Paper:
    sheet = Paper(head)
    sheet.add_page()
    return sheet


@needs_font
def test_lines_are_joined_to_paragraphs_over_lines_and_pages() -> None:
    sheet = paper("某县政府公报")
    for number in range(1, 31):
        sheet.say(f"{number}. {LONG}{LONG}第{number}项占比达到2.65%。")
    document = read(bytes(sheet.output()), name="a.pdf")
    assert document.text.split("\n")[:-1] == [f"{n}. {LONG}{LONG}第{n}项占比达到2.65%。" for n in range(1, 31)]
    assert document.segments[0].place == "page 1"
    assert any(s.place == "page 1-2" for s in document.segments)
    assert (document.media_type, document.warnings) == ("application/pdf", ())


@needs_font
def test_short_and_centred_lines_stay_lines() -> None:
    sheet = paper()
    for text in ("某县科学技术局", "关于印发工作要点的通知"):
        sheet.cell(0, 8, text, align="C", new_x="LMARGIN", new_y="NEXT")
    sheet.say("各有关单位：", indent=False)
    sheet.say(f"{LONG}完成任务。")
    sheet.cell(0, 8, "2017年2月15日", align="R", new_x="LMARGIN", new_y="NEXT")
    assert read(bytes(sheet.output())).text.split("\n")[:-1] == [
        "某县科学技术局", "关于印发工作要点的通知", "各有关单位：", f"{LONG}完成任务。", "2017年2月15日",
    ]  # fmt: skip


@needs_font
def test_a_ruled_table_stands_in_its_place_with_headers() -> None:
    sheet = paper()
    sheet.say("一、目标如下。")
    with sheet.table(first_row_as_headings=False) as table:
        for cells in (("指标", "单位", "目标"), ("研发投入占比", "%", "2.65"), ("专利", "件", "25")):
            row = table.row()
            for cell in cells:
                row.cell(cell)
    sheet.say("二、请认真贯彻落实。")
    document = read(bytes(sheet.output()))
    assert document.text.split("\n")[:-1] == [
        "一、目标如下。", "指标\t单位\t目标", "研发投入占比\t%\t2.65", "专利\t件\t25", "二、请认真贯彻落实。",
    ]  # fmt: skip
    places = {document.text[s.start : s.end]: s.place for s in document.segments}
    assert places["2.65"] == "table 1 row 2 col 3 (目标) in page 1"


def scan(pages: int = 2) -> bytes:
    sheet = fpdf.FPDF()
    for _ in range(pages):
        sheet.add_page()
        sheet.image(Image.new("RGB", (60, 80), "gray"), w=150)
    return bytes(sheet.output())


def test_row_22_a_scan_is_refused_and_told_what_it_lacks() -> None:
    with pytest.raises(Unreadable, match="PDF 没有文字层，像是扫描件"):
        read(scan())


@needs_font
def test_a_scanned_page_among_others_is_said() -> None:
    sheet = Paper()
    sheet.add_page()
    sheet.say(f"{LONG}完成任务。")
    sheet.footer = lambda: None  # type: ignore[method-assign]
    sheet.add_page()
    sheet.image(Image.new("RGB", (60, 80), "gray"), w=150)
    assert read(bytes(sheet.output())).warnings == ("第 2 页没有文字层，像是扫描件，这几页没有读出。",)


def locked() -> bytes:
    sheet = fpdf.FPDF()
    sheet.set_encryption(owner_password="a", user_password="b")  # noqa: S106 — a lock for the test
    sheet.add_page()
    return bytes(sheet.output())


def crowded() -> bytes:
    document, stream = pypdfium2.PdfDocument.new(), io.BytesIO()
    for _ in range(501):
        document.new_page(100, 100)
    document.save(stream)
    document.close()
    return stream.getvalue()


def bomb(times: int) -> bytes:
    stream = zlib.compress(b"0 0 m " * (times << 20), 9)
    return b"%PDF-1.4\n1 0 obj<</Filter/FlateDecode>>stream\n" + stream + b"\nendstream endobj\n%%EOF"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7\n" + b"garbage" * 99, "PDF 已损坏或不完整"),
        (scan()[:700], "PDF 已损坏或不完整"),
        (locked(), "PDF 加了密码"),
        (crowded(), "PDF 有 501 页，超过 500 页的上限"),
        (bomb(20), "压缩炸弹"),
        (b"%PDF-1.4\n%%EOF" + b"PK\x05\x06" + bytes(18), "PDF 已损坏或不完整"),
    ],
    ids=["garbage", "truncated", "locked", "pages", "bomb", "tail"],
)
def test_row_22_what_is_broken_or_endless_is_refused_in_plain_words(data: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        read(data, name="a.pdf")
