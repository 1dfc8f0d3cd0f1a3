"""A Word document → its paragraphs and tables in order, numbers worked out, notes at the end."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.parser import parse_xml

from etl.document import Document, Held
from etl.reading.archive import BROKEN, open_archive, require_document
from etl.reading.docx_numbering import Numbering, integer, value, w
from etl.reading.finishing import finish
from etl.reading.grids import Cell, Grid, render
from etl.reading.layout import Layout, join
from etl.reading.refusal import Unreadable

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HIDDEN = {"id": "word-vanish", "reason": "文档把这段文字设成了隐藏"}
_MAX_DEPTH = 40

Element = Any


def read_docx(data: bytes, media_type: str = MEDIA_TYPE) -> Document:
    """Read a DOCX; refuses what is broken or dangerous before it is unpacked."""
    with open_archive(data) as archive:
        require_document(archive)
    try:
        source = docx.Document(io.BytesIO(data))
        return _Reader(source).read(media_type)
    except (*BROKEN, OpcError, SyntaxError, KeyError, AttributeError, TypeError, IndexError) as error:
        raise Unreadable("DOCX 的内部结构已损坏，请用 Word 或 WPS 打开后另存一份再试。") from error


class _Reader:
    """One walk over the body of a document."""

    def __init__(self, source: Any) -> None:
        self.source, self.layout = source, Layout()
        self.numbering = Numbering(_part(source, "numbering"), _part(source, "styles"))
        self.paragraphs = self.tables = 0
        self.notes: list[tuple[str, str, str]] = []

    def read(self, media_type: str) -> Document:
        self._blocks(self.source.element.body, 0)
        self._notes()
        core = self.source.core_properties
        facts = {"page_title": core.title} if core.title else {}
        return finish(self.layout, media_type=media_type, facts=facts)

    def _blocks(self, parent: Element, depth: int) -> None:
        for block in _inner(parent, depth):
            if block.tag == w("p"):
                self._paragraph(block)
            else:
                self._table(block)

    def _paragraph(self, paragraph: Element) -> None:
        self.paragraphs += 1
        place = f"paragraph {self.paragraphs}"
        shown = _text(paragraph)
        label = self.numbering.label(paragraph)
        for at, line in enumerate((label + shown).split("\n") if shown.strip() else ()):
            if line.strip():
                self.layout.line(line, place if at == 0 else f"{place} line {at + 1}")
        self._hidden(paragraph, place)
        self._references(paragraph, place)
        for box in _boxes(paragraph):
            self._blocks(box, 1)

    def _hidden(self, paragraph: Element, place: str) -> None:
        hidden = _text(paragraph, hidden=True)
        if hidden.strip():
            start, end = self.layout.line(hidden.replace("\n", " "), place, "furniture")
            self.layout.held.append(Held(start, end, "hidden", _HIDDEN["reason"], _HIDDEN["id"]))

    def _references(self, paragraph: Element, place: str) -> None:
        for kind in ("footnote", "endnote"):
            for reference in paragraph.iter(w(f"{kind}Reference")):
                self.notes.append((kind, reference.get(w("id")) or "", place))

    def _table(self, table: Element) -> None:
        self.tables += 1
        rows = [[_cell(cell) for cell in _cells(row)] for row in table.iter(w("tr")) if _owner(row) is table]
        cells = _merge_down(rows)
        if cells and max(map(len, cells)) > 1 and len(cells) > 1:
            render(Grid.of(cells), self.layout, self.tables)
            return
        for row in (r for r in table.iter(w("tr")) if _owner(r) is table):
            for cell in _cells(row):
                self._blocks(cell, 1)

    def _notes(self) -> None:
        parts = {kind: _related(self.source, f"{kind}s") for kind in ("footnote", "endnote")}
        for number, (kind, identity, place) in enumerate(self.notes, start=1):
            note = next((n for n in parts[kind] if n.get(w("id")) == identity), None)
            text = join([_text(p) for p in note.iter(w("p"))]) if note is not None else ""
            if text:
                self.layout.line(text, f"{kind} {number} ({place})", "note")


def _part(source: Any, name: str) -> Element | None:
    """The root of a related part, if the document has it and it can be read."""
    for relation in source.part.rels.values():
        if relation.reltype == _NOTES + name and not relation.is_external:
            part = relation.target_part
            return part.element if hasattr(part, "element") else parse_xml(part.blob)
    return None


def _related(source: Any, name: str) -> list[Element]:
    root = _part(source, name)
    return list(root) if root is not None else []


def _inner(parent: Element, depth: int) -> Iterator[Element]:
    """Paragraphs and tables in order, also those inside content controls and tracked insertions."""
    for child in parent:
        if child.tag in {w("p"), w("tbl")}:
            yield child
        elif child.tag in {w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("smartTag")} and depth < _MAX_DEPTH:
            yield from _inner(child, depth + 1)


def _text(paragraph: Element, *, hidden: bool = False) -> str:
    """What a paragraph shows (or, on demand, hides): deleted runs, field codes and text boxes left out."""
    pieces: list[str] = []
    for node, vanished in _runs(paragraph, False):
        if vanished == hidden:
            pieces.append(_SIGNS.get(node.tag, node.text or ""))
    return "".join(pieces)


_SIGNS = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-", w("softHyphen"): ""}
_SKIPPED = frozenset({w("del"), w("moveFrom"), w("txbxContent"), w("pPr"), w("rPr"), w("instrText"), _FALLBACK})


def _runs(parent: Element, vanished: bool, depth: int = 0) -> Iterator[tuple[Element, bool]]:
    for node in parent:
        if node.tag in _SKIPPED or depth > _MAX_DEPTH:
            continue
        if node.tag == w("t") or node.tag in _SIGNS:
            yield node, vanished
        elif node.tag == w("r"):
            off = node.find(f"{w('rPr')}/{w('vanish')}")
            yield from _runs(node, off is not None and off.get(w("val")) not in {"0", "false"}, depth + 1)
        else:
            yield from _runs(node, vanished, depth + 1)


def _boxes(paragraph: Element) -> Iterator[Element]:
    """Text boxes anchored in a paragraph, each once: the fallback for old readers holds a copy."""
    for box in paragraph.iter(w("txbxContent")):
        above = list(box.iterancestors())
        inner = above[: above.index(paragraph)]
        if not any(a.tag in {_FALLBACK, w("txbxContent")} for a in inner):
            yield box


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if child.tag == w("tc"):
            yield child
        elif child.tag == w("sdt"):
            yield from (c for c in child.iter(w("tc")) if _owner(c) is _owner(row))


def _owner(element: Element) -> Element | None:
    return next(element.iterancestors(w("tbl")), None)


def _cell(cell: Element) -> Cell:
    text = join([_text(p).replace("\n", " ").replace("\t", " ") for p in cell.iter(w("p"))])
    span = min(max(integer(value(cell, "tcPr/gridSpan"), 1), 1), 63)
    merge = cell.find(f"{w('tcPr')}/{w('vMerge')}")
    goes_on = merge is not None and merge.get(w("val")) in {None, "continue"}
    return Cell("" if goes_on else text, rows=0 if goes_on else 1, columns=span)


def _merge_down(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Cells that go on from above (rows=0) become part of the cell that they continue."""
    open_cells: dict[int, Cell] = {}
    merged: list[list[Cell]] = []
    for row in rows:
        column, kept = 0, []
        for cell in row:
            if cell.rows == 0 and column in open_cells:
                open_cells[column].rows += 1
            else:
                cell.rows = 1
                open_cells[column] = cell
                kept.append(cell)
            column += cell.columns
        merged.append(kept)
    return merged
