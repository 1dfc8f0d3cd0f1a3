"""A text with spans woven into it: nested as they lie, split where they overlap, clipped where a passage ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Span:
    """What was read at a place: `row_id` is its anchor, `about_id` the row whose page tells more.

    A `continued` piece is the rest of a span that another one or the end of a passage cut: it carries no anchor.
    """

    row_id: str
    kind: str
    about_id: str
    label: str
    start: int
    end: int
    continued: bool = False


@dataclass(frozen=True)
class Marked:
    """A span and what lies within it."""

    span: Span
    parts: tuple[Part, ...]


Part = str | Marked


def weave(text: str, at: int, spans: Iterable[Span]) -> tuple[Part, ...]:
    """The parts of a text that begins at offset `at`, every character once and in order.

    >>> a, b = Span("a", "target", "a", "", 0, 3), Span("b", "citation", "b", "", 2, 5)
    >>> first, rest, after = weave("甲乙丙丁戊己", 0, [a, b])
    >>> first.span.row_id, first.parts[0], first.parts[1].span.row_id, first.parts[1].parts
    ('a', '甲乙', 'b', ('丙',))
    >>> rest.span.row_id, rest.span.continued, rest.parts, after
    ('b', True, ('丁戊',), '己')
    """
    inside = [s for s in (_clipped(s, at, at + len(text)) for s in spans) if s.start < s.end]
    return tuple(_woven(text, at, at, at + len(text), _in_order(inside)))


def _woven(text: str, origin: int, start: int, end: int, spans: list[Span]) -> list[Part]:
    """The parts between two offsets; `spans` lie within them, those that begin first and reach furthest first."""
    parts: list[Part] = []
    while spans:
        outer, rest = spans[0], spans[1:]
        if start < outer.start:
            parts.append(text[start - origin : outer.start - origin])
        inner = [replace(s, end=min(s.end, outer.end)) for s in rest if s.start < outer.end]
        parts.append(Marked(outer, tuple(_woven(text, origin, outer.start, outer.end, inner))))
        start, spans = outer.end, _in_order([_after(s, outer.end) for s in rest if s.end > outer.end])
    if start < end:
        parts.append(text[start - origin : end - origin])
    return parts


def _in_order(spans: list[Span]) -> list[Span]:
    return sorted(spans, key=lambda s: (s.start, -s.end, s.row_id))


def _after(span: Span, cut: int) -> Span:
    return span if span.start >= cut else replace(span, start=cut, continued=True)


def _clipped(span: Span, start: int, end: int) -> Span:
    return replace(_after(span, start), end=min(span.end, end))
