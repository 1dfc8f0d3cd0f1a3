"""A new release: compared with the last one row by row, numbered by rule, explained, published whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from etl.files import write_atomically
from etl.inputs import folder_of
from etl.publishing.checked import check_rows, checked_database
from etl.publishing.histories import Content, History, last_content
from etl.publishing.keeping import key_of, publish_key
from etl.releasing import changelog, noted, recorded
from etl.releasing.content import content_hash
from etl.releasing.current import Build
from etl.releasing.declared import Level, Step, declaration_changes, declaration_hash, declared, steps
from etl.releasing.difference import difference
from etl.releasing.edition import Edition, Finish, write_edition
from etl.releasing.entry import WITHDRAWN
from etl.releasing.noted import Noted, noted_text, numbered
from etl.releasing.reasons import Grounds
from etl.releasing.recorded import Recorded, recorded_text
from etl.releasing.switch import in_place, made, point, publisher
from etl.releasing.versions import next_version, row_steps
from etl.tables import Rows

if TYPE_CHECKING:
    from etl.pipeline import Prepared

_TOLD = 4


class IssueError(Exception):
    """A release that can't be made; the message is a sentence for people."""


@dataclass(frozen=True)
class Plan:
    """A release as it would be: its line in the ledger, why it has that version, its changes, its change log."""

    content: Content
    texts: Mapping[str, str]
    history: History
    release: Recorded
    steps: Sequence[Step]
    noted: Sequence[Noted]
    old: Rows

    @property
    def section(self) -> str:
        """What the change log says of it."""
        return changelog.section(self.release, self.content.collection, self.steps, self.noted, self.old)

    @property
    def edition(self) -> Edition:
        """What its package is made of."""
        recorded_so_far = (*self.history.recorded, self.release)
        noted_so_far = (*self.history.noted, *self.noted)
        return Edition(self.content.collection, self.content.rows, self.texts, recorded_so_far, noted_so_far)


def planned(
    prepared: Prepared, history: History, releases: Path, *, released_on: str | None = None, summary: str | None = None
) -> Plan | None:
    """The release that the rows as prepared would make; None where nothing differs from the last one."""
    content = Content(prepared.collection, prepared.rows)
    day = _day(prepared, history, released_on)
    if history.last is None:
        return _first(content, prepared, history, day, summary)
    if content.is_of(history.last):
        return None
    last = last_content(history, releases, ())
    return _next(content, prepared, history, last, day, summary)


def check_major(plan: Plan, *, major: bool) -> None:
    """Raise IssueError where a MAJOR change was not asked for."""
    breaking = [step.told for step in plan.steps if step.level == Level.MAJOR]
    if breaking and not major:
        raise IssueError(
            f"这次改动会让使用者的程序失效（{'；'.join(breaking)}），没有发布："
            f"确要如此，请加 --major（将是 {plan.release.version}）。"
        )


def issue(plan: Plan, releases: Path, private: Path, inputs_hash: str, finish: Finish = checked_database) -> Build:
    """Publish: package and verify, then record in the ledgers, name the folder and switch; whole or not at all."""
    name = plan.content.collection.name
    with publisher(releases, name) as home:
        key = key_of(private, home)
        publish_key(home, key)
        folder = made(
            home,
            lambda draft: write_edition(plan.edition, key, finish, draft),
            lambda: _record(plan),
        )
        point(home, folder, inputs_hash)
    return in_place(releases, name)


def checked(plan: Plan) -> None:
    """Check the rows of a plan that is only to be shown."""
    check_rows(plan.edition.stamped, plan.edition.rows, plan.texts)


def _record(plan: Plan) -> None:
    """Write the ledgers; that of the releases last, which makes all of it hold."""
    folder, edition = folder_of(plan.history.collection), plan.edition
    known = [one.version for one in plan.history.recorded]
    sections = [plan.section, *changelog.read_sections(folder, known)]
    write_atomically(folder / noted.FILE, noted_text(edition.noted), durable=True)
    write_atomically(folder / changelog.FILE, changelog.changelog(plan.content.collection, sections), durable=True)
    write_atomically(folder / recorded.FILE, recorded_text(edition.recorded), durable=True)


def _first(content: Content, prepared: Prepared, history: History, day: str, summary: str | None) -> Plan:
    rows = sum(len(table) for table in content.rows.values())
    told = summary or f"首次发布：{len(content.collection.tables)} 张表，{rows} 行"
    release = _recorded(content, content.collection.version, day, told, None)
    return Plan(content, prepared.texts, history, release, (), (), {})


def _next(content: Content, prepared: Prepared, history: History, last: Content, day: str, summary: str | None) -> Plan:
    before = history.last
    assert before is not None
    old_tables = last.collection.tables
    changes = declaration_changes(declared(last.collection), declared(content.collection))
    changes += difference(last.rows, content.rows, content.collection.tables, old_tables)
    found = sorted([*steps(last.collection, content.collection), *row_steps(changes, content.collection)], key=_gravity)
    version = next_version(before.version, max(step.level for step in found))
    ids = {e.id: (e.reason, e.successor) for e in prepared.ledger if e.status == WITHDRAWN}
    grounds = Grounds(content.collection, last.rows, content.rows, prepared.decisions, ids)
    release = _recorded(content, version, day, summary or _summary(found), before)
    noted_now = numbered(version, grounds.explain(changes))
    return Plan(content, prepared.texts, history, release, found, noted_now, last.rows)


def _recorded(content: Content, version: str, day: str, summary: str, before: Recorded | None) -> Recorded:
    return Recorded(
        version=version,
        released_on=day,
        counter=before.counter + 1 if before else 1,
        content_hash=content_hash(content.collection, content.rows),
        declaration_hash=declaration_hash(content.collection),
        parent=before.version if before else None,
        summary_text=summary.strip().rstrip("。"),
    )


def _gravity(step: Step) -> int:
    return -step.level


def _summary(found: Sequence[Step]) -> str:
    more = f"等 {len(found)} 项" if len(found) > _TOLD else ""
    return "；".join(step.told for step in found[:_TOLD]) + more


def _day(prepared: Prepared, history: History, given: str | None) -> str:
    """The day of the release: as given, else that of the newest input; never the clock."""
    days = [str(day)[:10] for row in prepared.rows.get("source", ()) if (day := row.get("captured_at"))]
    days += [decision.at[:10] for decision in prepared.decisions if decision.at]
    before = history.last.released_on if history.last else ""
    if given is None and not days and not before:
        raise IssueError("来源和更正都没有时间，请用 --date 写明发布日期（如 2026-11-24）。")
    day = given or max([*days, before])
    if day < before:
        raise IssueError(f"发布日期 {day} 早于上一版的 {before}：请改正 --date。")
    return day
