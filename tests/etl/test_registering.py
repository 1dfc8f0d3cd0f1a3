"""What a capture leaves behind: the original, its row, and the earlier capture that it replaces."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from etl.capture import Capture, capture
from etl.declaration import load
from etl.inputs import read_sources
from etl.pipeline import prepare, read_notice
from etl.registering import Registered, known, register

QINGHE = Path(__file__).resolve().parents[1] / "collections" / "qinghe-joint"
PAGE = "<html><title>通知</title><body><div id='zoom'><p>{title}</p><p>1. 新建基地{n}个。</p></div></body></html>"
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@dataclass
class Site:
    """A site whose one page can be changed."""

    address: str
    page: str = PAGE.format(title="东塘县关于试点的通知", n=3)


@pytest.fixture
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = found.page.encode("gb18030")
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=gb2312")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    found = Site(f"http://127.0.0.1:{server.server_port}/kjj/2026-11/20/a.html")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass(frozen=True)
class Desk:
    """A copy of the fictional collection."""

    folder: Path
    private: Path

    def take(self, captured: Capture) -> Registered:
        facts = {"name": captured.name, "media_type": captured.media_type, "charset": captured.charset}
        reading = read_notice(captured.data, **facts)  # type: ignore[arg-type]
        return register(load(self.folder), captured, reading, self.private, NOON)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    shutil.copytree(QINGHE.parent, tmp_path / "datasets", ignore=shutil.ignore_patterns("data", "ids.csv"))
    return Desk(tmp_path / "datasets" / "qinghe-joint", tmp_path / "private")


def test_a_page_is_kept_byte_for_byte_with_where_and_when_it_was_found(desk: Desk, site: Site) -> None:
    done = desk.take(capture(site.address, allow_private=True))
    assert done.path.read_bytes() == site.page.encode("gb18030")
    assert done.path.parent == desk.folder / "sources"
    assert done.row in read_sources(load(desk.folder))
    assert {c: done.row[c] for c in ("url", "captured_at", "media_type", "encoding", "path_on", "replaced_by")} == {
        "url": site.address,
        "captured_at": "2026-11-21T12:00:00Z",
        "media_type": "text/html",
        "encoding": "gb18030",
        "path_on": "2026-11-20",
        "replaced_by": None,
    }
    assert known(load(desk.folder), done.row["sha256"]) == done.row["file"]
    assert known(load(desk.folder), "0" * 64) is None


def test_the_same_address_with_other_bytes_replaces_the_earlier_capture_on_record(desk: Desk, site: Site) -> None:
    first = desk.take(capture(site.address, allow_private=True))
    site.page = site.page.replace("<p>", "<p> \n ")
    second = desk.take(capture(site.address, allow_private=True))
    assert second.replaced == first.row["file"]
    assert first.path.exists()
    rows = {r["file"]: r["replaced_by"] for r in read_sources(load(desk.folder))}
    assert rows[first.row["file"]] == second.row["sha256"]
    prepared = prepare(load(desk.folder), desk.private)
    assert len(prepared.rows["source"]) == 4
    assert len(prepared.rows["notice"]) == 3


def test_two_notices_of_one_name_are_two_files(desk: Desk, tmp_path: Path) -> None:
    for n in (3, 4):
        (tmp_path / "a.html").write_text(PAGE.format(title="东塘县关于试点的通知", n=n), "utf-8")
        desk.take(capture(str(tmp_path / "a.html")))
    names = [r["file"] for r in read_sources(load(desk.folder)) if r["file"].startswith("2026-11-21-")]
    assert len(names) == 2
    assert names[0].removesuffix(".html") + "-2.html" in names or names[1].removesuffix(".html") + "-2.html" in names
