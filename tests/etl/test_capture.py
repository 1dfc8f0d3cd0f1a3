"""Capturing takes files and public web addresses, within limits, and says plainly why it takes nothing else."""

import gzip
import hashlib
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from etl import fetching
from etl.capture import Capture, CaptureRefused, capture

PAGE = "<html><body>关于某事的通知</body></html>".encode("gb18030")
Answer = Callable[[BaseHTTPRequestHandler], None]


def say(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def drip(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.1)


def drip_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(100):
        handler.wfile.write(f"X-{number}: x\r\n".encode())
        handler.wfile.flush()
        time.sleep(0.1)


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b"x" * 65536)


def to(target: str) -> Answer:
    return lambda handler: say(handler, b"", 302, Location=target)


ANSWERS: dict[str, Answer] = {
    "/a.html": lambda h: say(h, PAGE, Content_Type="text/html; charset=GB2312"),
    "/bare": lambda h: say(h, PAGE),
    "/file": lambda h: say(h, PAGE, Content_Type="x", Content_Disposition="attachment; filename*=UTF-8''%E9%80%9A.doc"),
    "/packed": lambda h: say(h, gzip.compress(PAGE), Content_Encoding="gzip"),
    "/bomb": lambda h: say(h, gzip.compress(bytes(30 << 20)), Content_Encoding="gzip"),
    "/broken": lambda h: say(h, b"no gzip", Content_Encoding="gzip"),
    "/brotli": lambda h: say(h, b"x", Content_Encoding="br"),
    "/missing": lambda h: say(h, b"no", 404),
    "/empty": lambda h: say(h, b""),
    "/large": lambda h: say(h, bytes(2 << 20)),
    "/short": lambda h: say(h, b"x", Content_Length="100"),
    "/junk": lambda h: h.wfile.write(b"\0\1\2 nonsense\r\n\r\n") and None,
    "/drip": drip,
    "/drip-headers": drip_headers,
    "/endless": endless,
    "/to-page": to("a.html"),
    "/loop": to("/loop"),
    "/to-file": to("file:///etc/passwd"),
    "/to-private": to("http://10.0.0.1/secret"),
    "/to-nowhere": lambda h: say(h, b"x", 302),
    "/%E9%80%9A?a=%E4%B8%80": lambda h: say(h, PAGE),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        try:
            ANSWERS[self.path](self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *args: object) -> None:
        """Tests have nothing to log."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_page_is_captured_byte_for_byte_with_what_the_server_says(site: str) -> None:
    assert capture(f"{site}/a.html", allow_private=True) == Capture(
        PAGE, "text/html", "gb2312", f"{site}/a.html", "a.html", hashlib.sha256(PAGE).hexdigest()
    )


def test_a_server_that_says_nothing_leaves_it_open(site: str) -> None:
    found = capture(f"{site}/bare", allow_private=True)
    assert (found.media_type, found.charset, found.name) == (None, None, "bare")


def test_the_server_may_name_the_file_and_pack_the_body(site: str) -> None:
    assert capture(f"{site}/file", allow_private=True).name == "通.doc"
    assert capture(f"{site}/packed", allow_private=True).data == PAGE


def test_chinese_in_an_address_is_encoded(site: str) -> None:
    assert capture(f"{site}/通?a=一", allow_private=True).data == PAGE


def test_a_redirect_is_followed_and_its_end_recorded(site: str) -> None:
    assert capture(f"{site}/to-page", allow_private=True).url == f"{site}/a.html"


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/missing", "网站回答 404，没有取到"),
        ("/to-nowhere", "网站回答 302"),
        ("/empty", "是空的，没有采集"),
        ("/large", "超过 1 MB 的上限"),
        ("/endless", "超过 1 MB 的上限"),
        ("/bomb", "超过 1 MB 的上限"),
        ("/broken", "压缩数据已损坏"),
        ("/brotli", "不支持的压缩方式"),
        ("/short", "连接中断"),
        ("/junk", "连接中断"),
        ("/loop", "连续跳转超过 5 次"),
        ("/to-file", "只采集 http 和 https 网址，不采集 file://"),
    ],
)
def test_an_answer_that_is_no_source_is_refused_in_plain_words(site: str, path: str, sentence: str) -> None:
    with pytest.raises(CaptureRefused, match=sentence) as refused:
        capture(f"{site}{path}", allow_private=True, max_bytes=1 << 20, timeout=5)
    assert str(refused.value).endswith("。")


@pytest.mark.parametrize("path", ["/drip", "/drip-headers"])
def test_a_server_that_drips_is_left_at_the_deadline(site: str, path: str) -> None:
    began = time.monotonic()
    with pytest.raises(CaptureRefused, match=r"在 0.5 秒内没有传完"):
        capture(f"{site}{path}", allow_private=True, timeout=0.5)
    assert time.monotonic() - began < 2


def test_row_47_a_private_address_is_refused_before_anything_is_sent(site: str) -> None:
    port = site.rsplit(":", 1)[1]
    for host in ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"]:  # noqa: S104
        with pytest.raises(CaptureRefused, match=r"内部网络的地址，已拒绝访问|找不到网站"):
            capture(f"http://{host}:{port}/a.html")


@pytest.mark.parametrize(
    "host", ["10.0.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "[fe80::1]", "[64:ff9b::a00:1]"]
)
def test_row_47_every_kind_of_inner_address_is_refused(host: str) -> None:
    with pytest.raises(CaptureRefused, match="内部网络的地址"):
        capture(f"http://{host}/")


def test_row_47_a_redirect_to_a_private_address_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    loopback = fetching.ipaddress.ip_address("127.0.0.1")
    public = fetching.is_public
    monkeypatch.setattr(fetching, "is_public", lambda address: address == loopback or public(address))
    assert capture(f"{site}/to-page").data == PAGE
    with pytest.raises(CaptureRefused, match=r"10.0.0.1 指向内部网络的地址"):
        capture(f"{site}/to-private")


def test_row_47_a_name_that_changes_its_meaning_gets_nowhere(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(site.rsplit(":", 1)[1])
    asked: list[str] = []

    def rebinding(host: str, port: int, **kind: object) -> list[tuple[object, ...]]:
        asked.append(host)
        inner = "127.0.0.1" if len(asked) > 1 else "203.0.114.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (inner, port))]

    monkeypatch.setattr(fetching.socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(fetching.httpcore.SyncBackend, "connect_tcp", _refusing_to_resolve)
    with pytest.raises(CaptureRefused, match="连不上"):
        capture(f"http://rebinding.example:{port}/a.html")
    assert asked == ["rebinding.example"]


def _refusing_to_resolve(self: object, host: str, port: int, *rest: object) -> None:
    """Stands for the network: what it is asked to reach must be the address that was checked."""
    assert host == "203.0.114.1"
    raise fetching.httpcore.ConnectError(host)


def test_row_47_a_name_with_one_private_address_among_others_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("1.1.1.1", "10.0.0.1")]
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *a, **k: found)
    with pytest.raises(CaptureRefused, match="内部网络的地址"):
        capture("http://mixed.example/")


@pytest.mark.parametrize(
    ("where", "sentence"),
    [
        ("ftp://example.cn/a", "不采集 ftp://"),
        ("file:///etc/passwd", "不采集 file://"),
        ("http://", "写得不对"),
        ("http://a:b@example.cn/", "带有用户名"),
        ("http://example.cn:99999/", "写得不对"),
        ("http://[bad/", "写得不对"),
        ("http://no-such-host.invalid/", "找不到网站"),
        ("http://a..b/", "找不到网站|写得不对"),
    ],
)
def test_an_address_that_is_none_is_refused(where: str, sentence: str) -> None:
    with pytest.raises(CaptureRefused, match=sentence):
        capture(where)


def test_a_closed_port_is_said_to_be_out_of_reach() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(CaptureRefused, match="连不上"):
        capture(f"http://127.0.0.1:{port}/", allow_private=True)


def test_a_local_file_is_captured(tmp_path: Path) -> None:
    file = tmp_path / "通知.html"
    file.write_bytes(PAGE)
    assert capture(str(file)) == Capture(PAGE, None, None, None, "通知.html", hashlib.sha256(PAGE).hexdigest())


def test_files_that_are_no_source_are_refused_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "large").write_bytes(b"xx")
    os.mkfifo(tmp_path / "pipe")
    for name, sentence in [
        ("missing", "没有 .*missing 这个文件"),
        ("empty/below", "没有 .*below 这个文件"),
        ("", "是文件夹"),
        ("empty", "是空的"),
        ("large", "上限"),
        ("pipe", "不是普通文件"),
        ("n\0l", "读不了"),
        ("x" * 5000, "读不了"),
    ]:
        with pytest.raises(CaptureRefused, match=sentence):
            capture(str(tmp_path / name), max_bytes=1)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="没有 /proc,读取出错的提示没有测试")
def test_a_file_that_fails_while_it_is_read_is_refused() -> None:
    with pytest.raises(CaptureRefused, match="读不了 /proc/self/mem"):
        capture("/proc/self/mem")
