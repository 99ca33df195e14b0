"""Tables of many projects on pages whose cells were centred: the lines of a page become rows of cells again."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import pytest
from tests.work import growth, steps

from jxmb import reader
from jxmb.source import Source

HEADS = ["单位编码", "单位（项目）名称", "资金总额", "绩效目标", "一级指标", "二级指标", "三级指标"]
HEADS += ["指标值", "指标值内容", "度量单位", "指标值类型", "备注"]
WIDTHS = [8, 10, 10, 12, 6, 6, 8, 6, 12, 6, 7, 4]
TITLE = "2026年项目支出绩效目标表"
COST = ("成本指标", "经济成本指标", "维修总成本", "12", "不超过预算", "万元", "≤", "20")
COUNT = (
    *("产出指标", "数量指标", "修理水泵的数量和型号登记台数", "3"),
    *("全年修理并且验收的水泵台数，以登记簿为准", "台", "≥", "20"),
)
RATE = ("产出指标", "质量指标", "修理合格率", "95", "合格台数与修理台数之比", "%", "≥", "20")
TIME = ("产出指标", "时效指标", "完工时间", "按时", "合同约定的日期以前", "", "定性", "10")
HAPPY = ("满意度指标", "服务对象满意度指标", "居民满意度", "90", "问卷", "%", "≥", "10")
Row = tuple[str, ...]
Project = tuple[str, str, str, Sequence[Row]]
PUMPS: Project = (
    "水泵维修项目经费补助专项",
    "12.00",
    "修理水泵三台，保证沿河各村的灌溉用水，把损耗降到最低，并且在汛期以前完成全部工作。",
    (COST, COUNT, RATE, TIME, HAPPY),
)
PIPES: Project = ("水管更换", "20.50", "更换水管。", (COST, RATE, HAPPY))


def wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width) if text else []


class Page:
    """Lines of text into which cells are put."""

    def __init__(self, lines: int) -> None:
        self.lines: list[list[str]] = [[] for _ in range(lines)]

    def put(self, column: int, top: int, bottom: int, text: str) -> None:
        """A cell over these lines, its text in the middle."""
        own = wrapped(text, WIDTHS[column])
        start = sum(WIDTHS[:column]) + 2 * column
        first = top + (bottom - top - len(own)) // 2
        for at, part in enumerate(own, first):
            line = self.lines[at]
            line += [" "] * (start + (WIDTHS[column] - len(part)) // 2 - len(line))
            line += part

    def text(self) -> str:
        return "\n".join("".join(line) for line in self.lines)


def printed(projects: Sequence[Project], gap: int = 0) -> str:
    """A page with a table of these projects, `gap` empty lines over and under the text of each row."""
    page: list[tuple[int, int, int, str]] = []
    top = 0
    for name, total, goal, rows in projects:
        begins = top
        spans: dict[int, list[tuple[int, int, str]]] = {4: [], 5: []}
        heights = [
            max(len(wrapped(t, w)) for t, w in zip(r, WIDTHS[4:], strict=True)) for r in rows
        ]
        heights[-1] += max(0, len(wrapped(goal, WIDTHS[3])) - sum(heights) - 2 * gap * len(rows))
        for row, height in zip(rows, heights, strict=True):
            bottom = top + height + 2 * gap
            for at in (4, 5):
                own = spans[at]
                if own and own[-1][2] == row[at - 4]:
                    own[-1] = (own[-1][0], bottom, row[at - 4])
                else:
                    own.append((top, bottom, row[at - 4]))
            page += [(at, top, bottom, text) for at, text in enumerate(row[2:], 6)]
            top = bottom
        page += [(at, one, two, text) for at, own in spans.items() for one, two, text in own]
        page += [(at, begins, top, text) for at, text in ((1, name), (2, total), (3, goal))]
        page.append((0, begins, top, "201001"))
    body = Page(top)
    for at, one, two, text in sorted(page):
        body.put(at, one, two, text)
    heads = Page(1)
    for at, text in enumerate(HEADS):
        heads.put(at, 0, 1, text)
    above = f"{' ' * 40}{TITLE}\n部门名称：某市水务局{' ' * 60}单位：万元\n"
    return f"{above}{heads.text()}\n\n{body.text()}\n"


def read(text: str) -> list[tuple[str, str, str, list[Row]]]:
    """The projects that are read, as they were printed."""
    document = reader.parse(Source(text))
    return [
        (
            one.project_name.text,
            one.funding.total.text,
            one.goals[0].text.text,
            [(i.level1.text, i.level2.text, i.name.text) for i in one.indicators],
        )
        for one in document.projects
    ]


def wanted(projects: Sequence[Project]) -> list[tuple[str, str, str, list[Row]]]:
    return [(name, total, goal, [row[:3] for row in rows]) for name, total, goal, rows in projects]


@pytest.mark.parametrize("gap", [0, 1, 2])
@pytest.mark.parametrize("projects", [[PUMPS], [PUMPS, PIPES], [PIPES, PUMPS, PIPES]])
def test_projects_are_read_as_they_are_printed(projects: list[Project], gap: int) -> None:
    assert read(printed(projects, gap)) == wanted(projects)


def test_a_project_goes_on_over_the_page() -> None:
    name, total, goal, rows = PUMPS
    first, second = (name, total, goal, rows[:3]), (name, total, goal, rows[3:])

    assert read(f"{printed([first], 1)}\f{printed([second, PIPES], 1)}") == wanted([PUMPS, PIPES])


def test_the_department_above_the_table_is_that_of_each_project() -> None:
    document = reader.parse(Source(printed([PUMPS, PIPES])))

    assert [one.department.text for one in document.projects] == ["某市水务局"] * 2


def test_what_a_form_is_read_by_is_said_and_can_be_switched_off() -> None:
    text = printed([PUMPS, PIPES])
    (first, _) = reader.parse(Source(text)).projects

    assert first.trace.steps[0] == "grid"
    assert all("grid" not in p.trace.steps for p in reader.parse(Source(text), {"grid"}).projects)


def test_the_work_is_linear() -> None:
    def work(pages: int) -> int:
        text = "\f".join([printed([PUMPS, PIPES])] * pages)
        return steps(lambda: reader.parse(Source(text)))

    assert growth(work, 1) < 2.5


BEHIND = (  # texts and how many blanks stand between them
    ("位", 8, "项目名称", 17, "预算金额(万元)", 3, "年度目标", 88, "三级指标", 11, "绩效指标性质", 2, "效度 权重"),
    ("沟渠清淤维修养护工程", 6, '31.5 清理淤塞沟渠16公里，衬砌完好率100%，内涝面积、积水点数量实现"双下降"', 5, "15"),
    (),
    (177, "渠道普查长度 0"),
    (75, "项目名称", 102, "0"),
    (98, "经济成本指标", 72, "渠道淤塞长度"),
    ("济成本指标",),
)  # fmt: skip


def test_a_row_of_a_grid_behind_its_table_is_read_by_what_it_says() -> None:
    """A torn label begins another form there, whose heads are lost: the columns of the grid are not its own."""
    lines = ("".join(" " * one if isinstance(one, int) else one for one in row) for row in BEHIND)
    document = reader.parse(Source("\n".join(lines)))
    assert document.failures == ()
    assert len(document.projects) == 2
