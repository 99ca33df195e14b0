"""What was published stays: codes of rules, keys of JSON and of settings, columns, options, names of the library.

`tests/data/published` is written by `scripts/release`; nothing is taken out of it by hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import jxmb
from jxmb import rules
from jxmb.cli import main
from jxmb.export import tables

PUBLISHED = Path(__file__).parent / "data" / "published"
SCHEMAS = sorted(PUBLISHED.glob("*.schema.json"))
PACKAGE = Path(jxmb.__file__).parent
WRITTEN = "settings.schema.json"  # what users write; they read all other shapes
COLUMNS = {"forms": tables.FORMS, "indicators": tables.INDICATORS, "findings": tables.FINDINGS}
EXPLAINS = frozenset({"title", "description", "$id", "$comment", "examples", "default"})
NAMES = ("/properties", "/$defs")  # below these stand names, not keywords
REQUIRED = "/required"


def rows(name: str) -> list[tuple[str, str]]:
    """The rows of a table without its head."""
    lines = (PUBLISHED / name).read_text("utf-8").splitlines()[1:]
    return [(one, other) for one, other in (line.split("\t") for line in lines)]


def flat(shape: object, at: str = "") -> Iterator[tuple[str, frozenset[object]]]:
    """What a schema says, by place, without what only explains: a list of words is a set."""
    if isinstance(shape, dict):
        yield at, frozenset()
        for key, one in shape.items():
            if at.endswith(NAMES) or key not in EXPLAINS:
                yield from flat(one, f"{at}/{key}")
    elif isinstance(shape, list) and any(isinstance(one, dict) for one in shape):
        for number, one in enumerate(shape):
            yield from flat(one, f"{at}/{number}")
    else:
        yield at, frozenset(shape) if isinstance(shape, list) else frozenset([shape])


def broken(old: object, new: object, written: bool) -> Iterator[str]:
    """Where a shape breaks what another promised: to who reads it, or to who has `written` files by it."""
    before, now = dict(flat(old)), dict(flat(new))
    for at, one in before.items():
        if written and at.endswith(REQUIRED):
            continue
        if at not in now:
            yield f"{at} is gone"
        elif gone := one - now[at]:
            yield f"{at}: {', '.join(map(str, gone))} is gone"
    for at, one in now.items():
        known = at.removesuffix(REQUIRED) in before
        if written and known and at.endswith(REQUIRED) and one - before.get(at, frozenset()):
            yield f"{at}: more than before"


def test_a_code_once_published_never_vanishes_and_keeps_its_name() -> None:
    now = {rule.code: rule.name for rule in rules.load()}
    assert [one for one in rows("codes.tsv") if now.get(one[0]) != one[1]] == []


def names(of: str) -> list[str]:
    """The published names of a table, a command or the library."""
    return [name for whose, name in rows("names.tsv") if whose == of]


@pytest.mark.parametrize("table", COLUMNS)
def test_columns_are_only_added_and_at_the_end(table: str) -> None:
    before = names(table)
    assert before and list(COLUMNS[table])[: len(before)] == before


def test_names_of_the_library_stay() -> None:
    assert set(names("jxmb")) <= set(jxmb.__all__)


@pytest.mark.parametrize("command", sorted({of for of, _ in rows("names.tsv") if " " in of}))
def test_options_are_only_added(command: str) -> None:
    found = main.get_command(click.Context(main), command.removeprefix("jxmb "))
    assert found is not None
    assert set(names(command)) <= {name for one in found.params for name in one.opts}


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_a_shape_only_grows(path: Path) -> None:
    (now,) = PACKAGE.rglob(path.name)
    old, new = (json.loads(one.read_text("utf-8")) for one in (path, now))
    assert list(broken(old, new, path.name == WRITTEN)) == []


NAME = {"name": {"type": ["string", "null"], "description": "a"}}
OLD = {"properties": {**NAME, "kind": {"enum": ["a", "b"]}}, "required": ["name"]}


@pytest.mark.parametrize(
    ("new", "written", "what"),
    [
        (
            {**OLD, "properties": NAME},
            True,
            ["/properties/kind is gone", "/properties/kind/enum is gone"],
        ),
        ({**OLD, "required": []}, False, ["/required: name is gone"]),
        ({**OLD, "required": ["name", "kind"]}, True, ["/required: more than before"]),
        ({**OLD, "required": ["name", "kind"]}, False, []),
        ({**OLD, "required": []}, True, []),
        ({**OLD, "properties": {**OLD["properties"], "title": {"type": "string"}}}, True, []),
        (
            {**OLD, "properties": {**OLD["properties"], "kind": {"enum": ["a", "c"]}}},
            True,
            ["/properties/kind/enum: b is gone"],
        ),
    ],
)
def test_what_breaks_a_shape_is_told(new: object, written: bool, what: list[str]) -> None:
    assert list(broken(OLD, new, written)) == what
