"""The sources of a collection with what was read in them: each read once and kept, gone through as often as needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.assembling import Taken
from etl.batch import Engine, Outcomes, Span, Track, read_all
from etl.cache import Cache
from etl.declaration import Collection
from etl.fingerprints import code_hash
from etl.inputs import Inputs, folder_of
from etl.originals import jobs, replaced_before
from etl.progress import Say, counted
from etl.publishing.redactions import held_by_source
from etl.tables import Row


class BuildError(Exception):
    """A build that can't go on; the message is a sentence for people, one line a cause."""


def take(
    collection: Collection,
    inputs: Inputs,
    private: Path,
    released: dict[str, set[Span]],
    track: Track,
    say: Say,
    engine: Engine,
) -> Taking:
    """Read every source that was not read before; BuildError where one can't be read."""
    replaced = replaced_before(inputs.sources)
    todo = jobs(collection, inputs.sources, private, released, held_by_source(folder_of(collection)))
    cache = Cache(private / "cache", code_hash())
    found = read_all(todo, engine, cache, track, say)
    if found.refused:
        raise _refused(f"{job.path.name}：{found.refused[job]}" for job in todo if job in found.refused)
    return Taking(inputs.sources, found, replaced, say)


@dataclass(frozen=True)
class Taking:
    """What was read, in the order of the sources; each is taken from the disk again whenever they are gone through."""

    rows: Sequence[Row]
    outcomes: Outcomes
    replaced: Mapping[str, tuple[str, ...]]
    say: Say

    def __iter__(self) -> Iterator[Taken]:
        read_in_order = counted(self.outcomes, len(self.rows), "汇总来源", self.say)
        for row, outcome in zip(self.rows, read_in_order, strict=True):
            read = outcome.reading
            if read is None:
                raise _refused([f"{row['file']}：{outcome.refusal}"])
            replaced = self.replaced[row["sha256"]]
            yield Taken(row, read.document, read.parsed, read.extraction, replaced, read.released)


def _refused(told: Iterable[str]) -> BuildError:
    lines = ["有来源不能读取，没有发布；上一次成功的数据仍在使用：", *(f"✗ {one}" for one in told)]
    return BuildError("\n".join(lines))
