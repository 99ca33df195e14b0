"""Print how often each rule fires, and its hits to be read: over files and folders, and the forms of the tests.

`python scripts/hits.py PATH ... [--select JX4,JX5] [--generators] [--draw 200 --seed 1 --most 8]`: a line a rule
with its hits, the forms it fires on and their share; then the hits, or those that are drawn, as tab-separated lines:
code, severity, place, where, message. Documents need their extras; what cannot be read is passed over.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from jxmb.findings import Finding
from jxmb.lint.engine import File
from jxmb.lint.run import Run
from jxmb.lint.settings.configuration import Configuration
from jxmb.rules import load

ROOT = Path(__file__).resolve().parent.parent
SHOWN_OFTEN = 0.05  # share of forms from which on a rule is marked


def files(paths: Sequence[str], *, generators: bool) -> Iterator[File]:
    """The files below the paths, and one text a layout of the forms that the tests make."""
    for path in map(Path, paths):
        below = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (File(one, str(one), named=False) for one in below if one.is_file())
    if generators:
        sys.path.insert(0, str(ROOT))
        from tests.forms.layouts import LAYOUTS
        from tests.forms.records import clean

        for name in ("plain/tabs", "wide/html", "tree/tabs"):
            text = LAYOUTS[name](list(clean())).text
            yield File(Path(f"{name}.txt"), f"{name}.txt", named=False, data=text.encode())


def drawn(hits: Sequence[Finding], count: int, seed: int, most: int) -> list[Finding]:
    """So many hits, at most so many a rule, by a fixed seed."""
    rng = random.Random(seed)
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for one in hits:
        by_rule[one.code].append(one)
    few = [one for group in by_rule.values() for one in rng.sample(group, min(most, len(group)))]
    return sorted(rng.sample(few, min(count, len(few))), key=lambda one: one.code)


def main(arguments: Sequence[str]) -> int:
    """Print the table and the hits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--select", default="JX4,JX5,JX614,JX7,JX8,JX9")
    parser.add_argument("--generators", action="store_true")
    parser.add_argument("--draw", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=int, default=8)
    asked = parser.parse_args(arguments)
    overrides: dict[str, object] = {"select": tuple(asked.select.split(","))}
    run = Run(Configuration(load(), isolated=True, overrides=overrides))
    hits = [
        one
        for one in run.check(files(asked.paths, generators=asked.generators), jobs=None)
        if not one.code.startswith("JX0")
    ]
    write = sys.stdout.write
    forms = max(run.summary.forms, 1)
    for rule in load():
        own = [one for one in hits if one.code == rule.code]
        if own:
            where = len({(one.place.path, one.project) for one in own})
            mark = "  often" if where >= SHOWN_OFTEN * forms else ""
            write(
                f"{rule.code} {rule.severity:<8}{len(own):6}{where:6}{where / forms:8.1%}{mark}\n"
            )
    write(f"{run.summary.forms} forms\n\n")
    for one in drawn(hits, asked.draw, asked.seed, asked.most) if asked.draw else hits:
        place = f"{one.place.path}:{one.place.line}:{one.place.column}"
        where = " › ".join(one.where)
        write(f"{one.code}\t{one.severity}\t{place}\t{where}\t{one.message.zh}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
