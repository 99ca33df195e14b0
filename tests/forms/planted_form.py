"""Mistakes of completeness, of writing values, of money and time (JX1, JX2, JX3, JX6)."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from .records import LEVELS, FormRecord, Money, Row

Mistake = Callable[[FormRecord, random.Random], FormRecord | None]
Test = Callable[[Row], bool]


def blank(*names: str) -> Mistake:
    """A form with these fields blank."""
    return lambda record, rng: replace(record, **dict.fromkeys(names, ""))


def said(**fields: str) -> Mistake:
    """A form with these texts in its fields."""
    return lambda record, rng: replace(record, **fields)


def without(*short: str) -> Mistake:
    """A form without the rows of these level-2 names."""
    gone = {LEVELS[word] for word in short}
    return lambda record, rng: record.with_rows(
        [row for row in record.rows if (row.level1, row.level2) not in gone]
    )


def adding(short: str, name: str, value: str) -> Mistake:
    """A form with one more row, in its block or at the end of its level 1."""
    level1, level2 = LEVELS[short]

    def mistake(record: FormRecord, rng: random.Random) -> FormRecord | None:
        total = record.money("total")
        row = Row(level1, level2, name.format(total=total), value.format(total=total))
        return insert(record, row)

    return mistake


def insert(record: FormRecord, row: Row) -> FormRecord | None:
    """`record` with a row behind the last one of its level 2, or of its level 1; None without such a level."""
    rows = list(record.rows)
    for same in (
        lambda one: (one.level1, one.level2) == (row.level1, row.level2),
        lambda one: one.level1 == row.level1,
    ):
        places = [at for at, one in enumerate(rows) if same(one)]
        if places:
            rows.insert(places[-1] + 1, row)
            return record.with_rows(rows)
    return None


def row_changed(test: Test, write: Callable[[Row], Row]) -> Mistake:
    """One of the rows that pass the test, written in another way."""

    def mistake(record: FormRecord, rng: random.Random) -> FormRecord | None:
        places = [at for at, row in enumerate(record.rows) if test(row)]
        if not places:
            return None
        at = rng.choice(places)
        rows = list(record.rows)
        rows[at] = write(rows[at])
        return record.with_rows(rows)

    return mistake


def value(test: Test, form: str) -> Mistake:
    """One value written by a pattern of {sign}, {number}, {unit} and the whole {value}."""

    def write(row: Row) -> Row:
        sign, number, unit = row.pieces or ("", "", "")
        text = form.format(sign=sign, number=number, unit=unit, value=row.value)
        return replace(row, value=text)

    return row_changed(test, write)


def signed(*signs: str) -> Test:
    """Values that begin with one of these signs."""
    return lambda row: row.value.startswith(signs) and row.pieces is not None


def percent(row: Row) -> bool:
    """A rate of at least so many per cent."""
    return row.value.startswith("≥") and row.value.endswith("%")


def rate(row: Row) -> bool:
    """A percentage whose name says that it is one."""
    return percent(row) and row.name.endswith(("率", "比例", "满意度"))


def count(row: Row) -> bool:
    """A plain count, whose unit is a word of its own."""
    return row.level2 == "数量指标" and row.value.startswith("≥") and "万" not in row.value


def money(**raw: str) -> Mistake:
    """Amounts by role; `{total}` and the like stand for what the clean form says."""

    def mistake(record: FormRecord, rng: random.Random) -> FormRecord | None:
        amounts = {one.role: one.raw for one in record.funding}
        rows = tuple(
            Money(one.label, raw.get(one.role, one.raw).format(**amounts), one.role)
            for one in record.funding
        )
        return replace(record, funding=rows)

    return mistake


def scaled(factor: str, *roles: str) -> Mistake:
    """Amounts of these roles times a factor."""

    def mistake(record: FormRecord, rng: random.Random) -> FormRecord | None:
        rows = tuple(
            replace(one, raw=f"{Decimal(one.raw) * Decimal(factor):f}")
            if one.role in roles
            else one
            for one in record.funding
        )
        return replace(record, funding=rows)

    return mistake


def period(start: str, end: str) -> Mistake:
    """A period by patterns of {year}, {next} and {last} (the form's year and its neighbours)."""

    def mistake(record: FormRecord, rng: random.Random) -> FormRecord | None:
        years = {"year": record.year, "next": record.year + 1, "last": record.year - 1}
        years["past"] = record.year - 2
        return replace(record, period_start=start.format(**years), period_end=end.format(**years))

    return mistake


def both(*mistakes: Mistake) -> Mistake:
    """Several changes that make one mistake."""

    def mistake(record: FormRecord, rng: random.Random) -> FormRecord | None:
        for one in mistakes:
            changed = one(record, rng)
            if changed is None:
                return None
            record = changed
        return record

    return mistake


def choosing(*mistakes: Mistake) -> Mistake:
    """One of several wordings of a mistake, the next one where the form has no place for it."""

    def mistake(record: FormRecord, rng: random.Random) -> FormRecord | None:
        order = rng.sample(mistakes, len(mistakes))
        made = (one(record, rng) for one in order)
        return next((one for one in made if one not in (None, record)), None)

    return mistake


def cost(name: str, factor: str) -> Mistake:
    """A cost row whose cap is the budget times a factor."""

    def mistake(record: FormRecord, rng: random.Random) -> FormRecord | None:
        cap = (Decimal(record.money("total")) * Decimal(factor)).normalize()
        short = "经济成本" if record.policy == "2021" else "成本"
        return insert(record, Row(*LEVELS[short], name, f"≤{cap:f}万元"))

    return mistake


def many_rows(record: FormRecord, rng: random.Random) -> FormRecord | None:
    """Thirty rows: each quantity again for other places."""
    del rng
    rows = list(record.rows)
    first = next(row for row in rows if row.level2 == "数量指标")
    at = rows.index(first)
    places = ("东", "西", "南", "北", "上", "下", "前", "后", "新", "老")
    more = [
        replace(first, name=f"{place}片{half}区{first.name}")
        for place in places
        for half in ("一", "二")
    ]
    return record.with_rows([*rows[:at], *more, *rows[at:]])


def _dated(style: str) -> Mistake:
    return period(
        style.format(year="{year}", month=1, day=1), style.format(year="{year}", month=12, day=31)
    )


def unnamed(row: Row) -> bool:
    """A count whose name does not say its unit (参训人数 does)."""
    return count(row) and not row.name.endswith(("数", "次"))


def person(row: Row) -> bool:
    """A number of people."""
    return row.name.endswith("人数") and row.value.endswith("人") and "万" not in row.value


YEAR_START, YEAR_END = "{year}-01-01", "{year}-12-31"
CONTINUING, FRESH = said(nature="延续项目"), said(nature="新增项目")

FORM: dict[str, Mistake] = {
    "JX111": row_changed(lambda row: True, lambda row: replace(row, name=row.name + "。")),
    "JX112": row_changed(
        lambda row: len(row.name) > 5,
        lambda row: replace(row, name=row.name[:4] + " " + row.name[4:]),
    ),
    "JX113": adding("时效", "资金拨付截至时间", "≤30天"),
    "JX201": blank("project_name"),
    "JX202": blank("department"),
    "JX203": blank("implementer"),
    "JX204": blank("nature"),
    "JX205": blank("period_start", "period_end"),
    "JX206": money(total="", fiscal="", other=""),
    "JX207": blank("goal"),
    "JX209": said(nature="其他项目"),
    "JX211": without("数量", "质量", "时效", "成本"),
    "JX212": without("经济效益", "社会效益", "生态效益", "可持续影响"),
    "JX213": without("满意度"),
    "JX214": without("数量"),
    "JX215": without("质量"),
    "JX216": without("时效"),
    "JX217": without("成本", "经济成本", "社会成本", "环境成本"),
    "JX221": row_changed(lambda row: True, lambda row: replace(row, name="")),
    "JX222": row_changed(lambda row: True, lambda row: replace(row, value="")),
    "JX224": lambda record, rng: record.with_rows([record.rows[0], record.rows[-1]]),
    "JX225": many_rows,
    "JX301": value(signed("≥"), "》{number}{unit}"),
    "JX302": value(rate, "2{number}{unit}"),
    "JX303": value(percent, "Z{number}{unit}"),
    "JX304": value(signed("≥"), ">={number}{unit}"),
    "JX305": value(signed("≥"), "不少于{number}{unit}"),
    "JX306": value(percent, "{value}以上"),
    "JX307": value(signed("≥", "≤"), "{number}{unit}"),
    "JX308": value(signed("≥", "≤"), "{sign} {number}{unit}"),
    "JX309": value(unnamed, "{sign}{number}"),
    "JX310": value(rate, "{sign}{number}"),
    "JX311": value(percent, "{sign}{number}百分比"),
    "JX312": value(person, "{sign}{number}家"),
    "JX313": value(lambda row: row.name.endswith("满意度") and percent(row), "满意度{value}"),
    "JX314": value(count, "{value}、12期"),
    "JX315": value(signed("≥"), "≥**{unit}"),
    "JX316": adding("数量", "现场巡查频次", "每月一次"),
    "JX317": value(percent, "{number}-100%"),
    "JX318": adding("数量", "发放宣传手册", "≥３６０份"),
    "JX319": adding("经济效益", "带动社会投资额", "≥3亿4500万元"),
    "JX320": adding("数量", "新增服务面积", "≥.5万平方米"),
    "JX601": scaled("1.1", "total"),
    "JX602": money(fiscal="{total}", other=""),
    "JX603": money(total="{total}万元"),
    "JX604": scaled("10000", "total", "fiscal", "other"),
    "JX605": both(
        money(total="1,286.5", fiscal="1,286.5", other="0"),
        without("成本", "经济成本"),
    ),
    "JX606": money(total="详见资金明细"),
    "JX607": money(total="0", fiscal="0", other="0"),
    "JX608": cost("项目总成本", "1"),
    "JX609": cost("项目总成本", "1.3"),
    "JX610": lambda record, rng: insert(
        record,
        Row(*LEVELS["经济成本" if record.policy == "2021" else "成本"], "项目成本控制率", "≤100%"),
    ),
    "JX621": period(YEAR_END, YEAR_START),
    "JX622": period("{year}-02-30", YEAR_END),
    "JX623": period("{past}-01-01", "{last}-12-31"),
    "JX624": period("{year}", "{year}"),
    "JX625": _dated("{year}. {month}. {day}"),
    "JX626": period("{year}.1.1", YEAR_END),
    "JX627": both(CONTINUING, period(YEAR_START, YEAR_END)),
    "JX628": both(FRESH, period("{past}-01-01", YEAR_END)),
    "JX629": lambda record, rng: replace(
        both(FRESH, period(YEAR_START, YEAR_END))(record, rng) or record,
        goal=f"使用上年结转的剩余资金。{record.goal}",
    ),
    "JX630": lambda record, rng: replace(
        record, project_name=f"{record.year - 2}年度{record.project_name}"
    ),
}
