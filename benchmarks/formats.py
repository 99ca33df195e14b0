#!/usr/bin/env python3
"""What each format of `check` and `convert` takes in memory as forms become ten times as many, and how large it is.

    python benchmarks/formats.py [--forms N] [--only NAME ...]

Reads N/10 and N (10,000) invented forms, ten a file, once for each format, in a process of its own each, and prints
for each how large the output is, the peak memory of both runs, and their ratio: 1.0 is what streams. With `--only`
those formats only, named as they are printed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts"), str(ROOT / "benchmarks")]

import texts  # noqa: E402
from processes import JXMB, spent  # noqa: E402

FORMS = 10  # of a file
STREAMS = ("full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown")
BUT_ACROSS = ",".join(f"JX{number}" for number in range(9))  # no fact of a form is kept
COMMANDS = {
    "check concise": ("check", "--format", "concise", "-o", "out.concise"),
    "check concise without JX9": (
        "check",
        "--select",
        BUT_ACROSS,
        "--format",
        "concise",
        "-o",
        "out.txt",
    ),
    "check, all that streams": (
        "check",
        "-o",
        "out.md",
        *(f"--format={one}=out.{one}" for one in STREAMS),
    ),
    **{f"check {one}": ("check", "--format", one, "-o", f"out.{one}") for one in STREAMS[2:]},
    "check json with review and statistics": (
        "check",
        "--summary",
        "--statistics",
        "-o",
        "out.json",
    ),
    "check --summary": ("check", "--summary", "-o", "out.txt"),
    "check xlsx": ("check", "-o", "out.xlsx"),
    "check html": ("check", "-o", "out.html"),
    "convert json": ("convert", "-o", "out.json"),
    "convert json with places": ("convert", "--with-source", "-o", "out.json"),
    "convert jsonl": ("convert", "-o", "out.jsonl"),
    "convert csv": ("convert", "-o", "out.csv"),
    "convert csv, two tables": ("convert", "--to", "csv", "-o", "tables/"),
    "convert text": ("convert", "-o", "out.txt"),
    "convert xlsx": ("convert", "-o", "out.xlsx"),
    "convert parquet": ("convert", "--to", "parquet", "-o", "parquet/"),
}


class Cost(NamedTuple):
    """What a run took: MiB of memory at its peak and of output, and seconds of CPU."""

    memory: float
    size: float
    cpu: float


def main() -> None:
    """Make the forms, run each format, print a row each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--forms", type=int, default=10000)
    parser.add_argument(
        "--only", nargs="*", default=list(COMMANDS), choices=list(COMMANDS), metavar="NAME"
    )
    asked = parser.parse_args()
    print(
        "| format | MiB | peak MiB | of a tenth | ratio | CPU s |\n| --- | --: | --: | --: | --: | --: |",
        flush=True,
    )
    with tempfile.TemporaryDirectory(prefix="jxmb-") as name:
        folder = Path(name)
        few, many = (
            written(folder / str(count), count) for count in (asked.forms // 10, asked.forms)
        )
        for one in asked.only:
            small, large = (cost(COMMANDS[one], path) for path in (few, many))
            ratio = large.memory / small.memory
            print(
                f"| {one} | {large.size:.1f} | {large.memory:.0f} | {small.memory:.0f} | {ratio:.2f} | {large.cpu:.0f} |",
                flush=True,
            )


def written(folder: Path, count: int) -> Path:
    """So many forms, in files of `FORMS` each."""
    folder.mkdir()
    (layout,) = (texts.EVERY[name] for name in texts.TABS)
    for first in range(0, count, FORMS):
        forms = (layout((texts.form(number),)).text for number in range(first, first + FORMS))
        (folder / f"forms-{first:06}.txt").write_text("\n".join(forms), encoding="utf-8")
    return folder


def cost(args: Sequence[str], forms: Path) -> Cost:
    """One run, in a folder that is empty before and after."""
    with tempfile.TemporaryDirectory(prefix="jxmb-") as name:
        folder = Path(name)
        usage = spent([*JXMB, *args, "--isolated", "--jobs", "1", str(forms)], folder)
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Cost(usage.ru_maxrss / 1024, size / 2**20, usage.ru_utime + usage.ru_stime)


if __name__ == "__main__":
    main()
