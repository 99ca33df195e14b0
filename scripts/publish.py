"""Write down what a release publishes: codes of rules, schemas and columns of tables, in tests/data/published/.

    python scripts/publish.py

What was published stays: `tests/test_stability.py` compares. `scripts/release` runs this, nobody else needs to.
"""

from __future__ import annotations

from pathlib import Path

from jxmb import rules
from jxmb.cli.schema import PACKAGE
from jxmb.export import tables

FOLDER = Path(__file__).parent.parent / "tests" / "data" / "published"
TABLES = {"forms": tables.FORMS, "indicators": tables.INDICATORS, "findings": tables.FINDINGS}


def table(*rows: tuple[str, str]) -> str:
    """Rows as lines with a tab."""
    return "".join(f"{one}\t{other}\n" for one, other in rows)


def published() -> dict[str, str]:
    """The files by name, as of this tree."""
    codes = sorted((rule.code, rule.name) for rule in rules.load())
    columns = [(name, column) for name, found in TABLES.items() for column in found]
    shapes = {path.name: path.read_text("utf-8") for path in PACKAGE.glob("*/*.schema.json")}
    return {
        "codes.tsv": table(("code", "name"), *codes),
        "columns.tsv": table(("table", "column"), *columns),
        **shapes,
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in published().items():
        FOLDER.joinpath(name).write_text(text, encoding="utf-8", newline="\n")
