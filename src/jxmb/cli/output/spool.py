"""Findings that wait on disk until each of several formats has read them: a run of any size holds none of them."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO

from ...deferred import dataclass
from ...findings import Finding


@contextmanager
def spooled(findings: Iterable[Finding]) -> Iterator[Iterable[Finding]]:
    """Findings that can be gone through again and again, by one reader at a time."""
    with TemporaryFile() as file:
        count = 0
        for one in findings:
            pickle.dump(one, file)
            count += 1
        yield Spool(file, count)


@dataclass(frozen=True, slots=True)
class Spool:
    """`count` findings in a file."""

    file: IO[bytes]
    count: int

    def __iter__(self) -> Iterator[Finding]:
        """All findings, from the first."""
        self.file.seek(0)
        for _ in range(self.count):
            one: Finding = pickle.load(self.file)
            yield one
