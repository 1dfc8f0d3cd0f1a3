"""Small valid sources of every format, from which broken ones are made."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import docx
import fpdf

LINES = (
    "关于做好2017年试点工作的通知",
    "各有关单位：",
    "一、总体目标。全市研发投入占比达到2.65%，新建基地3-5个。",
    "1. 由市科技局牵头，6月底前完成。",
    "某市科学技术局",
    "2017年2月15日",
)
TEXT = "\n".join(LINES)
_TABLE = "<table><tr><td>序号</td><td>目标</td></tr><tr><td>1</td><td>20项</td></tr></table>"
_HIDDEN = '<div style="position:absolute;left:-999px"><a href="http://bet.example.com">x</a></div>'
HTML = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{LINES[0]}</title></head><body>
<div class="nav"><a href="/">首页</a></div><h1>{LINES[0]}</h1><div class="TRS_Editor">
{"".join(f"<p>{line}</p>" for line in LINES[1:])}{_TABLE}</div>{_HIDDEN}</body></html>"""


def seeds() -> dict[str, bytes]:
    """A source of each format by the name that it would have."""
    return {
        "a.txt": TEXT.encode(),
        "b.txt": TEXT.encode("gb18030"),
        "c.txt": TEXT.encode("utf-16"),
        "a.html": HTML.encode(),
        "b.html": HTML.replace("utf-8", "gbk").encode("gbk"),
        "a.docx": _word(),
        "a.pdf": _print(),
        "a.rtf": b"{\\rtf1\\ansi " + TEXT.encode("gbk") + b"}",
        "a.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + bytes(600),
    }


def _word() -> bytes:
    document, stream = docx.Document(), io.BytesIO()
    for line in LINES:
        document.add_paragraph(line)
    document.add_paragraph("新建基地5个。", style="List Number")
    table = document.add_table(2, 2)
    for number, text in enumerate(("序号", "目标", "1", "20项")):
        table.cell(number // 2, number % 2).text = text
    document.save(stream)
    return stream.getvalue()


def _print() -> bytes:
    """A PDF without fonts of its own, so that it is the same everywhere."""
    sheet = fpdf.FPDF()
    sheet.set_creation_date(datetime(2017, 2, 15, tzinfo=UTC))
    sheet.add_page()
    sheet.set_font("helvetica", size=12)
    for number in range(4):
        sheet.cell(0, 10, f"{number}. Build {number + 3} bases by 2017, share of 2.65%", new_x="LMARGIN", new_y="NEXT")
    return bytes(sheet.output())


def with_xml(change: bytes, by: bytes, part: str = "word/document.xml") -> bytes:
    """The Word document with something in one of its parts replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_word())) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            data = old.read(member)
            new.writestr(member.filename, data.replace(change, by, 1) if member.filename == part else data)
    return stream.getvalue()


def corpus(folder: Path) -> None:
    """Write the seeds into a folder, for a fuzzer to start from."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in seeds().items():
        (folder / name).write_bytes(data)
