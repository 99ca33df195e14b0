"""Mistakes of content: indicators in the wrong place (JX4), figures that disagree (JX6, JX7)."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

from .planted_form import Mistake, adding, count, insert, row_changed
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
    row = next((row for row in record.rows if count(row) and len(row.name) >= 4), None)
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
    row = next((row for row in record.rows if count(row)), None)
    if row is None:
        return None
    return insert(record, Row(*LEVELS["时效"], f"{row.name}完成率", "=100%"))


def _unmeasured(record: FormRecord, rng: random.Random) -> FormRecord | None:
    """A goal without a figure, above targets of which most have none."""
    rows = [replace(row, value="按要求完成") for row in record.rows]
    goal = "做好各项服务保障，规范日常管理，不断提升群众的获得感和幸福感。"
    return replace(record.with_rows(rows), goal=goal)


def _no_ecology(record: FormRecord, rng: random.Random) -> FormRecord | None:
    """A row about money under 生态效益, in a project that is not about nature."""
    if set(record.project_name) & set("水土林草河湖海气火松卫垃湿"):
        return None
    return adding("生态效益", "资金使用项目", "民生类项目")(record, rng)


def _goal(text: str) -> Mistake:
    return lambda record, rng: replace(record, goal=text.format(goal=record.goal))


CONTENT: dict[str, Mistake] = {
    "JX401": _renamed("level1", "效益指标", "工作指标"),
    "JX402": _renamed("level2", "质量指标", "日常指标"),
    "JX403": _moved("产出指标", "社会效益"),
    "JX404": _other_cost,
    "JX405": adding("质量", "参加活动企业", "≥50家"),
    "JX406": adding("数量", "年度计划完成率", "≥95%"),
    "JX407": adding("质量", "参训学员满意度", "≥90%"),
    "JX408": adding("满意度", "来访接待率", "≥90%"),
    "JX409": adding("时效", "场地利用程度", "≥90%"),
    "JX410": adding("数量", "完成设备安装", "2021年11月30日前"),
    "JX411": adding("时效", "两节之前", "按时完成"),
    "JX412": adding("社会效益", "各项任务全部完成", "保质保量完成"),
    "JX413": _no_ecology,
    "JX414": adding("可持续影响", "学习其他单位布展特色", "开拓思路和视野"),
    "JX415": adding("经济效益", "群众文化活动参与面", "扩大"),
    "JX416": adding("数量", "拨款金额", "≥20万元"),
    "JX417": adding("质量", "资金使用合规性", "合规"),
    "JX418": adding("质量", "预算执行率", "=100%"),
    "JX501": adding("质量", "设备验收合格率", "≥120%"),
    "JX502": adding("社会效益", "有效投诉次数", "≥3次"),
    "JX503": adding("满意度", "来访人员满意度", "≥60%"),
    "JX504": adding("满意度", "来访人员满意度", "=100%"),
    "JX505": adding("质量", "设备完好率", "良好"),
    "JX506": adding("数量", "现场巡查次数", "经常巡查"),
    "JX507": adding("质量", "档案整理", "规范"),
    "JX508": adding("社会效益", "群众消防安全意识", "群众消防安全意识增强"),
    "JX509": adding("数量", "外出调研", "按年度计划执行"),
    "JX510": adding("生态效益", "生态环境影响", "不涉及"),
    "JX511": adding("时效", "全部事项完成时间", "11月前"),
    "JX513": adding("时效", "资料移交时间", "10月31日前"),
    "JX514": adding("经济效益", "沿街商户营业额提高", "≥10%"),
    "JX515": adding("社会效益", "公益岗位", "≥12.5个"),
    "JX516": adding("数量", "监测报告", "0份"),
    "JX517": adding("质量", "资料是否归档", "按规范归档"),
    "JX518": adding("质量", "准确率", "≥95%"),
    "JX519": adding("数量", "新建步道3公里", "≥3公里"),
    "JX520": adding("数量", "按照上级部署组织开展辖区内老旧小区消防设施排查整改工作数量", "≥6个"),
    "JX521": adding("数量", "主题宣传", "结合各节日在广场、学校和社区分别组织开展主题宣传活动若干"),
    "JX522": adding("质量", "确保设备完好率", "≥98%"),
    "JX523": adding("满意度", "服务对象满意度", "≥90%"),
    "JX525": adding("社会效益", "保障路网畅通", "≥95%"),
    "JX526": adding("数量", "80万元", "100%"),
    "JX527": adding("社会效益", "内部管理水平", "优良中差"),
    "JX529": adding("数量", "讲座期数；听讲人数", "2期；80人"),
    "JX611": _spent,
    "JX612": _goal_amount,
    "JX613": _per_head,
    "JX614": _goal("共补助100户，其中东片60户、西片30户。"),
    "JX701": _unmeasured,
    "JX702": _conflict,
    "JX703": _goal("{goal}新建示范点位17处。"),
    "JX704": _goal(
        "委托第三方机构开展现场勘查、资料整理、会议组织和材料印刷等日常工作，共计24次。"
    ),
    "JX705": _goal("做好年度各项工作。"),
    "JX706": _goal(
        "{goal}" + "按照年度部署统筹推进各项建设内容，加强过程管理和监督检查，" * 18 + "确保见效。"
    ),
    "JX707": _goal("本年度安排合同款30万元，计划于年底前全部支付完毕。"),
    "JX708": _twice(None),
    "JX709": _twice("other"),
    "JX710": _restated,
    "JX711": _umbrella,
    "JX712": _part,
    "JX713": _other_unit,
}
