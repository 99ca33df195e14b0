"""Office files as packages: a zip whose parts point at each other, unpacked within limits that are counted on the way.

What the directory of a zip says about sizes is not believed, and nothing outside the file is opened.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from functools import cached_property
from io import BytesIO
from typing import NamedTuple

from ..container import BROKEN
from ..limits import LIMITS, refused
from .xml import Attributes, Reader, Unreadable

TYPES = "[Content_Types].xml"
ENCRYPTED = 0x1
CHUNK = 1 << 16


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
        found = BytesIO()  # its value is not copied
        for chunk in self.chunks(name):
            found.write(chunk)
        return found.getvalue()

    def chunks(self, name: str, size: int = CHUNK) -> Iterator[bytes]:
        """The bytes of a part in stretches of a size, unpacked as they are asked for."""
        info = self.names.get(name)
        if info is None:
            return
        if info.flag_bits & ENCRYPTED:
            raise refused("password")
        try:
            yield from self._unpacked(info, size)
        except BROKEN:
            raise refused("damaged") from None

    def _unpacked(self, info: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
        size = 0
        with self.archive.open(info) as member:
            while chunk := member.read(most):
                size += len(chunk)
                self.unpacked += len(chunk)
                if size > LIMITS.member or self.unpacked > LIMITS.total:
                    raise refused("size")
                if size > LIMITS.small and size > LIMITS.ratio * info.compress_size:
                    raise refused("ratio")
                yield chunk

    def read(self, name: str, reader: Reader) -> None:
        """Reads a part; nothing where there is none."""
        if data := self.part(name):
            read(data, reader)

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
        self.read(own, Reader({"Relationship": relation}, {}, bare=True))
        return found


def read(data: bytes, reader: Reader) -> None:
    """Reads a part, or an element of one. Raises `Undecodable`."""
    try:
        reader.read(data)
    except Unreadable as error:
        raise refused(error.why) from None
