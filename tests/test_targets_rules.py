"""How targets are written: what the real forms show, and fixes that touch nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.forms.planting import plant
from tests.forms.records import clean

import jxmb
from jxmb import api
from jxmb.findings import Finding
from jxmb.lint.settings import Settings

SAMPLE = Path(__file__).parents[1] / "samples" / "forms-2022.txt"
WRITING = Settings(select=["JX3"])
REQUIRED = {
    "JX301": [15, 18, 19, 133, 312, 313, 333],
    "JX309": [78, 79, 82, 83, 102, 103, 106, 107],
    "JX310": [89, 114],
    "JX312": [271, 290],
}
UNTOUCHED = ("title", "year", "project_name", "department", "implementer", "period", "goals")


def check(text: str) -> list[Finding]:
    return api.check(text, WRITING)


def codes(target: str, name: str = "培训学员") -> list[str]:
    """The codes of one row with this target."""
    table = "| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n| 产出指标 | 数量指标 |"
    return sorted(one.code for one in check(f"{table} {name} | {target} |\n"))


@pytest.mark.parametrize("code", REQUIRED)
def test_the_samples_show_what_they_must(code):
    found = [one.place.line for one in check(SAMPLE.read_text("utf-8")) if one.code == code]

    assert found == REQUIRED[code]


def test_no_other_warning_on_the_samples():
    graver = {one.code for one in check(SAMPLE.read_text("utf-8")) if one.severity != "info"}

    assert graver == set(REQUIRED)


@pytest.mark.parametrize("unsafe", [False, True])
def test_fixing_the_samples_comes_to_an_end_and_spares_the_rest(unsafe):
    text = SAMPLE.read_text("utf-8")
    fixed = api.fix(text, WRITING, unsafe=unsafe)
    before, after = jxmb.parse(text).projects, jxmb.parse(fixed.text).projects

    assert fixed.changed
    assert not api.fix(fixed.text, WRITING, unsafe=unsafe).applied
    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        assert [getattr(old, one) for one in UNTOUCHED] == [getattr(new, one) for one in UNTOUCHED]
        assert old.funding == new.funding
        assert [one.where for one in old.indicators] == [one.where for one in new.indicators]


@pytest.mark.parametrize("unsafe", [False, True])
@pytest.mark.parametrize("code", ["JX301", "JX304", "JX305", "JX306", "JX308", "JX311"])
def test_safe_fixes_say_the_same(code, unsafe):
    planted = plant(code, clean()[0])
    assert planted is not None
    fixed = api.fix(planted.texts[0], WRITING, unsafe=unsafe)
    (old,), (new,) = jxmb.parse(planted.texts[0]).projects, jxmb.parse(fixed.text).projects

    assert code not in {one.code for one in check(fixed.text)}
    for one, other in zip(old.indicators, new.indicators, strict=True):
        assert one.target.value is not None and other.target.value is not None
        assert one.target.value.sign == other.target.value.sign
        assert one.target.value.number == other.target.value.number


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("》=600人次及以上", ["JX301", "JX306"]),
        ("≥600人次", []),
        ("＞＝ ６００ 人次", ["JX304", "JX308", "JX318"]),
        ("不少于六百人次", ["JX316"]),
        ("≥**人次", ["JX315"]),
        ("≥人次", ["JX315"]),
        ("？", ["JX315"]),
        ("2=95%", ["JX303"]),
        ("1.6万元内", ["JX305"]),
        ("5个工作日内", []),
        ("3亿4500万", ["JX319"]),
        ("≥.5万人次", ["JX320"]),
        ("5-10万人次", ["JX317"]),
        ("约600人次", ["JX307"]),
        ("2024年12月31日前", []),
        ("应训尽训", []),
        ("详见附件《2024年计划》", []),
        ("按A4纸12号字印制", []),
        ("±3℃", []),
        ("7×24小时", []),
        ("1:15", []),
    ],
)
def test_what_one_target_is_told(target, expected):
    assert codes(target) == expected


def test_two_magnitudes_are_one_in_the_whole_target():
    table = "| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n| 产出指标 | 数量指标 | 服务游客 | ≥2亿4000万人次 |\n"
    (one,) = [one for one in check(table) if one.code == "JX319"]
    assert one.remedy.zh == "改为“≥2.4亿人次”"


def test_what_is_recommended_for_a_space_has_no_garbled_sign():
    table = "| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n| 产出指标 | 数量指标 | 服务游客 | 》 600人次 |\n"
    remedies = {one.code: one.remedy.zh for one in check(table)}
    assert remedies["JX301"] == remedies["JX308"] == "改为“≥600人次”"


def test_a_decoded_cell_is_found_fault_with_and_left_alone():
    page = "<table><tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>指标值</td></tr>"
    row = "<tr><td>产出指标</td><td>数量指标</td><td>培训学员</td><td>&gt;=600人次</td></tr></table>\n"
    found = [one for one in check(page + row) if one.code == "JX304"]

    assert len(found) == 1 and not found[0].changes
    assert api.fix(page + row, WRITING, unsafe=True).text == page + row


@pytest.mark.parametrize(
    ("name", "target"), [("培训人次", "≥24套"), ("培训人数", "≥24个月"), ("故障修复时长", "≤5人")]
)
def test_people_and_time_in_other_units(name, target):
    assert "JX312" in codes(target, name)


@pytest.mark.parametrize(("name", "target"), [("培训人次", "≥24次"), ("故障修复时长", "≤5小时")])
def test_people_and_time_in_their_own_units(name, target):
    assert "JX312" not in codes(target, name)


def safety(
    target: str, name: str = "培训学员", code: str = "JX301"
) -> list[tuple[str, str | None]]:
    """Severity and safety (nothing: no fix) of what a rule finds in one row."""
    table = "| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n| 产出指标 | 数量指标 |"
    found = [one for one in check(f"{table} {name} | {target} |\n") if one.code == code]
    return [(one.severity.value, one.safety.value if one.changes else None) for one in found]


SAFE, UNSAFE = [("error", "safe")], [("error", "unsafe")]


@pytest.mark.parametrize(
    ("target", "name", "said"),
    [
        *((f"{sign}90人", "培训学员", SAFE) for sign in ("》", "〉", "》=", "》 ＝", "》 ")),
        *((f"{sign}90人", "培训学员", UNSAFE) for sign in ("《", "〈", "《=", "》》", "≥》", "»")),
        ("》90人", "编印《手册》的学员", UNSAFE),  # a mark in the name
        ("》90人（见《名册》）", "培训学员", UNSAFE),  # beside brackets of its kind
        ("完成率》90%", "完成率", UNSAFE),  # not alone
        ("《90%", "培训合格率", [("info", None)]),  # ≤ by its shape, ≥ by its name: nobody can tell
        ("《3次", "有效投诉次数", UNSAFE),
    ],
)
def test_a_title_mark_is_safely_a_sign_only_where_it_can_mean_one_thing(target, name, said):
    assert safety(target, name) == said


@pytest.mark.parametrize(
    ("target", "said"),
    [
        *((f"{sign}90人", "safe") for sign in (">=", "<=", "≧", "≦", "＞＝", "＜ ＝", "＞", "＝")),
        *((f"{sign}90人", "unsafe") for sign in (">>", "<<", "=>", "=<", "≥>", "≥=")),
        ("＜90＞人", "unsafe"),  # brackets
    ],
)
def test_a_sign_is_safely_rewritten_only_where_every_reader_takes_it_for_the_same(target, said):
    assert safety(target, code="JX304") == [("info", said)]


def test_two_angles_are_what_is_left_of_a_sign_that_includes_its_number():
    table = (
        "| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n| 产出指标 | 数量指标 | 培训学员 | >>90人 |\n"
    )
    (row,) = jxmb.parse(table).projects[0].indicators
    assert row.target.value.sign == "≥" and "sign" in row.target.value.inferred


@pytest.mark.parametrize(
    ("target", "code", "said"),
    [
        ("不少于3次", "JX305", [("info", "safe")]),
        ("3 次以上", "JX305", [("info", "safe")]),
        ("每年不少于3次", "JX305", [("info", "unsafe")]),
        ("7岁以下儿童健康管理率", "JX305", []),  # a name that was read as a value
        ("≥90%以上", "JX306", [("warning", "safe")]),
        ("培训≥90%以上", "JX306", [("warning", "unsafe")]),
        ("≥7岁以上老人健康管理率", "JX306", []),
    ],
)
def test_words_become_a_sign_safely_only_where_they_are_the_whole_cell(target, code, said):
    assert safety(target, code=code) == said


def test_a_point_behind_a_space_is_no_bare_one():
    assert safety(">8 .2万", code="JX320") == []
    assert safety(">.2万", code="JX320") == [("info", "safe")]
