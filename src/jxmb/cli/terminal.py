"""What the terminal can show."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TextIO

WIDTH = 80  # cells of a line where there is no terminal


def width(stream: TextIO, environ: Mapping[str, str] = os.environ) -> int:
    """How many cells a line of the stream has: COLUMNS decides, then the terminal; 80 where there is none."""
    columns = environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns):
        return int(columns)
    try:
        return os.get_terminal_size(stream.fileno()).columns or WIDTH
    except (OSError, ValueError):
        return WIDTH


def colored(wanted: str, terminal: bool, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether to use colours: the option decides, then NO_COLOR, FORCE_COLOR, then the terminal."""
    if wanted != "auto":
        return wanted == "always"
    if environ.get("NO_COLOR"):
        return False
    return environ.get("FORCE_COLOR", "0") not in ("", "0") or terminal
