"""What a capture leaves behind: the original, its row, and the earlier capture that it replaces."""

from __future__ import annotations

import csv
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from etl.batch import Reading
from etl.capture import Capture, capture
from etl.declaration import load
from etl.inputs import read_sources
from etl.pipeline import prepare, read_notice
from etl.registering import Register, Registered

QINGHE = Path(__file__).resolve().parents[1] / "collections" / "qinghe-joint"
Captured = tuple[Capture, Reading]
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
        with Register(load(self.folder), self.private) as register:
            return register.take(captured, reading, NOON)


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
    register = Register(load(desk.folder), desk.private)
    assert register.known(done.row["sha256"]) == done.row["file"]
    assert register.known("0" * 64) is None


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


def pages(folder: Path, count: int) -> list[Captured]:
    """So many pages, captured and read."""
    found = []
    for n in range(count):
        (folder / f"{n}.html").write_text(PAGE.format(title=f"东塘县关于第{n}批试点的通知", n=n + 2), "utf-8")
        captured = capture(str(folder / f"{n}.html"))
        found.append((captured, read_notice(captured.data, name=captured.name)))
    return found


def test_each_source_is_on_record_at_once_and_all_are_in_order_at_the_end(desk: Desk, tmp_path: Path) -> None:
    before = (desk.folder / "sources.csv").read_text("utf-8")
    with Register(load(desk.folder), desk.private) as register:
        for number, (captured, reading) in enumerate(pages(tmp_path, 3), 1):
            file = register.take(captured, reading, NOON).row["file"]
            text = (desk.folder / "sources.csv").read_text("utf-8")
            assert text.startswith(before)
            assert [r["file"] for r in read_sources(load(desk.folder))][-1] == file
            assert text.count("\n") == before.count("\n") + number
    files = [r["file"] for r in read_sources(load(desk.folder))]
    assert (len(files), files) == (5, sorted(files))


def test_the_beginning_of_a_line_that_a_killed_capture_left_is_taken_away(desk: Desk, tmp_path: Path) -> None:
    list_of_sources = desk.folder / "sources.csv"
    before = list_of_sources.read_bytes()
    list_of_sources.write_bytes(before + b"2026-11-21-a.html,,0123")
    register = Register(load(desk.folder), desk.private)
    assert register.known("0123") is None
    assert list_of_sources.read_bytes() == before
    [(captured, reading)] = pages(tmp_path, 1)
    assert register.take(captured, reading, NOON).row in read_sources(load(desk.folder))


def test_a_list_that_people_wrote_otherwise_or_change_meanwhile_is_kept(desk: Desk, tmp_path: Path) -> None:
    list_of_sources = desk.folder / "sources.csv"
    with list_of_sources.open(encoding="utf-8", newline="") as file:
        [header, first, second] = csv.reader(file)
    shuffled = [row[::-1] for row in (header, first, second)]
    list_of_sources.write_text("\r\n".join(",".join(row) for row in shuffled), "utf-8")
    with Register(load(desk.folder), desk.private) as register:
        for captured, reading in pages(tmp_path, 2):
            register.take(captured, reading, NOON)
            text = list_of_sources.read_text("utf-8").replace(first[0], "renamed.txt")
            list_of_sources.write_text(text, "utf-8")
    files = [r["file"] for r in read_sources(load(desk.folder))]
    assert len(files) == 4
    assert {"renamed.txt", second[0]} <= set(files)
