#!/usr/bin/env python3
"""Start-up, throughput and memory as ratios to peers measured in the same run.

The peers: bare Python for start-up, and for throughput the script that one would write instead (split at tabs,
carry level cells down). Seconds depend on the machine; the ratios hardly do.

    python benchmarks/run.py [--rounds 5] [--copies 40]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

SAMPLES = Path(__file__).parent.parent / "samples"
JXMB = ("-m", "jxmb")
BARE = ("-c", "pass")
FILL = """
import csv, sys
levels, count = ["", ""], 0
for row in csv.reader(open(sys.argv[1], encoding="utf-8"), delimiter="\\t", quoting=csv.QUOTE_NONE):
    if len(row) >= 4:
        levels = [cell or old for cell, old in zip(row[1:3], levels)]
        count += bool(row[-1])
print(count)
"""


class Cost(NamedTuple):
    """What one process took: seconds of the wall clock, and MiB of memory at its peak."""

    seconds: float
    memory: float


def cost(*args: str) -> Cost:
    """Run Python once."""
    begin = time.perf_counter()
    running = subprocess.Popen([sys.executable, *args], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(running.pid, 0)
    seconds = time.perf_counter() - begin
    running.returncode = os.waitstatus_to_exitcode(status)
    return Cost(seconds, usage.ru_maxrss / 1024)


def costs(commands: dict[str, tuple[str, ...]], rounds: int) -> dict[str, Cost]:
    """The median cost of each command; they take turns, so that drift hits all alike."""
    taken: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, args in commands.items():
            taken[name].append(cost(*args))
    return {
        name: Cost(
            statistics.median(one.seconds for one in found),
            statistics.median(one.memory for one in found),
        )
        for name, found in taken.items()
    }


def show(title: str, found: dict[str, Cost], peer: str) -> None:
    """One line a command: its cost, and how many times that of the peer."""
    print(f"\n{title} (ratio to: {peer})")
    for name, one in found.items():
        times, memory = one.seconds / found[peer].seconds, one.memory / found[peer].memory
        print(
            f"  {name:<28} {one.seconds * 1000:8.0f} ms {times:6.1f}x  {one.memory:7.1f} MiB {memory:5.1f}x"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--copies", type=int, default=40)
    asked = parser.parse_args()
    forms = SAMPLES / "forms-2022.txt"
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / "dump.txt"
        dump.write_bytes(forms.read_bytes() * asked.copies)
        start = {
            "python -c pass": BARE,
            "jxmb --help": (*JXMB, "--help"),
            "jxmb schema records": (*JXMB, "schema", "records"),
            "jxmb check, 17 forms": (*JXMB, "check", "--format", "json", str(forms)),
            "jxmb convert, 17 forms": (*JXMB, "convert", str(forms)),
        }
        show("start-up", costs(start, asked.rounds), "python -c pass")
        count = f"{17 * asked.copies} forms"
        work = {
            f"fill-down script, {count}": ("-c", FILL, str(dump)),
            f"jxmb convert, {count}": (*JXMB, "convert", "--to", "jsonl", str(dump)),
            f"jxmb check, {count}": (*JXMB, "check", "--format", "json", str(dump)),
        }
        show("throughput", costs(work, asked.rounds), next(iter(work)))
        half = Path(folder) / "half.txt"
        half.write_bytes(forms.read_bytes() * (asked.copies // 4))
        memory = {
            "convert, a quarter of it": (*JXMB, "convert", "--to", "jsonl", str(half)),
            "convert, all of it": (*JXMB, "convert", "--to", "jsonl", str(dump)),
        }
        show("memory as the dump grows fourfold", costs(memory, asked.rounds), next(iter(memory)))


if __name__ == "__main__":
    main()
