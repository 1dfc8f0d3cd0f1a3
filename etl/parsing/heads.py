"""What is found in a notice's head and foot, with its places, before it is put in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from etl.parsing import facts as page_facts
from etl.parsing.addressees import find_addressees, find_salutation
from etl.parsing.brackets import Name
from etl.parsing.front import Front, read_front
from etl.parsing.numbers import Numbered, number_beside, own_number
from etl.parsing.page import Page
from etl.parsing.papers import attached_title, paper_in_text
from etl.parsing.rules import rule
from etl.parsing.signature import Signature, bodies_alone, find_signature
from etl.parsing.titles import Title, find_title


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


def places_of(head: Head) -> Sequence[tuple[int, int]]:
    """Where the notice's own title and number stand: what is cited there is no citation."""
    places = [(head.title.start, head.title.end)] if head.title else []
    return [*places, *([(head.number.start, head.number.end)] if head.number else [])]


def _after(page: Page, title: Title | None) -> int:
    end = title.end if title else 0
    return next((i for i, line in enumerate(page.lines) if line.start >= end), len(page.lines))


def _own_number(front: Front, page: Page) -> Numbered | None:
    head = page.lines[: front.stop + 1]
    numbers = [n for line in head if (n := own_number(line.text, line.start)) is not None]
    alone = next((n for n in numbers if n.form != "order"), numbers[0] if numbers else None)
    beside = (number_beside(line.text, line.start) for line in front.candidates)
    return alone or next((n for n in beside if n is not None), None)
