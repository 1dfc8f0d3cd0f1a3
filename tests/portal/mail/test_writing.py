"""What becomes a letter: no header can be slipped in, the outbox is for its owner, settings are told in words."""

from __future__ import annotations

import os
import re
import stat
import time
from dataclasses import replace
from email import message_from_bytes, policy
from email.headerregistry import Address
from pathlib import Path

import pytest
from sqlalchemy import select

from etl.site import Site
from portal import mail
from portal.mail.carriers import KEPT_DAYS, Outbox
from portal.mail.composing import compose
from portal.mail.delivering import deliver
from portal.mail.settings import Server, sender, server
from portal.private import Private
from portal.storage import Storage
from portal.storage.clock import now
from portal.storage.mail import Message

SENDER = Address("站", addr_spec="noreply@example.org")


@pytest.mark.parametrize(
    "recipient",
    [
        "lin@example.org\r\nBcc: all@example.org",
        "lin@example.org\nSubject: x",
        "lin@example.org, other@example.org",
        "Lin <lin@example.org>",
        "lin@example.org\0",
        "lin",
        "",
        "a" * 300 + "@example.org",
        "lin@exa mple.org",
    ],
)
def test_only_one_plain_address_is_written_to(private: Private, recipient: str) -> None:
    with private.storage.session() as session, pytest.raises(ValueError, match="address"):
        mail.write(session, recipient, "题", "文")


@pytest.mark.parametrize("subject", ["题\r\nBcc: all@example.org", "题\nX: y", "题\u2028X", "题\x0bX", "题" * 500])
def test_a_subject_is_one_line(private: Private, subject: str) -> None:
    with private.storage.session() as session:
        mail.write(session, "lin@example.org", subject, "文\r\n.\r\nMAIL FROM:<x@example.org>\r\n")
        message = session.scalars(select(Message)).one()
    letter = message_from_bytes(compose(message, SENDER).as_bytes(), policy=policy.default)
    assert set(letter.keys()) == {
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Auto-Submitted",
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
    }
    assert len(letter["Subject"]) <= 200


def test_without_a_server_a_message_lands_in_the_outbox(private: Private) -> None:
    with private.storage.session() as session:
        mail.write(session, "lin@example.org", "确认", "链接")
    deliver(private.storage, Outbox(private.outbox), SENDER)
    (file,) = private.outbox.iterdir()
    letter = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (file.suffix, str(letter["To"]), letter.get_content().strip()) == (".eml", "lin@example.org", "链接")  # type: ignore[attr-defined]
    assert "链接" in file.read_text("utf-8"), "people open it in an editor"
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (private.outbox, file)]
    assert [oct(mode) for mode in modes] == ["0o700", "0o600"]
    with private.storage.session() as session:
        assert session.scalars(select(Message)).all() == []


def test_no_letter_takes_the_place_of_another_that_left_in_the_same_second(
    any_storage: Storage, tmp_path: Path
) -> None:
    for n in range(12):
        with any_storage.session() as session:
            mail.write(session, f"p{n}@example.org", "确认", f"链接 {n}")
        deliver(any_storage, Outbox(tmp_path / "outbox"), SENDER)
    letters = [file.read_text("utf-8") for file in (tmp_path / "outbox").iterdir()]
    assert sorted(re.findall(r"链接 (\d+)", "".join(letters)), key=int) == [str(n) for n in range(12)]


def test_the_outbox_keeps_nothing_for_ever(private: Private) -> None:
    private.outbox.mkdir()
    old, young = private.outbox / "old.eml", private.outbox / "young.eml"
    for file in (old, young):
        file.write_text("x")
    long_ago = time.time() - (KEPT_DAYS + 1) * 86_400
    os.utime(old, (long_ago, long_ago))
    with Outbox(private.outbox).open():
        pass
    assert list(private.outbox.iterdir()) == [young]


def test_an_address_in_chinese_is_no_failure(private: Private) -> None:
    with private.storage.session() as session:
        mail.write(session, "小林@例子.中国", "确认", "链接")
    deliver(private.storage, Outbox(private.outbox), SENDER)
    with private.storage.session() as session:
        assert session.scalars(select(Message)).all() == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", None),
        ("smtp://mail.example.org", Server("mail.example.org", 587, "upgraded")),
        ("smtp://u:p%40%3A@mail.example.org:2525", Server("mail.example.org", 2525, "upgraded", "u", "p@:")),
        ("smtps://u@mail.example.org", Server("mail.example.org", 465, "from_start", "u")),
        ("smtp://127.0.0.1:25", Server("127.0.0.1", 25, "none")),
        ("smtp://localhost:25/", Server("localhost", 25, "none")),
        ("smtp://[::1]:25", Server("::1", 25, "none")),
        ("smtps://127.0.0.1", Server("127.0.0.1", 465, "from_start")),
    ],
)
def test_the_server_is_named_by_the_environment(
    monkeypatch: pytest.MonkeyPatch, url: str, expected: Server | None
) -> None:
    monkeypatch.setenv("SMTP_URL", url)
    assert server() == expected


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org",
        "http://x",
        "smtp://",
        "smtp://x:port",
        "smtp://x:99999",
        "smtp://x/y",
        "smtp://u:%E5%AF%86@x",
    ],
)
def test_a_server_named_wrongly_is_told(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("SMTP_URL", url)
    with pytest.raises(mail.MailError, match="SMTP_URL"):
        server()


def test_who_sends_is_named_or_the_contact(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    monkeypatch.delenv("MAIL_FROM", raising=False)
    reached = replace(site, contact="mailto:data@kjj.zhenjiang.gov.cn?subject=x")
    assert str(sender(reached, True)) == f"{site.title} <data@kjj.zhenjiang.gov.cn>"
    with pytest.raises(mail.MailError, match="MAIL_FROM"):
        sender(site, True)
    assert sender(site, False).addr_spec == "noreply@localhost"
    monkeypatch.setenv("MAIL_FROM", "数据组\n<noreply@data.gov.cn>")
    assert str(sender(site, True)) == "数据组 <noreply@data.gov.cn>"


def test_the_same_message_keeps_its_id(private: Private) -> None:
    message = Message(message_id=7, recipient="a@b.cn", subject="s", body_text="b", written_at=now(), not_before=now())
    assert compose(message, SENDER)["Message-ID"] == compose(message, SENDER)["Message-ID"]
