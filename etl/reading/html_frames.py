"""The open elements of a walk over a page, and the path of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from selectolax.lexbor import LexborNode

from etl.reading.html_hidden import Rule
from etl.reading.tables import table

_STEPS = 30


@cache
def elements(kind: str) -> frozenset[str]:
    """The names of the elements of a kind: `blocks`, `skipped` or `furniture`."""
    return frozenset(table("selectors")[kind].split())


@dataclass(slots=True)
class Frame:
    """An open element: what hides it, whether it is furniture, and the children of each name met so far."""

    node: LexborNode
    step: str
    parent: Frame | None = None
    rule: Rule | None = None
    furniture: bool = False
    preformatted: bool = False
    counts: dict[str, int] = field(default_factory=dict)
    current: LexborNode | None = None
    started: bool = False

    def advance(self) -> LexborNode | None:
        """The next child, counted by its name."""
        if not self.started:
            self.current, self.started = self.node.first_child, True
        elif self.current is not None:
            self.current = self.current.next
        if self.current is not None and (tag := self.current.tag):
            self.counts[tag] = self.counts.get(tag, 0) + 1
        return self.current

    @property
    def block(self) -> Frame:
        """The block that a line written here belongs to."""
        frame = self
        while frame.parent is not None and frame.node.tag not in elements("blocks"):
            frame = frame.parent
        return frame

    @property
    def path(self) -> str:
        """The selector of the block: from the nearest id or the start of the walk, at most thirty steps."""
        frame, steps = self.block, list[str]()
        while len(steps) < _STEPS:
            steps.append(frame.step)
            if frame.step.startswith("#") or frame.parent is None:
                return " > ".join(reversed(steps))
            frame = frame.parent
        return "… > " + " > ".join(reversed(steps))

    def child(self, node: LexborNode, rule: Rule | None, furniture: bool) -> Frame:
        """The frame of a child just met."""
        tag = node.tag or ""
        identity = node.attributes.get("id") if tag in elements("blocks") else None
        step = f"#{identity}" if identity else f"{tag}:nth-of-type({self.counts.get(tag, 0)})"
        return Frame(
            node, step, self, self.rule or rule, self.furniture or furniture, self.preformatted or tag == "pre"
        )


def start(node: LexborNode, rule: Rule | None, furniture: bool) -> Frame:
    """The frame from which a walk starts, named by its id or first class."""
    attributes = node.attributes
    names = (attributes.get("class") or "").split()
    step = f"#{attributes['id']}" if attributes.get("id") else f".{names[0]}" if names else node.tag or ""
    return Frame(node, step, rule=rule, furniture=furniture)
