"""A reader as its owner sees it: jobs go in, answers come out, and when it dies only the job in hand is lost."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from contextlib import suppress

from etl.batch import Answer, Job, Outcome
from etl.engines.failure import EngineError, why_it_ended
from etl.engines.frames import receive, send, unpacked
from etl.outcomes import told
from etl.places import ROOT

# A reader sees untrusted documents: it is told nothing of keys and passwords that stand in the environment.
_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "SYSTEMROOT")
_AHEAD = 2


class Worker:
    """One reading process, replaced by nobody but its owner."""

    def __init__(self) -> None:
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "etl.engines.reader"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd=ROOT,
            env=environment | {"PYTHONUTF8": "1"},
            start_new_session=True,
        )
        assert self._process.stdin and self._process.stdout, "both are pipes"
        self._in, self._out = self._process.stdin, self._process.stdout
        self._ready = False
        self.jobs: deque[Job] = deque()

    def fileno(self) -> int:
        """What to wait on for an answer."""
        return self._out.fileno()

    def may_take(self, job: Job) -> bool:
        """Whether to give it the job now: one ahead, unless bytes go along, which would block a full pipe."""
        return not self.jobs or (len(self.jobs) < _AHEAD and job.data is None)

    def give(self, job: Job) -> None:
        """Hand it a job; that it has died meanwhile shows when the answer is awaited."""
        self.jobs.append(job)
        with suppress(BrokenPipeError):
            send(self._in, pickle.dumps(job))

    def take(self) -> tuple[Job, Answer] | None:
        """Wait for a word of it: an answer, or None where it only says that it has started."""
        message = receive(self._out)
        if not self._ready:
            if message is None:
                raise EngineError("读取程序启动不了：请检查安装是否完整（make setup）和可用的内存，再试一次。")
            self._ready = True
            return None
        job = self.jobs.popleft()
        if message is not None:
            return job, unpacked(message)
        refusal = why_it_ended(self._process.wait())
        self.close()
        return job, Answer(told(job, Outcome(refusal=refusal)), refusal)

    @property
    def is_alive(self) -> bool:
        """Whether it can take another job."""
        return not self._out.closed

    def close(self) -> None:
        """End it, and whatever program it has started."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        with suppress(BrokenPipeError):
            self._in.close()
        self._out.close()
