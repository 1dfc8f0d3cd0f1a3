"""Row 62 of the threats: a session that somebody left open gives nobody the data of its owner."""

from __future__ import annotations

from starlette.testclient import TestClient

from portal.private import Private
from tests.portal.people import log_in, member


def test_row_62_the_password_is_asked_for_again_before_data_are_given_out(client: TestClient, private: Private) -> None:
    log_in(client, private, member(private, "小林"))
    answer = client.get("/account/export")
    assert (answer.status_code, answer.headers["location"]) == (303, "/account/verify?next=/account/export")
    assert "小林" not in answer.text
    assert "password" in client.get(answer.headers["location"]).text


def test_row_62_nobody_gets_the_data_of_somebody_else(client: TestClient, private: Private) -> None:
    member(private, "小林")
    assert client.get("/account/export").headers["location"].startswith("/account/login")
