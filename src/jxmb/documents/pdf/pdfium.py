"""Functions of PDFium that are asked for each character and each line: a call with addresses costs half of one with objects."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as raw


def _bound(function: Any) -> Callable[..., Any]:
    """A function that takes and gives addresses where the other one has pointers; arrays are taken as they are."""
    kinds = [_kind(one) for one in (function.restype, *function.argtypes)]
    return ctypes.PYFUNCTYPE(*kinds)(address(function))


def _kind(one: Any) -> Any:
    return ctypes.c_void_p if hasattr(one, "contents") else one


def address(pointer: Any) -> int:
    """Where a pointer points."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


page_object = _bound(raw.FPDFPage_GetObject)
page_objects = _bound(raw.FPDFPage_CountObjects)
form_object = _bound(raw.FPDFFormObj_GetObject)
form_objects = _bound(raw.FPDFFormObj_CountObjects)
type_of = _bound(raw.FPDFPageObj_GetType)
bounds = _bound(raw.FPDFPageObj_GetBounds)
matrix = _bound(raw.FPDFPageObj_GetMatrix)
draw_mode = _bound(raw.FPDFPath_GetDrawMode)
fill_colour = _bound(raw.FPDFPageObj_GetFillColor)
stroke_colour = _bound(raw.FPDFPageObj_GetStrokeColor)
path_segments = _bound(raw.FPDFPath_CountSegments)
path_segment = _bound(raw.FPDFPath_GetPathSegment)
segment_point = _bound(raw.FPDFPathSegment_GetPoint)
segment_type = _bound(raw.FPDFPathSegment_GetType)
segment_closes = _bound(raw.FPDFPathSegment_GetClose)
clip = _bound(raw.FPDFPageObj_GetClipPath)
clip_paths = _bound(raw.FPDFClipPath_CountPaths)
clip_segments = _bound(raw.FPDFClipPath_CountPathSegments)
clip_segment = _bound(raw.FPDFClipPath_GetPathSegment)
character_box = _bound(raw.FPDFText_GetLooseCharBox)
character_origin = _bound(raw.FPDFText_GetCharOrigin)
character_matrix = _bound(raw.FPDFText_GetMatrix)
character_size = _bound(raw.FPDFText_GetFontSize)
character_object = _bound(raw.FPDFText_GetTextObject)
is_generated = _bound(raw.FPDFText_IsGenerated)
