"""One line of `ids.csv`, and reading and writing the whole."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from itertools import chain
from operator import attrgetter
from pathlib import Path

from etl.claim import QUOTE_LENGTH, Claim

FILE = "ids.csv"
ACTIVE, WAITING, WITHDRAWN = "active", "waiting", "withdrawn"
NO_LONGER_READ = "重新识读后，原文中不再读出这一行"
TAKEN_IN = "已并入词表中的条目"


class LedgerError(Exception):
    """A ledger that can't be used; the message is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One id that was given: the row that it stands for, as last read, and whether it still stands."""

    id: str
    table: str
    source_sha256: str = ""
    start: int | None = None
    end: int | None = None
    quote: str = ""
    label: str = ""
    value: str = ""
    status: str = ACTIVE
    successor: str = ""
    reason: str = ""


COLUMNS = tuple(f.name for f in fields(Entry))


def entry_of(row_id: str, claim: Claim) -> Entry:
    """The line of an id whose row was just read; long quotes are cut, they only serve to know the row again."""
    place = (claim.source, claim.start, claim.end, claim.quote[:QUOTE_LENGTH])
    return Entry(row_id, claim.table, *place, claim.label, claim.value)


def read_entries(path: Path) -> Iterator[Entry]:
    """The lines of the ledger, one at a time; none where there is no file yet."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _entries(csv.DictReader(file))
    except FileNotFoundError:
        return
    except (csv.Error, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        raise LedgerError(f"编号簿 {path} 读不出来（{error}）：请从版本库恢复这个文件，切勿删除。") from error


def ledger_text(entries: Iterable[Entry]) -> str:
    """The ledger as CSV, in the order given."""
    return "".join(ledger_lines(entries))


def ledger_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """The ledger as CSV, entry by entry."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for cells in chain([COLUMNS], map(attrgetter(*COLUMNS), entries)):
        writer.writerow(cells)
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def _entries(rows: Iterable[dict[str, str]]) -> Iterator[Entry]:
    for row in rows:
        if not row["id"] or not row["table"]:
            raise ValueError("有一行没有编号或表名")
        text = {name: row[name] if name in ("id", "table") else row.get(name) or "" for name in COLUMNS}
        offsets = {name: int(cell) if (cell := text.pop(name)) else None for name in ("start", "end")}
        yield Entry(**text, **offsets)  # type: ignore[arg-type]
