"""A full disk: said in words, the text comes back, what is published is served, nothing is kept by half."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from lxml import html

from portal.access import MODERATOR
from portal.private import Private, open_private
from tests.portal.nursery import nursery
from tests.portal.people import log_in, member, token_of
from tests.portal.wholeness import NUMBER, check

LETTER, NEW, BOARD = "/participation/new/letter", "/forum/new", "data"
ROW = "/targets/zjstb-rd-intensity.2017-321100-plan"
PUBLISHED = ("/", "/plans/", ROW, f"{ROW}.json", "/catalogue/zhenjiang-stb/target.csv", "/data/zhenjiang-stb.json")
TEXT = "一段写了很久的话，\n不能因为磁盘满了就没有了。" * 40


@dataclass
class Disk:
    """A site whose disk can be full: `fill` and `empty` do it to the server of that process id."""

    private: Private
    fill: Callable[[int], None]
    empty: Callable[[int], None]


@contextmanager
def allowed_size(migrated: Path, folder: Path) -> Iterator[Disk]:
    """The server's process may not make any file longer, which anybody can bring about."""
    shutil.copytree(migrated, folder / "own")
    private = open_private(folder / "own")

    def limit(size: int) -> Callable[[int], None]:
        return lambda server: resource.prlimit(server, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY)) and None

    yield Disk(private, limit(1), limit(resource.RLIM_INFINITY))
    private.storage.close()


@contextmanager
def small_disk(migrated: Path, folder: Path) -> Iterator[Disk]:
    """A disk of its own in memory, filled to the last byte: only root can mount one."""
    mounted = folder / "disk"
    mounted.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(mounted)], capture_output=True)
    if done.returncode:
        pytest.skip("不能挂载 tmpfs（需要 root）：真的写满一个磁盘的测试跳过，另一种方式的照常。")
    try:
        shutil.copytree(migrated, mounted / "own")
        private, filler = open_private(mounted / "own"), mounted / "filler"
        yield Disk(private, lambda _server: _fill(filler), lambda _server: filler.unlink())
        private.storage.close()
    finally:
        subprocess.run(["umount", "-l", str(mounted)], check=True)


def _fill(filler: Path) -> None:
    with filler.open("wb", buffering=0) as out:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while out.write(b"x" * size) == size:
                    pass
            except OSError:
                continue


@pytest.fixture(params=[allowed_size, small_disk])
def disk(request: pytest.FixtureRequest, migrated: Path, tmp_path: Path) -> Iterator[Disk]:
    with request.param(migrated, tmp_path) as made:
        yield made


def fields(page: str, action: str) -> dict[str, str]:
    """What the form that is sent to an address holds."""
    form = html.document_fromstring(page).xpath(f"//form[contains(@action, '{action}')]")[0]
    return {e.get("name"): e.value or "" for e in form.xpath(".//input[@name] | .//textarea[@name]")}


def test_a_full_disk_loses_nothing(disk: Disk, releases: Path) -> None:
    with (
        nursery(releases, disk.private.folder, {"DATABASE_URL": ""}) as warm,
        httpx.Client(base_url=warm.address, timeout=60) as client,
    ):
        server = warm.start()
        try:
            letters, threads = conversation(disk, client, server)
        finally:
            os.kill(server, signal.SIGKILL)
            warm.wait()
    check(disk.private, letters, threads)
    assert (len(letters), len(threads)) == (2, 1)


def conversation(disk: Disk, client: httpx.Client, server: int) -> tuple[dict[str, str], dict[str, str]]:
    """Write with room, without, and again with room; what was acknowledged."""
    log_in(client, disk.private, member(disk.private, "版主", (MODERATOR,)))
    token, letters, threads = token_of(client, LETTER), {}, {}
    letter = {"csrf_token": token, "subject": "有地方", "body_text": TEXT, "mail": "a@example.org", "wants_mail": "1"}
    letters["有地方"] = NUMBER.findall(client.post(LETTER, data=letter).text)[0]

    disk.fill(server)
    again = {**letter, "subject": "没有地方", "body_text": f"{TEXT}再一次"}
    refused = client.post(LETTER, data=again)
    assert refused.status_code in (503, 507)
    assert "没有存下来" in refused.text
    assert fields(refused.text, LETTER)["body_text"].strip().replace("\r\n", "\n") == again["body_text"]
    thread = {"csrf_token": token, "board": BOARD, "title": "没有地方的话题", "text": TEXT}
    unkept = client.post(NEW, data=thread)
    assert (unkept.status_code, unkept.headers["Retry-After"]) == (507, "60")
    assert "没有存下来：服务器现在写不了数据" in unkept.text
    assert "Traceback" not in unkept.text
    assert {path: client.get(path).status_code for path in PUBLISHED} == dict.fromkeys(PUBLISHED, 200)

    disk.empty(server)
    letters["没有地方"] = NUMBER.findall(client.post(LETTER, data=again).text)[0]
    # The page itself is the form to send again.
    sent = client.post(NEW, data=fields(unkept.text, NEW))
    assert sent.status_code == 303, sent.text
    threads["没有地方的话题"] = sent.headers["Location"]
    return letters, threads
