"""From CSV to SQLite: our load beside `sqlite-utils insert`, alternating in one run, as ratios of time and memory.

Ours does more: it reads types, sorts, declares keys and checks, analyses, vacuums and checks the finished file.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from etl.database import build_database
from etl.declaration import Collection, from_descriptor
from etl.tables import Row, read_csv, write_csv

ROWS = int(os.environ.get("BENCH_ROWS", "100000"))
ROUNDS = 3
TYPES = {"id": "string", "name": "string", "quote": "string", "region": "string", "value": "number", "year": "year"}


def main() -> None:
    """Measure, or load one file when called with its path."""
    if len(sys.argv) > 1:
        load(Path(sys.argv[1]), Path(sys.argv[2]), search="search" in sys.argv)
    else:
        measure()


def load(source: Path, database: Path, *, search: bool) -> None:
    """What the build does with one table."""
    made = collection(search)
    build_database(made, {"thing": read_csv(made.table("thing"), source)}, database)


def collection(search: bool) -> Collection:
    """A collection of one table."""
    fields = [{"name": n, "type": t, "title": n, "title_en": n} for n, t in TYPES.items()]
    resource: dict[str, Any] = {"name": "thing", "title": "thing", "title_en": "thing", "path": "data/thing.csv"}
    resource |= {"search": ["name", "quote"] if search else [], "schema": {"primaryKey": ["id"], "fields": fields}}
    return from_descriptor({"name": "bench", "title": "bench", "id_prefix": "b", "resources": [resource]})


def made_up(number: int, chance: random.Random) -> Row:
    """One row of random Chinese text."""
    words = "".join(chr(chance.randrange(0x4E00, 0x5E00)) for _ in range(60))
    value, year = chance.randrange(10_000) / 100, chance.randrange(2000, 2030)
    return {
        "id": f"b-{number:07}",
        "name": words[:10],
        "quote": words,
        "region": "321100",
        "value": value,
        "year": year,
    }


def measure() -> None:
    """Print each way's median time and memory as a ratio to sqlite-utils."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "thing.csv"
        chance = random.Random(2017)  # noqa: S311 - made-up rows, not secrets
        write_csv(collection(False).table("thing"), [made_up(n, chance) for n in range(ROWS)], source)
        own = [sys.executable, "-m", "bench.tables", str(source)]
        theirs = [str(Path(sys.executable).parent / "sqlite-utils"), "insert"]
        ways: dict[str, Callable[[str], list[str]]] = {
            "sqlite-utils insert": lambda db: [
                *theirs,
                db,
                "thing",
                str(source),
                "--csv",
                "--pk",
                "id",
                "--silent",
                "--no-detect-types",
            ],
            "ours": lambda db: [*own, db],
            "ours, with Chinese search": lambda db: [*own, db, "search"],
        }
        taken: dict[str, list[tuple[float, int]]] = {way: [] for way in ways}
        for turn in range(ROUNDS):
            for way, command in ways.items():
                taken[way].append(run(command(f"{folder}/{turn}-{len(way)}.db")))
    report(taken)


def run(command: list[str]) -> tuple[float, int]:
    """Seconds and peak memory in KiB (Linux) of a process."""
    started = time.perf_counter()
    with subprocess.Popen(command) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return time.perf_counter() - started, usage.ru_maxrss


def report(taken: dict[str, list[tuple[float, int]]]) -> None:
    """One line a way: seconds, ratio, MiB, ratio."""
    base = [statistics.median(column) for column in zip(*taken["sqlite-utils insert"], strict=True)]
    for way, rounds in taken.items():
        seconds, memory = (statistics.median(column) for column in zip(*rounds, strict=True))
        speed = f"{seconds:6.2f} s  {seconds / base[0]:5.2f}×"
        print(f"{way:28} {speed}   {memory / 1024:5.0f} MiB  {memory / base[1]:5.2f}×   ({ROWS} rows)")


if __name__ == "__main__":
    main()
