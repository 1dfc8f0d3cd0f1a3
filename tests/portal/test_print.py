"""A notice on paper and on a phone: the text has the sheet's width, and marks are told apart without colour."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pdfplumber
import pytest
from playwright.sync_api import Browser, Page

A4 = (794, 1123)
"""CSS pixels of an A4 sheet, upright."""
Open = Callable[[int, int], Page]


@pytest.fixture
def notice(served: str) -> str:
    """The path of a notice with marks of every kind."""
    rows = httpx.get(f"{served}/catalogue/zhenjiang-stb/repair.json", timeout=30).json()["rows"]
    return f"/notices/{rows[0]['notice_id']}"


@pytest.fixture
def sheet(browser: Browser, served: str, notice: str) -> Iterator[Open]:
    context = browser.new_context(base_url=served)

    def opened(width: int, height: int) -> Page:
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.goto(notice)
        return page

    yield opened
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", A4)
def test_printed_text_takes_the_width_of_the_sheet(sheet: Open, width: int) -> None:
    page = sheet(width, A4[0])
    page.emulate_media(media="print")
    paper, paragraph = (page.locator(s).first.bounding_box() for s in (".paper", ".paper .line > p.body"))
    assert paper and paragraph
    assert paper["width"] > width - 60
    assert paragraph["width"] > 0.9 * paper["width"]


@pytest.mark.browser
def test_the_lines_of_a_landscape_print_are_long(sheet: Open, tmp_path: Path) -> None:
    path = tmp_path / "notice.pdf"
    sheet(1440, 900).pdf(path=path, landscape=True, format="A4")
    with pdfplumber.open(path) as printed:
        lines = [line for page in printed.pages[:3] for line in (page.extract_text() or "").splitlines()]
    assert max(map(len, lines)) > 50


@pytest.mark.browser
def test_kinds_of_marks_are_told_apart_on_paper_without_their_colours(sheet: Open) -> None:
    page = sheet(*A4)
    page.emulate_media(media="print")
    look = """e => { const s = getComputedStyle(e);
        return [s.textDecorationLine, s.textDecorationStyle, s.borderBottomStyle, s.backgroundColor] }"""
    kinds = ("target", "reported", "citation", "mention", "repair")
    legend = [page.locator(f".legend mark.{kind}").evaluate(look) for kind in kinds]
    assert len({tuple(found) for found in legend}) == len(kinds)
    assert {found[3] for found in legend} == {"rgba(0, 0, 0, 0)"}
    for kind in ("target", "citation", "mention", "repair"):
        assert page.locator(f".paper mark.{kind}").first.evaluate(look) == legend[kinds.index(kind)], kind


@pytest.mark.browser
def test_the_table_of_repairs_is_stacked_on_a_phone(sheet: Open) -> None:
    page = sheet(360, 800)
    table = page.locator("#repairs ~ .scroll table")
    assert table.evaluate("t => t.scrollWidth <= t.parentElement.clientWidth")
    cells = table.locator("tbody tr").first.locator("td")
    tops = [cells.nth(n).evaluate("e => e.getBoundingClientRect().top") for n in range(4)]
    assert tops == sorted(set(tops))
    assert cells.nth(2).evaluate("e => getComputedStyle(e, '::before').content") == '"理由"'
