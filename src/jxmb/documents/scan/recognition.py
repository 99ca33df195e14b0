"""Characters on pictures, recognised by rapidocr: the only module that knows it and what it brings."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from typing import Any

import cv2
import numpy
import onnxruntime  # noqa: F401  (rapidocr asks for it late, and in its own words)
from PIL import Image, ImageOps
from rapidocr import RapidOCR

from ... import deferred
from ..limits import LIMITS, refused
from ..page.measures import LYING, PICTURED
from .ruling import DARK, LIGHT, Bitmap, Box, Look

# One thread: two take half as much CPU again for the same page. The classifier takes ≥90% for a text upside down.
# One text at a time, as wide as it is: most cells are short, and together they are all as wide as the widest.
SETTINGS = {
    "Global.use_cls": False,
    "Global.log_level": "critical",
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "Rec.rec_batch_num": 1,
    "Rec.rec_img_shape": list(LYING.shape),
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
FORMATS = ("PNG", "JPEG", "TIFF", "BMP")
PERMILLE = deferred.re(r"(?<=\d)%[0oO]$")  # ‰ as it is recognised


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
    """What is on a picture (height × width × blue, green, red), as if it were neither askew nor turned."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    if abs(angle := _angle(grey)) > math.radians(LYING.step):
        picture, grey = _turned(picture, angle), _turned(grey, angle)
    places = _places(picture)
    if quarters := _quarters(picture, places):
        picture, grey = (
            numpy.ascontiguousarray(numpy.rot90(one, quarters)) for one in (picture, grey)
        )
        places = _places(picture)
    boxes = list(_boxes(picture, places))
    dark = cv2.adaptiveThreshold(
        grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, PICTURED.block, PICTURED.darker
    )
    height, width = dark.shape
    points = numpy.where(dark, ord(DARK), ord(LIGHT)).astype(numpy.uint8).tobytes()
    across, down = Bitmap(width, height, points.decode("ascii")).lines(boxes)
    return Look(width, height, boxes, across, down)


def _places(picture: Any) -> Any:
    """Where texts stand: the four corners of each, from its upper left one."""
    found = _engine()(picture, use_rec=False).boxes
    return () if found is None else found


def _boxes(picture: Any, places: Any) -> Iterator[Box]:
    for corners, (text, score) in zip(
        places, _texts(_engine().crop_text_regions(picture, places)), strict=True
    ):
        if text.strip() and score >= PICTURED.legible:
            yield Box(PERMILLE.sub("‰", text), *map(float, (*corners.min(0), *corners.max(0))))


def _texts(crops: Sequence[Any]) -> list[tuple[str, float]]:
    """What pictures of a text say, and how sure that is; those that are higher than wide are told to lie on their side."""
    if not crops:
        return []
    found = _engine().recognize_txt(crops)
    return list(zip(found.txts, map(float, found.scores), strict=True))


def _quarters(picture: Any, places: Any) -> int:
    """By how many quarters against the clock a page has to be turned: as some of its texts are read best."""
    if not len(places):
        return 0
    high = numpy.linalg.norm(places[:, 0] - places[:, -1], axis=1)
    wide = numpy.linalg.norm(places[:, 0] - places[:, 1], axis=1)
    long = numpy.maximum(high, wide) >= LYING.tall * numpy.minimum(high, wide)
    if not long.any():
        return 0
    on_end = bool((high > wide)[long].mean() > 0.5)
    told = places[long & ((high > wide) == on_end)][: LYING.sample]
    crops = _engine().crop_text_regions(picture, told)  # those on end are turned a quarter
    upright, over = (
        sum(score for _, score in _texts(some))
        for some in (crops, [numpy.rot90(one, 2) for one in crops])
    )
    return on_end + 2 * (over > upright)


def _angle(grey: Any) -> float:
    """By how much long lines that run across lean, in radians; 0 where there are none."""
    least = round(grey.shape[1] * LYING.share)
    level, most = (
        math.pi / 2,
        math.radians(LYING.askew),
    )  # lines are told by what stands upright on them
    edges = cv2.Canny(grey, *LYING.contrast)
    step = math.radians(LYING.step)
    lines = cv2.HoughLines(edges, 1, step, least, min_theta=level - most, max_theta=level + most)
    if lines is None:
        return 0.0
    return float(numpy.median(lines[: LYING.lines, 0, 1])) - level


def _turned(picture: Any, angle: float) -> Any:
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), math.degrees(angle), 1.0)
    return cv2.warpAffine(
        picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
