"""The site as it is run: whom it believes who asks, what it writes where, what it logs, when it does not start."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from itsdangerous import URLSafeTimedSerializer

from etl.places import ROOT
from tests.portal.bureau import NAME, Bureau
from tests.ports import free_port
from tests.servers import running_redis

CAPABLE_OF_NOTHING = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
"""Root, whom files of others are closed to."""


@pytest.fixture
def var(tmp_path: Path, bureau: Bureau) -> Path:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "releases").symlink_to(bureau.releases)
    return tmp_path / "var"


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "portal", "serve", *arguments]


def environment(var: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "VAR_DIR": str(var), "PYTHONPATH": str(ROOT), **more}


@contextmanager
def serving(var: Path, *prefix: str, **more: str) -> Iterator[tuple[str, list[str]]]:
    """The address of a server, and all that it says, complete when it has ended."""
    said: list[str] = []
    run = [*prefix, *command("--log", "--port", str(free_port()))]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen(run, cwd=ROOT, env=environment(var, **more), **pipes) as server:  # type: ignore[call-overload]
        for line in server.stdout:
            said.append(line.rstrip("\n"))
            if "网站已在" in line:
                break
        found = re.search(r"http://\S+", said[-1])
        assert found, said
        try:
            yield found[0], said
        finally:
            server.terminate()
            said += server.stdout.read().splitlines()


def cited(address: str, count: int, forwarded: bool) -> list[int]:
    """The answers to forms that are taken so often from one address."""
    with httpx.Client(base_url=address) as client:
        return [
            client.post(
                "/q/",
                data={"collection": NAME, "version": "1.0.0", "sql": f"select {n}"},
                headers={"X-Forwarded-For": f"198.51.100.{n}"} if forwarded else {},
            ).status_code
            for n in range(count)
        ]


def test_who_asks_is_taken_from_no_header(var: Path) -> None:
    with serving(var) as (address, _):
        assert cited(address, 32, forwarded=True) == [303] * 30 + [429] * 2


def test_a_proxy_that_is_named_is_believed(var: Path) -> None:
    with serving(var, TRUSTED_PROXIES="127.0.0.1, 10.0.0.0/8") as (address, _):
        assert cited(address, 32, forwarded=True) == [303] * 32


def test_several_processes_count_together_where_redis_is_and_go_on_without_it(var: Path) -> None:
    with running_redis() as (redis, url), serving(var, REDIS_URL=url) as (address, said):
        assert cited(address, 20, forwarded=False) == [303] * 20
        redis.kill()
        redis.wait()
        with httpx.Client(base_url=address) as client:
            form = {"collection": NAME, "version": "1.0.0"}
            again = [client.post("/q/", data={**form, "sql": f"select {n}"}).status_code for n in range(100, 132)]
            assert client.get("/").status_code == 200
    assert again == [303] * 30 + [429] * 2
    assert len([line for line in said if "limits are counted here alone" in line]) == 1


def test_what_is_named_wrongly_is_told_and_no_password_with_it(var: Path) -> None:
    told = refused(var, SMTP_URL="smtps://u:geheim@smtp.example.cn:x")
    assert (told.startswith("SMTP_URL 写得不对"), "geheim" in told) == (True, False)


def test_row_50_a_weak_secret_starts_no_site(var: Path) -> None:
    told = refused(var, SECRET_KEY="changeme" * 8)
    assert (told.startswith("SECRET_KEY 太弱"), "changeme" in told) == (True, False)


def refused(var: Path, **more: str) -> str:
    """What a server says that does not start: one sentence."""
    result = subprocess.run(
        command(), cwd=ROOT, env=environment(var, **more), capture_output=True, text=True, timeout=60
    )
    assert (result.returncode, "Traceback" in result.stderr) == (1, False)
    assert len(result.stderr.splitlines()) == 1
    return result.stderr


def test_row_48_what_is_asked_takes_one_line_and_gives_nothing_away(var: Path) -> None:
    token = URLSafeTimedSerializer("key" * 12).dumps(["1", "someone"])
    with serving(var) as (address, said), httpx.Client(base_url=address) as client:
        for path in (
            f"/account/reset/{token}",
            f"/forum/unsubscribe/{token}",
            "/x%0d%0aINFO%20forged",
            "/%1b%5b2J",
            "/%E2%80%A8x",
        ):
            client.get(path)
        client.get("/search", params={"q": "x", "token": token})
        client.get("/", headers={"User-Agent": "x\tforged", "Referer": f"{address}/account/reset/{token}"})
    assert said[0] == f"没有设置 SMTP_URL：要寄的邮件不会寄出，只写进 {var / 'private' / 'outbox'}。"
    log = said[said.index(next(line for line in said if "网站已在" in line)) + 1 :]
    assert len([line for line in log if line.startswith("GET ")]) == 7
    assert all(line.isprintable() for line in log)
    assert [line for line in log if token in line or token[:20] in line] == []
    assert "GET /account/reset/*** " in "\n".join(log)


def test_row_51_the_site_writes_for_its_user_alone_and_nothing_that_is_published(
    tmp_path: Path, bureau: Bureau
) -> None:
    var = tmp_path / "var"
    shutil.copytree(bureau.releases, var / "releases", symlinks=True)
    before = close(var / "releases")
    (var / "private").mkdir(mode=0o755)
    (var / "private" / "portal.db").touch(mode=0o644)
    prefix = CAPABLE_OF_NOTHING if os.geteuid() == 0 else ()
    with serving(var, *prefix, "sh", "-c", 'umask 000 && exec "$@"', "sh") as (address, _):
        paths = ("/", f"/data/{NAME}", f"/catalogue/{NAME}/target.csv", "/healthz", f"/releases/{NAME}/1.0.0/")
        assert [httpx.get(f"{address}{path}").status_code for path in paths] == [200] * 5
        assert cited(address, 1, forwarded=False) == [303]
        modes = {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in (var / "private").iterdir()}
    assert set(modes.values()) <= {"0o600", "0o700"}
    assert {"portal.db", "portal.db-wal", "portal.db-shm", "secret.key"} <= modes.keys()
    assert oct(stat.S_IMODE((var / "private").stat().st_mode)) == "0o700"
    attempt = f"open({str(var / 'releases' / 'x')!r}, 'w')"
    tried = subprocess.run([*prefix, sys.executable, "-c", attempt], capture_output=True, text=True)
    assert "PermissionError" in tried.stderr
    assert hashes(var / "releases") == before


def close(folder: Path) -> dict[str, str]:
    """Give a folder to another user where we may, and let nobody write it; what is in it."""
    before = hashes(folder)
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o555 if path.is_dir() else 0o444)
            if os.geteuid() == 0:
                shutil.chown(path, "nobody")
    return before


def hashes(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
