"""Ten more edits of every kind, a release after each: old bytes stay, the ledgers lead to each on another machine."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

from etl.correcting import Action, Decision, decisions_of, record
from etl.inputs import read_inputs
from etl.publishing.histories import read_release
from etl.publishing.keeping import Place
from etl.releasing.state import state_of
from tests.test_release_scenario import (
    NAME,
    ROOT,
    World,
    bytes_of,
    content_bytes,
    corrected,
    rejected,
    second_notice,
)


def declare(old: str, new: str) -> Callable[[World], None]:
    """An edit of the declaration."""

    def edit(world: World) -> None:
        path = world.folder / "datapackage.yaml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return edit


def edit_csv(path: Path, change: Callable[[list[dict[str, str]]], None]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = list(rows[0])
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def define(world: World) -> None:
    edit_csv(world.folder / "vocabulary" / "indicator.csv", lambda rows: rows[0].update(definition_text="新的定义。"))


def report(world: World) -> None:
    edit_csv(world.folder / "reported" / "values.csv", lambda rows: rows.append({**rows[-1], "year": "2024"}))


def remove_second(world: World) -> None:
    edit_csv(world.folder / "sources.csv", lambda rows: rows.pop())


def decide(world: World, action: Action, table: str, row_id: str = "", new: str = "") -> None:
    before = decisions_of(read_inputs(world.collection).corrections, world.collection)
    about = {"row_id": row_id, "new": new, "reason": "试行", "by": "editor", "at": "2026-12-01T00:00:00Z"}
    record(world.folder / "corrections.csv", [*before, Decision(f"cor-{len(before) + 1:04}", action, table, **about)])


def accept_repair(world: World) -> None:
    decide(world, Action.ACCEPT_REPAIR, "repair", world.prepare().rows["repair"][0]["repair_id"])


def reject_task(world: World) -> None:
    decide(world, Action.REJECT, "task", world.prepare().rows["task"][3]["task_id"])


def add_target(world: World) -> None:
    notice = world.prepare().rows["notice"][0]["notice_id"]
    cells = {"notice_id": notice, "name": "补录", "comparator": ">=", "value": 5, "unit": "个", "year": 2017}
    decide(world, Action.ADD, "target", new=json.dumps({**cells, "region_code": "321100"}, ensure_ascii=False))


COLUMN = "        - {name: note, type: string, title: 说明,"
EDITS: list[tuple[str, Callable[[World], None]]] = [
    ("1.0.0", lambda _: None),
    ("1.0.1", corrected),
    ("1.0.2", define),
    ("1.1.0", report),
    ("1.1.1", declare("title: 来源\n", "title: 来源（原件）\n")),
    ("1.2.0", second_notice),
    ("1.2.1", accept_repair),
    ("1.3.0", declare(COLUMN, "        - {name: remark, type: string, title: 备注, title_en: Remark}\n" + COLUMN)),
    ("1.4.0", reject_task),
    ("1.5.0", rejected),
    ("1.6.0", remove_second),
    ("2.0.0", declare("name: CC-BY-4.0", "name: CC-BY-SA-4.0")),
    ("2.1.0", add_target),
]


def test_ten_more_edits(tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns("data", "releases.csv", "changes.csv", "CHANGELOG.md")
    shutil.copytree(ROOT / "datasets" / NAME, tmp_path / NAME, ignore=ignored)
    world = World(tmp_path / NAME, Place(tmp_path / "var" / "releases", tmp_path / "var" / "private"))
    first_day = {}
    for version, edit in EDITS:
        edit(world)
        assert world.release(major=True) == version
        first_day[version] = bytes_of(world.of(version).folder)
        for earlier, seen in first_day.items():
            assert bytes_of(world.of(earlier).folder) == seen, earlier
    assert_changes_lead_on(world)
    assert_a_clone_makes_them_again(world, world.clone(tmp_path / "clone"))


def assert_changes_lead_on(world: World) -> None:
    first = read_release(world.of("1.0.0"))
    state = state_of(first.collection, first.rows)
    for version, _ in EDITS[1:]:
        state.apply(noted.change for noted in world.history.of(version))
        there = read_release(world.of(version))
        wanted = state_of(there.collection, there.rows)
        assert (state.cells, state.descriptor) == (wanted.cells, wanted.descriptor), version


def assert_a_clone_makes_them_again(world: World, clone: World) -> None:
    clone.build()
    for version, _ in EDITS[:-1]:
        clone.rebuild(version)
    for version, _ in EDITS:
        assert content_bytes(clone.of(version)) == content_bytes(world.of(version)), version
