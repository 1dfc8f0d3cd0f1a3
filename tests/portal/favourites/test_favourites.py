"""Favourites: kept by members with their versions, in the browser by guests, taken over, taken along, deleted."""

from __future__ import annotations

import json

import pytest
from lxml import html
from sqlalchemy import select
from starlette.testclient import TestClient

from portal import personal
from portal.favourites.keeping import MOST, browsers
from portal.favourites.pages import page_at
from portal.private import Private
from portal.published import Published
from portal.storage.clock import now
from portal.storage.people import User
from portal.storage.usage import Favourite
from tests.portal.people import log_in, log_out, member, send

ROW = "/targets/zjstb-rd-intensity.2017-321100-plan"
NOTICE = "/notices/zjstb-zkd-2017-13"
LIST = "/account/favourites"


@pytest.fixture
def reader(asking: TestClient, private: Private) -> User:
    """A member who is logged in; somebody else keeps a page too."""
    noise = member(private, "旁人")
    with private.storage.session() as session:
        session.add(Favourite(user_id=noise.id, path=NOTICE, title="旁人的", version="1.0.0", kept_at=now()))
    mine = member(private, "读者")
    log_in(asking, private, mine)
    return mine


def kept(private: Private, user: User) -> list[tuple[str, str]]:
    with private.storage.session() as session:
        mine = select(Favourite).where(Favourite.user_id == user.id).order_by(Favourite.path)
        return [(f.path, f.version) for f in session.scalars(mine)]


def test_a_member_keeps_a_page_at_its_version_and_drops_it(
    asking: TestClient, private: Private, released: Published, reader: User
) -> None:
    served = released.collection("zhenjiang-stb")
    assert served is not None
    answer = send(asking, LIST, {"path": ROW}, page=ROW)
    assert (answer.status_code, answer.headers["Location"]) == (303, ROW)
    assert kept(private, reader) == [(ROW, served.build.version)]
    button = html.document_fromstring(asking.get(ROW).text).xpath("//form[@class='favourite']//button")[0]
    assert (button.text, button.get("aria-pressed")) == ("已收藏", "true")
    assert send(asking, f"{LIST}/remove", {"path": ROW}, page=ROW).headers["Location"] == ROW
    assert kept(private, reader) == []


def test_keeping_twice_keeps_once(asking: TestClient, private: Private, reader: User) -> None:
    for _ in range(2):
        assert send(asking, LIST, {"path": NOTICE}, page=NOTICE).status_code == 303
    assert [path for path, _ in kept(private, reader)] == [NOTICE]


@pytest.mark.parametrize("path", ["", "//evil.example/", "/targets/none", "/plans/2017", "/catalogue/none/", "x" * 400])
def test_what_is_no_page_of_the_data_can_not_be_kept(
    asking: TestClient, private: Private, reader: User, path: str
) -> None:
    assert send(asking, LIST, {"path": path}, page=ROW).status_code == 404
    assert kept(private, reader) == []


def test_the_list_names_each_page_with_its_versions(asking: TestClient, private: Private, reader: User) -> None:
    with private.storage.session() as session:
        for path, title, version in ((ROW, "旧名", "1.0.0"), ("/targets/gone", "没有了", "")):
            session.add(Favourite(user_id=reader.id, path=path, title=title, version=version, kept_at=now()))
    page = html.document_fromstring(asking.get(LIST).text)
    entries = {li.get("data-path"): "".join(li.text_content().split()) for li in page.xpath("//li[@data-path]")}
    assert set(entries) == {ROW, "/targets/gone"}
    assert "收藏时是1.0.0版" in entries[ROW]
    assert "没有了现在没有这一页" in entries["/targets/gone"]
    assert page.xpath(f"//li[@data-path='{ROW}']//a/@href")[:2] == [ROW, f"{ROW}@1.0.0"]


def test_what_the_browser_kept_is_taken_over_once(asking: TestClient, private: Private, reader: User) -> None:
    items = [{"path": ROW, "version": "1.0.0"}, {"path": "/targets/none", "version": ""}, {"path": NOTICE}, 7]
    for _ in range(2):
        assert send(asking, f"{LIST}/take", {"items": json.dumps(items)}, page=LIST).status_code == 303
    assert kept(private, reader) == [(NOTICE, ""), (ROW, "1.0.0")]


def test_what_a_browser_sends_is_not_believed() -> None:
    sent = ["", "nonsense", "[" * 100_000, '{"path": "/a"}', '[{"path": 1}]', '[{"path": "/a", "version": "<b>"}]']
    assert [browsers(text) for text in sent] == [[], [], [], [], [], [("/a", "")]]


def test_there_is_a_most_and_it_is_said(asking: TestClient, private: Private, reader: User) -> None:
    with private.storage.session() as session:
        for number in range(MOST):
            filler = {"path": f"/targets/{number}", "title": "x", "version": "", "kept_at": now()}
            session.add(Favourite(user_id=reader.id, **filler))
    answer = send(asking, LIST, {"path": ROW}, page=ROW)
    assert (answer.status_code, f"最多收藏 {MOST} 个网页" in answer.text) == (409, True)


def test_favourites_are_taken_along_as_files(asking: TestClient, private: Private, reader: User) -> None:
    send(asking, LIST, {"path": NOTICE}, page=NOTICE)
    told = asking.get(f"{LIST}.json")
    lines = asking.get(f"{LIST}.csv").text.splitlines()
    assert [row["path"] for row in told.json()] == [NOTICE]
    assert told.headers["Cache-Control"] == "private, no-store"
    assert (lines[0], len(lines)) == ("\ufeffpath,title,version,kept_at", 2)


def test_a_guest_is_asked_to_log_in_and_keeps_pages_in_the_browser(asking: TestClient, private: Private) -> None:
    page = asking.get(ROW)
    button = html.document_fromstring(page.text).xpath("//button[@data-favourite]")[0]
    assert (button.get("data-favourite"), button.getparent().get("hidden")) == (ROW, "")
    assert "Set-Cookie" not in page.headers
    assert "Set-Cookie" not in asking.get(LIST).headers
    for path in (f"{LIST}.json", f"{LIST}.csv"):
        assert asking.get(path).headers["Location"].startswith("/account/login")
    assert asking.post(LIST, data={"path": ROW}).status_code == 400


def test_favourites_go_with_the_account(asking: TestClient, private: Private, reader: User) -> None:
    send(asking, LIST, {"path": NOTICE}, page=NOTICE)
    with private.storage.session() as session:
        told = personal.export(session, reader.id)["favourites"]
        personal.forget(session, reader.id)
    assert [row["path"] for row in told] == [NOTICE]
    assert kept(private, reader) == []
    with private.storage.session() as session:
        assert [f.title for f in session.scalars(select(Favourite))] == ["旁人的"]
    log_out(asking)


def test_rows_notices_tables_and_collections_can_be_kept(released: Published) -> None:
    paths = (ROW, NOTICE, "/catalogue/zhenjiang-stb/", "/catalogue/zhenjiang-stb/target", "/catalogue/zhenjiang-stb/no")
    found = [page_at(released, p) for p in paths]
    assert [f.path if f else None for f in found] == [*paths[:4], None]
    assert all(f.title and f.version for f in found if f)
