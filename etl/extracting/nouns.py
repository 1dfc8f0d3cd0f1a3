"""The noun that stands behind a unit: where it ends, and what only describes it."""

from __future__ import annotations

import re
from functools import cache

from etl.extracting.opening import verb_at
from etl.extracting.rulebook import unit_words, word_set

_STOP = re.compile(
    r"(?:和|及|与|以及|并|正在|另|对(?=[^外口接象策])|且|但|而|以|用于|由|等|来|使|为|从|至|到|或|，|支持|用来|左右|、|\+|/|～|—|-|”|’|》|」|（|\(|\)|）|已|将|均|都|，|在|占|同比|比|较|增长|提高|下降)"
)
# Every branch begins with a character, no look-behind: the search then goes by first characters.
PREDICATE = re.compile(
    "将|已|正在|并(?=带动|完成|通过|投入|实现|建成|取得|达到)|被(?!动|告|征)|均|全部|全面|都(?!市)|要(?<![重主需首]要)(?!素|点|闻|件)|实现|达到|完成(?!率|任务)|得到|基本|如期|按期|同比|进行|接受|领取|免费(?=提供|发放|体检|筛查)"
    "|入选(?=全国|国家|省|中国)|创成|晋升为|升格为|摘除|云集|聚集(?=[在于])|集中(?=[在于])|位于|来自|分布(?=[在于])|扎实|稳步|顺利|加快(?:推进|实施|展开)|有序(?:推进|实施|展开)|深入(?:推进|实施|展开)"
)
_GRADED = re.compile(r"[（(][^（()）]{1,6}[)）](?P<rest>级[^，。；、\d（(]{2,16})")
_BODY = re.compile(
    r"(?:[省市区县州]|各[省市区县乡]?)(?!级)[^，。；、\d]{2,10}?(?:局|委|办|厅|办公室|委员会|政府)(?:、|$)"
)
_TRAILING = ("以及", "和", "及", "与", "并", "、", "，")
_ADVERBS = ("也", "还", "均", "都", "就", "仍", "再次", "陆续", "相继", "先后")
_ADVERB_END = re.compile(r"(?<=..)(?:[也还均都就仍]|再次|陆续|相继|先后)+$")
_TWO_MODIFIERS = re.compile(r"[^的，]{1,6}的(?:具有|拥有|集|以|能)[^的，]{2,20}的(?=...)")
_CLAUSE_LIKE = re.compile("能够?|可以?|善于|熟悉|掌握|符合|经|愿意|致力|从事|在|为|从|用于|由|使|对")
_SIZED = re.compile(r"\d[万亿]|[超达过]\d|\d[^的]*以[上下]")
_DIGIT = re.compile(r"\d")
_LONG_MODIFIER = 10
_SHORTEST_HEAD = 5
_GENERAL = ("项目", "企业", "集群", "园区", "基地", "单位", "产业", "工程")


def after_noun(text: str, at: int, end: int) -> tuple[str, int]:
    """The noun that stands directly behind a unit, and where it ends.

    >>> after_noun("10个国家级、省级试点示范工作，提高", 3, 15)
    ('国家级、省级试点示范工作', 15)
    >>> after_noun("3个园区、改造老旧小区", 2, 11)
    ('园区', 4)
    >>> after_noun("9名能够带动产业、熟悉市场的领军人才，", 2, 18)
    ('领军人才', 18)
    """
    start = at + 1 if text.startswith("的", at) else at
    modified = _modifier(text[start:end]) if start < end else 0
    if start >= end or (not modified and _STOP.match(text, start)):
        return "", at
    start += modified
    piece = text[start : _cut(text, start, end)]
    if piece in word_set("empty") or _BODY.match(piece):
        return "", at
    noun = piece[: _series_end(piece)] if "、" in piece else piece
    grade = _GRADED.match(text, start + len(noun)) if noun in word_set("place") else None
    if grade:
        return noun + grade["rest"], grade.end()
    noun = noun.removesuffix(next((word for word in _TRAILING if noun.endswith(word)), ""))
    bare = _ADVERB_END.sub("", noun) if noun.endswith(_ADVERBS) else noun
    return without_size(bare), start + len(noun)


def _modifier(piece: str) -> int:
    """How long a clause is that only describes the noun behind it (能够突破技术、带动产业的人才), with its 的."""
    at = piece.find("的")
    double = _TWO_MODIFIERS.match(piece) if at > 0 else None
    if double:
        return double.end()
    if at < 2 or len(piece) - at < 3:
        return 0
    clause = piece[:at]
    if _CLAUSE_LIKE.match(clause) or len(clause) >= _LONG_MODIFIER or _SIZED.search(clause):
        return at + 1
    return 0


@cache
def _size() -> re.Pattern[str]:
    units = "|".join(sorted(map(re.escape, unit_words().tokens), key=len, reverse=True))
    number = r"\d+(?:\.\d+)?(?:[-—~～至]\d+(?:\.\d+)?)?"
    size = rf"(?:年产值?|日产|日处理|单机|装机|总?投资|规模)?(?:超过?|达到?|不低于)?{number}[万亿千百]*(?:{units})"
    return re.compile(rf"{size}(?:级|以上|以下|以内|及以上)?(?!级|以|及以)(?:的(?=.{{5}})|(?=[^的].{{2}}))")


def without_size(name: str) -> str:
    """A name without a measure in front that only says how large the thing is.

    >>> without_size("年产3万吨以下小煤矿"), without_size("5亿元以上项目"), without_size("总投资超9亿元的农业产业项目")
    ('小煤矿', '5亿元以上项目', '农业产业项目')
    """
    found = _size().match(name) if _DIGIT.search(name) else None
    return name[found.end() :] if found and not name[found.end() :].startswith(_GENERAL) else name


def without_modifier(name: str) -> str:
    """A name without the clause or the size that only describes it.

    >>> without_modifier("掌握核心技术、拥有自主产权的创新创业团队"), without_modifier("每万人拥有的床位")
    ('创新创业团队', '每万人拥有的床位')
    """
    modifier = _modifier(name)
    kept = name.startswith("每") or "占" in name or len(name) - modifier < _SHORTEST_HEAD
    return without_size(name if kept else name[modifier:])


def _cut(text: str, start: int, end: int) -> int:
    """Where a predicate begins behind the noun (13条接头路将全部打通)."""
    found = PREDICATE.search(text, start + 2, end)
    return found.start() if found else end


def _series_end(piece: str) -> int:
    """Where the noun ends at a 、: before a verb, or behind a word that can stand alone."""
    at = piece.find("、")
    while at != -1:
        if verb_at(piece, at + 1) or not _is_modifier(piece[:at], piece[at + 1 :]):
            return at
        at = piece.find("、", at + 1)
    return len(piece)


def _is_modifier(word: str, rest: str) -> bool:
    """Whether a word before a 、 only describes, as one does that is short, a kind, or alike to the next."""
    last = word.rsplit("、", 1)[-1]
    alike = last[:2] == rest[:2] and len(rest) > len(last)
    return len(last) <= 4 or last[-1] in "级类型性化" or alike
