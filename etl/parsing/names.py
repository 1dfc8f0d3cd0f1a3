"""Names of bodies: what looks like one, and how a list of them is cut."""

from __future__ import annotations

import re
from functools import lru_cache

from etl.parsing.brackets import Name, split_at
from etl.parsing.rules import pattern, rule

_PLACES = re.compile(r"[(<〈〔][市县区旗州镇乡、]{1,8}[)>〉〕]")
"""Kinds of places in brackets, whose signs part no names."""
_NAME_LIMIT = 30
_FULL_NAME = 5
_AND = re.compile("以及|和|及|与")


@lru_cache(maxsize=8192)
def is_body(text: str) -> bool:
    """Whether a folded text is the name of a body and nothing else.

    >>> is_body("青禾县科学技术局"), is_body("推动众创社区建设中心"), is_body("空间布局")
    (True, False, False)
    >>> is_body("各县(市、区)人民政府"), is_body("市科技局、市财政局")
    (True, False)
    """
    if not 2 <= len(text) <= 40 or rule("name_parts", "not-a-name").pattern.search(text):
        return False
    return bool(pattern("bodies").search(text)) and not re.search(r"[,、\s]", _PLACES.sub("", text))


def names_in(text: str, start: int = 0) -> list[Name]:
    """The bodies of a folded list, as written; a nameless 有关部门 only where nothing else is named.

    >>> [n.text for n in names_in("市科技局、市财政局等部门,各区、县级市")]
    ['市科技局', '市财政局', '各区、县级市']
    >>> [n.text for n in names_in("有关部门按职责分工")]
    ['有关部门']
    """
    pieces = [piece for group in split_at(text, ",;", start) for piece in _rejoined(group)]
    names = [_without_tail(name) for piece in pieces for word in _spaced(piece) for name in _parted(word)]
    known = [n for n in names if n.text and len(n.text) <= _NAME_LIMIT]
    telling = [n for n in known if not rule("name_parts", "generic").pattern.match(n.text)]
    return telling or known


def bodies_joined(group: Name) -> list[Name]:
    """The bodies that a list joins by 、, where each is one by itself; else the list as a whole.

    >>> [n.text for n in bodies_joined(Name("云溪新区经发局、青禾高新区管委会", 0, 17))]
    ['云溪新区经发局', '青禾高新区管委会']
    >>> [n.text for n in bodies_joined(Name("各处室、中心", 0, 6))]
    ['各处室、中心']
    """
    pieces = _rejoined(group)
    return pieces if all(is_body(p.text) and _says_whose(p.text, group.text) for p in pieces) else [group]


def _says_whose(name: str, group: str) -> bool:
    """Whether a name stands by itself: a short one, or one behind 各, may lean on the name before it."""
    return bool(rule("name_parts", "scoped").pattern.match(name)) or (len(name) >= _FULL_NAME and "各" not in group)


def _rejoined(group: Name) -> list[Name]:
    """Cut at 、, but keep 各区、县级市 whole."""
    pieces: list[Name] = []
    for piece in split_at(group.text, "、", group.start):
        both = f"{pieces[-1].text}、{piece.text}" if pieces else ""
        if both and rule("name_parts", "spread").pattern.match(both):
            pieces[-1] = Name(both, pieces[-1].start, piece.end)
        else:
            pieces.append(piece)
    return _places_joined(group, pieces)


def _places_joined(group: Name, pieces: list[Name]) -> list[Name]:
    """Put places back to the last of them, which alone names what they have: 云溪、青禾经济开发区管委会."""
    joined: list[Name] = []
    for piece in pieces:
        first = piece.start
        while joined and rule("name_parts", "place-last").pattern.match(piece.text) and _is_place(joined[-1]):
            first = joined.pop().start
        joined.append(Name(group.text[first - group.start : piece.end - group.start], first, piece.end))
    return joined


def _is_place(name: Name) -> bool:
    return rule("name_parts", "place").pattern.match(name.text) is not None and not is_body(name.text)


def _spaced(piece: Name) -> list[Name]:
    """Cut at white space where names stand on all sides of it."""
    words = [Name(m.group(), piece.start + m.start(), piece.start + m.end()) for m in re.finditer(r"\S+", piece.text)]
    return words if len(words) > 1 and all(is_body(word.text) for word in words) else [piece]


def _parted(piece: Name) -> list[Name]:
    """Cut A和B where both are names (市人力资源和社会保障局 is one)."""
    for sign in _AND.finditer(piece.text):
        if is_body(piece.text[: sign.start()]) and is_body(piece.text[sign.end() :]):
            first = Name(piece.text[: sign.start()], piece.start, piece.start + sign.start())
            return [first, Name(piece.text[sign.end() :], piece.start + sign.end(), piece.end)]
    return [piece]


def _without_tail(name: Name) -> Name:
    tail = rule("name_parts", "et-cetera").pattern.search(name.text)
    text = name.text[: tail.start()] if tail and tail.start() else name.text
    text = text.rstrip()
    return Name(text, name.start, name.end - (len(name.text) - len(text)))
