#!/usr/bin/env python3
"""What a form costs in each layout of the generator, as a ratio to forms between tabs in the same run.

The layouts take turns, so that drift hits all alike; each figure is the median of the rounds.

    python benchmarks/layouts.py [--rounds 5] [--forms 14]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

from tests.forms.layouts import LAYOUTS, LAYOUTS_APART
from tests.forms.records import some

from jxmb.reader import parse
from jxmb.source import Source
from jxmb.source.decoding import decode

sys.path.insert(0, str(Path(__file__).parent.parent))

PEER = "plain/tabs"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--forms", type=int, default=14)
    asked = parser.parse_args()
    chosen = {PEER: LAYOUTS[PEER], **LAYOUTS_APART}
    texts: dict[str, list[Source]] = {
        name: [decode(layout((record,)).text.encode()) for record in some(asked.forms)]
        for name, layout in chosen.items()
    }
    taken: dict[str, list[float]] = {name: [] for name in texts}
    for _ in range(asked.rounds + 1):  # the first round warms the caches
        for name, sources in texts.items():
            begin = time.perf_counter()
            for source in sources:
                parse(source)
            taken[name].append((time.perf_counter() - begin) / len(sources))
    peer = statistics.median(taken[PEER][1:])
    for name, rounds in taken.items():
        middle = statistics.median(rounds[1:])
        print(f"{name:<28} {middle * 1000:7.1f} ms a form {middle / peer:6.1f}x")


if __name__ == "__main__":
    main()
