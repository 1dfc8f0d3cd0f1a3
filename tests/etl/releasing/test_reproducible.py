"""The same rows give the same release, byte for byte, whenever and wherever it is built."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from etl.releasing.manifest import digest

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import sys, time
shift = int(sys.argv[2])
import datetime
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None): return datetime_now(tz) + datetime.timedelta(seconds=shift)
    @classmethod
    def utcnow(cls): return datetime_utcnow() + datetime.timedelta(seconds=shift)
datetime_now, datetime_utcnow, real = datetime.datetime.now, datetime.datetime.utcnow, time.time
if shift:
    datetime.datetime = Later
    time.time = lambda: real() + shift
from pathlib import Path
from tests.etl.releasing.conftest import make_publisher
publisher = make_publisher(Path(sys.argv[1]))
key = Path(sys.argv[1]) / "var" / "private" / "release.key"
key.parent.mkdir(parents=True)
key.write_bytes(bytes(range(40)))
publisher.release()
publisher.titled("改").release()
"""
PLACES = {
    "here": {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1", "shift": "0", "umask": "022"},
    "there": {"TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "77", "shift": "40000000", "umask": "077"},
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same two releases, made twice under other circumstances, signed with the same key."""
    made = {}
    for name, place in PLACES.items():
        made[name] = tmp_path_factory.mktemp(name)
        environment = {**os.environ, **place, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        command = [sys.executable, "-c", PROGRAM, str(made[name]), place["shift"]]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, umask=int(place["umask"], 8))
    return made


def sums(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): digest(p) for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("version", ["1.0.0", "1.0.1"])
def test_every_file_is_the_same(version: str, built: dict[str, Path]) -> None:
    here, there = (sums(built[name] / "var" / "releases" / "small" / version) for name in PLACES)
    assert here == there
    assert f"small-{version}.zip" in here
    assert len([name for name in here if name.endswith(".parquet")]) == 7


@pytest.mark.parametrize("ledger", ["releases.csv", "changes.csv", "CHANGELOG.md"])
def test_the_ledgers_are_the_same(ledger: str, built: dict[str, Path]) -> None:
    here, there = ((built[name] / "small" / ledger).read_bytes() for name in PLACES)
    assert here == there


def test_nothing_says_where_it_was_made(built: dict[str, Path]) -> None:
    folder = built["here"] / "var" / "releases" / "small" / "1.0.1"
    words = [os.uname().nodename.encode(), b"127.0.0.1", b"localhost", str(built["here"]).encode()]
    texts = [p for p in folder.rglob("*") if p.suffix in (".json", ".csv", ".md", ".cff", ".txt")]
    assert [(p.name, w) for p in texts for w in words if w in p.read_bytes()] == []
    assert json.loads((folder / "datapackage.json").read_bytes())["created"] == "2026-11-23T00:00:00Z"
