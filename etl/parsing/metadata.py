"""The notice's metadata, each field from the place where it is said best."""

from __future__ import annotations

import re

from etl.document import Notice
from etl.parsing import facts as page_facts
from etl.parsing.brackets import split_at
from etl.parsing.dates import Dated, find_date
from etl.parsing.heads import Head
from etl.parsing.names import is_body
from etl.parsing.numbers import squeeze
from etl.parsing.outline import plain
from etl.parsing.page import fold
from etl.parsing.plans import plan_year, planned_in_text
from etl.parsing.rules import rule
from etl.parsing.titles import kind_of


def notice_of(head: Head, complete: tuple[bool | None, str]) -> Notice:
    """The metadata as a record."""
    title = head.title.text if head.title else head.facts.get("title")
    date, as_published = _written(head)
    issuers = _issuers(head)
    published = page_facts.moment(head.facts.get("published_at")) or _sent_later(head, date)
    number = _mended(head, date, published)
    return Notice(
        title=title,
        attached_title=head.attached,
        document_number=number,
        document_number_as_published=_number_as_published(head),
        issuer="、".join(issuers) or None,
        issuers=issuers,
        kind=kind_of(title) if title else None,
        written_on=date,
        written_on_as_published=as_published,
        published_at=head.page.document.facts.get("published_at") or published,
        addressees=tuple(plain(head.page.quote(a.start, a.end)) for a in head.addressees),
        salutation=head.salutation,
        index_number=head.facts.get("index_number"),
        breadcrumb=page_facts.path_of(head.facts.get("breadcrumb")),
        plan_year=plan_year(head.attached) or plan_year(title) or (planned_in_text(head.text) if title else None),
        is_complete=complete[0],
        completeness_evidence=complete[1],
    )


def _number_as_published(head: Head) -> str | None:
    if head.number:
        return head.page.quote(head.number.start, head.number.end)
    return head.facts.get("document_number")


def _mended(head: Head, written: str | None, published: str | None) -> str | None:
    """The document number with lost signs put back, if its year is the written or the published one."""
    number = head.number
    if number is None:
        told = head.facts.get("document_number")
        return squeeze(told) if told else None
    if number.form != "lost":
        return squeeze(head.page.quote(number.start, number.end))
    proposed = head.signature.date.readings if head.signature and head.signature.date else ()
    years = {int(date[:4]) for date in (written, published, *proposed) if date}
    return number.mended if number.year in years else None


def _issuers(head: Head) -> tuple[str, ...]:
    """The signing bodies, else those under the title or in it, else the letterhead, else the fact table."""
    if head.issuers:
        return tuple(dict.fromkeys(head.page.quote(*span) for span in head.issuers))
    shapes = [rule("titles", name).pattern for name in ("issuer", "order-issuer")]
    title = fold(head.title.text if head.title else head.facts.get("title", ""))
    named = next((match for shape in shapes if (match := shape.match(title))), None)
    if named:
        bodies = [body for n in split_at(fold(named["body"]), "、, ") for body in _run_together(n.text)]
        if bodies and all(is_body(body) for body in bodies):
            told = head.facts.get("issuer", "")
            return (told,) if len(bodies) == 1 and _names_more_fully(fold(told), bodies[0]) else tuple(bodies)
    other = head.front.letterhead or head.facts.get("issuer")
    return (other,) if other and is_body(fold(other)) else ()


def _names_more_fully(told: str, body: str) -> bool:
    """Whether the page's name of a body is the title's with its place, or with 人民 where the title says 政府.

    >>> _names_more_fully("河湾省东岭市人民政府", "东岭市政府"), _names_more_fully("东岭市科技局", "东岭市政府")
    (True, False)
    """
    return told.endswith((body, re.sub(r"(?<!人民)政府", "人民政府", body)))


def _run_together(body: str) -> list[str]:
    """The two bodies of a name that is a party committee's and a government's in one."""
    joint = rule("name_parts", "joint").pattern.match(body)
    return [joint["party"], joint["government"]] if joint else [body]


def _sent_later(head: Head, date: str | None) -> str | None:
    """The 发文日期 of a fact table is the page's date where the paper is signed on another day."""
    sent = page_facts.moment(head.facts.get("sent_on"))
    return sent if sent and date and sent[:10] != date else None


def _written(head: Head) -> tuple[str | None, str | None]:
    """The signing date and how it is written; a report has the day of the meeting."""
    if head.signature and head.signature.date:
        return head.signature.date.iso, head.page.quote(head.signature.date_start, head.signature.date_end)
    told = head.facts.get("written_on") or head.facts.get("sent_on")
    found: Dated | None = find_date(fold(told)) if told else None
    return (found.iso, told) if found else (None, None)
