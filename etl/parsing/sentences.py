"""Roles that a sentence gives: A牵头, 由A负责, 会同B. Only names that look like bodies count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from etl.parsing.brackets import Name
from etl.parsing.names import is_body, names_in
from etl.parsing.rules import rule, table

_BRACKET = re.compile(r"[(〔【\[][^()〔〕【】\[\]]{0,300}[)〕】\]]")
_PLACES = re.compile(
    r"(?<=[各市县区旗州镇乡])\([市县区旗州镇乡、]{1,6}\)(?=[市县区旗州镇乡]?(?:人民)?政府|[市县区旗州镇乡])"
)
_CLAUSE = re.compile(r"[^,;。:!?\n]+")
_LONGEST_NAME = 20


class Named(NamedTuple):
    """A body, its role and its place."""

    name: Name
    role: str


def named(name: Name, role: str) -> Named:
    """A name with its role, its own one where that stands in brackets behind it.

    >>> named(Name("市科技局(牵头)", 0, 8), "责任")
    Named(name=Name(text='市科技局', start=0, end=4), role='牵头')
    """
    own = rule("name_parts", "own-role").pattern.match(name.text)
    if not own:
        return Named(name, role)
    return Named(
        Name(own["name"], name.start, name.start + own.end("name")), role_at_end("某" + own["role"])[1] or role
    )


def role_at_end(text: str) -> tuple[str, str]:
    """A list without the verb at its end, and the role that this verb gives.

    >>> role_at_end("市科技局、市财政局按职责分工负责"), role_at_end("市科技局")
    (('市科技局、市财政局', '责任'), ('市科技局', ''))
    """
    verbs = ((r, r.pattern.search(text)) for r in table("roles") if r.field("form") == "verb")
    found = [(match.start(), r.field("role")) for r, match in verbs if match and match.start()]
    start, role = min(found, key=lambda one: one[0], default=(len(text), ""))
    return text[:start], role


def named_in_sentences(text: str) -> Iterator[Named]:
    """Bodies with a role in running text, brackets aside."""
    if not rule("hints", "sentence-role").pattern.search(text):
        return
    open_text = _without_brackets(_without_brackets(text))
    for clause in _CLAUSE.finditer(open_text):
        head = clause.group()
        yield from _before_verb(head, clause.start())
        yield from _joined(head, clause.start())


def _without_brackets(text: str) -> str:
    """A text with commas for its brackets; those that only name kinds of places (各市(州)人民政府) stay in the name."""
    text = _PLACES.sub(lambda m: "之" * len(m.group()), text)
    return _BRACKET.sub(lambda m: "," * len(m.group()), text)


def _before_verb(clause: str, at: int) -> Iterator[Named]:
    """The bodies that a clause begins with, or that 由 opens in it, up to 牵头, 负责 or 配合."""
    match = rule("sentences", "agent").pattern.match(clause)
    if not match:
        yield from _by_joint(clause, at)
        return
    first = match["list"].rfind("由") + 1
    listed = rule("roles", "joint").pattern.split(match["list"][first:])[0]
    names = names_in(listed, at + match.start("list") + first)
    role = role_at_end("某" + match["verb"])[1]
    if names and all(is_body(name.text) for name in names):
        yield from (Named(name, role) for name in names)


def _by_joint(clause: str, at: int) -> Iterator[Named]:
    """The bodies between 由 and 会同, where no verb of a role follows."""
    match = rule("sentences", "by-joint").pattern.search(clause)
    names = names_in(match["list"], at + match.start("list")) if match else []
    if all(is_body(name.text) for name in names):
        yield from (Named(name, "责任") for name in names)


def _joined(clause: str, at: int) -> Iterator[Named]:
    """The bodies behind 会同."""
    match = rule("sentences", "joint").pattern.search(clause)
    if not match:
        return
    pieces = names_in(match["list"], at + match.start("list"))
    for piece in pieces:
        name = piece if is_body(piece.text) else _leading_body(piece)
        if name and not rule("name_parts", "generic").pattern.match(name.text):
            yield Named(name, "配合")


def _leading_body(piece: Name) -> Name | None:
    """The shortest beginning of a piece that is a body's whole name (市场监管局 of 市场监管局制定标准)."""
    for size in range(3, min(len(piece.text), _LONGEST_NAME)):
        rest = piece.text[size:]
        if is_body(piece.text[:size]) and not rule("sentences", "name-goes-on").pattern.match(rest):
            return Name(piece.text[:size], piece.start, piece.start + size)
    return None
