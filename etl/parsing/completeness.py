"""Whether a text is complete, and what speaks for it, in Chinese."""

from __future__ import annotations

from collections.abc import Sequence

from etl.document import Task
from etl.parsing.dates import whole_date
from etl.parsing.outline import Node
from etl.parsing.page import ENDS, Page
from etl.parsing.rules import is_line_of, rule, table


def completeness(page: Page, nodes: Sequence[Node], tasks: Sequence[Task]) -> tuple[bool | None, str]:
    """True or false only where the text says so; otherwise `None`. The sentence gives the evidence."""
    omitted = _omission(page)
    if omitted:
        return False, f"文中有“{omitted}”字样：内容有省略。"
    if _has_imprint(page):
        return True, "文末有抄送或印发机关等版记：正文到此为止。"
    return None, f"{_where_it_ends(page, tasks)}，其后没有版记{_not_covered(page, nodes)}：不能确定是否完整。"


def _omission(page: Page) -> str | None:
    """The mark, as written, that a part was left out."""
    for line in page.lines:
        if "略" in line.text or "节选" in line.text:
            mark = rule("layout", "omission").pattern.search(line.text)
            if mark:
                return page.quote(line.start + mark.start(), line.start + mark.end())
    return None


def _has_imprint(page: Page) -> bool:
    closing = (rule("tail", "copies").pattern, rule("tail", "imprint").pattern)
    return any(shape.search(line.text) for line in page.lines[-12:] for shape in closing)


def _where_it_ends(page: Page, tasks: Sequence[Task]) -> str:
    if tasks:
        return f"文中第{tasks[-1].number}项后即止" if tasks[-1].number.isdigit() else f"文中“{tasks[-1].number}”后即止"
    last = next((line.text for line in reversed(page.lines) if not is_line_of("tail", line.text)), "")
    if whole_date(last):
        return "文字以落款日期结束"
    return "文字在一句完整的话后即止" if last[-1:] in ENDS else "文字在没有句末标点处即止"


def _not_covered(page: Page, nodes: Sequence[Node]) -> str:
    """Aims that the lead-in names and that no heading takes up."""
    headings = "".join(page.view[n.entry.text_start : n.entry.heading.end] for n in nodes if n.entry.heading)
    if not headings or not nodes:
        return ""
    lead = page.view[max(0, nodes[0].entry.start - 1500) : nodes[0].entry.start]
    aims = [m["aim"] for shape in table("aims") for m in shape.pattern.finditer(lead)]
    missing = [aim for aim in dict.fromkeys(aims) if aim not in headings]
    return f"，而前言提及的“{'”“'.join(missing)}”未见于任何标题" if missing else ""
