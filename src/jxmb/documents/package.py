"""Office files as packages: a zip whose parts point at each other, unpacked within limits that are counted on the way.

What the directory of a zip says about sizes is not believed, and nothing outside the file is opened.
"""

from __future__ import annotations

import posixpath
import zipfile
from functools import cached_property
from io import BytesIO
from typing import NamedTuple

from ..light import dataclass
from ..source.decoding import Undecodable
from .container import BROKEN
from .xml import Attributes, Reader, Unreadable

MB = 1_000_000
TYPES = "[Content_Types].xml"
ENCRYPTED = 0x1
CHUNK = 1 << 18


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a document is read. What is beyond is refused with a sentence."""

    member: int = 100 * MB  # bytes of one part
    total: int = 300 * MB  # bytes of all parts that are read
    ratio: int = 200  # bytes unpacked for one packed, in parts over `small` bytes
    small: int = MB
    members: int = 10_000  # parts of a package
    cells: int = 1_000_000  # cells with content
    places: int = 200_000  # paragraphs and cells that have a place of their own
    text: int = 20 * MB  # characters that are read
    merges: int = 20_000  # merged ranges of a sheet
    foreign: int = 200  # rows of a sheet without a label, behind which what goes on is no form
    pages: int = 2_000
    pixels: int = 50 * MB  # of an image


LIMITS = Limits()

SENTENCES = {
    "damaged": ("文件已损坏或不完整", "the file is damaged or not whole"),
    "password": ("文件已加密", "the file is encrypted"),
    "members": (
        f"压缩包内文件超过 {LIMITS.members} 个",
        f"more than {LIMITS.members} files are packed in it",
    ),
    "size": (
        f"解压后的内容过大（单个部分超过 {LIMITS.member // MB} MB，或合计超过 {LIMITS.total // MB} MB）",
        f"its content is too large (a part over {LIMITS.member // MB} MB, or over {LIMITS.total // MB} MB in all)",
    ),
    "ratio": (
        f"压缩率异常（超过 {LIMITS.ratio} 倍）",
        f"it is packed too tightly (over {LIMITS.ratio} times)",
    ),
    "typed": ("文件含有 DTD 声明", "the file has a document type declaration"),
    "deep": ("文件结构嵌套过深", "the elements of the file are nested too deep"),
    "cells": (
        f"单元格超过 {LIMITS.cells} 个",
        f"it has more than {LIMITS.cells} cells",
    ),
    "places": (
        f"段落和单元格超过 {LIMITS.places} 个",
        f"it has more than {LIMITS.places} paragraphs and cells",
    ),
    "text": (f"文字超过 {LIMITS.text} 个", f"it has more than {LIMITS.text} characters"),
    "pixels": (
        f"图片超过 {LIMITS.pixels // MB} 百万像素",
        f"the picture has more than {LIMITS.pixels // MB} million points",
    ),
    "pages": (f"页数超过 {LIMITS.pages} 页", f"it has more than {LIMITS.pages} pages"),
    "merges": (
        f"合并单元格超过 {LIMITS.merges} 处",
        f"it has more than {LIMITS.merges} merged ranges",
    ),
}
AGAIN = ("请用 Word、Excel 或 WPS 重新保存", "save it once more with Word, Excel or WPS")
ADVICE = {
    "damaged": ("请重新复制或重新导出", "copy or export it once more"),
    "password": ("请取消打开密码", "remove the password"),
    "pixels": ("请以较低的分辨率重新扫描", "scan it once more at a lower resolution"),
}


def refused(why: str) -> Undecodable:
    """The sentence of a limit or a damage, by its name in `SENTENCES`."""
    (zh, en), (advice_zh, advice_en) = SENTENCES[why], ADVICE.get(why, AGAIN)
    return Undecodable(f"{zh}，{advice_zh}", f"{en}: {advice_en}")


class Relation(NamedTuple):
    """A part that another points at, and as what: the last word of its type (`styles`, `worksheet`)."""

    type: str
    part: str


class Package:
    """The parts of an office file by name. Every method raises `Undecodable` where the file cannot be read."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.unpacked = 0
        try:
            self.archive = zipfile.ZipFile(BytesIO(data))
        except BROKEN:
            raise refused("damaged") from None
        if len(self.archive.filelist) > LIMITS.members:
            raise refused("members")
        self.names = {one.filename: one for one in self.archive.filelist}

    def part(self, name: str) -> bytes:
        """The bytes of a part; nothing where there is none."""
        info = self.names.get(name)
        if info is None:
            return b""
        if info.flag_bits & ENCRYPTED:
            raise refused("password")
        try:
            return self._unpacked(info)
        except BROKEN:
            raise refused("damaged") from None

    def _unpacked(self, info: zipfile.ZipInfo) -> bytes:
        found = BytesIO()  # its value is not copied
        with self.archive.open(info) as member:
            while chunk := member.read(CHUNK):
                found.write(chunk)
                size = found.tell()
                self.unpacked += len(chunk)
                if size > LIMITS.member or self.unpacked > LIMITS.total:
                    raise refused("size")
                if size > LIMITS.small and size > LIMITS.ratio * info.compress_size:
                    raise refused("ratio")
        return found.getvalue()

    def read(self, name: str, reader: Reader) -> None:
        """Reads a part; nothing where there is none."""
        if not (data := self.part(name)):
            return
        try:
            reader.read(data)
        except Unreadable as error:
            raise refused(error.why) from None

    @cached_property
    def types(self) -> dict[str, str]:
        """The content types of parts that have their own, by name."""
        found: dict[str, str] = {}

        def override(attributes: Attributes) -> None:
            found[attributes.get("PartName", "").lstrip("/")] = attributes.get("ContentType", "")

        self.read(TYPES, Reader({"Override": override}, {}))
        return found

    def main(self, default: str) -> str:
        """The name of the main part; `default` where the package does not say. Raises `Undecodable` without one."""
        named = (one.part for one in self.relations("").values() if one.type == "officeDocument")
        found = next((name for name in named if name in self.names), default)
        if found not in self.names:
            raise refused("damaged")
        return found

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part points at inside the package, by id. What is outside is left out, and never opened."""
        folder, name = posixpath.split(part)
        found: dict[str, Relation] = {}

        def relation(attributes: Attributes) -> None:
            if attributes.get("TargetMode") == "External":
                return
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
            type = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = Relation(type, target.lstrip("/"))

        own = posixpath.join(folder, "_rels", f"{name}.rels")
        self.read(own, Reader({"Relationship": relation}, {}))
        return found
