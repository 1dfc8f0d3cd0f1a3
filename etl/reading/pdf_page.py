"""One page of a PDF as pdfium sees it: its lines, whether it is a picture, whether it has ruled tables."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_double
from itertools import islice
from typing import Any

import pypdfium2.raw as pdfium_raw

from etl.reading.pdf_lines import Line

_MAX_OBJECTS = 5000
_RULES = 4
_NOT_TEXT = {0x0, 0xFFFE, 0xFFFF}
_HYPHEN = "\x02"

Box = tuple[float, float, float, float]


def page_lines(text_page: Any, number: int, height: float) -> list[Line]:
    """The lines of a page from the top down, as pdfium breaks them."""
    lines, characters = [], list[tuple[str, Box | None]]()
    for item in [*_characters(text_page), ("\n", None)]:
        if item[0] not in "\r\n":
            characters.append(item)
            continue
        if line := _line(characters, number, height):
            lines.append(line)
        characters = []
    return lines


def _characters(text_page: Any) -> Iterator[tuple[str, Box | None]]:
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    for i in range(text_page.count_chars()):
        code = pdfium_raw.FPDFText_GetUnicode(text_page.raw, i)
        if code in _NOT_TEXT or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            continue
        character = "-" if chr(code) == _HYPHEN else chr(code)
        if character.isspace():
            yield character, None
            continue
        pdfium_raw.FPDFText_GetCharBox(text_page.raw, i, byref(left), byref(right), byref(bottom), byref(top))
        yield character, (left.value, bottom.value, right.value, top.value)


def _line(characters: list[tuple[str, Box | None]], number: int, height: float) -> Line | None:
    text = "".join(character for character, _ in characters)
    boxes = [box for _, box in characters if box is not None]
    if not text.strip() or not boxes:
        return None
    left, bottom = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, top = max(b[2] for b in boxes), max(b[3] for b in boxes)
    return Line(text.strip(), left, bottom, right, top, number, height)


def object_types(page: Any) -> list[int]:
    """The types of a page's objects, as far as it is reasonable to count."""
    count = min(pdfium_raw.FPDFPage_CountObjects(page.raw), _MAX_OBJECTS)
    return [pdfium_raw.FPDFPageObj_GetType(pdfium_raw.FPDFPage_GetObject(page.raw, i)) for i in range(count)]


def is_ruled(types: list[int]) -> bool:
    """Whether a page draws enough lines to hold a table, and not so many that it is a drawing."""
    paths = (t for t in types if t == pdfium_raw.FPDF_PAGEOBJ_PATH)
    return len(list(islice(paths, _RULES))) == _RULES and len(types) < _MAX_OBJECTS


def has_picture(types: list[int]) -> bool:
    """Whether a page shows an image."""
    return pdfium_raw.FPDF_PAGEOBJ_IMAGE in types
