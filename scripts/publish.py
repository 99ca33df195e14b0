"""Write down what a release publishes: codes of rules, schemas, names and columns, in tests/data/published/.

    python scripts/publish.py

What was published stays: `tests/test_stability.py` compares. `scripts/release` runs this, nobody else needs to.
"""

from __future__ import annotations

from pathlib import Path

import click

import jxmb
from jxmb import rules
from jxmb.cli import main
from jxmb.cli.schema import PACKAGE
from jxmb.export import tables

FOLDER = Path(__file__).parent.parent / "tests" / "data" / "published"
TABLES = {"forms": tables.FORMS, "indicators": tables.INDICATORS, "findings": tables.FINDINGS}


def table(*rows: tuple[str, str]) -> str:
    """Rows as lines with a tab."""
    return "".join(f"{one}\t{other}\n" for one, other in rows)


def options() -> list[tuple[str, str]]:
    """Each long option, beside its command."""
    ctx = click.Context(main, info_name="jxmb")
    commands = {name: main.get_command(ctx, name) for name in main.list_commands(ctx)}
    return [
        (f"jxmb {name}", option)
        for name, command in commands.items()
        for param in (command.params if command else ())
        for option in param.opts
        if option.startswith("--")
    ]


def published() -> dict[str, str]:
    """The files by name, as of this tree."""
    codes = sorted((rule.code, rule.name) for rule in rules.load())
    names = [("jxmb", name) for name in jxmb.__all__] + options()
    names += [(name, column) for name, found in TABLES.items() for column in found]
    shapes = {path.name: path.read_text("utf-8") for path in PACKAGE.glob("*/*.schema.json")}
    return {
        "codes.tsv": table(("code", "name"), *codes),
        "names.tsv": table(("of", "name"), *names),
        **shapes,
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in published().items():
        FOLDER.joinpath(name).write_text(text, encoding="utf-8", newline="\n")
