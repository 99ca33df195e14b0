"""Read and lint China's 项目支出绩效目标表 (budget performance-target forms)."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .api import check, convert, fix, parse
    from .findings import Finding
    from .model import Project
    from .model.document import Document

__version__ = "0.1.0"
__all__ = ["Document", "Finding", "Project", "check", "convert", "fix", "parse"]

_HOMES = {
    "check": "api",
    "convert": "api",
    "fix": "api",
    "parse": "api",
    "Document": "model.document",
    "Finding": "findings",
    "Project": "model",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for: starting up stays light."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
