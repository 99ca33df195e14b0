#!/usr/bin/env python3
"""Draw docs/check.svg, the picture in the README, from a real run."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

from click.testing import CliRunner
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from jxmb.cli import main

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "check.svg"
ARGS = ("check", "samples/forms-2022.txt", "--select", "JX213,JX310,JX611", "--lang", "en")
WIDTH = 112
FONTS = re.compile(r"@font-face \{[^}]*\}\s*")  # a README loads nothing from elsewhere


def output() -> str:
    """What the run prints on a terminal of this width, with its colours."""
    os.chdir(ROOT)
    full = [*ARGS, "--format", "full", "--color", "always", "--isolated"]
    return CliRunner().invoke(main, full, env={"COLUMNS": str(WIDTH)}).stdout


def svg(text: str) -> str:
    """The output as a picture of a terminal."""
    console = Console(record=True, file=io.StringIO(), width=WIDTH, force_terminal=True)
    console.print(Text(f"$ jxmb {' '.join(ARGS)}\n", style="bold"))
    console.print(Text.from_ansi(text.rstrip("\n")), soft_wrap=True)
    drawn = console.export_svg(title="jxmb", theme=MONOKAI, unique_id="jxmb")
    return FONTS.sub("", drawn)


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(svg(output()), encoding="utf-8", newline="\n")
