"""JX408–JX411: rows under 满意度 and 时效 that are about something else, and times that stand elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from ... import deferred
from ...findings import Hit, Severity
from ...meaning import Lists, Row, han
from ...model import Indicator
from ..base import Context, rule

FEWEST = 2  # Han characters of a name that says something
DATE = deferred.re(
    r"\d{1,4}[-./年]\d{1,2}|\d{1,2}月|\d{1,2}[:：]\d{2}|第?[一二三四1-4]季度|[上下]半年"
)
BRACKET_TIME = deferred.re(
    r"[(（][^()（）]*(?:年|月|日|天|周|小时|分钟|秒|时间|日期)[^()（）]*[)）]"
)
DEADLINE = deferred.re(
    r"(?:于|在|力争|确保)?(?:(?:\d{4}|当|本)年度?)?(?:(?:1[0-2]|0?[1-9]|[一二三四五六七八九十]{1,2})月(?:(?:[0-3]?\d)[日号]|底|末|初|中旬|上旬|下旬)?"
    r"|年底|年末|[第]?[一二三四1-4]季度末?|上半年|\d{1,2}[日号])(?:以前|之前|前|底|末)?(?:全部|全面)?(?:完成|完工|竣工|到位|发放|支付|交付)?"
)
TIMED = tuple("月年季日号")  # without one of them nothing is a deadline
MONTH_OR_YEAR = deferred.re(
    r"(?:\d{4}年)?(?:1[0-2]|0?[1-9]|[一二三四五六七八九十]{1,2})月份?|\d{4}年度?"
)
END_OF_MONTH = deferred.re(r"(?:\d{4}年)?(?:1[0-2]|0?[1-9])月(?:底|末)(?:之前|以前|前)")
BEHIND = deferred.re("(?:之前|以前|前|期间|底|末)$")


@rule(
    Indicator,
    "JX408",
    Severity.WARNING,
    "X",
    title=("满意度下列其他内容", "Other matter under satisfaction"),
    zh="满意度指标“{name}”与满意度无关",
    en="`{name}` under 满意度指标 is not about satisfaction",
    why=(
        "财预〔2015〕88号、财预〔2021〕101号 满意度指标：反映服务对象的认可程度",
        "财预〔2015〕88号 and 财预〔2021〕101号 on satisfaction: it is how those served judge the work",
    ),
    remedy=(
        "移至相应的产出、效益指标下；满意度写明对象，如“参训学员满意度 ≥90%”",
        "Move it to output or benefit; for satisfaction say whose, such as `参训学员满意度 ≥90%`",
    ),
    damaged="some",
    under=("满意度", "服务对象满意度"),
)
def non_satisfaction_inside(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A row under 满意度 that speaks neither of satisfaction nor only of a group of people."""
    row = ctx.judged(indicator)
    if row is None or han(row.name) < FEWEST:
        return
    if ctx.lists.holds("satisfaction_words", row.text) or ctx.lists.ends("subject_ends", row.name):
        return
    yield Hit(indicator.name.at, row.words)


@rule(
    Indicator,
    "JX409",
    Severity.WARNING,
    "X",
    title=("时效指标不含时间", "Timeliness without time"),
    zh="时效指标“{name}”的指标值“{value}”不含时间要求",
    en="No time in `{name}` (`{value}`) under 时效指标",
    why=(
        "财预〔2021〕101号 产出指标：时效指标反映提供产品和服务的及时程度",
        "财预〔2021〕101号 on output: 时效指标 is how timely the output is",
    ),
    remedy=(
        "写明完成时间，如“采购完成时间 2025年6月底前”；与时间无关的，移至相应指标下",
        "Write when, such as `采购完成时间 2025年6月底前`, or move the row to where it belongs",
    ),
    damaged="some",
    under=("时效",),
)
def timeliness_not_time(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A row under 时效 in which no word and no figure is about time."""
    row = ctx.judged(indicator)
    if row is None or han(row.name) < FEWEST:
        return
    if not ctx.lists.holds("not_time", row.name) and _has_time(row, ctx.lists):
        return
    yield Hit(indicator.name.at, row.words)


def _has_time(row: Row, lists: Lists) -> bool:
    return (
        lists.holds("time_words", row.text)
        or lists.has("times_as_names", row.name)
        or lists.holds("times_as_names", row.name)
        or lists.holds("time_value_marks", row.value)
        or DATE.search(row.text) is not None
        or BRACKET_TIME.search(row.printed) is not None
    )


@rule(
    Indicator,
    "JX410",
    Severity.WARNING,
    "X",
    title=("时间列入数量或质量", "Deadline under quantity or quality"),
    zh="{level}“{name}”的指标值“{value}”为时间",
    en="Deadline `{value}` under `{level}`: `{name}`",
    why=(
        "财预〔2021〕101号 产出指标：完成时间属于时效指标",
        "财预〔2021〕101号 on output: time of completion belongs to 时效指标",
    ),
    remedy=(
        "移至时效指标下；本行改为数量或标准，如“管网改造长度 ≥8公里”",
        "Move it to 时效指标, and write a quantity or standard here, such as `管网改造长度 ≥8公里`",
    ),
    silences=("JX511", "JX513"),
    damaged="some",
    under=("数量", "质量"),
)
def time_in_quantity(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A target under 数量 or 质量 that is a date or a deadline and nothing else."""
    row = ctx.judged(indicator)
    if row is None or LIVES.search(row.name):
        return
    meant = indicator.target.value
    dated = meant is not None and meant.kind == "date"
    timed = any(map(row.value.__contains__, TIMED))
    if not dated and not (timed and DEADLINE.fullmatch(row.value)):
        return
    yield Hit(indicator.target.at, {**row.words, "level": row.level2})


LIVES = deferred.re("年限|寿命|期限|天数|优良")


@rule(
    Indicator,
    "JX411",
    Severity.WARNING,
    "X",
    title=("名称与指标值颠倒", "Name and target swapped"),
    zh="指标名称“{name}”为时间，与指标值“{value}”疑为颠倒",
    en="Name `{name}` is a time; it may be swapped with the target `{value}`",
    why=(
        "财预〔2015〕88号 绩效指标：三级指标写明考核内容，指标值写明达到多少、何时完成",
        "财预〔2015〕88号 on indicators: the name says what is measured, the target how much and when",
    ),
    remedy=(
        "对调，如名称“检修完成时间”、指标值“2025年5月底前”",
        "Swap them, such as `检修完成时间` and `2025年5月底前`",
    ),
    silences=("JX409", "JX519"),
    damaged="some",
    when=lambda ctx: any(ctx.row(one).wordy for one in ctx.project.indicators),
)
def swapped_name_value(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A name that is but a time, beside a target in words."""
    row = ctx.row(indicator)
    if not row.wordy or (row.empty and not row.is_value) or row.inapplicable(ctx.lists):
        return
    name = BEHIND.sub("", row.name)
    known = ctx.lists.has("times_as_names", name)
    if known or MONTH_OR_YEAR.fullmatch(name) or END_OF_MONTH.fullmatch(row.name):
        yield Hit(indicator.name.at, row.words)
