"""Characters on pictures, recognised by rapidocr: the only module that knows it and what it brings."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

import cv2
import numpy
import onnxruntime  # noqa: F401  (rapidocr asks for it late, and in its own words)
from PIL import Image, ImageOps
from rapidocr import RapidOCR

from .. import lazy
from .package import LIMITS, refused
from .ruling import DARK, LIGHT, Bitmap, Box, Look

# One thread: two take half as much CPU again for the same page. The classifier takes ≥90% for a text upside down.
SETTINGS = {
    "Global.use_cls": False,
    "Global.log_level": "critical",
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
FORMATS = ("PNG", "JPEG", "TIFF", "BMP")
ASKEW = math.radians(5)  # lines that lean further belong to no table
LEAST = math.radians(0.05)  # what leans less stands straight
STEP = math.radians(0.05)
SHARE = 0.2  # of the width of a page: shorter lines do not tell how it leans
BLOCK, DARKER = 31, 12  # a point is dark if it is so much darker than those around it
PERMILLE = lazy.re(r"(?<=\d)%[0oO]$")  # ‰ as it is recognised


@cache
def _engine() -> Any:
    return RapidOCR(params=SETTINGS)


def forget() -> None:
    """Gives the memory of the model back."""
    _engine.cache_clear()


def pictures(data: bytes) -> Iterator[Any]:
    """The pictures of a file, one a page, as people see them. Raises `Undecodable`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            image = Image.open(BytesIO(data), formats=FORMATS)
        except Image.DecompressionBombError:
            raise refused("pixels") from None
        count = getattr(image, "n_frames", 1)
        if count > LIMITS.pages:
            raise refused("pages")
        for number in range(count):
            image.seek(number)
            if image.width * image.height > LIMITS.pixels:
                raise refused("pixels")
            shown = ImageOps.exif_transpose(image).convert("RGBA")
            paper = Image.new("RGBA", shown.size, "white")
            paper.alpha_composite(shown)
            yield cv2.cvtColor(numpy.asarray(paper), cv2.COLOR_RGBA2BGR)


def look(picture: Any) -> Look:
    """What is on a picture (height × width × blue, green, red), as if it were not askew."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    if abs(angle := _angle(grey)) > LEAST:
        picture, grey = _turned(picture, angle), _turned(grey, angle)
    boxes = _boxes(picture)
    dark = cv2.adaptiveThreshold(
        grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, BLOCK, DARKER
    )
    height, width = dark.shape
    points = numpy.where(dark, ord(DARK), ord(LIGHT)).astype(numpy.uint8).tobytes()
    across, down = Bitmap(width, height, points.decode("ascii")).lines(boxes)
    return Look(width, height, boxes, across, down)


def _boxes(picture: Any) -> list[Box]:
    found = _engine()(picture)
    if found.boxes is None:
        return []
    return [
        Box(PERMILLE.sub("‰", text), *map(float, (*corners.min(0), *corners.max(0))))
        for corners, text in zip(found.boxes, found.txts, strict=True)
    ]


def _angle(grey: Any) -> float:
    """By how much long lines that run across lean, in radians; 0 where there are none."""
    least = round(grey.shape[1] * SHARE)
    edges = cv2.Canny(grey, 50, 150)
    lines = cv2.HoughLinesP(edges, 1, STEP, least, minLineLength=least, maxLineGap=8)
    if lines is None:
        return 0.0
    x0, y0, x1, y1 = lines.reshape(-1, 4).astype(float).T
    leans = numpy.arctan2(y1 - y0, x1 - x0)
    leans = leans[abs(leans) < ASKEW]
    return float(numpy.median(leans)) if len(leans) else 0.0


def _turned(picture: Any, angle: float) -> Any:
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), math.degrees(angle), 1.0)
    return cv2.warpAffine(
        picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
