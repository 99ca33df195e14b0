"""A package with parts changed: all others are copied byte for byte, with their headers."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from itertools import pairwise

from ...deferred import dataclass

CENTRAL, LOCAL, END, ZIP64 = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x07"
# Both headers have these in common: version, flags, method, time and date, CRC, sizes packed and unpacked, lengths of
# the name and of what is added to it.
COMMON = struct.Struct("<HHHIIIIHH")
# Behind it in the directory: the length of a comment, the disk, two kinds of attributes, where the local header is.
MORE = struct.Struct("<HHHII")
LAST = struct.Struct(
    "<HHHHIIH"
)  # disks, entries on this one and in all, size and offset of the directory, comment
HEADER = len(LOCAL) + COMMON.size
MAKER = 2  # bytes that stand before the common part in the directory
STORED, DEFLATED = 0, 8
DESCRIBED = 0x8  # the sizes stand behind the data
UTF8 = 0x800
VERSION, MADE = 20, 0x00210000  # what is new is written as of 1980, when zip begins


class Unsplit(Exception):
    """The zip is of a kind that is not taken apart: zip64, on several disks, or with bytes that no entry names."""


@dataclass(slots=True)
class Entry:
    """A part as the directory has it; `segment` is its local header with its data."""

    maker: bytes
    common: tuple[int, ...]
    name: bytes
    tail: bytes  # what is added to the name, and the comment
    more: tuple[int, ...]
    segment: bytes = b""

    def take(self, part: bytes) -> None:
        """Holds another content from now on."""
        version, flags, method, made, _, _, _, name, added = self.common
        packed = part
        if method != STORED:
            packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
            method, packed = DEFLATED, packer.compress(part) + packer.flush()
        head = (version, flags & ~DESCRIBED, method, made, zlib.crc32(part), len(packed), len(part))
        self.common = (*head, name, added)
        own, names = (name, 0), self.name  # of its local header
        if self.segment:
            own = COMMON.unpack_from(self.segment, len(LOCAL))[-2:]
            names = self.segment[HEADER : HEADER + sum(own)]
        self.segment = LOCAL + COMMON.pack(*head, *own) + names + packed

    def listed(self, offset: int) -> bytes:
        """Its entry in the directory, with its local header at `offset`."""
        more = MORE.pack(*self.more[:-1], offset)
        return CENTRAL + self.maker + COMMON.pack(*self.common) + more + self.name + self.tail


def repacked(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The package with these parts in; those that it does not have yet come last. Raises `Unsplit`."""
    entries, begin, comment = _entries(data)
    found = {one.name.decode("utf-8", "replace"): one for one in entries}
    for name, part in parts.items():
        if name not in found:
            found[name] = _new(name)
            entries.append(found[name])
        found[name].take(part)
    at: dict[int, int] = {}
    length = begin
    placed = sorted(entries, key=lambda one: one.more[-1])
    for one in placed:
        at[id(one)] = length
        length += len(one.segment)
    body = [data[:begin], *(one.segment for one in placed)]
    directory = [one.listed(at[id(one)]) for one in entries]
    size, count = sum(map(len, directory)), len(entries)
    end = END + LAST.pack(0, 0, count, count, size, length, len(comment)) + comment
    return b"".join((*body, *directory, end))


def _new(name: str) -> Entry:
    raw = name.encode()
    common = (VERSION, UTF8, DEFLATED, MADE, 0, 0, 0, len(raw), 0)
    return Entry(VERSION.to_bytes(2, "little"), common, raw, b"", (0, 0, 0, 0, 0xFFFFFFFF))


def _entries(data: bytes) -> tuple[list[Entry], int, bytes]:
    """The parts in the order of the directory, where the first begins, and the comment of the whole."""
    end = data.rfind(END)
    if end < 0 or ZIP64 in data[max(0, end - 20) : end]:
        raise Unsplit
    try:
        disk, first, here, count, size, start, comment = LAST.unpack_from(data, end + len(END))
        if (disk, first, here) != (0, 0, count) or start + size != end:
            raise Unsplit
        entries = list(_listed(data, start, count))
    except struct.error:
        raise Unsplit from None
    offsets = sorted(one.more[-1] for one in entries)
    ends = dict(pairwise([*offsets, start]))
    for one in entries:
        one.segment = data[one.more[-1] : ends[one.more[-1]]]
        if not one.segment.startswith(LOCAL):
            raise Unsplit
    return entries, min(offsets, default=start), data[end + len(END) + LAST.size :][:comment]


def _listed(data: bytes, at: int, count: int) -> Iterator[Entry]:
    for _ in range(count):
        if data[at : at + len(CENTRAL)] != CENTRAL:
            raise Unsplit
        at += len(CENTRAL)
        maker, at = data[at : at + MAKER], at + MAKER
        common, at = COMMON.unpack_from(data, at), at + COMMON.size
        more, at = MORE.unpack_from(data, at), at + MORE.size
        name, at = data[at : at + common[-2]], at + common[-2]
        size = common[-1] + more[0]
        yield Entry(maker, common, name, data[at : at + size], more)
        at += size
