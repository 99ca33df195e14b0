"""What was recognised on a page, kept in the cache folder of the user: the same content is not looked at twice."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

from . import NO_CACHE
from .ruling import Box, Look, Run

FORM = 1  # of what is kept, and of how pages are looked at
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
        found = json.loads(_path(key).read_text(encoding="utf-8"))
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
    except (OSError, RuntimeError):
        return


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _path(key: str) -> Path:
    try:
        version = metadata.version(ENGINE)
    except metadata.PackageNotFoundError:
        version = ""
    return folder() / f"{key}-{FORM}-{version}.json"
