"""A job over many items: in this process, or in as many as pay."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TypeVar

from .job import Job

Item = TypeVar("Item")
Part = TypeVar("Part")
# Bytes from which on more processes are worth their start, which is cheap where they fork.
PAYS = 200_000 if sys.platform == "linux" else 1_000_000


def spread(
    job: Job[Item, Part], items: Iterable[Item], jobs: int | None = 1
) -> Iterator[tuple[Item, Iterator[Part]]]:
    """Each item with what is made of it, in order. `jobs` is how many processes work; None: as many as pay.

    With one, nothing is held: parts come as they are made.
    """
    if jobs is None:
        jobs, items = _worthwhile(job, items)
    if jobs == 1:
        return ((item, job(item)) for item in items)
    from .pool import over

    return over(job, items, jobs)


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
