"""Putting a build in place: all or nothing, one publisher at a time, whatever happens to it."""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from etl.declaration import from_descriptor
from etl.publishing.checked import CheckFailed, publish
from etl.releasing.current import Build, current, folders
from etl.releasing.switch import KEPT, PublishError, sweep
from tests.etl.conftest import Small

ROOT = Path(__file__).resolve().parents[3]
KILLS = 40


def titled(small: Small, title: str) -> Small:
    small.rows["notice"][0]["title"] = title
    return small


def published(small: Small, releases: Path) -> Build:
    return publish(small.collection, small.rows, small.texts, releases, "inputs")


def names(releases: Path) -> set[str]:
    return {p.name for p in (releases / "small").iterdir()}


def test_a_publication_leaves_its_folder_the_pointer_and_the_lock(small: Small, tmp_path: Path) -> None:
    build = published(small, tmp_path)
    assert names(tmp_path) == {build.folder.name, "current.json", ".lock"}


def test_the_same_rows_give_the_same_folder(small: Small, tmp_path: Path) -> None:
    first, second = published(small, tmp_path), published(small, tmp_path / "again")
    assert first.folder.name == second.folder.name
    assert published(small, tmp_path) == first


def test_a_damaged_folder_of_that_name_is_replaced(small: Small, tmp_path: Path) -> None:
    build = published(small, tmp_path)
    build.database.unlink()
    assert published(small, tmp_path) == build
    assert build.database.is_file()
    assert names(tmp_path) == {build.folder.name, "current.json", ".lock"}


def test_rows_that_fail_a_check_leave_the_last_good_build(small: Small, tmp_path: Path) -> None:
    good = published(small, tmp_path)
    small.rows["target"][0]["quote"] = "别的话"
    with pytest.raises(CheckFailed) as caught:
        published(small, tmp_path)
    assert [p.check for p in caught.value.problems] == ["quotes"]
    assert str(caught.value).startswith("small 没有通过检查（1 处），上一次成功的数据仍在使用")
    assert current(tmp_path, "small") == good
    assert names(tmp_path) == {good.folder.name, "current.json", ".lock"}


def test_a_second_publisher_is_told_to_wait(small: Small, tmp_path: Path) -> None:
    good = published(small, tmp_path)
    (tmp_path / "small" / ".building-1-x").mkdir()
    with (tmp_path / "small" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(PublishError, match="另一个进程正在发布 small：请等它结束后再试。"):
            published(titled(small, "新"), tmp_path)
        sweep(tmp_path, "small")
        assert ".building-1-x" in names(tmp_path)
    assert current(tmp_path, "small") == good


def test_a_folder_that_can_not_be_written_is_told(small: Small, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PublishError) as caught:
        published(small, tmp_path / "file")
    assert str(caught.value).startswith(f"{tmp_path}/file/small 写不进去（")
    assert "请检查磁盘空间和权限后再试" in str(caught.value)


@pytest.mark.parametrize("limit", [100, 2_000, 50_000])
def test_a_full_disk_is_told_and_leaves_the_last_good_build(limit: int, small: Small, tmp_path: Path) -> None:
    good = published(small, tmp_path)
    code = (
        "import resource, sys; from pathlib import Path; from tests.etl.conftest import *;"
        "from etl.publishing.checked import publish; small = load(FOLDER);"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}));"
        "rows = {'region': [{'region_code': str(n), 'name': str(n)} for n in range(999)]};"
        "publish(small, rows, {}, Path(sys.argv[1]))"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    result = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True)
    said = result.stderr.decode("utf-8").splitlines()[-1]
    assert "请" in said
    assert "Error: " in said
    assert current(tmp_path, "small") == good
    assert names(tmp_path) == {good.folder.name, "current.json", ".lock"}


def test_old_builds_go_but_none_that_a_reader_may_hold(small: Small, tmp_path: Path) -> None:
    built = [published(titled(small, f"第{n}版"), tmp_path) for n in range(KEPT + 3)]
    assert len(folders(tmp_path / "small")) == KEPT + 3
    day_before = time.time() - 86_400
    for age, build in enumerate(built):
        os.utime(build.folder, (day_before + age, day_before + age))
    newest = published(titled(small, "最新"), tmp_path)
    kept = {newest.folder, *(b.folder for b in built[-KEPT:])}
    assert set(folders(tmp_path / "small")) == kept


def test_the_last_build_of_each_version_stays(small: Small, tmp_path: Path) -> None:
    versions = [f"1.{n}.0" for n in range(KEPT + 3)]
    for version in versions:
        descriptor = {**small.collection.descriptor, "version": version}
        published(replace(small, collection=from_descriptor(descriptor)), tmp_path)
        for folder in folders(tmp_path / "small"):
            os.utime(folder, (0, 0))
    assert sorted(f.name.partition("-")[0] for f in folders(tmp_path / "small")) == versions


def test_going_back_to_old_rows_keeps_the_build_just_left(small: Small, tmp_path: Path) -> None:
    first = published(titled(small, "一"), tmp_path)
    for title in "二三四五":
        left = published(titled(small, title), tmp_path)
    for folder in folders(tmp_path / "small"):
        os.utime(folder, (0, 0))
    assert published(titled(small, "一"), tmp_path) == first
    assert left.folder in folders(tmp_path / "small")


def killed_publisher(small: Small, releases: Path, kill: Callable[[Any], None], target: Any = publish) -> None:
    """A publication in a process of its own, ended by SIGKILL unless it was faster."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["etl.publishing", "frictionless"])
    arguments = (small.collection, small.rows, small.texts, releases, "inputs")
    process = context.Process(target=target, args=arguments)
    process.start()
    kill(process)
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)


def assert_old_or_new(before: Build, small: Small, releases: Path, title: str) -> Build:
    found = current(releases, "small")
    assert found is not None
    assert found.warning is None
    assert found.folder == before.folder or f",{title}," in (found.data / "notice.csv").read_text("utf-8")
    sweep(releases, "small")
    assert not [n for n in names(releases) if n.startswith(".") and n != ".lock"]
    return found


def test_a_publisher_killed_at_random_leaves_old_or_new(small: Small, tmp_path: Path) -> None:
    seconds = random.Random(2017)  # noqa: S311 - moments, not secrets
    build = published(titled(small, "起"), tmp_path)
    span, outcomes = 0.2, []
    for number in range(KILLS):
        titled(small, f"第{number}次")

        def kill(process: Any) -> None:
            process.join(seconds.random() * span)  # noqa: B023 - called before the next round
            process.kill()

        killed_publisher(small, tmp_path, kill)
        found = assert_old_or_new(build, small, tmp_path, f"第{number}次")
        outcomes.append(found.folder == build.folder)
        # However slow the machine: about as many are killed too early as too late.
        span *= 1.2 if outcomes[-1] else 0.8
        build = found
    assert published(titled(small, "终"), tmp_path).warning is None
    assert {True, False} == set(outcomes), "both outcomes should be seen"


def publish_until(step: int, *arguments: Any) -> None:
    """Publish, and die at the n-th time that a name is made, changed or removed on disk."""
    left = step

    def watch(event: str, _: Any) -> None:
        nonlocal left
        if event in ("os.mkdir", "os.rename", "os.utime", "os.remove", "os.rmdir", "shutil.rmtree"):
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    publish(*arguments)


def test_a_publisher_killed_at_each_step_leaves_old_or_new(small: Small, tmp_path: Path) -> None:
    build = published(titled(small, "起"), tmp_path)
    seen = []
    for step in range(60):
        titled(small, f"第{step}步")
        killed_publisher(small, tmp_path, lambda process: process.join(), partial(publish_until, step))
        found = assert_old_or_new(build, small, tmp_path, f"第{step}步")
        seen.append(found.folder != build.folder)
        build = found
        if seen[-3:] == [True] * 3:
            break
    assert seen[0] is False
    assert seen[-1] is True
