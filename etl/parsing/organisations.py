"""Bodies named in a notice and as what: issuer, addressee, responsible, mentioned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.document import Organisation
from etl.parsing.heads import Head
from etl.parsing.names import bodies_joined, is_body
from etl.parsing.numbers import squeeze
from etl.parsing.page import Page
from etl.parsing.rules import rule
from etl.parsing.sentences import Named

_ROLES = {"责任": "responsible", "牵头": "leading", "配合": "supporting", "参与": "taking-part", "指导": "guiding"}
_KNOWN_LIMIT = 60
_REACH = 28
"""How far before its ending a name is looked for."""


def organisations_of(page: Page, head: Head, named: Sequence[Named]) -> tuple[Organisation, ...]:
    """Every body with its place, each place once: the more telling role first."""
    found = [
        *(_at(page, start, end, "issuer") for start, end in head.issuers),
        *(_at(page, b.start, b.end, "addressee") for a in head.addressees for b in bodies_joined(a)),
        *(_at(page, n.name.start, n.name.end, _ROLES[n.role]) for n in named),
    ]
    found += _mentioned(page, {o.quote for o in found if o.role != "addressee" and is_body(o.quote)})
    kept: list[Organisation] = []
    taken = bytearray(len(page.view))
    for one in found:
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\x01" * (one.end - one.start)
            kept.append(one)
    return tuple(sorted(kept, key=lambda o: o.start))


def _mentioned(page: Page, known: set[str]) -> Iterator[Organisation]:
    """Further places of the known names, and names in the text that look like bodies."""
    names = sorted(known, key=len, reverse=True)[:_KNOWN_LIMIT]
    for name in names:
        yield from (_at(page, start, start + len(name), "mentioned") for start in _places(page.source, name))
    for start, end in _spans(page.view):
        if is_body(page.view[start:end]):
            yield _at(page, start, end, "mentioned")


def _spans(view: str) -> Iterator[tuple[int, int]]:
    """Where names of bodies may stand: companies in a list, and what ends as a body's name does."""
    yield from (match.span("name") for match in rule("mentions", "in-list").pattern.finditer(view))
    shape = rule("mentions", "in-text").pattern
    last = 0
    for ending in rule("mentions", "ending").pattern.finditer(view):
        found = shape.search(view, max(last, ending.end() - _REACH), ending.end())
        if found:
            yield found.span("name")
            last = found.end()


def _places(text: str, name: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + len(name))


def _at(page: Page, start: int, end: int, role: str) -> Organisation:
    quote = page.quote(start, end)
    return Organisation(squeeze(quote), role, quote, start, end)
