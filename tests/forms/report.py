"""Print how well each layout is read, clean and under each kind of damage: `python -m tests.forms.report`.

Arguments: words that a layout's name must contain; `--damage` adds the damages, `--errors` what was read wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from jxmb.reader import parse
from jxmb.source.decoding import decode

from .damage import DAMAGES
from .layouts import LAYOUTS, LAYOUTS_APART, LAYOUTS_ROUNDED, Layout
from .records import FormRecord, clean, some
from .score import Score, score


def measure(
    layout: Layout, records: tuple[FormRecord, ...], name: str = "", seed: int = 0
) -> Score:
    """How well these records are read in a layout, under a named damage or none."""
    if name:
        data, golden = DAMAGES[name].apply(layout, records, seed)
    else:
        sample = layout(records)
        data, golden = sample.text.encode(), sample.golden
    return score(golden, parse(decode(data)).projects)


def _cases(words: list[str], damaged: bool) -> Iterator[tuple[str, str, Layout]]:
    for layout_name, layout in {**LAYOUTS, **LAYOUTS_APART, **LAYOUTS_ROUNDED}.items():
        if not all(word in layout_name for word in words):
            continue
        yield layout_name, "", layout
        if damaged:
            for name, damage in DAMAGES.items():
                if damage.fits(layout_name):
                    yield layout_name, name, layout


def main(arguments: list[str]) -> None:
    """Print one line a layout and damage: indicators, hierarchy, fields, further columns."""
    words = [word for word in arguments if not word.startswith("--")]
    damaged = "--damage" in arguments
    records = some(6) if damaged else clean()
    write = sys.stdout.write
    write(f"{'layout':<28}{'damage':<16} rows   levels fields columns\n")
    for layout_name, name, layout in _cases(words, damaged):
        result = Score()
        alone = not damaged and not layout_name.startswith("flat")
        for together in [(one,) for one in records] if alone else [records]:
            result.add(measure(layout, together, name))
        shares = (result.share, result.hierarchy, result.field_share, result.column_share)
        write(f"{layout_name:<28}{name:<16}" + " ".join(f"{share:6.4f}" for share in shares) + "\n")
        if "--errors" in arguments:
            write("".join(f"    {line}\n" for line in result.wrong[:12]))


if __name__ == "__main__":
    main(sys.argv[1:])
