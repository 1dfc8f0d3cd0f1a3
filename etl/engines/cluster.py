"""An existing Dask cluster: the bytes go out in batches of some hundred, never a task for each document."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from etl.batch import Answer, Job, Outcome, check_bytes
from etl.engines.failure import EngineError
from etl.engines.frames import packed, unpacked
from etl.engines.local import Readers
from etl.fingerprints import code_hash
from etl.outcomes import told
from etl.reading import Unreadable

BATCH = 200
# Dask warns of more than 10 MB at once.
_BATCH_BYTES = 8 << 20
_AHEAD = 2
_PATIENCE = 10
_spare: deque[Readers] = deque()
"""Readers of a cluster's worker that wait for the next batch."""


@dataclass(frozen=True)
class Cluster:
    """A scheduler's address, like `tcp://10.0.0.1:8786`."""

    address: str

    def run(self, jobs: Sequence[Job]) -> Iterator[tuple[Job, Answer]]:
        """The answer to every job, as the batches come back."""
        if not jobs:
            return
        distributed = _distributed()
        client = _client(distributed, self.address)
        try:
            threads = _threads(client, self.address)
            yield from _run(distributed, client, jobs, threads)
        finally:
            client.close()


def _run(distributed: Any, client: Any, jobs: Sequence[Job], threads: int) -> Iterator[tuple[Job, Answer]]:
    size = max(1, min(BATCH, -(-len(jobs) // (threads * _AHEAD))))
    found: list[tuple[Job, Answer]] = []
    batches = _batches(jobs, size, found)
    under_way = distributed.as_completed(loop=client.loop)
    sent: dict[str, list[Job]] = {}
    for batch in islice(batches, threads * _AHEAD):
        _submit(client, under_way, sent, batch)
    for future in under_way:
        if batch := next(batches, []):
            _submit(client, under_way, sent, batch)
        yield from zip(sent.pop(future.key), map(unpacked, _result(future)), strict=True)
        future.release()
    yield from found


def _submit(client: Any, under_way: Any, sent: dict[str, list[Job]], batch: list[Job]) -> None:
    future = client.submit(read_batch, batch, pure=False)
    sent[future.key] = [replace(job, data=None) for job in batch]
    under_way.add(future)


def _result(future: Any) -> list[bytes]:
    try:
        answers: list[bytes] = future.result()
    except Exception as error:
        raise EngineError(
            f"Dask 集群没有做完一批来源（{type(error).__name__}：{error}）：请检查集群后再运行一次，读完的都已留存。"
        ) from error
    return answers


def _batches(jobs: Sequence[Job], size: int, refused: list[tuple[Job, Answer]]) -> Iterator[list[Job]]:
    """Jobs with their bytes, which the cluster's machines can't be expected to see; what is missing is refused."""
    batch: list[Job] = []
    weight = 0
    for job in jobs:
        try:
            batch.append(replace(job, data=check_bytes(job)))
        except Unreadable as error:
            refused.append((job, Answer(told(job, Outcome(refusal=str(error))), str(error))))
            continue
        weight += len(batch[-1].data or b"")
        if len(batch) >= size or weight > _BATCH_BYTES:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def read_batch(jobs: list[Job]) -> list[bytes]:
    """Runs on the cluster: the answers to a batch, in order, read by a process that may be killed."""
    readers = _spare.pop() if _spare else Readers()
    found = dict(readers.read(iter(jobs)))
    _spare.append(readers)
    return [packed(found[job]) for job in jobs]


def _distributed() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise EngineError(
            "没有安装 Dask：请运行 pip install dask distributed 后再用 --engine dask，或用 --engine local。"
        ) from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    return distributed


def _client(distributed: Any, address: str) -> Any:
    try:
        return distributed.Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise EngineError(f"连不上 Dask 调度器 {address}：请核对地址，确认它已启动。") from error


def _threads(client: Any, address: str) -> int:
    """How many batches the cluster works at once; a cluster with another state of the code would give other data."""
    threads: int = sum(client.nthreads().values())
    if not threads:
        raise EngineError(f"Dask 集群 {address} 里没有工作进程：请先启动 dask worker。")
    try:
        codes = set(client.run(code_hash).values())
    except Exception as error:
        raise EngineError(
            f"Dask 集群 {address} 的工作进程不能载入本程序（{error}）：请在各台机器上装好同一版本。"
        ) from error
    if codes != {code_hash()}:
        raise EngineError(f"Dask 集群 {address} 上的程序与本机不是同一版本：请更新后重启各工作进程。")
    return threads
