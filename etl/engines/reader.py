"""The process that reads: `python -m etl.engines.reader` takes jobs on standard input until it ends."""

from __future__ import annotations

import os
import pickle
import resource
import signal
import sys
from typing import BinaryIO

from etl.batch import Answer, Job, Outcome, check_bytes
from etl.cache import Cache
from etl.engines.frames import packed, receive, send
from etl.engines.limits import limited
from etl.outcomes import told
from etl.pipeline import read_job
from etl.reading import Unreadable


def main() -> None:
    """Answer job after job; what libraries print goes nowhere."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    replies = _private_output()
    send(replies, b"")
    while (message := receive(sys.stdin.buffer)) is not None:
        send(replies, packed(answered(pickle.loads(message))))  # noqa: S301 - from the process that started this one


def _private_output() -> BinaryIO:
    """Standard output for answers alone: what a library writes must not get in between."""
    replies = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return replies


def answered(job: Job) -> Answer:
    """Read one source within the limits."""
    signal.setitimer(signal.ITIMER_REAL, 60)
    try:
        data = check_bytes(job)
    except Unreadable as error:
        return answer(job, Outcome(refusal=str(error)))
    with limited(data):
        return answer(job, read_job(job, data))


def answer(job: Job, outcome: Outcome) -> Answer:
    """The answer that an outcome makes."""
    return Answer(told(job, outcome), outcome.refusal, b"" if outcome.refusal else Cache.pack(outcome))


if __name__ == "__main__":
    main()
