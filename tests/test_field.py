"""Small forms as departments file them, each beside the record that a careful clerk reads in it.

`tests/data/field/NAME.toml` is written by hand from `NAME.txt`. A key with `_alt` beside it has further readings that
are right, and so has a cell with ` ~ ` in it; a key that is left out is not compared, but a year left out is not
printed. `errors` must be reported, `doubtful` may be, any other error contradicts what is printed. `outside` is text
that belongs to no form.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.forms.score import norm

import jxmb

FOLDER = Path(__file__).parent / "data" / "field"
INPUTS = sorted(path for path in FOLDER.iterdir() if path.suffix != ".toml")
TEXTS = ("title", "project_name", "department", "implementer", "nature", "goal")
AMOUNTS = ("total", "fiscal", "other")
SILENT = ("JX005", "JX115")  # the form could not be read well enough to judge it
LABEL_END = re.compile(r":$|\((?:万元|元)\)$")  # the unit is asked for by itself
YEAR = re.compile(r"^\d{4}年度?|\(?\d{4}年度?\)?$")
MEASURE = re.compile(r"([≥≤=><]?)(\d+(?:\.\d+)?)(.*)")
BRACKET = re.compile(r"\(([^()]+)\)$")
Dict = dict[str, Any]


def gold(path: Path) -> Dict:
    return tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.stem)
def test_a_form_of_the_field_is_read_as_it_is_printed(path: Path) -> None:
    wanted = gold(path)
    (document,) = jxmb.convert(path)["documents"]
    read = document["forms"]

    lines = faults(wanted["forms"], read)
    lines += [line for one in read for line in _strays(one, wanted.get("outside", ()))]
    assert not lines, "\n".join(lines)


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.stem)
def test_no_error_contradicts_what_is_printed(path: Path) -> None:
    wanted = gold(path)
    found = jxmb.check(path)
    errors = {one.code for one in found if str(one.severity) == "error"}

    assert errors - set(wanted.get("doubtful", ())) == set(wanted["errors"])
    assert [one.code for one in found if one.code in SILENT] == []


def faults(wanted: list[Dict], read: list[Dict]) -> list[str]:
    """What was read otherwise than it is printed, a line for each."""
    lines = [line for form, one in zip(wanted, read, strict=False) for line in wrong(form, one)]
    if len(wanted) != len(read):
        names = [[form["project_name"] for form in forms] for forms in (wanted, read)]
        lines.insert(0, f"forms: {names[0]}, read as {names[1]}")
    return lines


def wrong(form: Dict, read: Dict) -> list[str]:
    """A line for each thing that was read otherwise than it is printed."""
    return [*_wrong_fields(form, read), *_wrong_money(form, read), *_wrong_rows(form, read)]


def _right(form: Dict, key: str, got: object, fold: Callable[[object], str]) -> bool:
    return fold(got) in map(fold, (form[key], *form.get(f"{key}_alt", ())))


def _title(text: object) -> str:
    return YEAR.sub("", norm(text))


def _amount(value: object) -> str:
    return "" if value in (None, "") else f"{Decimal(str(value)).normalize():f}"


def _wrong_fields(form: Dict, read: Dict) -> Iterator[str]:
    said = {
        **{key: (read[key], _title if key == "title" else norm) for key in TEXTS},
        **{key: (read["funding"][key], _amount) for key in AMOUNTS},
        "unit": (read["funding"]["unit"], norm),
    }
    for key, (got, fold) in said.items():
        if key in form and not _right(form, key, got, fold):
            yield f"{key}: {form[key]!r}, read as {got!r}"
    if read["year"] != form.get("year"):
        yield f"year: {form.get('year')}, read as {read['year']}"
    if "period" in form and [read["period"][end] for end in ("start", "end")] != form["period"]:
        yield f"period: {form['period']}, read as {read['period']}"
    if "goals" in form and [norm(goal["text"]) for goal in read["goals"]] != [
        *map(norm, form["goals"])
    ]:
        yield f"goals: {form['goals']}, read as {read['goals']}"
    for label, text in form.get("fields", {}).items():
        if norm(read["fields"].get(label)) != norm(text):
            yield f"fields: {label} {text!r}, read {read['fields']}"


def _table(lines: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in lines.splitlines()]


def _diff(wanted: Iterable[str], read: Iterable[str]) -> list[str]:
    """Only the lines that differ, those that should be there with a minus."""
    return [line for line in difflib.ndiff([*wanted], [*read]) if line[0] in "-+"]


def _wrong_money(form: Dict, read: Dict) -> list[str]:
    if "money" not in form:
        return []
    wanted = sorted((norm(label), norm(raw), role) for label, raw, role in _table(form["money"]))
    got = sorted(
        (LABEL_END.sub("", norm(row["label"])), norm(row["raw"]), row["role"])
        for row in read["funding"]["rows"]
    )
    left = list(wanted)
    said = sorted(_as_wanted(row, left) for row in got)
    return _diff(map(" ".join, wanted), map(" ".join, said))


def _as_wanted(row: tuple[str, str, str], left: list[tuple[str, str, str]]) -> tuple[str, str, str]:
    """The row, without its role where any role is right; it is taken out of what is left to be found."""
    found = next((one for one in (row, (*row[:2], "")) if one in left), None)
    if found is None:
        return row
    left.remove(found)
    return found


def _wrong_rows(form: Dict, read: Dict) -> list[str]:
    lines: list[str] = []
    for key, scope in (("rows", "annual"), ("midterm", "midterm")):
        if key not in form:
            continue
        rows = _table(form[key])
        said = [one for one in read["indicators"] if one.get("scope", "annual") == scope]
        lines += _diff(
            ["·".join(cell.split(" ~ ")[0] for cell in row) for row in rows],
            [
                _row(rows[number] if number < len(rows) else [], one)
                for number, one in enumerate(said)
            ],
        )
        lines += [
            line for row, one in zip(rows, said, strict=False) for line in _wrong_target(row, one)
        ]
    for head, texts in form.get("extra", {}).items():
        said = [norm(one["extra"].get(head)) for one in read["indicators"]]
        lines += _diff(
            [f"{head} {norm(text)}" for text in texts], [f"{head} {text}" for text in said]
        )
    return lines


def _row(wanted: list[str], one: Dict) -> str:
    """A row that was read, with the golden spelling of the cells that are right."""
    raw = (one["target"] or {}).get("raw")
    cells = [one["level1"], one["level2"], one["name"], raw, _amount(one["weight"])]
    if len(wanted) < len(cells):
        cells.pop()
    shown = ["" if cell is None else str(cell) for cell in cells]
    for number, cell in enumerate(wanted):
        right = cell.split(" ~ ")
        if norm(shown[number]) in map(norm, right):
            shown[number] = right[0]
    return "·".join(shown)


def _wrong_target(row: list[str], one: Dict) -> Iterator[str]:
    """Sign, number and unit of a target that is one; a unit may stand behind the name instead."""
    target = one["target"] or {}
    measured = [match for cell in row[3].split(" ~ ") if (match := MEASURE.fullmatch(norm(cell)))]
    if not measured or norm(target.get("raw")) not in map(norm, row[3].split(" ~ ")):
        return
    got = (target["sign"] or "", _amount(target["number"]))
    if got not in {(match[1], _amount(match[2])) for match in measured}:
        yield f"{one['name']}: {row[3]}, read as {got}"
    named = BRACKET.search(norm(row[2]))
    units = {match[3] for match in measured} | ({named[1], "%"} if named else set())
    if norm(target["unit"]) not in {norm(unit) for unit in units}:
        yield f"{one['name']}: unit {units}, read as {target['unit']!r}"


def _strays(read: Dict, outside: Iterable[str]) -> list[str]:
    """Texts of the record that belong to no form: short ones as a whole, long ones anywhere."""
    texts = [
        *_leaves({key: part for key, part in read.items() if key not in ("policy", "repairs")})
    ]
    return [
        f"of no form: {text}"
        for text in texts
        for stray in map(norm, outside)
        if text == stray or (len(stray) > 3 and stray in text)
    ]


def _leaves(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        for one in part.values():
            yield from _leaves(one)
    elif isinstance(part, list):
        for one in part:
            yield from _leaves(one)
    elif isinstance(part, str):
        yield norm(part)
