"""Known names looked up in a text, each where it stands by itself and not as a part of a longer one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

_PLACELESS = re.compile("[省市县区]")
"""How a name begins that leaves its place out: 市科技局 is any city's."""
_OTHER_PLACE = re.compile("[\u4e00-\u9fff]$")
_BOUND = re.compile(
    "(?:[由经与和及向对在将为请据给是的了或]|推进|加快|加强|建设|依托|支持|会同|联合|配合|协助|指导|发挥|组织|贯彻|落实"
    "|参照|根据|按照|成立|设立|组建|完善|推动|促进|提请|报请|委托|授权|督促|作为|运行好|建好|办好)$"
)
"""Words behind which a name that leaves its place out begins; other words may be its place."""
_GOES_ON = re.compile("[长令网](?!期|远)|采购|门户|办公|党组|党委|工会|团委|纪检|纪委|下属|直属|所属|机关")
"""What makes another name or a person of a body's name."""
_REACH = 3


class Lexicon:
    """Names as a set that a text is read against once."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted({name for name in names if len(name) > 1})

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where known names stand, in order; of names that overlap the longest of the first.

        >>> known = Lexicon(["市水利局", "市水利局党组", "青禾市水利局"])
        >>> list(known.places("由市水利局党组和青禾市水利局、云溪市水利局"))
        [(1, 7), (8, 14)]
        """
        last = 0
        for start, end in sorted(self._found(text), key=lambda span: (span[0], -span[1])):
            if start >= last and _stands_alone(text, start, end):
                yield start, end
                last = end

    def _found(self, text: str) -> Iterator[tuple[int, int]]:
        if self._names:
            yield from ((end + 1 - length, end + 1) for end, length in self._automaton.iter(text))

    @cached_property
    def _automaton(self) -> Any:
        import ahocorasick

        automaton = ahocorasick.Automaton()
        for name in self._names:
            automaton.add_word(name, len(name))
        automaton.make_automaton()
        return automaton


def _stands_alone(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _REACH) : start]
    if _PLACELESS.match(text[start]) and _OTHER_PLACE.search(before) and not _BOUND.search(before):
        return False
    return not _GOES_ON.match(text, end)
