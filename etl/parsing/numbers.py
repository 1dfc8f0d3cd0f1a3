"""Document numbers: every bracket form, and those whose signs the page lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from etl.parsing.rules import Rule, rule, table

_LONGEST = 120
_YEAR = re.compile(r"(?:19|20)\d\d")
_CODE = 24
"""How long an agency's code may be."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A document number as read: `written` without spaces, `mended` with the lost signs put back."""

    mended: str
    year: int | None
    start: int
    end: int
    form: str
    rule: str


def numbers_in(view: str) -> Iterator[Numbered]:
    """The whole document numbers in a folded text, without the words of the sentence before them."""
    for match in rule("number_parts", "year-and-serial").pattern.finditer(view):
        code = rule("number_parts", "agency").pattern.search(view, max(0, match.start() - _CODE), match.start())
        if code is None:
            continue
        lead = rule("number_parts", "before-number").pattern.match(code["agency"])
        first = code.start() + (lead.end() if lead else 0)
        if first < code.end("agency"):
            written = squeeze(view[first : match.end()])
            yield Numbered(written, int(match["year"]), first, match.end(), "whole", "whole")


def own_number(line: str, at: int) -> Numbered | None:
    """The document number that a folded line at offset `at` consists of (a signer may follow).

    >>> own_number("青科党201713", 0).mended, own_number("青政函〔2024〕16 号", 0).mended
    ('青科党〔2017〕13号', '青政函〔2024〕16号')
    >>> own_number("根据云政发〔2016〕107号文件精神", 0) is None
    True
    """
    if len(line) > _LONGEST or ("号" not in line and not _YEAR.search(line)):
        return None
    text = re.split(r"\s{2,}|\t|\s*签发人", line)[0].strip()
    text = re.sub(r"^(?:发文字号|文\s*号|编\s*号)(?:\s*:\s*|\s+)", "", text)
    if text.startswith("(") and text.endswith(")") and not text.startswith("(第"):
        text = text[1:-1].strip()
    offset = at + line.index(text)
    for shape in table("document_numbers"):
        match = shape.pattern.fullmatch(text)
        if match:
            return _numbered(shape, match, offset)
    return None


def number_beside(line: str, at: int) -> Numbered | None:
    """The document number that stands before or behind a title on the same folded line.

    >>> number_beside("关于印发要点的通知(青政发〔2017〕2号)", 0).mended
    '青政发〔2017〕2号'
    >>> number_beside("转发青政发〔2017〕2号文件的通知", 0) is None
    True
    """
    for name in ("number-before", "number-behind"):
        match = rule("titles", name).pattern.search(line) if _YEAR.search(line) else None
        if match:
            first, end = match.span("number")
            year = int(_YEAR.findall(match["number"])[0])
            return Numbered(squeeze(match["number"]), year, at + first, at + end, "whole", name)
    return None


def _numbered(shape: Rule, match: re.Match[str], at: int) -> Numbered:
    groups = match.groupdict()
    year = groups.get("year") or groups.get("year2")
    lost = shape.field("form") == "lost"
    mended = f"{groups['agency']}〔{year}〕{groups['serial']}号" if lost else squeeze(match.group())
    return Numbered(mended, int(year) if year else None, at, at + match.end(), shape.field("form"), shape.id)


def squeeze(text: str) -> str:
    """The text without white space."""
    return re.sub(r"\s", "", text)
