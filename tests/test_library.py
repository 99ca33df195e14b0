"""The library as a program sees it: each public name is explained by an example that holds."""

from __future__ import annotations

import doctest

import pytest

import jxmb

FINDER = doctest.DocTestFinder(recurse=False)


def wrong(test: doctest.DocTest) -> str:
    """What does not come out as an example says; the names of the example stay."""
    assert test.examples, f"{test.name} has no example"
    told: list[str] = []
    doctest.DocTestRunner().run(test, out=told.append, clear_globs=False)
    return "".join(told)


@pytest.fixture(scope="module")
def names() -> dict[str, object]:
    """What the example of the package leaves behind: the form that all others are about."""
    (one,) = FINDER.find(jxmb, "jxmb", globs={})
    assert wrong(one) == ""
    return one.globs


@pytest.mark.parametrize("name", jxmb.__all__)
def test_every_public_name_has_an_example_that_holds(name: str, names: dict[str, object]) -> None:
    (one,) = FINDER.find(getattr(jxmb, name), name, module=False, globs=dict(names))
    assert wrong(one) == ""
