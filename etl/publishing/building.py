"""`build` serves a draft or the last release, `release` publishes what differs; both keep copies in the collection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from etl.batch import Engine, Track
from etl.declaration import Collection
from etl.engines import Local
from etl.files import same_content, write_atomically
from etl.fingerprints import inputs_hash
from etl.inputs import folder_of
from etl.pipeline import Prepared, in_silence, prepare
from etl.progress import STEP, Say
from etl.publishing.histories import Content, History, history_of
from etl.publishing.tidying import tidy
from etl.releasing.current import Build, current, rolled_back_from
from etl.releasing.entry import FILE as IDS
from etl.releasing.entry import ledger_lines
from etl.releasing.switch import sweep
from etl.tables import LEDGER, csv_lines
from etl.taking import BuildError

if TYPE_CHECKING:
    from etl.publishing.issuing import Plan


@dataclass(frozen=True)
class Built:
    """The build that is served now; `prepared` is None where nothing had changed.

    `pending` is the release that the rows would make, where they differ from the last one.
    """

    build: Build
    prepared: Prepared | None = None
    pending: Plan | None = None


def build(
    collection: Collection,
    releases: Path,
    private: Path,
    *,
    strict: bool = False,
    track: Track = in_silence,
    say: Say = lambda _: None,
    engine: Engine = Local(),  # noqa: B008 - a value that never changes
) -> Built:
    """Build a collection and serve it: as a draft until something is released, then as the last release.

    Where nothing changed, only the copies kept with the collection are seen to.
    """
    sweep(releases, collection.name, lambda: tidy(collection))
    found, history = current(releases, collection.name), history_of(collection)
    as_kept = _ledger_as_kept(collection)
    if found and not strict and _is_served(found, history) and found.inputs_hash == inputs_hash(collection, as_kept):
        _copy_tables(found, collection)
        return Built(found)
    prepared = prepare(collection, private, track=track, say=say, engine=engine)
    if strict and prepared.corrected.conflicts:
        raise BuildError("\n".join(prepared.corrected.conflicts))
    if len(prepared.rows["source"]) >= STEP:
        say(f"… 检查并写出 {sum(map(len, prepared.rows.values()))} 行")
    built = _draft(prepared, releases) if history.last is None else _compared(prepared, history, releases, private)
    _copy_ids(prepared)
    return built


def release(
    prepared: Prepared,
    releases: Path,
    private: Path,
    *,
    released_on: str | None = None,
    summary: str | None = None,
    major: bool = False,
    dry_run: bool = False,
) -> Plan | None:
    """Publish what differs from the last release, or only say what it would be; None where nothing does."""
    # Imported here: signing, checking and writing all formats take a while to load.
    from etl.publishing.issuing import check_major, checked, issue, planned

    collection = prepared.collection
    sweep(releases, collection.name, lambda: tidy(collection))
    plan = planned(prepared, history_of(collection), releases, released_on=released_on, summary=summary)
    if plan is None:
        return None
    if dry_run:
        checked(plan)
        return plan
    check_major(plan, major=major)
    issued = issue(plan, releases, private, inputs_hash(collection, ledger_lines(prepared.ledger)))
    _copy_ids(prepared)
    _copy_tables(issued, collection)
    return plan


def _draft(prepared: Prepared, releases: Path) -> Built:
    from etl.publishing.checked import publish

    collection = prepared.collection
    inputs = inputs_hash(collection, ledger_lines(prepared.ledger))
    new = publish(collection, prepared.rows, prepared.texts, releases, inputs)
    _copy_tables(new, collection)
    return Built(new, prepared)


def _compared(prepared: Prepared, history: History, releases: Path, private: Path) -> Built:
    """Serve the last release: made again where the rows are still the same, else as it stands."""
    from etl.publishing.issuing import checked, planned
    from etl.publishing.keeping import Place, keep_last, serve_last

    collection = prepared.collection
    content = Content(collection, prepared.rows)
    assert history.last is not None, "something was released"
    if content.is_of(history.last):
        inputs = inputs_hash(collection, ledger_lines(prepared.ledger))
        kept = keep_last(history, content, prepared.texts, Place(releases, private), inputs)
        _copy_tables(kept, collection)
        return Built(kept, prepared)
    served = serve_last(history, releases)
    if served is None:
        raise BuildError(
            f"{collection.name} 读出的内容与 releases.csv 记录的 {history.last.version} 不同，这台机器上又没有这一版："
            f"请检出记录它的提交后再运行，或用 etl release 发布为新的版本。"
        )
    plan = planned(prepared, history, releases)
    assert plan is not None, "the rows differ"
    checked(plan)
    _copy_rows(prepared, served)
    return Built(served, prepared, plan)


def _is_served(found: Build, history: History) -> bool:
    """Whether what is served is the last release (or what someone went back to), or a draft before the first."""
    if history.last is None:
        return found.is_draft
    version = rolled_back_from(found.folder.parent) or found.version
    return not found.is_draft and found.warning is None and version == history.last.version


def _ledger_as_kept(collection: Collection) -> Iterator[str]:
    """The lines of `ids.csv`, which a build has written: a ledger of many ids takes long to read entry by entry."""
    path = folder_of(collection) / IDS
    if path.exists():
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            yield from file


def _copy_ids(prepared: Prepared) -> None:
    write_atomically(folder_of(prepared.collection) / IDS, ledger_lines(prepared.ledger), only_if_other=True)


def _copy_rows(prepared: Prepared, served: Build) -> None:
    """Keep tables that wait for a release with the collection, so that a change shows as a diff."""
    for table in prepared.collection.tables:
        path = folder_of(prepared.collection) / "data" / f"{table.name}.csv"
        if table.name not in LEDGER:
            write_atomically(path, csv_lines(table, prepared.rows.get(table.name, ())), only_if_other=True)
        elif (served.data / path.name).exists():
            _copy(served.data / path.name, path)


def _copy_tables(build: Build, collection: Collection) -> None:
    """Keep the tables with the collection as they were published."""
    folder = folder_of(collection) / "data"
    made = sorted(build.data.glob("*.csv"))
    for path in made:
        _copy(path, folder / path.name)
    for stale in {path.name for path in folder.glob("*.csv")} - {path.name for path in made}:
        (folder / stale).unlink()


def _copy(made: Path, path: Path) -> None:
    if not same_content(made, path):
        with made.open("rb") as file:
            write_atomically(path, file)
