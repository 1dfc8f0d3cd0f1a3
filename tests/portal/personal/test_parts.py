"""Every table that names an account belongs to a room that gives out and deletes what it says of it."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint

from portal.personal.parts import PARTS
from portal.storage.models import Base

ROOMS = {
    "account": {"audit", "login", "roles_users", "webauthn"},
    "favourites": {"favourite"},
    "forum": {
        f"forum_{name}" for name in ("follow", "mention", "post", "removed", "report", "standing", "thread", "version")
    },
    "requests": {"consultation", "citizen_request", "request_event"},
}
"""The tables of each room that say something of an account: a new one needs a room here, and is tested there."""


def test_every_table_that_names_an_account_belongs_to_a_room() -> None:
    named = {table for tables in ROOMS.values() for table in tables}
    assert {
        t.name for t in Base.metadata.tables.values() if any(map(names_an_account, t.foreign_key_constraints))
    } == named
    assert {part.name for part in PARTS} >= ROOMS.keys()


def names_an_account(key: ForeignKeyConstraint) -> bool:
    return key.referred_table.name == "account"


def test_every_room_gives_out_and_forgets_under_a_name_of_its_own() -> None:
    names = [part.name for part in PARTS]
    assert len(set(names)) == len(names)
    assert names[-2:] == ["messages", "account"], "messages are found by the address, which goes last"
