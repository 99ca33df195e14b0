"""``jxmb schema``: the JSON Schema of what leaves the program."""

from __future__ import annotations

from pathlib import Path

import click

from .group import Command, lang_option
from .words import Words

PACKAGE = Path(__file__).parent.parent
SCHEMAS = {
    "records": ("export", "records.schema.json"),
    "findings": ("report", "findings.schema.json"),
}


@click.command(
    "schema",
    cls=Command,
    words=Words(
        "输出 convert（records）或 check --format json（findings）的 JSON Schema。",
        "Print the JSON Schema of convert (records) or of check --format json (findings).",
    ),
)
@click.argument("shape", type=click.Choice(list(SCHEMAS)))
@lang_option
def schema(shape: str) -> None:
    """Print the schema as it stands in the package."""
    package, name = SCHEMAS[shape]
    click.echo((PACKAGE / package / name).read_text(encoding="utf-8"), nl=False)
