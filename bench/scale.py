"""One build of few and of many notices: speed and the most memory, as ratios; `--many` adds twenty thousand.

The notices are made up out of the annotated ones: other titles, numbers, years and selections of paragraphs.
`python -m bench.scale write FOLDER COUNT` only writes a collection of so many, to build it by hand:
`DATASETS_DIR=FOLDER VAR_DIR=… python -m etl build`.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "tests" / "evaluation" / "notices" / "text"
COLLECTION = ROOT / "tests" / "collections" / "qinghe-joint"
FEW, MANY = (200, 2000), 20_000
LENGTH = 700
SUBJECTS = (
    "科技创新",
    "节能减排",
    "乡村振兴",
    "就业",
    "民生实事",
    "安全生产",
    "营商环境",
    "文化旅游",
    "水利建设",
    "教育",
)
KINDS = ("通知", "意见", "实施方案", "工作要点", "行动计划")
MADE_ON = "2026-11-20T00:00:00Z"


def main() -> None:
    """Measure, or do one thing when called with its name."""
    if sys.argv[1:2] == ["write"]:
        write_collection(Path(sys.argv[2]), int(sys.argv[3]))
    elif sys.argv[1:2] == ["measure"]:
        print(json.dumps(measured(sys.argv[2:])))
    else:
        compare((*FEW, *((MANY,) if "--many" in sys.argv else ())))


def notices(count: int) -> Iterator[tuple[str, bytes]]:
    """File names and texts of so many short notices, every tenth as a web page."""
    paragraphs = [line for path in sorted(TEXTS.glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    usable = [line.strip() for line in paragraphs if 30 < len(line.strip()) < 300]
    for number in range(count):
        text = notice(number, usable)
        is_page = number % 10 == 9
        yield f"{number:05}.{'html' if is_page else 'txt'}", page(text) if is_page else text.encode()


def notice(number: int, paragraphs: list[str]) -> str:
    """A notice that no other number gives."""
    chance = random.Random(number)  # noqa: S311 - the same notices each time
    year = 2005 + chance.randrange(20)
    title = f"青禾县关于{year}年第{number + 1}批{chance.choice(SUBJECTS)}工作的{chance.choice(KINDS)}"
    lines: list[str] = []
    while sum(map(len, lines)) < LENGTH:
        lines.append(f"{len(lines) + 1}. {varied(chance.choice(paragraphs), chance, year)}")
    return "\n".join((title, f"青科发〔{year}〕{number + 1}号", "各乡镇人民政府：", *lines, f"{year}年3月5日", ""))


def varied(paragraph: str, chance: random.Random, year: int) -> str:
    """The paragraph about another year, with other numbers."""
    bare = re.sub(r"^[一二三四五六七八九十\d]+[、.．]\s*", "", paragraph)
    moved = re.sub(r"20[012]\d(?=年)", lambda _: str(year + chance.randrange(5)), bare)
    return re.sub(r"(?<![\d.])\d{2}(?![\d.年])", lambda _: str(10 + chance.randrange(90)), moved)


def page(text: str) -> bytes:
    """The text as a web page."""
    title, body = text.partition("\n")[0], "".join(f"<p>{line}</p>\n" for line in text.splitlines())
    head = f"<html><head><meta charset='utf-8'><title>{title}</title></head>"
    return f"{head}<body><div class='TRS_Editor'>{body}</div></body></html>".encode()


def write_collection(datasets: Path, count: int) -> None:
    """A folder to build from: the fictional collection with so many notices instead of its own."""
    folder = datasets / COLLECTION.name
    shutil.copytree(COLLECTION, folder, ignore=shutil.ignore_patterns("sources*", "data", "ids.csv"))
    (folder / "sources").mkdir()
    with (folder / "sources.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        header = ("file", "url", "sha256", "captured_at", "media_type", "encoding", "path_on", "replaced_by", "note")
        writer.writerow(header)
        for name, data in notices(count):
            (folder / "sources" / name).write_bytes(data)
            kind = "text/html" if name.endswith(".html") else "text/plain"
            writer.writerow((name, "", hashlib.sha256(data).hexdigest(), MADE_ON, kind, "utf-8", "", "", ""))


def measured(command: list[str]) -> dict[str, Any]:
    """Seconds and megabytes that a command takes, its largest process alone."""
    started = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    seconds = time.monotonic() - started
    if done.returncode:
        raise SystemExit(done.stderr.strip() or done.stdout[-500:])
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"seconds": seconds, "megabytes": used.ru_maxrss / 1024, "said": done.stdout.count("\n")}


def compare(counts: tuple[int, ...]) -> None:
    """Build each number of notices twice, and print speed and memory, also as ratios to the smallest."""
    first: dict[str, Any] = {}
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="scale-") as folder:
            write_collection(Path(folder) / "datasets", count)
            built, again = (_build(Path(folder)) for _ in range(2))
        first = first or built
        print(
            f"{count:6} notices: {count / built['seconds']:6.1f}/s, {built['megabytes']:5.0f} MB at most "
            f"({built['megabytes'] / first['megabytes']:.2f} of the memory for {counts[0]}); "
            f"again without changes {again['seconds']:.1f} s, {again['megabytes']:.0f} MB",
            flush=True,
        )


def _build(folder: Path) -> dict[str, Any]:
    environment = {**os.environ, "DATASETS_DIR": str(folder / "datasets"), "VAR_DIR": str(folder / "var")}
    command = [sys.executable, "-W", "ignore", "-m", "bench.scale", "measure", sys.executable, "-m", "etl", "build"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr.strip())
    found: dict[str, Any] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    main()
