"""Proposals to mend what the page lost; the text as published stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from etl.document import Notice, Repair, Task
from etl.parsing.heads import Head
from etl.parsing.page import ENDS, Page, fold
from etl.parsing.rules import Rule, table

_CLOSED = ENDS | set(")〕】]”’》")


def repairs_of(page: Page, head: Head, notice: Notice, tasks: Sequence[Task]) -> tuple[Repair, ...]:
    """All proposals in the order of the text."""
    found = [*_number(head, notice), *_date(head), *_by_rules(page, notice), *_full_stops(page, tasks)]
    seen: dict[tuple[int, int], Repair] = {}
    for repair in found:
        seen.setdefault((repair.start, repair.end), repair)
    return tuple(sorted(seen.values(), key=lambda r: (r.start, r.end)))


def _number(head: Head, notice: Notice) -> Iterator[Repair]:
    number = head.number
    if number is None or number.form != "lost":
        return
    before, after = head.page.quote(number.start, number.end), notice.document_number
    rule_id = f"document-number-{number.rule}"
    if after:
        reason = f"文号疑丢失括号或“号”字；年份{number.year}与成文或发布年份相符"
        yield Repair(rule_id, number.start, number.end, before, after, 0.95, reason)
    else:
        reason = "文号疑丢失括号，但其年份与成文或发布年份不符，不作修补"
        yield Repair(f"flag-{rule_id}", number.start, number.end, before, before, 0.0, reason)


def _date(head: Head) -> Iterator[Repair]:
    """The signing date with its lost signs, or a flag where it can be read in more than one way."""
    signature = head.signature
    if signature is None or signature.date is None or not signature.date.rule.endswith("lost"):
        return
    start, end, before = signature.date_start, signature.date_end, ""
    before = head.page.quote(start, end)
    readings = [_in_words(iso, before) for iso in signature.date.readings]
    if len(readings) == 1:
        certain = signature.date.iso is not None
        reason = "成文日期疑丢失“年”“月”“日”“〇”等字，补后只有一种读法" + (
            "" if certain else "；只作建议，不作成文日期"
        )
        yield Repair(signature.date.rule, start, end, before, readings[0], 0.9 if certain else 0.6, reason)
    else:
        reason = f"成文日期疑丢失“年”“月”“〇”等字，可读作{'或'.join(readings)}，不作修补"
        yield Repair("flag-date-ambiguous", start, end, before, before, 0.0, reason)


def _in_words(iso: str, before: str) -> str:
    """A date as a notice writes it, the year in Chinese numerals where the text has them."""
    year, month, day = iso.split("-")
    if before[0].isdecimal():
        return f"{year}年{int(month)}月{int(day)}日"
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in year) + before[before.index("年") :]


def _by_rules(page: Page, notice: Notice) -> Iterator[Repair]:
    for shape in table("repairs"):
        if shape.field("needs") not in page.view or (shape.field("level") == "local" and not _is_local(notice)):
            continue
        for match in shape.pattern.finditer(page.view):
            if not shape.fields.get("years") or 0 < int(match["b"]) - int(match["a"]) <= 30:
                yield _mended(page, shape, match)


def _mended(page: Page, shape: Rule, match: re.Match[str]) -> Repair:
    whole = bool(shape.field("after"))
    start, end = match.span() if whole else match.span("a")
    before = page.quote(start, end)
    after = match.expand(shape.field("after")) if whole else before
    return Repair(shape.id, start, end, before, after, float(shape.fields["confidence"]), shape.field("reason"))


def _is_local(notice: Notice) -> bool:
    """Whether a city, district or county speaks: by its issuer, else by its title."""
    name = fold(notice.issuer or notice.title or "")
    return bool(re.search(r"[市区县州盟旗镇乡]", name)) and not re.match(r"(?:中共)?\w{0,6}省(?!\w*[市县区])", name)


def _full_stops(page: Page, tasks: Sequence[Task]) -> Iterator[Repair]:
    """Items without a sign at their end, where most items have one."""
    items = [t for t in tasks if t.text and page.view[t.start : t.end].count("\n") < 40]
    open_ended = [t for t in items if fold(t.text[-1]) not in _CLOSED]
    if not open_ended or len(open_ended) * 2 >= len(items):
        return
    for task in open_ended:
        last = page.quote(task.end - 1, task.end)
        reason = f"第{task.number}项末尾没有句号，而其他各项多有，疑丢失"
        yield Repair("full-stop-at-item-end", task.end - 1, task.end, last, f"{last}。", 0.8, reason)
