"""What the benchmarks read: nothing in it repeats, or a cache would answer for the program."""

import pytest
from benchmarks import texts

from jxmb import parse


@pytest.fixture(scope="module")
def projects(tmp_path_factory):
    path = texts.write_file(tmp_path_factory.mktemp("made") / "forms.txt", 100)
    return parse(path)


def test_no_two_forms_have_a_name_or_an_office_in_common(projects):
    for name in ("project_name", "department", "implementer", "goal"):
        assert len({getattr(one, name).text for one in projects}) == 100


def test_hardly_two_indicators_have_a_name_in_common(projects):
    names = [one.name.text for project in projects for one in project.indicators]
    assert len(names) > 500
    assert len(set(names)) > 0.95 * len(names)


def test_forms_are_read_and_money_adds_up(projects):
    for project in projects:
        total, fiscal, other = (
            getattr(project.funding, name).value.number for name in ("total", "fiscal", "other")
        )
        assert total == fiscal + other


def test_yaml_has_the_size_that_is_promised(tmp_path):
    folder = texts.write_yaml(tmp_path / "yaml", 20)
    sizes = [len(path.read_bytes()) for path in folder.iterdir()]
    assert min(sizes) > 0.9 * texts.YAML_BYTES
    assert max(sizes) <= texts.YAML_BYTES
