"""One request over http(s) that only reaches public addresses, within a size and a deadline."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import httpcore

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_CHUNK = 65536

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class FetchError(Exception):
    """Why nothing was fetched, as one plain sentence."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered: the status, its headers in lower case, and the body within the limit."""

    status: int
    headers: dict[str, str]
    body: bytes


def is_public(address: Address) -> bool:
    """Whether an address is on the open internet, also one that is wrapped in another.

    >>> [is_public(ipaddress.ip_address(a)) for a in ("1.1.1.1", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1")]
    [True, False, False, False]
    """
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None and not is_public(inner):
            return False
    return address.is_global and not address.is_multicast


def resolve(host: str, port: int, *, allow_private: bool) -> list[str]:
    """Every address of a host; one that isn't public refuses them all."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"找不到网站 {host}，请核对网址或检查网络。") from error
    addresses = list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))
    if not allow_private and not all(is_public(ipaddress.ip_address(a)) for a in addresses):
        raise FetchError(f"{host} 指向内部网络的地址，已拒绝访问；确需采集内网网页时请明确允许。")
    return addresses


class _Deadline:
    """The moment by which all must be done."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self._end = seconds, time.monotonic() + seconds

    def left(self) -> float:
        """The seconds that remain; none left refuses."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise FetchError(f"网站在 {self.seconds:g} 秒内没有传完，请稍后再试。")
        return left


class _Stream(httpcore.NetworkStream):
    """A connection each of whose waits ends by the deadline, however slowly bytes drip in."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: _Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, self._deadline.left()), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Connects to the very address that was checked, so that a name can't change its meaning in between."""

    def __init__(self, deadline: _Deadline, allow_private: bool) -> None:
        self._inner, self._deadline, self._allow_private = httpcore.SyncBackend(), deadline, allow_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = resolve(host, port, allow_private=self._allow_private)
        for address in addresses[:-1]:
            try:
                return _Stream(self._inner.connect_tcp(address, port, self._deadline.left() / 2), self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return _Stream(self._inner.connect_tcp(addresses[-1], port, self._deadline.left()), self._deadline)


class Fetcher:
    """Requests that share one deadline and one limit of size."""

    def __init__(self, *, max_bytes: int, timeout: float, allow_private: bool) -> None:
        self._max_bytes = max_bytes
        self._deadline = _Deadline(timeout)
        self._backend = _Backend(self._deadline, allow_private)

    def get(self, scheme: str, host: str, port: int | None, target: str) -> Reply:
        """Ask for one address; redirects are the caller's to follow."""
        default = 443 if scheme == "https" else 80
        url = httpcore.URL(scheme=scheme.encode(), host=host.encode(), port=port or default, target=target.encode())
        name = f"[{host}]" if ":" in host else host
        headers: dict[bytes | str, bytes | str] = {
            "Host": name if port in {None, default} else f"{name}:{port}",
            "User-Agent": "open-notices (+capture of public notices)",
            "Accept": "*/*",
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        try:
            with httpcore.ConnectionPool(network_backend=self._backend, max_connections=1) as pool:
                request = httpcore.Request("GET", url, headers=headers)
                return self._reply(pool.handle_request(request))
        except httpcore.TimeoutException as error:
            raise FetchError(f"网站在 {self._deadline.seconds:g} 秒内没有传完，请稍后再试。") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError, OSError) as error:
            raise FetchError(f"连不上 {host} 或连接中断，请核对网址或稍后再试。") from error

    def _reply(self, response: httpcore.Response) -> Reply:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
        try:
            declared = headers.get("content-length", "")
            if declared.isdigit() and int(declared[:20]) > self._max_bytes:
                raise self._too_large()
            packed = self._limited(response.iter_stream())
            body = b"".join(self._limited(_unpacked(packed, headers.get("content-encoding", ""))))
        finally:
            response.close()
        return Reply(response.status, headers, body)

    def _limited(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        size = 0
        for chunk in chunks:
            size += len(chunk)
            if size > self._max_bytes:
                raise self._too_large()
            self._deadline.left()
            yield chunk

    def _too_large(self) -> FetchError:
        return FetchError(f"网页或文件超过 {self._max_bytes / (1 << 20):g} MB 的上限，没有采集。")


def _unpacked(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The body as it was before the server packed it unasked, a little at a time."""
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        yield from chunks
        return
    if name not in {"gzip", "x-gzip", "deflate"}:
        raise FetchError("网站用了不支持的压缩方式传送，没有采集，请在浏览器里另存后提供文件。")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        for chunk in chunks:
            while chunk:
                yield unpacker.decompress(chunk, _CHUNK)
                chunk = unpacker.unconsumed_tail
        yield unpacker.flush()
    except zlib.error as error:
        raise FetchError("网站传来的压缩数据已损坏，请稍后再试。") from error
