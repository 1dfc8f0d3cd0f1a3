"""Lists of bodies that a verb at their end gives a role: A牵头，B、C配合."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from etl.parsing.brackets import Name, split_at
from etl.parsing.names import names_in
from etl.parsing.rules import rule
from etl.parsing.sentences import Named, named, role_at_end

Clause = tuple[list[Name], str]
_HELPING = ("配合", "参与", "指导")


def clauses_of(text: str, start: int) -> list[Clause]:
    """The lists of a text with the role that the verb at their end gives; a list without verb has none."""
    clauses: list[Clause] = []
    waiting: list[Name] = []
    for piece in split_at(text, ",;", start):
        head, role = role_at_end(piece.text)
        names = _joint(head, piece.start, role, clauses)
        if role in _HELPING and not clauses and waiting:
            # Who stands in front of the helpers, and no verb takes up, is responsible.
            clauses.append((waiting, "责任"))
            waiting = []
        waiting += names
        if role:
            clauses.append((_telling(waiting), role))
            waiting = []
    return [*clauses, (waiting, "")]


def roles_of(clauses: Sequence[Clause], otherwise: str = "") -> Iterator[Named]:
    """Every name with the role of its list, `otherwise` where the list has none."""
    for names, role in clauses:
        for name in names:
            if (role or otherwise) and not rule("name_parts", "not-a-name").pattern.search(name.text):
                yield named(name, role or otherwise)


def _joint(text: str, start: int, role: str, clauses: list[Clause]) -> list[Name]:
    """Cut A会同B: B goes to the clauses as supporting, A is returned."""
    match = rule("roles", "joint").pattern.search(text)
    if not match or not match.start():
        return names_in(re.sub(r"^由", "", text), start + text.startswith("由"))
    clauses.append((names_in(text[match.end() :], start + match.end()), "配合"))
    head, own = role_at_end(text[: match.start()])
    if own or not role:
        clauses.append((names_in(head, start), own or "责任"))
        return []
    return names_in(head, start)


def _telling(names: list[Name]) -> list[Name]:
    telling = [n for n in names if not rule("name_parts", "generic").pattern.match(n.text)]
    return telling or names
