"""What can be spread over processes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, TypeVar

from ..findings import Words

Item = TypeVar("Item", contravariant=True)
Part = TypeVar("Part", covariant=True)


class Job(Protocol[Item, Part]):
    """What is done with each item. Picklable, and so is all that it yields."""

    def __call__(self, item: Item, /) -> Iterator[Part]:
        """What is made of an item."""

    def failed(self, item: Item, said: Words, /) -> Iterator[Part]:
        """What is told instead where that could not be made, or not be brought back."""

    def size(self, item: Item, /) -> int:
        """About how many bytes an item has."""
