"""The bodies that a task names, and in which role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from etl.parsing.brackets import CLOSING, OPENING, Name, in_bracket, split_at
from etl.parsing.clauses import Clause, clauses_of, roles_of
from etl.parsing.deadlines import deadline_in
from etl.parsing.joining import Joined, joined_names
from etl.parsing.names import is_body, names_in
from etl.parsing.rules import Rule, rule, table
from etl.parsing.ruling import FirstLeads, with_roles, without_ruling
from etl.parsing.sentences import Named, named_in_sentences

_BRACKET = re.compile(
    r"[(〔【\[]((?:[^()〔〕【】\[\]。\n:]|\([^()\n]{1,20}\)){2,300})(?:。(?:[^()〔〕【】\[\]\n]|\([^()\n]{1,20}\)){0,200})?[)〕】\]]"
)


def bodies_in(text: str, start: int, ruling: FirstLeads | None) -> list[Named]:
    """All bodies with a role in a folded text that starts at offset `start`, in order, each name and role once."""
    if not rule("hints", "role").pattern.search(text):
        return []
    whole, leads = joined_names(without_ruling(text)), ruling.seen_from(start) if ruling else None
    listed, lists = _labelled(whole.text, leads)
    named = [*listed, *_bracketed(whole.text, leads, lists), *named_in_sentences(whole.text)]
    seen: dict[tuple[str, str], Named] = {}
    for one in sorted(named, key=lambda n: n.name.start):
        seen.setdefault((one.name.text, one.role), _placed(one, whole, start))
    return list(seen.values())


def is_role_line(text: str) -> bool:
    """Whether a folded line consists of a role label and its list.

    >>> is_role_line("责任单位:市科技局、市财政局"), is_role_line("落实好责任单位:各司其职。")
    (True, False)
    """
    return ":" in text and any(r.pattern.match(text.lstrip(OPENING)) for r in _label_rules())


def _label_rules() -> Iterator[Rule]:
    return (r for r in table("roles") if r.field("form") == "label")


def _placed(one: Named, whole: Joined, start: int) -> Named:
    """The same name where it stands in the notice."""
    first, end = whole.span(one.name.start, one.name.end)
    return Named(Name(one.name.text, start + first, start + end), one.role)


def _labels(text: str) -> list[tuple[re.Match[str], str]]:
    """The labels in a text with their roles; every label ends in a colon."""
    if ":" not in text:
        return []
    found = [(m, r.field("role")) for r in _label_rules() for m in r.pattern.finditer(text)]
    ends = {m.end(): min(o.start() for o, _ in found if o.end() == m.end()) for m, _ in found}
    whole = [(m, role) for m, role in found if m.start() == ends[m.end()]]
    return sorted(whole, key=lambda pair: pair[0].start())


def _labelled(text: str, ruling: FirstLeads | None) -> tuple[list[Named], list[range]]:
    """责任单位：A、B — up to the next label, a full stop, a closing bracket or the line's end; and where they are."""
    labels, named, lists = _labels(text), list[Named](), list[range]()
    for index, (label, role) in enumerate(labels):
        following = labels[index + 1][0].start() if index + 1 < len(labels) else len(text)
        end = _list_end(text, label, following)
        if role:
            named += _listed(text[label.end() : end], label.end(), role, ruling)
            lists.append(range(label.end(), end))
    return named, lists


def _listed(text: str, start: int, role: str, ruling: FirstLeads | None) -> Iterator[Named]:
    """The names behind a label, by their own verbs where they have such (责任单位：A牵头，B配合)."""
    clauses = clauses_of(text, start)
    if any(given for _, given in clauses):
        yield from roles_of(clauses, role)
    else:
        yield from with_roles([n for n in names_in(text, start) if not _is_moment(n.text)], role, ruling)


def _is_moment(text: str) -> bool:
    return rule("name_parts", "moment").pattern.search(text) is not None


def _list_end(text: str, label: re.Match[str], limit: int) -> int:
    """Where the list behind a label ends; inside a bracket a line break does not end it."""
    closing, depth = "。;)〕】]\t" if in_bracket(text, label.start()) else "。;)〕】]\t\n", 0
    for at in range(label.end(), limit):
        character = text[at]
        if depth == 0 and character in closing and text[label.end() : at].strip():
            return at
        depth += (character in OPENING) - (character in CLOSING and depth > 0)
    return limit


def _bracketed(text: str, ruling: FirstLeads | None, lists: Sequence[range]) -> Iterator[Named]:
    """（A牵头，B、C配合）, （A、B按职责分工负责）, （A、B), outside the lists that a label opens."""
    for match in _BRACKET.finditer(text):
        if any(match.start() in one for one in lists):
            continue
        clauses = clauses_of(match[1], match.start(1))
        if _are_responsible(clauses):
            yield from with_roles([n for names, _ in clauses for n in names], "责任", ruling)
        elif any(role for _, role in clauses):
            yield from roles_of(clauses)
        elif _closes(text, match.end()):
            yield from with_roles(_bare_list(match[1], match.start(1)), "责任", ruling)


def _are_responsible(clauses: Sequence[Clause]) -> bool:
    """Whether all names that a verb gives a role are responsible: then the paper's own rule tells who leads."""
    return {role for names, role in clauses if names} == {"责任"}


def _bare_list(text: str, start: int) -> list[Name]:
    """The bodies of a bracket that holds nothing but bodies and perhaps a deadline."""
    pieces = split_at(text, "、,;", start)
    dated = [piece for piece in pieces if deadline_in(piece.text) is not None]
    bodies = [piece for piece in pieces if piece not in dated]
    if not bodies or not all(_is_body(word) for piece in bodies for word in piece.text.split()):
        return []
    return [name for name in names_in(text, start) if all(name.start != piece.start for piece in dated)]


def _is_body(text: str) -> bool:
    own = rule("name_parts", "own-role").pattern.match(text)
    return is_body(own["name"] if own else text)


def _closes(text: str, end: int) -> bool:
    """Whether only a full stop or the end of a line follows."""
    return bool(re.match(r"\s*(?:$|\n)|。?\s*(?:$|\n)", text[end : end + 3]))
