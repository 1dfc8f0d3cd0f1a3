"""A PDF with a text layer → paragraphs and tables in reading order; a scan is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pypdfium2

from etl.document import Document
from etl.reading import pdf_page
from etl.reading.finishing import finish
from etl.reading.grids import render
from etl.reading.layout import Layout
from etl.reading.limits import MAX_PDF_CHARACTERS, MAX_PDF_PAGES
from etl.reading.pdf_guard import guard
from etl.reading.pdf_lines import Line, margins, paragraphs, text_of, without_running
from etl.reading.pdf_rules import ruled_edges
from etl.reading.pdf_tables import Table, tables_of
from etl.reading.refusal import Unreadable

MEDIA_TYPE = "application/pdf"
_SCANNED = 5
_MAX_TABLE_PAGES = 60


def read_pdf(data: bytes) -> Document:
    """Read a PDF; refuses what is locked, broken, endless, or a scan."""
    guard(data)
    try:
        source = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable("PDF 加了密码，请去掉密码后再试。") from error
        raise Unreadable("PDF 已损坏或不完整，打不开，请重新下载后再试。") from error
    with closing(source):
        if len(source) > MAX_PDF_PAGES:
            raise Unreadable(f"PDF 有 {len(source)} 页，超过 {MAX_PDF_PAGES} 页的上限，请拆分后再试。")
        return _Reader(source).read()


class _Reader:
    """One walk over the pages: lines first, then tables, then paragraphs."""

    def __init__(self, source: Any) -> None:
        self.source = source
        self.layout = Layout()
        self.tables: dict[int, list[Table]] = {}
        self.scanned: list[int] = []
        self.count = 0

    def read(self) -> Document:
        pages = [self._page(number) for number in range(1, len(self.source) + 1)]
        self._refuse_scan(len(pages))
        pages = without_running(pages)
        for line in self._lines(pages):
            self.layout.line(*line)
        return finish(self.layout, media_type=MEDIA_TYPE, facts=self._facts())

    def _page(self, number: int) -> list[Line]:
        try:
            page = self.source[number - 1]
        except pypdfium2.PdfiumError:
            self.layout.warnings.append(f"第 {number} 页已损坏，没有读出，请对照原件。")
            return []
        with closing(page), closing(page.get_textpage()) as text_page:
            if text_page.count_chars() > MAX_PDF_CHARACTERS // len(self.source) + 50_000:
                raise Unreadable("PDF 里有一页文字多得不正常，已拒绝读取。")
            types = pdf_page.object_types(page)
            lines = pdf_page.page_lines(text_page, number, page.get_height())
            if sum(c.isalnum() for line in lines for c in line.text) < _SCANNED and pdf_page.has_picture(types):
                self.scanned.append(number)
            if pdf_page.is_ruled(types) and len(self.tables) < _MAX_TABLE_PAGES:
                self.tables[number] = self._tables(page, number, text_page)
            return lines

    def _tables(self, page: Any, number: int, text_page: Any) -> list[Table]:
        found = tables_of(ruled_edges(page), page.get_height(), lambda box: text_page.get_text_bounded(*box))
        if found is None:
            self.layout.warnings.append(f"第 {number} 页的线条太多，没有当作表格读取，请核对。")
        return found or []

    def _refuse_scan(self, pages: int) -> None:
        if self.scanned and len(self.scanned) >= pages:
            raise Unreadable("PDF 没有文字层，像是扫描件，请先做文字识别（OCR）或提供原始电子文件。")
        if self.scanned:
            which = "、".join(map(str, self.scanned[:20]))
            self.layout.warnings.append(f"第 {which} 页没有文字层，像是扫描件，这几页没有读出。")

    def _lines(self, pages: list[list[Line]]) -> Iterator[tuple[str, str]]:
        """Paragraphs with their places; tables are added on the way, where they stand."""
        edges = {page[0].page: margins(page) for page in pages if page}
        flow: list[Line] = []
        for number, page in enumerate(pages, start=1):
            waiting = sorted(self.tables.get(number, []), key=lambda table: -table.box[3])
            for line in page:
                if waiting and line.top < waiting[0].box[3]:
                    yield from _paragraphs(flow, edges)
                    flow = []
                    while waiting and line.top < waiting[0].box[3]:
                        self._render(waiting.pop(0), number)
                if not self._in_table(line):
                    flow.append(line)
            for table in waiting:
                yield from _paragraphs(flow, edges)
                flow = []
                self._render(table, number)
        yield from _paragraphs(flow, edges)

    def _in_table(self, line: Line) -> bool:
        middle = (line.bottom + line.top) / 2
        return any(t.box[1] <= middle <= t.box[3] and t.box[0] - 2 <= line.left for t in self.tables.get(line.page, []))

    def _render(self, table: Table, number: int) -> None:
        self.count += 1
        render(table.grid, self.layout, self.count, f"page {number}")

    def _facts(self) -> dict[str, str]:
        title = (self.source.get_metadata_dict().get("Title") or "").strip()
        return {"page_title": title} if re.search("[\u4e00-\u9fff]", title) else {}


def _paragraphs(flow: list[Line], edges: Any) -> Iterator[tuple[str, str]]:
    for group in paragraphs(flow, edges):
        first, last = group[0].page, group[-1].page
        yield text_of(group), f"page {first}" if first == last else f"page {first}-{last}"
