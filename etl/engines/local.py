"""All cores of this machine: readers that are watched and replaced; a single small text is read without any."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from select import select

from etl.batch import Answer, Job, Outcome, check_bytes
from etl.engines.worker import Worker
from etl.reading import Unreadable
from etl.reading.sniffing import sniff

_SMALL = 200_000
_FEW = 8


@dataclass(frozen=True)
class Local:
    """Readers on this machine: one a core unless said otherwise."""

    processes: int | None = None

    def run(self, jobs: Sequence[Job]) -> Iterator[tuple[Job, Answer]]:
        """The answer to every job, as they come."""
        here = [job for job in jobs if len(jobs) < _FEW and is_small_text(job)]
        yield from ((job, _read_here(job)) for job in here)
        with Readers(min(self.processes or cores(), len(jobs) - len(here))) as readers:
            yield from readers.read(job for job in jobs if job not in here)


class Readers:
    """Up to `most` reading processes, started when there is something to read."""

    def __init__(self, most: int = 1) -> None:
        self._most = most
        self._workers: list[Worker] = []

    def __enter__(self) -> Readers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes; what they were at is lost."""
        for worker in self._workers:
            worker.close()
        self._workers = []

    def read_one(self, job: Job) -> Outcome:
        """Read one source, a small text in this very process."""
        answer = _read_here(job) if is_small_text(job) else next(self.read(iter([job])))[1]
        return answer.outcome

    def read(self, jobs: Iterator[Job]) -> Iterator[tuple[Job, Answer]]:
        """The answer to every job, as they come; the jobs are asked for only when there is a reader for them."""
        waiting: deque[Job] = deque()
        while True:
            self._hand_out(waiting, jobs)
            busy = [worker for worker in self._workers if worker.jobs]
            if not busy:
                return
            for worker in select(busy, [], [])[0]:
                if answered := worker.take():
                    yield answered
                if not worker.is_alive:
                    # What it had not begun goes to another.
                    waiting.extend(worker.jobs)
                    self._workers.remove(worker)

    def _hand_out(self, waiting: deque[Job], jobs: Iterator[Job]) -> None:
        while job := waiting[0] if waiting else next(jobs, None):
            if not waiting:
                waiting.append(job)
            worker = self._free(job)
            if worker is None:
                return
            worker.give(waiting.popleft())

    def _free(self, job: Job) -> Worker | None:
        """The reader with the least to do that may take the job, a new one before any works ahead."""
        idlest = min(self._workers, key=lambda worker: len(worker.jobs), default=None)
        if (idlest is None or idlest.jobs) and len(self._workers) < self._most:
            self._workers.append(Worker())
            return self._workers[-1]
        return idlest if idlest and idlest.may_take(job) else None


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def is_small_text(job: Job) -> bool:
    """Whether a source is text as it is, of a size at which reading can't take long."""
    try:
        if job.data is None and not (job.path.is_file() and job.path.stat().st_size <= _SMALL):
            return False
        data = job.path.read_bytes() if job.data is None else job.data
        return len(data) <= _SMALL and sniff(data, job.path.name, job.media_type) == "text"
    except (OSError, Unreadable):
        return False


def _read_here(job: Job) -> Answer:
    # Imported here: who reads through processes alone need not load the rules.
    from etl.engines.reader import answer
    from etl.pipeline import read_job

    try:
        return answer(job, read_job(job, check_bytes(job)))
    except Unreadable as error:
        return answer(job, Outcome(refusal=str(error)))


def loose(data: bytes, name: str, media_type: str | None = None, charset: str | None = None) -> Job:
    """A job for bytes that belong to no collection (yet)."""
    return Job(Path(name), sha256(data).hexdigest(), media_type, charset, data=data)
