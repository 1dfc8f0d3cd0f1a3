"""What people do on the platform together, in a real browser: the citizen on a phone, staff at a desk."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from secrets import token_hex

import pytest
from passlib.totp import TOTP
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ROOT, Deployment, make_deployment, serving

pytestmark = pytest.mark.browser

NAME, ROW, OTHER = (
    "zhenjiang-stb",
    "zjstb-zkd-2017-13.agri-progress-share",
    "zjstb-zkd-2017-13.rd-intensity",
)
PHRASE = "江边的灯塔照着渡船"
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1440, "height": 900}


@dataclass
class Place:
    """A served deployment, and what its people need: browsers and the mails that were written to them."""

    deployment: Deployment
    address: str
    browser: Browser

    def page(self, size: dict[str, int]) -> Page:
        """The browser of somebody who has not been here before."""
        context = self.browser.new_context(locale="zh-CN", base_url=self.address, viewport=size)  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        return context.new_page()

    def mail(self, to: str, about: str) -> str:
        """The newest message to somebody with these words in its subject, once it has been sent."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            for path in sorted((self.deployment.var / "private" / "outbox").glob("*.eml"), reverse=True):
                message = message_from_bytes(path.read_bytes(), policy=default)
                if to in message["To"] and about in message["Subject"]:
                    return str(message.get_content())
            time.sleep(0.2)
        raise AssertionError(f"no message to {to} about {about}")

    def staff(self, name: str, role: str) -> Page:
        """Somebody whom the command line gave a role, logged in with a second factor."""
        command = [
            sys.executable,
            "-m",
            "portal",
            "user",
            "add",
            name,
            f"{token_hex(4)}@staff.example.org",
            "--role",
            role,
        ]
        done = subprocess.run(
            command, cwd=ROOT, env=self.deployment.environment, capture_output=True, text=True, check=True
        )
        page = self.page(DESK)
        page.goto(path_in(done.stdout))
        set_password(page)
        log_in(page, name)
        page.goto("/desk/")
        expect(page.get_by_role("heading", level=1)).to_have_text("第二重验证")
        page.get_by_role("link", name="设置").click()
        page.get_by_role("button", name="开始设置").click()
        key = page.locator("dd code").first.inner_text()
        page.get_by_label("6 位数字").fill(TOTP(key=key).generate().token)
        page.get_by_role("button", name="开启两步验证").click()
        page.goto("/desk/")
        return page


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Place]:
    deployment = make_deployment(tmp_path_factory.mktemp("people"))
    released = deployment.etl("release", NAME)
    assert released.returncode == 0, released.stdout + released.stderr
    with serving(deployment.environment) as address:
        yield Place(deployment, address, browser)


def path_in(text: str) -> str:
    """The path of the first link to the site in a text."""
    found = re.search(r"https?://[^/\s]+(/\S+)", text)
    assert found, text
    return found[1]


def set_password(page: Page, phrase: str = PHRASE) -> None:
    page.get_by_label("新密码").fill(phrase)
    page.get_by_label("再写一遍密码").fill(phrase)
    page.get_by_role("button", name="设新密码").click()


def log_in(page: Page, name: str, phrase: str = PHRASE) -> None:
    page.goto("/account/login")
    page.get_by_label("用户名或邮箱").fill(name)
    page.get_by_label("密码", exact=True).fill(phrase)
    page.get_by_role("main").get_by_role("button", name="登录").click()


def register(place: Place, page: Page, name: str, mail: str) -> None:
    """Register, confirm by mail, log in."""
    page.goto("/account/register")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("邮箱").fill(mail)
    page.get_by_label("密码", exact=True).fill(PHRASE)
    page.get_by_label("再写一遍密码").fill(PHRASE)
    page.get_by_role("main").get_by_role("button", name="注册").click()
    page.goto(path_in(place.mail(mail, "注册")))
    log_in(page, name)


def write_thread(page: Page, title: str, text: str) -> None:
    page.get_by_label("标题").fill(title)
    page.get_by_label("内容").fill(text)
    page.get_by_role("button", name="发表").click()


def test_a_citizen_sees_her_correction_through_to_the_next_release(place: Place) -> None:
    citizen, mail = place.page(PHONE), "citizen@people.example.org"
    citizen.goto(f"/targets/{ROW}")
    citizen.get_by_role("link", name=re.compile(r"纠错\s*：年度$")).first.click()
    citizen.get_by_label("应当是什么").fill("2018")
    citizen.get_by_label("哪里不对，为什么").fill("原文说的是2018年的目标。")
    citizen.get_by_label("依据").fill("https://example.org/notice 第三段")
    citizen.get_by_label(re.compile("邮箱")).fill(mail)
    citizen.get_by_label(re.compile("写信告诉我")).check()
    citizen.get_by_role("button", name="提交").click()
    number, code = citizen.locator("dd.code").all_inner_texts()

    moderator = place.staff("审核员小周", "moderator")
    moderator.goto(f"/desk/requests/{number}")
    moderator.get_by_role("button", name="公开", exact=True).click()
    moderator.get_by_role("button", name="转交编辑核实").click()
    citizen.goto(f"/participation/requests/{number}")
    expect(citizen.get_by_role("main")).to_contain_text("办理中")

    editor = place.staff("编辑小吴", "editor")
    editor.goto(f"/desk/requests/{number}")
    editor.get_by_label("理由（随数据公开）").fill("核对原文")
    editor.get_by_role("button", name="采纳，记入更正").click()
    expect(editor.get_by_role("main")).to_contain_text("采纳")
    editor.goto("/desk/releases/")
    editor.get_by_role("button", name="发布下一版").click()

    for _ in range(120):
        citizen.goto(f"/participation/requests/{number}")
        if "已完成" in citizen.get_by_role("main").inner_text():
            break
        time.sleep(0.5)
    expect(citizen.get_by_role("main")).to_contain_text("已完成")
    citizen.get_by_role("main").get_by_role("link", name=re.compile("1.0.1|1.1.0|2.0.0")).first.click()
    assert "/releases/" in citizen.url
    citizen.goto(f"/targets/{ROW}/history")
    citizen.get_by_role("link", name=re.compile(number)).first.click()
    expect(citizen.get_by_role("heading", level=1)).to_contain_text("纠错")
    assert number in place.mail(mail, number)
    citizen.goto("/participation/track")
    citizen.get_by_label("编号").fill(number)
    citizen.get_by_label("查询码").fill(code)
    citizen.get_by_role("main").get_by_role("button").first.click()
    expect(citizen.get_by_role("main")).to_contain_text("原文说的是2018年的目标。")


def test_a_journalists_thread_shows_beside_the_row_with_a_card_and_a_spammers_posts_never(place: Place) -> None:
    journalist = place.page(DESK)
    register(place, journalist, "记者小林", "reporter@people.example.org")
    journalist.goto(f"/targets/{OTHER}")
    journalist.get_by_role("link", name=re.compile("讨论")).first.click()
    if "/new" not in journalist.url:
        journalist.get_by_role("link", name="开一个讨论").click()
    write_thread(journalist, "研发投入的口径", f"和这一项比比看：\n\n{place.address}/targets/{ROW}\n")

    spammer = place.page(PHONE)
    register(place, spammer, "好运来了", "spam@people.example.org")
    for i in range(3):
        spammer.goto("/forum/new")
        write_thread(spammer, f"便宜好货第{i}批", f"快来看看第{i}种好货 https://shop{i}.example.com/")

    moderator = place.staff("审核员小钱", "moderator")
    moderator.goto("/desk/posts/")
    moderator.get_by_role("checkbox", name=re.compile("研发投入的口径")).check()
    moderator.get_by_role("button", name="通过所选").click()
    guest = place.page(PHONE)
    guest.goto(f"/targets/{OTHER}")
    guest.get_by_role("link", name="研发投入的口径").click()
    card = guest.get_by_role("main").locator(f"a[href*='/targets/{ROW}@']").first
    expect(card).to_be_visible()
    for path in ("/forum/", "/forum/feed.atom", "/", "/forum/search?q=好货", "/search?q=好货"):
        assert "便宜好货" not in guest.request.get(place.address + path).text()


def test_who_forgets_a_password_sets_a_new_one_and_who_leaves_takes_his_data_along(
    place: Place, tmp_path: Path
) -> None:
    person = place.page(PHONE)
    register(place, person, "健忘的人", "forgets@people.example.org")
    other = place.page(PHONE)
    other.goto("/account/reset")
    other.get_by_label("邮箱").fill("forgets@people.example.org")
    other.get_by_role("button", name="发送邮件").click()
    other.goto(path_in(place.mail("forgets@people.example.org", "密码")))
    set_password(other, "换一句更长的话来记")
    log_in(other, "健忘的人", "换一句更长的话来记")
    person.goto("/account/")
    expect(person.get_by_role("heading", level=1)).to_have_text("登录")

    other.goto("/account/")
    with other.expect_download() as taken:
        other.get_by_role("link", name="下载我的数据").click()
    taken.value.save_as(tmp_path / "mine.json")
    assert "forgets@people.example.org" in json.dumps(json.loads((tmp_path / "mine.json").read_text("utf-8")))
    other.goto("/account/leave")
    other.get_by_label("密码", exact=True).fill("换一句更长的话来记")
    other.get_by_role("button", name="注销账号").click()
    log_in(other, "健忘的人", "换一句更长的话来记")
    other.goto("/account/")
    expect(other.get_by_role("heading", level=1)).to_have_text("登录")
