"""The portal's own database is away: all that is published is served as ever, to members too; the rest says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from starlette.testclient import TestClient

from portal.private import Private
from tests.portal.people import log_in, member, token_of

ROW = "/targets/zjstb-rd-intensity.2017-321100-plan"
PUBLISHED = [
    *("/", "/about", "/affairs/", "/catalogue/", "/catalogue/zhenjiang-stb/", "/catalogue/zhenjiang-stb/target"),
    *("/disclosure/", "/notices/", "/notices/zjstb-zkd-2017-13", "/organisations/", "/party/", "/plans/"),
    *("/plans/2017", "/policies/", "/releases/", "/search?q=研发", "/services/", "/targets/", ROW, f"{ROW}/history"),
    *(f"{ROW}@1.0.1", f"{ROW}.json", "/catalogue/zhenjiang-stb/target.csv", "/catalog.jsonld", "/feed.atom"),
]


@contextmanager
def away(private: Private) -> Iterator[None]:
    """Without the database's files, and with something in their place that is none."""
    private.storage.close()
    files = list(private.folder.glob("portal.db*"))
    for file in files:
        file.rename(file.with_name(f"kept-{file.name}"))
    (private.folder / "portal.db").mkdir()
    yield
    private.storage.close()
    (private.folder / "portal.db").rmdir()
    for file in files:
        file.with_name(f"kept-{file.name}").rename(file)


@pytest.fixture(params=["a guest", "a member"])
def reader(request: pytest.FixtureRequest, asking: TestClient, private: Private) -> TestClient:
    if request.param == "a member":
        log_in(asking, private, member(private, "读者"))
    return asking


def test_what_is_published_is_served(reader: TestClient, private: Private) -> None:
    with away(private):
        answers = {path: reader.get(path).status_code for path in PUBLISHED}
    assert answers == dict.fromkeys(PUBLISHED, 200)


def test_what_needs_the_database_says_that_it_is_away(reader: TestClient, private: Private) -> None:
    with away(private):
        page = reader.get("/forum/")
    assert (page.status_code, page.headers["Retry-After"]) == (503, "60")
    assert "数据库现在不能用" in page.text
    assert "Traceback" not in page.text
    assert reader.get("/forum/").status_code == 200


def test_what_a_member_wrote_comes_back(asking: TestClient, private: Private) -> None:
    log_in(asking, private, member(private, "读者"))
    token = token_of(asking, ROW)
    with away(private):
        page = asking.post("/account/favourites", data={"csrf_token": token, "path": ROW, "note": "写了很久的话"})
    assert page.status_code == 503
    assert "写了很久的话" in page.text
