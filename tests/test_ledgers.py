"""The committed ledgers: what they record is what the sources give."""

from __future__ import annotations

from pathlib import Path

from etl.declaration import load
from etl.pipeline import prepare
from etl.publishing.histories import Content, content_of, history_of
from etl.releasing.recorded import FILE

ROOT = Path(__file__).resolve().parent.parent


def test_the_sources_give_the_last_release_and_the_ledgers_every_other(tmp_path: Path) -> None:
    for ledger in sorted((ROOT / "datasets").glob(f"*/{FILE}")):
        collection = load(ledger.parent)
        history = history_of(collection)
        assert history.last is not None
        last = Content(collection, prepare(collection, tmp_path).rows)
        assert last.is_of(history.last), "etl build tells what differs; etl release publishes it"
        for one in history.recorded:
            assert content_of(history, one.version, last).is_of(one)
        assert [one.counter for one in history.recorded] == list(range(1, len(history.recorded) + 1))
