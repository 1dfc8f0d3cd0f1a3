"""A flood of spam at the desk: taken away by the page, brought back the same way, each on record."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from starlette.testclient import TestClient

from portal.access import EDITOR, MODERATOR
from portal.participation.finding import DESK_PAGE, by_number
from portal.participation.handling import Hand, perform
from portal.private import Private
from portal.storage.participation import CitizenRequest
from portal.storage.people import Audit
from tests.portal.asked import TERMS, ask
from tests.portal.people import log_in, member, token_of

DESK = "/desk/requests/"


def clear(client: TestClient, do: str = "spam", query: str = "", **cells: Any) -> Any:
    data = {"csrf_token": token_of(client, DESK), "do": do, **cells}
    return client.post(f"{DESK}{query}", data=data)


def states(private: Private) -> list[str]:
    with private.storage.session() as session:
        return list(session.scalars(select(CitizenRequest.state).order_by(CitizenRequest.request_id)))


def asked(private: Private, many: int) -> list[str]:
    return [ask(private, "letter", body_text=f"买药 {n}").number for n in range(many)]


def test_what_is_ticked_is_spam_and_nothing_else(client: TestClient, private: Private) -> None:
    numbers, who = asked(private, 3), member(private, "审核", (MODERATOR,))
    log_in(client, private, who)
    assert client.get(DESK).text.count('type="checkbox"') == 3
    answer = clear(client, number=numbers[:2])
    assert (answer.status_code, "已处理 2 件" in answer.text) == (200, True)
    assert states(private) == ["spam", "spam", "waiting"]
    with private.storage.session() as session:
        done = select(Audit.user_id, Audit.about).where(Audit.action == "request.spam").order_by(Audit.audit_id)
        assert [tuple(row) for row in session.execute(done)] == [(who.id, n) for n in numbers[:2]]


def test_a_flood_goes_page_by_page_with_one_button_and_comes_back(client: TestClient, private: Private) -> None:
    numbers = asked(private, DESK_PAGE + 2)
    log_in(client, private, member(private, "审核", (MODERATOR,)))
    page = client.get(DESK).text
    shown = [n for n in numbers if f'name="shown" value="{n}"' in page]
    assert shown == numbers[:DESK_PAGE]
    left = clear(client, query="?queue=waiting&page=2", which="all", shown=shown)
    assert f"已处理 {DESK_PAGE} 件" in left.text
    assert [n for n in numbers if f'name="shown" value="{n}"' in left.text] == numbers[DESK_PAGE:]
    back = clear(client, "restore", "?queue=spam", which="all", shown=shown)
    assert "这里没有来件" in back.text
    assert set(states(private)) == {"waiting"}


def test_the_few_that_are_meant_are_found_in_a_flood_and_the_flood_without_them(
    client: TestClient, private: Private
) -> None:
    numbers = asked(private, 3)
    meant = ask(private, "data", subject="2018 年", body_text="请提供 100%_的数据").number
    log_in(client, private, member(private, "审核", (MODERATOR,)))
    sought = {"买药": numbers, "100%_": [meant], "%": [meant], "2018": [meant], "买药 2": numbers[2:], "没有的": []}
    found = {words: client.get(DESK, params={"q": words}).text for words in sought}
    assert {w: [n for n in (*numbers, meant) if f'value="{n}"' in page] for w, page in found.items()} == sought
    left = clear(client, query="?q=买药", which="all", shown=numbers)
    assert ("已处理 3 件" in left.text, "没有符合的来件" in left.text) == (True, True)
    assert states(private) == ["spam"] * 3 + ["waiting"]


def test_what_could_not_be_moved_is_said_and_stops_no_other(client: TestClient, private: Private) -> None:
    taken, spam = asked(private, 2)
    with private.storage.session() as session:
        hand = Hand(frozenset({MODERATOR}))
        perform(session, by_number(session, taken), "take", hand, TERMS)  # type: ignore[arg-type]
    log_in(client, private, member(private, "审核", (MODERATOR,)))
    answer = clear(client, number=[taken, "<b>", spam])
    assert "已处理 1 件" in answer.text
    assert "有 2 件没有处理" in answer.text
    assert f"<li>{taken} 这一步现在不能做" in answer.text
    assert "<li>&lt;b&gt; 没有这个编号" in answer.text
    assert states(private) == ["working", "spam"]


def test_without_a_tick_nothing_happens_and_it_is_said(client: TestClient, private: Private) -> None:
    asked(private, 1)
    log_in(client, private, member(private, "审核", (MODERATOR,)))
    answer = clear(client)
    assert (answer.status_code, "还没有勾选来件" in answer.text) == (422, True)
    assert clear(client, "answer", which="all", shown=["2026-000001"]).status_code == 400
    assert states(private) == ["waiting"]


def test_editors_have_no_ticks_and_clear_nothing(client: TestClient, private: Private) -> None:
    (number,) = asked(private, 1)
    log_in(client, private, member(private, "编辑", (EDITOR,)))
    assert 'type="checkbox"' not in client.get(DESK).text
    token = token_of(client, "/participation/track")
    assert client.post(DESK, data={"csrf_token": token, "do": "spam", "number": number}).status_code == 403
    assert states(private) == ["waiting"]
