"""Which words name the thing that a number is said of."""

from __future__ import annotations

import re

from etl.extracting.peeling import peel, verb_at
from etl.extracting.rulebook import word_set

_STOP = re.compile(
    r"(?:和|及|与|以及|并|且|但|而|以|用于|由|等|来|使|为|从|至|到|或|，|支持|用来|左右|、|\+|/|～|—|-|”|’|》|」|（|\(|\)|）|已|将|均|都|，|在|占|同比|比|较|增长|提高|下降)"
)
_SPLIT_PLAIN = re.compile("、|和|以及")
_SPLIT = re.compile("、|和|与|以及|(?<![普以])及(?![格时其])")
_DESCRIBED = re.compile("(?<=..)(?:明显|持续|不断|稳步|进一步|显著|大幅|平稳|较快|快速|全面|深入|继续|加快|有序|顺利)")
_EFFORT = re.compile(
    "^(?:要|继续|进一步)?(?:加大|加强|强化|加快|深化|完善|健全|大力|着力|全力)+|(?:力度|步伐|进度|工作)$"
)
PREDICATE = re.compile(
    "将|已|被(?!动|告|征)|均|全部|全面|都(?!市)|(?<![重主需首])要(?!素|点|闻|件)|实现|达到|完成(?!率|任务)|得到|基本"
    "|云集|聚集(?=[在于])|集中(?=[在于])|位于|来自|分布(?=[在于])|扎实|稳步|顺利|(?:加快|有序|深入|全面)(?:推进|实施|展开)"
)
_SERIES = re.compile(r"^[、和及与以并，]+(?:以及|及其)?")
_LIST_END = re.compile(r"(?<![高中初平同优上对特一二三四均])等(?!级|候|待|额|同)(?P<rest>.{2,})$")
_TRAILING = re.compile(r"(?:和|及|与|以及|并|、|，)$")
_SUFFIXES = (
    "增加值", "总产值", "产值", "收入", "增速", "投资", "销售额", "总额", "产量", "总量", "面积", "比重", "占比",
    "覆盖率", "普及率", "总值", "率", "数量", "拥有量", "申请量", "授权量", "量", "额", "数", "值",
)  # fmt: skip


def after_noun(text: str, at: int, end: int) -> tuple[str, int]:
    """The noun that stands directly behind a unit, and where it ends.

    >>> after_noun("10个国家级、省级试点示范工作，提高", 3, 15)
    ('国家级、省级试点示范工作', 15)
    >>> after_noun("3个园区、改造老旧小区", 2, 11)
    ('园区', 4)
    """
    start = at + 1 if text.startswith("的", at) else at
    if start >= end or _STOP.match(text, start):
        return "", at
    piece = text[start : _cut(text, start, end)]
    if piece in word_set("empty"):
        return "", at
    noun = _TRAILING.sub("", piece[: _series_end(piece)])
    return noun, start + len(noun)


def _cut(text: str, start: int, end: int) -> int:
    """Where a predicate begins behind the noun (13条接头路将全部打通)."""
    found = PREDICATE.search(text, start + 2, end)
    return found.start() if found else end


def _series_end(piece: str) -> int:
    """Where the noun ends at a 、: before a verb, or behind a word that can stand alone."""
    at = piece.find("、")
    while at != -1:
        if verb_at(piece, at + 1) or not _is_modifier(piece[:at]):
            return at
        at = piece.find("、", at + 1)
    return len(piece)


def _is_modifier(word: str) -> bool:
    last = word.rsplit("、", 1)[-1]
    return len(last) <= 4 or last[-1] in "级类型性化"


def subjects(name: str, *, respectively: bool = True) -> list[str]:
    """The subjects of a list, with what the others leave out restored.

    >>> subjects("农业、工业、服务业增加值")
    ['农业增加值', '工业增加值', '服务业增加值']
    >>> subjects("专利申请量、授权量")
    ['专利申请量', '专利授权量']
    """
    names = [part for part in (_SPLIT if respectively else _SPLIT_PLAIN).split(name) if part]
    if len(names) < 2:
        return names
    suffix = _shared_suffix(names[-1])
    if suffix and not any(n.endswith(_SUFFIXES) for n in names[:-1]):
        names = [*(n + suffix for n in names[:-1]), names[-1]]
    return [names[0], *(_with_prefix(names[0], n) for n in names[1:])]


def _shared_suffix(name: str) -> str:
    """The indicator at the end of a list's last name, which the names before it share."""
    known = next((s for s in _SUFFIXES if len(s) > 1 and name.endswith(s) and len(name) > len(s)), "")
    return known or (name[-3:] if len(name) > 3 and name[-1] in "率量额数值度" else "")


def _with_prefix(first: str, name: str) -> str:
    short = len(first) - len(name)
    if 1 < short <= 8 and name[-1] == first[-1] and len(name) <= 4:
        return first[:short] + name
    return name


def behind_list(name: str) -> str:
    """What follows 等 when a list stands before it.

    >>> behind_list("“863计划”、火炬计划等各类科技项目")
    '各类科技项目'
    """
    found = _LIST_END.search(name)
    return found["rest"] if found and "、" in name[: found.start()] else name


def last_piece(lead: str) -> str:
    """The part of a head behind the last 、 that begins a statement of its own."""
    at = lead.rfind("、") if not re.search("[各均]|分别", lead) else -1
    while at > 0:
        if verb_at(lead, at + 1) and len(verb_at(lead, 0)) != at:
            return lead[at + 1 :]
        at = lead.rfind("、", 0, at)
    return lead


def strip_series(lead: str) -> tuple[str, bool]:
    """A head without the 、 or 和 that joins it to the number before, and whether there was one."""
    found = _SERIES.match(lead)
    return (lead[found.end() :], True) if found else (lead, False)


def topic(clause: str) -> str:
    """What a clause without a number speaks of.

    >>> topic("实施雨污分流改造")
    '雨污分流改造'
    """
    clause = _EFFORT.sub("", clause)
    name = _DESCRIBED.split(peel(re.split(r"\d", clause, maxsplit=1)[0], False).name, maxsplit=1)[0]
    return name if 1 < len(name) <= 30 else ""


def with_topic(name: str, subject: str) -> str:
    """A name that can't stand alone, behind what it is said of.

    >>> with_topic("覆盖率", "雨污分流改造")
    '雨污分流改造覆盖率'
    """
    if not subject or name not in word_set("bare") or subject.endswith(name):
        return name
    other = next((word for word in word_set("bare") if len(word) < len(subject) and subject.endswith(word)), "")
    return subject.removesuffix(other) + name


def as_share(name: str) -> str:
    """A name with 占 in it as the name of a share.

    >>> as_share("高速铁路占世界"), as_share("研发投入占生产总值比重"), as_share("民营企业")
    ('高速铁路占世界比重', '研发投入占生产总值比重', '民营企业占比')
    """
    if name.endswith(("比重", "比例", "占比", "率", "份额", "比", "数")):
        return name
    return name + ("比重" if "占" in name else "占比")
