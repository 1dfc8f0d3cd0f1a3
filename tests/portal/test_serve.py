"""`python -m portal serve` as it is run."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest

from etl.places import ROOT
from portal.gate.protocol import escaped


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory, releases: Path) -> Path:
    folder = tmp_path_factory.mktemp("var")
    (folder / "releases").symlink_to(releases)
    return folder


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "portal", "serve", *arguments]


def environment(var: Path) -> dict[str, str]:
    return {**os.environ, "VAR_DIR": str(var), "PYTHONPATH": str(ROOT)}


def run(var: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), cwd=ROOT, env=environment(var), capture_output=True, text=True, timeout=120
    )


@contextmanager
def serving(var: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """A server, and what it said until it was up."""
    with subprocess.Popen(
        command(*arguments), cwd=ROOT, env=environment(var), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        try:
            yield server, said_until_up(server)
        finally:
            # A test that fails must not wait for a server that nobody stops.
            server.kill()


def said_until_up(server: subprocess.Popen[str]) -> list[str]:
    assert server.stdout is not None
    said = []
    for line in server.stdout:
        said.append(line.strip())
        if "网站已在" in line:
            break
    return said


@contextmanager
def taken() -> Iterator[int]:
    """A port that somebody listens on."""
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


def free_port() -> int:
    with taken() as port:
        return port


def address(said: list[str]) -> str:
    found = re.search(r"http://\S+", said[-1])
    assert found, said
    return found[0]


def test_it_says_where_it_is_when_it_answers_and_stops_quietly(var: Path) -> None:
    with serving(var, "--port", str(free_port())) as (server, said):
        here = address(said)
        assert httpx.get(f"{here}/healthz").status_code == 200
        row = httpx.get(f"{here}/targets/zjstb-zkd-2017-13.agri-progress-share.json").json()
        assert row["url"].startswith(here)
        server.send_signal(signal.SIGINT)
        assert server.wait(10) in (0, 130, -signal.SIGINT)
        assert server.stdout is not None
        assert server.stdout.read() == ""


def test_a_chosen_port_in_use_is_told_in_one_sentence(var: Path) -> None:
    with taken() as port:
        result = run(var, "--port", str(port))
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == f"端口 {port} 已被占用：请用 --port 另选一个，或先停掉占用它的程序。\n"


def test_the_next_free_port_is_taken_where_none_was_chosen(var: Path) -> None:
    with serving(var) as (_, first), serving(var) as (_, second):
        assert address(first) != address(second)
        assert re.fullmatch(r"端口 8000 已被占用，改用 80\d\d。", second[0])
        assert httpx.get(f"{address(second)}/healthz").status_code == 200


@pytest.mark.parametrize("port", ["99999", "-1", "x", "８０"])
def test_a_port_that_is_none_is_refused_in_one_sentence(var: Path, port: str) -> None:
    result = run(var, f"--port={port}")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == f"“{port}”不是端口：请写 1 至 65535 之间的整数，例如 --port 8000。\n"


def test_a_command_that_is_none_is_told_what_there_is(var: Path) -> None:
    result = run(var, "--nonsense")
    assert result.returncode == 2
    assert result.stderr.startswith("命令写得不对（unrecognized arguments: --nonsense）：用法见 ")


def test_without_a_build_it_says_what_to_do(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.endswith("请先运行 make build（或 python -m etl build）。\n")


def test_a_broken_site_file_is_told(var: Path, tmp_path: Path) -> None:
    (tmp_path / "metadata.yml").write_text("title: x\n", "utf-8")
    result = subprocess.run(
        command(),
        cwd=ROOT,
        env=environment(var) | {"SITE_FILE": str(tmp_path / "metadata.yml")},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 1
    assert "缺少 'site'" in result.stderr and "Traceback" not in result.stderr


def test_bare_chinese_addresses_and_half_requests_are_understood(var: Path) -> None:
    with serving(var, "--port", str(free_port())) as (_, said):
        host, port = address(said).removeprefix("http://").split(":")

        def send(data: bytes) -> str:
            with closing(socket.create_connection((host, int(port)), timeout=10)) as wire:
                wire.sendall(data)
                received = b""
                while b"\r\n\r\n" not in received or b"close" not in received.lower():
                    piece = wire.recv(65_536)
                    if not piece:
                        break
                    received += piece
                return received.decode()

        asked = f"GET /search.json?q=研发 HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
        assert send(asked).startswith("HTTP/1.1 200")
        assert send(b"GET / / /\r\n\r\n").startswith("HTTP/1.1 400")
        idle = [socket.create_connection((host, int(port))) for _ in range(200)]
        for wire in idle:
            wire.sendall(b"GET / HTTP/1.1\r\nHost: ")
        began = time.monotonic()
        assert httpx.get(f"{address(said)}/healthz").status_code == 200
        assert time.monotonic() - began < 1
        for wire in idle:
            wire.close()


def test_only_the_first_line_is_escaped() -> None:
    assert escaped("GET /研 HTTP/1.1\r\nX: 研".encode()) == b"GET /%E7%A0%94 HTTP/1.1\r\nX: " + "研".encode()
    assert escaped(b"GET / HTTP/1.1") == b"GET / HTTP/1.1"
