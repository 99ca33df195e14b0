"""What a program calls: text is a `str`, a file a `Path`, and nothing is imported before it is needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import jxmb
from jxmb import rules
from jxmb.lint.settings.configuration import Configuration
from jxmb.source import Source
from jxmb.source.decoding import Undecodable

SAMPLES = Path(__file__).parent.parent / "samples" / "forms-2022.txt"
FORM = """项目支出绩效目标表
(2024年)

项目名称	档案数字化
一级指标	二级指标	三级指标	指标值
产出指标	数量指标	扫描档案	》 8000卷
"""


def test_text_and_file_and_source_are_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "form.txt"
    path.write_text(FORM, encoding="utf-8")
    for form in (FORM, path, Source(FORM)):
        (project,) = jxmb.parse(form)
        assert project.project_name.text == "档案数字化"
        assert "JX301" in {one.code for one in jxmb.check(form)}
        assert jxmb.convert(form)["documents"][0]["forms"][0]["project_name"] == "档案数字化"
        assert "≥" in jxmb.fix(form).text
    assert path.read_text(encoding="utf-8") == FORM


def test_findings_print_the_path_they_were_given(tmp_path: Path) -> None:
    path = tmp_path / "form.txt"
    path.write_text(FORM, encoding="utf-8")
    assert {one.place.path for one in jxmb.check(path)} == {str(path)}
    assert {one.place.path for one in jxmb.check(FORM)} == {"-"}


def test_check_takes_settings() -> None:
    one = Configuration(rules.load(), isolated=True, overrides={"select": ("JX301",)}).at()
    assert {finding.code for finding in jxmb.check(FORM, one)} == {"JX301"}


def test_what_cannot_be_read(tmp_path: Path) -> None:
    missing, pdf = tmp_path / "no.txt", tmp_path / "form.pdf"
    pdf.write_bytes(b"%PDF-1.7")
    for call in (jxmb.parse, jxmb.check, jxmb.fix, jxmb.convert):
        with pytest.raises(FileNotFoundError):
            call(missing)
    assert [one.code for one in jxmb.check(pdf)] == ["JX001"]
    for call in (jxmb.parse, jxmb.fix, jxmb.convert):
        with pytest.raises(Undecodable):
            call(pdf)


def test_a_dump_has_as_many_forms_as_it_has() -> None:
    assert len(jxmb.parse(SAMPLES).projects) == 17


def test_public_names() -> None:
    assert set(jxmb.__all__) <= set(dir(jxmb))
    assert all(getattr(jxmb, name) is not None for name in jxmb.__all__)
    assert jxmb.Finding.__doc__ and jxmb.check.__doc__
    with pytest.raises(AttributeError):
        _ = jxmb.linted


def test_importing_the_package_is_light() -> None:
    heavy = ("pydantic", "rich", "regex", "click", "jxmb.api", "jxmb.model", "tomllib")
    code = f"import sys, jxmb; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
