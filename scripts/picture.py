#!/usr/bin/env python3
"""Draw docs/check.svg, the check of a Word file in README and documentation, from a real run."""

from __future__ import annotations

import html
import io
import os
import re
from pathlib import Path

from click.testing import CliRunner
from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from jxmb.cli import main

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "check.svg"
ARGS = ("check", "samples/form-2024.docx", "--lang", "zh")
WIDTH = 100
FONTS = re.compile(r"@font-face \{[^}]*\}\s*")  # a README loads nothing from elsewhere
LENGTH = re.compile(r'textLength="(?P<width>[0-9.]+)"(?P<rest>[^>]*)>(?P<said>[^<]+)<')


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
    return LENGTH.sub(widened, FONTS.sub("", drawn))


def widened(text: re.Match[str]) -> str:
    """A piece of text as wide as its cells: a Chinese character has two, and is given the width of one."""
    said = html.unescape(text["said"])
    width = float(text["width"]) * cell_len(said) / len(said)
    return f'textLength="{width:g}"{text["rest"]}>{text["said"]}<'


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(svg(output()), encoding="utf-8", newline="\n")
