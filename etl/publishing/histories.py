"""What a collection has released so far: its two ledgers, and what the last release and those before it hold."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.declaration import Collection, DeclarationError, from_descriptor
from etl.inputs import folder_of
from etl.releasing.content import content_hash
from etl.releasing.declared import declaration_hash
from etl.releasing.noted import Noted, read_noted
from etl.releasing.reading import Release, release
from etl.releasing.recorded import Recorded, read_recorded
from etl.releasing.state import State, StateError, state_of
from etl.tables import Rows, TableError, read_tables


class HistoryError(Exception):
    """A history that can't be gone back to; the message is a sentence for people."""


@dataclass(frozen=True)
class Content:
    """A declaration and the rows that fit it."""

    collection: Collection
    rows: Rows

    def is_of(self, recorded: Recorded) -> bool:
        """Whether this is exactly what was released."""
        if declaration_hash(self.collection) != recorded.declaration_hash:
            return False
        return content_hash(self.collection, self.rows) == recorded.content_hash


@dataclass(frozen=True)
class History:
    """Every release and change that is recorded, the oldest first."""

    collection: Collection
    recorded: tuple[Recorded, ...]
    noted: tuple[Noted, ...]

    @property
    def last(self) -> Recorded | None:
        """The newest release."""
        return self.recorded[-1] if self.recorded else None

    def until(self, version: str) -> History:
        """The history as it was when that version was released."""
        number = [one.version for one in self.recorded].index(version) + 1
        known = {one.version for one in self.recorded[:number]}
        return History(self.collection, self.recorded[:number], tuple(n for n in self.noted if n.version in known))

    def of(self, version: str) -> list[Noted]:
        """The changes that came in a version."""
        return [one for one in self.noted if one.version == version]


def history_of(collection: Collection) -> History:
    """What the collection's folder records."""
    folder = folder_of(collection)
    recorded = read_recorded(folder)
    return History(collection, recorded, tuple(read_noted(folder, [one.version for one in recorded])))


def last_content(history: History, releases: Path, others: Sequence[Callable[[], Content]]) -> Content:
    """What the last release holds: from its folder, from the tables kept with the collection, or from elsewhere."""
    last = history.last
    assert last is not None, "nothing was released yet"
    places = (lambda: _released(history, releases), lambda: _kept(history.collection), *others)
    for place in places:
        content = _tried(place)
        if content is not None and content.is_of(last):
            return content
    raise HistoryError(
        f"{history.collection.name} {last.version} 的内容找不到了（var/releases、data 和来源都与 releases.csv 不符）："
        f"请先检出记录这一版的提交，运行 etl build，再试。"
    )


def content_of(history: History, version: str, last: Content) -> Content:
    """What a past release holds, by undoing the changes since; HistoryError where the ledgers do not lead there."""
    state = state_of(last.collection, last.rows)
    wanted = next((one for one in history.recorded if one.version == version), None)
    if wanted is None:
        known = "、".join(one.version for one in history.recorded) or "（还没有发布过）"
        raise HistoryError(f"{history.collection.name} 没有 {version} 这一版，有：{known}。")
    try:
        _go_back(state, history, wanted)
        content = Content(*state.rows(version, wanted.released_on))
    except (StateError, DeclarationError) as error:
        raise HistoryError(str(error)) from error
    if not content.is_of(wanted):
        raise HistoryError(f"按变更簿退回的 {version} 与 releases.csv 的校验值不符：请从版本库恢复 changes.csv。")
    return content


def read_release(found: Release) -> Content:
    """The declaration and the rows of a release's folder."""
    collection = from_descriptor(json.loads(found.build.descriptor.read_bytes()))
    return _content_in(collection, found.build.data)


def _go_back(state: State, history: History, wanted: Recorded) -> None:
    for one in reversed(history.recorded):
        if one.counter > wanted.counter:
            state.apply((noted.change for noted in reversed(history.of(one.version))), backwards=True)


def _released(history: History, releases: Path) -> Content | None:
    assert history.last is not None
    found = release(releases, history.collection.name, history.last.version)
    return read_release(found) if found and found.verified else None


def _kept(collection: Collection) -> Content:
    return _content_in(collection, folder_of(collection) / "data")


def _content_in(collection: Collection, data: Path) -> Content:
    """The rows as they stand in a folder."""
    return Content(collection, read_tables(collection.tables, data))


def _tried(place: Callable[[], Content | None]) -> Content | None:
    try:
        return place()
    except (OSError, TableError, DeclarationError, ValueError):
        return None
