"""Mistakes of content: indicators in the wrong place (JX4), figures that disagree (JX6, JX7)."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

from .planted_form import Mistake, choosing, count, insert, row_changed
from .planted_rows import ROWS
from .records import LEVELS, FormRecord, Row


def _moved(level1: str, short: str) -> Mistake:
    """Every row of a level 2 printed under another level 1, at the end of its block."""
    home = LEVELS[short]

    def mistake(record: FormRecord, rng: random.Random) -> FormRecord | None:
        moved = [replace(row, level1=level1) for row in record.rows if _levels(row) == home]
        rest = [row for row in record.rows if _levels(row) != home]
        ends = [at for at, row in enumerate(rest) if row.level1 == level1]
        if not moved or not ends or not any(row.level1 == home[0] for row in rest):
            return None
        at = ends[-1] + 1
        return record.with_rows([*rest[:at], *moved, *rest[at:]])

    return mistake


def _levels(row: Row) -> tuple[str, str]:
    return row.level1, row.level2


def _renamed(which: str, old: str, new: str) -> Mistake:
    def mistake(record: FormRecord, rng: random.Random) -> FormRecord | None:
        rows = [
            replace(row, **{which: new}) if getattr(row, which) == old else row
            for row in record.rows
        ]
        return record.with_rows(rows)

    return mistake


def _other_cost(record: FormRecord, rng: random.Random) -> FormRecord | None:
    """A 成本指标 of the other taxonomy beside the form's own."""
    if record.policy == "2021":
        row = Row("产出指标", "成本指标", "单次现场勘查成本", "≤0.2万元/次")
        return insert(record, row)
    rows = [Row("成本指标", "经济成本指标", "单次现场勘查成本", "≤0.2万元/次"), *record.rows]
    return record.with_rows(rows)


def _spent(record: FormRecord, rng: random.Random) -> FormRecord | None:
    """An indicator about using the money that states more than the budget."""
    wrong = (Decimal(record.money("total")) * Decimal("1.17")).normalize()
    return insert(record, Row(*LEVELS["数量"], f"{wrong:f}万元使用完毕", "年底前使用完毕"))


def _goal_amount(record: FormRecord, rng: random.Random) -> FormRecord | None:
    wrong = (Decimal(record.money("total")) * Decimal("1.25")).normalize()
    return replace(record, goal=f"本项目共安排资金{wrong:f}万元。{record.goal}")


def _per_head(record: FormRecord, rng: random.Random) -> FormRecord | None:
    return replace(record, goal=f"{record.goal}慰问困难职工120人，每人2000元，共计26万元。")


def _conflict(record: FormRecord, rng: random.Random) -> FormRecord | None:
    """The goal promises more of a thing than its indicator, in the indicator's own words."""
    counted = [row for row in record.rows if count(row) and len(row.name) >= 4]
    rows = [row for row in counted if not row.value.endswith("块")]  # no unit of goals
    row = next((row for row in rows if (row.pieces or ("", ""))[1] not in record.goal), None)
    row = row or next(iter(rows), None)
    if row is None:
        return None
    _, number, unit = row.pieces or ("", "", "")
    return replace(record, goal=f"{record.goal}力争{row.name}{int(number) + 17}{unit}。")


NEAR = {"家": "个", "项": "个", "处": "个", "场": "次", "期": "次", "台": "套"}


def _other_unit(record: FormRecord, rng: random.Random) -> FormRecord | None:
    """A count in a unit near that of the goal, which has the indicator's own words."""
    row = next(
        (row for row in record.rows if count(row) and _near(row) and len(row.name) >= 4), None
    )
    if row is None:
        return None
    sign, number, unit = row.pieces or ("", "", "")
    said = replace(record, goal=f"{record.goal}{row.name}{number}{unit}。")
    return row_changed(
        lambda one: one == row, lambda one: replace(one, value=f"{sign}{number}{NEAR[unit]}")
    )(said, rng)


def _near(row: Row) -> bool:
    return (row.pieces or ("", "", ""))[2] in NEAR


def _twice(value: str | None) -> Mistake:
    """A quantity row a second time at the end of its level 2, with its own value or with another."""

    def mistake(record: FormRecord, rng: random.Random) -> FormRecord | None:
        rows = [row for row in record.rows if count(row) and row != _last(record, row)]
        if not rows:
            return None
        row = rng.choice(rows)
        sign, number, unit = row.pieces or ("", "", "")
        other = row.value if value is None else f"{sign}{int(number) + 7}{unit}"
        return insert(record, replace(row, value=other))

    return mistake


def _last(record: FormRecord, row: Row) -> Row:
    return [one for one in record.rows if _levels(one) == _levels(row)][-1]


def _part(record: FormRecord, rng: random.Random) -> FormRecord | None:
    """A part that is larger than its whole."""
    rows = list(record.rows)
    places = [at for at, row in enumerate(rows) if count(row)]
    if not places:
        return None
    at = rng.choice(places)
    sign, number, unit = rows[at].pieces or ("", "", "")
    part = replace(
        rows[at], name=f"其中：乡镇{rows[at].name}", value=f"{sign}{int(number) * 2}{unit}"
    )
    return record.with_rows([*rows[: at + 1], part, *rows[at + 1 :]])


def _umbrella(record: FormRecord, rng: random.Random) -> FormRecord | None:
    rows = (
        Row(*LEVELS["时效"], "年度总体目标实现程度", "≥85%"),
        Row(*LEVELS["时效"], "年度重点事项按期完成率", "=100%"),
    )
    changed: FormRecord | None = record
    for row in rows:
        changed = insert(changed, row) if changed else None
    return changed


def _restated(record: FormRecord, rng: random.Random) -> FormRecord | None:
    """A quantity, and the completion rate of the same thing."""
    row = next((row for row in record.rows if count(row) and _says_what(row.name)), None)
    if row is None:
        return None
    return insert(record, Row(*LEVELS["时效"], f"{row.name}完成率", "=100%"))


def _says_what(name: str) -> bool:
    """Whether a name says of what the figure is, more than 改造楼栋."""
    return len(name.removesuffix("数量").removesuffix("面积")) > 4


def _unmeasured(record: FormRecord, rng: random.Random) -> FormRecord | None:
    """A goal without a figure, above targets of which most have none."""
    rows = [replace(row, value="按要求完成") for row in record.rows]
    goal = "做好各项服务保障，规范日常管理，不断提升群众的获得感和幸福感。"
    return replace(record.with_rows(rows), goal=goal)


NATURE = frozenset("水土林草河湖海气火松卫垃湿碳绿污废尘环生态自沙虫疫粮地节公景清洁美电资")


def _no_ecology(record: FormRecord, rng: random.Random) -> FormRecord | None:
    """A row of something else under 生态效益, in a project that is not about nature."""
    if NATURE.intersection(record.project_name):
        return None
    return _one_of(ROWS["JX413"])(record, rng)


def _one_of(rows: tuple[tuple[str, str, str], ...]) -> Mistake:
    """One of these rows, in the form's own year."""

    def mistake(record: FormRecord, rng: random.Random) -> FormRecord | None:
        short, name, value = rng.choice(rows)
        return insert(
            record,
            Row(*LEVELS[short], name.format(year=record.year), value.format(year=record.year)),
        )

    return mistake


def _hardly_measured(record: FormRecord, rng: random.Random) -> FormRecord | None:
    """A goal without a figure, above targets of which a few have one."""
    rows = [row if at < 2 else replace(row, value="达到要求") for at, row in enumerate(record.rows)]
    goal = "做好日常养护和值守，及时处置各类突发情况，方便群众出行。"
    return replace(record.with_rows(rows), goal=goal)


def _wordy(record: FormRecord, rng: random.Random) -> FormRecord | None:
    """Two targets with a figure, all others in words."""
    words = ("规范有序", "明显改善", "较高", "及时", "持续增强")
    rows = [
        row if at < 2 else replace(row, value=words[at % len(words)])
        for at, row in enumerate(record.rows)
    ]
    return record.with_rows(rows)


def _all_full(record: FormRecord, rng: random.Random) -> FormRecord | None:
    """Nothing but rates, and all of them 100 %."""
    names = ("巡查任务完成率", "成果验收合格率", "工单按时办结率", "辖区站点覆盖率", "住户满意度")
    shorts = ("数量", "质量", "时效", "社会效益", "满意度")
    return record.with_rows(
        [Row(*LEVELS[short], name, "=100%") for short, name in zip(shorts, names, strict=True)]
    )


def _late(record: FormRecord, rng: random.Random) -> FormRecord | None:
    """An output that is due after the project's end."""
    year = int(record.period_end[:4]) + 1
    name = rng.choice(("设备调试完成时间", "成果移交时间", "管线验收时间"))
    value = rng.choice((f"{year}年3月底前", f"{year}年1月20日前", f"{year}-06-30"))
    return insert(record, Row(*LEVELS["时效"], name, value))


def _goal(text: str) -> Mistake:
    return lambda record, rng: replace(record, goal=text.format(goal=record.goal))


CONTENT: dict[str, Mistake] = {
    **{code: _one_of(rows) for code, rows in ROWS.items()},
    "JX401": choosing(
        _renamed("level1", "效益指标", "工作指标"),
        _renamed("level1", "产出指标", "重点工作指标"),
        _renamed("level1", "效益指标", "特色指标"),
    ),
    "JX402": choosing(
        _renamed("level2", "质量指标", "日常指标"),
        _renamed("level2", "数量指标", "内容指标"),
        _renamed("level2", "社会效益指标", "亮点工作"),
    ),
    "JX403": choosing(
        _moved("产出指标", "社会效益"),
        _moved("效益指标", "质量"),
        _moved("效益指标", "时效"),
        _moved("产出指标", "可持续影响"),
    ),
    "JX404": _other_cost,
    "JX413": _no_ecology,
    "JX512": _late,
    "JX524": _all_full,
    "JX528": _wordy,
    "JX611": _spent,
    "JX612": _goal_amount,
    "JX613": _per_head,
    "JX614": choosing(
        _goal("共补助100户，其中东片60户、西片30户。"),
        _goal("{goal}合计铺设管道12公里，其中支管5公里、干管6公里。"),
        _goal("{goal}全年共培训900人，包括干部350人、村民500人。"),
    ),
    "JX701": choosing(_unmeasured, _hardly_measured),
    "JX702": _conflict,
    "JX703": choosing(
        _goal("{goal}新建示范点位17处。"),
        _goal("{goal}添置应急发电机41台。"),
        _goal("{goal}组织无脚本演练23场。"),
    ),
    "JX704": choosing(
        _goal("委托第三方机构开展现场勘查、资料整理、会议组织和材料印刷等日常工作，共计24次。"),
        _goal("完成办公用房租赁、会议室布置和车辆年检，印制各类表格3000份。"),
        _goal("召开座谈会6次，走访单位40家，编写调研材料并报送有关部门审阅。"),
    ),
    "JX705": choosing(_goal("做好年度各项工作。"), _goal("印制材料300份。")),
    "JX706": _goal(
        "{goal}" + "按照年度部署统筹推进各项建设内容，加强过程管理和监督检查，" * 18 + "确保见效。"
    ),
    "JX707": choosing(
        _goal("本年度安排合同款30万元，计划于年底前全部支付完毕。"),
        _goal("全年经费48万元，按照进度分四次支付给供应商。"),
        _goal("年初安排资金26.5万元，全部列入单位日常支出科目。"),
    ),
    "JX708": _twice(None),
    "JX709": _twice("other"),
    "JX710": _restated,
    "JX711": _umbrella,
    "JX712": _part,
    "JX713": _other_unit,
}
