"""Bytes become text by the rule: BOM, declaration, strict UTF-8, GB18030, detector."""

import pytest

from etl.reading import Unreadable, read
from etl.reading.encoding import decode

TEXT = "全市研发投入占地区生产总值比重达2.65%,新增高新技术企业120家。〇镕㎡—“引号”\xa0完"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
def test_every_usual_encoding_is_read_without_being_told(encoding: str) -> None:
    assert decode((TEXT * 9).encode(encoding)).text == TEXT * 9


@pytest.mark.parametrize("label", ["gb2312", "GBK", "cp936", "x-gbk", "gb18030", '"gb2312"'])
def test_every_gb_label_means_gb18030(label: str) -> None:
    decoded = decode(TEXT.encode("gb18030"), charset=label)
    assert (decoded.text, decoded.encoding, decoded.warnings) == (TEXT, "gb18030", ())


def test_the_lone_byte_80_is_a_euro_sign() -> None:
    assert decode("价格5".encode("gbk") + b"\x80" + "每件".encode("gbk")).text == "价格5€每件"


def test_row_26_a_wrong_declaration_is_noticed_and_not_followed() -> None:
    decoded = decode(TEXT.encode(), charset="gb2312")
    assert decoded.text == TEXT
    assert decoded.warnings == ("声明的编码是 gb18030，按内容认出的是 utf-8，已按内容解码，请核对文字。",)
    assert decode(TEXT.encode("gb18030"), charset="utf-8").text == TEXT


def test_row_26_the_meta_of_a_page_is_asked_and_may_lie() -> None:
    page = f'<meta charset="utf-8"><p>{TEXT}</p>'
    decoded = decode(page.encode("gb18030"), markup=True)
    assert (decoded.text, decoded.encoding) == (page, "gb18030")
    assert len(decoded.warnings) == 1


def test_an_unknown_label_is_no_harm() -> None:
    for label in ["klingon", "", "base64", "utf-7", "\0", "idna", "x" * 3000]:
        assert decode(TEXT.encode(), charset=label).text == TEXT


def test_big5_is_left_to_the_detector() -> None:
    text = "臺灣地區經濟發展計畫與科技創新政策說明" * 5
    assert decode(text.encode("big5")).text == text


def test_row_26_a_broken_byte_is_said_and_never_silent() -> None:
    document = read((TEXT * 5).encode()[:-1])
    assert document.text.count("\ufffd") == 1
    assert "有 1 处字节无法解码，显示为 \ufffd，请对照原文补正。" in document.warnings


def test_a_replacement_character_in_the_source_is_said_and_held_back() -> None:
    assert "扣留了 1 处解不出的残字，发布时以 █ 代替，请核对。" in read("通知\ufffd如下。".encode()).warnings


def test_bytes_that_are_no_text_are_refused_in_plain_words() -> None:
    with pytest.raises(Unreadable, match="认不出文件的文字编码"):
        read(bytes(range(128, 256)) * 20 + b"\xff\xff")


ACTUAL = ("utf-8", "utf-8-sig", "gbk", "gb18030", "gb2312", "utf-16", "utf-16-le", "utf-16-be")
DECLARED = (
    None,
    "utf-8",
    "gb2312",
    "gbk",
    "gb18030",
    "big5",
    "iso-8859-1",
    "windows-1252",
    "utf-16",
    "ascii",
    "x-none",
)
PLAIN = "关于印发2017年要点的通知。全市研发投入占地区生产总值比重达2.65%，新增高新技术企业120家。"


@pytest.mark.parametrize("actual", ACTUAL)
@pytest.mark.parametrize("declared", DECLARED)
def test_row_26_whatever_is_declared_no_character_is_lost_or_made_up(actual: str, declared: str | None) -> None:
    decoded = decode((PLAIN * 5).encode(actual), charset=declared)
    assert (decoded.text, "\ufffd" in decoded.text) == (PLAIN * 5, False)


def test_row_26_two_encodings_in_one_file_are_said_and_never_guessed_in_silence() -> None:
    for first, second in (("utf-8", "gb18030"), ("gb18030", "utf-8")):
        mixed = (PLAIN * 9 + "\n").encode(first) + PLAIN.encode(second)
        try:
            document = read(mixed)
        except Unreadable as refused:
            assert "编码" in str(refused)
        else:
            assert any("无法解码" in said or "编码" in said for said in document.warnings), (first, second)
