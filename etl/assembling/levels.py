"""At which level a cited paper was issued, from words that mean it everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from etl.assembling.regions import Regions, short_name

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_NATIONAL_CODE = re.compile(r"国[^〔]*|中发|中办[^〔]*|国务院令?")
_PROVINCIAL_CODE = re.compile(rf"[{_PROVINCES}](?:政|委|府|办|发|科|财|发改|人社|教|农|工信|环|卫|市监)[^〔]*")
_RANK = {"国": "国家", "省": "省", "市": "市", "县": "县", "功能区": "县"}
_WORDS = (
    ("国家", re.compile(r"国家|国务院|中共中央|中央|全国|中华人民共和国")),
    ("省", re.compile(r"省(?:委|政府|人民政府|级|[^内外])|自治区")),
    ("市", re.compile(r"市(?:委|政府|人民政府|级)")),
    ("县", re.compile(r"[县区](?:委|政府|人民政府|级)")),
)
_ISSUER_BEFORE = re.compile(
    r"(国家|国务院|中共中央|中央|省|市|县|区)(?:[委府局厅办]|政府|委办公室|政府办公室)*(?:印发的?|发布的?|的)?$"
)
_LIST_BEFORE = re.compile(r"《[^《》]*》(?:[（(][^（）()]*[）)])?[、和及与]$")
_OPENING = re.compile(r"(?:\d{4}年)?(国家|全国|省|市|县|区)(?!域|区|内|外|场)")


def level_of(title: str, number: str | None, before: Sequence[str], regions: Regions) -> str:
    """国家, 省, 市, 县 or 其他: by number, place in the title, words before it, the title's own words."""
    guesses = [*_by_number(number, regions), *_by_place(title, regions), *_by_context(before), *_by_words(title)]
    return guesses[0] if guesses else "其他"


def tells_level(before: str) -> bool:
    """Whether the words before a citation say who issued the paper."""
    return any(_by_context([before]))


def _by_number(number: str | None, regions: Regions) -> Iterator[str]:
    """An agency's code begins with a sign for its place: the collection's own, 国, or a province's."""
    code = (number or "").split("〔")[0]
    if _NATIONAL_CODE.fullmatch(code):
        yield "国家"
    elif code and (home := regions.row(regions.home)) and code[0] == home["name"][0]:
        yield _RANK[home["level"]]
    elif _PROVINCIAL_CODE.fullmatch(code):
        yield "省"


def _by_place(title: str, regions: Regions) -> Iterator[str]:
    """The lowest of the places that the title names."""
    named = {r["level"] for r in regions.rows if r["name"] in title or short_name(r["name"]) in title}
    yield from [rank for level, rank in reversed(_RANK.items()) if level in named][:1]


def _by_context(before: Sequence[str]) -> Iterator[str]:
    for words in before:
        while listed := _LIST_BEFORE.search(words):
            words = words[: listed.start()]
        if issuer := _ISSUER_BEFORE.search(words):
            yield _rank(issuer[1])


def _by_words(title: str) -> Iterator[str]:
    if opening := _OPENING.match(title):
        yield _rank(opening[1])
    yield from (level for level, pattern in _WORDS if pattern.search(title))


def _rank(word: str) -> str:
    return {"省": "省", "市": "市", "县": "县", "区": "县"}.get(word, "国家")
