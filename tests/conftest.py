"""Options that all tests share."""

from __future__ import annotations

import sys

import pytest
from hypothesis import settings

# The same examples on every machine and in every run; `scripts/fuzz.py` tries others.
settings.register_profile("seeded", derandomize=True, deadline=None)
settings.load_profile("seeded")

# What a system does not have is not tested there: links, modes, signals and a shell; /dev/full.
ABSENT = {"linux": (), "darwin": ("linux",), "win32": ("linux", "posix")}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="rewrite goldens and the generated fences of pages"
    )


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    absent = ABSENT.get(sys.platform, ())
    left_out = [one for one in items if any(one.get_closest_marker(name) for name in absent)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [one for one in items if one not in left_out]
