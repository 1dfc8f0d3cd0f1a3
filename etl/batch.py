"""Reads the sources of a collection: each by itself, many at once, those read before not again."""

from __future__ import annotations

import hashlib
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.cache import Cache
from etl.document import Document, Extraction, Held, Parsed
from etl.reading import Unreadable

MANY = 8
Span = tuple[int, int]
Track = Callable[[Iterable[Any], int], Iterable[Any]]
"""Shows progress over an iterable of a known length."""


@dataclass(frozen=True)
class Reading:
    """All that was read out of one source: a pure function of its bytes and of what editors released in it."""

    document: Document
    parsed: Parsed
    extraction: Extraction
    released: tuple[Held, ...] = ()


@dataclass(frozen=True)
class Job:
    """One source to read: where it lies, what it should be, spans that an editor released, and what was taken down."""

    path: Path
    sha256: str
    media_type: str | None = None
    charset: str | None = None
    released: tuple[Span, ...] = ()
    redacted: tuple[Held, ...] = ()

    @property
    def key(self) -> str:
        """Where its result is kept: everything that the result depends on besides the code."""
        facts = repr((self.sha256, self.path.suffix, self.media_type, self.charset, self.released, self.redacted))
        return hashlib.sha256(facts.encode()).hexdigest()


@dataclass(frozen=True)
class Outcome:
    """A reading, or a sentence that says why there is none."""

    reading: Reading | None = None
    refusal: str | None = None


Read = Callable[[Job], Outcome]


Heard = Callable[[Job, Outcome], None]


def read_all(jobs: Sequence[Job], read: Read, cache: Cache, track: Track, heard: Heard) -> list[Outcome]:
    """The outcome of every job, in order; each is kept as soon as it is there, and `heard` is told of new ones."""
    found = {job: _still(job, kept) for job in jobs if (kept := cache.get(job.key, Outcome))}
    missing = [job for job in dict.fromkeys(jobs) if job not in found]
    for job, outcome in track(_outcomes(missing, read), len(missing)):
        if outcome.reading is not None:
            cache.put(job.key, outcome)
        found[job] = outcome
        heard(job, outcome)
    return [found[job] for job in jobs]


def check_bytes(job: Job) -> bytes:
    """The bytes of a source; Unreadable where they are missing or not the ones that were captured."""
    try:
        data = job.path.read_bytes()
    except FileNotFoundError as error:
        raise Unreadable(
            f"找不到原件 {job.path}：请放回这个文件，或从版本库恢复（含个人信息的原件只存于收录时的 var/private）。"
        ) from error
    except OSError as error:
        raise Unreadable(f"原件 {job.path} 读不出来（{error.strerror}）：请检查文件和权限。") from error
    if hashlib.sha256(data).hexdigest() != job.sha256:
        raise Unreadable(f"原件 {job.path} 与 sources.csv 记录的校验值不符：请恢复原件，或用 etl capture 重新收录。")
    return data


def _still(job: Job, kept: Outcome) -> Outcome:
    """What was read before, as long as the original is still there as it was."""
    try:
        check_bytes(job)
    except Unreadable as error:
        return Outcome(refusal=str(error))
    return kept


def _outcomes(jobs: Sequence[Job], read: Read) -> Iterator[tuple[Job, Outcome]]:
    if len(jobs) < MANY:
        yield from ((job, read(job)) for job in jobs)
        return
    with ProcessPoolExecutor(max_workers=os.cpu_count(), initializer=_leave_interrupts) as pool:
        waiting = {pool.submit(read, job): job for job in jobs}
        try:
            yield from ((waiting[done], done.result()) for done in as_completed(waiting))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _leave_interrupts() -> None:
    """Ctrl-C is for the process that started the pool; it ends the workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
