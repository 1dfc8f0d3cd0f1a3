"""Which words name the thing that a number is said of."""

from __future__ import annotations

import re

from etl.extracting.opening import verb_at
from etl.extracting.peeling import peel
from etl.extracting.rulebook import word_at_end, word_set

_SHARED = re.compile("[各均]|分别")
_SPLIT_PLAIN = re.compile("、|和|以及")
_SPLIT = re.compile("、|和|与|以及|(?<![普以涉])及(?![格时其以])")
_DESCRIBED = re.compile(
    "(?<=..)(?:明显|持续|不断|稳步|进一步|显著|大幅|连续|取得|平稳|较快|快速|全面|深入|继续|加快|有序|顺利|已实现|已连续|创历史|再创|创下|喜获)"
)
_EFFORT = re.compile(
    "^(?:要|继续|进一步)?(?:加大|加强|强化|加快|深化|完善|健全|大力|着力|全力)+|(?:力度|步伐|进度|工作)$"
)
COVERS = re.compile("(?<=..)(?:覆盖|惠及|涵盖|辐射|服务)(?=所有|全部|全市|全县|$)")
REACHES = frozenset(("惠及", "覆盖", "服务", "受益"))
TOWARDS = re.compile("[为对给向将把使让](?:全[市县区省国乡镇]|辖区|我[市县区省])?$|^[为对给向][^，、]{2,14}的$")
_GRADE = re.compile(r"^(?:(?:国家|[省市县区乡镇村州])+级|其他|大型|中型|小型)")
_ON_TOP = re.compile("在[^，。；]{2,20}(?:基础上|前提下|情况下)$")
_NO_TOPIC = re.compile(
    "^(?:已|均|都|全部|正在|目前|[居排][全第首名]|位[居列]|分居|剔除|扣除|除去|不含)|(?:来看|看|来说)$"
)
_GROWTH = frozenset(("增速", "增幅", "涨幅", "降幅", "增长率"))
_LONGEST_TOPIC = 22
_JOINING = tuple("、和及与以并，）")
_SERIES = re.compile(rf"[{''.join(_JOINING)}]+(?:以及|及其)?")
_LIST_END = re.compile(r"(?<![高中初平同优上对特一二三四均])等(?!级|候|待|额|同)(?P<rest>.{2,})$")
_OWNS_NOTHING = ("合同", "存款", "贷款", "外资", "进出口", "消费品", "能耗", "年产能")
_HAVING = re.compile("每[^年月日天周，。；、]{1,8}?拥有(?=.)")
_ORDINAL = re.compile("第?[一二三四五]")
_SUFFIXES = (
    "增加值", "落后生产能力", "落后产能", "生产能力", "产能", "能力", "总产量", "总产值", "余额", "出栏", "存栏",
    "产值", "收入", "增速", "投资", "销售额", "总额", "产量", "总量", "面积", "比重", "占比",
    "覆盖率", "普及率", "总值", "率", "数量", "拥有量", "申请量", "授权量", "量", "额", "数", "值",
)  # fmt: skip


def subjects(name: str, *, respectively: bool = True) -> list[str]:
    """The subjects of a list, with what the others leave out restored.

    >>> subjects("农业、工业、服务业增加值")
    ['农业增加值', '工业增加值', '服务业增加值']
    >>> subjects("专利申请量、授权量")
    ['专利申请量', '专利授权量']
    """
    names = [part for part in (_SPLIT if respectively else _SPLIT_PLAIN).split(name) if part]
    if len(names) == 1 and respectively and "城乡" in name:
        return [name.replace("城乡", "城市" if "低保" in name else "城镇"), name.replace("城乡", "农村")]
    if len(names) < 2:
        return names
    ordinal = _ORDINAL.match(names[-1])
    if ordinal and all(map(_ORDINAL.fullmatch, names[:-1])):
        return [*(n + names[-1][ordinal.end() :] for n in names[:-1]), names[-1]]
    if all(name in word_set("place") for name in names[:-1]):
        place = max((word for word in word_set("place") if names[-1].startswith(word)), key=len, default="")
        return [*(n + names[-1].removeprefix(place) for n in names[:-1]), names[-1]] if place else names
    names = _with_owner(names)
    suffix = _shared_suffix(names[-1], names[0])
    if suffix and not any(n.endswith(_SUFFIXES) for n in names[:-1]):
        names = [*(n + suffix for n in names[:-1]), names[-1]]
    return [names[0], *(_with_prefix(names[0], n) for n in names[1:])]


def _with_owner(names: list[str]) -> list[str]:
    """规模工业增加值、利税: a name that can't stand alone belongs to what the first is said of."""
    bare = word_set("bare")
    own = word_at_end("bare", names[0], 2)
    owner = names[0].removesuffix(own) if own else ""
    return [names[0], *(owner + name if owner and name in bare else name for name in names[1:])]


def with_grade(name: str, previous: str) -> str:
    """省级 beside 市级示范园区 is short for 省级示范园区.

    >>> with_grade("省级", "市级示范园区"), with_grade("规模以上的", "加工企业")
    ('省级示范园区', '规模以上加工企业')
    """
    return name.removesuffix("的") + _GRADE.sub("", previous)


def of_each_so_many(name: str, previous: str) -> str:
    """What so many people have is also asked of the next thing (每千人口拥有医师2人、床位5张).

    >>> of_each_so_many("床位", "每千人口拥有医师"), of_each_so_many("床位", "医师")
    ('每千人口拥有床位', '床位')
    """
    having = _HAVING.match(previous) if not name.startswith("每") else None
    return having.group() + name if having else name


def _shared_suffix(name: str, first: str) -> str:
    """The indicator at the end of a list's last name, which the names before it share."""
    alike = name.find(first[-2:]) if len(first) > 2 else -1
    if alike > 0 and len(name) - alike - 2 > 1:
        return name[alike + 2 :]
    if len(first) <= 3 and name[len(first) - 1 : len(first)] == first[-1] and len(name) > len(first) + 1:
        return name[len(first) :]
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
    found = _LIST_END.search(name) if "等" in name else None
    return found["rest"] if found and "、" in name[: found.start()] else name


def last_piece(lead: str) -> str:
    """The part of a head behind the last 、 that begins a statement of its own."""
    at = lead.rfind("、")
    if at > 0 and _SHARED.search(lead):
        return lead
    while at > 0:
        if verb_at(lead, at + 1) and len(verb_at(lead, 0)) != at:
            return lead[at + 1 :]
        at = lead.rfind("、", 0, at)
    return lead


def strip_series(lead: str) -> tuple[str, bool]:
    """A head without the 、 or 和 that joins it to the number before, and whether there was one."""
    if not lead.startswith(_JOINING):
        return lead, False
    found = _SERIES.match(lead)
    return (lead[found.end() :], True) if found else (lead, False)


def topic(clause: str) -> str:
    """What a clause without a number speaks of.

    >>> topic("实施雨污分流改造")
    '雨污分流改造'
    """
    if _NO_TOPIC.search(clause):
        return ""
    clause = _EFFORT.sub("", _ON_TOP.sub("", clause))
    name = _DESCRIBED.split(peel(re.split(r"\d", clause, maxsplit=1)[0], False).name, maxsplit=1)[0]
    name = name if len(name) <= _LONGEST_TOPIC else behind_list(name)
    return name if 1 < len(name) <= _LONGEST_TOPIC else ""


def with_topic(name: str, subject: str) -> str:
    """A name that can't stand alone, behind what it is said of.

    >>> with_topic("覆盖率", "雨污分流改造")
    '雨污分流改造覆盖率'
    """
    if not subject or name not in word_set("bare") or subject.endswith(name) or subject in word_set("bare"):
        return name
    if name in _GROWTH:
        return subject + name
    owner = subject.removesuffix(word_at_end("bare", subject))
    return name if owner.endswith(_OWNS_NOTHING) else owner + name


def as_share(name: str) -> str:
    """A name with 占 in it as the name of a share.

    >>> as_share("高速铁路占世界"), as_share("研发投入占生产总值比重"), as_share("民营企业")
    ('高速铁路占世界比重', '研发投入占生产总值比重', '民营企业占比')
    """
    if name.endswith(("比重", "比例", "占比", "率", "份额", "比", "数")):
        return name
    return name + ("比重" if "占" in name else "占比")
