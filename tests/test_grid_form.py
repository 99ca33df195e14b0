"""The table of one form whose cells stand below its heads: its pages, its rows, and what no column has."""

from __future__ import annotations

from jxmb import reader
from jxmb.model import Project
from jxmb.source import Source

TOP = """\
                     项目支出绩效目标表
                      （2026年度）
项目名称     村道路灯更换
主管部门     柳溪镇人民政府            实施单位    柳溪镇村镇办
资金总额（万元）                       36
年度目标     更换村道路灯，改善夜间出行条件。
"""
HEADS = "一级指标     二级指标         三级指标             指标值         权重\n"
FIRST = """\
           数量指标         更换路灯数量          ≥120盏        20

产出指标                   新建控制箱数量及其
           质量指标                      =100%         20
                       验收合格情况登记率

           时效指标         完工时间     2026年10月31日前          10
"""
SECOND = """\
效益指标     社会效益指标       受益村民人数          ≥3600人       20

满意度指标    服务对象满意度指      村民满意度           ≥90%         10
               标
"""
ROWS = [
    ("产出指标", "数量指标", "更换路灯数量", "≥120盏"),
    ("产出指标", "质量指标", "新建控制箱数量及其验收合格情况登记率", "=100%"),
    ("产出指标", "时效指标", "完工时间", "2026年10月31日前"),
    ("效益指标", "社会效益指标", "受益村民人数", "≥3600人"),
    ("满意度指标", "服务对象满意度指标", "村民满意度", "≥90%"),
]


def project(text: str, without: frozenset[str] = frozenset()) -> Project:
    (found,) = reader.parse(Source(text), without).projects
    return found


def rows(text: str) -> list[tuple[str, str, str, str]]:
    """Level 1, level 2, name and target of each row, where no other way is tried."""
    return [
        (i.level1.value, i.level2.value, i.name.text, i.target.text)
        for i in project(text, frozenset({"on the page", "in sequence"})).indicators
    ]


def way(text: str) -> str:
    """How a form was read: the way that was taken comes first."""
    return project(text).trace.rivals[0].name


def moved(text: str, left: int) -> str:
    """The lines so many blanks further to the left, or to the right where it is below 0."""
    return "".join(" " * -left + line[max(0, left) :] for line in text.splitlines(True))


def test_a_form_is_read_by_the_place_of_its_columns() -> None:
    text = TOP + HEADS + FIRST + SECOND

    assert way(text) == "by place"
    assert rows(text) == ROWS
    assert project(text).goals[0].text.text == "更换村道路灯，改善夜间出行条件。"


def test_the_way_can_be_switched_off() -> None:
    found = project(TOP + HEADS + FIRST + SECOND, frozenset({"by place"}))

    assert [rival.name for rival in found.trace.rivals] == ["on the page"]


def test_a_page_has_its_columns_elsewhere() -> None:
    """A narrow page: its cells stand left of those above, and the label of level 2 below that of level 1 there.

    Where no form feed tells the page the words are read one after the other.
    """
    narrow = """\
        社会效益指标 受益村民人数 ≥3600人 20
效益指标
        经济效益指标 节约电费   ≥2万元   5

        服务对象满意
满意度指标           村民满意度  ≥90%   10
          度指标
"""
    more = ("效益指标", "经济效益指标", "节约电费", "≥2万元")

    assert rows(TOP + HEADS + FIRST + "\f" + narrow) == [*ROWS[:4], more, ROWS[4]]
    assert way(TOP + HEADS + FIRST + narrow) == "on the page"


def test_what_stands_in_columns_tells_them_where_the_heads_stand_elsewhere() -> None:
    """A line that sets heads of its own width, as a browser prints them above its table."""
    for blanks in (14, 20):
        text = TOP + moved(HEADS, -blanks) + FIRST + SECOND
        assert (way(text), rows(text)) == ("by place", ROWS)


def test_the_label_at_the_margin_is_no_label_of_level_1() -> None:
    """On the next page it reaches into the column of these."""
    head, first = (moved(text, -10) for text in (HEADS, FIRST))
    lines = first.splitlines(True)
    lines[3] = " 绩效指标" + lines[3][5:]
    page = """\
         社会效益指标 受益村民人数      ≥3600人       20
    效益指标
年度绩效指标   经济效益指标 节约电费        ≥2万元        5

   满意度指标  服务对象满意 村民满意度       ≥90%         10
          度指标
"""
    more = ("效益指标", "经济效益指标", "节约电费", "≥2万元")

    assert rows(TOP + head + "".join(lines) + "\f" + page) == [*ROWS[:4], more, ROWS[4]]


def test_a_label_of_level_2_in_two_parts_is_none_of_level_1() -> None:
    """Its page has no more than one row, beside which the label of level 1 stands between the two."""
    page = """\
      服务对象满意度指
满意度指标           村民满意度     ≥90%    10
            标
"""
    text = TOP + HEADS + FIRST + SECOND.splitlines(True)[0] + "\f" + page

    assert rows(text) == ROWS


def test_a_line_below_the_table_is_none_of_its_rows() -> None:
    text = moved(TOP + HEADS + FIRST + SECOND, -4) + "\n\n3.有关情况说明\n本部门无其他说明。\n"

    assert [rival.worth for rival in project(text).trace.rivals] == [1.0]
    assert rows(text) == ROWS


def test_a_value_far_before_its_column_is_one() -> None:
    """Where nothing else on the line is a value either."""
    first = FIRST.replace(
        "完工时间     2026年10月31日前          10", " 完工时间  2026年10月31日前"
    )

    assert rows(TOP + HEADS + first + SECOND) == ROWS


def test_of_two_ways_to_part_lines_the_one_whose_cells_lie_in_the_middle_is_taken() -> None:
    """The lines of the second name are printed between those of its value."""
    first = """\
                       新建控制箱数量及其
产出指标       数量指标                      =100个        20
                       验收合格情况登记率
           时效指标
                                       每月5日前，不低
                       进度报告提交时间                       10
                                       于上年同期水平
"""

    found = [row[2:] for row in rows(TOP + HEADS + first + SECOND)]
    assert found[:2] == [
        ("新建控制箱数量及其验收合格情况登记率", "=100个"),
        ("进度报告提交时间", "每月5日前，不低于上年同期水平"),
    ]


def test_a_head_may_have_its_points_and_two_lines() -> None:
    heads = """\
一级指
         二级指标         三级指标             指标值         权重（90分）
 标
"""
    text = TOP.replace("。\n", "\n             。\n") + heads + FIRST + SECOND

    assert rows(text) == ROWS
    assert project(text).goals[0].text.text == "更换村道路灯，改善夜间出行条件。"


def test_what_is_not_whole_is_read_as_its_words_follow_each_other_too() -> None:
    text = TOP + HEADS + FIRST + SECOND.replace("≥3600人", "      ")

    assert {rival.name for rival in project(text).trace.rivals} == {"by place", "on the page"}
