"""Patterns that are compiled when they are first used: a run uses few of those that all modules hold."""

from __future__ import annotations

import re as standard
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, AnyStr, cast

if TYPE_CHECKING:
    import regex as wide

METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


class Pattern:
    """Stands for a compiled pattern, and from its first use on has that one's methods."""

    def __init__(self, compiler: Callable[..., Any], pattern: str | bytes, flags: int) -> None:
        self.compiler = compiler
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = self.compiler(self.pattern, self.flags)
        self.__dict__.update((method, getattr(compiled, method)) for method in METHODS)
        return getattr(compiled, name)


def re(pattern: AnyStr, flags: int = 0) -> standard.Pattern[AnyStr]:
    """A pattern of the standard library."""
    return cast("standard.Pattern[AnyStr]", Pattern(standard.compile, pattern, flags))


def regex(pattern: str, flags: int = 0) -> wide.Pattern[str]:
    """A pattern of `regex`, which knows scripts and looks behind as far as it must. Flags are those of `re`."""
    return cast("wide.Pattern[str]", Pattern(_wide, pattern, flags))


def _wide(pattern: str, flags: int) -> Any:
    import regex

    return regex.compile(pattern, flags)
