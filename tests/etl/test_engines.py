"""Many sources read: the same bytes from every engine, and what kills a reader costs that source alone."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from etl.batch import Answer, Job, check_bytes, read_all
from etl.cache import Cache
from etl.engines import EngineError, Local, Readers, engine_named, loose
from etl.engines.cluster import Cluster, _batches
from etl.engines.failure import TOO_LARGE, why_it_ended
from etl.engines.worker import Worker
from etl.pipeline import in_silence, read_job
from etl.reading.limits import MEGABYTE

ROOT = Path(__file__).resolve().parents[2]
PAGE = "<html><body><h1>关于第{n}批试点的通知</h1><div class='TRS_Editor'><p>1. 新建基地{n}个。</p></div></body></html>"


def page(folder: Path, number: int) -> Job:
    """A small page on the disk, as a job."""
    path, data = folder / f"{number}.html", PAGE.format(n=number).encode()
    path.write_bytes(data)
    return Job(path, hashlib.sha256(data).hexdigest(), "text/html", "utf-8")


@pytest.fixture
def jobs(tmp_path: Path) -> list[Job]:
    """Twelve pages, one text, one that is gone, one that is no document."""
    pages = [page(tmp_path, n) for n in range(12)]
    text = loose("关于试点的通知\n\n1. 新建基地9个。\n".encode(), "通知.txt")
    return [*pages, text, Job(tmp_path / "gone.html", "0" * 64), loose(b"PK\x03\x04 broken", "broken.docx")]


@pytest.fixture
def pipe(tmp_path: Path) -> Iterator[Job]:
    """A source that never ends, so that its reader can be met at work."""
    os.mkfifo(tmp_path / "endless.html")
    yield Job(tmp_path / "endless.html", "0" * 64)


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Dask scheduler with two workers of a thread each, in processes of their own."""
    pytest.importorskip("distributed")
    folder = tmp_path_factory.mktemp("dask")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_TEMPORARY_DIRECTORY": str(folder)}
    start = [sys.executable, "-W", "ignore", "-m", "dask"]
    where = ["--host", "127.0.0.1", "--no-dashboard"]
    log = folder / "scheduler.log"
    processes = []
    with log.open("wb") as out:
        processes.append(subprocess.Popen([*start, "scheduler", *where, "--port", "0"], env=environment, stderr=out))
        address = waited(log)
        worker = [*start, "worker", address, "--nworkers", "2", "--nthreads", "1", *where]
        processes.append(subprocess.Popen(worker, env=environment, cwd=folder, stderr=subprocess.DEVNULL))
    yield address
    for process in reversed(processes):
        process.terminate()
        process.wait(timeout=120)


def waited(log: Path, seconds: float = 60) -> str:
    """The address that the scheduler says it listens on."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := re.search(r"tcp://127\.0\.0\.1:\d+", log.read_text("utf-8")):
            return found[0]
        time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8"))


def answers(engine: Any, jobs: list[Job]) -> dict[str, Answer]:
    return {job.path.name: answer for job, answer in engine.run(jobs)}


def when_ready(address: str, jobs: list[Job]) -> dict[str, Answer]:
    """The cluster's answers once its workers have come up."""
    for _ in range(100):
        try:
            return answers(Cluster(address), jobs)
        except EngineError as error:
            assert "没有工作进程" in str(error)
            time.sleep(0.3)
    raise AssertionError("no workers")


def test_one_process_a_pool_and_a_cluster_give_the_same_bytes(jobs: list[Job], scheduler: str) -> None:
    alone = answers(Local(processes=1), jobs)
    assert len(alone) == 15
    assert sorted(name for name, answer in alone.items() if answer.refusal) == ["broken.docx", "gone.html"]
    assert answers(Local(processes=3), jobs) == alone
    assert when_ready(scheduler, jobs) == alone
    here = {job.path.name: read_job(job, check_bytes(job)) for job in jobs if job.path.name != "gone.html"}
    assert {name: alone[name].outcome for name in here} == here


def test_a_cluster_is_given_batches_not_documents(jobs: list[Job]) -> None:
    refused: list[tuple[Job, Answer]] = []
    assert [len(batch) for batch in _batches(jobs, 6, refused)] == [6, 6, 2]
    assert [job.path.name for job, _ in refused] == ["gone.html"]
    large = [loose(bytes([n]) * 5 * MEGABYTE, f"{n}.txt") for n in range(1, 5)]
    assert [len(batch) for batch in _batches(large, 200, refused)] == [2, 2]


def test_without_dask_its_use_is_refused_in_words() -> None:
    code = "import sys; sys.modules['distributed'] = None\n"
    code += "from etl.engines.cluster import Cluster\nfrom etl.engines import loose\n"
    code += "list(Cluster('tcp://127.0.0.1:1').run([loose(b'x', 'x.txt')]))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert "EngineError: 没有安装 Dask：" in done.stderr


@pytest.mark.parametrize("name", ["dask:", "spark", ""])
def test_an_unknown_engine_is_refused_in_words(name: str) -> None:
    with pytest.raises(EngineError, match="请写 local，或 dask:调度器地址"):
        engine_named(name)


def test_the_death_of_a_reader_costs_only_the_job_in_hand(pipe: Job, tmp_path: Path) -> None:
    pages = [page(tmp_path, n) for n in range(3)]
    with Readers() as readers:
        worker = Worker()
        readers._workers.append(worker)
        assert worker.take() is None
        worker.give(pipe)
        worker.give(pages[0])
        os.kill(worker._process.pid, signal.SIGSEGV)
        told = {job.path.name: answer.refusal for job, answer in readers.read(iter(pages[1:]))}
    crashed = why_it_ended(-signal.SIGSEGV)
    assert told == {"endless.html": crashed, "0.html": None, "1.html": None, "2.html": None}


def ended(code: str) -> subprocess.CompletedProcess[str]:
    """What becomes of a process that does this within limits of a tenth of a second."""
    head = "import resource, time, etl.engines.limits as limits\nlimits.SECONDS = 0.1\n"
    head += "resource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n"
    return subprocess.run([sys.executable, "-c", head + code], cwd=ROOT, capture_output=True, text=True)


def test_a_reader_that_works_too_long_is_ended_by_the_system() -> None:
    done = ended("with limits.limited(b'x'):\n    while True: pass")
    assert done.returncode == -signal.SIGPROF
    assert why_it_ended(done.returncode).startswith("识读用时超过每件 5 秒、每页 0.2 秒的上限")


def test_a_reader_that_hangs_is_ended_by_the_system() -> None:
    assert ended("with limits.limited(b'x'):\n    time.sleep(60)").returncode == -signal.SIGALRM


def test_long_sources_have_more_time() -> None:
    assert ended("with limits.limited(b'x' * 100_000):\n    time.sleep(1.5)\ntime.sleep(0.2)").returncode == 0


def test_a_reader_that_takes_too_much_memory_is_refused() -> None:
    done = ended("with limits.limited(b'x'):\n    bytes(600 << 20)")
    assert done.stderr.splitlines()[-1].startswith("MemoryError")
    assert "512 MB" in TOO_LARGE


def test_readers_know_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "do not tell")
    worker = Worker()
    try:
        assert worker.take() is None
        assert b"SECRET_KEY" not in Path(f"/proc/{worker._process.pid}/environ").read_bytes()
    finally:
        worker.close()


def test_results_are_kept_as_they_come_and_damaged_ones_read_again(jobs: list[Job], tmp_path: Path) -> None:
    cache, said = Cache(tmp_path / "cache", "0" * 64), list[str]()
    first = read_all(jobs, Local(), cache, in_silence, said.append)
    assert len(said) == 15
    outcomes = list(first)
    assert [job.path.name for job, outcome in zip(jobs, outcomes, strict=True) if outcome.refusal] == [
        "gone.html",
        "broken.docx",
    ]
    said.clear()
    cache._path(jobs[3].key).write_bytes(b"{")
    cache._path(jobs[4].key).unlink()
    again = read_all(jobs, Local(), cache, in_silence, said.append)
    cache._path(jobs[5].key).unlink()
    assert list(again) == outcomes
    assert len(said) == 3


def test_what_was_kept_does_not_outlive_its_original(jobs: list[Job], tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache", "0" * 64)
    read_all(jobs[:2], Local(), cache, in_silence, lambda _: None)
    jobs[0].path.write_bytes(b"other bytes")
    jobs[1].path.unlink()
    outcomes = list(read_all(jobs[:2], Local(), cache, in_silence, lambda _: None))
    assert [bool(re.search("校验值不符|找不到原件", outcome.refusal or "")) for outcome in outcomes] == [True, True]


def test_nothing_to_read_is_no_work() -> None:
    assert list(Local().run([])) == []
    assert list(Cluster("tcp://127.0.0.1:1").run([])) == []
