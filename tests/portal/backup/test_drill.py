"""The drill: backups made and restored while somebody writes, on SQLite and on PostgreSQL, compared by hashes."""

from __future__ import annotations

import json
import shutil
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from portal import audit, mail, personal
from portal.backup import contents, marks
from portal.backup.making import make
from portal.backup.restoring import restore
from portal.private import Private
from portal.storage import Storage, migrate, open_storage
from portal.storage.clock import now
from portal.storage.mail import Message
from portal.storage.people import Audit, User
from portal.storage.usage import SITE, Favourite, add_usage, add_views
from portal.usage.day import today
from tests.portal.people import member
from tests.postgres import PostgreSQL
from tests.services import address


def hashes(storage: Storage) -> dict[str, str]:
    with storage.engine.connect() as connection:
        return contents.hashes(connection)


def fill(private: Private) -> User:
    """Something in every room that this test knows, with signs that break careless copies."""
    person = member(private, "备份“人”\n—😀")
    with private.storage.session() as session:
        add_views(session, {"/targets/a": 3})
        add_usage(session, {(today(), SITE, "view"): 3})
        session.add(Favourite(user_id=person.id, path="/targets/a", title="研发", version="1.0.0", kept_at=now()))
        write(session, 0)
    (private.folder / "release.key").write_bytes(b"key\x00\xff")
    (private.folder / "outbox").mkdir(exist_ok=True)
    (private.folder / "outbox" / "1.eml").write_text("Subject: 你好\n\n正文")
    (private.folder / "cache").mkdir(exist_ok=True)
    (private.folder / "cache" / "made-again").write_text("x")
    return person


def write(session: Session, number: int) -> None:
    """One acknowledged thing: a message and a line in the log, together."""
    mail.write(session, "a@example.org", f"第 {number} 件", "x" * 200)
    audit.note(session, None, "drill", str(number))


@contextmanager
def writing(storage: Storage, acknowledged: list[int]) -> Iterator[None]:
    """Somebody who writes all the time."""
    stopped = threading.Event()

    def go() -> None:
        while not stopped.is_set():
            number = len(acknowledged) + 1
            # Who is in the way of the switch may be refused: that was not acknowledged, and is tried again.
            with suppress(DBAPIError):
                with storage.session() as session:
                    write(session, number)
                acknowledged.append(number)

    writer = threading.Thread(target=go)
    writer.start()
    try:
        while len(acknowledged) < 10:
            stopped.wait(0.01)
        yield
    finally:
        stopped.set()
        writer.join()


@pytest.fixture
def elsewhere(
    any_private: Private, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[[], tuple[Path, str]]]:
    """Another machine: a private folder and the address of a database, both empty."""
    made: list[str] = []

    def machine() -> tuple[Path, str]:
        folder = tmp_path / f"machine-{len(made)}"
        if any_private.storage.engine.dialect.name == "sqlite":
            made.append(f"sqlite:///{folder}/portal.db")
        else:
            made.append(request.getfixturevalue("postgresql").fresh())
        return folder, made[-1]

    yield machine
    server: PostgreSQL | None = None
    for url in made:
        if url.startswith("postgresql"):
            server = server or request.getfixturevalue("postgresql")
            server.drop(url)


@contextmanager
def opened(url: str) -> Iterator[Storage]:
    storage = open_storage(url)
    yield storage
    storage.close()


def test_what_is_restored_elsewhere_has_the_same_hashes_in_all_tables(
    any_private: Private, elsewhere: Callable[[], tuple[Path, str]], tmp_path: Path
) -> None:
    fill(any_private)
    before = hashes(any_private.storage)
    path = make(any_private.folder, address(any_private.storage), tmp_path / "backup.zip")
    folder, url = elsewhere()
    restore(folder, url, path)
    with opened(url) as storage:
        assert hashes(storage) == before
        assert len(before) > 8
    kept = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    same = ("secret.key", "release.key", "outbox/1.eml")
    assert {name: kept[name] for name in same} == {n: (any_private.folder / n).read_bytes() for n in same}
    assert "cache/made-again" not in kept


def test_a_backup_made_while_somebody_writes_is_of_one_moment(
    any_private: Private, elsewhere: Callable[[], tuple[Path, str]], tmp_path: Path
) -> None:
    fill(any_private)
    acknowledged: list[int] = []
    with writing(any_private.storage, acknowledged):
        before = len(acknowledged)
        path = make(any_private.folder, address(any_private.storage), tmp_path / "backup.zip")
        after = len(acknowledged)
    restored = []
    for _ in range(2):
        folder, url = elsewhere()
        restore(folder, url, path)
        with opened(url) as storage:
            restored.append(hashes(storage))
            with storage.session() as session:
                numbers = [int(a.about) for a in session.scalars(select(Audit).order_by(Audit.audit_id))]
                messages = [m.subject for m in session.scalars(select(Message).order_by(Message.message_id))]
    assert restored[0] == restored[1]
    assert numbers == list(range(len(numbers)))
    assert messages == [f"第 {n} 件" for n in numbers]
    assert before < len(numbers) <= after + 2


def test_a_restore_while_somebody_writes_breaks_nothing_and_is_seen_at_once(
    any_private: Private, tmp_path: Path
) -> None:
    fill(any_private)
    before = hashes(any_private.storage)
    path = make(any_private.folder, address(any_private.storage), tmp_path / "backup.zip")
    acknowledged: list[int] = []
    with writing(any_private.storage, acknowledged):
        restore(any_private.folder, address(any_private.storage), path)
    with any_private.storage.session() as session:
        numbers = [int(a.about) for a in session.scalars(select(Audit).order_by(Audit.audit_id))]
        messages = [m.subject for m in session.scalars(select(Message).order_by(Message.message_id))]
    # What was written after the switch follows what was restored; nothing is half there.
    assert messages == [f"第 {n} 件" for n in numbers]
    assert numbers[0] == 0
    assert numbers[1:] == list(range(acknowledged[-1] - len(numbers) + 2, acknowledged[-1] + 1))
    quiet = ("account", "favourite", "usage", "page_views")
    now_there = hashes(any_private.storage)
    assert {t: now_there[t] for t in quiet} == {t: before[t] for t in quiet}


@pytest.mark.parametrize("lost", ["nothing", "the database", "the file of marks"])
def test_who_was_deleted_after_the_backup_stays_deleted(any_private: Private, tmp_path: Path, lost: str) -> None:
    person = fill(any_private)
    other = member(any_private, "留下的人")
    url = address(any_private.storage)
    path = make(any_private.folder, url, tmp_path / "backup.zip")
    with any_private.storage.session() as session:
        personal.forget(session, person.id)
        deleted = personal.deleted(session)
    marks.add(any_private.folder, deleted)
    if lost == "the database":
        forget_marks(any_private.storage)
    if lost == "the file of marks":
        (any_private.folder / marks.FILE).unlink()
    assert restore(any_private.folder, url, path).deleted_again == 1
    with any_private.storage.session() as session:
        names = {u.id: u.username for u in session.scalars(select(User))}
        assert personal.deleted(session) == deleted
        assert session.scalars(select(Favourite)).all() == []
    assert names == {person.id: None, other.id: "留下的人"}
    assert marks.read(any_private.folder) == deleted


def forget_marks(storage: Storage) -> None:
    with storage.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM deletion")


def test_a_backup_of_an_older_schema_is_brought_up_to_date(any_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    with opened(any_url) as storage:
        migrate(storage, "0002")
        path = make(folder, any_url, tmp_path / "backup.zip")
        assert json.loads(zipfile.ZipFile(path).read("manifest.json"))["revision"] == "0002"
        restore(folder, any_url, path)
        with storage.session() as session:
            assert session.scalars(select(Favourite)).all() == []


def test_a_broken_database_is_replaced(private: Private, tmp_path: Path) -> None:
    fill(private)
    before = hashes(private.storage)
    path = make(private.folder, address(private.storage), tmp_path / "backup.zip")
    private.storage.close()
    (private.folder / "portal.db").write_bytes(b"not a database at all" * 1000)
    restore(private.folder, address(private.storage), path)
    assert hashes(private.storage) == before
    assert (private.folder / "portal.db.damaged").exists()
    shutil.rmtree(private.folder / "outbox")
