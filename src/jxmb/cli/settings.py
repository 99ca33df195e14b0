"""``jxmb check --show-settings``: each setting, and the file it came from."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import click

from ..lint.configuration import BUILT_IN, OPTION, Configuration
from ..visible import visible

ORIGINS = {BUILT_IN: "default", OPTION: "command line"}


def show_settings(configuration: Configuration, paths: Sequence[str]) -> None:
    """Print the settings that hold for each path, or for the working directory."""
    for path in paths or ("",):
        place = Path(path) if path else None
        if place and os.path.isdir(place):  # noqa: PTH112 - which may be locked
            place /= "*"
        if len(paths) > 1:
            click.echo(f"# {visible(path)}")
        for shown in configuration.shown(place):
            origin = ORIGINS.get(shown.origin, shown.origin)
            click.echo(f"{shown.key} = {literal(shown.value)}  # {visible(origin)}")


def literal(value: object) -> str:
    """A value as a settings file would write it, and ``(auto)`` for what is told from the case."""
    if value is None:
        return "(auto)"
    if isinstance(value, Decimal | int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(literal(item) for item in value)}]"
    if isinstance(value, dict):
        pairs = (
            f"{json.dumps(key, ensure_ascii=False)} = {literal(item)}"
            for key, item in value.items()
        )
        return f"{{{', '.join(pairs)}}}"
    return json.dumps(str(value), ensure_ascii=False)
