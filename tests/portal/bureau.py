"""Four releases of a small collection, as the platform makes them: first, a correction, a second row, a withdrawal."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from etl.correcting import Action, Corrected, Decision
from etl.declaration import Collection, load
from etl.pipeline import Prepared
from etl.places import ROOT
from etl.publishing.histories import history_of
from etl.publishing.issuing import issue, planned
from etl.releasing.ids import Ledger
from tests.portal.worlds import TEXT, Rows, quantity, world

NAME = "zhenjiang-stb"
ROW = "zjstb-zkd-2017-13.agri-progress-share"
LATER = "zjstb-rd-intensity.2018-321100-plan"
PAGE = f"/targets/{ROW}"


class Bureau:
    """What it takes to publish: rows that may be changed, the decisions behind them, one call a release."""

    def __init__(self, folder: Path) -> None:
        ignored = shutil.ignore_patterns("data", "*.csv", "CHANGELOG.md", "sources", "vocabulary", "reported")
        shutil.copytree(ROOT / "datasets" / NAME, folder / NAME, ignore=ignored)
        self.collection: Collection = load(folder / NAME)
        self.releases, self.private = folder / "releases", folder / "private"
        self.rows: Rows = _sound({k: v for k, v in world().items() if k != "release"})
        self.decisions: list[Decision] = []

    def release(self, day: str) -> str:
        prepared = Prepared(
            self.collection, self.decisions, Corrected(self.rows), Ledger(), {"zjstb-src-c8cbd21351": TEXT}
        )
        plan = planned(prepared, history_of(self.collection), self.releases, released_on=day)
        assert plan is not None
        return issue(plan, self.releases, self.private, "inputs").version

    def decide(self, action: Action, row_id: str, reason: str, **how: Any) -> None:
        number = f"cor-{len(self.decisions) + 1:04}"
        self.decisions.append(Decision(number, action, "target", row_id, reason=reason, by="editor", **how))

    def correct(self) -> None:
        self.decide(Action.SET, ROW, "据公文核对", column="value", old="66.6", new="66.5")
        self.rows["target"][0] = {**self.rows["target"][0], "value": 66.5}

    def add(self) -> None:
        row = {"target_id": LATER, "name": "=新的目标", "value": 2.7, "unit": "%", "year": 2018, "origin": "curated"}
        self.rows["target"].append(quantity(**row, is_borderline=False))

    def withdraw(self) -> None:
        self.decide(Action.REJECT, ROW, "原文说的不是目标")
        self.rows["target"] = [r for r in self.rows["target"] if r["target_id"] != ROW]


def _sound(rows: Rows) -> Rows:
    """The small world as the checks want it: every character in a passage, every repair quoting the text."""
    last = TEXT.splitlines()[3]
    start = TEXT.index(last)
    held = {**rows["passage"][0], "passage_id": "zjstb-zkd-2017-13.p004", "number": 4, "role": "furniture"}
    rows["passage"].append({**held, "text": last, "start": start, "end": start + len(last)})
    rows["repair"][0] |= {"before_text": "关于"}
    return rows


def publish_all(bureau: Bureau, after: Callable[[str], None] = lambda version: None) -> None:
    """Publish the four releases; `after` is told each version once it is served."""
    steps = [("2026-11-23", lambda: None), ("2026-11-24", bureau.correct), ("2026-11-25", bureau.add)]
    for day, step in [*steps, ("2026-11-26", bureau.withdraw)]:
        step()
        after(bureau.release(day))
