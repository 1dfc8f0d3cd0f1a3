"""What every stage speaks of: a text, where each character came from, and what was read in it.

All offsets are half-open character offsets into `Document.text`; a record made by any stage keeps
`document.text[start:end] == quote`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

MASK = "█"
_IN_LINE = re.compile(r"[^\r\n]")


def _overwrite(text: str, spans: list[tuple[int, int]], mark: str) -> str:
    """`text` with every character of the spans but line breaks replaced by `mark`, one for one."""
    if not spans:
        return text
    parts, done = [], 0
    for start, end in sorted(spans):
        start = max(start, done)
        if start < end:
            parts += [text[done:start], _IN_LINE.sub(mark, text[start:end])]
            done = end
    return "".join([*parts, text[done:]])


# Not frozen, as a text has hundreds: freezing makes a record of many fields five times as slow to make.
@dataclass(slots=True, unsafe_hash=True)
class Segment:
    """A run of text and its place in the source (`line 12`, `page 3`, `p:nth-child(4)`, `paragraph 7`)."""

    start: int
    end: int
    place: str
    role: str = "body"
    """`body`, `cell`, `note` or `furniture` (navigation, footers: kept in the text, not read as notice)."""


@dataclass(frozen=True, slots=True)
class Held:
    """A span held back from publication: never the value, only kind, reason, place and length."""

    start: int
    end: int
    kind: str
    reason: str
    rule: str


@dataclass(frozen=True, slots=True)
class Repair:
    """A proposal to mend what the page lost; the text as published stays as it is."""

    rule: str
    start: int
    end: int
    before: str
    after: str
    confidence: float
    reason: str


@dataclass(frozen=True)
class Document:
    """A text as read from a source, with its furniture marked and what is held back.

    For plain text `text` is the decoded file, newlines as they are; for other formats what the reader laid out.
    `facts` are what the page says of itself: `breadcrumb`, `published_at`, `page_title`, `source_name` …
    """

    text: str
    media_type: str = "text/plain"
    encoding: str = "utf-8"
    segments: tuple[Segment, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)
    held: tuple[Held, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def masked(self) -> str:
        """The text as it may be published: each held character replaced one for one, so that offsets hold.

        >>> Document("见 bad.com 主办", held=(Held(2, 9, "link", "gambling", "spam-domain"),)).masked
        '见 ███████ 主办'
        """
        return _overwrite(self.text, [(h.start, h.end) for h in self.held], MASK)

    @property
    def body(self) -> str:
        """The masked text with the furniture blanked, line breaks kept: same length, same offsets."""
        return _overwrite(self.masked, [(s.start, s.end) for s in self.segments if s.role == "furniture"], " ")

    def holding(self, held: tuple[Held, ...]) -> Document:
        """The same document with more held back."""
        return replace(self, held=tuple(sorted({*self.held, *held}, key=lambda h: (h.start, h.end, h.rule))))


@dataclass(frozen=True, slots=True)
class Notice:
    """The metadata of an official document; `None` or empty where the text does not say."""

    title: str | None = None
    attached_title: str | None = None
    document_number: str | None = None
    document_number_as_published: str | None = None
    issuer: str | None = None
    issuers: tuple[str, ...] = ()
    kind: str | None = None
    written_on: str | None = None
    written_on_as_published: str | None = None
    published_at: str | None = None
    addressees: tuple[str, ...] = ()
    salutation: str | None = None
    index_number: str | None = None
    breadcrumb: tuple[str, ...] = ()
    plan_year: int | None = None
    is_complete: bool | None = None
    completeness_evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading: `level` from 1, its number as written, the title without number, and the whole chapter's span.

    `start` is where the heading's number begins, `end` where the chapter's last character ends.
    """

    level: int
    number: str
    title: str
    start: int
    end: int
    heading_end: int


@dataclass(frozen=True, slots=True)
class Body:
    """A body named for a task and its role: 责任, 牵头, 配合, 参与 or 指导."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Task:
    """A numbered item: `chapter` is the number of the chapter it stands in, `text` the item without its number."""

    number: str
    chapter: str | None
    heading: str
    text: str
    bodies: tuple[Body, ...]
    deadline: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Citation:
    """A cited paper: 《…》 or a document number, with the number where it stands beside the title."""

    title: str | None
    document_number: str | None
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body named in the text and as what: issuer, addressee, responsible, mentioned …"""

    name: str
    role: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True)
class Parsed:
    """What the parser read: metadata, outline, citations, bodies, and the repairs that it proposes."""

    notice: Notice
    chapters: tuple[Chapter, ...] = ()
    tasks: tuple[Task, ...] = ()
    citations: tuple[Citation, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    repairs: tuple[Repair, ...] = ()


# Not frozen, like Segment.
@dataclass(slots=True, unsafe_hash=True)
class Quantity:
    """One quantified statement, a promise or a past fact, as the annotation guidelines describe it.

    `value` is the number as written (万 and 亿 stay in `unit`), `None` for a range; `normalised_value` is in
    `normalised_unit`. `start`/`end` bound `quote`, `number_start` the first digit. `task` is the number of the item.
    """

    name: str
    subject_qualifier: str | None
    comparator: str
    bound: str | None
    value: float | None
    value_min: float | None
    value_max: float | None
    unit: str | None
    baseline: float | None
    year: int | None
    flags: tuple[str, ...]
    quote: str
    start: int
    end: int
    number_start: int
    number_end: int
    task: str | None
    confidence: float
    rules: tuple[str, ...]
    normalised_value: float | None = None
    normalised_unit: str | None = None
    wording: str | None = None
    """The hedges and bounds as written around the number, in order (`力争 达`, `以上`)."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A number that is no target, and the rule that said so."""

    quote: str
    start: int
    end: int
    rule: str
    reason: str


@dataclass(frozen=True)
class Extraction:
    """The quantities read in a notice, promises and past facts apart, and a trace of what was left out."""

    targets: tuple[Quantity, ...] = ()
    reported: tuple[Quantity, ...] = ()
    rejected: tuple[Rejected, ...] = ()
