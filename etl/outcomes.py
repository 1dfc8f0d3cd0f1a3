"""What to tell people about each source: what was read, what is doubtful and why, what was held back or refused."""

from __future__ import annotations

from collections.abc import Iterator

from etl.batch import Job, Outcome, Reading
from etl.correcting import REVIEW_BELOW
from etl.document import Parsed
from etl.form import has_form
from etl.titles import in_marks


def told(job: Job, outcome: Outcome) -> str:
    """One line for one source."""
    if outcome.reading is None:
        return f"✗ {job.path.name}：{outcome.refusal}"
    return f"✓ {job.path.name}：{summary(outcome.reading)}"


def summary(reading: Reading) -> str:
    """What was read in a source, and below it what is doubtful, a line each."""
    return _counts(reading) + "".join(f"\n    · {doubt}" for doubt in _doubts(reading))


def _counts(reading: Reading) -> str:
    parsed, extraction = reading.parsed, reading.extraction
    title = parsed.notice.title or "（未读出标题）"
    counted = {
        "章": len(parsed.chapters),
        "任务": len(parsed.tasks),
        "目标": len(extraction.targets),
        "已公布的数": len(extraction.reported),
        "引用": len(parsed.citations),
    }
    return f"{in_marks(title)}，" + "、".join(f"{name} {count}" for name, count in counted.items() if count)


def _doubts(reading: Reading) -> Iterator[str]:
    yield from reading.document.warnings
    if not _looks_like_a_notice(reading.parsed):
        yield "不像公文：没有公文的标题、文号、发文机关和条目，等编辑决定（见 etl review），之前不发布。"
    elif reading.parsed.notice.title is None:
        yield "没有读出标题，暂用网页标题或文件名。"
    for repair in reading.parsed.repairs:
        kind = "只标记" if repair.before == repair.after else f"建议改为“{repair.after}”"
        yield f"“{repair.before}”{kind}：{repair.reason}"
    for quantity in (*reading.extraction.targets, *reading.extraction.reported):
        if quantity.confidence < REVIEW_BELOW:
            yield f"“{quantity.quote}”把握不大（{quantity.confidence:.2f}），等编辑决定。"


def _looks_like_a_notice(parsed: Parsed) -> bool:
    notice = parsed.notice
    told = (notice.document_number, notice.document_number_as_published, notice.issuer, notice.issuers, notice.kind)
    return has_form(notice.title, *told, notice.attached_title, notice.addressees, parsed.tasks, parsed.chapters)
