"""What is drawn on a page of a PDF file: its straight lines, and how much of it is a picture.

Most of a dense page's cost is asking PDFium, object by object: the places that it writes its answers to are made once
a page, as making them costs more than to ask.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pypdfium2.raw as raw

from ..page.measures import DRAWN

Edges = tuple[float, float, float, float]  # left, bottom, right, top
_Matrix = tuple[float, float, float, float, float, float]
IDENTITY: _Matrix = (1, 0, 0, 1, 0, 0)


class Drawing:
    """What is drawn on a page, all but its text."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._box = ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
        self._modes = ctypes.c_int(), ctypes.c_int()
        self._colour = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()

    def is_scan(self, left: float, bottom: float, right: float, top: float) -> bool:
        """Whether a page without text is a picture of one, or drawn in curves."""
        whole = (right - left) * (top - bottom)
        drawn = covered = 0.0
        for one, type, (x0, y0, x1, y1), _ in self._objects():
            if type == raw.FPDF_PAGEOBJ_IMAGE:
                wide = min(x1, right) - max(x0, left)
                high = min(y1, top) - max(y0, bottom)
                covered += max(wide, 0) * max(high, 0)
            drawn += (
                type == raw.FPDF_PAGEOBJ_PATH and raw.FPDFPath_CountSegments(one) > DRAWN.corners
            )
        return covered > whole / 2 or drawn >= DRAWN.curves

    def edges(self) -> Iterator[Edges]:
        """The boxes of what looks like a straight line, across or down."""
        for one, type, box, matrix in self._objects():
            if type != raw.FPDF_PAGEOBJ_PATH:
                continue
            filled, stroked = self._inks(one)
            if not (filled or stroked):
                continue
            left, bottom, right, top = box
            if right - left < DRAWN.near or top - bottom < DRAWN.near:
                yield box
                continue
            for part in _subpaths(one, matrix):
                xs, ys = [x for x, _ in part], [y for _, y in part]
                if stroked:
                    yield from _straight(part)
                elif min(max(xs) - min(xs), max(ys) - min(ys)) < DRAWN.near:
                    yield min(xs), min(ys), max(xs), max(ys)

    def _objects(self) -> Iterator[tuple[Any, int, Edges, _Matrix]]:
        """What is drawn, with its box and the matrix of what it stands in."""
        left = DRAWN.objects
        type_of, text, form = raw.FPDFPageObj_GetType, raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM
        stack: list[tuple[Any, _Matrix, Callable[..., Any], int, int]] = [
            (self._page, IDENTITY, raw.FPDFPage_GetObject, raw.FPDFPage_CountObjects(self._page), 0)
        ]
        while stack:
            holder, matrix, get, count, depth = stack.pop()
            for at in range(min(count, left)):
                one = get(holder, at)
                type = type_of(one)
                if type == text:
                    continue
                if type == form and depth < DRAWN.depth:
                    inner = _times(_matrix(one), matrix)
                    count_of = raw.FPDFFormObj_CountObjects(one)
                    stack.append((one, inner, raw.FPDFFormObj_GetObject, count_of, depth + 1))
                else:
                    yield one, type, self._bounds(one, matrix), matrix
            left -= min(count, left)

    def _bounds(self, one: Any, matrix: _Matrix) -> Edges:
        left, bottom, right, top = self._box
        raw.FPDFPageObj_GetBounds(one, left, bottom, right, top)
        if matrix is IDENTITY:
            return left.value, bottom.value, right.value, top.value
        corners = [_moved(x.value, y.value, matrix) for x in (left, right) for y in (bottom, top)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)

    def _inks(self, path: Any) -> tuple[bool, bool]:
        """Whether a path is filled, and whether it is stroked, with a colour that is seen on paper."""
        fill, stroke = self._modes
        raw.FPDFPath_GetDrawMode(path, fill, stroke)
        return (
            fill.value != 0 and self._is_dark(raw.FPDFPageObj_GetFillColor, path),
            stroke.value != 0 and self._is_dark(raw.FPDFPageObj_GetStrokeColor, path),
        )

    def _is_dark(self, ask: Callable[..., Any], path: Any) -> bool:
        red, green, blue, alpha = self._colour
        if not ask(path, red, green, blue, alpha):
            return True
        return alpha.value > 0 and min(red.value, green.value, blue.value) < DRAWN.white


def _matrix(one: Any) -> _Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(one, found):
        return IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(one: _Matrix, other: _Matrix) -> _Matrix:
    """The matrix that does `one`, then `other`."""
    a, b, c, d, e, f = one
    x, y, z, w, u, v = other
    return (
        a * x + b * z,
        a * y + b * w,
        c * x + d * z,
        c * y + d * w,
        e * x + f * z + u,
        e * y + f * w + v,
    )


def _moved(x: float, y: float, matrix: _Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _subpaths(path: Any, matrix: _Matrix) -> Iterator[list[tuple[float, float]]]:
    """The corners of each part of a path; one with a curve is none."""
    matrix = _times(_matrix(path), matrix)
    part: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        type = raw.FPDFPathSegment_GetType(segment)
        if type == raw.FPDF_SEGMENT_MOVETO:
            if len(part) > 1:
                yield part
            part = []
        part.append(_moved(x.value, y.value, matrix))
        if raw.FPDFPathSegment_GetClose(segment):
            part.append(part[0])
    if len(part) > 1:
        yield part


def _straight(part: list[tuple[float, float]]) -> Iterator[Edges]:
    """The edges of a part of a path that run across or down."""
    for (x0, y0), (x1, y1) in pairwise(part):
        if min(abs(x0 - x1), abs(y0 - y1)) < DRAWN.near / 2:
            yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
