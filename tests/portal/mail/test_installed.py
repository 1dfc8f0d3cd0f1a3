"""The mail of the site: its chore sends by the server that the environment names, else into the outbox."""

from __future__ import annotations

import pytest

from etl.site import Site
from portal import mail
from portal.app import create_app
from portal.private import Private
from portal.published import Published
from tests.portal.mail.sink import Sink, listening


def test_the_chore_sends_by_the_server_that_is_named(
    published: Published, site: Site, private: Private, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listening(Sink()) as sink:
        monkeypatch.setenv("SMTP_URL", f"smtp://127.0.0.1:{sink.port}")
        monkeypatch.setenv("MAIL_FROM", "数据组 <noreply@example.cn>")
        _send_one(published, site, private)
    assert [str(letter["From"]) for letter in sink.messages] == ["数据组 <noreply@example.cn>"]
    assert not private.outbox.exists()


def test_without_one_it_writes_into_the_outbox(
    published: Published, site: Site, private: Private, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SMTP_URL", raising=False)
    _send_one(published, site, private)
    assert [file.suffix for file in private.outbox.iterdir()] == [".eml"]


def test_a_site_whose_mail_could_not_be_answered_does_not_start(
    published: Published, site: Site, private: Private, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMTP_URL", "smtps://smtp.example.cn")
    monkeypatch.delenv("MAIL_FROM", raising=False)
    with pytest.raises(mail.MailError, match="MAIL_FROM"):
        create_app(published, site, private)


def _send_one(published: Published, site: Site, private: Private) -> None:
    app = create_app(published, site, private)
    with private.storage.session() as session:
        mail.write(session, "lin@example.org", "确认", "链接")
    with app.app_context():
        mail.deliver()
        mail.deliver()
