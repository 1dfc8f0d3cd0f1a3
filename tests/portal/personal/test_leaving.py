"""Row 62 of the threats: what is kept about a person is given out whole, and deleted for good."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from portal import audit, mail, personal
from portal.access.granting import LastAdminError
from portal.accounts.logins import _hash
from portal.private import Private
from portal.storage import Storage
from portal.storage.clock import now
from portal.storage.deletions import Deletion
from portal.storage.mail import Message
from portal.storage.people import Audit, Login, User, WebAuthn
from tests.portal.people import member

NAME, DEVICE, KEY, DETAIL = "要离开的人甲", "Mozilla/5.0 Leaving", b"public-key-of-one-who-left", "私下说的理由"
OTHER = "留下的人乙"


def settled(private: Private, name: str = NAME) -> User:
    """Somebody about whom every table of accounts has something."""
    user, moment = member(private, name, ("member",)), now()
    with private.storage.session() as session:
        session.add(
            Login(login_hash=_hash(name), user_id=user.id, begun_at=moment, seen_at=moment, device=DEVICE, strong=True)
        )
        passkey = {"credential_id": name.encode(), "public_key": KEY, "sign_count": 1, "device_type": "single_device"}
        use = {"backup_state": False, "lastuse_datetime": moment, "name": "我的钥匙", "usage": "first"}
        session.add(WebAuthn(user_id=user.id, **passkey, **use))
        kept = session.get_one(User, user.id)
        kept.password, kept.tf_totp_secret, kept.mf_recovery_codes = (
            "$argon2id$hash",
            "totp-secret",
            ["code-1", "code-2"],
        )
        audit.note(session, user.id, "account.login", audit.account(user.id), DETAIL)
        mail.write(session, user.email, "确认", "https://example.org/confirm/token")
    return user


def leave(storage: Storage, user: User) -> None:
    with storage.session() as session:
        personal.leave(session, user.id)
    personal.erase(storage)


def test_everything_that_is_kept_is_given_out(any_private: Private) -> None:
    user = settled(any_private)
    settled(any_private, OTHER)
    with any_private.storage.session() as session:
        given = json.loads(json.dumps(personal.export(session, user.id), ensure_ascii=False))
    account = given["account"]
    assert (account["username"], account["email"], account["roles"]) == (NAME, user.email, ["member"])
    assert [p["name"] for p in account["passkeys"]] == ["我的钥匙"]
    assert [x["device"] for x in account["logins"]] == [DEVICE]
    assert [(a["action"], a["detail"]) for a in account["actions"]] == [("account.login", DETAIL)]
    assert [m["subject"] for m in given["messages"]] == ["确认"]
    told = json.dumps(given, ensure_ascii=False)
    assert [secret for secret in (OTHER, "argon2", "totp-secret", "code-1", "token") if secret in told] == []


def test_who_leaves_keeps_a_nameless_row(any_private: Private) -> None:
    user, other = settled(any_private), settled(any_private, OTHER)
    leave(any_private.storage, user)
    with any_private.storage.session() as session:
        left = session.get_one(User, user.id)
        assert (left.username, left.password, left.active, left.roles) == (None, None, False, [])
        assert left.email == f"{user.id}@left.invalid"
        assert left.left_at is not None
        assert left.fs_uniquifier != user.fs_uniquifier
        for table in (Login, WebAuthn):
            assert [row.user_id for row in session.scalars(select(table))] == [other.id]
        assert [m.recipient for m in session.scalars(select(Message))] == [other.email]
        noted = session.execute(select(Audit.user_id, Audit.action, Audit.detail).order_by(Audit.audit_id)).all()
    assert [tuple(row) for row in noted] == [
        (user.id, "account.login", ""),
        (other.id, "account.login", DETAIL),
        (user.id, "account.leave", ""),
    ]


def test_to_leave_twice_changes_nothing(any_private: Private) -> None:
    user = settled(any_private)
    leave(any_private.storage, user)
    leave(any_private.storage, user)
    with any_private.storage.session() as session:
        assert len(personal.deleted(session)) == 1


def test_row_62_no_byte_of_who_left_stays_in_the_files(private: Private) -> None:
    user = settled(private)
    with private.storage.engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(PASSIVE)"))
    told = (
        NAME.encode(),
        user.email.encode(),
        DEVICE.encode(),
        KEY,
        b"$argon2id$hash",
        DETAIL.encode(),
        b"confirm/token",
        b"code-1",
    )
    assert found(private.folder, told) == set(told)
    leave(private.storage, user)
    assert found(private.folder, told) == set()


def found(folder: Path, told: tuple[bytes, ...]) -> set[bytes]:
    """What of it stands in any file."""
    held = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return {part for part in told if part in held}


def test_a_reader_in_the_way_is_waited_for(private: Private) -> None:
    user = settled(private)
    with private.storage.engine.connect() as reader:
        reader.execute(text("BEGIN"))
        reader.execute(text("SELECT count(*) FROM account")).scalar_one()
        leave(private.storage, user)
        assert erased(private.storage) == [False]
        reader.rollback()
    personal.erase(private.storage)
    assert erased(private.storage) == [True]


def erased(storage: Storage) -> list[bool]:
    with storage.session() as session:
        return [at is not None for at in session.scalars(select(Deletion.erased_at))]


def test_a_backup_brings_nobody_back(any_private: Private) -> None:
    user, other = settled(any_private), settled(any_private, OTHER)
    before = rows(any_private.storage, user)
    leave(any_private.storage, user)
    with any_private.storage.session() as session:
        marks = personal.deleted(session)
    put_back(any_private.storage, user, before)
    with any_private.storage.session() as session:
        personal.remember(session, marks)
        assert personal.forget_again(session) == 1
        assert personal.forget_again(session) == 0
    with any_private.storage.session() as session:
        assert session.get_one(User, user.id).username is None
        assert session.get_one(User, other.id).username == OTHER


def rows(storage: Storage, user: User) -> dict[str, object]:
    with storage.session() as session:
        kept = session.get_one(User, user.id)
        return {"username": kept.username, "email": kept.email, "left_at": None, "active": True}


def put_back(storage: Storage, user: User, before: dict[str, object]) -> None:
    """The database as an older backup has it: the account there, its deletion unknown."""
    with storage.session() as session:
        for column, value in before.items():
            setattr(session.get_one(User, user.id), column, value)
        session.execute(Deletion.__table__.delete())


def test_another_person_with_the_same_number_is_left_alone(any_private: Private) -> None:
    user = settled(any_private)
    before = rows(any_private.storage, user)
    leave(any_private.storage, user)
    with any_private.storage.session() as session:
        marks = personal.deleted(session)
    put_back(any_private.storage, user, before)
    with any_private.storage.session() as session:
        session.get_one(User, user.id).create_datetime += timedelta(days=1)
        personal.remember(session, marks)
        session.flush()
        assert personal.forget_again(session) == 0


def test_the_last_administrator_stays(any_private: Private) -> None:
    first = member(any_private, "管事的甲", ("admin",))
    with any_private.storage.session() as session, pytest.raises(LastAdminError):
        personal.leave(session, first.id)
    member(any_private, "管事的乙", ("admin",))
    leave(any_private.storage, first)
