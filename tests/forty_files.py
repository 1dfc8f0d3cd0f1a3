"""Forty files as an editor would drop them into a folder: five sites, Word, PDF, a scan, a broken one, bad ones."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import fpdf
from PIL import Image

FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
ID_NUMBER = "11010119900307123"
GAMBLING = "www.90817263-bet.com"
_HEAD = "<html><head><meta charset='{charset}'>"
SITES: tuple[str, ...] = (
    _HEAD + "<title>{title}-青禾县政府</title></head><body><div class='nav'>首页 机构</div><h1>{title}</h1>"
    "<div class='TRS_Editor'>{body}</div><div class='footer'>版权所有 青禾县政府</div></body></html>",
    _HEAD + "<meta name='PubDate' content='2021-03-0{day}'></head><body><div class='crumb'>首页 &gt; 通知</div>"
    "<h2>{title}</h2><div id='zoom'>{body}</div></body></html>",
    "<html><head><meta http-equiv='Content-Type' content='text/html; charset={charset}'></head><body><table><tr><td>"
    "<center class='title'>{title}</center></td></tr><tr><td class='content'>{body}</td></tr></table></body></html>",
    "<!DOCTYPE html>" + _HEAD + "</head><body><header><a href='/'>首页</a></header><article><h1>{title}</h1>"
    "<div class='article-content'>{body}</div></article><aside>相关链接</aside></body></html>",
    _HEAD + "<title>{title}</title></head><body><p align='center'><font size='5'>{title}</font></p>"
    "<font>{body}</font></body></html>",
)


def make_forty(folder: Path) -> list[str]:
    """Write the files and give their names, in the order in which a folder lists them."""
    folder.mkdir(parents=True)
    for name, data in (*_pages(), *_papers(), *_texts(), *_odd()):
        (folder / name).write_bytes(data)
    return sorted(path.name for path in folder.iterdir())


def title(number: int) -> str:
    """The title of the notice of that number: no two are alike."""
    return f"关于做好第{number}批乡村建设试点工作的通知"


def lines(number: int) -> list[str]:
    """The paragraphs of a notice with two tasks and two targets."""
    return [
        "各乡镇人民政府，县各有关单位：",
        "为做好试点工作，现将有关事项通知如下。",
        f"一、加强基地建设。今年全县新建示范基地{number + 10}个，由县农业农村局牵头。",
        f"二、加大投入力度。2021年全县农业投入达到{number + 20}亿元以上。",
        "青禾县发展和改革局",
        f"2021年3月{number % 28 + 1}日",
    ]


def _pages() -> Iterator[tuple[str, bytes]]:
    for number in range(25):
        charset = "gbk" if number in (3, 11) else "utf-8"
        body = "".join(f"<p>{line}</p>" for line in lines(number))
        html = SITES[number % 5].format(charset=charset, title=title(number), body=body, day=number % 9 + 1)
        yield f"page-{number:02}.html", html.encode(charset)


def _papers() -> Iterator[tuple[str, bytes]]:
    for number in range(30, 35):
        yield f"word-{number}.docx", _word(number)
    for number in range(40, 44):
        yield f"print-{number}.pdf", _print(number)


def _texts() -> Iterator[tuple[str, bytes]]:
    for number in (50, 51):
        yield f"text-{number}.txt", "\n".join([title(number), *lines(number)]).encode()


def _odd() -> Iterator[tuple[str, bytes]]:
    """One scan, one broken file, one page with hidden links, one with citizens' ID numbers."""
    yield "scan.pdf", _scan()
    yield "broken.docx", _word(60)[:2000]
    body = "".join(f"<p>{line}</p>" for line in lines(61))
    hidden = f"<div style='position:absolute;left:-9999px'><a href='http://{GAMBLING}/'>澳门博彩 {GAMBLING}</a></div>"
    yield "links.html", SITES[0].format(charset="utf-8", title=title(61), body=body + hidden, day=1).encode()
    people = f"<p>入选人员：张某，身份证号{ID_NUMBER}{_checksum(ID_NUMBER)}。</p>"
    yield "people.html", SITES[1].format(charset="utf-8", title=title(62), body=body + people, day=1).encode()


def _word(number: int) -> bytes:
    """A document with numbers that Word works out itself, and a task table."""
    document = docx.Document()
    document.add_paragraph(title(number))
    document.add_paragraph("各乡镇人民政府：")
    for text in (f"全县新建示范基地{number}个。", f"培训农民{number * 10}人次。"):
        document.add_paragraph(text, style="List Number")
    rows = (("序号", "目标任务", "责任单位", "完成时限"), ("1", f"新建大棚{number}座", "县农业农村局", "6月底前"))
    table = document.add_table(len(rows), 4)
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            table.cell(i, j).text = text
    return _saved(document.save)


def _print(number: int) -> bytes:
    sheet = fpdf.FPDF()
    sheet.add_font("cjk", fname=str(FONT), collection_font_number=2)
    sheet.set_font("cjk", size=12)
    sheet.add_page()
    for line in (title(number), *lines(number)):
        sheet.multi_cell(0, 8, line, align="L", new_x="LMARGIN", new_y="NEXT")
    return bytes(sheet.output())


def _scan() -> bytes:
    sheet = fpdf.FPDF()
    sheet.add_page()
    sheet.image(Image.new("RGB", (60, 80), "gray"), w=150)
    return bytes(sheet.output())


def _saved(save: Callable[[io.BytesIO], None]) -> bytes:
    stream = io.BytesIO()
    save(stream)
    return stream.getvalue()


def _checksum(digits: str) -> str:
    """The last sign of an ID number (GB 11643)."""
    total = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(digits))
    return "10X98765432"[total % 11]
