"""The pages of participation as guests, members and staff meet them, and what nobody gets out of them."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text
from starlette.testclient import TestClient

from etl.declaration import DeclarationError
from etl.site import Site
from portal.access import EDITOR, MODERATOR
from portal.asgi import create
from portal.limits import ALLOWED
from portal.participation.calendar import today
from portal.participation.finding import by_number
from portal.participation.handling import perform
from portal.private import Private
from portal.published import Published
from portal.storage.mail import Message
from portal.storage.participation import CitizenRequest
from tests.portal.asked import STAFF, TERMS, ask, consult, release
from tests.portal.people import log_in, log_out, member, send, token_of

ROW = "zjstb-zkd-2017-13.agri-progress-share"
FORM = f"/participation/new/correction?address=targets&row={ROW}&column=value"
CORRECTION = {"address": "targets", "row": ROW, "column": "value", "seen": "66.6", "proposed_text": "66.5"}
WORDS = {"subject": "要一张表", "body_text": "内容甲", "evidence_text": "依据乙"}
VECTORS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}}{% raw %}",
    "'; DROP TABLE citizen_request; --",
    "javascript:alert(1)",
)


def count(private: Private) -> int:
    with private.storage.session() as session:
        return session.scalar(select(func.count()).select_from(CitizenRequest)) or 0


def shown(answer: Any) -> tuple[str, str]:
    """Number and code of a receipt."""
    number, code = re.findall(r'class="code">([^<]+)<', answer.text)
    return number, code


def track(client: TestClient, number: str, code: str, **more: str) -> Any:
    return send(client, "/participation/track", {"number": number, "code": code, **more})


def outputs(client: TestClient, number: str) -> dict[str, str]:
    """Everything that a guest can read that could tell of a request."""
    log_out(client)
    paths = [
        *("/participation/", "/participation/requests/", f"/participation/requests/{number}", f"/targets/{ROW}"),
        *("/participation/requests.atom", "/feed.atom", f"/targets/{ROW}.atom", f"/targets/{ROW}/history"),
        *("/search?q=秘密", "/search.json?q=秘密", "/participation/consultations/", "/", "/sitemap.xml"),
        *(f"/targets/{ROW}.json", "/participation/requests/?state=waiting", "/participation/requests/?kind=data"),
    ]
    return {path: client.get(path).text for path in [*paths, *(f"/en{p}" for p in paths[:4])]}


def leaks(pages: dict[str, str], words: tuple[str, ...]) -> dict[str, list[str]]:
    """Which of the words stand on which pages."""
    return {path: found for path, page in pages.items() if (found := [w for w in words if w in page])}


def test_a_guest_gets_a_number_and_a_code_that_lead_to_what_she_wrote(client: TestClient) -> None:
    number, code = shown(send(client, "/participation/new/correction", {**CORRECTION, **WORDS}, page=FORM))
    log_out(client)
    own = track(client, number, code)
    assert own.status_code == 200
    assert all(words in own.text for words in ("内容甲", "依据乙", "66.5", "待办理"))
    added = track(client, number, code, do="supplement", words="又找到一处")
    assert "已经补充" in added.text
    assert "又找到一处" in added.text
    gone = track(client, number, code, do="withdraw")
    assert "已撤回" in gone.text
    assert "内容甲" not in gone.text


def test_a_form_that_is_refused_still_holds_what_was_written(client: TestClient, private: Private) -> None:
    answer = send(client, "/participation/new/data", {"body_text": "写了很久的内容", "mail": "不是邮箱"})
    assert answer.status_code == 422
    assert all(words in answer.text for words in ("写了很久的内容", "不是邮箱", "请写一个标题", "这不像一个邮箱地址"))
    assert count(private) == 0


def test_what_is_too_long_is_refused_and_not_cut_off(client: TestClient, private: Private) -> None:
    answer = send(client, "/participation/new/data", {**WORDS, "body_text": "长" * 5001})
    assert (answer.status_code, "最多 5000 个字" in answer.text, count(private)) == (422, True, 0)


def test_a_cell_that_changed_meanwhile_is_shown_again(client: TestClient) -> None:
    answer = send(client, "/participation/new/correction", {**CORRECTION, **WORDS, "seen": "60"}, page=FORM)
    assert (answer.status_code, "这一格已改为“66.6”" in answer.text) == (422, True)


def test_without_room_to_write_nothing_is_acknowledged_and_nothing_lost(client: TestClient, private: Private) -> None:
    token = token_of(client, "/participation/new/data")
    with private.storage.engine.begin() as connection:
        connection.execute(text("ALTER TABLE citizen_request RENAME TO elsewhere"))
    answer = client.post("/participation/new/data", data={"csrf_token": token, **WORDS})
    assert answer.status_code == 503
    assert "没有存下来" in answer.text
    assert "内容甲" in answer.text
    assert 'class="code"' not in answer.text


def test_a_site_that_is_no_bureau_takes_no_application_for_disclosure(client: TestClient, private: Private) -> None:
    told = client.get("/participation/new/disclosure")
    assert "应当向制作或者保存该信息的行政机关提出" in told.text
    assert "<textarea" not in told.text
    form = {**WORDS, "person_name": "王", "phone": "1"}
    sent = send(client, "/participation/new/disclosure", form, page="/participation/track")
    assert (sent.status_code, count(private)) == (403, 0)
    assert "不会转给任何政府机关" in client.get("/participation/new/letter").text


def test_a_bureau_takes_it_and_names_its_letters_itself(published: Published, site: Site, private: Private) -> None:
    own = {"letter": {"title": "局长信箱", "title_en": "Director's mailbox", "days": 7}}
    metadata = {**site.metadata, "site": {**site.metadata["site"], "participation": own}}
    app = create(published, replace(site, official=True, metadata=metadata), private)
    client = TestClient(app, base_url="http://127.0.0.1:8000")
    page = client.get("/participation/new/letter").text
    assert "<h1>局长信箱</h1>" in page
    assert "承诺在 7 个工作日内答复" in page
    assert "Director&#39;s mailbox" in client.get("/en/participation/new/letter").text
    form = {**WORDS, "person_name": "王小明", "phone": "0511-1"}
    assert 'class="code"' in send(client, "/participation/new/disclosure", form).text


def test_row_32_every_form_is_refused_without_its_token_and_from_elsewhere(
    client: TestClient, private: Private
) -> None:
    filed, consultation = ask(private), consult(private)
    log_in(client, private, member(private, "管理", ("admin",)))
    posts = [
        *("/participation/new/data", "/participation/track", f"/participation/consultations/{consultation}"),
        *(f"/desk/requests/{filed.number}", "/desk/consultations/", f"/desk/consultations/{consultation}"),
        *("/desk/releases/", f"/account/requests/{filed.number}"),
    ]
    token = token_of(client, "/participation/track")
    before = count(private)
    for path in posts:
        assert client.post(path, data=WORDS).status_code == 400, path
        foreign = client.post(path, data={**WORDS, "csrf_token": token}, headers={"Origin": "https://evil.example"})
        assert foreign.status_code == 403, path
    assert count(private) == before


def test_row_41_a_request_is_open_to_its_sender_and_to_staff_alone(client: TestClient, private: Private) -> None:
    mine, other = member(private, "甲"), member(private, "乙")
    filed = ask(private, "letter", user_id=mine.id, body_text="秘密")
    stranger = ask(private, body_text="别的")
    paths = (f"/account/requests/{filed.number}", f"/desk/requests/{filed.number}")
    assert [client.get(p).status_code for p in paths] == [303, 303]
    assert track(client, filed.number, stranger.code).status_code == 404
    log_in(client, private, other)
    assert [client.get(p).status_code for p in paths] == [404, 403]
    token = token_of(client, "/participation/track")
    form = {"csrf_token": token, "do": "withdraw"}
    assert [client.post(p, data=form).status_code for p in paths] == [404, 403]
    log_in(client, private, mine)
    assert "秘密" in client.get(paths[0]).text
    assert client.get(paths[1]).status_code == 403
    log_in(client, private, member(private, "编辑", (EDITOR,)))
    assert client.get(paths[1]).status_code == 404


def test_row_40_staff_roles_work_only_after_a_second_factor(client: TestClient, private: Private) -> None:
    filed = ask(private)
    log_in(client, private, member(private, "审核", (MODERATOR,)), strong=False)
    answer = client.get(f"/desk/requests/{filed.number}")
    assert (answer.status_code, "秘密" in answer.text) == (303, False)


def test_a_step_that_is_not_ones_own_is_refused(client: TestClient, private: Private, published: Published) -> None:
    filed = ask(private, "correction", published=published)
    log_in(client, private, member(private, "审核", (MODERATOR,)))
    how = {"do": "accept", "column": "value", "value": "66.5", "reason": "据公报"}
    answer = send(client, f"/desk/requests/{filed.number}", how)
    assert (answer.status_code, "这一步现在不能做" in answer.text) == (422, True)
    for step in ("release", "withdraw", "nonsense"):
        assert send(client, f"/desk/requests/{filed.number}", {"do": step}).status_code == 422


def test_row_42_and_44_nothing_is_public_before_staff_released_it(
    client: TestClient, private: Private, published: Published
) -> None:
    secret = {
        "person_name": "王秘密",
        "mail": "mimi@guests.example.org",
        "phone": "13800001111",
        "body_text": "秘密的内容",
        "evidence_text": "秘密的依据",
        "proposed_text": "秘密的值",
        "subject": "秘密的标题",
    }
    words = ("王秘密", "mimi@", "1380000", "秘密的", "只给工作人员")
    filed = ask(private, "correction", published=published, **secret)
    letter = ask(private, "letter", **{**secret, "body_text": "秘密的信"})
    log_in(client, private, member(private, "审核", (MODERATOR,)))
    send(client, f"/desk/requests/{filed.number}", {"do": "note", "words": "只给工作人员看"})
    send(client, f"/desk/requests/{filed.number}", {"do": "ask", "words": "秘密的追问"})
    refused = send(client, f"/desk/requests/{letter.number}", {"do": "publish", "words": "秘密的信"})
    assert refused.status_code == 422
    for number in (filed.number, letter.number):
        told = outputs(client, number)
        assert {
            path: [w for w in words if w in page] for path, page in told.items() if any(w in page for w in words)
        } == {}
    log_in(client, private, member(private, "审核二", (MODERATOR,)))
    send(client, f"/desk/requests/{filed.number}", {"do": "publish", "words": "这一格应为 66.5。"})
    send(client, f"/desk/requests/{filed.number}", {"do": "refuse", "words": "公开的理由"})
    told = outputs(client, filed.number)
    assert leaks(told, words) == {}
    assert "公开的理由" in told[f"/participation/requests/{filed.number}"]
    assert "不予更正" in told[f"/participation/requests/{filed.number}"]
    assert "公开的理由" in told["/participation/requests.atom"]


def test_spam_is_seen_by_nobody_and_can_come_back(client: TestClient, private: Private) -> None:
    filed = ask(private, subject="买药")
    log_in(client, private, member(private, "审核", (MODERATOR,)))
    send(client, f"/desk/requests/{filed.number}", {"do": "spam"})
    assert client.get(f"/participation/requests/{filed.number}").status_code == 404
    assert "还没有收到过来件" in client.get("/participation/").text
    send(client, f"/desk/requests/{filed.number}", {"do": "restore"})
    assert client.get(f"/participation/requests/{filed.number}").status_code == 200


@pytest.mark.parametrize("vector", VECTORS)
def test_rows_12_45_and_46_what_is_written_is_shown_as_it_was_written(
    client: TestClient, private: Private, vector: str
) -> None:
    form = dict.fromkeys(("subject", "body_text", "person_name"), vector)
    number, code = shown(send(client, "/participation/new/letter", {**form, "may_publish": "1"}))
    own = track(client, number, code).text
    log_in(client, private, member(private, "审核", (MODERATOR,)))
    desk = client.get(f"/desk/requests/{number}").text
    send(client, f"/desk/requests/{number}", {"do": "publish", "words": vector})
    pages = [own, desk, client.get(f"/participation/requests/{number}").text, client.get("/desk/requests/").text]
    for page in pages:
        assert not re.search(r"<script>alert|<img src=x|<h1>.*49|href=.javascript:", page)
    assert (
        vector.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&#34;")
        .replace("'", "&#39;")
        in pages[2]
    )
    assert count(private) == 1


def test_row_43_a_flood_is_stopped_and_its_last_text_is_kept(client: TestClient, private: Private) -> None:
    most = int(ALLOWED["request"].partition("/")[0])
    token = token_of(client, "/participation/new/data")
    answers = [
        client.post("/participation/new/data", data={"csrf_token": token, **WORDS, "body_text": f"第{n}封"})
        for n in range(most + 1)
    ]
    assert [a.status_code for a in answers] == [200] * most + [429]
    assert f"第{most}封" in answers[-1].text
    assert count(private) == most


def test_row_43_nobody_can_have_another_flooded_with_mail(client: TestClient, private: Private) -> None:
    token = token_of(client, "/participation/new/data")
    form = {"csrf_token": token, **WORDS, "mail": "victim@guests.example.org", "wants_mail": "1"}
    statuses = [
        client.post("/participation/new/data", data={**form, "body_text": str(n) * 5}).status_code for n in range(6)
    ]
    assert statuses == [200] * 5 + [429]


def test_codes_can_not_be_guessed_for_long(client: TestClient, private: Private) -> None:
    filed, token = ask(private), token_of(client, "/participation/track")
    form = {"csrf_token": token, "number": filed.number, "code": "AAAA-BBBB-CCCC-DDDD-EEEE"}
    statuses = {client.post("/participation/track", data=form).status_code for _ in range(32)}
    assert statuses == {404, 429}


def test_row_48_neither_code_nor_words_are_ever_logged_or_in_an_address(
    client: TestClient, private: Private, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    number, code = shown(send(client, "/participation/new/data", {**WORDS, "mail": "ming@guests.example.org"}))
    answer = track(client, number, code)
    track(client, number, "WRON-GCOD-EWRO-NGCO-DEWR")
    logged = "\n".join(r.getMessage() for r in caplog.records)
    assert not any(words in logged for words in (code, code.replace("-", ""), "WRON-GCOD", "内容甲", "ming@"))
    assert code not in str(answer.url)
    assert "no-store" in answer.headers["Cache-Control"]
    assert f"code={code}" not in answer.text


def test_row_31_pages_with_private_details_are_kept_by_nobody(client: TestClient, private: Private) -> None:
    filed = ask(private)
    log_in(client, private, member(private, "管理", ("admin",)))
    for path in (f"/desk/requests/{filed.number}", "/desk/requests/", "/desk/releases/", "/account/requests/"):
        assert "no-store" in client.get(path).headers["Cache-Control"], path


def test_a_member_sees_her_own_requests_without_a_code(client: TestClient, private: Private) -> None:
    log_in(client, private, member(private, "小明"))
    assert "您还没有提交过" in client.get("/account/requests/").text
    number, _ = shown(send(client, "/participation/new/data", WORDS))
    assert number in client.get("/account/requests/").text
    added = send(client, f"/account/requests/{number}", {"do": "supplement", "words": "还有一点"})
    assert "还有一点" in added.text


def test_a_request_that_is_late_says_so(client: TestClient, private: Private) -> None:
    filed = ask(private)
    release(private, filed.number)
    with private.storage.session() as session:
        session.get_one(CitizenRequest, 1).due_on = today() - timedelta(days=1)
    assert "已超期" in client.get(f"/participation/requests/{filed.number}").text
    assert "已超期" in client.get("/participation/requests/").text


def test_a_consultation_is_opened_commented_on_reviewed_closed_and_concluded(
    client: TestClient, private: Private
) -> None:
    assert "现在没有正在征集意见的草案" in client.get("/participation/").text
    log_in(client, private, member(private, "管理", ("admin",)))
    wrong = send(client, "/desk/consultations/", {"title": "草案", "body_text": "正文", "closes_on": "明天"})
    assert (wrong.status_code, "截止日期请写成" in wrong.text, "正文" in wrong.text) == (422, True, True)
    proposal = {"title": "新列的草案", "body_text": "正文\n第二段", "closes_on": today().isoformat()}
    path = send(client, "/desk/consultations/", proposal).headers["Location"]
    log_out(client)
    number, _ = shown(send(client, path, {"body_text": "我的意见"}))
    assert "我的意见" not in client.get(path).text
    log_in(client, private, member(private, "审核", (MODERATOR,)))
    send(client, f"/desk/requests/{number}", {"do": "publish", "words": "我的意见（已隐去姓名）"})
    assert send(client, f"/desk/requests/{number}", {"do": "take_in"}).status_code == 303
    early = send(client, f"/desk{path.removeprefix('/participation')}", {"do": "conclude", "words": "结果"})
    assert early.status_code == 403
    log_in(client, private, member(private, "编辑", (EDITOR,)))
    early = send(client, f"/desk{path.removeprefix('/participation')}", {"do": "conclude", "words": "结果"})
    assert "还没有截止" in early.text
    with private.storage.session() as session:
        session.execute(text("UPDATE consultation SET closes_on = '2020-01-01'"))
    send(client, f"/desk{path.removeprefix('/participation')}", {"do": "conclude", "words": "收到一条，已采纳。"})
    log_out(client)
    page = client.get(path).text
    assert all(words in page for words in ("我的意见（已隐去姓名）", "收到一条，已采纳。", "1 条意见"))
    assert "<textarea" not in page


def test_a_comment_that_comes_too_late_is_given_back_and_not_lost(client: TestClient, private: Private) -> None:
    path = f"/participation/consultations/{consult(private)}"
    token = token_of(client, path)
    with private.storage.session() as session:
        session.execute(text("UPDATE consultation SET closes_on = '2020-01-01'"))
    sent = {"csrf_token": token, "body_text": "写了很久的<b>意见</b>" + "长" * 5000}
    late = client.post(path, data=sent)
    assert (late.status_code, count(private)) == (422, 0)
    assert "征集已于 2020-01-01 截止，没有收下" in late.text
    assert "写了很久的&lt;b&gt;意见&lt;/b&gt;" + "长" * 5000 in late.text
    assert "no-store" in late.headers["Cache-Control"]
    english = client.post(f"/en{path}", data=sent)
    assert (english.status_code, "closed on 2020-01-01" in english.text) == (422, True)


def test_empty_lists_say_why(client: TestClient, private: Private) -> None:
    assert "还没有收到过来件" in client.get("/participation/requests/").text
    filed = ask(private)
    assert "收到 1 件，都还没有公开" in client.get("/participation/requests/").text
    release(private, filed.number)
    assert "公开的来件里没有这样的" in client.get("/participation/requests/?state=refused").text
    assert client.get("/participation/requests/?state=<script>&kind=x&page=99999999").status_code == 200


def test_a_row_that_is_not_there_can_not_be_corrected(client: TestClient) -> None:
    found = client.get("/participation/new/correction")
    assert (found.status_code, found.headers["Location"]) == (302, "/participation/#corrections")
    for query in ("?row=", "?address=targets&row=none", "?address=nonsense&row=1", f"?address=indicators&row={ROW}"):
        assert client.get(f"/participation/new/correction{query}").status_code == 404, query
    page = client.get(f"/participation/new/correction?address=targets&row={ROW}&column=target_id").text
    assert '<select id="column"' in page


@pytest.mark.parametrize(
    "own", [{"letter": {"days": "soon"}}, {"letters": {}}, {"holidays": ["someday"]}, {"holidays": 7}, {"data": "x"}]
)
def test_terms_that_can_not_be_understood_keep_the_site_from_starting(
    published: Published, site: Site, private: Private, own: dict[str, Any]
) -> None:
    metadata = {**site.metadata, "site": {**site.metadata["site"], "participation": own}}
    with pytest.raises(DeclarationError, match=r"site\.participation 写得不对"):
        create(published, replace(site, metadata=metadata), private)


def test_who_reads_english_is_told_in_english_what_is_wrong(client: TestClient, private: Private) -> None:
    filed = ask(private)
    log_in(client, private, member(private, "管理", ("admin",)))
    for path, form, words in (
        (f"/en/desk/requests/{filed.number}", {"do": "answer"}, "Please write a reason or an answer"),
        (f"/en/desk/requests/{filed.number}", {"do": "accept", "reason": "x"}, "This step can&#39;t be taken now"),
        ("/en/desk/consultations/", {"title": "x"}, "Please write the closing date like 2026-12-31"),
    ):
        answer = send(client, path, form)
        assert (answer.status_code, words in answer.text) == (422, True), words
        assert f'lang="zh-CN">{words}' not in answer.text


@pytest.mark.parametrize(("kind", "called"), [("data", "不能提供，办结"), ("letter", "不予受理，办结")])
def test_a_refusal_is_called_what_it_is_for_its_kind(
    client: TestClient, private: Private, kind: str, called: str
) -> None:
    filed = ask(private, kind, mail="ming@guests.example.org")
    with private.storage.session() as session:
        perform(session, by_number(session, filed.number), "refuse", STAFF, TERMS, "没有这份资料。")  # type: ignore[arg-type]
        written = session.scalars(select(Message.body_text).order_by(Message.message_id)).all()
    page = client.get(f"/participation/requests/{filed.number}").text
    assert (called in page, "不予采纳" in page) == (True, False)
    assert f"已经办结：{called.partition('，')[0]}。理由见办理页。" in written[-1]


def test_a_member_is_told_which_address_an_empty_one_stands_for(client: TestClient, private: Private) -> None:
    said = "留空就写到您账号的邮箱。"
    assert said not in client.get("/participation/new/data").text
    log_in(client, private, member(private, "甲"))
    assert said in client.get("/participation/new/data").text
