"""Takes down what should never have been published: masked in every release, which is signed anew, and from now on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.document import MASK
from etl.files import write_atomically
from etl.inputs import folder_of
from etl.originals import ORIGINALS
from etl.pipeline import Prepared
from etl.publishing.histories import Content, History, history_of, last_content
from etl.publishing.keeping import Place, standing
from etl.publishing.redactions import FILE, Redaction, read_redactions, redactions_text
from etl.publishing.rewriting import Rewritten, checksum, masked, rewritten
from etl.releasing import changelog, noted, recorded
from etl.releasing.current import current, folders, rolled_back_from
from etl.releasing.entry import FILE as IDS
from etl.releasing.manifest import is_release
from etl.releasing.noted import noted_text
from etl.releasing.reading import releases
from etl.releasing.recorded import recorded_text
from etl.releasing.switch import point, publisher, throw_away

SHORTEST = 4
_HARMLESS = ("link", "hidden")
_KEPT_BY_PEOPLE = (".csv", ".yaml", ".md", ".txt", ".html", ".json")


class RedactionError(Exception):
    """Something that can't be taken down as asked; the message is a sentence for people."""


@dataclass(frozen=True)
class Order:
    """What to take down: the span of a source's public text, why, and who decided when."""

    source_id: str
    start: int
    end: int
    kind: str
    reason: str
    by: str
    at: str


@dataclass(frozen=True)
class Done:
    """What was done: places masked, versions made anew, and files of people that still hold the value."""

    places: int
    versions: tuple[str, ...]
    left: tuple[Path, ...]


def redact(prepared: Prepared, order: Order, place: Place) -> Done:
    """Mask the value of a span wherever it stands, in every release, in the ledgers and in all that is built next.

    The record is written last: whoever was interrupted gives the same order again.
    """
    collection, folder = prepared.collection, folder_of(prepared.collection)
    value, history = _value(prepared, order), history_of(collection)
    known = [*read_redactions(folder), *_found(prepared, order, value, len(read_redactions(folder)))]
    versions: tuple[str, ...] = ()
    if history.last is not None:
        last = last_content(history, place.releases, [lambda: Content(collection, prepared.rows)])
        anew = rewritten(history, last, value, _texts(prepared, history, place))
        versions = _made_anew(anew, value, known, place)
    _mask_file(folder / IDS, value)
    write_atomically(folder / FILE, redactions_text(known), durable=True)
    if order.kind not in _HARMLESS:
        _hold_original(prepared, order, place)
    return Done(sum(text.count(value) for text in prepared.texts.values()), versions, tuple(_left(folder, value)))


def throw_away_drafts(releases_dir: Path, collection: str) -> None:
    """Give up all drafts but the one that is served: they were made before something was taken down."""
    home = releases_dir / collection
    served = current(releases_dir, collection)
    for folder in folders(home):
        if not is_release(folder.name) and (served is None or served.folder != folder):
            throw_away(folder)


def _value(prepared: Prepared, order: Order) -> str:
    text = prepared.texts.get(order.source_id)
    if text is None:
        raise RedactionError(f"没有来源 {order.source_id}：编号见来源表。")
    value = text[order.start : order.end]
    if not 0 <= order.start < order.end <= len(text) or MASK in value or "\n" in value:
        raise RedactionError(f"起止 {order.start}–{order.end} 不在这份公开文本的一行之内，或已经遮盖：请核对。")
    if len(value.strip()) < SHORTEST:
        raise RedactionError(f"要遮盖的文字不足 {SHORTEST} 个字，会误伤别处：请把起止放宽。")
    return value


def _found(prepared: Prepared, order: Order, value: str, number: int) -> Iterator[Redaction]:
    """Every place where the value stands, so that all that is read from now on holds it back."""
    shas = {row["source_id"]: row["sha256"] for row in prepared.rows["source"]}
    for source_id, text in sorted(prepared.texts.items()):
        for start in _places(text, value):
            number += 1
            place = (shas[source_id], start, start + len(value))
            yield Redaction(f"red-{number:04}", *place, order.kind, order.reason, order.by, order.at)


def _places(text: str, value: str) -> Iterator[int]:
    start = text.find(value)
    while start >= 0:
        yield start
        start = text.find(value, start + len(value))


def _texts(prepared: Prepared, history: History, place: Place) -> dict[str, str]:
    """Every text that any release was read from, as far as it is still there, by its checksum."""
    found = {checksum(text): text for text in prepared.texts.values()}
    for one in releases(place.releases, history.collection.name):
        for path in one.sources:
            text = path.read_bytes().decode("utf-8")
            found[checksum(text)] = text
    return found


def _made_anew(anew: Rewritten, value: str, known: Sequence[Redaction], place: Place) -> tuple[str, ...]:
    """Packages first, then the ledgers, then the switch; what bears the value goes last."""
    collection = anew.history.collection
    old = [one for one in releases(place.releases, collection.name) if one.version in anew.contents]
    served = current(place.releases, collection.name)
    fresh: dict[str, Path] = {}
    with publisher(place.releases, collection.name) as home:
        for one in old:
            texts = {p.stem: masked(p.read_bytes().decode("utf-8"), value) for p in one.sources}
            history = anew.history.until(one.version)
            told = [decision.public for decision in known]
            content = anew.contents[one.version]
            fresh[one.version] = standing(history, content, texts, home, place.private, told)
        _record(anew, value)
        if served and not served.is_draft and served.version in fresh:
            point(home, fresh[served.version], "", rolled_back_from(home))
        for one in old:
            throw_away(one.folder)
    return tuple(fresh)


def _record(anew: Rewritten, value: str) -> None:
    folder = folder_of(anew.history.collection)
    _mask_file(folder / changelog.FILE, value)
    write_atomically(folder / noted.FILE, noted_text(anew.history.noted), durable=True)
    write_atomically(folder / recorded.FILE, recorded_text(anew.history.recorded), durable=True)


def _mask_file(path: Path, value: str) -> None:
    if path.exists() and value in (text := path.read_bytes().decode("utf-8")):
        write_atomically(path, masked(text, value), durable=True)


def _hold_original(prepared: Prepared, order: Order, place: Place) -> None:
    """An original with personal data never lies with the collection, which is public."""
    file = next(row["file"] for row in prepared.rows["source"] if row["source_id"] == order.source_id)
    public = folder_of(prepared.collection) / "sources" / file
    if public.exists():
        private = place.private / ORIGINALS / prepared.collection.name / file
        private.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copyfile(public, private)
        public.unlink()


def _left(folder: Path, value: str) -> Iterator[Path]:
    """Files that people keep and that still hold the value; tables under `data` are written anew by the next build."""
    for path in sorted(folder.rglob("*")):
        is_kept = path.suffix in _KEPT_BY_PEOPLE and path.is_file() and path.parent != folder / "data"
        if is_kept and value.encode() in path.read_bytes():
            yield path
