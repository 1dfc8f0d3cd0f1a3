"""Spans woven into a text: nothing is lost, what nests nests, what overlaps is split."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from portal.sections.notices.spans import Marked, Part, Span, weave

TEXT = "全市农业科技进步贡献率达到66.6%。"


def span(row_id: str, start: int, end: int) -> Span:
    return Span(row_id, "target", row_id, row_id, start, end)


def flat(parts: tuple[Part, ...]) -> str:
    return "".join(p if isinstance(p, str) else flat(p.parts) for p in parts)


def anchors(parts: tuple[Part, ...]) -> list[str]:
    found = []
    for part in parts:
        if isinstance(part, Marked):
            found += [] if part.span.continued else [part.span.row_id]
            found += anchors(part.parts)
    return found


def covered(parts: tuple[Part, ...], row_id: str, within: bool = False) -> str:
    """The text that stands in some piece of a span."""
    return "".join(
        (p if within else "") if isinstance(p, str) else covered(p.parts, row_id, within or p.span.row_id == row_id)
        for p in parts
    )


def test_a_text_without_spans_is_itself() -> None:
    assert weave(TEXT, 100, []) == (TEXT,)


def test_a_span_is_marked_where_it_lies() -> None:
    a = span("a", 102, 106)
    assert weave("全市农业科技进步", 100, [a]) == ("全市", Marked(a, ("农业科技",)), "进步")


def test_a_span_within_another_is_nested() -> None:
    outer, inner = span("outer", 0, 6), span("inner", 2, 4)
    assert weave("全市农业科技", 0, [inner, outer]) == (Marked(outer, ("全市", Marked(inner, ("农业",)), "科技")),)


def test_two_spans_on_the_same_words_are_both_anchored() -> None:
    assert anchors(weave("全市农业", 0, [span("b", 0, 4), span("a", 0, 4)])) == ["a", "b"]


def test_an_overlap_is_split_and_the_rest_carries_no_anchor() -> None:
    parts = weave("甲乙丙丁戊", 0, [span("a", 0, 3), span("b", 2, 5)])
    assert anchors(parts) == ["a", "b"]
    assert (covered(parts, "a"), covered(parts, "b")) == ("甲乙丙", "丙丁戊")


def test_a_span_over_several_passages_is_anchored_in_the_first_alone() -> None:
    across = span("a", 3, 8)
    assert anchors(weave("甲乙丙丁戊", 0, [across])) == ["a"]
    assert weave("己庚辛壬", 5, [across])[0].span.continued  # type: ignore[union-attr]


def test_spans_elsewhere_leave_no_trace() -> None:
    assert weave("甲乙", 10, [span("a", 0, 10), span("b", 12, 20)]) == ("甲乙",)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 6)), max_size=6))
def test_whatever_the_spans_the_text_and_each_span_are_whole(places: list[tuple[int, int]]) -> None:
    text = "甲乙丙丁戊己庚辛壬癸子丑"
    spans = [span(str(i), start, min(start + length, len(text))) for i, (start, length) in enumerate(places)]
    parts = weave(text, 0, spans)
    assert flat(parts) == text
    for s in spans:
        assert covered(parts, s.row_id) == text[s.start : s.end]
    assert sorted(anchors(parts)) == sorted(s.row_id for s in spans if s.start < s.end)


def test_all_pairs_of_spans_keep_their_words() -> None:
    text = "甲乙丙丁"
    edges = [(a, b) for a, b in product(range(5), repeat=2) if a < b]
    for (a, b), (c, d) in product(edges, repeat=2):
        parts = weave(text, 0, [span("x", a, b), span("y", c, d)])
        assert (covered(parts, "x"), covered(parts, "y")) == (text[a:b], text[c:d])
