"""What is drawn on a page of a PDF file: its straight lines, and how much of it is a picture.

Most of a dense page's cost is asking PDFium, object by object: the places that it writes its answers to are made once
a page, as making them costs more than to ask.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from struct import Struct
from typing import Any

import pypdfium2.raw as raw

from ..page.measures import DRAWN
from . import pdfium

Edges = tuple[float, float, float, float]  # left, bottom, right, top
Matrix = tuple[float, float, float, float, float, float]
# Room for answers: two numbers, a box, a colour; to unpack one is faster than to ask for its elements.
POINT, PAIR, MODES = ctypes.c_float * 2, ctypes.c_double * 2, ctypes.c_int * 2
BOX = ctypes.c_float * len(("left", "bottom", "right", "top"))
COLOUR = ctypes.c_uint * len(("red", "green", "blue", "alpha"))
FOUR, TWO, COLOURS = Struct("4f").unpack_from, Struct("2i").unpack_from, Struct("4I").unpack_from
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


class Drawing:
    """What is drawn on a page, all but its text."""

    def __init__(self, page: Any) -> None:
        self._page = pdfium.address(page)
        self._box, self._modes, self._colour = BOX(), MODES(), COLOUR()
        self._boxed, self._moded, self._coloured = map(
            places, (self._box, self._modes, self._colour)
        )

    def is_scan(self, left: float, bottom: float, right: float, top: float) -> bool:
        """Whether a page without text is a picture of one, or drawn in curves."""
        whole = (right - left) * (top - bottom)
        drawn = covered = 0.0
        for one, type, (x0, y0, x1, y1), _ in self._objects():
            if type == raw.FPDF_PAGEOBJ_IMAGE:
                wide = min(x1, right) - max(x0, left)
                high = min(y1, top) - max(y0, bottom)
                covered += max(wide, 0) * max(high, 0)
            drawn += type == raw.FPDF_PAGEOBJ_PATH and pdfium.path_segments(one) > DRAWN.corners
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

    def _objects(self) -> Iterator[tuple[int, int, Edges, Matrix]]:
        """What is drawn, with its box and the matrix of what it stands in."""
        left = DRAWN.objects
        type_of, text, form = pdfium.type_of, raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM
        stack: list[tuple[int, Matrix, Callable[..., Any], int, int]] = [
            (self._page, IDENTITY, pdfium.page_object, pdfium.page_objects(self._page), 0)
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
                    stack.append(
                        (one, inner, pdfium.form_object, pdfium.form_objects(one), depth + 1)
                    )
                else:
                    yield one, type, self._bounds(one, matrix), matrix
            left -= min(count, left)

    def _bounds(self, one: int, matrix: Matrix) -> Edges:
        pdfium.bounds(one, *self._boxed)
        box: Edges = FOUR(self._box)
        if matrix is IDENTITY:
            return box
        left, bottom, right, top = box
        corners = [_moved(x, y, matrix) for x in (left, right) for y in (bottom, top)]
        return boxed(corners)

    def _inks(self, path: int) -> tuple[bool, bool]:
        """Whether a path is filled, and whether it is stroked, with a colour that is seen on paper."""
        pdfium.draw_mode(path, *self._moded)
        fill, stroke = TWO(self._modes)
        return (
            fill != 0 and self._is_dark(pdfium.fill_colour, path),
            stroke != 0 and self._is_dark(pdfium.stroke_colour, path),
        )

    def _is_dark(self, ask: Callable[..., Any], path: int) -> bool:
        if not ask(path, *self._coloured):
            return True
        *colour, alpha = COLOURS(self._colour)
        return bool(alpha and min(colour) < DRAWN.white)


def boxed(corners: Sequence[tuple[float, float]]) -> Edges:
    """The box around some points."""
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def places(array: Any) -> list[int]:
    """The addresses of the elements of an array."""
    first, size = ctypes.addressof(array), ctypes.sizeof(array) // len(array)
    return [first + at * size for at in range(len(array))]


def _matrix(one: int) -> Matrix:
    found = raw.FS_MATRIX()
    if not pdfium.matrix(one, ctypes.addressof(found)):
        return IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(one: Matrix, other: Matrix) -> Matrix:
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


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _subpaths(path: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The corners of each part of a path; one with a curve is none."""
    matrix = _times(_matrix(path), matrix)
    part: list[tuple[float, float]] = []
    point = POINT()
    x, y = places(point)
    for at in range(pdfium.path_segments(path)):
        segment = pdfium.path_segment(path, at)
        pdfium.segment_point(segment, x, y)
        if pdfium.segment_type(segment) == raw.FPDF_SEGMENT_MOVETO:
            if len(part) > 1:
                yield part
            part = []
        part.append(_moved(point[0], point[1], matrix))
        if pdfium.segment_closes(segment):
            part.append(part[0])
    if len(part) > 1:
        yield part


def cut(one: int, character: Edges) -> Edges | None:
    """The box that an object with a character in it is cut to, as the text of a cell is; None where there is none."""
    clip = pdfium.clip(one) if one else 0
    own, point = BOX(), POINT()
    pdfium.bounds(one, *places(own))
    x0, y0, x1, y1 = character
    left, bottom, right, top = FOUR(own)
    if (
        not clip or x1 < left or right < x0 or y1 < bottom or top < y0
    ):  # in a form it has other places
        return None
    left = bottom = -math.inf
    right = top = math.inf
    for path in range(pdfium.clip_paths(clip)):
        corners = []
        for at in range(pdfium.clip_segments(clip, path)):
            pdfium.segment_point(pdfium.clip_segment(clip, path, at), *places(point))
            corners.append((point[0], point[1]))
        x0, y0, x1, y1 = boxed(corners or [(0, 0)])
        left, bottom, right, top = max(left, x0), max(bottom, y0), min(right, x1), min(top, y1)
    return (left, bottom, right, top) if -math.inf < left < right and bottom < top else None


def _straight(part: list[tuple[float, float]]) -> Iterator[Edges]:
    """The edges of a part of a path that run across or down."""
    for (x0, y0), (x1, y1) in pairwise(part):
        if min(abs(x0 - x1), abs(y0 - y1)) < DRAWN.near / 2:
            yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
