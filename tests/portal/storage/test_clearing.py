"""Deleted rows are given up by the database itself, not only out of sight."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text, update

from etl.site import Site
from portal import personal
from portal.app import create_app
from portal.chores import Chores
from portal.personal import chore
from portal.private import Private
from portal.published import Published
from portal.storage import Storage
from portal.storage.base import Base
from portal.storage.clearing import clear
from portal.storage.clock import now
from portal.storage.people import User
from tests.portal.people import member

DEAD = text("SELECT dead_tuple_count FROM pgstattuple('account')")


@pytest.fixture
def left(any_private: Private) -> Private:
    """What is kept where an account has just gone."""
    user = member(any_private, "要离开的人")
    with any_private.storage.session() as session:
        personal.leave(session, user.id)
    return any_private


def is_postgresql(storage: Storage) -> bool:
    return storage.engine.dialect.name == "postgresql"


def dead(storage: Storage) -> int:
    """How many deleted rows of accounts there still are; SQLite keeps none."""
    if not is_postgresql(storage):
        return 0
    with storage.session() as session:
        session.execute(text("CREATE EXTENSION IF NOT EXISTS pgstattuple"))
        return int(session.execute(DEAD).scalar_one())


def test_what_was_deleted_is_given_up(left: Private) -> None:
    assert (dead(left.storage) > 0) is is_postgresql(left.storage)
    assert clear(left.storage, now() - timedelta(minutes=1))
    assert dead(left.storage) == 0


def test_when_an_account_goes_the_chore_gives_up_its_rows(left: Private) -> None:
    personal.erase(left.storage)
    assert dead(left.storage) == 0


def test_a_reader_who_began_before_is_waited_for(left: Private) -> None:
    with left.storage.engine.connect() as reader:
        repeatable = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"
        reader.execute(text(repeatable if is_postgresql(left.storage) else "BEGIN"))
        reader.execute(text("SELECT count(*) FROM account")).scalar_one()
        member(left, "后来的人")
        assert not clear(left.storage, now())
        reader.rollback()
    assert clear(left.storage, now())


def test_what_went_without_an_account_is_given_up_once_a_day(
    left: Private, published: Published, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    doing = Chores(create_app(published, site, left), (personal.clear_daily,))
    # What was deleted just now may still be read by who began before: it is waited for.
    doing.once()
    assert dead(left.storage) == 0
    with left.storage.session() as session:
        session.execute(update(User).values(language="en"))
    doing.once()
    assert (dead(left.storage) > 0) is is_postgresql(left.storage)
    monkeypatch.setattr(chore, "EVERY", 0.0)
    doing.once()
    assert dead(left.storage) == 0


def test_every_table_is_cleared_by_the_name_that_it_has() -> None:
    assert [t.name for t in Base.metadata.sorted_tables if not (t.name.isidentifier() and t.name.islower())] == []
