"""The whole way: a guest's correction, forwarded, accepted, released by the real commands, told to her, linked back."""

from __future__ import annotations

import csv
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from flask import Flask
from starlette.testclient import TestClient

from etl.site import Site
from portal.access import EDITOR, MODERATOR
from portal.app import create_app
from portal.asgi import create
from portal.chores import Chores
from portal.jobs import Jobs
from portal.participation import completing
from portal.private import Private, open_private
from portal.published import Published
from portal.storage.mail import Message
from tests.conftest import Deployment, make_deployment
from tests.portal.asked import ask, release
from tests.portal.people import log_in, log_out, member, send, token_of

NAME, ROW = "zhenjiang-stb", "zjstb-zkd-2017-13.agri-progress-share"
FORM = f"/participation/new/correction?address=targets&row={ROW}&column=value"
WRITTEN = {
    "address": "targets",
    "row": ROW,
    "column": "value",
    "seen": "66.6",
    "proposed_text": "66.5",
    "body_text": "公报上是66.5，这里多了0.1。",
    "evidence_text": "https://example.org/公报",
    "person_name": "王小明",
    "mail": "xiaoming@guests.example.org",
    "wants_mail": "1",
}


@dataclass
class Told:
    """What the steps of the way led to, for the tests to look at."""

    deployment: Deployment
    client: TestClient
    private: Private
    number: str
    code: str
    pages: dict[str, str]
    flask: Flask


def mails(private: Private) -> list[str]:
    with private.storage.session() as session:
        return [m.subject for m in session.query(Message).order_by(Message.message_id)]


def act(client: TestClient, number: str, do: str, **cells: str) -> Any:
    return send(client, f"/desk/requests/{number}", {"do": do, **cells})


def wait_for_job(private: Private, environment: dict[str, str]) -> None:
    jobs = Jobs(private.folder, environment)
    deadline = time.monotonic() + 120
    while jobs.is_busy() and time.monotonic() < deadline:
        time.sleep(0.2)
    assert jobs.jobs()[0].code == 0, jobs.jobs()[0].output


def do_chores(flask: Flask) -> None:
    Chores(flask, (completing.complete,)).once()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Iterator[Told]:
    deployment = make_deployment(tmp_path_factory.mktemp("way"))
    assert deployment.etl("release", NAME).returncode == 0
    environment = {"DATASETS_DIR": str(deployment.datasets), "VAR_DIR": str(deployment.var)}
    private = open_private(deployment.var / "private")
    with mock.patch.dict(os.environ, environment):
        published = Published(deployment.releases)
        app = create(published, site, private)
        client = TestClient(app, base_url="http://127.0.0.1:8000", follow_redirects=False)
        flask = create_app(published, site, private)
        yield walk(deployment, client, private, flask)
    private.storage.close()


def walk(deployment: Deployment, client: TestClient, private: Private, flask: Flask) -> Told:
    """Every step as people take it."""
    pages = {"row": client.get(f"/targets/{ROW}").text, "form": client.get(FORM).text}
    receipt = send(client, "/participation/new/correction", WRITTEN, page=FORM)
    assert receipt.status_code == 200, receipt.text
    number, code = re.findall(r'class="code">([^<]+)<', receipt.text)
    pages["waiting"] = client.get(f"/participation/requests/{number}").text
    log_in(client, private, member(private, "审核甲", (MODERATOR,)))
    published = act(client, number, "publish", words="有人指出这一格应为 66.5。")
    forwarded = act(client, number, "forward")
    log_out(client)
    pages["forwarded"] = client.get(f"/participation/requests/{number}").text
    editor = member(private, "编辑乙", (EDITOR,))
    log_in(client, private, editor)
    how = {"column": "value", "reason": "据公报核对", "evidence": "公报第3页"}
    wrong = act(client, number, "accept", value="很多", **how)
    pages["wrong value"] = wrong.text
    accepted = act(client, number, "accept", value="66.5", **how)
    assert (published.status_code, forwarded.status_code, wrong.status_code, accepted.status_code) == (
        303,
        303,
        422,
        303,
    )
    do_chores(flask)
    log_out(client)
    pages["accepted"] = client.get(f"/participation/requests/{number}").text
    log_in(client, private, editor)
    started = send(client, "/desk/releases/", {"collection": NAME, "do": "release"})
    assert started.status_code == 303
    pages["busy"] = send(client, "/desk/releases/", {"collection": NAME, "do": "release"}).text
    wait_for_job(private, deployment.environment)
    pages["released"] = client.get("/desk/releases/").text
    log_out(client)
    do_chores(flask)
    do_chores(flask)
    pages["done"] = client.get(f"/participation/requests/{number}").text
    pages["history"] = client.get(f"/targets/{ROW}/history").text
    pages["feed"] = client.get("/participation/requests.atom").text
    token = token_of(client, "/participation/track")
    sent = {"csrf_token": token, "number": number, "code": code.lower()}
    pages["own"] = client.post("/participation/track", data=sent).text
    return Told(deployment, client, private, number, code, pages, flask)


def test_each_cell_of_a_row_leads_to_a_form_that_knows_it(told: Told) -> None:
    assert "column=value" in told.pages["row"]
    assert 'name="seen" value="66.6"' in told.pages["form"]


def test_before_staff_have_looked_nothing_of_it_is_public(told: Told) -> None:
    assert "待办理" in told.pages["waiting"]
    assert not any(words in told.pages["waiting"] for words in ("66.5", "公报", "王小明", "agri-progress"))


def test_the_correction_stands_in_the_editors_file_with_its_request(told: Told) -> None:
    with (told.deployment.datasets / NAME / "corrections.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    cells = ("action", "table", "row_id", "column", "old", "new", "reason", "evidence", "by", "request")
    assert [tuple(r[c] for c in cells) for r in rows] == [
        ("set", "target", ROW, "value", "66.6", "66.5", "据公报核对", "公报第3页", "editor", told.number)
    ]


def test_an_editor_is_told_in_words_why_a_value_can_not_be_recorded(told: Told) -> None:
    assert "应当是数字" in told.pages["wrong value"]
    assert "据公报核对" in told.pages["wrong value"]


def test_the_public_page_tells_each_state(told: Told) -> None:
    assert "办理中" in told.pages["forwarded"]
    assert "已采纳，将随下一版发布" in told.pages["accepted"]
    assert "已完成" in told.pages["done"]
    assert f'href="/releases/{NAME}/1.0.1/"' in told.pages["done"]


def test_one_release_is_made_at_a_time_and_what_it_said_is_kept(told: Told) -> None:
    assert "另一项处理正在进行" in told.pages["busy"]
    assert f"{NAME} 1.0.1：已发布" in told.pages["released"]


def test_the_rows_history_names_the_correction_and_leads_to_the_request(told: Told) -> None:
    assert "cor-0001" in told.pages["history"]
    assert f'href="/participation/requests/{told.number}"' in told.pages["history"]


def test_the_sender_sees_everything_with_her_code_and_was_told_of_each_step_once(told: Told) -> None:
    assert "公报上是66.5" in told.pages["own"]
    assert "已随这一版发布" in told.pages["own"]
    subjects = [s.partition("：")[0] for s in mails(told.private)]
    assert subjects == ["已收到", "有新进展", "有新进展", "有新进展"]


def test_neither_code_nor_name_is_in_any_public_page_or_kept_in_the_open(told: Told) -> None:
    public = [told.pages[p] for p in ("waiting", "forwarded", "accepted", "done", "history", "feed")]
    assert not any(
        secret in page for page in public for secret in (told.code, "王小明", "xiaoming", "审核甲", "编辑乙")
    )
    kept = b"".join(p.read_bytes() for p in Path(told.private.folder).glob("portal.db*"))
    assert told.code.encode() not in kept
    assert told.code.replace("-", "").encode() not in kept


def test_the_feed_tells_what_became_of_it(told: Told) -> None:
    assert f"纠错 {told.number}：已完成" in told.pages["feed"]
    assert "66.6 → 66.5" in told.pages["feed"]


def test_a_row_that_should_not_be_there_is_withdrawn_the_same_way(told: Told) -> None:
    published = told.flask.extensions["published"]
    filed = ask(told.private, "correction", published=published, column="", body_text="这不是目标")
    release(told.private, filed.number, "这不是目标。")
    log_in(told.client, told.private, member(told.private, "管理丁", ("admin",)))
    act(told.client, filed.number, "forward")
    accepted = act(told.client, filed.number, "accept", column="*", value="", reason="原文说的不是目标")
    assert accepted.status_code == 303
    send(told.client, "/desk/releases/", {"collection": NAME, "do": "release"})
    wait_for_job(told.private, told.deployment.environment)
    log_out(told.client)
    do_chores(told.flask)
    page = told.client.get(f"/participation/requests/{filed.number}").text
    assert "已完成" in page
    assert "撤回这一行" in page
    assert f'href="/participation/requests/{filed.number}"' in told.client.get(f"/targets/{ROW}/history").text


def test_a_machine_without_the_sources_says_so(told: Told, tmp_path: Path) -> None:
    log_in(told.client, told.private, member(told.private, "编辑丙", (EDITOR,)))
    with mock.patch.dict(os.environ, {"DATASETS_DIR": str(tmp_path)}):
        page = told.client.get("/desk/releases/").text
        form = {"collection": NAME, "do": "release"}
        refused = send(told.client, "/desk/releases/", form, page="/participation/track")
    log_out(told.client)
    assert "只提供阅读" in page
    assert (refused.status_code, "只提供阅读" in refused.text) == (422, True)
