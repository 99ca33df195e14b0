"""JX2: what is missing, in which forms that is said, and how grave it is."""

from __future__ import annotations

from pathlib import Path

import pytest

import jxmb
from jxmb import documents, rules
from jxmb.findings import Finding, Severity
from jxmb.lint import compose, engine
from jxmb.lint.engine import Checks
from jxmb.reader import parse
from jxmb.rules.base import Limits
from jxmb.source import Source

SAMPLES = Path(__file__).parent.parent / "samples" / "forms-2022.txt"
COMPLETENESS = tuple(rule for rule in rules.load() if rule.code.startswith("JX2"))
FORM = """项目支出绩效目标表
(2024年)

| 项目名称 | 泵站维修 | | |
| 主管部门 | 水利局 | 实施单位 | 泵站管理所 |
| 项目属性 | 延续项目 | 项目起止时间 | 2024-01-01   2024-12-31 |
| 项目资金（万元） | 年度预算 | 12 | |
| 年度目标 | 维修泵站6座，保障汛期排涝。 | | |
| 一级指标 | 二级指标 | 三级指标 | 指标值 |
| 产出指标 | 数量指标 | 维修泵站数量 | ≥6座 |
| | 质量指标 | 验收合格率 | ≥98% |
| | 时效指标 | 完工时间 | 2024年5月底前 |
| | 成本指标 | 单座维修成本 | ≤2万元 |
| 效益指标 | 社会效益指标 | 排涝面积 | ≥800亩 |
| 满意度指标 | 服务对象满意度指标 | 农户满意度 | ≥90% |
"""


def check(text: str | Source, limits: Limits | None = None) -> list[Finding]:
    read = text if isinstance(text, Source) else Source(text)
    checks = Checks(rules=COMPLETENESS, limits=limits or Limits(), strict=True)
    return [one for verdict in engine.check(read, checks) for one in verdict.findings]


def codes(text: str, limits: Limits | None = None) -> list[str]:
    return [one.code for one in check(text, limits)]


def without(*labels: str) -> str:
    return "".join(
        line
        for line in FORM.splitlines(keepends=True)
        if not any(f"| {one} |" in line for one in labels)
    )


def test_a_whole_form_lacks_nothing() -> None:
    assert codes(FORM) == []


def test_samples() -> None:
    found = [one for one in check(documents.read(SAMPLES)) if one.severity is not Severity.INFO]
    assert [(one.place.line, one.code) for one in found] == [
        (137, "JX213"),
        (137, "JX216"),
        (198, "JX216"),
        (225, "JX215"),
        (242, "JX216"),
    ]


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("项目名称", "JX201"),
        ("主管部门", "JX202"),
        ("年度目标", "JX207"),
        ("项目资金（万元）", "JX206"),
    ],
)
def test_an_absent_field_is_grave_beside_three_others(label: str, code: str) -> None:
    (found,) = [one for one in check(without(label)) if one.code == code]
    assert found.severity is Severity.ERROR
    fragment = without("项目名称", "主管部门", "项目属性", "项目资金（万元）", "年度目标")
    (found,) = [one for one in check(fragment) if one.code == code]
    assert found.severity is Severity.INFO


def test_damaged_text_is_not_the_authors_omission() -> None:
    rows = "\t".join(("绩效指标", "一级指标", "二级指标", "三级指标", "指标值")) + "\n"
    rows += "\t产出指标\t数量指标\t维修泵站数量\t≥6座\n\t维修闸门数量\t\t≥9扇\t\n\t清淤长度\t\t≥3公里\t\n"
    found = check("项目支出绩效目标表\n(2024年)\n\n项目名称\t泵站维修\n" + rows)
    assert found
    assert {one.severity for one in found} == {Severity.INFO}


def test_the_text_breaks_off() -> None:
    head = FORM.split("| 一级指标")[0].replace("| ", "").replace(" | |", "").replace(" |", "\t")
    assert not {code for code in codes(head) if code.startswith(("JX21", "JX22"))}


@pytest.mark.parametrize("label", ["预算单位", "单位名称", "项目单位", "填报单位"])
def test_what_stands_for_the_department(label: str) -> None:
    text = FORM.replace(
        "| 主管部门 | 水利局 | 实施单位 | 泵站管理所 |", f"| {label} | 水利局 | | |"
    )
    assert "JX202" not in codes(text)


def test_who_asks_for_the_money_is_the_department() -> None:
    text = FORM.replace(
        "| 主管部门 | 水利局 | 实施单位 | 泵站管理所 |",
        "| 预算单位 | 水利局 | 实施单位 | 泵站管理所 |",
    )
    (form,) = parse(Source(text)).projects
    assert (form.department.text, form.implementer.text) == ("水利局", "泵站管理所")


def test_natures_are_a_setting() -> None:
    text = FORM.replace("延续项目", "专项业务")
    assert codes(text) == ["JX209"]
    assert codes(text, Limits(natures=("专项业务", "运转类"))) == []


@pytest.mark.parametrize(
    "nature",
    [
        "延续",
        "新增",
        "新建项目",
        "经常性项目",
        "一次性项目",
        "常年项目",
        "持续性",
        "延续性项目(阶段开展)",
        "新增项目□延续项目√",
        "☑新增 □延续",
    ],
)
def test_natures_that_are_plain_enough(nature: str) -> None:
    assert codes(FORM.replace("延续项目", nature)) == []


@pytest.mark.parametrize(
    ("level", "code"),
    [
        ("质量指标", "JX215"),
        ("时效指标", "JX216"),
        ("成本指标", "JX217"),
        ("服务对象满意度指标", "JX213"),
        ("社会效益指标", "JX212"),
    ],
)
def test_a_dimension_without_a_row(level: str, code: str) -> None:
    assert code in codes(without(level))


def test_a_local_label_with_its_word_stands_for_the_dimension() -> None:
    text = FORM.replace("质量指标", "工程质量要求").replace("时效指标", "施工时效要求")
    assert not {"JX215", "JX216"} & set(codes(text))


def test_cost_is_asked_of_works_and_purchases() -> None:
    (found,) = check(without("成本指标"))
    assert (found.code, found.severity) == ("JX217", Severity.INFO)
    (found,) = check(without("成本指标").replace("泵站维修", "泵站改造工程"))
    assert (found.code, found.severity) == ("JX217", Severity.WARNING)


def test_limits_of_counts() -> None:
    assert codes(FORM, Limits(fewest_indicators=7)) == ["JX224"]
    assert codes(FORM, Limits(most_indicators=5)) == ["JX225"]
    assert codes(FORM, Limits(most_per_level2=0)).count("JX225") == 6


def test_a_row_of_many_projects_that_lost_its_head_is_no_omission() -> None:
    head = "主管部门\t项目名称\t预算金额(万元)\t年度目标\t一级指标\t二级指标\t三级指标\t指标值\n"
    rows = (
        "水利局\t泵站维修\t12\t维修泵站6座。\t产出指标\t数量指标\t维修泵站数量\t≥6座\n"
        "\t\t\t\t效益指标\t社会效益指标\t排涝面积\t≥800亩\n"
        "\t\t\t\t满意度指标\t服务对象满意度指标\t农户满意度\t≥90%\n"
    )
    found = codes("2024年部门预算项目支出绩效目标表\n" + head + rows)
    assert not {"JX201", "JX202", "JX206", "JX207"} & set(found)
    lost = rows.replace("水利局\t泵站维修\t12\t维修泵站6座。", "\t\t\t")
    found = codes("2024年部门预算项目支出绩效目标表\n" + head + lost)
    assert not {"JX201", "JX202", "JX206", "JX207"} & set(found)
    blank = rows.replace("\t12\t", "\t\t")
    assert "JX206" in codes("2024年部门预算项目支出绩效目标表\n" + head + blank)


def test_a_dash_is_as_good_as_blank() -> None:
    head = "项目支出绩效目标表\n（2024年度）\n项目名称\t——\t\t\n主管部门\t水务局\t实施单位\t/\n"
    table = "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t—\t≥12公里\n"
    assert {"JX201", "JX203", "JX221"} <= {one.code for one in jxmb.check(head + table)}


FLAT = (
    "项目支出绩效目标表\n（2024年度）\n主管部门{0}项目名称{0}预算金额（万元）{0}年度目标{0}一级指标{0}二级指标{0}三级指标{0}指标值\n"
    "水务局{0}河道清淤{0}{1}{0}清淤12公里，沿河村庄受益{0}产出指标{0}数量指标{0}清淤长度{0}≥12公里\n"
    "{2}产出指标{0}质量指标{0}断面达标率{0}≥95%\n{2}效益指标{0}社会效益指标{0}受益村庄{0}≥30个\n"
)


def test_a_blank_amount_in_a_table_of_many_projects_is_an_omission() -> None:
    text = FLAT.format("\t", "", "\t\t\t\t")
    assert "JX206" in {one.code for one in jxmb.check(text)}


def test_a_blank_amount_in_text_that_came_apart_may_stand_in_another_column() -> None:
    lines = FLAT.format("\n", "", "").replace("\n\n", "\n")
    assert "JX206" not in {one.code for one in jxmb.check(lines)}


def test_a_form_that_was_hardly_read_is_not_blamed_for_units_and_doubles() -> None:
    def remarks(damage: float) -> set[str]:
        return {one.code for one in rules.load() if compose.lost(one, damage, 0.2)}

    omissions = {one.code for one in rules.load() if one.code.startswith("JX2")}
    meaning = {one.code for one in rules.load() if one.code[:3] in ("JX4", "JX5", "JX7", "JX8")}
    meaning = meaning - {"JX403", "JX708", "JX709"} | {"JX614"}
    assert remarks(0.1) == set()
    assert remarks(0.3) == omissions | meaning
    assert remarks(0.8) == omissions | meaning | {
        "JX309",
        "JX310",
        "JX601",
        "JX606",
        "JX708",
        "JX709",
    }
