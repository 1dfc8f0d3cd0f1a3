"""Statements in the making: what is known of the numbers of a sentence before they become rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from etl.extracting.heads import Head
from etl.extracting.layout import Layout
from etl.extracting.measures import Mention

Past = Callable[[int], bool]
_MAKES = frozenset(("完成", "建成", "新建", "修建", "新修", "硬化", "铺设", "改造", "疏浚", "打通"))
_TAKING = frozenset(("described", "policy-count", "listed"))


@dataclass(slots=True)
class Draft:
    """A number with its head and what stands behind it; `names` are the subjects that it is said of.

    `number` is where it stands in the text as published, `lead_in` what joins it to the number before (和, 、).
    """

    mention: Mention
    head: Head
    lead: str
    start: int
    end: int
    clause: int
    after: str = ""
    after_end: int = 0
    number: tuple[int, int] = (0, 0)
    names: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    baseline: float | None = None
    change: str = ""
    confidence: float = 0.97
    reject: str = ""
    continues: bool = False
    lead_in: str = ""

    @property
    def shares(self) -> bool:
        """Whether the verb beside the number is 占."""
        return "占" in self.lead[len(self.lead.rstrip("占到达")) :]

    @property
    def made(self) -> bool:
        """Whether a measure tells how much was made of the noun behind it (完成东线9公里公路)."""
        return self.mention.kind == "measure" and bool(self.head.name) and not _MAKES.isdisjoint(self.head.verbs)

    @property
    def reaches(self) -> bool:
        """Whether people behind the number are those that something reaches (补贴惠及2万名残疾人)."""
        return self.mention.kind == "person" and self.head.name.endswith(("惠及", "覆盖"))

    @property
    def reach(self) -> int:
        """How far the statement takes up the text."""
        return max(self.end, self.mention.tail, self.after_end if self.reject in _TAKING else 0)


@dataclass
class Sentence:
    """The mentions of a sentence and what has been read of them so far.

    `series` are subjects that 分别 still owes a value, `respective` all those of the last 分别;
    `earlier` is the last statement of a sentence before.
    """

    layout: Layout
    start: int
    mentions: list[Mention]
    past: Past
    drafts: list[Draft] = field(default_factory=list)
    series: list[str] = field(default_factory=list)
    respective: list[str] = field(default_factory=list)
    earlier: Draft | None = None

    def __post_init__(self) -> None:
        self.text = self.layout.flow.text

    @property
    def last(self) -> Draft | None:
        """The last statement that no rule has rejected."""
        for draft in reversed(self.drafts):
            if not draft.reject:
                return draft
        return None

    def following(self, place: int) -> Mention | None:
        """The mention behind one."""
        return self.mentions[place + 1] if place + 1 < len(self.mentions) else None
