"""JX1 over the sample forms: what is found where, and that fixes change how a form is written only."""

from __future__ import annotations

from pathlib import Path

import pytest

import jxmb
from jxmb import documents, reader, rules
from jxmb.findings import Finding, Safety, Severity
from jxmb.labels import inexact
from jxmb.lint import engine
from jxmb.lint.engine import Checks
from jxmb.model.repairs import Kind
from jxmb.source import Source, decoding

from .work import apply

SAMPLES = Path(__file__).parent.parent / "samples" / "forms-2022.txt"
LAYOUT = tuple(rule for rule in rules.load() if rule.code.startswith("JX1"))
TABLE = "| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n"


def check(text: Source, *codes: str) -> list[Finding]:
    chosen = tuple(rule for rule in LAYOUT if not codes or rule.code in codes)
    verdicts = engine.check(text, Checks(rules=chosen, strict=True))
    return [one for verdict in verdicts for one in verdict.findings]


@pytest.fixture(scope="module")
def samples() -> Source:
    return documents.read(SAMPLES)


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("JX101", [84, 89, 112, 156, 223]),
        ("JX102", [84]),
        ("JX103", [14, 100, 189, 236, 237, 239, 240, 270, 289, 290]),
        ("JX104", [206]),
        ("JX105", []),
        ("JX106", [265, 284]),
        ("JX107", [122, 322]),
        ("JX108", []),
        ("JX109", []),
        ("JX110", []),
        ("JX111", [111, 111]),
        ("JX112", []),
        ("JX113", [350]),
        ("JX114", []),
        ("JX115", []),
    ],
)
def test_samples(samples: Source, code: str, lines: list[int]) -> None:
    assert [one.place.line for one in check(samples, code)] == lines


def test_neighbouring_slid_rows_are_one_finding(samples: Source) -> None:
    first = check(samples, "JX101")[0]
    assert [place.line for place in first.also] == [85, 86]
    assert "3 行" in first.message.zh


def records(text: Source) -> list[object]:
    """What the forms say, without the characters that JX1 may change, and without places."""
    keep = str.maketrans("：，；（）", ":,;()", " \xa0\u3000。")
    return [
        [(value.role, value.reading.text.translate(keep)) for value in project.values()]
        for project in reader.parse(text).projects
    ]


def test_safe_fixes_change_how_a_form_is_written_only(samples: Source) -> None:
    found = [one for one in check(samples) if one.safety is Safety.SAFE]
    text, applied = apply(samples, found)
    fixed = Source(text)
    assert len(applied) == len(found)
    assert records(fixed) == records(samples)
    assert [one for one in check(fixed) if one.safety is Safety.SAFE] == []


def test_a_wrapped_name_is_reported_and_not_edited() -> None:
    text = (
        "<table><tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>指标值</td></tr>\n"
        "<tr><td>产出指标</td><td>数量指标</td><td>图书 采购<br>数量。</td><td>≥20册</td></tr></table>\n"
    )
    found = check(Source(text), "JX111", "JX112")
    assert {one.code for one in found} == {"JX111", "JX112"}
    assert not any(one.changes for one in found)


def test_a_ragged_table_has_no_slid_rows() -> None:
    rows = (
        "| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 |\n"
        "| 产出指标 | 数量指标 | 举办讲座场次 | ≥12场 |\n"
        "| 编印手册数量 | ≥3000册 |\n"
        "| 质量指标 | 讲座满座率 | ≥80% |\n"
        "| 手册印刷合格率 | ≥98% |\n"
    )
    assert check(Source(rows), "JX101", "JX102") == []


@pytest.mark.parametrize(
    "text", ["时效指标", "提高服务水平", "鳡鱼栖息地保护", "Café Zoë", "≥120㎞"]
)
def test_what_can_be_read_is_not_broken(text: str) -> None:
    table = f"{TABLE}| 产出指标 | 数量指标 | {text} | 完成{text} |\n"
    assert check(Source(table), "JX109") == []


@pytest.mark.parametrize("text", ["完成全部任务", "项目资金管理"])
def test_utf8_read_as_gbk_is_broken(text: str) -> None:
    broken = text.encode().decode("gbk")
    table = f"{TABLE}| 产出指标 | 数量指标 | {broken} | ≥90% |\n"
    assert [one.code for one in check(Source(table), "JX109")] == ["JX109"]


def test_bad_bytes_are_reported_where_they_stand() -> None:
    data = f"{TABLE}| 产出指标 | 数量指标 | 巡护里程 | ≥120公里 |\n".encode()
    data = data.replace("里程".encode(), "里".encode() + b"\xff")
    text = decoding.decode(data)
    assert text.lossy
    (found,) = check(text, "JX109")
    assert (found.place.line, found.changes) == (2, ())


@pytest.mark.parametrize(
    "name",
    [
        "校园满意度",
        "公布署名文章数",
        "购入帐篷数量",
        "严峻工作形势通报",
        "毕竟争取资金",
        "过渡假期值班",
    ],
)
def test_no_slip_in_a_right_word(name: str) -> None:
    table = f"{TABLE}| 产出指标 | 数量指标 | {name} | ≥5次 |\n"
    assert check(Source(table), "JX113") == []


def test_stars_for_a_figure_are_no_markup() -> None:
    table = f"{TABLE}| 产出指标 | 数量指标 | 培训人数 | ≥**人 |\n| | | 培训场次 | ≥**场，≤**场 |\n"
    assert check(Source(table), "JX104") == []


def test_every_kind_of_repair_that_speaks_has_a_rule(samples: Source) -> None:
    """Repairs that say something about the print end up in findings of their lines."""
    spoken = {Kind.SHIFTED: {"JX101"}, Kind.ORPHAN: {"JX102"}}
    said = {(one.code, line) for one in check(samples) for line in lines(one)}
    for project in reader.parse(samples).projects:
        for repair in project.repairs:
            for code in spoken.get(repair.kind, ()):
                assert (code, repair.at.line) in said


def lines(finding: Finding) -> list[int]:
    return [finding.place.line, *(place.line for place in finding.also)]


def test_profile_of_the_proof_reader(samples: Source) -> None:
    assert {one.blame for one in check(samples)} == {"transcription"}
    assert jxmb.check(samples)


FALLEN = """\
项目支出绩效目标表
（2024年度）
项目名称\t\t河道清淤\t\t
主管部门\t\t水务局\t\t
绩效指标\t一级指标\t二级指标\t三级指标\t指标值
\t成本指标\t经济成本指标\t每公里清淤成本\t≤8万元
\t\t\t清淤长度\t≥12公里

外运淤泥 ≥5万方
\t质量指标\t断面达标率\t≥95%\t
\t时效指标\t完工及时率\t100%\t
效益指标\t社会效益指标\t受益村庄\t≥30个\t
满意度指标\t服务对象满意度指标\t村民满意度\t≥90%\t
"""


def test_labels_lost_where_rows_fell_out_of_the_table_are_no_errors_of_the_author() -> None:
    found = jxmb.check(FALLEN)
    assert {one.code for one in found} >= {"JX214", "JX403"}
    assert not [one for one in found if one.severity is Severity.ERROR and one.code != "JX202"]


def test_a_table_that_leaves_merged_cells_out_has_no_row_without_a_level() -> None:
    rows = "".join(f"| 第{number}号泵站检修 | ≥{number}台 | 5 |\n" for number in range(2, 9))
    text = "# 项目支出绩效目标表\n| 项目名称 | | 泵站检修 | | | |\n| 主管部门 | | 水务局 | | | |\n"
    text += "| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 权重 |\n"
    text += "| 产出指标 | 数量指标 | 第1号泵站检修 | ≥1台 | 5 |\n" + rows
    kinds = {repair.kind for project in jxmb.parse(text).projects for repair in project.repairs}
    assert not kinds & {Kind.ORPHAN, Kind.GHOST}


def test_a_label_that_two_spellings_are_near_to_is_read_where_both_mean_the_same() -> None:
    table = "| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n| 效盖指标 | 社会效益指标 | 受益人数 | ≥5人 |\n"
    (one,) = check(Source(table), "JX108")
    assert "效益指标" in one.message.zh


def test_another_word_in_a_label_is_no_misreading() -> None:
    assert not inexact.near("受益农户满意度")


def test_gbk_read_as_latin_letters_is_broken() -> None:
    assert check(Source(f"{TABLE}| 产出指标 | 数量指标 | ÉèÊ©ÊýÁ¿ | ≥5台 |\n"), "JX109")


def test_what_was_cut_off_with_the_text_is_not_missing() -> None:
    head = "项目支出绩效目标表\n（2024年度）\n项目名称\t\t河道清淤\t\t\n主管部门\t\t水务局\t\t\n"
    text = (
        head + "\t一级指标\t二级指标\t三级指标\t指标值\n\t产出指标\t数量指标\t清淤长度\t≥12公里\n"
    )
    found = {one.code for one in jxmb.check(text + "\t\t质量指标\t断面达标率")}
    assert "JX004" in found and not found & {"JX212", "JX213", "JX222"}


def test_half_of_the_rows_may_have_slid() -> None:
    text = "项目支出绩效目标表\n\t一级指标\t二级指标\t三级指标\t指标值\n"
    text += "\t产出指标\t数量指标\t清淤长度\t≥12公里\n\t\t质量指标\t断面达标率\t≥95%\n"
    text += "效益指标\t社会效益指标\t受益村庄\t≥30个\t\n满意度指标\t服务对象满意度指标\t村民满意度\t≥90%\t\n"
    assert [one.code for one in check(Source(text), "JX101")] == ["JX101"]
