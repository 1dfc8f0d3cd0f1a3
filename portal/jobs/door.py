"""Runs commands of the ETL in processes of their own, under one lock: two never write at the same time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Protocol

from flask_babel import gettext as _

from etl.declaration import FILE
from etl.places import ROOT, datasets_dir
from portal.jobs.errors import JobError
from portal.jobs.lock import locked
from portal.jobs.records import CODE, OUTPUT, Job, begun, of

SECONDS, LONGEST = 120.0, 3600.0
PATIENCE = 5.0
"""Seconds to wait for another job to end."""
_SECRET = re.compile(r"SECRET|PASSWORD|TOKEN|KEY|DATABASE_URL|REDIS_URL|SMTP|MAIL")
_BACKGROUND = '"$@"; echo $? > "$0"'


class Run(Protocol):
    """Runs a command to its end."""

    def __call__(self, arguments: Sequence[str], seconds: float = SECONDS) -> str:
        """What it says; JobError with what it says is wrong."""


@dataclass(frozen=True)
class Jobs:
    """The door; `folder` is private, and keeps the lock and what background jobs said."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))

    def problem(self, collection: str) -> str | None:
        """Why the collection can't be changed on this machine; none where it can."""
        home = datasets_dir() / collection
        if not (home / FILE).is_file():
            words = _(
                "这台机器上没有数据集 %(name)s 的来源（%(place)s），只提供阅读：请在负责发布的机器上办理。",
                name=collection,
                place=datasets_dir(),
            )
            return str(words)
        if not os.access(home, os.W_OK):
            return str(_("%(place)s 不能写：请管理员检查目录权限，或在负责发布的机器上办理。", place=home))
        return None

    def run(self, *arguments: str, seconds: float = SECONDS) -> str:
        """Run a command to its end; what it says, or JobError with what it says is wrong."""
        with self.alone() as run:
            return run(arguments, seconds)

    @contextmanager
    def alone(self) -> Iterator[Run]:
        """While it lasts no other job begins: what must be asked before a command and kept after it stands within."""
        lock = locked(self.folder, PATIENCE)
        try:
            yield self._run
        finally:
            lock.close()

    def start(self, *arguments: str, by: str = "") -> Job:
        """Begin a command that goes on by itself; the lock is held until it ends, even if the portal does before."""
        lock = locked(self.folder, 1)
        try:
            job = begun(self._records, arguments, by)
            with (job.folder / OUTPUT).open("wb") as output:
                running = self._popen(job, arguments, output, lock)
        finally:
            lock.close()
        threading.Thread(target=_watch, args=(running,), daemon=True).start()
        return job

    def is_busy(self) -> bool:
        """Whether a job is running."""
        try:
            locked(self.folder, 0).close()
        except JobError:
            return True
        return False

    def jobs(self) -> list[Job]:
        """The last background jobs, the newest first."""
        return of(self._records)

    @property
    def _records(self) -> Path:
        return self.folder / "jobs"

    def _run(self, arguments: Sequence[str], seconds: float = SECONDS) -> str:
        if any("\0" in argument for argument in arguments):
            raise JobError(_("内容里有不能用的字符，请改正。"))
        try:
            done = subprocess.run(
                _command(arguments), cwd=ROOT, env=self._clean(), capture_output=True, timeout=seconds, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise JobError(
                _("%(seconds)s 秒内没有做完，已停止：请稍后再试，或请管理员在命令行运行。", seconds=round(seconds))
            ) from error
        except OSError as error:
            raise JobError(_("这台机器现在不能启动处理程序（%(why)s）：请稍后再试。", why=error.strerror)) from error
        said, wrong = (part.decode("utf-8", "replace").strip() for part in (done.stdout, done.stderr))
        if done.returncode:
            raise JobError(
                wrong or said or _("处理程序以 %(code)s 结束，没有说明原因：请管理员查看。", code=done.returncode)
            )
        return said

    def _popen(self, job: Job, arguments: Sequence[str], output: IO[bytes], lock: IO[str]) -> subprocess.Popen[bytes]:
        # A shell notes how it ended, so that this is known also when the portal is started anew meanwhile;
        # arguments are passed to it as they are, and never read as its language.
        command = ["sh", "-c", _BACKGROUND, str(job.folder / CODE), *_command(arguments)]
        how = {"cwd": ROOT, "env": self._clean(), "stdout": output, "stderr": subprocess.STDOUT}
        return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
            command, stdin=subprocess.DEVNULL, start_new_session=True, pass_fds=(lock.fileno(),), **how
        )

    def _clean(self) -> dict[str, str]:
        """The environment without the portal's secrets."""
        kept = {name: value for name, value in self.environment.items() if not _SECRET.search(name)}
        return {**kept, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


def _command(arguments: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "etl", *arguments]


def _watch(running: subprocess.Popen[bytes]) -> None:
    """Wait for a background job; what takes too long is ended."""
    try:
        running.wait(LONGEST)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, 15)
        running.wait()
