"""The order of the stages: the one place that knows it.

capture → read → parse → extract → correct → check → release → serve
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from etl.assembling import Link, assemble, mark_conflicts
from etl.batch import Engine, Job, Outcome, Reading, Span, Track, check_bytes
from etl.correcting import Action, Corrected, Decision, apply, decisions_of
from etl.declaration import Collection
from etl.document import Held, Quantity
from etl.engines.failure import TOO_LARGE
from etl.engines.local import Local
from etl.extracting import extract
from etl.extracting.vocabulary import Indicator, link
from etl.inputs import folder_of, read_inputs
from etl.originals import jobs
from etl.parsing import parse
from etl.progress import Say
from etl.publishing.redactions import held_by_source
from etl.reading import Unreadable, read
from etl.releasing.entry import FILE as IDS
from etl.releasing.entry import read_entries
from etl.releasing.ids import Ledger
from etl.shelf import Shelf
from etl.tables import Row, Rows
from etl.taking import take


@dataclass(frozen=True)
class Prepared:
    """Rows ready to be checked and published, the ledger that belongs to them, and what editors should know."""

    collection: Collection
    decisions: list[Decision]
    corrected: Corrected
    ledger: Ledger
    texts: Mapping[str, str]

    @property
    def rows(self) -> Rows:
        """The rows of every table."""
        return self.corrected.rows


def read_notice(
    data: bytes,
    *,
    name: str = "",
    media_type: str | None = None,
    charset: str | None = None,
    released: Iterable[Span] = (),
    redacted: Iterable[Held] = (),
) -> Reading:
    """Read, parse and extract one source; raises `etl.reading.Unreadable` with a sentence for people."""
    document = read(data, name=name, media_type=media_type, charset=charset)
    freed = tuple(held for held in document.held if (held.start, held.end) in set(released))
    document = replace(document, held=tuple(held for held in document.held if held not in freed))
    document = document.holding(tuple(redacted))
    parsed = parse(document)
    return Reading(document, parsed, extract(document, parsed), freed)


def read_job(job: Job, data: bytes) -> Outcome:
    """Read one captured source; whatever goes wrong with one must not stop the others."""
    facts = {"name": job.path.name, "media_type": job.media_type, "charset": job.charset}
    try:
        return Outcome(read_notice(data, **facts, released=job.released, redacted=job.redacted))  # type: ignore[arg-type]
    except Unreadable as error:
        return Outcome(refusal=str(error))
    except MemoryError:
        return Outcome(refusal=TOO_LARGE)
    except Exception as error:
        return Outcome(refusal=f"识读时程序出错（{type(error).__name__}：{error}），请把这个文件交给维护者。")


def in_silence(items: Iterable[Any], _total: int) -> Iterable[Any]:
    """No progress shown."""
    return items


def prepare(
    collection: Collection,
    private: Path,
    *,
    more: Sequence[Decision] = (),
    track: Track = in_silence,
    say: Say = lambda _: None,
    engine: Engine = Local(),  # noqa: B008 - a value that never changes
) -> Prepared:
    """Everything up to the checks: sources read, rows assembled and corrected; `more` are decisions to try out."""
    inputs = read_inputs(collection)
    decisions = [*decisions_of(inputs.corrections, collection), *more]
    ledger = Ledger(read_entries(folder_of(collection) / IDS))
    taken = take(collection, inputs, private, _released(decisions, ledger), track, say, engine)
    shelf = assemble(collection, inputs, taken, ledger, _linker(inputs.tables.get("indicator", [])))
    corrected = apply(collection, shelf, decisions, ledger, _known(ledger))
    shelf["reported"].replace(mark_conflicts(shelf["reported"]))
    _settle(ledger, corrected)
    return Prepared(collection, decisions, corrected, ledger, _texts(shelf))


def past_texts(prepared: Prepared, sources: Iterable[Row], private: Path) -> dict[str, str]:
    """The masked texts of sources that a past release had, as far as their originals are still there."""
    collection, texts = prepared.collection, dict(prepared.texts)
    released = _released(prepared.decisions, prepared.ledger)
    missing = [row for row in sources if row["source_id"] not in texts]
    known = held_by_source(folder_of(collection))
    for row, job in zip(missing, jobs(collection, missing, private, released, known), strict=True):
        with suppress(Unreadable):
            outcome = read_job(job, check_bytes(job))
            texts |= {row["source_id"]: outcome.reading.document.masked} if outcome.reading else {}
    return texts


def _released(decisions: Iterable[Decision], ledger: Ledger) -> dict[str, set[Span]]:
    """The spans that editors let stand, by source: named by place, or by the id of what was held back."""
    spans: dict[str, set[Span]] = {}
    for decision in decisions:
        if decision.action == Action.RELEASE and decision.table == "quarantine":
            entry = ledger.get(decision.row_id)
            place = entry or decision
            if place.start is not None and place.end is not None:
                spans.setdefault(place.source_sha256, set()).add((place.start, place.end))
    return spans


def _linker(vocabulary: Sequence[Row]) -> Link:
    indicators = tuple(
        Indicator(r["indicator_id"], r["name"], tuple((r["synonyms_text"] or "").split("|")), r["unit"], r["qualifier"])
        for r in vocabulary
    )

    known: dict[tuple[str | None, ...], tuple[str | None, float]] = {}

    def find(quantity: Quantity) -> tuple[str | None, float]:
        # What decides a link; where it stands and which number it gives does not.
        words = (quantity.name, quantity.subject_qualifier, quantity.comparator, quantity.unit)
        if words not in known:
            known[words] = link(quantity, indicators)
        return known[words]

    return find


def _known(ledger: Ledger) -> Callable[[str], str | None]:
    def status(row_id: str) -> str | None:
        entry = ledger.get(row_id)
        return entry.status if entry else None

    return status


def _settle(ledger: Ledger, corrected: Corrected) -> None:
    """Close the ledger: what was not read is withdrawn, what was rejected too, what waits is kept out."""
    ledger.close()
    for row_id, reason in corrected.rejected.items():
        if ledger.get(row_id):
            ledger.withdraw(row_id, reason)
    for row_id, reason in corrected.held.items():
        if ledger.get(row_id):
            ledger.hold(row_id, reason)
    for row in corrected.waiting:
        ledger.hold(row["row_id"], "把握不大，等编辑决定")


def _texts(shelf: Shelf) -> Mapping[str, str]:
    """The public texts of the sources that are still there."""
    kept = shelf["source"].values("source_id")
    for source_id in [source_id for source_id in shelf.texts if source_id not in kept]:
        del shelf.texts[source_id]
    return shelf.texts
