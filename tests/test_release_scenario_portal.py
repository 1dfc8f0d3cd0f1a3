"""Four releases while one server never stops: what a journalist, an analyst and a stranger rely on."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from etl.correcting import Action, Decision, decisions_of, record
from etl.declaration import load
from etl.inputs import read_inputs
from tests.conftest import ROOT, Deployment, make_deployment, wait_for
from tests.ports import free_port

NAME = "zhenjiang-stb"
ROW = "zjstb-zkd-2017-13.agri-progress-share"
PAGE = f"/targets/{ROW}"
FORMS = ("json", "csv", "jsonld")
SQL = f"select value from target where target_id = '{ROW}'"  # noqa: S608 - a constant


@dataclass
class Reader:
    """Reads all the while; `failures` are answers that no reader should get."""

    address: str
    failures: list[str] = field(default_factory=list)
    answers: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def read(self) -> None:
        paths = [f"{PAGE}@1.0.0.json", PAGE, "/", f"/data/{NAME}.json?sql=select+count(*)+from+target", "/healthz"]
        with httpx.Client(base_url=self.address, timeout=20) as client:
            while not self.stop.is_set():
                for path in paths:
                    status = client.get(path).status_code
                    self.answers += 1
                    if status not in (200, 410):
                        self.failures.append(f"{path} {status}")
                time.sleep(0.05)


@dataclass
class Story:
    """The deployment, the server's address, and what the first day's links gave."""

    deployment: Deployment
    address: str
    server: subprocess.Popen[bytes]
    reader: Reader
    first_day: dict[str, bytes]

    def get(self, path: str, **how: object) -> httpx.Response:
        return httpx.get(self.address + path, timeout=20, **how)  # type: ignore[arg-type]


def corrected(deployment: Deployment) -> None:
    _decide(deployment, Action.SET, "2026-11-24T01:00:00Z", "据公文核对", column="value", old="66.6", new="66.5")


def second_notice(deployment: Deployment) -> None:
    text = (ROOT / "tests" / "evaluation" / "notices" / "text" / "S3.txt").read_bytes()
    folder = deployment.datasets / NAME
    (folder / "sources" / "second.txt").write_bytes(text)
    cells = ["second.txt", "", hashlib.sha256(text).hexdigest(), "2026-11-25T02:00:00Z", "text/plain", "utf-8", "", ""]
    with (folder / "sources.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow([*cells, "测试"])


def withdrawn(deployment: Deployment) -> None:
    _decide(deployment, Action.REJECT, "2026-11-26T03:00:00Z", "原文说的不是目标")


def _decide(deployment: Deployment, action: Action, at: str, reason: str, **how: str) -> None:
    collection = load(deployment.datasets / NAME)
    before = decisions_of(read_inputs(collection).corrections, collection)
    decision = Decision(f"cor-{len(before) + 1:04}", action, "target", ROW, reason=reason, by="editor", at=at, **how)
    record(deployment.datasets / NAME / "corrections.csv", [*before, decision])


def release(deployment: Deployment) -> None:
    done = deployment.etl("release", NAME)
    assert done.returncode == 0, done.stdout + done.stderr


def killed(deployment: Deployment, seconds: float) -> None:
    """A publisher that is killed half-way."""
    command = [sys.executable, "-m", "etl", "release", NAME]
    with subprocess.Popen(
        command, cwd=ROOT, env=deployment.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as publisher:
        time.sleep(seconds)
        publisher.send_signal(signal.SIGKILL)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    deployment = make_deployment(tmp_path_factory.mktemp("story"))
    release(deployment)
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "portal", "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=deployment.environment, stdout=subprocess.DEVNULL) as server:
        reader = Reader(address)
        thread = threading.Thread(target=reader.read)
        try:
            wait_for(address, server)
            first_day = {f: httpx.get(f"{address}{PAGE}@1.0.0.{f}", timeout=20).content for f in FORMS}
            thread.start()
            steps: list[Callable[[Deployment], None]] = [corrected, second_notice, withdrawn]
            for step in steps:
                step(deployment)
                if step is second_notice:
                    killed(deployment, 2.5)
                release(deployment)
            yield Story(deployment, address, server, reader, first_day)
        finally:
            reader.stop.set()
            if thread.is_alive():
                thread.join()
            server.terminate()


def test_the_versions_follow_from_what_was_done(story: Story) -> None:
    told = story.get(f"/releases/{NAME}.json").json()
    assert [r["version"] for r in told["releases"]] == ["1.0.0", "1.0.1", "1.1.0", "1.2.0"]
    assert told["current"] == "1.2.0"
    assert story.get("/healthz").json()["collections"][NAME] == "1.2.0"


def test_a_link_at_the_first_version_gives_the_bytes_of_the_first_day(story: Story) -> None:
    assert {f: story.get(f"{PAGE}@1.0.0.{f}").content for f in FORMS} == story.first_day
    assert story.get(f"{PAGE}@1.0.0.json").json()["row"]["value"] == 66.6


def test_a_withdrawn_row_is_gone_with_its_reason_and_its_last_version(story: Story) -> None:
    for path in (PAGE, f"/en{PAGE}", f"{PAGE}.json"):
        assert story.get(path).status_code == 410
    told = story.get(f"{PAGE}.json").json()
    assert (told["reason"], told["last_url"]) == ("原文说的不是目标", f"{PAGE}@1.1.0")
    assert story.get(told["last_url"] + ".json").json()["row"]["value"] == 66.5


def test_an_analyst_asks_two_versions_the_same(story: Story) -> None:
    found = {
        v: story.get(f"/data/{NAME}-v{v}.json", params={"sql": SQL, "_shape": "arrays"}).json()["rows"]
        for v in ("1-0-0", "1-2-0")
    }
    assert found == {"1-0-0": [[66.6]], "1-2-0": []}


def test_an_analyst_downloads_what_differs(story: Story) -> None:
    rows = list(csv.DictReader(io.StringIO(story.get(f"/releases/{NAME}/1.0.0...1.2.0.csv").text)))
    assert [(r["row"], r["reason"]) for r in rows if r["kind"] == "went"] == [(ROW, "原文说的不是目标")]
    assert {r["reason"] for r in rows if r["kind"] == "came"} >= {"收录新来源 second.txt"}
    changed = list(csv.DictReader(io.StringIO(story.get(f"/releases/{NAME}/1.0.0...1.0.1.csv").text)))
    assert ("value", "66.6", "66.5", "cor-0001") in {
        (r["column"], r["old"], r["new"], r["correction"]) for r in changed
    }


def test_a_cited_query_still_gives_what_it_gave(story: Story) -> None:
    form = {"collection": NAME, "version": "1.0.0", "sql": SQL}
    found = httpx.post(f"{story.address}/q/", data=form, timeout=20)
    assert found.status_code == 303
    told = story.get(f"{found.headers['location']}.json").json()
    assert (told["outcome"], told["rows"]) == ("same", [{"value": 66.6}])
    command = [sys.executable, "-m", "portal", "verify-queries"]
    done = subprocess.run(command, cwd=ROOT, env=story.deployment.environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, "共 1 个查询：相同 1。")


def test_a_stranger_verifies_the_zip_offline(story: Story, tmp_path: Path) -> None:
    if shutil.which("minisign") is None:
        assert not os.environ.get("CI"), "no minisign: run .ci/packages"
        pytest.skip("没有 minisign：离线核对的测试跳过。请运行 .ci/packages。")
    archive = f"{NAME}-1.2.0.zip"
    for name in (archive, f"{archive}.minisig"):
        (tmp_path / name).write_bytes(story.get(f"/releases/{NAME}/1.2.0/{name}").content)
    key = story.get(f"/releases/{NAME}/minisign.pub").text.split()[-1]
    verify = ["minisign", "-Vm", archive, "-P", key]
    assert subprocess.run(verify, cwd=tmp_path, capture_output=True).returncode == 0
    with zipfile.ZipFile(tmp_path / archive) as packed:
        packed.extractall(tmp_path)
    folder = tmp_path / f"{NAME}-1.2.0"
    assert subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=folder).returncode == 0


def test_a_publisher_that_was_killed_left_nothing_behind(story: Story) -> None:
    home = story.deployment.releases / NAME
    assert [p.name for p in home.iterdir() if p.name.startswith((".building", ".leaving"))] == []
    assert {p.name for p in home.iterdir() if p.is_dir()} == {"1.0.0", "1.0.1", "1.1.0", "1.2.0"}


def test_the_server_never_stopped_and_no_reader_failed(story: Story) -> None:
    assert story.server.poll() is None
    assert story.reader.failures == []
    assert story.reader.answers > 50


@pytest.mark.browser
def test_a_journalist_sees_what_changed_since_and_why(story: Story, browser: Browser) -> None:
    context = browser.new_context(locale="zh-CN", base_url=story.address)
    page = context.new_page()
    page.goto(f"{PAGE}@1.0.0")
    banner = page.locator("aside.past")
    expect(banner).to_contain_text("您看的是 1.0.0 版（2026-11-23 发布）")
    expect(banner).to_contain_text(re.compile("数值.*66.6.*66.5.*据公文核对"))
    expect(banner).to_contain_text(re.compile("撤回这一行.*原文说的不是目标"))
    expect(page.locator(".amount")).to_contain_text("66.6")
    page.get_by_role("link", name="在公文中查看这一句").click()
    assert page.url.endswith(f"/notices/zjstb-zkd-2017-13@1.0.0#{ROW}")
    expect(page.locator(f"[id='{ROW}']")).to_be_in_viewport()

    page.goto(PAGE)
    expect(page.locator("main")).to_contain_text("原文说的不是目标")
    page.get_by_role("link", name=re.compile("看最后有它的版本")).click()
    expect(page.locator(".amount")).to_contain_text("66.5")
    expect(page.get_by_role("button", name="复制链接")).to_have_count(2)

    page.goto(f"/data/{NAME}?sql=select+count(*)+as+n+from+target")
    page.get_by_role("button", name="引用这个查询").click()
    expect(page.locator("main")).to_contain_text("结果与引用时相同")
    context.close()


@pytest.mark.browser
def test_without_script_the_links_are_plain_text(story: Story, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=story.address)
    page = context.new_page()
    page.goto(f"{PAGE}@1.0.1")
    expect(page.get_by_role("button", name="复制链接")).to_have_count(0)
    expect(page.locator(".copyable code").nth(1)).to_have_text(re.compile(f"{re.escape(PAGE)}@1.0.1$"))
    context.close()
