"""The rules, one module a family, and their pages."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.resources import files
from pkgutil import iter_modules

from .base import AnyRule, Rule

__all__ = ["AnyRule", "Rule", "load", "page"]


@cache
def load() -> tuple[AnyRule, ...]:
    """Every rule, sorted by code."""
    found: dict[str, AnyRule] = {}
    for module in iter_modules(__path__):
        if module.name != "base" and not module.name.startswith("_"):
            for thing in vars(import_module(f"{__name__}.{module.name}")).values():
                if isinstance(thing, Rule):
                    found[thing.code] = thing
    return tuple(found[code] for code in sorted(found))


def page(name: str) -> str:
    """The page of a rule: Markdown in both languages. Raises `FileNotFoundError` where there is none."""
    return files(__package__).joinpath("pages", f"{name}.md").read_text(encoding="utf-8")
