"""Texts of page images that were read badly: blanks between all characters, ruled lines read as marks, wrong characters."""

import pytest

from jxmb.labels import inexact, joining
from jxmb.model.repairs import Kind

from .work import only

# Lines without the blanks they began with, ruled lines read as bars and quotes, level labels torn or misread.
MARKS = """项目支出绩效目标表

(2023年)
项目名称           乡村道路照明设施改造
主管部站 | “青禾县城乡建设局        实施单位“| 。 青禾县路灯管理所
项目属性        新增项目     下   20230101_20231231
年度预算                      360
项目资金 | 其中:财政
(万元)        拨款                        300
其他资金                       60
二中愉| 全年更换节能路灯600 盏，架设线路 12 公里，让三个乡镇的主要道路夜间都有照明，方便群
”   | 众出行，降低能耗。
一级指标 | “二级指标              三级指标               年度指标什
睛                                    更换节能路灯                                         二600盏
数量指标
架设线路                        12公里
产出指标 | ”质量指标            一次验收合格率                        100%
效          时效指标“上 | 当年完工率               >95%
效益指标 | 社会效益指 | 夜间出行改善                       明显
标
浓意度指 | 服务对象满          -
标         意度指标 | 沿线居民满意度         三90%
"""


def rows(found):
    return [(one.level1.value, one.level2.value, one.name.text, one.target.text) for one in found]


def test_marks_of_the_paper_are_no_cells():
    found = only(MARKS)
    assert rows(found.indicators) == [
        ("产出指标", "数量指标", "更换节能路灯", "二600盏"),
        ("产出指标", "数量指标", "架设线路", "12公里"),
        ("产出指标", "质量指标", "一次验收合格率", "100%"),
        ("产出指标", "时效指标", "当年完工率", ">95%"),
        ("效益指标", "社会效益指标", "夜间出行改善", "明显"),
        ("满意度指标", "服务对象满意度指标", "沿线居民满意度", "三90%"),
    ]
    strays = [span.text for span in found.strays]
    assert {"睛", "。", "-"} <= set(strays)


def signed(text):
    read = text.replace("二600盏", ">600盏").replace("三90%", ">90%")
    return only(read.replace("                12公里", "                <12公里"))


def test_recognition_that_has_no_such_sign_prints_another():
    found = signed(MARKS)
    assert [one.target.text for one in found.indicators] == [
        *("≥600盏", "≤12公里", "100%", "≥95%", "明显", "≥90%"),
    ]
    assert [(one.at.text, one.meant) for one in found.repairs if one.kind is Kind.SIGN] == [
        (">600盏", "≥600盏"),
        ("<12公里", "≤12公里"),
        (">95%", "≥95%"),
        (">90%", "≥90%"),
    ]
    assert not any(one.target.editable for one in found.indicators if one.target.text[0] in "≥≤")


def test_recognition_that_knows_the_sign_prints_what_stands_there():
    found = signed(MARKS.replace(" 100%", " ≥98%"))
    assert [one.target.text for one in found.indicators] == [
        *(">600盏", "<12公里", "≥98%", ">95%", "明显", ">90%"),
    ]
    clean = signed(MARKS.replace("“", "").replace("”", "").replace("|", " ").replace("。", ""))
    assert clean.indicators[0].target.text == ">600盏"


def test_a_header_with_wrong_characters_and_lost_labels():
    found = only(MARKS)
    assert found.project_name.text == "乡村道路照明设施改造"
    assert found.department.text == "青禾县城乡建设局"
    assert found.implementer.text == "青禾县路灯管理所"
    assert found.nature.text == "新增项目"
    assert (found.period.value.start.iso, found.period.value.end.iso) == (
        "2023-01-01",
        "2023-12-31",
    )
    money = {row.role: row.amount.text for row in found.funding.rows}
    assert (money["total"], money["fiscal"], money["other"]) == ("360", "300", "60")
    assert found.goal.text.startswith("全年更换节能路灯")
    assert found.goal.text.endswith("降低能耗。")


def test_labels_that_were_misread_or_lost_are_noted():
    noted = {
        repair.at.text: repair.meant
        for repair in only(MARKS).repairs
        if repair.kind is Kind.MISREAD
    }
    assert noted["主管部站"] == "department"
    assert noted["年度指标什"] == "target"
    assert noted["二中愉"] == "annual"
    assert noted["下"] == "period"
    assert noted["浓意度指"] == "满意度指标"


def test_the_name_of_a_project_without_its_label():
    found = only(
        "项目支出绩效目标表\n(2023年)\n乡村道路照明设施改造\n项目资金\n数量指标\n"
        + "| 更换路灯  ≥6盏\n" * 2
    )
    assert found.project_name.text == "乡村道路照明设施改造"


def spaced(line):
    """As text recognition prints a line: a blank behind each character of a word, the gaps between cells wide."""
    cells = (
        "".join(f"{c} " if "\u4e00" <= c <= "\u9fff" else c for c in cell).strip() for cell in line
    )
    return "   ".join(cells)


TABLE = (
    ("项目名称", "乡村道路照明设施改造"),
    ("主管部门", "青禾县城乡建设局", "实施单位", "青禾县路灯管理所"),
    ("年度预算", "360"),
    ("一级指标", "二级指标", "三级指标", "年度指标值"),
    ("产出指标", "数量指标", "更换节能路灯", "≥600盏"),
    ("架设线路", "12公里"),
    ("质量指标", "验收完成时间", "2023年10月底前"),
    ("效益指标", "社会效益指标", "夜间出行改善", "明显"),
)
READ = [
    ("产出指标", "数量指标", "更换节能路灯", "≥600盏"),
    ("产出指标", "数量指标", "架设线路", "12公里"),
    ("产出指标", "质量指标", "验收完成时间", "2023年10月底前"),
    ("效益指标", "社会效益指标", "夜间出行改善", "明显"),
]


@pytest.mark.parametrize("gap", ["   ", " "], ids=["wide", "single"])
def test_blanks_between_all_characters(gap):
    lines = [spaced(line).replace("   ", gap) for line in TABLE]
    text = "\n".join(["项目支出绩效目标表", *lines])
    found = only(text)
    assert found.project_name.text == "乡村道路照明设施改造"
    assert found.department.text == "青禾县城乡建设局"
    assert rows(found.indicators) == READ
    first = found.indicators[0].name
    assert first.at.text == "更 换 节 能 路 灯"
    assert not first.editable


def test_a_text_with_few_blanks_keeps_them():
    lines = ["   ".join(line) for line in TABLE]
    text = "\n".join(["项目支出绩效目标表", *lines]).replace("乡村道路照明", "乡村 道路照明")
    assert rows(only(text).indicators) == READ


def test_a_misread_sign_in_its_own_column_is_left_out():
    text = (
        "项目支出绩效目标表\n项目名称        路面修补\n"
        "一级指标 | “二级指标       三级指标       指标性质 | 指标值 “| 度量单位 | 权重\n"
        "产出指标 | 。数量指标       修补路面面积       二      800      平方米      10\n"
        "修补道路条数       >      6      条      10\n"
    )
    found = only(text)
    assert [(one.name.text, one.target.text) for one in found.indicators] == [
        ("修补路面面积", "800平方米"),
        ("修补道路条数", ">6条"),
    ]
    assert "二" in [span.text for span in found.strays]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("名称项", "project_name"),
        ("主管部", "department"),
        ("起止时间项", "period"),
        ("门主管None", "department"),
    ],
)
def test_labels_that_lost_their_order(text, name):
    assert [label.name for label in inexact.jumbled(text)] == [name]


@pytest.mark.parametrize("text", ["项目名称", "财政局", "延续项目", "路灯", "建设路灯管理项目名称"])
def test_other_words_are_no_labels(text):
    assert inexact.jumbled(text) == ()


def test_the_end_of_a_label_is_no_label_itself():
    assert joining.ends_level("度指标")
    assert not joining.ends_level("满意度指标")
    assert not joining.ends_level("受益群众")


def test_rows_of_scraps_are_not_placed():
    found = only(
        MARKS.replace(
            "夜间出行改善                       明显", "夜间出行改善                       sgy"
        ).replace("浓意度指", "村 ， 已        四\n浓意度指")
    )
    names = [one.name.text for one in found.indicators]
    assert names[-2:] == ["夜间出行改善", "沿线居民满意度"]
    assert found.indicators[-2].target.text == "sgy"
    assert found.indicators[-2].target.value.number is None


def test_an_amount_keeps_its_figure_only():
    found = only(
        MARKS.replace(
            "其他资金                       60", "其他资金                       60\n盏冯"
        )
    )
    money = {row.role: row.amount.text for row in found.funding.rows}
    assert money["other"] == "60"
    assert "盏冯" in [span.text for span in found.strays]
