"""Two versions of a table compared: our row difference beside plain dicts, as ratios of time and memory.

The plain one reads both files with `csv.DictReader` and compares rows by id and cell by cell; ours reads typed rows and
gives changes that can be undone.
"""

from __future__ import annotations

import csv
import os
import random
import statistics
import sys
import tempfile
from pathlib import Path

from bench.tables import collection, made_up, run
from etl.releasing.difference import difference
from etl.tables import Row, read_csv, write_csv

ROWS = int(os.environ.get("BENCH_ROWS", "200000"))
ROUNDS = 3
CHANGED = 0.01


def main() -> None:
    """Measure, or compare two files when called with a way and their paths."""
    if len(sys.argv) > 1:
        way, old, new = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
        found = ours(old, new) if way == "ours" else plain(old, new)
        Path(sys.argv[4]).write_text(str(found), "utf-8")
    else:
        measure()


def ours(old: Path, new: Path) -> int:
    """How many changes our difference finds."""
    table = collection(False).table("thing")
    rows = [{"thing": read_csv(table, path)} for path in (old, new)]
    return len(difference(rows[0], rows[1], [table]))


def plain(old: Path, new: Path) -> int:
    """How many changes a comparison of dicts finds."""
    before, after = (_by_id(path) for path in (old, new))
    cells = sum(
        before[key][column] != value for key in before.keys() & after.keys() for column, value in after[key].items()
    )
    return cells + len(before.keys() ^ after.keys())


def measure() -> None:
    """Print each way's median time and memory as a ratio to the plain comparison."""
    with tempfile.TemporaryDirectory() as folder:
        old, new = Path(folder) / "old.csv", Path(folder) / "new.csv"
        _write(old, new)
        taken: dict[str, list[tuple[float, int]]] = {"plain": [], "ours": []}
        counted: dict[str, str] = {}
        for _ in range(ROUNDS):
            for way in taken:
                told = Path(folder) / way
                taken[way].append(run([sys.executable, "-m", "bench.diff", way, str(old), str(new), str(told)]))
                counted[way] = told.read_text("utf-8")
    if len(set(counted.values())) != 1:
        raise SystemExit(f"the ways do not agree: {counted}")
    base = [statistics.median(column) for column in zip(*taken["plain"], strict=True)]
    for way, rounds in taken.items():
        seconds, memory = (statistics.median(column) for column in zip(*rounds, strict=True))
        speed = f"{seconds:6.2f} s  {seconds / base[0]:5.2f}×"
        print(
            f"{way:10} {speed}   {memory / 1024:5.0f} MiB  {memory / base[1]:5.2f}×   ({counted[way]} of {ROWS} rows)"
        )


def _write(old: Path, new: Path) -> None:
    chance = random.Random(2017)  # noqa: S311 - made-up rows, not secrets
    table = collection(False).table("thing")
    rows = [made_up(n, chance) for n in range(ROWS)]
    write_csv(table, rows, old)
    write_csv(table, [_altered(row, n, chance) for n, row in enumerate(rows) if chance.random() > CHANGED / 10], new)


def _altered(row: Row, number: int, chance: random.Random) -> Row:
    return {**row, "value": number + 0.5} if chance.random() < CHANGED else row


def _by_id(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


if __name__ == "__main__":
    main()
