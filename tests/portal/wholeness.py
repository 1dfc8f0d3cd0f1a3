"""Looks for what is there by half in the portal's own data: a row without its event, its line in the log, its mail."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from portal.private import Private
from portal.storage.forum import Post, Thread, Version
from portal.storage.mail import Message
from portal.storage.participation import CitizenRequest, RequestEvent
from portal.storage.people import Audit

NUMBER = re.compile(r"\d{4}-\d{6}")


def check(private: Private, letters: dict[str, str], threads: dict[str, str]) -> None:
    """What was acknowledged is there, by its words; and what is there is whole."""
    with private.storage.session() as session:
        check_database(session, private.storage.engine.dialect.name)
        check_letters(session, private.folder, letters)
        check_threads(session, threads)


def check_database(session: Session, kind: str) -> None:
    if kind == "sqlite":
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []


def check_letters(session: Session, folder: Path, acknowledged: dict[str, str]) -> None:
    """Each letter that was acknowledged is there; each that is there has event, line in the log and receipt."""
    kept = {r.subject: r.number for r in session.scalars(select(CitizenRequest))}
    assert {words: kept.get(words) for words in acknowledged} == acknowledged
    events = session.scalars(select(RequestEvent.request_id).where(RequestEvent.action == "file"))
    assert sorted(events) == sorted(session.scalars(select(CitizenRequest.request_id)))
    noted = session.scalars(select(Audit.about).where(Audit.action == "request.file"))
    assert sorted(noted) == sorted(kept.values())
    waiting = [NUMBER.search(m.subject) for m in session.scalars(select(Message))]
    sent = [NUMBER.search(p.read_bytes().decode()) for p in (folder / "outbox").glob("*.eml")]
    assert {found[0] for found in (*waiting, *sent) if found} == set(kept.values())


def check_threads(session: Session, acknowledged: dict[str, str]) -> None:
    """Each thread that was acknowledged is there; each that is there has its post, and that its text."""
    kept = {t.title: t.thread_id for t in session.scalars(select(Thread))}
    assert acknowledged.keys() <= kept.keys()
    posts = {p.thread_id: p.post_id for p in session.scalars(select(Post))}
    assert sorted(posts) == sorted(kept.values())
    texts = {v.post_id: v.text for v in session.scalars(select(Version))}
    assert all(texts[posts[thread]] for thread in kept.values())
