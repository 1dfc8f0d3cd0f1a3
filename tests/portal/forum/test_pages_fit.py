"""The pages of the forum fit a phone and a desk and are accessible, whatever members write."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import Browser

from tests.portal.fitting import faults
from tests.portal.forum.talk import Talk
from tests.portal.forum.vectors import XSS
from tests.portal.people import log_in

LAST = len(XSS) + 1
PAGES = (
    "/forum/",
    "/en/forum/",
    "/forum/boards/data?page=2",
    f"/forum/threads/{LAST}",
    f"/forum/posts/{LAST}/edit",
    f"/forum/posts/{LAST}/history",
    f"/forum/posts/{LAST}/delete",
    "/forum/new?about=/targets/zjstb-zkd-2017-13.agri-progress-share",
    "/forum/search?q=alert",
    "/forum/mine",
    "/desk/posts/",
    "/desk/posts/?q=alert&who=new",
    "/desk/posts/rejected",
    "/desk/posts/reports",
    "/desk/posts/hidden",
    "/desk/posts/log",
    f"/desk/posts/{LAST}",
    f"/desk/posts/threads/{LAST}",
)


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1440, "dark")])
def test_pages_fit_and_are_accessible(
    browser: Browser, attacked: tuple[str, Talk, int], width: int, scheme: str
) -> None:
    address, talk, _ = attacked
    client = httpx.Client()
    log_in(client, talk.private, talk.moderator)
    viewport = {"width": width, "height": 900}
    context = browser.new_context(base_url=address, viewport=viewport, color_scheme=scheme)  # type: ignore[arg-type]
    context.add_cookies([{"name": "session", "value": client.cookies["session"], "url": address}])
    page, found = context.new_page(), {}
    for path in PAGES:
        page.goto(path)
        found[path] = faults(page)
    assert {path: faults for path, faults in found.items() if faults} == {}
    context.close()
