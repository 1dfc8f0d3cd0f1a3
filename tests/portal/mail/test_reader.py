"""Each letter is in the language in which its reader uses the site, whoever does what it tells of."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import delete, select

from etl.site import Site
from portal.accounts.lost_factors import take_away
from portal.app import create_app
from portal.forum import telling
from portal.frame.language import language
from portal.mail.reader import Reader
from portal.participation import letters as told
from portal.participation.codes import new_key
from portal.participation.drafts import Draft
from portal.participation.filing import Desk
from portal.participation.finding import by_number
from portal.private import Private
from portal.published import Published
from portal.storage.mail import Message
from portal.storage.people import User
from tests.portal.accounts.visitor import GOOD, Visitor
from tests.portal.asked import TERMS
from tests.portal.forum.talk import Talk

HAN = re.compile(r"[\u3400-\u9fff\uff00-\uffef]")


@pytest.fixture
def app(published: Published, site: Site, private: Private) -> Flask:
    return create_app(published, site, private)


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app)


def letters(private: Private) -> list[Message]:
    """What waits to be sent, which is then gone."""
    with private.storage.session() as session:
        kept = list(session.scalars(select(Message).order_by(Message.message_id)))
        session.execute(delete(Message))
        session.expunge_all()
        return kept


def test_every_letter_about_a_request_is_in_the_language_it_was_sent_in(app: Flask, private: Private) -> None:
    how = {"mail": "jane@guests.example.org", "subject": "Data", "body_text": "Please"}
    # Staff work in Chinese.
    with app.test_request_context("/desk/"), private.storage.session() as session:
        desk = Desk(private.secret, TERMS)
        filed = desk.file(session, Draft("correction", new_key(), **how), language="en")  # type: ignore[arg-type]
        found = by_number(session, filed.number)
        assert found is not None
        for step in told._NEWS:
            told.news(session, found, TERMS, step)
    written = letters(private)
    assert len(written) == 1 + len(told._NEWS)
    assert [m.subject + m.body_text for m in written if HAN.search(m.subject + m.body_text)] == []
    assert written[0].subject == f"Received: Correction {filed.number}"
    assert f"http://127.0.0.1:8000/en/participation/requests/{filed.number}" in written[0].body_text


def test_who_writes_on_an_english_page_is_answered_in_english(visitor: Visitor, private: Private) -> None:
    words = {"subject": "Data", "body_text": "Please", "mail": "jane@guests.example.org", "wants_mail": "1"}
    for prefix in ("/en", ""):
        path = f"{prefix}/participation/new/data"
        assert visitor.post(path, **words, evidence_text=prefix).status_code == 200
    english, chinese = letters(private)
    assert not HAN.search(english.body_text)
    assert "已经收到" in chinese.body_text


def test_readers_of_one_post_are_each_written_to_in_their_own_language(
    app: Flask, published: Published, site: Site, private: Private
) -> None:
    talk = Talk.over(published, site, private)
    host, reader, jane = talk.trusted("馆员"), talk.someone("读者"), talk.someone("jane")
    with private.storage.session() as session:
        session.get_one(User, jane.id).language = "en"
    with app.test_request_context("/"):
        post = talk.begin(host, "R&D", "@读者 @jane look")
        with private.storage.session() as session:
            telling.follow(session, jane.id, talk.thread_of(post).thread_id)
        talk.reply(host, post, "more")
    written = letters(private)
    mine = [m for m in written if m.recipient == jane.email]
    assert [m.subject for m in mine] == [f"{site.title_en}: R&D"] * 2
    assert [m.body_text.splitlines()[2].replace("馆员", "Guan") for m in mine] == [
        "Guan has named you in a post.",
        "There is a new post by Guan in a discussion that you follow.",
    ]
    assert all("http://127.0.0.1:8000/en/forum/posts/" in m.body_text for m in mine)
    [chinese] = [m.body_text for m in written if m.recipient == reader.email]
    assert "馆员 在帖子里提到了您。" in chinese


def test_an_account_keeps_the_language_in_which_it_was_used_last(visitor: Visitor, private: Private) -> None:
    def kept() -> str | None:
        with private.storage.session() as session:
            return session.scalars(select(User.language)).one()

    given = {"username": "jane", "email": "jane@example.org", "password": GOOD, "password_confirm": GOOD}
    visitor.post("/en/account/register", **given)
    assert kept() == "en"
    visitor.open_link("confirm")
    visitor.log_in("jane")
    assert kept() == "zh"


def test_a_letter_about_what_an_administrator_did_is_in_its_readers_language(
    app: Flask, visitor: Visitor, private: Private
) -> None:
    visitor.join("jane", "jane@example.org")
    visitor.set_up_codes()
    letters(private)
    with app.test_request_context("/desk/people/1"), private.storage.session() as session:
        user = session.scalars(select(User)).unique().one()
        user.language = "en"
        take_away(session, None, user, "lost")
    [letter] = letters(private)
    assert not HAN.search(letter.subject + letter.body_text)
    assert "http://127.0.0.1:8000/en/account/second-factor" in letter.body_text


def test_a_language_that_the_site_speaks_no_more_counts_as_none(app: Flask, site: Site) -> None:
    only = replace(site, metadata={**site.metadata, "site": {**site.metadata["site"], "languages": ["zh"]}})
    assert [Reader.of(only, told).language for told in ("en", "zh", None, "xx")] == ["zh"] * 4
    with app.test_request_context("/"), Reader.of(site, "en").addressed():
        assert (language(), Reader.of(site, "en").title) == ("en", site.title_en)
    assert language() == "zh"
