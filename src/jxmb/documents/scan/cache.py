"""What was recognised on a page, kept in the cache folder of the user: the same content is not looked at twice.

The folder is bounded, in bytes and by how long ago something was asked for.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from .. import NO_CACHE
from .ruling import Box, Look, Run

MOST = 100_000_000  # bytes that are kept: what was not asked for the longest goes first
OLDEST = 180 * 24 * 3600  # seconds for which what nobody asks for is kept
FORM = 2  # of what is kept, and of how pages are looked at
ENGINE = "rapidocr"


def folder(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Where it is kept."""
    if platform == "win32" and (local := environ.get("LOCALAPPDATA")):
        return Path(local, "jxmb", "Cache")
    if platform == "darwin":
        return Path.home() / "Library" / "Caches" / "jxmb"
    named = environ.get("XDG_CACHE_HOME", "")
    base = Path(named) if Path(named).is_absolute() else Path.home() / ".cache"
    return base / "jxmb"


def find(key: str) -> list[Look] | None:
    """What is kept for a content; None where nothing is, or nothing that can be read."""
    if os.environ.get(NO_CACHE):
        return None
    try:
        path = _path(key)
        found = json.loads(path.read_text(encoding="utf-8"))
        os.utime(path)  # it was asked for
        return [
            Look(
                int(width),
                int(height),
                [Box(str(text), *map(float, box)) for text, *box in boxes],
                *([Run(*map(float, one)) for one in runs] for runs in (across, down)),
            )
            for width, height, boxes, across, down in found
        ]
    except (OSError, ValueError, TypeError, RuntimeError):
        return None


def keep(key: str, looks: list[Look]) -> None:
    """Keeps it, where that can be done; only the user can read it."""
    if os.environ.get(NO_CACHE):
        return
    try:
        path = _path(key)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = path.with_suffix(f".{os.getpid()}")
        with open(new, "w", encoding="utf-8", opener=_private) as file:
            json.dump(looks, file, ensure_ascii=False)
        new.replace(path)
        _clear(path.parent)
    except (OSError, RuntimeError):
        return


def _clear(folder: Path) -> None:
    """Lets go of what is too old, and of the oldest where it is too much."""
    every = [(one, one.stat()) for one in folder.iterdir()]
    newest = max((about.st_mtime for _, about in every), default=0.0)
    size = 0
    for one, about in sorted(every, key=lambda pair: pair[1].st_mtime, reverse=True):
        size += about.st_size
        if size > MOST or about.st_mtime < newest - OLDEST:
            one.unlink(missing_ok=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _path(key: str) -> Path:
    return folder() / f"{key}-{FORM}-{_version()}.json"


def _version() -> str:
    """That of what recognises, as its installation is named: to ask `importlib.metadata` takes as long as to read."""
    spec = find_spec(ENGINE)
    if spec is None or not spec.origin:
        return ""
    named = sorted(Path(spec.origin).parent.parent.glob(f"{ENGINE}-*.dist-info"))
    return named[-1].stem.removeprefix(f"{ENGINE}-") if named else ""
