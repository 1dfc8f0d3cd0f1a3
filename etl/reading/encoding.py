"""Bytes → text: BOM, then what is declared, then strict UTF-8, then GB18030, last a detector."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache

import cchardet

from etl.reading.refusal import Unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_GB = re.compile(r"(x-)?(gb|cp936|936$|ms936|windows-936|chinese$|csgb|iso-ir-58)", re.IGNORECASE)
_SAMPLE = 8000
# From this length on, text in another encoding is not valid UTF-8 by chance.
_SURE = 200
_PLAUSIBLE = 0.6
# Below this share of usual characters what GB18030 makes of the bytes is no Chinese text.
_MAX_STRANGE = 0.3
_MAX_LOST = 0.05


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text, the encoding that was used, and what is doubtful about it."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, *, charset: str | None = None, markup: bool = False) -> Decoded:
    """The text of `data`; `charset` is what the server said, with `markup` a <meta> is asked too."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _with_losses(data[len(bom) :], encoding, ())
    declared = _known(charset) or (_known(_meta_charset(data)) if markup else None)
    found = _wide(data) or _choose(data, declared)
    warnings: tuple[str, ...] = ()
    if declared and found != declared and not data.isascii():
        warnings = (f"声明的编码是 {declared}，按内容认出的是 {found}，已按内容解码，请核对文字。",)
    return _with_losses(data, found, warnings)


def _meta_charset(data: bytes) -> str | None:
    match = _META.search(data[:4096])
    return match[1].decode("ascii") if match else None


def _known(label: str | None) -> str | None:
    """Python's name of a declared encoding; every gb* label means GB18030, what isn't known means nothing.

    >>> _known("gb2312"), _known("GBK"), _known("x-unknown")
    ('gb18030', 'gb18030', None)
    """
    name = (label or "").strip().strip("\"'")
    if _GB.match(name):
        return "gb18030"
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    is_text = getattr(info, "_is_text_encoding", True)
    return info.name if is_text and info.name not in {"idna", "punycode", "undefined", "utf-7"} else None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a BOM shows by its zero bytes, which stand on one side of each pair."""
    sample = data[:_SAMPLE]
    if len(sample) < 4 or len(data) % 2 or 0 not in sample:
        return None
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    if min(odd, even) * 10 > max(odd, even) or max(odd, even) * 50 < len(sample):
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    return encoding if _strict(data, encoding) is not None else None


def _choose(data: bytes, declared: str | None) -> str:
    """The encoding under which the bytes are valid and read as Chinese."""
    if declared in (None, "utf-8") and len(data) >= _SURE and _valid(data, "utf-8"):
        return "utf-8"
    candidates = list(dict.fromkeys(e for e in (declared, "utf-8", "gb18030") if e))
    for encoding in candidates:
        if _valid(data, encoding) and _score(data, encoding) >= _PLAUSIBLE:
            return encoding
    detected = _known(cchardet.detect(data[:_SAMPLE])["encoding"])
    # Big5 is written in other characters than the plausible ones; only the detector can tell it.
    wanted = 0.0 if detected and detected.startswith("big5") else _PLAUSIBLE
    if detected and _valid(data, detected) and _score(data, detected) >= wanted:
        return detected
    return max(candidates, key=lambda e: (_score(data, e), _valid(data, e)))


def _score(data: bytes, encoding: str) -> float:
    return plausibility(_decode(data[:_SAMPLE], encoding))


def _valid(data: bytes, encoding: str) -> bool:
    return "\ufffd" not in _decode(data, encoding) if encoding == "gb18030" else _strict(data, encoding) is not None


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, ValueError):
        return None


@cache
def _gb_errors() -> str:
    """A handler that reads the lone byte 0x80 as €, as browsers do, and marks every other bad byte."""

    def handler(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        return ("€" if error.object[error.start] == 0x80 else "\ufffd"), error.start + 1

    codecs.register_error("etl-reading-gb", handler)
    return "etl-reading-gb"


def _decode(data: bytes, encoding: str) -> str:
    return data.decode(encoding, errors=_gb_errors() if encoding == "gb18030" else "replace")


def plausibility(text: str) -> float:
    """The share of the characters beyond ASCII that usual Chinese text consists of; 1.0 for pure ASCII.

    >>> plausibility("全市研发投入,2017"), plausibility("鍏ㄥ競鐮斿彂") < 0.6
    (1.0, True)
    """
    foreign = [c for c in text if c > "\x7f"]
    if not foreign:
        return 1.0
    return sum(map(_usual().__contains__, foreign)) / len(foreign)


@cache
def _usual() -> frozenset[str]:
    """The signs and the first level of GB 2312, spaces and dashes: 97 % and more of any modern text."""
    rows = [*range(0xA1, 0xA4), *range(0xB0, 0xD8)]
    cells = (bytes([row, cell]).decode("gb2312", "ignore") for row in rows for cell in range(0xA1, 0xFF))
    return frozenset([*cells, *"\xa0—–€①②③④⑤⑥⑦⑧⑨⑩"])


def _with_losses(data: bytes, encoding: str, warnings: tuple[str, ...]) -> Decoded:
    text = _decode(data, encoding)
    lost = text.count("\ufffd")
    foreign = encoding == "gb18030" and plausibility(text[:_SAMPLE]) < (_PLAUSIBLE if lost > 1 else _MAX_STRANGE)
    if (lost > 1 and lost > _MAX_LOST * len(text)) or (foreign and len(text) > _SURE):
        raise Unreadable("认不出文件的文字编码，请用 UTF-8 或 GB18030 另存后再试。")
    if lost:
        warnings += (f"有 {lost} 处字节无法解码，显示为 \ufffd，请对照原文补正。",)
    elif "锟斤拷" in text or (encoding == "gb18030" and plausibility(text[:_SAMPLE]) < _PLAUSIBLE):
        warnings += (f"按 {encoding} 解出的文字不像通常的中文，可能是乱码，请核对。",)
    return Decoded(text, encoding, warnings)
