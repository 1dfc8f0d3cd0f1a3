"""Requests as they are kept: numbers, codes, mails, duplicates, what is given out and forgotten; on both databases."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from etl.site import Site
from portal.app import create_app
from portal.chores import Chores
from portal.participation import finding, keeping, tallying
from portal.participation.calendar import today
from portal.participation.codes import new_key
from portal.participation.drafts import Draft
from portal.participation.filing import Desk, DuplicateError
from portal.participation.handling import SENDER, Hand, note, perform, supplement
from portal.participation.personal import export, forget
from portal.participation.states import StepError
from portal.private import Private
from portal.published import Published
from portal.storage.mail import Message
from portal.storage.participation import CitizenRequest
from portal.storage.people import Audit
from tests.portal.asked import TERMS, ask, release
from tests.portal.people import member

MODERATOR = Hand(frozenset({"moderator"}))


def test_a_request_gets_a_number_a_code_and_a_promise(any_private: Private) -> None:
    first, second = ask(any_private, body_text="一"), ask(any_private, "letter", body_text="二")
    year = today().year
    assert (first.number, second.number) == (f"{year}-000001", f"{year}-000002")
    assert len(set(first.code.replace("-", "")) & set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")) > 5
    assert len(first.code.replace("-", "")) * 5 >= 80
    assert second.due_on > first.due_on > today()


def test_the_code_alone_opens_a_request_and_is_kept_as_a_hash(any_private: Private) -> None:
    first, second = ask(any_private, body_text="一"), ask(any_private, body_text="二")
    with any_private.storage.session() as session:
        assert finding.tracked(session, first.number, first.code.lower()) is not None
        assert finding.tracked(session, first.number, second.code) is None
        assert finding.tracked(session, second.number, first.code) is None
        assert finding.tracked(session, first.number, "") is None
        row = session.scalar(select(CitizenRequest).where(CitizenRequest.request_id == 1))
        assert row is not None
        kept = " ".join(str(v) for v in vars(row).values())
    assert first.code not in kept
    assert first.code.replace("-", "") not in kept


def test_numbers_that_are_none_find_nothing(any_private: Private) -> None:
    ask(any_private)
    for number in (
        "",
        "1",
        f"{today().year - 1}-000001",
        "2026-999999999",
        "2026-9999999999999",
        "２０２６-1",
        "' OR 1=1",
    ):
        with any_private.storage.session() as session:
            assert finding.by_number(session, number) is None, number


def test_the_same_form_sent_twice_is_one_request_with_one_code(any_private: Private) -> None:
    desk, draft = Desk(any_private.secret, TERMS), Draft("data", new_key(), subject="要数据", body_text="内容")
    filed = []
    for _ in range(2):
        with any_private.storage.session() as session:
            filed.append(desk.file(session, draft))
    assert filed[0] == filed[1]
    with any_private.storage.session() as session:
        other = desk.file(session, replace(draft, body_text="改过的内容"))
    assert other.number != filed[0].number
    assert other.code != filed[0].code


def test_row_43_the_same_words_in_another_form_are_refused(any_private: Private) -> None:
    ask(any_private, subject="要 数据", body_text="第一行\n第二行")
    with pytest.raises(DuplicateError, match=r"编号 \d{4}-000001"):
        ask(any_private, subject="要 数据", body_text="第一行  第二行 ")


def test_a_receipt_never_repeats_what_was_written_nor_the_code(any_private: Private) -> None:
    filed = ask(
        any_private, body_text="买药请加微信", subject="广告", mail="victim@guests.example.org", wants_mail=True
    )
    with any_private.storage.session() as session:
        (message,) = session.scalars(select(Message))
    assert message.recipient == "victim@guests.example.org"
    said = message.subject + message.body_text
    assert filed.number in said
    assert not any(words in said for words in ("微信", "广告", filed.code))


def test_who_wants_no_mail_gets_none(any_private: Private) -> None:
    ask(any_private, mail="quiet@guests.example.org", wants_mail=False)
    with any_private.storage.session() as session:
        assert session.scalar(select(func.count()).select_from(Message)) == 0


def test_of_two_who_take_the_same_step_at_once_one_is_told(any_private: Private) -> None:
    number, told = ask(any_private).number, []
    barrier = threading.Barrier(2)

    def take() -> None:
        try:
            with any_private.storage.session() as session:
                found = finding.by_number(session, number)
                barrier.wait()
                perform(session, found, "take", MODERATOR, TERMS)  # type: ignore[arg-type]
                told.append("taken")
        except StepError as error:
            told.append(str(error))

    threads = [threading.Thread(target=take) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["taken", "刚刚有人办过这一件，请刷新页面再看。"]


def test_every_step_is_in_the_history_and_in_the_log_with_who_took_it(any_private: Private) -> None:
    who, number = member(any_private, "审核甲", ("moderator",)), ask(any_private).number
    hand = Hand(frozenset({"moderator"}), who.id)
    with any_private.storage.session() as session:
        found = finding.by_number(session, number)
        assert found is not None
        perform(session, found, "take", hand, TERMS)
        note(session, found, "note", hand, "已问过", for_staff=True)
        perform(session, found, "answer", hand, TERMS, "见数据目录。")
        history = [(e.action, e.role, e.user_id, e.words, e.for_staff) for e in found.events]
        log = [(a.action, a.user_id, a.about) for a in session.scalars(select(Audit).order_by(Audit.audit_id))]
    assert history == [
        ("file", "citizen", None, "", False),
        ("take", "moderator", who.id, "", False),
        ("note", "moderator", who.id, "已问过", True),
        ("answer", "moderator", who.id, "见数据目录。", False),
    ]
    assert log == [
        ("request.file", None, number),
        ("request.take", who.id, number),
        ("request.note", who.id, number),
        ("request.answer", who.id, number),
    ]


def test_a_letter_becomes_public_only_where_its_sender_agreed(any_private: Private) -> None:
    kept, open_ = (
        ask(any_private, "letter", body_text="一"),
        ask(any_private, "letter", body_text="二", may_publish=True),
    )
    with pytest.raises(StepError, match="没有同意公开"):
        release(any_private, kept.number)
    release(any_private, open_.number)
    with any_private.storage.session() as session:
        assert [r.number for r in finding.newest(session, 9)] == [open_.number]


def test_a_supplement_is_kept_once_and_ends_with_the_request(any_private: Private) -> None:
    number = ask(any_private).number
    with any_private.storage.session() as session:
        found = finding.by_number(session, number)
        assert found is not None
        assert [supplement(session, found, "又找到一处"), supplement(session, found, "又找到一处")] == [True, False]
        perform(session, found, "refuse", MODERATOR, TERMS, "已有。")
        with pytest.raises(StepError, match="已经办结"):
            supplement(session, found, "还有")


def test_what_its_sender_withdraws_is_deleted(any_private: Private) -> None:
    filed = ask(any_private, "letter", subject="来信", body_text="秘密", mail="ming@guests.example.org")
    with any_private.storage.session() as session:
        found = finding.by_number(session, filed.number)
        perform(session, found, "withdraw", SENDER, TERMS)  # type: ignore[arg-type]
    with any_private.storage.session() as session:
        row = session.get_one(CitizenRequest, 1)
        assert (row.state, row.subject, row.body_text, row.mail, row.proposed_text) == ("withdrawn", "", "", "", "")
        assert session.scalar(select(func.count()).select_from(Message)) == 0


def test_figures_leave_out_spam_and_tell_what_is_overdue(any_private: Private) -> None:
    numbers = [ask(any_private, body_text=str(n)).number for n in range(4)]
    with any_private.storage.session() as session:
        rows = [finding.by_number(session, n) for n in numbers]
        perform(session, rows[0], "spam", MODERATOR, TERMS)  # type: ignore[arg-type]
        perform(session, rows[1], "answer", MODERATOR, TERMS, "好的。")  # type: ignore[arg-type]
        rows[2].due_on = today() - timedelta(days=1)  # type: ignore[union-attr]
    with any_private.storage.session() as session:
        tally = tallying.tally(session, today())
    assert tally.counts == {"waiting": 2, "working": 0, "done": 1, "refused": 0, "withdrawn": 0}
    assert (tally.total, tally.overdue, tally.median_days) == (3, 1, 0.0)


def test_row_62_a_member_takes_all_along_and_leaves_only_what_was_released(any_private: Private) -> None:
    who, other = member(any_private, "王小明"), member(any_private, "李四")
    private = {"person_name": "王小明", "mail": "ming@guests.example.org", "phone": "13800000000"}
    shown = ask(any_private, user_id=who.id, subject="要表", body_text="秘密一", **private)
    hidden = ask(any_private, "letter", user_id=who.id, subject="来信", body_text="秘密二", **private)
    ask(any_private, user_id=other.id, body_text="别人的")
    release(any_private, shown.number, "想要一张表。")
    with any_private.storage.session() as session:
        told = export(session, who.id)
        assert [(t["number"], t["body_text"]) for t in told] == [(hidden.number, "秘密二"), (shown.number, "秘密一")]
        forget(session, who.id)
        forget(session, who.id)
    with any_private.storage.session() as session:
        rows = session.scalars(select(CitizenRequest).order_by(CitizenRequest.request_id)).all()
        left = [" ".join(str(v) for v in vars(r).values()) for r in rows]
        assert not any(words in text for text in left for words in ("秘密", "王小明", "ming@", "138"))
        assert [(r.user_id, r.is_public, r.public_text, r.state) for r in rows] == [
            (None, True, "想要一张表。", "waiting"),
            (None, False, "", "withdrawn"),
            (other.id, False, "", "waiting"),
        ]
        assert export(session, who.id) == []


def test_a_correction_knows_its_cell_as_it_was_shown(any_private: Private, published: Published) -> None:
    filed = ask(any_private, "correction", published=published)
    with any_private.storage.session() as session:
        found = finding.by_number(session, filed.number)
        assert found is not None
        cells = (found.collection, found.table_name, found.row_id, found.column_name, found.version, found.shown_text)
    row = "zjstb-zkd-2017-13.agri-progress-share"
    assert cells == ("zhenjiang-stb", "target", row, "value", "1.0.0", "66.6")


def test_contact_details_are_kept_half_a_year_after_a_request_was_closed(
    any_private: Private, published: Published, site: Site
) -> None:
    contact = {"person_name": "王小明", "mail": "ming@guests.example.org"}
    old, new, waiting = (ask(any_private, body_text=words, **contact).number for words in ("一", "二", "三"))
    with any_private.storage.session() as session:
        for number in (old, new):
            perform(session, finding.by_number(session, number), "answer", MODERATOR, TERMS, "好的。")  # type: ignore[arg-type]
        finding.by_number(session, old).closed_at -= timedelta(days=181)  # type: ignore[union-attr, operator]
    Chores(create_app(published, site, any_private), (keeping.forget_contacts,)).once()
    with any_private.storage.session() as session:
        told = [finding.by_number(session, n).mail for n in (old, new, waiting)]  # type: ignore[union-attr]
    assert told == ["", contact["mail"], contact["mail"]]
