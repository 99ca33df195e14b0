"""The files that the benchmarks read: forms of which no two say the same, and YAML for the peer."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.forms.layouts import LAYOUTS, LAYOUTS_APART, Layout
from tests.forms.records import FormRecord, Money, Row, clean

EVERY = {**LAYOUTS, **LAYOUTS_APART}
TABS = ("plain/tabs",)
MIX = (
    "plain/tabs",
    "wide/pipes",
    "wide/html",
    "wide/comma",
    "plain/layout",
    "plain/lines",
)
SYLLABLES = "安北长城川东福广海河华江金兰林龙南宁平青清泉山石松太通文西新兴阳永云中州"
YAML_BYTES = 1500


def _place(draw: random.Random) -> str:
    """The name of a place that hardly another form has."""
    return "".join(draw.choices(SYLLABLES, k=3)) + draw.choice("县市区")


def _row(row: Row, place: str, draw: random.Random) -> Row:
    """An indicator of its own name, with another figure where it has one."""
    name = f"{place}{row.name}"
    if row.pieces is None:
        return replace(row, name=name)
    sign, _, unit = row.pieces
    return replace(
        row, name=name, value=f"{sign if row.value[0] == sign else ''}{draw.randint(60, 99)}{unit}"
    )


def form(number: int) -> FormRecord:
    """Form by its number: an invented one under names, figures and offices of its own."""
    draw = random.Random(number)
    record = clean()[number % len(clean())]
    place, fiscal, other = _place(draw), draw.randint(1, 9999), draw.randint(0, 99)
    amounts = {"total": fiscal + other, "fiscal": fiscal, "other": other}
    return replace(
        record,
        project_name=f"{place}{record.project_name}",
        department=f"{place}{record.department}",
        implementer=f"{place}{record.implementer}",
        goal=f"{place}{record.goal}",
        funding=tuple(Money(one.label, str(amounts[one.role]), one.role) for one in record.funding),
        rows=tuple(_row(row, _place(draw), draw) for row in record.rows),
    )


def _layouts(names: Sequence[str]) -> Sequence[Layout]:
    return [EVERY[name] for name in names]


def write_forms(folder: Path, count: int, layouts: Sequence[str]) -> Path:
    """One form a file, the layouts taking turns."""
    folder.mkdir()
    chosen = _layouts(layouts)
    for number in range(count):
        text = chosen[number % len(chosen)]((form(number),)).text
        (folder / f"form-{number:05}.txt").write_text(text, encoding="utf-8")
    return folder


def write_file(path: Path, count: int) -> Path:
    """All forms in one file, between tabs."""
    (layout,) = _layouts(TABS)
    path.write_text("\n".join(layout((form(n),)).text for n in range(count)), encoding="utf-8")
    return path


def _entries(number: int) -> Iterator[str]:
    draw = random.Random(number)
    for at in range(draw.randint(1000, 9999), 10**9):
        yield (
            f"service-{at}:\n"
            f"  image: registry.example/team-{draw.randint(1, 99)}/app:{draw.randint(1, 9)}.{draw.randint(0, 9)}\n"
            f"  ports:\n    - {draw.randint(1024, 9999)}\n    - {draw.randint(1024, 9999)}\n"
            f"  settings: {{level: info, retries: {draw.randint(1, 9)}}}  # as agreed\n"
        )


def write_yaml(folder: Path, count: int) -> Path:
    """YAML files of one size, each different."""
    folder.mkdir()
    for number in range(count):
        text = "---\n"
        for entry in _entries(number):
            if len(text) + len(entry) > YAML_BYTES:
                break
            text += entry
        (folder / f"file-{number:05}.yaml").write_text(text, encoding="utf-8")
    return folder
