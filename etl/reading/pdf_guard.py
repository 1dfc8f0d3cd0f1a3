"""How far a PDF's packed streams would swell, found out before any program unpacks them."""

from __future__ import annotations

import re
import zlib

from etl.reading import limits
from etl.reading.refusal import Unreadable

_STREAM = re.compile(rb"stream\r?\n")
_DICTIONARY = 2048
_CHUNK = 1 << 20


def guard(data: bytes) -> None:
    """Refuse a PDF with a stream, or streams together, that unpack to more than a document can need."""
    total = 0
    for match in _STREAM.finditer(data):
        if data[max(0, match.start() - 3) : match.start()] == b"end":
            continue
        before = data[max(0, match.start() - _DICTIONARY) : match.start()]
        dictionary = before[before.rfind(b"obj") + 1 :]
        # Pictures are never unpacked here: only text and drawing streams are.
        if b"FlateDecode" in dictionary and not re.search(rb"/Subtype\s*/Image", dictionary):
            total += _unpacked_size(data, match.end())
        if total > limits.MAX_PDF_UNPACKED:
            raise Unreadable("PDF 解开后大得不正常（压缩炸弹），已拒绝读取。")


def _unpacked_size(data: bytes, start: int) -> int:
    """The size of one stream unpacked, counted a megabyte at a time and thrown away."""
    size, unpacker = 0, zlib.decompressobj()
    packed = data[start : start + _CHUNK]
    while packed and not unpacker.eof:
        try:
            size += len(unpacker.decompress(packed, _CHUNK))
        except zlib.error:
            return size
        if size > limits.MAX_PDF_STREAM:
            raise Unreadable("PDF 里有一段数据解开后大得不正常（压缩炸弹），已拒绝读取。")
        packed = unpacker.unconsumed_tail
        if not packed:
            start += _CHUNK
            packed = data[start : start + _CHUNK]
    return size
