"""How many processes may recognise characters at once: each needs memory for its model."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

NEEDED = 1_500_000_000  # bytes of memory a process
MEMORY = Path("/proc/meminfo")
AVAILABLE = "MemAvailable:"
WAIT = 0.2  # seconds


def free() -> int:
    """Bytes of memory that are free; 0 where the system does not say."""
    try:
        lines = MEMORY.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return 0
    said = next((one.split() for one in lines if one.startswith(AVAILABLE)), ["", "0"])
    return int(said[1]) * 1024


def count() -> int:
    """How many processes there is memory for; one at least."""
    return max(free() // NEEDED, 1)


@contextmanager
def one() -> Iterator[bool]:
    """Waits until there is memory for one more process; gives whether there is for all that could run."""
    while True:
        most = count()
        for number in range(min(most, os.cpu_count() or 1)):
            with _path(number).open("ab") as file:
                if _locked(file):
                    yield most > (os.cpu_count() or 1)
                    return
        time.sleep(WAIT)


def _path(number: int) -> Path:
    user = os.getuid() if hasattr(os, "getuid") else ""
    return Path(tempfile.gettempdir(), f"jxmb-{user}-{number}.lock")


if sys.platform == "win32":
    import msvcrt

    def _locked(file: BinaryIO) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locked(file: BinaryIO) -> bool:
        """Whether the lock on a file could be had; it goes when the file is closed, and with the process."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
