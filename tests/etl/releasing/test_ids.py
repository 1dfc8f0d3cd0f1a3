"""Ids are minted once and found again: whatever the rules, the page's white space or the editors do."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.claim import Claim
from etl.releasing.entry import LedgerError, ledger_text, read_entries
from etl.releasing.ids import Ledger

TEXT = "研发投入占比达2.65%，发明专利拥有量达25件，新增研发机构30家。全市农业科技进步贡献率达到66.6%。"


def target(name: str, value: str, quote: str, source: str = "a", text: str = TEXT, **more: object) -> Claim:
    """The claim of a target whose quote stands in the text."""
    start = text.index(quote)
    slug = "x.n" + str(sum(map(ord, name)) % 97)
    claim = Claim("target", slug, source, start, start + len(quote), quote, name, value)
    return replace(claim, **more)  # type: ignore[arg-type]


RD = target("研发投入占比", "2.65%", "研发投入占比达2.65%")
PATENTS = target("发明专利拥有量", "25件", "发明专利拥有量达25件")
INSTITUTES = target("研发机构", "30家", "新增研发机构30家")
AGRI = target("农业科技进步贡献率", "66.6%", "全市农业科技进步贡献率达到66.6%")
ALL = [RD, PATENTS, INSTITUTES, AGRI]


def again(ledger: Ledger) -> Ledger:
    """The ledger as the next build finds it."""
    ledger.close()
    return Ledger(ledger)


def test_the_same_rows_keep_their_ids() -> None:
    first = Ledger()
    ids = first.match(ALL)
    assert again(first).match(ALL) == ids


def test_a_shorter_quote_with_another_name_keeps_the_id() -> None:
    first = Ledger()
    ids = first.match(ALL)
    better = target("科技进步贡献率", "66.6%", "农业科技进步贡献率达到66.6%")
    assert again(first).match([RD, PATENTS, INSTITUTES, better]) == ids


def test_a_value_read_better_keeps_the_id_where_the_name_is_the_same() -> None:
    first = Ledger()
    [known] = first.match([AGRI])
    assert again(first).match([replace(AGRI, value="66%")]) == [known]


def test_another_number_of_the_same_sentence_never_takes_an_id() -> None:
    text = "建设3个示范园区、4个特色小镇。"
    parks = target("示范园区", "3个", "建设3个示范园区", text=text)
    towns = target("特色小镇", "4个", "建设3个示范园区、4个特色小镇", text=text)
    first = Ledger()
    [known] = first.match([parks])
    later = again(first)
    assert later.match([towns]) != [known]
    later.close()
    assert later.get(known) == replace(first.get(known), status="withdrawn", reason="重新识读后，原文中不再读出这一行")  # type: ignore[type-var]


def test_one_of_several_rows_with_the_same_quote_goes_and_the_others_keep_their_ids() -> None:
    text = "研究院、孵化器、加速器各2个。"
    rows = [target(name, "2个", "研究院、孵化器、加速器各2个", text=text) for name in ("研究院", "孵化器", "加速器")]
    first = Ledger()
    ids = first.match(rows)
    assert again(first).match(rows[1:]) == ids[1:]


def test_a_text_laid_out_otherwise_is_matched_by_its_words_and_not_by_chance_overlap() -> None:
    first = Ledger()
    ids = first.match(ALL)
    shift = len("发明专利拥有量达")
    moved = [replace(c, start=(c.start or 0) + shift, end=(c.end or 0) + shift) for c in ALL]
    assert again(first).match(moved) == ids


def test_a_page_captured_again_with_other_white_space_keeps_the_ids() -> None:
    text = "目录\n\n" + TEXT.replace("，", "，\n  ").replace("达", "达\u00a0")
    first = Ledger()
    ids = first.match(ALL)
    quotes = [
        "研发投入占比达\u00a02.65%",
        "发明专利拥有量达\u00a025件",
        "新增研发机构30家",
        "全市农业科技进步贡献率达\u00a0到66.6%",
    ]
    recaptured = [
        target(c.label, c.value, quote, "b", text, replaces=("a",)) for c, quote in zip(ALL, quotes, strict=True)
    ]
    assert again(first).match(recaptured) == ids


def test_a_second_notice_with_the_same_words_gets_ids_of_its_own() -> None:
    first = Ledger()
    ids = first.match(ALL)
    other = [replace(c, source="b", proposal=c.proposal.replace("x.", "y.")) for c in ALL]
    both = again(first).match([*other, *ALL])
    assert both[4:] == ids
    assert not set(both[:4]) & set(ids)


def test_a_row_that_comes_back_gets_its_old_id_and_no_other_row_does() -> None:
    first = Ledger()
    [known] = first.match([AGRI])
    without = again(first)
    without.match([RD])
    gone = again(without)
    assert gone.get(known).status == "withdrawn"  # type: ignore[union-attr]
    assert again(gone).match([AGRI]) == [known]
    assert again(gone).match([replace(AGRI, label="科技进步贡献率")]) != [known]


def test_rows_without_a_place_are_known_by_their_label() -> None:
    rows = [Claim("document", "x-doc-gy", label=title) for title in ("纲要", "规约", "公约")]
    first = Ledger()
    ids = first.match(rows)
    assert sorted(ids) == ["x-doc-gy", "x-doc-gy-2", "x-doc-gy-3"]
    assert again(first).match(rows[::-1]) == ids[::-1]


def test_two_sources_that_disagree_are_two_ids_that_do_not_swap() -> None:
    rows = [
        Claim("reported", "x-a.2017", quote=who, label="x-a.2017", value=v)
        for who, v in (("甲", "22.4"), ("乙", "22.5"))
    ]
    first = Ledger()
    ids = first.match(rows)
    assert set(ids) == {"x-a.2017", "x-a.2017-2"}
    assert again(first).match([rows[1]]) == [ids[1]]


def test_a_series_goes_on_after_its_highest_number() -> None:
    ledger = Ledger()
    ledger.match([Claim("task", f"x.t{n:02}", "a", n * 10, n * 10 + 5, f"第{n}项") for n in (1, 2, 3)])
    assert ledger.match([Claim("task", "x.t02", "a", 90, 95, "新的一项")]) == ["x.t04"]


def test_a_slug_that_an_address_needs_gets_a_counter() -> None:
    assert Ledger().match([Claim("target", "x.history", label="a"), Claim("target", "x.csv", label="b")]) == [
        "x.history-1",
        "x.csv-1",
    ]


def test_a_proposed_row_that_the_vocabulary_takes_in_says_what_stands_for_it_now() -> None:
    first = Ledger()
    [proposed] = first.match([Claim("indicator", "x-yfqd", label="研发强度")])
    later = again(first)
    later.keep("indicator", "x-rd-intensity", ["研发投入比重", "研发强度"])
    later.close()
    entry = later.get(proposed)
    assert entry is not None
    assert (entry.status, entry.successor, entry.reason) == ("withdrawn", "x-rd-intensity", "已并入词表中的条目")


def test_the_ledger_is_written_sorted_and_read_back_as_it_was(tmp_path: Path) -> None:
    ledger = Ledger()
    ledger.match(ALL)
    ledger.close()
    path = tmp_path / "ids.csv"
    path.write_text(ledger_text(ledger), "utf-8")
    assert tuple(read_entries(path)) == tuple(ledger)
    assert [e.id for e in ledger] == sorted(e.id for e in ledger)
    assert tuple(read_entries(tmp_path / "none.csv")) == ()


@pytest.mark.parametrize("broken", ["a,b\n1,2\n", "id,table,start\nx,target,zwei\n", "id,table\nx\n"])
def test_a_broken_ledger_is_refused_in_words(tmp_path: Path, broken: str) -> None:
    (tmp_path / "ids.csv").write_text(broken, "utf-8")
    with pytest.raises(LedgerError, match="请从版本库恢复这个文件"):
        tuple(read_entries(tmp_path / "ids.csv"))


WORDS = st.text(alphabet="甲乙丙丁 12%", min_size=1, max_size=6)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """Any claim, often close to others: few sources, short texts, names and values that repeat."""
    table = draw(st.sampled_from(["target", "task", "document"]))
    proposal = draw(st.sampled_from(["x.a", "x.t1", "x.t09", "x-doc-b", "x.csv"]))
    label, value = draw(WORDS), draw(st.sampled_from(["", "1%", "2%"]))
    if table == "document":
        return Claim(table, proposal, label=label, value=value)
    start, quote = draw(st.integers(0, 12)), draw(WORDS)
    source, replaces = draw(st.sampled_from([("a", ()), ("b", ("a",))]))
    return Claim(table, proposal, source, start, start + len(quote), quote, label, value, replaces)


MANY = st.lists(claims(), max_size=12)


@given(MANY, MANY)
def test_no_id_is_given_twice(first: list[Claim], second: list[Claim]) -> None:
    ledger = Ledger()
    before = ledger.match(first)
    later = again(ledger)
    after = later.match(second)
    assert len(set(before)) == len(before)
    assert len(set(after)) == len(after)
    assert {e.id for e in later} == {*before, *after}


@given(MANY, MANY, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(known: list[Claim], rows: list[Claim], chance: random.Random) -> None:
    rows = list(dict.fromkeys(rows))
    order = list(range(len(rows)))
    chance.shuffle(order)
    first, second = Ledger(), Ledger()
    first.match(known)
    second.match(known)
    ids = again(first).match(rows)
    assert again(second).match([rows[i] for i in order]) == [ids[i] for i in order]


@given(MANY)
def test_rows_that_are_read_again_keep_their_ids(rows: list[Claim]) -> None:
    rows = list(dict.fromkeys(rows))
    ledger = Ledger()
    ids = ledger.match(rows)
    assert again(ledger).match(rows) == ids


def of_two_notices(rows: list[Claim]) -> list[list[Claim]]:
    """The same rows in two notices."""
    return [
        [
            replace(r, proposal=n + r.proposal, source=n + r.source, replaces=tuple(n + s for s in r.replaces))
            for r in dict.fromkeys(rows)
            if r.source
        ]
        for n in ("x", "y")
    ]


@given(MANY, MANY)
def test_one_notice_may_ask_after_the_other(known: list[Claim], rows: list[Claim]) -> None:
    before = Ledger()
    before.match([claim for notice in of_two_notices(known) for claim in notice])
    first, second = of_two_notices(rows)
    at_once, one_by_one = again(before), again(before)
    assert at_once.match([*first, *second]) == [*one_by_one.match(first), *one_by_one.match(second)]
    assert list(at_once) == list(one_by_one)
