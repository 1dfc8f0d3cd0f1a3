"""Bytes → `Document`: the text, where each character came from, what is furniture, what is held back."""

from __future__ import annotations

from etl.document import Document
from etl.reading.encoding import decode
from etl.reading.finishing import finish
from etl.reading.html import read_html
from etl.reading.limits import MAX_BYTES, MAX_TEXT_BYTES, MEGABYTE
from etl.reading.plain import lay_out
from etl.reading.refusal import Unreadable
from etl.reading.sniffing import sniff

__all__ = ["Unreadable", "read"]


def read(data: bytes, *, name: str = "", media_type: str | None = None, charset: str | None = None) -> Document:
    """Read one source; raises `Unreadable` with a sentence for people, and nothing else."""
    if not data.strip(b"\0 \t\r\n"):
        raise Unreadable("文件是空的,请核对后重新提供。")
    _check_size(data, MAX_BYTES)
    if sniff(data, name, media_type) == "html":
        return read_html(data, charset)
    return _text(data, charset)


def _check_size(data: bytes, most: int) -> None:
    if len(data) > most:
        raise Unreadable(f"文件有 {len(data) / MEGABYTE:.1f} MB,超过 {most // MEGABYTE} MB 的上限,请拆分后再试。")


def _text(data: bytes, charset: str | None) -> Document:
    _check_size(data, MAX_TEXT_BYTES)
    decoded = decode(data, charset=charset)
    return finish(lay_out(decoded), media_type="text/plain", encoding=decoded.encoding)
