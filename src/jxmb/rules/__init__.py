"""The rules, one package a family, one module a subject, and their pages."""

from __future__ import annotations

import copyreg
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType

from .base import AnyRule, Rule
from .page import drawn, page

__all__ = ["AnyRule", "Rule", "drawn", "load", "of_code", "page"]


@cache
def load() -> tuple[AnyRule, ...]:
    """Every rule, sorted by code."""
    found = {
        thing.code: thing
        for module in _modules()
        for thing in vars(module).values()
        if isinstance(thing, Rule)
    }
    return tuple(found[code] for code in sorted(found))


def _modules() -> Iterator[ModuleType]:
    """Every module of the families, and those beside them."""
    for module in walk_packages(__path__, f"{__name__}."):
        yield import_module(module.name)


@cache
def _by_code() -> dict[str, AnyRule]:
    return {rule.code: rule for rule in load()}


def of_code(code: str) -> AnyRule:
    """The rule with this code. Raises `KeyError`."""
    return _by_code()[code]


# The function of a rule has the name of the rule, so it cannot be pickled: a rule goes to another process as its code.
copyreg.pickle(Rule, lambda rule: (of_code, (rule.code,)))
