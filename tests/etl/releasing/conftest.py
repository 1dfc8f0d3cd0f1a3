"""A small collection that can be released: its folder, where releases stand, and one call that publishes."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from etl.correcting import Corrected
from etl.declaration import Collection, load
from etl.pipeline import Prepared
from etl.publishing.histories import History, history_of
from etl.publishing.issuing import Plan, check_major, issue, planned
from etl.publishing.keeping import Place
from etl.releasing.current import Build
from etl.releasing.ids import Ledger
from etl.releasing.reading import Release, release
from etl.tables import Rows
from tests.etl.conftest import FOLDER, TEXT, small_rows


@dataclass
class Publisher:
    """What it takes to release the small collection; `rows` may be changed between releases."""

    folder: Path
    place: Place
    rows: Rows
    collection: Collection

    @property
    def history(self) -> History:
        return history_of(self.collection)

    @property
    def prepared(self) -> Prepared:
        return Prepared(self.collection, [], Corrected(self.rows), Ledger(), {"sm-src-1": TEXT})

    def plan(self, **how: Any) -> Plan | None:
        return planned(self.prepared, self.history, self.place.releases, **how)

    def release(self, *, major: bool = False, **how: Any) -> Build:
        plan = self.plan(**how)
        assert plan is not None
        check_major(plan, major=major)
        return issue(plan, self.place.releases, self.place.private, "inputs")

    def titled(self, title: str) -> Publisher:
        self.rows["notice"][0]["title"] = title
        return self

    def of(self, version: str) -> Release:
        found = release(self.place.releases, "small", version)
        assert found is not None
        return found


def make_publisher(folder: Path) -> Publisher:
    """A copy of the small collection with nothing released yet."""
    shutil.copytree(FOLDER, folder / "small", ignore=shutil.ignore_patterns("data"))
    place = Place(folder / "var" / "releases", folder / "var" / "private")
    return Publisher(folder / "small", place, small_rows(), load(folder / "small"))


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    """One's own publisher of the small collection."""
    return make_publisher(tmp_path)
