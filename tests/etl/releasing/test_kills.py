"""A publisher killed at any moment leaves the old or the new release, and nothing else after the next start."""

from __future__ import annotations

import fcntl
import multiprocessing
import random
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from etl.publishing.checked import database
from etl.publishing.histories import Content, read_release
from etl.publishing.issuing import issue
from etl.publishing.keeping import keep_last
from etl.publishing.tidying import tidy
from etl.releasing.current import current
from etl.releasing.reading import releases
from etl.releasing.switch import PublishError, sweep
from tests.etl.releasing.conftest import Publisher

KILLS = 200
PRELOADED = ["etl.publishing.issuing", "polars", "xlsxwriter", "frictionless"]


def start(publisher: Publisher) -> Any:
    """A publication in a process of its own; what is only read (the checks) is left out, there are more kills so."""
    plan, place = publisher.plan(), publisher.place
    assert plan is not None
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    process = context.Process(target=issue, args=(plan, place.releases, place.private, "inputs", database))
    process.start()
    return process


def next_start(publisher: Publisher) -> None:
    """What `etl build` does first: clear away, and have the last recorded release stand."""
    history, place = publisher.history, publisher.place
    sweep(place.releases, "small", lambda: tidy(publisher.collection))
    content = Content(publisher.collection, publisher.rows)
    if history.last is not None and content.is_of(history.last):
        keep_last(history, content, publisher.prepared.texts, place, "inputs")


def assert_whole(publisher: Publisher, before: str) -> bool:
    """Old or new, sound, complete, no orphan; whether it is the new one."""
    history, home = publisher.history, publisher.place.releases / "small"
    versions = [one.version for one in history.recorded]
    served = current(publisher.place.releases, "small")
    assert served is not None
    assert served.warning is None
    assert served.version == versions[-1]
    assert versions[-1] == before or versions[-2] == before
    assert {p.name for p in home.iterdir()} == {*versions, "current.json", ".lock", "minisign.pub"}
    assert read_release(releases(publisher.place.releases, "small")[-1]).is_of(history.recorded[-1])
    assert [p.name for p in publisher.folder.iterdir() if p.name.startswith(".")] == []
    assert {line.split("-")[0] for line in ledger(publisher, "changes.csv")[1:]} <= set(versions[1:])
    assert sum(line.startswith("## ") for line in ledger(publisher, "CHANGELOG.md")) == len(versions)
    return versions[-1] != before


def ledger(publisher: Publisher, name: str) -> list[str]:
    return (publisher.folder / name).read_text("utf-8").splitlines()


def timed(publisher: Publisher) -> float:
    """How long a publication takes, from its start to its end."""
    process = start(publisher)
    began = time.perf_counter()
    process.join()
    return time.perf_counter() - began


def kill_once(publisher: Publisher, moment: float) -> bool:
    before = publisher.history.recorded[-1].version
    process = start(publisher)
    process.join(moment)
    process.kill()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    served = current(publisher.place.releases, "small")
    assert served is not None
    assert served.version in (before, publisher.history.recorded[-1].version)
    next_start(publisher)
    return assert_whole(publisher, before)


def test_200_random_kills_leave_the_old_or_the_new_release(publisher: Publisher) -> None:
    moments = random.Random(2017)  # noqa: S311 - moments, not secrets
    publisher.release()
    start(publisher.titled("起")).join()
    spans = [timed(publisher.titled(title)) for title in ("二", "三", "四")]
    for number in range(KILLS):
        kill_once(publisher.titled(f"第{number}次"), moments.random() * 1.1 * max(spans))
    assert not kill_once(publisher.titled("太早"), 0)
    assert kill_once(publisher.titled("不再打断"), 60)


def test_a_recorded_release_without_its_folder_is_made_again(publisher: Publisher, tmp_path: Path) -> None:
    first = publisher.release()
    (first.folder / "small.db").unlink()
    next_start(publisher)
    assert assert_whole(publisher, "1.0.0") is False


def test_readers_see_the_old_or_the_new_release_while_one_is_published(publisher: Publisher) -> None:
    publisher.release()
    seen: list[tuple[str, str | None]] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            found = current(publisher.place.releases, "small")
            assert found is not None
            assert found.database.exists()
            seen.append((found.version, found.warning))

    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        for title in "一二三":
            publisher.titled(title).release()
        done.set()
        for reader in readers:
            reader.result()
    assert {version for version, _ in seen} <= {"1.0.0", "1.0.1", "1.0.2", "1.0.3"}
    assert {warning for _, warning in seen} == {None}


def test_a_second_publisher_is_told_to_wait(publisher: Publisher) -> None:
    publisher.release()
    with (publisher.place.releases / "small" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(PublishError, match="另一个进程正在发布 small：请等它结束后再试。"):
            publisher.titled("改").release()
    assert len(publisher.history.recorded) == 1
    assert publisher.release().version == "1.0.1"
