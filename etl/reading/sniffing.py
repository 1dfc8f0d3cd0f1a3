"""What a source is: by its first bytes, then by what the server said, then by its name."""

from __future__ import annotations

import re

from etl.reading.refusal import Unreadable

_HTML_START = re.compile(rb"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_HTML_TAG = re.compile(
    rb"<(?:div|p|br|table|td|span|a|meta|title|script|h[1-6]|ul|li|font|center)(?:\s[^<>]*)?/?>", re.I
)
_SOME_TAGS = 3
_SAMPLE = 65536

_KNOWN = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
)
_REFUSED = (
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF"), "图片或音视频"),
    ((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"PK\x07\x08"), "压缩包"),
    ((b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"#!"), "程序"),
    ((b"SQLite format 3", b"PAR1"), "数据库"),
)
_BY_TYPE = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
}
_BY_NAME = {
    "html": "html",
    "htm": "html",
    "shtml": "html",
    "xhtml": "html",
    "txt": "text",
    "text": "text",
    "md": "text",
}
_BINARY_NAMES = frozenset({"docx", "pdf", "doc", "wps"})


def sniff(data: bytes, name: str = "", media_type: str | None = None) -> str:
    """One of pdf, zip, ole, rtf, html, text; refuses what is surely none of them."""
    head = data[:1024]
    for magic, kind in _KNOWN:
        if head.startswith(magic):
            return kind
    _refuse(data, head)
    if b"%PDF-" in head:
        return "pdf"
    return "html" if _is_html(data, name, media_type) else "text"


def _refuse(data: bytes, head: bytes) -> None:
    for magics, what in _REFUSED:
        # Two letters alone could begin a text: what is binary has zero bytes soon after.
        if any(head.startswith(m) and (len(m) > 2 or b"\0" in head or m == b"#!") for m in magics):
            raise Unreadable(f"这是{what}文件，读不出公文，请提供网页、文本、DOCX 或 PDF。")
    if b"MIME-Version:" in head and b"multipart/related" in data[:4096]:
        raise Unreadable("这是浏览器存的单一文件网页（MHT），请改存为 HTML 后再试。")


def _is_html(data: bytes, name: str, media_type: str | None) -> bool:
    sample = data[:_SAMPLE].replace(b"\0", b"")
    if _HTML_START.match(sample.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")):
        return True
    tags = len(_HTML_TAG.findall(sample, 0))
    declared = _BY_TYPE.get((media_type or "").split(";")[0].strip().lower()) or _BY_NAME.get(extension(name))
    return tags > 0 if declared == "html" else tags >= _SOME_TAGS


def extension(name: str) -> str:
    """The lower-case ending of a file name or address, without query.

    >>> extension("https://example.cn/a/t1.DOCX?x=1")
    'docx'
    """
    last = re.split(r"[?#]", name)[0].rsplit("/", 1)[-1]
    return last.rsplit(".", 1)[-1].lower() if "." in last else ""


def expected(name: str) -> str | None:
    """The binary format that a name promises, if it does."""
    return extension(name) if extension(name) in _BINARY_NAMES else None
