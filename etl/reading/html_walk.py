"""An element laid out as a reader sees it: blocks as lines, tables row by row, each line with its element's path."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from etl.document import Held
from etl.reading.grids import Cell, Grid, render
from etl.reading.html_frames import Frame, elements, start
from etl.reading.html_hidden import Hidden, Rule
from etl.reading.html_links import MENU_RULES, injected
from etl.reading.html_tables import data_rows, list_number, span
from etl.reading.layout import Layout, collapse, join

Run = tuple[str, Rule | None]


class Walker:
    """Lays elements out into one layout; tables are numbered over the whole page."""

    def __init__(self, layout: Layout, hidden: Hidden) -> None:
        self.layout, self.hidden = layout, hidden
        self.pieces: list[Run] = []
        self.tables = 0
        self.met: set[int] = set()
        self.whole_page = False

    def lay_out(self, root: LexborNode) -> None:
        """Add an element and all that it holds, without recursion: pages nest deeper than Python does."""
        stack = [start(root, self._why_above(root), root.tag in elements("furniture"))]
        while stack:
            frame = stack[-1]
            node = frame.advance()
            if node is None:
                self._break(frame, only_block=True)
                stack.pop()
            elif node.is_text_node:
                self._text(frame, node.text_content or "")
            elif node.is_element_node and node.tag not in elements("skipped"):
                self._enter(stack, frame, node)
            if len(stack) == 1 and node is None:
                self._break(frame)

    def _why_above(self, root: LexborNode) -> Rule | None:
        node: LexborNode | None = root
        while node is not None and node.is_element_node:
            if rule := self.hidden.why(node):
                return rule
            node = node.parent
        return None

    def _why(self, node: LexborNode) -> Rule | None:
        """Why an element must not be read as notice: it is hidden, or a link that was injected."""
        if node.tag != "a":
            return self.hidden.why(node)
        self.met.add(node.mem_id)
        return injected(node, self.hidden) or self.hidden.why(node)

    def _enter(self, stack: list[Frame], frame: Frame, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag == "br":
            self._break(frame)
            return
        if tag in elements("blocks"):
            self._break(frame)
        child = frame.child(node, self._why(node), tag in elements("furniture"))
        if tag == "table" and not (child.rule or child.furniture) and (rows := data_rows(node)):
            self._table(rows, child.path)
            return
        if tag == "li" and (number := list_number(node, frame.counts.get("li", 0))):
            self.pieces.append((number, child.rule))
        stack.append(child)

    def _text(self, frame: Frame, text: str) -> None:
        if not frame.preformatted:
            self.pieces.append((text, frame.rule))
            return
        first, *rest = text.split("\n")
        self.pieces.append((first, frame.rule))
        for part in rest:
            self._break(frame)
            self.pieces.append((part, frame.rule))

    def _break(self, frame: Frame, *, only_block: bool = False) -> None:
        """Write the line so far, if it holds anything; hidden pieces keep their place and are held back."""
        if not self.pieces or (only_block and frame.node.tag not in elements("blocks") and frame.parent is not None):
            return
        runs, self.pieces = _runs(self.pieces), []
        if not any(text.strip(" ") for text, _ in runs):
            return
        for text, rule in runs:
            begin, end = self.layout.add(text, frame.path, "furniture" if frame.furniture or rule else "body")
            if rule and text.strip() and not (self.whole_page and rule["id"] in MENU_RULES):
                self.layout.held.append(Held(begin, end, rule.get("kind", "hidden"), rule["reason"], rule["id"]))
        self.layout.add("\n", "")

    def _table(self, rows: list[list[LexborNode]], path: str) -> None:
        self.tables += 1
        render(Grid.of([[self._cell(cell) for cell in row] for row in rows]), self.layout, self.tables, path)

    def _cell(self, node: LexborNode) -> Cell:
        inner = Walker(Layout(), self.hidden)
        inner.lay_out(node)
        text = inner.layout.text
        shown = [text[s.start : s.end] for s in inner.layout.segments if s.role != "furniture"]
        if inner.layout.held:
            self.layout.warnings.append("表格单元格里有被页面隐藏的内容，没有收入正文，请核对原页。")
        return Cell(join(shown), span(node, "rowspan"), span(node, "colspan"), node.tag == "th")


def _runs(pieces: list[Run]) -> list[Run]:
    """The pieces of a line with white space collapsed over their borders, neighbours of one kind joined.

    >>> _runs([(" 研发\\n", None), ("投入 ", None), (" 2%", None)])
    [('研发投入 2%', None)]
    """
    joined: list[Run] = []
    for text, rule in pieces:
        if joined and joined[-1][1] is rule:
            joined[-1] = (joined[-1][0] + text, rule)
        else:
            joined.append((text, rule))
    runs = [(collapse(text), rule) for text, rule in joined]
    runs[0] = (runs[0][0].lstrip(" "), runs[0][1])
    runs[-1] = (runs[-1][0].rstrip(" "), runs[-1][1])
    return runs
