"""What the terminal can show."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any, BinaryIO, TextIO, cast

from ...visible import Harmless

WIDTH = 80  # cells of a line where there is no terminal
WIDEST = 1000
# What says that a terminal follows links: programs by name, what some set, and from which version those of VTE do.
LINKING = ("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio")
LINKING_BY = ("WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM")
VTE = 5000
UTF8 = 65001  # the number of UTF-8 among the code pages of Windows


def width(stream: TextIO, environ: Mapping[str, str] = os.environ) -> int:
    """How many cells a line of the stream has: COLUMNS decides, then the terminal; 80 where there is none."""
    columns = environ.get("COLUMNS", "").lstrip("0")
    if columns.isdecimal():
        return int(columns) if len(columns) <= len(str(WIDEST)) else WIDEST
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
    if environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return terminal and environ.get("TERM") != "dumb"


def linked(terminal: bool, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether a terminal follows links: FORCE_HYPERLINK decides, then what terminals say of themselves."""
    if "FORCE_HYPERLINK" in environ:
        return environ["FORCE_HYPERLINK"] not in ("", "0")
    if not terminal or environ.get("TERM") == "dumb" or "CI" in environ:
        return False
    vte = environ.get("VTE_VERSION", "0")
    return (
        environ.get("TERM_PROGRAM") in LINKING
        or any(name in environ for name in LINKING_BY)
        or (vte.isdecimal() and len(vte) <= len(str(VTE)) and int(vte) >= VTE)
    )


def encoding(stream: TextIO, environ: Mapping[str, str] = os.environ) -> str | None:
    """What the stream is to be encoded in: None for as it is, which a terminal and PYTHONIOENCODING decide.

    All else is UTF-8, in every locale; on Windows it is what the console shows.
    """
    asked = environ.get("PYTHONIOENCODING", "").partition(":")[0]
    if asked or stream.isatty():
        return None
    return console() or "utf-8"


def console() -> str:
    """The encoding of the console of Windows; empty where there is none."""
    if sys.platform != "win32" or sys.flags.utf8_mode:
        return ""
    import ctypes

    page = ctypes.windll.kernel32.GetConsoleOutputCP()
    return "" if page in (0, UTF8) else f"cp{page}"


def harmless(stream: TextIO, colors: bool | None = None) -> TextIO:
    """The stream, to which nothing harmful is written; colours to a terminal, or as it is said."""
    return cast(TextIO, Harmless(getattr(stream, "stream", stream), colors))


def plain(stream: Any) -> TextIO:
    """Where a format writes that makes its lines harmless itself, and means its commands."""
    return cast(TextIO, getattr(stream, "stream", stream))


def binary(stream: Any) -> BinaryIO:
    """Where the bytes of a file go that are written as they are."""
    data: BinaryIO = getattr(stream, "stream", stream).buffer
    return data
