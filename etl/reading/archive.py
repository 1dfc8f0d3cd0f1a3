"""Checks on a zip before anything in it is unpacked, and what kind of file it is."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from pathlib import PurePosixPath

from etl.reading import limits
from etl.reading.refusal import Unreadable

_NESTED = frozenset({".zip", ".rar", ".7z", ".jar", ".exe", ".dll", ".bin", ".docx", ".docm", ".gz", ".js", ".vbs"})
BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, EOFError, OSError, ValueError)
_OTHERS = (("xl/", "电子表格"), ("ppt/", "演示文稿"), ("ofd.xml", "OFD 版式文件"), ("content.xml", "ODF 文件"))
_ASK = "请用 Word 或 WPS 打开后另存为普通的 DOCX 再试。"


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive, if it is whole and harmless; nothing is unpacked here."""
    if b"%PDF-" in data[:1024]:
        raise Unreadable("文件同时是压缩包和 PDF，来路可疑，已拒绝读取。")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN as error:
        raise Unreadable("压缩格式已损坏，打不开，请重新下载或另存后再试。") from error
    _check_members(archive.infolist())
    return archive


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > limits.MAX_ZIP_MEMBERS:
        raise Unreadable(f"压缩包里有 {len(members)} 个文件，不像一份文档，已拒绝解开。")
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable("文件加了密码，请去掉密码后再试。")
    if any(_escapes(member.filename) for member in members):
        raise Unreadable("压缩包里的文件名想写到别的目录去，来路可疑，已拒绝解开。")
    if sum(member.file_size for member in members) > limits.MAX_ZIP_UNPACKED or any(map(_is_bomb, members)):
        raise Unreadable("文件解开后大得不正常（压缩炸弹），已拒绝解开。")


def _escapes(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    ratio = member.file_size / max(member.compress_size, 1)
    swollen = member.file_size > limits.MEGABYTE and ratio > limits.MAX_ZIP_RATIO
    return swollen or (_is_xml(member.filename) and member.file_size > limits.MAX_ZIP_XML)


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def require_document(archive: zipfile.ZipFile) -> None:
    """Refuse whatever zip is no plain DOCX: workbooks, macros, embedded objects, entity bombs."""
    names = {name.lower() for name in archive.namelist()}
    if "word/document.xml" not in names:
        raise Unreadable(_what_else(names))
    if any("vbaproject" in name or name.endswith("vbadata.xml") for name in names):
        raise Unreadable(f"文档里带有宏，不安全。{_ASK}")
    if any(PurePosixPath(name).suffix in _NESTED for name in names):
        raise Unreadable(f"文档里嵌有程序、对象或别的压缩包，不安全。{_ASK}")
    for member in archive.infolist():
        if _is_xml(member.filename):
            _check_xml(archive, member)


def _what_else(names: set[str]) -> str:
    for prefix, what in _OTHERS:
        if any(name.startswith(prefix) for name in names):
            return f"这是{what}，目前读不了，请另存为 DOCX 或 PDF 后再试。"
    return "这是压缩包，不是文档，请解开后提供里面的公文。"


def _check_xml(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """A part that declares entities is an attack: no word processor writes a document type."""
    try:
        text = archive.read(member)
    except BROKEN as error:
        raise Unreadable("压缩格式已损坏，打不开，请重新下载或另存后再试。") from error
    plain = text.replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise Unreadable("文档里声明了外部实体，不是正常的 DOCX，已拒绝解析。")
