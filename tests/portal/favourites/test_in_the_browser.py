"""Favourites in a real browser: a guest keeps a page, finds it again, logs in, and takes it over."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from portal.private import open_private
from tests.conftest import Deployment
from tests.portal.people import log_in, member

PAGE = "/catalogue/zhenjiang-stb/"


class Visitor:
    """A browser's cookies, set as those of a client are."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self._context, self.base_url, self.cookies = context, httpx.URL(address), self

    def set(self, name: str, value: str, domain: str) -> None:
        """Keep a cookie."""
        self._context.add_cookies([{"name": name, "value": value, "domain": domain, "path": "/"}])


@pytest.mark.browser
def test_what_a_guest_keeps_goes_into_the_account(browser: Browser, built: Deployment, served: str) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto(served + PAGE)
    page.get_by_role("button", name="收藏").click()
    expect(page.get_by_role("button", name="已收藏")).to_have_attribute("aria-pressed", "true")
    page.goto(served + "/account/favourites")
    expect(page.locator("main .entries a")).to_have_attribute("href", PAGE)
    assert context.cookies() == []

    private = open_private(built.var / "private")
    log_in(Visitor(context, served), private, member(private, "收藏的人"))
    private.storage.close()
    page.goto(served + "/account/favourites")
    expect(page.locator("[data-count]")).to_have_text("1")
    page.get_by_role("button", name="并入账号").click()
    expect(page.locator("[data-kept] a.entry")).to_have_attribute("href", PAGE)
    expect(page.get_by_role("button", name="并入账号")).to_be_hidden()
    assert page.evaluate("localStorage.getItem('favourites')") == "[]"
    page.goto(served + PAGE)
    page.get_by_role("button", name="已收藏").click()
    expect(page.get_by_role("button", name="收藏", exact=True)).to_have_attribute("aria-pressed", "false")
    assert wrong == []
    context.close()
