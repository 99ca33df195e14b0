#!/usr/bin/env python3
"""What a run costs, as ratios to peers measured in the same run; and what wants to stay flat, as growth.

A figure is CPU time (user and system) of whole processes, starts included, or their peak memory or wall time where
the row says so. The two sides of a ratio take turns, first the one in front and then the other; what is compared is
their medians. Bytecode is compiled before. Seconds depend on the machine, the ratios hardly do.

    python benchmarks/run.py [--quick] [--only N] [--write]

prints JSON and the table of docs/en/scale.md, or puts the table there with `--write`. yamllint comes with the extra `bench`.
"""

from __future__ import annotations

import argparse
import compileall
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

import docs  # noqa: E402
import texts  # noqa: E402
from processes import JXMB, spent  # noqa: E402

import jxmb  # noqa: E402

CLICK = ("-c", "import click")
FLOOR = """
import click, regex, pydantic
class Part(pydantic.BaseModel):
    name: str
    count: int = 0
class Whole(pydantic.BaseModel):
    title: str
    parts: list[Part]
"""
FLOOR_RICH = FLOOR + "import rich.console\n"
YAMLLINT = ("-m", "yamllint")

Command = tuple[str, ...]


class Cost(NamedTuple):
    """What one process took: seconds of CPU and of the wall clock, and MiB of memory at its peak."""

    cpu: float
    wall: float
    memory: float


@dataclass(frozen=True)
class Row:
    """One line of the table: a ratio, and what is wanted of it. `value` is None where `note` says why."""

    name: str
    wanted: str
    value: float | None
    met: bool | None = None
    note: str = ""


class Runner:
    """Runs processes in turns, and makes the files they read."""

    def __init__(self, folder: Path, quick: bool) -> None:
        self.folder = folder
        self.scale = 10 if quick else 1
        self.rounds = 5 if quick else 11
        self.env = {
            key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"
        }

    def cost(self, args: Command) -> Cost:
        """Run Python once."""
        begin = time.perf_counter()
        usage = spent(args, self.folder, self.env)
        seconds = time.perf_counter() - begin
        return Cost(usage.ru_utime + usage.ru_stime, seconds, usage.ru_maxrss / 1024)

    def medians(self, *commands: Command, rounds: int) -> list[Cost]:
        """The median cost of each command; they take turns, forwards and backwards."""
        taken: list[list[Cost]] = [[] for _ in commands]
        for turn in range(rounds):
            order = list(range(len(commands)))[:: -1 if turn % 2 else 1]
            for at in order:
                taken[at].append(self.cost(commands[at]))
        return [Cost(*map(statistics.median, zip(*found, strict=True))) for found in taken]

    def ratio(self, one: Command, other: Command, rounds: int) -> float:
        """CPU of one command as a multiple of the other's."""
        first, second = self.medians(one, other, rounds=rounds)
        return first.cpu / second.cpu

    def count(self, files: int) -> int:
        """So many files, or a tenth in a quick run."""
        return files // self.scale

    @cached_property
    def one(self) -> Command:
        """A check of one form."""
        return check(texts.write_file(self.folder / "one.txt", 1))

    @cached_property
    def few(self) -> Command:
        """A check of 1,000 files between tabs."""
        return check(texts.write_forms(self.folder / "few", self.count(1000), texts.TABS))

    @cached_property
    def many(self) -> Command:
        """A check of 10,000 files between tabs."""
        return check(texts.write_forms(self.folder / "many", self.count(10000), texts.TABS))

    @cached_property
    def mix(self) -> Command:
        """A check of 2,000 files in six layouts."""
        return check(texts.write_forms(self.folder / "mix", self.count(2000), texts.MIX))

    @cached_property
    def yaml(self) -> Command:
        """yamllint over 2,000 files."""
        return (*YAMLLINT, str(texts.write_yaml(self.folder / "yaml", self.count(2000))))


def check(path: Path, style: str = "concise", jobs: int = 1) -> Command:
    """A check, in one process unless more are asked for; what it finds does not matter."""
    return (*JXMB, "check", "--jobs", str(jobs), "--format", style, str(path))


def start(name: str, args: Command, peer: Command, most: float) -> Callable[[Runner], Row]:
    """A start against its floor."""

    def measure(runner: Runner) -> Row:
        value = runner.ratio(args, peer, runner.rounds)
        return Row(name, f"≤ {most}", value, value <= most)

    return measure


def one_form(style: str, floor: str, says: str) -> Callable[[Runner], Row]:
    """The check of one form against a program that only imports."""

    def measure(runner: Runner) -> Row:
        args = check(Path(runner.one[-1]), style)
        value = runner.ratio(args, ("-c", floor), runner.rounds)
        return Row(f"`check` of one form, {style} ÷ {says}", "≤ 1.3", value, value <= 1.3)

    return measure


def throughput(name: str, layouts: tuple[str, ...], least: float) -> Callable[[Runner], Row]:
    """Files a second against those of yamllint."""

    def measure(runner: Runner) -> Row:
        says = f"files/s ÷ those of yamllint, {name}"
        if importlib.util.find_spec("yamllint") is None:
            return Row(says, f"≥ {least}", None, note="yamllint is not installed")
        folder = runner.folder / "tabs"
        args = (
            runner.mix
            if layouts == texts.MIX
            else check(texts.write_forms(folder, runner.count(2000), layouts))
        )
        value = 1 / runner.ratio(args, runner.yaml, 3)
        return Row(says, f"≥ {least}", value, value >= least)

    return measure


def memory(runner: Runner) -> Row:
    """Peak memory as files become ten times as many."""
    many, few = runner.medians(runner.many, runner.few, rounds=1)
    value = many.memory / few.memory
    return Row("peak memory of 10,000 files ÷ of 1,000", "≤ 1.2", value, value <= 1.2)


def growth(runner: Runner, name: str, more: tuple[Command, int], less: tuple[Command, int]) -> Row:
    """CPU a form as forms become ten times as many, the start taken off."""
    whole, part, start = runner.medians(more[0], less[0], runner.one, rounds=3)
    value = (whole.cpu - start.cpu) / (more[1] - 1) / ((part.cpu - start.cpu) / (less[1] - 1))
    return Row(name, "≤ 1.1", value, value <= 1.1)


def forms_in_a_file(runner: Runner) -> Row:
    """A file of 1,000 forms against one of 100."""
    sizes = runner.count(1000), max(runner.count(100), 20)
    more, less = (
        (check(texts.write_file(runner.folder / f"forms-{size}.txt", size)), size) for size in sizes
    )
    return growth(runner, "CPU a form in a file of 1,000 forms ÷ of 100", more, less)


def files(runner: Runner) -> Row:
    """10,000 files against 1,000."""
    more, less = (runner.many, runner.count(10000)), (runner.few, runner.count(1000))
    return growth(runner, "CPU a form at 10,000 files ÷ at 1,000", more, less)


def output(runner: Runner, args: Command) -> bytes:
    """What a run prints."""
    command = [sys.executable, *args]
    return subprocess.run(command, capture_output=True, env=runner.env, check=False).stdout


def jobs(runner: Runner) -> Row:
    """Two processes against one."""
    name, wanted = (
        "`--jobs 2`, wall, times faster than `--jobs 1` on 2,000 files",
        "≥ 1.7, same bytes",
    )
    two, one = check(Path(runner.mix[-1]), jobs=2), runner.mix
    if output(runner, two) != output(runner, one):
        return Row(name, wanted, None, False, "the bytes differ")
    fast, slow = runner.medians(two, one, rounds=3)
    value = slow.wall / fast.wall
    return Row(name, wanted, value, value >= 1.7)


IMPORTS = "imports of click, regex, pydantic and two small models"
ROWS: tuple[Callable[[Runner], Row], ...] = (
    start("`--version` ÷ `import click`", (*JXMB, "--version"), CLICK, 1.25),
    start("`--help` ÷ `import click`", (*JXMB, "--help"), CLICK, 1.25),
    one_form("concise", FLOOR, IMPORTS),
    one_form("full", FLOOR_RICH, "the same with rich.console"),
    throughput("tab text", texts.TABS, 3),
    throughput("mix of tabs, pipes, HTML, CSV, aligned columns, a cell a line", texts.MIX, 2.5),
    memory,
    forms_in_a_file,
    files,
    jobs,
)


def measured(quick: bool, only: list[int]) -> Iterator[Row]:
    """The rows, one after the other."""
    compileall.compile_dir(Path(jxmb.__file__).parent, quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        runner = Runner(Path(folder), quick)
        for at in only or range(1, len(ROWS) + 1):
            row = ROWS[at - 1](runner)
            print(f"{at:2} {row.name}: {shown(row)}", file=sys.stderr)
            yield row


def shown(row: Row) -> str:
    """The value of a row, or why it has none."""
    return row.note if row.value is None else f"{row.value:.2f}"


def table(rows: list[Row]) -> str:
    """The rows as Markdown."""
    head = "| measured | now | wanted |\n| --- | --- | --- |\n"
    return head + "".join(f"| {row.name} | {shown(row)} | {row.wanted} |\n" for row in rows)


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="a tenth of the files, fewer rounds")
    parser.add_argument(
        "--only", type=int, action="append", default=[], metavar="N", help="only row N"
    )
    parser.add_argument("--write", action="store_true", help="put the table into docs/en/scale.md")
    asked = parser.parse_args()
    rows = list(measured(asked.quick, asked.only))
    print(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))
    if not asked.write:
        print(table(rows), end="")
        return
    page = docs.DOCS / "en" / "scale.md"
    text = docs.current(page.read_text(encoding="utf-8"), {"benchmarks": lambda: table(rows)})
    page.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
