"""A job over many items: in this process, in as many as pay, or wherever an executor takes it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from itertools import chain
from typing import TYPE_CHECKING, Protocol, TypeVar

from ..findings import Words

if TYPE_CHECKING:
    from concurrent.futures import Executor

Item = TypeVar("Item")
Part = TypeVar("Part")
ItemIn = TypeVar("ItemIn", contravariant=True)
PartOut = TypeVar("PartOut", covariant=True)

POOL = "jxmb.lint.pool"  # loaded where there is work for more than one process
# Bytes from which on more processes are worth their start, which is cheap where they fork.
PAYS = 200_000 if sys.platform == "linux" else 1_000_000


class Job(Protocol[ItemIn, PartOut]):
    """What is done with each item. Picklable, and so is all that it yields."""

    def __call__(self, item: ItemIn, /) -> Iterator[PartOut]:
        """What is made of an item."""

    def failed(self, item: ItemIn, said: Words, /) -> Iterator[PartOut]:
        """What is told instead where that could not be made, or not be brought back."""

    def size(self, item: ItemIn, /) -> int:
        """About how many bytes an item has."""


class Spread(Protocol):
    """What gives each item with what a job makes of it, in order."""

    def __call__(
        self, job: Job[Item, Part], items: Iterable[Item], /
    ) -> Iterator[tuple[Item, Iterator[Part]]]:
        """Each item with its parts."""


def spread(
    job: Job[Item, Part],
    items: Iterable[Item],
    jobs: int | None = 1,
    executor: Callable[[], Executor] | None = None,
) -> Iterator[tuple[Item, Iterator[Part]]]:
    """Each item with what is made of it, in order.

    `jobs` is how many workers there are; None: as many as pay. `executor` makes what runs them, processes of this
    machine where it is not given. With one worker nothing is held: parts come as they are made.
    """
    if jobs is None:
        jobs, items = _worthwhile(job, items)
    if jobs == 1:
        return ((item, job(item)) for item in items)
    found: Iterator[tuple[Item, Iterator[Part]]] = import_module(POOL).over(
        job, items, jobs, executor
    )
    return found


def _worthwhile(job: Job[Item, Part], items: Iterable[Item]) -> tuple[int, Iterable[Item]]:
    """How many processes pay for these items, and the items again: one where there is little to do."""
    most = cores()
    if most == 1:
        return 1, items
    every = iter(items)
    seen: list[Item] = []
    total = largest = 0
    for item in every:
        seen.append(item)
        size = job.size(item)
        total, largest = total + size, max(largest, size)
        # What counts is what others could do meanwhile: the largest item is nobody's to share.
        if total - largest >= PAYS:
            return most, chain(seen, every)
    return 1, seen


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
