"""What is counted, what is not, and that nothing of the asker is kept."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from portal.asgi import create
from portal.private import Private
from portal.published import Published
from portal.storage import Storage
from portal.storage.models import Base, PageViews, Usage
from portal.storage.usage import SITE, add_usage, add_views
from portal.usage.asked import Use, fetched, viewed
from portal.usage.counter import Counter
from portal.usage.day import today

BROWSER = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
}
CURL = {"User-Agent": "curl/8.5.0", "Accept": "*/*"}
ROW = "/targets/zjstb-rd-intensity.2017-321100-plan"
ONE, OTHER = "zhenjiang-stb", "qinghe-joint"


def kept(storage: Storage) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
    """The views by page, and the uses by collection and kind, of today."""
    with storage.session() as session:
        views = {v.path: v.views for v in session.scalars(select(PageViews))}
        used = {(u.collection, u.kind): u.times for u in session.scalars(select(Usage)) if u.day == today()}
    return views, used


def test_a_page_that_is_opened_is_counted_for_itself_its_collection_and_the_site(
    client: TestClient, private: Private
) -> None:
    with client:
        for path in (ROW, f"/en{ROW}", f"{ROW}?size=l", "/plans/"):
            assert client.get(path, headers=BROWSER).status_code == 200
    assert kept(private.storage) == ({ROW: 3}, {(SITE, "view"): 4, (ONE, "view"): 3})


def test_robots_prefetches_errors_programs_heads_and_files_of_pages_are_no_views(
    client: TestClient, private: Private
) -> None:
    with client:
        for agent in (
            "Baiduspider/2.0",
            "Mozilla/5.0 (compatible; bingbot/2.0)",
            "HeadlessChrome/150",
            "",
            "curl/8.5.0",
        ):
            client.get(ROW, headers={**BROWSER, "User-Agent": agent})
        client.get(ROW, headers={**BROWSER, "Sec-Purpose": "prefetch;prerender"})
        client.get(ROW, headers={**BROWSER, "Sec-Fetch-Dest": "empty"})
        client.get(f"{ROW}-none", headers=BROWSER)
        client.head(ROW, headers=BROWSER)
        client.get("/static/portal.css", headers=BROWSER)
        client.get("/account/login", headers=BROWSER)
    assert kept(private.storage) == ({}, {})


def test_downloads_calls_and_queries_are_counted_by_collection_and_kind(client: TestClient, private: Private) -> None:
    with client:
        for path in (
            f"/catalogue/{ONE}/target.csv",
            f"/catalogue/{ONE}/target.json",
            f"/catalogue/{ONE}/{ONE}.db",
            f"/catalogue/{ONE}/datapackage.json",
            f"{ROW}.json",
            f"/data/{ONE}.json?sql=select+1",
            "/search.json?q=研发",
        ):
            assert client.get(path, headers=CURL).status_code == 200, path
    counted = {(ONE, kind): 1 for kind in ("csv", "json", "sqlite", "sql")} | {(ONE, "api"): 2, (SITE, "api"): 1}
    assert kept(private.storage) == ({}, counted)


def test_a_robot_that_downloads_is_not_counted_and_a_file_that_is_already_there_neither(
    client: TestClient, private: Private
) -> None:
    path = f"/catalogue/{ONE}/target.csv"
    with client:
        tag = client.get(path, headers={**CURL, "User-Agent": "GPTBot/1.2"}).headers["ETag"]
        assert client.get(path, headers={**CURL, "If-None-Match": tag}).status_code == 304
        assert client.get(path, headers={**CURL, "Range": "bytes=100-"}).status_code == 206
        assert client.get(path, headers={**CURL, "Range": "bytes=0-99"}).status_code == 206
    assert kept(private.storage) == ({}, {(ONE, "csv"): 1})


@pytest.mark.parametrize(
    ("path", "query", "counted"),
    [
        (f"/releases/{ONE}/1.0.0/data/target.csv", b"", (ONE, "csv")),
        (f"/releases/{ONE}/1.0.0/{ONE}-1.0.0.zip", b"", (ONE, "zip")),
        (f"/releases/{ONE}/1.0.0/data/target.parquet", b"", (ONE, "parquet")),
        (f"/releases/{ONE}/1.0.0/manifest.json", b"", (ONE, "api")),
        (f"/releases/{ONE}/1.0.0/{ONE}-1.0.0.zip.minisig", b"", (ONE, "api")),
        (f"/releases/{ONE}.json", b"", (ONE, "api")),
        (f"/data/{ONE}-v1-2-0.db", b"", (ONE, "sqlite")),
        (f"/data/{ONE}-v1-2-0/target.csv", b"_size=max", (ONE, "csv")),
        (f"/data/{ONE}-v1-2-0.csv", b"x=1&sql=select+1", (ONE, "sql")),
        (f"/catalogue/{OTHER}/target.csv", b"", (OTHER, "csv")),
        (f"/catalogue/{ONE}/data/target.csv", b"", (ONE, "csv")),
        ("/catalogue/nothing/target.csv", b"", None),
        ("/api/3/action/package_list", b"", (SITE, "api")),
        ("/usage.json", b"", None),
        ("/robots.txt", b"", None),
    ],
)
def test_an_address_tells_what_is_fetched(
    published: Published, path: str, query: bytes, counted: tuple[str, str] | None
) -> None:
    assert fetched(published, path, query) == (Use((counted,)) if counted else None)


def test_pages_that_show_their_views_are_those_of_rows_notices_datasets_and_threads(published: Published) -> None:
    paths = (f"{ROW}@1.0.0", "/notices/zjstb-zkd-2017-13", f"/catalogue/{ONE}/", "/plans/2017", f"{ROW}/history")
    found = [viewed(published, p) for p in paths]
    assert [f.page if f else None for f in found] == [ROW, paths[1], paths[2], None, None]


def test_several_processes_add_up_on_either_database(any_storage: Storage) -> None:
    day = date(2026, 11, 24)

    def write() -> None:
        for _ in range(10):
            counter = Counter()
            for _ in range(3):
                counter.count(day, [(ONE, "view"), (ONE, "csv")], ROW)
            counter.write_down(any_storage)

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with any_storage.session() as session:
        assert [(v.path, v.views) for v in session.scalars(select(PageViews))] == [(ROW, 120)]
        used = session.scalars(select(Usage).order_by(Usage.kind))
        assert [(u.day, u.kind, u.times) for u in used] == [(day, "csv", 120), (day, "view", 120)]


def test_what_can_not_be_written_down_is_counted_the_next_time(private: Private) -> None:
    counter = Counter()
    counter.count(today(), [(SITE, "view")], ROW)
    with private.storage.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE usage RENAME TO away")
    with pytest.raises(Exception, match="usage"):
        counter.write_down(private.storage)
    with private.storage.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO usage")
    assert counter.write_down(private.storage)
    assert not counter.write_down(private.storage)
    assert kept(private.storage) == ({ROW: 1}, {(SITE, "view"): 1})


def test_nothing_of_the_asker_is_kept(client: TestClient, private: Private) -> None:
    with client:
        client.get(ROW, headers={**BROWSER, "X-Forwarded-For": "198.51.100.7", "Cookie": "who=somebody"})
    with private.storage.engine.connect() as connection:
        rows = [list(connection.execute(select(t))) for t in Base.metadata.sorted_tables]
    written = repr(rows)
    assert [w for w in ("198.51.100.7", "testclient", "somebody", "Mozilla", "Firefox") if w in written] == []
    assert ROW in written


def test_figures_are_those_last_written_down_and_reading_writes_nothing(client: TestClient, private: Private) -> None:
    with private.storage.session() as session:
        add_views(session, {ROW: 41})
        add_usage(session, {(today(), SITE, "view"): 1234, (date(2020, 1, 1), SITE, "view"): 20_000})
    with private.storage.engine.connect() as connection:
        before = connection.exec_driver_sql("PRAGMA data_version").scalar()
        page = client.get(ROW, headers=BROWSER).text
        assert connection.exec_driver_sql("PRAGMA data_version").scalar() == before
    assert '浏览 <data class="figure" value="41">41</data> 次' in page
    assert '今日访问 <data class="figure" value="1234">1234</data> 次' in page
    assert '总访问量 <data class="figure" value="21234">21,234</data> 次' in page


def test_more_views_do_not_make_a_copy_of_a_page_stale(published: Published, site: object, private: Private) -> None:
    def asked() -> TestClient:
        return TestClient(create(published, site, private), base_url="http://127.0.0.1:8000")  # type: ignore[arg-type]

    first = asked().get(ROW, headers=BROWSER)
    with private.storage.session() as session:
        add_views(session, {ROW: 7})
        add_usage(session, {(today(), SITE, "view"): 7})
    assert ">7</data>" in asked().get(ROW, headers=BROWSER).text
    again = asked().get(ROW, headers={**BROWSER, "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_a_page_is_shown_where_the_figures_can_not_be_had(client: TestClient, private: Private) -> None:
    with private.storage.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE page_views")
        connection.exec_driver_sql("DROP TABLE usage")
    page = client.get(ROW, headers=BROWSER)
    assert (page.status_code, "浏览 <" in page.text, "今日访问" in page.text) == (200, False, False)
