"""What servers that tests start have in common, and Redis: a folder of one's own, a free loopback port, an end."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis

from tests.ports import free_port


@contextmanager
def running_redis() -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A Redis server of one's own, and its address."""
    program, port = had(shutil.which("redis-server"), "Redis"), free_port()
    settings = ("--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
    command = [*ending_with_us(), program, *settings]
    with own_folder() as folder, subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL) as server:
        address = f"redis://127.0.0.1:{port}/0"
        try:
            _wait_for_redis(address)
            yield server, address
        finally:
            server.kill()


def ending_with_us() -> list[str]:
    """What lets a server end when the tests are ended before they could stop it."""
    return ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []


def had(program: str | None, name: str) -> str:
    """A program that is needed; without it the test is skipped, and fails where nothing may be skipped."""
    if program is None:
        assert not os.environ.get("CI"), f"no {name}: run .ci/packages"
        pytest.skip(f"没有 {name}：用到它的测试跳过。请运行 .ci/packages。")
    return program


@contextmanager
def own_folder() -> Iterator[Path]:
    """A folder that another user may enter, with a path short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="served-") as folder:
        yield Path(folder)


def _wait_for_redis(address: str, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    with redis.Redis.from_url(address) as client:
        while True:
            try:
                client.ping()
            except redis.ConnectionError:
                assert time.monotonic() < deadline, f"Redis did not answer in {seconds} s"
                time.sleep(0.02)
            else:
                return
