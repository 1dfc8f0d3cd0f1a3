"""A history with a value masked in all of it: what every release held, the changes between them, the ledgers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from etl.declaration import Collection, from_descriptor
from etl.document import MASK
from etl.publishing.histories import Content, History
from etl.releasing.content import content_hash
from etl.releasing.declared import declaration_changes, declaration_hash, declared
from etl.releasing.difference import Change, difference
from etl.releasing.noted import Noted
from etl.releasing.recorded import Recorded
from etl.releasing.state import state_of
from etl.tables import Row, Rows


@dataclass(frozen=True)
class Rewritten:
    """The history with the value masked, and what every release then holds, by version."""

    history: History
    contents: dict[str, Content]


def rewritten(history: History, last: Content, value: str, texts: Mapping[str, str]) -> Rewritten:
    """Every release masked, and the changes between them worked out anew; reasons stay with their cells."""
    contents = {one.version: _mask_content(content, value, texts) for one, content in _all(history, last)}
    versions = [one.version for one in history.recorded]
    lines: list[Noted] = []
    for before, version in pairwise(versions):
        lines += _renoted(history.of(version), version, contents[before], contents[version], value)
    renewed = tuple(
        replace(
            one,
            content_hash=content_hash(contents[one.version].collection, contents[one.version].rows),
            declaration_hash=declaration_hash(contents[one.version].collection),
            redactions=one.redactions + 1,
            summary_text=masked(one.summary_text or "", value),
        )
        for one in history.recorded
    )
    return Rewritten(History(history.collection, renewed, tuple(lines)), contents)


def _all(history: History, last: Content) -> Iterator[tuple[Recorded, Content]]:
    state = state_of(last.collection, last.rows)
    for one in reversed(history.recorded):
        yield one, Content(*state.rows(one.version, one.released_on))
        state.apply((line.change for line in reversed(history.of(one.version))), backwards=True)


def _renoted(was: Sequence[Noted], version: str, old: Content, new: Content, value: str) -> list[Noted]:
    told = {_where(line.change): line for line in was}
    changes = declaration_changes(declared(old.collection), declared(new.collection))
    changes += difference(old.rows, new.rows, new.collection.tables, old.collection.tables)
    lines = [(change, told.get(_where(change))) for change in changes]
    return [
        Noted(line.change_id, version, change, masked(line.reason, value), line.correction, line.successor)
        for change, line in lines
        if line is not None
    ]


def _where(change: Change) -> tuple[str, str, str, bool]:
    return change.table, change.row, change.column, change.came


def _mask_content(content: Content, value: str, texts: Mapping[str, str]) -> Content:
    rows: Rows = {name: [_mask_row(row, value) for row in table] for name, table in content.rows.items()}
    sums = {checksum(text): checksum(masked(text, value)) for text in texts.values() if value in text}
    for row in rows.get("notice", ()):
        if "text_sha256" in row:
            row["text_sha256"] = sums.get(row["text_sha256"], row["text_sha256"])
    return Content(_mask_declaration(content.collection, value), rows)


def _mask_declaration(collection: Collection, value: str) -> Collection:
    """The declaration may give the value as an example."""
    text = json.dumps(collection.descriptor, ensure_ascii=False)
    return from_descriptor(json.loads(masked(text, value))) if value in text else collection


def _mask_row(row: Row, value: str) -> Row:
    return {column: masked(cell, value) if isinstance(cell, str) else cell for column, cell in row.items()}


def masked(text: str, value: str) -> str:
    """The text with the value replaced one for one, so that offsets hold.

    >>> masked("电话13812345678。", "13812345678")
    '电话███████████。'
    """
    return text.replace(value, MASK * len(value))


def checksum(text: str) -> str:
    """SHA-256 of a text, as notices state it."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
