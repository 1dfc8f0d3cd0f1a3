"""The one door to the ETL: in a process of its own, one at a time, without the portal's secrets."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from portal.jobs import JobError, Jobs
from tests.conftest import Deployment

NAME = "zhenjiang-stb"


def jobs_of(deployment: Deployment, **more: str) -> Jobs:
    return Jobs(deployment.var / "private", {**deployment.environment, **more})


def wait(jobs: Jobs) -> None:
    deadline = time.monotonic() + 60
    while jobs.is_busy():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_what_a_command_says_comes_back_and_what_is_wrong_is_a_sentence(deployment: Deployment) -> None:
    jobs = jobs_of(deployment)
    assert "记录编辑的决定" in jobs.run("correct", "--help")
    with pytest.raises(JobError, match="没有编号 none 的行"):
        jobs.run("correct", "reject", "--reason=x", f"--collection={NAME}", "--", "none")
    with pytest.raises(JobError, match="不能用的字符"):
        jobs.run("correct", "reject", "--reason=\0", "--", "none")


def test_what_looks_like_an_option_or_a_command_stays_a_value(deployment: Deployment, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    for value in ("--help", f"$(touch {trap})", f"; touch {trap}", f"`touch {trap}`"):
        with pytest.raises(JobError, match="没有编号"):
            jobs_of(deployment).run("correct", "set", "--reason=x", f"--collection={NAME}", "--", value, "value", value)
    job = jobs_of(deployment).start("release", "--dry-run", "--", f"$(touch {trap})")
    wait(jobs_of(deployment))
    assert (job.code, "没有数据集" in job.output, trap.exists()) == (1, True, False)


def test_a_command_that_takes_too_long_is_stopped(deployment: Deployment) -> None:
    with pytest.raises(JobError, match="没有做完，已停止"):
        jobs_of(deployment).run("build", seconds=0.2)


def test_only_one_job_runs_at_a_time_and_its_words_are_kept(
    deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = jobs_of(deployment)
    monkeypatch.setattr("portal.jobs.door.PATIENCE", 0.2)
    job = jobs.start("release", "--dry-run", "--", NAME, by="editor")
    assert jobs.is_busy()
    assert job.code is None
    with pytest.raises(JobError, match="另一项处理正在进行"):
        jobs.start("release", "--", NAME)
    with pytest.raises(JobError, match="另一项处理正在进行"):
        jobs.run("check")
    wait(jobs)
    (kept,) = jobs.jobs()
    assert (kept.code, kept.arguments, kept.by) == (0, ("release", "--dry-run", "--", NAME), "editor")
    assert "将发布 1.0.0" in kept.output


def test_a_job_outlives_the_process_that_began_it(deployment: Deployment) -> None:
    """Whoever starts the portal anew sees that it is running, and how it ended."""
    begin = f"from pathlib import Path; from portal.jobs import Jobs; Jobs(Path({str(deployment.var / 'private')!r}))"
    command = [sys.executable, "-c", f"{begin}.start('release', '--dry-run', '--', {NAME!r})"]
    subprocess.run(command, env=deployment.environment, check=True)
    jobs = jobs_of(deployment)
    assert jobs.is_busy()
    wait(jobs)
    assert [job.code for job in jobs.jobs()] == [0]


def test_the_secrets_of_the_portal_are_not_handed_on(deployment: Deployment) -> None:
    given = {"SECRET_KEY": "s", "DATABASE_URL": "postgresql://u:p@h/d", "REDIS_URL": "r", "SMTP_URL": "smtp://u:p@h"}
    clean = jobs_of(deployment, **given)._clean()
    assert not set(given) & set(clean)
    assert clean["DATASETS_DIR"] == str(deployment.datasets)


def test_a_machine_that_can_not_change_the_data_says_so(
    deployment: Deployment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATASETS_DIR", str(deployment.datasets))
    assert jobs_of(deployment).problem(NAME) is None
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert "不能写" in str(jobs_of(deployment).problem(NAME))
    monkeypatch.setenv("DATASETS_DIR", str(tmp_path / "none"))
    assert "只提供阅读" in str(jobs_of(deployment).problem(NAME))
