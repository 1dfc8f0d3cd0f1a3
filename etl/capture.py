"""A file or an address → its bytes as they are, with where they came from."""

from __future__ import annotations

import hashlib
import re
import stat
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

from etl.fetching import Fetcher, FetchError, Reply

MAX_BYTES = 50 << 20
TIMEOUT = 30.0
_MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_SAFE = "/%:@!$&'()*+,;=~-._"


@dataclass(frozen=True)
class Capture:
    """Captured bytes, never edited, with what the server or the file says of them."""

    data: bytes
    media_type: str | None
    charset: str | None
    url: str | None
    name: str
    sha256: str


class CaptureRefused(Exception):  # noqa: N818 — a source is refused, nothing went wrong
    """A source that isn't captured; its text is one plain sentence: why, and what to do."""


def capture(
    where: str, *, allow_private: bool = False, max_bytes: int = MAX_BYTES, timeout: float = TIMEOUT
) -> Capture:
    """Capture a local file or an http(s) address; raises `CaptureRefused` with a sentence for people."""
    if not _ADDRESS.match(where):
        return _from_file(where, max_bytes)
    try:
        fetcher = Fetcher(max_bytes=max_bytes, timeout=timeout, allow_private=allow_private)
        return _from_address(where, fetcher)
    except FetchError as error:
        raise CaptureRefused(str(error)) from error


def _from_file(where: str, max_bytes: int) -> Capture:
    path = Path(where)
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise CaptureRefused(f"{where} 是文件夹，请给出其中的文件。")
        if not stat.S_ISREG(found.st_mode):
            raise CaptureRefused(f"{where} 不是普通文件，没有采集。")
        if found.st_size > max_bytes:
            raise CaptureRefused(f"{where} 超过 {max_bytes / (1 << 20):g} MB 的上限，没有采集。")
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise CaptureRefused(f"没有 {where} 这个文件，请核对路径。") from error
    except (OSError, ValueError) as error:
        raise CaptureRefused(f"读不了 {where}，请检查文件的权限和路径。") from error
    return _captured(data, None, None, None, path.name)


def _from_address(address: str, fetcher: Fetcher) -> Capture:
    for _ in range(_MAX_REDIRECTS + 1):
        reply = fetcher.get(*_parts(address))
        target = reply.headers.get("location")
        if reply.status not in _REDIRECTS or not target:
            return _answered(reply, address)
        # Every step is checked like the first: the scheme here, the addresses when it connects.
        address = urljoin(address, target.encode("latin-1").decode("utf-8", "replace"))
    raise CaptureRefused(f"网址连续跳转超过 {_MAX_REDIRECTS} 次，没有采集，请给出最终的网址。")


def _parts(address: str) -> tuple[str, str, int | None, str]:
    """Scheme, host, port and target of an address, Chinese in it encoded; refuses any other than http(s).

    >>> _parts("https://例子.cn/公告?a=一")
    ('https', 'xn--fsqu00a.cn', None, '/%E5%85%AC%E5%91%8A?a=%E4%B8%80')
    """
    try:
        parts = urlsplit(address.strip())
        port, host = parts.port, parts.hostname or ""
        if host and not host.isascii():
            host = host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise CaptureRefused(f"网址 {address} 写得不对，请核对。") from error
    if parts.scheme not in {"http", "https"}:
        raise CaptureRefused(f"只采集 http 和 https 网址，不采集 {parts.scheme}:// 开头的地址。")
    if not host or re.search(r"[\s\x00-\x1f\x7f]", host) or parts.username is not None:
        raise CaptureRefused(f"网址 {address} 写得不对或带有用户名，请核对。")
    query = f"?{quote(parts.query, safe=_SAFE + '?')}" if parts.query else ""
    return parts.scheme, host, port, (quote(parts.path, safe=_SAFE) or "/") + query


def _answered(reply: Reply, address: str) -> Capture:
    if reply.status != 200:
        raise CaptureRefused(f"网站回答 {reply.status}，没有取到 {address}，请核对网址。")
    said = Message()
    said["Content-Type"] = reply.headers.get("content-type", "")
    said["Content-Disposition"] = reply.headers.get("content-disposition", "")
    media_type = said.get_content_type() if "/" in reply.headers.get("content-type", "") else None
    charset = said.get_content_charset() if media_type else None
    return _captured(reply.body, media_type, charset, address, _name(said.get_filename(), address))


def _name(given: str | None, address: str) -> str:
    """The file's name as the server gives it, else the last part of the address; never with a folder.

    >>> _name(None, "http://a.cn/x/%E9%80%9A%E7%9F%A5.docx?id=1"), _name("../../x.pdf", "http://a.cn/")
    ('通知.docx', 'x.pdf')
    """
    name = given or unquote(urlsplit(address).path)
    return re.sub(r"[\x00-\x1f\x7f]", "", name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1])[:200]


def _captured(data: bytes, media_type: str | None, charset: str | None, url: str | None, name: str) -> Capture:
    if not data:
        raise CaptureRefused(f"{url or name} 是空的，没有采集，请核对来源。")
    return Capture(data, media_type, charset, url, name, hashlib.sha256(data).hexdigest())
