"""Old Word and WPS files, through LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from etl.document import Document
from etl.reading.docx import read_docx
from etl.reading.limits import OFFICE_SECONDS
from etl.reading.refusal import Unreadable

_ASK = "请用 Word 或 WPS 另存为 DOCX 后再试。"
_MEDIA_TYPES = {"ole": "application/msword", "rtf": "application/rtf"}
_FILTERS = {"ole": "MS Word 97", "rtf": "Rich Text Format"}
"""What LibreOffice reads a file as; left to itself it takes what is broken for plain text."""


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def read_office(data: bytes, kind: str) -> Document:
    """Read a .doc, .wps or .rtf; refuses what is locked, carries macros or is another kind of file."""
    if kind == "ole":
        _check_ole(data)
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise Unreadable(f"这是旧格式的 Word/WPS 文件，本机没有安装 LibreOffice，读不了。{_ASK}")
    document = read_docx(_converted(program, data, kind))
    return replace(document, media_type=_MEDIA_TYPES[kind])


def _check_ole(data: bytes) -> None:
    """The names of the streams tell what the file is, before any program opens it."""
    if _utf16("EncryptedPackage") in data:
        raise Unreadable("文件加了密码，请去掉密码后再试。")
    if _utf16("_VBA_PROJECT") in data or _utf16("Macros") in data:
        raise Unreadable(f"文档里带有宏，不安全。{_ASK}")
    if _utf16("WordDocument") not in data:
        raise Unreadable("这不是 Word/WPS 文字文件，读不出公文，请提供网页、文本、DOCX 或 PDF。")


def _converted(program: str, data: bytes, kind: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="reading-") as folder:
        source = Path(folder) / ("source.rtf" if kind == "rtf" else "source.doc")
        source.write_bytes(data)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [program, profile, "--headless", f"--infilter={_FILTERS[kind]}", "--convert-to", "docx"]
        try:
            subprocess.run(
                [*command, "--outdir", folder, str(source)], check=True, capture_output=True, timeout=OFFICE_SECONDS
            )
            return source.with_suffix(".docx").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise Unreadable(f"LibreOffice 打不开这个文件，可能已损坏。{_ASK}") from error
