"""Messages leave once each, also when the server refuses, is slow to believe, or dies half-way."""

from __future__ import annotations

import smtplib
import ssl
import threading
from datetime import timedelta
from email.headerregistry import Address

import pytest
from sqlalchemy import select, update

from portal import mail
from portal.mail.carriers import Smtp
from portal.mail.delivering import deliver
from portal.mail.settings import Server
from portal.storage import Storage
from portal.storage.clock import now
from portal.storage.mail import Message
from portal.storage.people import Audit
from tests.portal.mail.sink import Sink, listening

SENDER = Address("公文数据", addr_spec="noreply@example.org")


def write(storage: Storage, *recipients: str, body: str = "您好：\n.\n请打开链接。\n") -> None:
    with storage.session() as session:
        for recipient in recipients:
            mail.write(session, recipient, "确认您的邮箱", body)


def carrier(sink: Sink, tls: str = "none", user: str | None = None) -> Smtp:
    return Smtp(Server("127.0.0.1", sink.port, tls, user, "p:@/" if user else None), SENDER.domain)


def waiting(storage: Storage) -> list[tuple[str, int]]:
    with storage.session() as session:
        return [(m.recipient, m.tries) for m in session.scalars(select(Message).order_by(Message.message_id))]


def noted(storage: Storage) -> list[tuple[str, str]]:
    with storage.session() as session:
        return [(a.action, a.detail) for a in session.scalars(select(Audit).order_by(Audit.audit_id))]


def test_a_message_arrives_whole_and_is_forgotten_here(any_storage: Storage) -> None:
    write(any_storage, "lin@example.org")
    with listening(Sink()) as sink:
        deliver(any_storage, carrier(sink), SENDER)
    (letter,) = sink.messages
    assert (str(letter["From"]), str(letter["To"])) == ("公文数据 <noreply@example.org>", "lin@example.org")
    assert str(letter["Subject"]) == "确认您的邮箱"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"].endswith("@example.org>")
    assert letter.get_content().splitlines() == ["您好：", ".", "请打开链接。"]
    assert waiting(any_storage) == []


def test_many_messages_go_over_one_connection(any_storage: Storage) -> None:
    write(any_storage, *(f"p{n}@example.org" for n in range(10)))
    with listening(Sink()) as sink:
        deliver(any_storage, carrier(sink), SENDER)
    assert len(sink.raw) == 10
    assert [h for h in sink.heard if h.startswith(("ehlo", "QUIT"))] == ["ehlo example.org", "QUIT"]


def test_two_processes_send_each_message_once(any_storage: Storage) -> None:
    write(any_storage, *(f"p{n}@example.org" for n in range(40)))
    with listening(Sink()) as sink:
        workers = [threading.Thread(target=deliver, args=(any_storage, carrier(sink), SENDER)) for _ in range(3)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert len(sink.recipients) == len(set(sink.recipients)) == 40
    assert waiting(any_storage) == []


def test_who_can_never_be_reached_is_put_on_record_without_the_address(any_storage: Storage) -> None:
    write(any_storage, "nobody@example.org")
    with listening(Sink(answers={"RCPT": "550 no such nobody@example.org"})) as sink:
        deliver(any_storage, carrier(sink), SENDER)
    assert (waiting(any_storage), noted(any_storage)) == ([], [("mail.refused", "550")])


def test_what_is_not_taken_now_is_tried_again_later(any_storage: Storage) -> None:
    write(any_storage, "slow@example.org", "quick@example.org")
    with listening(Sink(answers={"RCPT": "451 greylisted"})) as sink:
        deliver(any_storage, carrier(sink), SENDER)
        assert waiting(any_storage) == [("slow@example.org", 1), ("quick@example.org", 1)]
        sink.answers.clear()
        deliver(any_storage, carrier(sink), SENDER)
        assert sink.raw == []
        later(any_storage)
        deliver(any_storage, carrier(sink), SENDER)
    assert (len(sink.raw), waiting(any_storage), noted(any_storage)) == (2, [], [])


def later(storage: Storage, **passed: int) -> None:
    """Let time pass for the messages that wait."""
    with storage.session() as session:
        session.execute(update(Message).values(not_before=now()))
        if passed:
            session.execute(update(Message).values(written_at=now() - timedelta(**passed)))


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", "AFTER-DATA"])
def test_a_server_that_dies_half_way_loses_nothing(any_storage: Storage, verb: str) -> None:
    write(any_storage, "lin@example.org")
    with listening(Sink(answers={verb: "die"})) as sink:
        with pytest.raises((smtplib.SMTPException, OSError)):
            deliver(any_storage, carrier(sink), SENDER)
        assert (waiting(any_storage), sink.raw) == ([("lin@example.org", 1)], [])
        sink.answers.clear()
        later(any_storage)
        deliver(any_storage, carrier(sink), SENDER)
    assert (len(sink.raw), waiting(any_storage)) == (1, [])


def test_a_server_that_is_not_there_costs_no_message_a_try(any_storage: Storage) -> None:
    write(any_storage, "lin@example.org")
    with listening(Sink()) as sink:
        pass
    with pytest.raises(OSError, match="refused"):
        deliver(any_storage, carrier(sink), SENDER)
    assert waiting(any_storage) == [("lin@example.org", 0)]


def test_after_days_a_message_is_given_up_and_that_is_put_on_record(any_storage: Storage) -> None:
    write(any_storage, "lin@example.org")
    later(any_storage, days=3)
    with listening(Sink(answers={"RCPT": "451 greylisted"})) as sink:
        deliver(any_storage, carrier(sink), SENDER)
        assert len(waiting(any_storage)) == 1
        later(any_storage, days=5)
        deliver(any_storage, carrier(sink), SENDER)
    assert (waiting(any_storage), noted(any_storage)) == ([], [("mail.given_up", "2 tries")])


@pytest.mark.usefixtures("trusted")
def test_the_line_is_secret_from_the_start(private_storage: Storage, tls: ssl.SSLContext) -> None:
    write(private_storage, "lin@example.org")
    with listening(Sink(tls, tls_from_start=True)) as sink:
        deliver(private_storage, carrier(sink, "from_start", "portal"), SENDER)
    assert len(sink.raw) == 1
    assert "\0portal\0p:@/" in sink.heard


@pytest.mark.usefixtures("trusted")
def test_the_line_is_made_secret_before_the_password_is_said(private_storage: Storage, tls: ssl.SSLContext) -> None:
    write(private_storage, "lin@example.org")
    with listening(Sink(tls, offers_starttls=True)) as sink:
        deliver(private_storage, carrier(sink, "upgraded", "portal"), SENDER)
    assert len(sink.raw) == 1
    assert sink.heard.index("STARTTLS") < sink.heard.index("\0portal\0p:@/")


def test_no_password_is_said_on_an_open_line(private_storage: Storage) -> None:
    write(private_storage, "lin@example.org")
    with listening(Sink()) as sink, pytest.raises(smtplib.SMTPNotSupportedError):
        deliver(private_storage, carrier(sink, "upgraded", "portal"), SENDER)
    assert (sink.raw, [h for h in sink.heard if "AUTH" in h or "MAIL" in h.upper()]) == ([], [])


@pytest.mark.parametrize("how", ["from_start", "upgraded"])
def test_a_certificate_that_nobody_vouches_for_is_refused(
    private_storage: Storage, tls: ssl.SSLContext, how: str
) -> None:
    write(private_storage, "lin@example.org")
    with listening(Sink(tls, how == "from_start", offers_starttls=True)) as sink, pytest.raises(ssl.SSLError):
        deliver(private_storage, carrier(sink, how, "portal"), SENDER)
    assert sink.raw == []


@pytest.fixture
def private_storage(private: object) -> Storage:
    storage: Storage = private.storage  # type: ignore[attr-defined]
    return storage
