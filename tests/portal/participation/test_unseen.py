"""What cannot be seen is kept nowhere: signs that hide words, turn them around or make two texts look like one."""

from __future__ import annotations

import pytest

from portal.participation.texts import line, text

UNSEEN = (
    *("\u00ad", "\u034f", "\u061c", "\u115f", "\u180e", "\u200b", "\u200c", "\u200d", "\u200e", "\u202e", "\u2060"),
    *("\u2066", "\u3164", "\ufeff", "\uffa0", "\ufffb", "\U000e0041", "\x00", "\x7f"),
)


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
def test_row_27_what_can_not_be_seen_is_not_kept(unseen: str) -> None:
    assert (text(f"报{unseen}销{unseen}单", 99), line(f"{unseen}标{unseen}题", 99)) == ("报销单", "标题")


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\u2029", "\u0085"], ids=ascii)
def test_row_27_every_way_to_end_a_line_is_one(end: str) -> None:
    assert (text(f"一{end}二", 99), line(f"一{end}二", 99)) == ("一\n二", "一 二")


def test_row_27_piled_marks_are_cut_and_composed_letters_stay() -> None:
    assert len(text("Z" + "\u0301" * 50, 99)) <= 6
    assert text("e\u0301", 99) == "é"
