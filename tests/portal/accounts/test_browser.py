"""Accounts in a real browser, on a phone and at a desk: a real server, real letters, a passkey of a virtual device."""

from __future__ import annotations

import email
import email.policy
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from passlib.totp import TOTP
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Deployment, serving
from tests.portal.accounts.visitor import GOOD, OTHER

pytestmark = pytest.mark.browser
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
WIDTHS = {"phone": 360, "desk": 1440}


@dataclass(frozen=True)
class Served:
    """A site that is served, by a name that passkeys may be bound to, and where its letters land."""

    address: str
    outbox: Path

    def link(self, what: str, to: str) -> str:
        """The newest link of a kind that was sent to somebody, once it is there."""
        for _ in range(100):
            letters = sorted(self.outbox.glob("*.eml"), key=lambda p: p.stat().st_mtime, reverse=True)
            bodies = [email.message_from_bytes(p.read_bytes(), policy=email.policy.default) for p in letters]
            for letter in bodies:
                found = re.search(rf"http://[^/\s]+(/account/{what}/\S+)", str(letter.get_content()))
                if letter["To"] == to and found:
                    return self.address + found[1]
            time.sleep(0.2)
        raise AssertionError(f"no letter to {to}")


@pytest.fixture(scope="module")
def site(built: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    var = tmp_path_factory.mktemp("people")
    (var / "releases").symlink_to(built.releases)
    expect.set_options(timeout=20_000)
    with serving({**built.environment, "VAR_DIR": str(var)}) as address:
        yield Served(address.replace("127.0.0.1", "localhost"), var / "private" / "outbox")


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Browser, site: Served) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": WIDTHS[request.param], "height": 900}, base_url=site.address)
    page, wrong = context.new_page(), list[str]()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert wrong == []


def join(page: Page, site: Served) -> str:
    """Register, confirm by the letter and log in; the name, which is another at each width."""
    name = f"王小芳{page.viewport_size['width']}" if page.viewport_size else "王小芳"
    mail = f"fang{name[3:]}-{time.time_ns()}@example.org"
    name += str(time.time_ns())[-6:]
    page.goto("/account/register")
    for field, value in (("用户名", name), ("邮箱", mail)):
        page.get_by_label(field, exact=True).fill(value)
    page.locator("#password").fill(GOOD)
    page.locator("#password_confirm").fill(GOOD)
    fits(page)
    page.get_by_role("button", name="注册").click()
    expect(page.get_by_role("status")).to_contain_text("请打开其中的链接完成注册")
    page.goto(site.link("confirm", mail))
    expect(page.get_by_role("status")).to_have_text("邮箱已经确认，请登录。")
    log_in(page, mail, GOOD)
    expect(page.get_by_role("heading", level=1)).to_have_text("我的账号")
    return name


def log_in(page: Page, who: str, password: str) -> None:
    page.goto("/account/login")
    page.get_by_label("用户名或邮箱").fill(who)
    page.get_by_label("密码", exact=True).fill(password)
    page.get_by_role("button", name="登录").click()


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url


def test_somebody_joins_sets_up_codes_and_logs_in_with_one(page: Page, site: Served) -> None:
    name = join(page, site)
    fits(page)
    expect(page.locator(".settings").get_by_role("link", name=name)).to_be_visible()
    page.goto("/account/tf-setup")
    page.get_by_role("button", name="开始设置").click()
    expect(page.locator(".square svg")).to_be_visible()
    fits(page)
    app = TOTP(page.locator("dt:text-is('密钥') + dd code").inner_text().replace("-", ""))
    page.get_by_label("6 位数字").fill(app.generate().token)
    page.get_by_role("button", name="开启两步验证").click()
    expect(page.locator(".verdict").first).to_contain_text("两步验证已经开启")
    page.goto("/account/")
    page.get_by_role("button", name="退出登录").click()
    log_in(page, name, GOOD)
    page.get_by_label("6 位数字").fill(app.generate(time=app.generate().expire_time + 1).token)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("我的账号")


def test_somebody_who_forgot_the_password_is_helped_by_mail(page: Page, site: Served) -> None:
    name = join(page, site)
    mail = page.locator("dt:text-is('邮箱') + dd").inner_text().split()[0]
    page.get_by_role("button", name="退出登录").click()
    page.goto("/account/login")
    page.get_by_role("main").get_by_role("link", name="忘记密码").click()
    page.get_by_label("邮箱").fill(mail)
    page.get_by_role("button", name="发送邮件").click()
    page.goto(site.link("reset", mail))
    page.locator("#password").fill(OTHER)
    page.locator("#password_confirm").fill(OTHER)
    fits(page)
    page.get_by_role("button", name="设新密码").click()
    log_in(page, name, OTHER)
    expect(page.get_by_role("heading", level=1)).to_have_text("我的账号")


def test_a_passkey_is_added_lets_in_without_a_password_and_is_removed(page: Page, site: Served) -> None:
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    join(page, site)
    page.goto("/account/wan-register")
    page.get_by_label("名字").fill("我的手机")
    page.get_by_role("button", name="添加").click()
    expect(page.get_by_role("main").get_by_role("strong")).to_have_text("我的手机")
    fits(page)
    page.goto("/account/")
    page.get_by_role("button", name="退出登录").click()
    page.goto("/account/login")
    page.get_by_role("link", name="用通行密钥登录").click()
    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("我的账号")
    page.goto("/account/second-factor")
    expect(page.get_by_text("这次登录已经通过第二重验证。")).to_be_visible()
    page.goto("/account/wan-register")
    page.get_by_role("button", name="删除通行密钥“我的手机”").click()
    expect(page.get_by_text("通行密钥“我的手机”已经删除。")).to_be_visible()


def test_without_a_passkey_on_the_device_the_page_says_so_and_offers_the_password(page: Page, site: Served) -> None:
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page.goto("/account/wan-signin")
    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page.get_by_role("alert")).to_contain_text("没有完成")
    expect(page.get_by_role("button", name="再试一次")).to_be_visible()
    page.get_by_role("link", name="用密码登录").click()
    expect(page.get_by_label("用户名或邮箱")).to_be_visible()
