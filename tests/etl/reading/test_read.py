"""Whatever the bytes, reading gives a document or one plain sentence."""

import io
import shutil
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from etl.document import MASK
from etl.reading import Unreadable, read
from etl.reading.sniffing import sniff

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
MAGICS = [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html><body>", OLE, b"{\\rtf1", b"\xff\xfe"]
NAMES = ["", "a.docx", "a.pdf", "a.html", "a.txt", "a.doc"]
TAGS = [
    "<table>", "<tr>", "<td rowspan=9>", "</td>", "<p>", "</p>", "<div style='display:none'>", "</div>", "<br>", "字。",
    "<ol start=7>", "<li>\n", "&nbsp;", "<a href='http://1234567.com'>", "</a>", "<pre>", "<font color=white>", "2%",
    "<th colspan=2>", "<nav>", "</table>", "字",
]  # fmt: skip
TEXT = "首页>> 打印【】来源：2017-02-16版权所有。\r\n\t\xa0\u3000<!--U+00A0>一1com.13800138000"


def holds(data: bytes, **told: str) -> None:
    try:
        document = read(data, **told)  # type: ignore[arg-type]
    except Unreadable as refusal:
        assert str(refusal).endswith("。") and "\n" not in str(refusal)
        return
    text = document.text
    assert len(document.body) == len(document.masked) == len(text)
    assert all(0 <= s.start < s.end <= len(text) for s in document.segments)
    assert [s.start for s in document.segments] == sorted(s.start for s in document.segments)
    assert all(a.end <= b.start for a, b in zip(document.segments, document.segments[1:], strict=False))
    covered = set[int]().union(*(range(s.start, s.end) for s in document.segments))
    assert not [c for i, c in enumerate(text) if i not in covered and not c.isspace()]
    assert any(c.isalnum() or c == MASK for c in document.body)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(MAGICS),
    st.binary(max_size=400),
    st.sampled_from(["", "a.docx", "a.pdf", "a.html", "a.txt", "a.doc"]),
)
def test_arbitrary_bytes_give_a_document_or_a_sentence(magic: bytes, rest: bytes, name: str) -> None:
    holds(magic + rest, name=name)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(TAGS), max_size=40))
def test_arbitrary_pages_give_a_document_or_a_sentence(tags: list[str]) -> None:
    holds(("<html>" + "".join(tags)).encode(), media_type="text/html")


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        alphabet="首页>> 打印【】来源：2017-02-16版权所有。\r\n\t\xa0\u3000<!--U+00A0>一1com.13800138000", max_size=120
    )
)
@example("通知\r\r\n正文\x0c第二页")
def test_a_text_is_kept_exactly_as_it_is(text: str) -> None:
    data = text.encode()
    holds(data)
    try:
        assert read(data, media_type="text/plain").text == text
    except Unreadable:
        assert True


def test_only_a_bom_is_dropped_from_a_text() -> None:
    text = "\xa0关于某事的通知\r\n\r\r\n请\t落实。\n"
    document = read(b"\xef\xbb\xbf" + text.encode())
    assert (document.text, document.media_type, document.encoding) == (text, "text/plain", "utf-8")
    assert [(document.text[s.start : s.end], s.place) for s in document.segments] == [
        ("关于某事的通知", "line 1"),
        ("请\t落实。", "line 4"),
    ]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7", "pdf"),
        (b"\n\n%PDF-1.7", "pdf"),
        (b"PK\x03\x04xx", "zip"),
        (b"{\\rtf1 a}", "rtf"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><p>x", "html"),
        (b"<!-- a -->\n<HTML>", "html"),
        ("<html>字".encode("utf-16"), "html"),
        (b"<div><p>x</p><br></div>", "html"),
        (b"a <b> c", "text"),
        (b"", "text"),
    ],
)
def test_a_format_is_told_by_its_first_bytes(data: bytes, kind: str) -> None:
    assert sniff(data) == kind


def test_what_the_server_says_and_the_name_count_where_bytes_are_silent() -> None:
    assert sniff(b"x<p>y", media_type="text/html; charset=gbk") == "html"
    assert sniff(b"x<p>y", name="a.htm") == "html"
    assert sniff(b"x<p>y", name="a.txt") == "text"


def zipped(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "x")
    return stream.getvalue()


def named(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "文件是空的"),
        (b" \n\0", "文件是空的"),
        ("。,\n".encode(), "没有可读的文字"),
        ("首页\n【打印】【关闭】\n".encode(), "文件里只有栏目、页脚"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "图片"),
        (b"\x1f\x8b" + bytes(50), "压缩包"),
        (b"MZ" + bytes(50), "程序"),
        (b"SQLite format 3\0", "数据库"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "MHT"),
        (zipped("a.txt"), "这是压缩包，不是文档"),
        (zipped("OFD.xml"), "OFD"),
        (named("EncryptedPackage"), "文件加了密码"),
        (named("WordDocument _VBA_PROJECT"), "带有宏"),
        (named("Workbook"), "这不是 Word/WPS 文字文件"),
        (b"x" * (51 << 20), "超过 50 MB 的上限"),
        ("字".encode() * (4 << 20), "超过 5 MB 的上限"),
    ],
)
def test_what_is_no_notice_is_refused_in_plain_words(data: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        read(data)


def test_an_old_word_file_without_libreoffice_is_refused_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Unreadable, match=r"没有安装 LibreOffice，读不了。请用 Word 或 WPS 另存为 DOCX"):
        read(named("WordDocument"), name="a.wps")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="没有 LibreOffice，旧格式文件的读取没有测试")
def test_rich_text_is_read_through_libreoffice() -> None:
    document = read(rb"{\rtf1\ansi\ansicpg936 \u20851?\u20110?\u36890?\u30693?\par}")
    assert document.text.strip() == "关于通知"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="没有 LibreOffice，旧格式文件的读取没有测试")
def test_a_broken_word_file_is_refused_and_not_read_as_the_signs_that_its_bytes_make() -> None:
    with pytest.raises(Unreadable, match="LibreOffice 打不开这个文件，可能已损坏"):
        read(named("WordDocument") + "关于做好工作的通知".encode("utf-16-le"), name="a.doc")


def test_control_characters_are_said_and_kept_out_of_the_body() -> None:
    document = read("关于\x00某事\x07的通知\u200b。".encode())
    assert document.text == "关于\x00某事\x07的通知\u200b。"
    assert document.body == "关于 某事 的通知\u200b。"
    assert document.warnings == (
        "文中有 1 个看不见的控制字符，请核对是否有人做了手脚。",
        "文中有 2 个不可打印的控制字符，请核对原文。",
    )
