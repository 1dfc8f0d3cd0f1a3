"""Many at once, over either kind of database: nothing comes twice, no limit gives way, every count is right."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from portal.forum import RefusedError
from portal.storage.forum import Thread
from tests.portal.forum.talk import Talk


def at_once(calls: list[Callable[[], int]]) -> list[str]:
    """What came of each call: `kept`, or why it was refused."""

    def outcome(call: Callable[[], int]) -> str:
        try:
            call()
        except RefusedError as error:
            return error.code
        return "kept"

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(outcome, calls))


def test_row_43_a_form_that_is_sent_eight_times_at_once_is_kept_once(any_talk: Talk) -> None:
    host = any_talk.trusted("馆员")
    found = at_once([lambda: any_talk.begin(host, "同一题", "同一段话")] * 8)
    assert sorted(set(found)) == ["duplicate", "kept"]
    assert found.count("kept") == 1


def test_row_43_limits_hold_when_a_member_sends_many_posts_at_once(any_talk: Talk) -> None:
    new = any_talk.someone("新人")
    found = at_once([lambda n=n: any_talk.begin(new, f"题 {n}", f"话 {n}") for n in range(8)])  # type: ignore[misc]
    assert found.count("kept") == 3


def test_a_thread_counts_every_post_of_those_who_reply_at_once(any_talk: Talk) -> None:
    first = any_talk.begin(any_talk.moderator, "题", "首帖")
    people = [any_talk.trusted(f"馆员{n}") for n in range(8)]
    found = at_once([lambda p=p: any_talk.reply(p, first, f"{p.username}说") for p in people])  # type: ignore[misc]
    assert found == ["kept"] * 8
    with any_talk.private.storage.session() as session:
        assert session.get_one(Thread, 1).post_count == 9
