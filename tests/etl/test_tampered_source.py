"""Row 18 of the threats: a page that changed between two captures is a new source, and an editor sees it first."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from etl.releasing.current import current
from tests.conftest import ROOT, Deployment
from tests.etl.commanding import Etl, commanding

NAME = "qinghe-joint"
BEFORE, AFTER = "茶叶产量增长8%以上", "茶叶产量增长9%以上"
PAGE = (ROOT / "tests/collections" / NAME / "sources/2021-03-lianhe.txt").read_text("utf-8") + "\n（网站刊载）\n"


class Pages(ThreadingHTTPServer):
    """A web site of one page, which somebody may alter."""

    page = PAGE.encode()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        page = self.server.page  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("Content-Length", str(len(page)))
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *args: object) -> None:
        """Tests have nothing to log."""


@pytest.fixture
def pages() -> Iterator[Pages]:
    with Pages(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def etl(deployment: Deployment, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Etl:
    return commanding(deployment, monkeypatch, capsys)


def test_row_18_one_altered_byte_is_shown_and_waits_for_an_editor(
    etl: Etl, deployment: Deployment, pages: Pages
) -> None:
    capture = ("capture", "--allow-private", "--collection", NAME, f"http://127.0.0.1:{pages.server_port}/a.txt")
    assert etl(*capture).code == 0
    assert etl("release", NAME).code == 0
    assert "没有重复收录" in etl(*capture).out

    pages.page = PAGE.replace(BEFORE, AFTER).encode()
    assert [a != b for a, b in zip(pages.page, PAGE.encode(), strict=True)].count(True) == 1
    again = etl(*capture)
    assert (again.code, "，替换先前收录的 " in again.out) == (0, True)
    built = etl("build", NAME)
    assert "仍提供 1.0.0；运行 etl release 发布为 1.1.0" in built.out
    assert served(deployment) == ("1.0.0", True, False)

    shown = etl("release", "--dry-run", NAME).out
    assert BEFORE in shown and AFTER in shown
    assert served(deployment) == ("1.0.0", True, False)
    assert etl("release", NAME).code == 0
    assert served(deployment)[0] == "1.1.0"


def served(deployment: Deployment) -> tuple[str, bool, bool]:
    """The version that is served, and whether it has the words of before and those of after."""
    found = current(deployment.releases, NAME)
    assert found is not None
    files = [path.read_bytes() for path in found.folder.rglob("*") if path.is_file() and path.suffix != ".zip"]
    return found.version, *(any(words.encode() in data for data in files) for words in (BEFORE, AFTER))  # type: ignore[return-value]
