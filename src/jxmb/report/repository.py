"""Paths as those want them who show findings in a repository: from its root, wherever in it the run was."""

from __future__ import annotations

import os
from functools import lru_cache

MARK = ".git"
CHECKOUTS = ("CI_PROJECT_DIR", "GITHUB_WORKSPACE")  # where a service put the repository


def within(shown: str) -> str:
    """A path from the root of the repository, in strokes; as it is where there is none, or the file lies outside."""
    plain = shown.replace(os.sep, "/").removeprefix("./")
    try:
        here = os.getcwd()  # noqa: PTH109 - a Path would cost more than the rest
    except OSError:  # the working folder is gone
        return plain
    root = _root(here, tuple(os.environ.get(name, "") for name in CHECKOUTS))
    whole = os.path.normpath(os.path.join(here, shown))  # noqa: PTH118
    inside = whole.startswith(f"{root.rstrip(os.sep)}{os.sep}")
    return os.path.relpath(whole, root).replace(os.sep, "/") if inside else plain


@lru_cache(maxsize=8)
def _root(here: str, checkouts: tuple[str, ...]) -> str:
    """The folder above that is a repository, or that a service names; the working folder where there is none."""
    folder, above = "", here
    while folder != above:
        folder, above = above, os.path.dirname(above)  # noqa: PTH120
        if os.path.exists(os.path.join(folder, MARK)):  # noqa: PTH110, PTH118
            return folder
    named = (one for one in checkouts if one and f"{here}{os.sep}".startswith(f"{one}{os.sep}"))
    return next(named, here)
