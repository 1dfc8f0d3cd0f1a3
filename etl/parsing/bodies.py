"""The bodies that a task names, and in which role."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.parsing.deadlines import deadline_in
from etl.parsing.names import Name, is_body, names_in, split_at
from etl.parsing.rules import rule, table
from etl.parsing.ruling import FirstLeads
from etl.parsing.sentences import Named, named_in_sentences, role_at_end


def bodies_in(text: str, start: int, ruling: FirstLeads | None) -> list[Named]:
    """All bodies with a role in a folded text that starts at offset `start`, in order, each name and role once."""
    named = [*_labelled(text, start, ruling), *_bracketed(text, start, ruling), *named_in_sentences(text, start)]
    seen: dict[tuple[str, str], Named] = {}
    for one in sorted(named, key=lambda n: n.name.start):
        seen.setdefault((one.name.text, one.role), one)
    return list(seen.values())


def is_role_line(text: str) -> bool:
    """Whether a folded line consists of a role label and its list.

    >>> is_role_line("责任单位:市科技局、市财政局"), is_role_line("落实好责任单位:各司其职。")
    (True, False)
    """
    return any(r.field("form") == "label" and r.pattern.match(text.lstrip("(〔【[")) for r in table("roles"))


def _labels(text: str) -> list[tuple[re.Match[str], str]]:
    """The labels in a text with their roles; every label ends in a colon."""
    if ":" not in text:
        return []
    found = [
        (m, r.field("role")) for r in table("roles") if r.field("form") == "label" for m in r.pattern.finditer(text)
    ]
    return sorted(found, key=lambda pair: pair[0].start())


def _labelled(text: str, start: int, ruling: FirstLeads | None) -> Iterator[Named]:
    """责任单位：A、B — up to the next label, a full stop, a closing bracket or the end of the line."""
    labels = _labels(text)
    for index, (label, role) in enumerate(labels):
        following = labels[index + 1][0].start() if index + 1 < len(labels) else len(text)
        end = _list_end(text, label, following)
        names = names_in(text[label.end() : end], start + label.end()) if role else []
        yield from _with_roles(names, role, ruling)


def _list_end(text: str, label: re.Match[str], limit: int) -> int:
    """Where the list behind a label ends; inside a bracket a line break does not end it."""
    before = text[: label.start()]
    bracketed = max(map(before.rfind, "(〔【")) > max(map(before.rfind, ")〕】"))
    closing, depth = "。;)〕】\t" if bracketed else "。;)〕】\t\n", 0
    for at in range(label.end(), limit):
        character = text[at]
        if depth == 0 and character in closing and text[label.end() : at].strip():
            return at
        depth += (character in "(〔【") - (character in ")〕】" and depth > 0)
    return limit


def _with_roles(names: list[Name], role: str, ruling: FirstLeads | None) -> Iterator[Named]:
    ruled = ruling is not None and role == "责任" and bool(names) and names[0].start >= ruling.start
    for index, name in enumerate(names):
        if ruled and ruling is not None:
            yield Named(name, "牵头" if index == 0 else ruling.others)
        else:
            yield Named(name, role)


def _bracketed(text: str, start: int, ruling: FirstLeads | None) -> Iterator[Named]:
    """（A牵头，B、C配合）, （A、B按职责分工负责）, （A、B）."""
    for match in re.finditer(
        r"[(〔【]((?:[^()〔〕【】。\n:]|\([^()\n]{1,20}\)|(?<=[、,\u4e00-\u9fa5])\n){2,300})。?[)〕】]", text
    ):
        inside, at = match[1], start + match.start(1)
        clauses = _clauses(inside, at)
        if any(role for _, role in clauses):
            yield from _roles_of(clauses)
        elif _closes(text, match.end()):
            yield from _with_roles(_bare_list(inside, at), "责任", ruling)


def _bare_list(text: str, start: int) -> list[Name]:
    """The bodies of a bracket that holds nothing but bodies and perhaps a deadline."""
    pieces = split_at(text, "、,;", start)
    dated = [piece for piece in pieces if deadline_in(piece.text) is not None]
    bodies = [piece for piece in pieces if piece not in dated]
    if not bodies or not all(is_body(piece.text) for piece in bodies):
        return []
    return [name for name in names_in(text, start) if all(name.start != piece.start for piece in dated)]


def _closes(text: str, end: int) -> bool:
    """Whether only a full stop or the end of a line follows."""
    return bool(re.match(r"\s*(?:$|\n)|。?\s*(?:$|\n)", text[end : end + 3]))


def _clauses(text: str, start: int) -> list[tuple[list[Name], str]]:
    """The lists of a bracket with the role that the verb at their end gives; a list without verb has none."""
    clauses: list[tuple[list[Name], str]] = []
    waiting: list[Name] = []
    for piece in split_at(text, ",;", start):
        head, role = role_at_end(piece.text)
        waiting += _joint(head, piece.start, role, clauses)
        if role:
            clauses.append((_telling(waiting), role))
            waiting = []
    return [*clauses, (waiting, "")]


def _joint(text: str, start: int, role: str, clauses: list[tuple[list[Name], str]]) -> list[Name]:
    """Cut A会同B: B goes to the clauses as supporting, A is returned."""
    match = rule("roles", "joint").pattern.search(text)
    if not match or not match.start():
        return names_in(re.sub(r"^由", "", text), start + text.startswith("由"))
    clauses.append((names_in(text[match.end() :], start + match.end()), "配合"))
    if not role:
        clauses.append((names_in(text[: match.start()], start), "责任"))
        return []
    return names_in(text[: match.start()], start)


def _telling(names: list[Name]) -> list[Name]:
    telling = [n for n in names if not rule("name_parts", "generic").pattern.match(n.text)]
    return telling or names


def _roles_of(clauses: list[tuple[list[Name], str]]) -> Iterator[Named]:
    for names, role in clauses:
        for name in names:
            if role and not rule("name_parts", "not-a-name").pattern.search(name.text):
                yield Named(name, role)
