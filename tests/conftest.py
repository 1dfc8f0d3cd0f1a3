"""Both collections built and served as a bureau would: the real commands, a real port, a real browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.ports import free_port
from tests.services import (  # noqa: F401 - fixtures, offered to every test
    any_private,
    any_storage,
    any_url,
    migrated,
    migrated_postgresql,
    postgresql,
    redis_server,
)

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Deployment:
    """A copy of the collections, what was built of them, and the environment that names both."""

    datasets: Path
    var: Path

    @property
    def releases(self) -> Path:
        return self.var / "releases"

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "DATASETS_DIR": str(self.datasets), "VAR_DIR": str(self.var), "PYTHONPATH": str(ROOT)}

    def etl(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `python -m etl …` in this deployment."""
        command = [sys.executable, "-m", "etl", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)


def make_deployment(folder: Path) -> Deployment:
    """A fresh copy of the real and the fictional collection, without anything built."""
    ignored = shutil.ignore_patterns("data", "releases.csv", "changes.csv", "CHANGELOG.md")
    shutil.copytree(ROOT / "tests" / "collections", folder / "datasets", ignore=ignored)
    return Deployment(folder / "datasets", folder / "var")


@pytest.fixture
def deployment(tmp_path: Path) -> Deployment:
    """A deployment of one's own, to break."""
    return make_deployment(tmp_path)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    """Both collections, built once: the first one released, the other still a draft."""
    deployment = make_deployment(tmp_path_factory.mktemp("site"))
    for arguments in (("build",), ("release", "zhenjiang-stb")):
        result = deployment.etl(*arguments)
        assert result.returncode == 0, result.stdout + result.stderr
    return deployment


@pytest.fixture(scope="session")
def served(built: Deployment) -> Iterator[str]:
    """The address at which the built collections are served by a process of their own."""
    with serving(built.environment) as address:
        yield address


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[str]:
    """A server in a process of its own, and its address."""
    port = free_port()
    command = [sys.executable, "-m", "portal", "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(address, server)
            yield address
        finally:
            server.terminate()


def wait_for(address: str, server: subprocess.Popen[bytes], seconds: float = 90) -> None:
    """Return when the address answers; fail when the server ends first or takes too long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert server.poll() is None, f"the server ended with {server.returncode}"
        try:
            httpx.get(address + "/healthz", timeout=2)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{address} did not answer in {seconds} s")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; without one the test is skipped, and fails where nothing may be skipped."""
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        assert not os.environ.get("CI"), "no Chromium: run .ci/packages"
        pytest.skip("没有 Chromium：浏览器测试跳过。请运行 .ci/packages。")
    arguments = ["--no-sandbox", "--disable-background-networking", "--no-first-run"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield browser
        browser.close()
