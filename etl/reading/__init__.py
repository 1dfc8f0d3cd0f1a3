"""Bytes → `Document`: the text, where each character came from, what is furniture, what is held back."""

from __future__ import annotations

from dataclasses import replace

from etl.document import Document
from etl.reading.docx import read_docx
from etl.reading.encoding import decode
from etl.reading.finishing import finish
from etl.reading.html import read_html
from etl.reading.limits import MAX_BYTES, MAX_TEXT_BYTES, MEGABYTE
from etl.reading.office import read_office
from etl.reading.pdf import read_pdf
from etl.reading.plain import lay_out
from etl.reading.refusal import Unreadable
from etl.reading.sniffing import expected, extension, sniff

__all__ = ["Unreadable", "read"]

_PROMISED = {"zip": "docx", "pdf": "pdf"}


def read(data: bytes, *, name: str = "", media_type: str | None = None, charset: str | None = None) -> Document:
    """Read one source; raises `Unreadable` with a sentence for people, and nothing else."""
    if not data.strip(b"\0 \t\r\n"):
        raise Unreadable("文件是空的，请核对后重新提供。")
    _check_size(data, MAX_BYTES)
    kind = sniff(data, name, media_type)
    document = _read(kind, data, charset)
    promised = expected(name)
    if promised and kind not in {"ole", "rtf"} and promised != _PROMISED.get(kind):
        said = f"文件名以 .{extension(name)} 结尾，内容却是 {document.media_type}，已按内容读取，请核对来源。"
        return replace(document, warnings=(*document.warnings, said))
    return document


def _read(kind: str, data: bytes, charset: str | None) -> Document:
    if kind == "html":
        return read_html(data, charset)
    if kind == "pdf":
        return read_pdf(data)
    if kind == "zip":
        return read_docx(data)
    if kind in {"ole", "rtf"}:
        return read_office(data, kind)
    return _text(data, charset)


def _check_size(data: bytes, most: int) -> None:
    if len(data) > most:
        raise Unreadable(f"文件有 {len(data) / MEGABYTE:.1f} MB，超过 {most // MEGABYTE} MB 的上限，请拆分后再试。")


def _text(data: bytes, charset: str | None) -> Document:
    _check_size(data, MAX_TEXT_BYTES)
    decoded = decode(data, charset=charset)
    return finish(lay_out(decoded), media_type="text/plain", encoding=decoded.encoding)
