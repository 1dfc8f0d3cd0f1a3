"""Reading notices: ours beside a scan with one pattern and, with `--peers`, JioNLP and recognizers-text, as ratios.

Every way reads the same notices of 6,000 characters in one run, in turns. Ours does more than any of them: it reads the
outline, metadata, bodies, names, bounds, years and units, and what must be held back. The notices are dense, with some
two hundred numbers each; `ours, a plain one` is a notice of usual density, with some thirty in 4,300 characters.

Compiled with mypyc, `etl/extracting` is 1.4 times as fast and a whole notice 1.25 times: four fifths of what is left is
spent inside Python's own dictionaries, strings and patterns. That is too little for a second build.
"""

from __future__ import annotations

import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "tests" / "evaluation" / "notices" / "text"
PEERS = ("jionlp==1.5.31", "recognizers-text-suite==1.0.2a2", "emoji<2", "setuptools<81")
LENGTH, NOTICES, ROUNDS = 6000, 20, 3
MANY = (200, 2000)


def main() -> None:
    """Measure everything, or one way when called with its name."""
    if len(sys.argv) > 2:
        print(json.dumps(MEASURES[sys.argv[1]](sys.argv[2])))
        return
    peers = _venv() if "--peers" in sys.argv else None
    speeds(peers)
    memory()
    engines()


def notices(count: int = NOTICES) -> list[str]:
    """Texts of 6,000 characters out of the annotated notices, one after the other."""
    texts = [path.read_text("utf-8") for path in sorted(TEXTS.glob("*.txt"))]
    everything = "\n".join(islice(cycle(texts), len(texts) * (1 + count * LENGTH // sum(map(len, texts)))))
    return [everything[n * LENGTH : (n + 1) * LENGTH] for n in range(count)]


def as_page(text: str) -> bytes:
    """The text as a web page."""
    body = "".join(f"<p style='text-indent:2em'>{line}</p>\n" for line in text.splitlines())
    page = (
        "<html><head><meta charset='utf-8'><title>通知</title></head><body><div class='nav'><a href='/'>首页</a></div>"
    )
    return f"{page}<div class='TRS_Editor'>{body}</div><div class='footer'>版权所有</div></body></html>".encode()


def ours() -> Callable[[str], Any]:
    """The whole way from text to rows."""
    from etl.pipeline import read_notice

    return lambda text: read_notice(text.encode(), name="a.txt")


def ours_from_html() -> Callable[[str], Any]:
    """The whole way from a page's bytes to rows."""
    from etl.pipeline import read_notice

    pages = {text: as_page(text) for text in notices()}
    return lambda text: read_notice(pages[text], name="a.html")


def ours_plain() -> Callable[[str], Any]:
    """The whole way for a notice with as many numbers as is usual."""
    from etl.pipeline import read_notice

    data = (TEXTS / "seed.txt").read_bytes()
    return lambda _: read_notice(data, name="a.txt")


def one_pattern() -> Callable[[str], Any]:
    """The least that anything could do: every number with a unit."""
    number = re.compile(
        r"(?:达到|超过|不少于)?\d+(?:\.\d+)?(?:[万亿]?(?:元|人|家|个|项|件|亩|公里)|%|个百分点)(?:以上|左右)?"
    )
    return lambda text: [match.span() for match in number.finditer(text)]


def jionlp() -> Callable[[str], Any]:
    """JioNLP: money and time."""
    import jionlp

    now = time.time()

    def read(text: str) -> Any:
        return jionlp.ner.extract_money(text, with_parsing=True), jionlp.ner.extract_time(text, time_base=now)

    return read


def recognizers() -> Callable[[str], Any]:
    """recognizers-text: numbers, percentages, currencies, dimensions, dates."""
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension
    from recognizers_text import Culture

    ways = (recognize_number, recognize_percentage, recognize_currency, recognize_dimension, recognize_datetime)
    return lambda text: [way(text, Culture.Chinese) for way in ways]


WAYS: dict[str, Callable[[], Callable[[str], Any]]] = {
    "ours": ours,
    "ours from HTML": ours_from_html,
    "ours, a plain one": ours_plain,
    "one pattern": one_pattern,
    "JioNLP": jionlp,
    "recognizers-text": recognizers,
}
FEW = {"JioNLP": 4, "recognizers-text": 2}


def speed(way: str) -> float:
    """Notices a second of processor time, after a first one that compiles everything."""
    texts = notices()[: FEW.get(way, NOTICES)]
    read = WAYS[way]()
    read(texts[0])
    started = time.process_time()
    for text in texts:
        read(text)
    return len(texts) / (time.process_time() - started)


def speeds(peers: Path | None) -> None:
    """Print each way's median speed and ratio to ours."""
    own_ways = (way for way in WAYS if way not in FEW)
    python = dict.fromkeys(own_ways, sys.executable) | ({} if peers is None else dict.fromkeys(FEW, str(peers)))
    found: dict[str, list[float]] = {way: [] for way in python}
    for _ in range(ROUNDS):
        for way, program in python.items():
            found[way].append(float(_run(program, "speed", way)))
    own = statistics.median(found["ours"])
    for way, speeds in found.items():
        median = statistics.median(speeds)
        print(f"{way:18} {median:9.1f} notices/s and core   ours is {own / median:7.2f} times as fast")


def peak(count: str) -> dict[str, float]:
    """Read so many notices through the engine and the cache; megabytes at most, here and in a reader."""
    from etl.batch import read_all
    from etl.cache import Cache
    from etl.engines import Local
    from etl.pipeline import in_silence

    with tempfile.TemporaryDirectory() as folder:
        jobs = list(_jobs(Path(folder), int(count)))
        started = time.monotonic()
        outcomes = read_all(jobs, Local(), Cache(Path(folder) / "cache", "0" * 64), in_silence, lambda _: None)
        seconds = time.monotonic() - started
        assert all(outcome.reading for outcome in outcomes)
    who = {"here": resource.RUSAGE_SELF, "reader": resource.RUSAGE_CHILDREN}
    return {name: resource.getrusage(which).ru_maxrss / 1024 for name, which in who.items()} | {"seconds": seconds}


def memory() -> None:
    """Print the most memory that reading few and many notices takes."""
    for count in MANY:
        found = _run(sys.executable, "peak", str(count))
        print(f"{count:5} notices read: {found['here']:.0f} MB here, {found['reader']:.0f} MB in the largest reader")


def pace(address: str) -> float:
    """Notices a second through an engine (`local` or a scheduler's address)."""
    from etl.engines import engine_named

    with tempfile.TemporaryDirectory() as folder:
        jobs = list(_jobs(Path(folder), 400))
        engine = engine_named("local" if address == "local" else f"dask:{address}")
        list(engine.run(jobs[:4]))
        started = time.monotonic()
        assert len(list(engine.run(jobs))) == len(jobs)
        return len(jobs) / (time.monotonic() - started)


def engines() -> None:
    """Print how a Dask cluster of as many workers as there are cores compares with the pool."""
    cores = str(len(os.sched_getaffinity(0)))
    start = [sys.executable, "-W", "ignore", "-m", "dask"]
    quiet: dict[str, Any] = {"stderr": subprocess.DEVNULL, "cwd": ROOT, "env": _environment()}
    address = f"tcp://127.0.0.1:{_free_port()}"
    where = ["--host", "127.0.0.1", "--no-dashboard"]
    with (
        subprocess.Popen([*start, "scheduler", *where, "--port", address.rsplit(":", 1)[1]], **quiet) as scheduler,
        subprocess.Popen(
            [*start, "worker", address, *where, "--nworkers", cores, "--nthreads", "1"], **quiet
        ) as worker,
    ):
        try:
            time.sleep(10)
            found = [
                (_run(sys.executable, "pace", "local"), _run(sys.executable, "pace", address)) for _ in range(ROUNDS)
            ]
        finally:
            worker.terminate()
            scheduler.terminate()
    pool, cluster = (statistics.median(column) for column in zip(*found, strict=True))
    print(f"pool of {cores}: {pool:.0f} notices/s; Dask cluster of {cores}: {cluster:.0f}, {cluster / pool:.2f} of it")


MEASURES: dict[str, Callable[[str], Any]] = {"speed": speed, "peak": peak, "pace": pace}


def _jobs(folder: Path, count: int) -> Iterator[Any]:
    from hashlib import sha256

    from etl.batch import Job

    texts = notices()
    for number in range(count):
        path, data = folder / f"{number}.txt", f"{texts[number % len(texts)]}\n第{number}号。\n".encode()
        path.write_bytes(data)
        yield Job(path, sha256(data).hexdigest(), "text/plain", "utf-8")


def _run(python: str, measure: str, what: str) -> Any:
    command = [python, "-W", "ignore", "-m", "bench.extraction", measure, what]
    done = subprocess.run(command, cwd=ROOT, env=_environment(), capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{what}: {done.stderr.strip().splitlines()[-1]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _venv() -> Path:
    """A virtual environment of the peers' own, in pinned versions."""
    folder = ROOT / "var" / "bench" / "peers"
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PEERS], check=True)
    return python


if __name__ == "__main__":
    main()
