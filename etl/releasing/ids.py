"""Identity: an id is minted once, kept in `ids.csv`, and found again when the same row is read again.

A row is known again, within its table, by the first of these that holds:
1. nothing changed: the same source, span, words, label and value;
2. the same source and a span that overlaps in the same words (the best agreement of label, value and extent first);
3. the same words in that source or one that it replaces (a page captured again, a text laid out otherwise);
4. for rows that stand in no text: the same label.
Only what matches nothing gets a new id, and no id is ever given twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from etl.claim import Claim
from etl.releasing.book import Book
from etl.releasing.entry import NO_LONGER_READ, TAKEN_IN, WAITING, WITHDRAWN, Entry, entry_of
from etl.releasing.minting import Mint
from etl.releasing.sameness import Score, by_label, by_quote, by_span, fingerprint

Find = Callable[[Claim], Iterable[str]]
Judge = Callable[[Claim, Entry], Score | None]


class Ledger:
    """Every id of a collection: `match` while rows are assembled, then `close`."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._book = Book(entries)
        self._kept: dict[tuple[str, str], list[str]] = defaultdict(list)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._book)

    def get(self, row_id: str) -> Entry | None:
        """The entry of that id, if it was ever given."""
        return self._book.get(row_id)

    def match(self, claims: Sequence[Claim]) -> list[str]:
        """The id of each claim, in order; what comes out does not depend on the order of the claims.

        All claims of a table that stand in one source, or in one that replaces it, come in one call.
        """
        order = sorted(range(len(claims)), key=lambda i: _sort_key(claims[i]))
        found = Matching(self._book.open_of(_places(claims))).found([(i, claims[i]) for i in order])
        mint = Mint(self._book)
        for i in order:
            if i not in found:
                found[i] = mint(claims[i].proposal)
            self._book.enter(entry_of(found[i], claims[i]))
        return [found[i] for i in range(len(claims))]

    def keep(self, table: str, row_id: str, names: Sequence[str]) -> None:
        """Record an id that people gave in a curated table; rows once read under these names are then this one."""
        self._book.enter(Entry(row_id, table, label=names[0] if names else row_id))
        for name in names:
            self._kept[table, name].append(row_id)

    def withdraw(self, row_id: str, reason: str, successor: str = "") -> None:
        """Say that the row of this id no longer stands, why, and what stands for it now."""
        self._book.enter(replace(self._book[row_id], status=WITHDRAWN, reason=reason, successor=successor))

    def hold(self, row_id: str, reason: str) -> None:
        """Say that the row of this id waits for an editor and is in no release."""
        self._book.enter(replace(self._book[row_id], status=WAITING, reason=reason))

    def close(self) -> None:
        """Withdraw every id whose row was not read this time."""
        for (table, name), ids in self._kept.items():
            if len(ids) == 1:
                self._book.withdraw_open(TAKEN_IN, ids[0], table, name)
        self._book.withdraw_open(NO_LONGER_READ)


class Matching:
    """Pairs claims with the entries that are still open: known from before, and not read this time yet."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._open = {entry.id: entry for entry in entries}
        self._exact: dict[tuple[object, ...], list[str]] = defaultdict(list)
        self._near: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for entry in self._open.values():
            self._index(entry)

    def found(self, claims: list[tuple[int, Claim]]) -> dict[int, str]:
        """The id of every claim (by its number) that is known again."""
        found: dict[int, str] = {}
        for find, judge in self._rules() if self._open else ():
            self._assign([(i, claim) for i, claim in claims if i not in found], find, judge, found)
        return found

    def _rules(self) -> tuple[tuple[Find, Judge], ...]:
        return (
            (lambda c: self._exact.get(_exact_key(c), ()), lambda c, e: (e.status == WITHDRAWN,)),
            (lambda c: self._in(c, "span", ""), by_span),
            (lambda c: self._in(c, "quote", fingerprint(c.quote)), by_quote),
            (lambda c: self._in(c, "label", c.label), by_label),
        )

    def _in(self, claim: Claim, kind: str, key: str) -> Iterator[str]:
        sources = (claim.source,) if kind == "span" else (claim.source, *claim.replaces)
        return (i for source in sources for i in self._near.get((claim.table, source, kind, key), ()))

    def _assign(self, claims: list[tuple[int, Claim]], find: Find, judge: Judge, found: dict[int, str]) -> None:
        """Pair claims with ids that are free, the best agreement first."""
        pairs = []
        for rank, (i, claim) in enumerate(claims):
            for entry in (self._open[row_id] for row_id in find(claim) if row_id in self._open):
                score = judge(claim, entry)
                if score is not None:
                    pairs.append((score, rank, entry.start or 0, entry.id, i))
        for _, _, _, row_id, i in sorted(pairs):
            if i not in found and row_id in self._open:
                del self._open[row_id]
                found[i] = row_id

    def _index(self, entry: Entry) -> None:
        self._exact[_exact_key(_claim_of(entry))].append(entry.id)
        kinds = {"label": entry.label} if entry.start is None else {"span": "", "quote": fingerprint(entry.quote)}
        for kind, key in kinds.items():
            self._near[entry.table, entry.source_sha256, kind, key].append(entry.id)


def _places(claims: Iterable[Claim]) -> set[tuple[str, str]]:
    """Where entries may stand that these claims are known again by: tables and sources."""
    return {(claim.table, source) for claim in claims for source in (claim.source, *claim.replaces)}


def _claim_of(entry: Entry) -> Claim:
    """The claim that would find this entry again."""
    place = (entry.source_sha256, entry.start, entry.end, entry.quote, entry.label, entry.value)
    return Claim(entry.table, entry.id, *place)


def _exact_key(claim: Claim) -> tuple[object, ...]:
    return (claim.table, claim.source, claim.start, claim.end, claim.label, claim.value, fingerprint(claim.quote))


def _sort_key(claim: Claim) -> tuple[object, ...]:
    place = (-1 if claim.start is None else claim.start, -1 if claim.end is None else claim.end)
    return (claim.table, claim.source, *place, claim.label, claim.value, claim.quote, claim.proposal)
