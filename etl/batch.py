"""Reads the sources of a collection: each by itself, those read before not again, results kept on disk as they come."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from etl.cache import Cache
from etl.document import Document, Extraction, Held, Parsed
from etl.progress import Say, counted
from etl.reading import Unreadable

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
    """One source to read: where it lies (or its bytes), what it should be, what editors released and took down."""

    path: Path
    sha256: str
    media_type: str | None = None
    charset: str | None = None
    released: tuple[Span, ...] = ()
    redacted: tuple[Held, ...] = ()
    data: bytes | None = field(default=None, repr=False, compare=False)

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


@dataclass(frozen=True)
class Answer:
    """What comes back for a job: what to tell people, and the outcome as a record to keep or the refusal."""

    told: str
    refusal: str | None = None
    record: bytes = b""

    @property
    def outcome(self) -> Outcome:
        """The outcome that was answered."""
        return Outcome(refusal=self.refusal) if self.refusal else Cache.unpack(self.record, Outcome)


class Engine(Protocol):
    """Something that reads many sources; whatever goes wrong with one does not stop the others."""

    def run(self, jobs: Sequence[Job]) -> Iterator[tuple[Job, Answer]]:
        """The answer to every job, as they come."""


@dataclass(frozen=True)
class Outcomes:
    """The outcome of every job in order, taken from the disk one at a time: memory does not grow with their number."""

    jobs: Sequence[Job]
    refused: dict[Job, str]
    engine: Engine
    cache: Cache

    def __iter__(self) -> Iterator[Outcome]:
        for job in self.jobs:
            yield Outcome(refusal=self.refused[job]) if job in self.refused else self._kept(job)

    def _kept(self, job: Job) -> Outcome:
        """What was kept; where someone damaged or removed it meanwhile, it is read once more."""
        kept = self.cache.get(job.key, Outcome)
        return kept or next(answer.outcome for _, answer in self.engine.run([job]))


def read_all(jobs: Sequence[Job], engine: Engine, cache: Cache, track: Track, heard: Say) -> Outcomes:
    """Read what was not read before; each result is kept as soon as it is there, and `heard` is told of it."""
    distinct = dict.fromkeys(jobs)
    missing = [job for job in distinct if not cache.has(job.key)]
    refused = {job: str(why) for job in distinct if cache.has(job.key) and (why := _gone(job))}
    for job, answer in counted(track(engine.run(missing), len(missing)), len(missing), "识读来源", heard):
        if answer.refusal is None:
            cache.keep(job.key, answer.record)
        else:
            refused[job] = answer.refusal
        heard(answer.told)
    return Outcomes(jobs, refused, engine, cache)


def check_bytes(job: Job) -> bytes:
    """The bytes of a source; Unreadable where they are missing or not the ones that were captured."""
    try:
        data = job.path.read_bytes() if job.data is None else job.data
    except FileNotFoundError as error:
        raise Unreadable(
            f"找不到原件 {job.path}：请放回这个文件，或从版本库恢复（含个人信息的原件只存于收录时的 var/private）。"
        ) from error
    except OSError as error:
        raise Unreadable(f"原件 {job.path} 读不出来（{error.strerror}）：请检查文件和权限。") from error
    if hashlib.sha256(data).hexdigest() != job.sha256:
        raise Unreadable(f"原件 {job.path} 与 sources.csv 记录的校验值不符：请恢复原件，或用 etl capture 重新收录。")
    return data


def _gone(job: Job) -> Unreadable | None:
    """Why the original of what was read before can't be relied on any more, if so."""
    try:
        check_bytes(job)
    except Unreadable as error:
        return error
    return None
