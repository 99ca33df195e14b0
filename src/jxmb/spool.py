"""Sequences of any length: the first items in memory, the others in a temporary file that leaves with who reads it."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import IO, Any, TypeVar, overload

T = TypeVar("T")

HELD = 500  # items of a sequence in memory
SORTED = 4_000  # items in memory while many are sorted
BLOCK = 100  # sorted items that are written and read together
FOLDER = "TMPDIR"  # what is said to be at fault where there is no folder for temporary files


class Disk:
    """Items in a file of their own, by number. Raises `OSError` with the folder where it cannot be written."""

    def __init__(self) -> None:
        self._file: IO[bytes] = _temporary()
        self._places = array("Q")
        self._end = 0

    def __del__(self) -> None:
        """A file that is full cannot be written to its end."""
        if hasattr(self, "_file"):
            with suppress(OSError):
                self._file.close()

    def __len__(self) -> int:
        return len(self._places)

    def append(self, item: object) -> None:
        """Write an item behind the others. Raises `OSError`."""
        import pickle

        data = pickle.dumps(item, pickle.HIGHEST_PROTOCOL)
        try:
            self._file.seek(self._end)
            self._file.write(data)
        except OSError as error:
            raise _of_folder(error) from None
        self._places.append(self._end)
        self._end += len(data)

    def read(self, number: int) -> Any:
        """An item by its number. Raises `OSError`."""
        import pickle

        try:  # what waits to be written is
            self._file.seek(self._places[number])
            return pickle.load(self._file)
        except OSError as error:
            raise _of_folder(error) from None


def _temporary() -> IO[bytes]:
    import tempfile

    try:
        return tempfile.TemporaryFile()
    except OSError as error:
        raise _of_folder(error) from None


def _of_folder(error: OSError) -> OSError:
    """What the system refuses of a file without a name, told of its folder."""
    import tempfile

    folder = FOLDER
    with suppress(OSError):
        folder = tempfile.gettempdir()
    return OSError(error.errno, os.strerror(error.errno or 0), folder)


class Spool(Sequence[T]):
    """Items in their order, of which a run of any size holds a few. Raises `OSError` where the others cannot be kept."""

    def __init__(self, items: Iterable[T] = ()) -> None:
        self._held: list[T] = []
        self._rest: Disk | None = None
        for one in items:
            self.append(one)

    def append(self, item: T) -> None:
        """Keep an item behind the others."""
        if self._rest is None and len(self._held) < HELD:
            self._held.append(item)
            return
        if self._rest is None:
            self._rest = Disk()
        self._rest.append(item)

    def __len__(self) -> int:
        return len(self._held) + (len(self._rest) if self._rest else 0)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        """An item by its number, or those of a slice."""
        if isinstance(at, slice):
            return [self[number] for number in range(len(self))[at]]
        number = range(len(self))[at]
        if number < len(self._held):
            return self._held[number]
        assert self._rest is not None
        item: T = self._rest.read(number - len(self._held))
        return item

    def __iter__(self) -> Iterator[T]:
        """All items that there are when it comes to them."""
        yield from self._held
        number = 0
        while self._rest is not None and number < len(self._rest):
            yield self._rest.read(number)
            number += 1


def ordered(items: Iterable[T]) -> Iterable[T]:
    """Items that compare, from the least; of many only a part is in memory. Raises `OSError`."""
    rest = iter(items)
    part: list[T] = sorted(islice(rest, SORTED))  # type: ignore[type-var]
    return part if len(part) < SORTED else _merged(part, rest)


def _merged(part: list[T], rest: Iterator[T]) -> Iterator[T]:
    """The items of a sorted part and of what is still to be read, from the least."""
    import heapq

    disk = Disk()
    runs: list[range] = []
    while part:
        begin = len(disk)
        for at in range(0, len(part), BLOCK):
            disk.append(part[at : at + BLOCK])
        runs.append(range(begin, len(disk)))
        part = sorted(islice(rest, SORTED))  # type: ignore[type-var]
    yield from heapq.merge(*(_read(disk, run) for run in runs))


def _read(disk: Disk, run: range) -> Iterator[Any]:
    for number in run:
        yield from disk.read(number)
