"""The notice's metadata, each field from the place where it is said best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from etl.document import Notice
from etl.parsing import facts as page_facts
from etl.parsing.addressees import find_addressees, find_salutation
from etl.parsing.dates import Dated, find_date
from etl.parsing.front import Front, read_front
from etl.parsing.names import Name, is_body, split_at
from etl.parsing.numbers import Numbered, number_beside, own_number, squeeze
from etl.parsing.outline import plain
from etl.parsing.page import Page, fold
from etl.parsing.papers import attached_title, paper_in_text
from etl.parsing.plans import plan_year, planned_in_text
from etl.parsing.rules import rule
from etl.parsing.signature import Signature, bodies_alone, find_signature
from etl.parsing.titles import Title, find_title, kind_of


@dataclass(frozen=True)
class Head:
    """All that was found about a notice, with its places, before it is put in words."""

    page: Page
    front: Front
    title: Title | None
    signature: Signature | None
    number: Numbered | None
    addressees: tuple[Name, ...] = ()
    salutation: str | None = None
    facts: dict[str, str] = field(default_factory=dict)
    attached: str | None = None

    @property
    def text(self) -> str:
        """The folded text under the title."""
        return self.page.view[self.title.end if self.title else 0 :]

    @property
    def issuers(self) -> tuple[tuple[int, int], ...]:
        """Where the issuing bodies stand: in the signature block, else below the title, else above it."""
        if self.signature and self.signature.bodies:
            return self.signature.bodies
        below = [line for line in self.front.lines if self.title and line.start >= self.title.end]
        return tuple(span for line in below for span in bodies_alone(line)) or self._above_title

    @property
    def _above_title(self) -> tuple[tuple[int, int], ...]:
        """The bodies on the line right above a title that does not say whose it is."""
        above = [line for line in self.front.lines if self.title and line.end <= self.title.start]
        scoped = above and rule("name_parts", "whose").pattern.match(above[-1].text)
        return tuple(bodies_alone(above[-1])) if scoped else ()


def read_head(page: Page) -> Head:
    """Find title, number, addressees and signature."""
    front = read_front(page)
    title = find_title(front)
    first = _after(page, title)
    salutation = find_salutation(page, front)
    addressees = () if salutation else find_addressees(page, front, title)
    signature = find_signature(page, max(first, 0))
    if signature and not (title or addressees or signature.bodies):
        signature = None
    number = _own_number(front, page)
    attached = attached_title(page, title.text, title.end) if title else paper_in_text(page, bool(addressees))
    facts = page_facts.read_facts(page)
    return Head(page, front, title, signature, number, addressees, salutation, facts, attached)


def notice_of(head: Head, complete: tuple[bool | None, str]) -> Notice:
    """The metadata as a record."""
    title = head.title.text if head.title else head.facts.get("title")
    date, as_published = _written(head)
    issuers = _issuers(head)
    published = page_facts.moment(head.facts.get("published_at"))
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


def _after(page: Page, title: Title | None) -> int:
    end = title.end if title else 0
    return next((i for i, line in enumerate(page.lines) if line.start >= end), len(page.lines))


def _own_number(front: Front, page: Page) -> Numbered | None:
    head = page.lines[: front.stop + 1]
    numbers = [n for line in head if (n := own_number(line.text, line.start)) is not None]
    alone = next((n for n in numbers if n.form != "order"), numbers[0] if numbers else None)
    beside = (number_beside(line.text, line.start) for line in front.candidates)
    return alone or next((n for n in beside if n is not None), None)


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
    title = fold(head.title.text) if head.title else ""
    named = next((match for shape in shapes if (match := shape.match(title))), None)
    if named:
        bodies = [body for n in split_at(fold(named["body"]), "、, ") for body in _run_together(n.text)]
        if bodies and all(is_body(body) for body in bodies):
            return tuple(bodies)
    other = head.front.letterhead or head.facts.get("issuer")
    return (other,) if other and is_body(fold(other)) else ()


def _run_together(body: str) -> list[str]:
    """The two bodies of a name that is a party committee's and a government's in one."""
    joint = rule("name_parts", "joint").pattern.match(body)
    return [joint["party"], joint["government"]] if joint else [body]


def _written(head: Head) -> tuple[str | None, str | None]:
    """The signing date and how it is written; a report has the day of the meeting."""
    if head.signature and head.signature.date:
        return head.signature.date.iso, head.page.quote(head.signature.date_start, head.signature.date_end)
    told = head.facts.get("written_on")
    found: Dated | None = find_date(fold(told)) if told else None
    return (found.iso, told) if found else (None, None)


def places_of(head: Head) -> Sequence[tuple[int, int]]:
    """Where the notice's own title and number stand: what is cited there is no citation."""
    places = [(head.title.start, head.title.end)] if head.title else []
    return [*places, *([(head.number.start, head.number.end)] if head.number else [])]
