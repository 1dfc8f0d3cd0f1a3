"""Our API beside plain `datasette -i` on the same database, alternating in one run: requests per second as ratios."""

from __future__ import annotations

import asyncio
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from etl.declaration import load
from etl.places import ROOT
from etl.publishing.checked import publish
from etl.tables import Rows

ROWS = int(os.environ.get("BENCH_ROWS", "20000"))
ROUNDS, SECONDS, CLIENTS = 3, 1.0, 8
NAME, TABLE, WORD = "qinghe-joint", "indicator", "研发"
HERE, ONE = f"/catalogue/{NAME}/{TABLE}", f"{NAME}/{TABLE}"
PAIRS = {
    "row by key": ("/indicators/qhx-i777.json", f"/{ONE}/qhx-i777.json"),
    "page of 100": (f"{HERE}.json?_limit=100", f"/{ONE}.json?_size=100&_shape=objects"),
    "search, 20 hits": (
        f"/search.json?q={WORD}&collection={NAME}&table={TABLE}",
        f"/{ONE}.json?_search={WORD}&_size=20&_shape=objects",
    ),
    "Datasette's row in the composite": (f"/data/{ONE}/qhx-i777.json", f"/{ONE}/qhx-i777.json"),
    "Datasette's page in the composite": (f"/data/{ONE}?_size=20", f"/{ONE}?_size=20"),
}


def main() -> None:
    """Build a table, serve it twice, ask in turns."""
    with tempfile.TemporaryDirectory() as folder:
        var = Path(folder)
        database = publish(load(ROOT / "tests" / "collections" / NAME), _rows(), {}, var / "releases").database
        metadata = {"databases": {NAME: {"tables": {TABLE: {"fts_table": f"{TABLE}_fts", "fts_pk": "rowid"}}}}}
        (var / "metadata.json").write_text(json.dumps(metadata), "utf-8")
        port, other = _free_port(), _free_port()
        ours = [sys.executable, "-m", "portal", "serve", "--port", str(port)]
        plain = [sys.executable, "-m", "datasette", "-i", str(database), "-p", str(other), "-m", f"{var}/metadata.json"]
        with _served(ours, port, var), _served(plain, other, var):
            print(f"{ROWS} rows, {CLIENTS} clients; requests per second of ours, of plain Datasette, and their ratio")
            for name, (path, its) in PAIRS.items():
                _compare(name, port, path, other, its)


def _compare(name: str, port: int, path: str, other: int, its: str) -> None:
    pairs = [(_rate(port, path), _rate(other, its)) for _ in range(ROUNDS)]
    ratio = statistics.median(a / b for a, b in pairs)
    ours, plain = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(f"{name:36} {ours:8.0f} {plain:8.0f} {ratio:6.1f}×")


def _rate(port: int, path: str) -> float:
    return asyncio.run(_asked(port, str(httpx.URL(path)).encode("ascii")))


async def _asked(port: int, path: bytes) -> float:
    """Requests per second of a few clients that ask again as soon as they are answered."""
    ends = time.perf_counter() + SECONDS
    counts = await asyncio.gather(*(_client(port, path, ends) for _ in range(CLIENTS)))
    return sum(counts) / SECONDS


async def _client(port: int, path: bytes, ends: float) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    asked = 0
    while time.perf_counter() < ends:
        writer.write(b"GET " + path + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if not head.startswith(b"http/1.1 200"):
            raise RuntimeError(head.decode("latin-1"))
        await _body(head, reader)
        asked += 1
    writer.close()
    return asked


async def _body(head: bytes, reader: asyncio.StreamReader) -> None:
    if b"content-length: " in head:
        await reader.readexactly(int(head.split(b"content-length: ")[1].split(b"\r\n")[0]))
        return
    while size := int(await reader.readline(), 16):
        await reader.readexactly(size + 2)
    await reader.readline()


def _rows() -> Rows:
    chance = random.Random(1)  # noqa: S311 - made-up rows, not secrets
    words = ["研发", "投入", "强度", "增加", "比重", "高新", "技术", "企业", "农业", "科技", "进步", "贡献"]
    rows = [
        {
            "indicator_id": f"qhx-i{n}",
            "slug": f"i{n}",
            "name": f"{''.join(chance.choices(words[1:], k=4))}{n}",
            "unit": "%",
            "definition_text": "".join(chance.choices(words, k=20)) if n % 50 == 0 else "其他",
            "status": "accepted",
        }
        for n in range(ROWS)
    ]
    return {TABLE: rows}


@contextmanager
def _served(command: list[str], port: int, var: Path) -> Iterator[None]:
    environment = {**os.environ, "VAR_DIR": str(var)}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as it:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield
        it.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
