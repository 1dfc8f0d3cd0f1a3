"""The ruled lines that a PDF page draws, as pdfium gives them: no font or stream is interpreted for them."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_float
from typing import Any

import pypdfium2.raw as pdfium_raw

_STRAIGHT = 1.5
_SHORT = 3.0
_MAX_SEGMENTS = 2000
MAX_EDGES = 400

Point = tuple[float, float]
Edge = dict[str, Any]


def ruled_edges(page: Any) -> list[Edge]:
    """The upright and level lines of a page in pdfplumber's form, counted from the top; none if they are too many."""
    height = page.get_height()
    edges: list[Edge] = []
    for i in range(pdfium_raw.FPDFPage_CountObjects(page.raw)):
        item = pdfium_raw.FPDFPage_GetObject(page.raw, i)
        if pdfium_raw.FPDFPageObj_GetType(item) != pdfium_raw.FPDF_PAGEOBJ_PATH:
            continue
        edges.extend(edge for a, b in _lines(item) if (edge := _edge(a, b, height)))
        if len(edges) > MAX_EDGES * 8:
            return []
    return edges


def _lines(item: Any) -> Iterator[tuple[Point, Point]]:
    """The straight strokes of a path, the closing one of a rectangle too."""
    matrix = pdfium_raw.FS_MATRIX()
    pdfium_raw.FPDFPageObj_GetMatrix(item, byref(matrix))
    x, y = c_float(), c_float()
    first = last = None
    for i in range(min(pdfium_raw.FPDFPath_CountSegments(item), _MAX_SEGMENTS)):
        segment = pdfium_raw.FPDFPath_GetPathSegment(item, i)
        pdfium_raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium_raw.FPDFPathSegment_GetType(segment)
        if kind == pdfium_raw.FPDF_SEGMENT_LINETO and last is not None:
            yield last, point
        if kind == pdfium_raw.FPDF_SEGMENT_MOVETO:
            first = point
        if pdfium_raw.FPDFPathSegment_GetClose(segment) and first is not None:
            yield point, first
        last = point


def _edge(a: Point, b: Point, height: float) -> Edge | None:
    """A stroke as an edge, if it is level or upright and no dot."""
    left, right = sorted((a[0], b[0]))
    low, high = sorted((a[1], b[1]))
    level, upright = high - low < _STRAIGHT, right - left < _STRAIGHT
    if level == upright or max(right - left, high - low) < _SHORT:
        return None
    edge = {"x0": left, "x1": right, "top": height - high, "bottom": height - low}
    return {**edge, "orientation": "h" if level else "v", "width": right - left, "height": high - low}
