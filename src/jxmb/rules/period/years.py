"""JX62–JX63: the form's year against the period, the nature, the name and the headings of the goals."""

from __future__ import annotations

from collections.abc import Iterator

from ... import deferred
from ...findings import Hit, Severity
from ...model import Project
from ..base import Context, place, rule
from .dates import said

NATURES = {
    "新增": "new",
    "新建": "new",
    "延续": "continuing",
    "经常": "continuing",
    "持续": "continuing",
}
NATURE = deferred.re("|".join(NATURES))
TICKS = "☑√✓✔■☒▣"
TICK = f"[{TICKS}]"
TICKED = tuple(TICKS)  # without one of them nothing is ticked
TICKED_BEFORE = deferred.re(rf"{TICK}\s*(?P<word>{NATURE.pattern})")
TICKED_BEHIND = deferred.re(rf"(?P<word>{NATURE.pattern})(?:性?项目)?\s*[（(]?\s*{TICK}")
MARK_FIRST = deferred.regex(r"\W*[□☐○☑√✓✔■☒▣]")
ARREARS = deferred.re("结转|尾款|质保金|欠款|清算|结算|续建|剩余")
CARRIED = deferred.regex(
    r"(?<![无不未])结转(?!下|次年|至下|到下|率|结余率|比例)|续签(?!率)|(?<!首付款?.{0,20}|预付款?.{0,20}|进度款.{0,20})尾款"
    r"|剩余(?=[^，。；,;]{0,24}(?:资金|经费|款))|延续(?=上年|(?:19|20)\d\d年|上一年|以前|往年|去年|性?项目|原有?|实施)|第[二三四]阶段"
    r"|(?:上年度?|去年|以前年度)结余(?!率)"
)
YEAR = r"(?:19|20)\d\d"
NAMED_YEARS = deferred.re(
    rf"(?<![\d〔\[【])(?P<first>{YEAR})(?:(?:年度?)?\s*[-—–―~～至到]{{1,2}}\s*(?P<last>{YEAR}))?(?=年)"
)
HEADING_YEARS = deferred.re(
    rf"(?P<start>{YEAR})\s*年?度?\s*[-—–―~～至到]{{1,2}}\s*(?P<end>{YEAR})(?!\d)"
)


def _nature(ctx: Context) -> str | None:
    """new or continuing; None where neither or both are named and no tick tells which."""
    text = ctx.project.nature.text
    named = _ticked(text) or {NATURES[word] for word in NATURE.findall(text)}
    return named.pop() if len(named) == 1 else None


def _ticked(text: str) -> set[str]:
    """What a tick stands at."""
    if not any(map(text.__contains__, TICKED)):
        return set()
    ticks = TICKED_BEFORE if MARK_FIRST.match(text) else TICKED_BEHIND
    return {NATURES[match["word"]] for match in ticks.finditer(text)}


@rule(
    Project,
    "JX623",
    Severity.ERROR,
    "W",
    title=("预算年度不在项目期", "Budget year outside period"),
    zh="预算年度 {year} 不在项目起止时间“{period}”内",
    en="Budget year {year} is outside the project period `{period}`",
    why=(
        "财预〔2015〕88号 申报表填报说明：表头年度为预算所属年度，应在项目起止时间内",
        "财预〔2015〕88号, notes to the form: the year of the form is its budget year and lies within the period",
    ),
    remedy=(
        "核对表头年度和起止时间；支付以前年度尾款的，起止时间写至付清之日",
        "Check the year of the form and the period; where outstanding payments are made, the period lasts until they are paid",
    ),
)
def period_misses_year(project: Project, ctx: Context) -> Iterator[Hit]:
    """The form's year before the start or after the end; a question only where arrears are paid."""
    year, period = project.year.value, project.period.value
    if year is None or period is None or period.start is None or period.end is None:
        return
    early, late = year < period.start.year, year > period.end.year
    if not early and not late:
        return
    arrears = late and ARREARS.search(project.project_name.text + project.goal.text)
    yield Hit(
        project.period.at,
        {"year": year, "period": said(project.period)},
        also=() if project.year.missing else (project.year.at,),
        severity=Severity.WARNING if arrears else None,
        where=("项目起止时间",),
        value=f"{year} {said(project.period)}",
    )


@rule(
    Project,
    "JX627",
    Severity.INFO,
    "W",
    title=("延续项目当年开始", "Continuing project starts now"),
    zh="延续项目的起止时间自预算年度 {year} 开始",
    en="Continuing project (延续项目) starts in its budget year {year}",
    why=(
        "财预〔2015〕88号 申报表填报说明：延续项目为以前年度批准、本年继续安排预算的项目",
        "财预〔2015〕88号, notes to the form: a continuing project was approved in an earlier year",
    ),
    remedy=(
        "开始时间改为项目实际启动的时间；每年重新立项的经常性工作可不改",
        "Use the date on which the project began; recurring work that is approved anew each year may stay",
    ),
    once=True,
)
def continuing_starts_this_year(project: Project, ctx: Context) -> Iterator[Hit]:
    """A continuing project that begins with the form's year."""
    year, period = project.year.value, project.period.value
    if year is None or period is None or period.start is None or ctx.once(_nature) != "continuing":
        return
    if period.start.year == year:
        yield Hit(
            project.period.at, {"year": year}, also=(project.nature.at,), where=("项目起止时间",)
        )


@rule(
    Project,
    "JX628",
    Severity.WARNING,
    "W",
    title=("新增项目早于本年度", "New project started earlier"),
    zh="新增项目的开始年份 {start} 早于预算年度 {year}",
    en="New project (新增项目) started in {start}, before its budget year {year}",
    why=(
        "财预〔2015〕88号 申报表填报说明：新增项目为本年新列入预算的项目",
        "财预〔2015〕88号, notes to the form: a new project enters the budget this year",
    ),
    remedy=(
        "已开始的，项目属性改为“延续项目”；确属新增的，更正开始时间",
        "Write `延续项目` where it has begun; otherwise correct its start",
    ),
)
def new_starts_earlier(project: Project, ctx: Context) -> Iterator[Hit]:
    """A new project that began before the form's year."""
    year, period = project.year.value, project.period.value
    if year is None or period is None or period.start is None or ctx.once(_nature) != "new":
        return
    if period.start.year < year:
        yield Hit(
            project.period.at,
            {"start": period.start.year, "year": year},
            also=(project.nature.at,),
            where=("项目起止时间",),
        )


@rule(
    Project,
    "JX629",
    Severity.WARNING,
    "W",
    title=("新增项目含结转内容", "New project carries over"),
    zh="项目属性为“新增项目”，与文中“{word}”不一致",
    en="Project nature is `新增项目`, but the text says `{word}`",
    why=(
        "财预〔2015〕88号 申报表填报说明：新增项目为本年新列入预算的项目；结转资金用于原项目（预算法第四十二条）",
        (
            "财预〔2015〕88号, notes to the form: a new project enters the budget this year; money carried over stays with "
            "its project (Budget Law, art. 42)"
        ),
    ),
    remedy=(
        "项目属性改为“延续项目”；确属新增的，写明“{word}”所指",
        "Write `延续项目`; where the project is new, say what `{word}` means",
    ),
)
def new_but_carried_over(project: Project, ctx: Context) -> Iterator[Hit]:
    """A new project whose name or goal speaks of what was carried over; said once."""
    if ctx.once(_nature) != "new":
        return
    for where, reading in (("项目名称", project.project_name), ("年度目标", project.goal)):
        match = CARRIED.search(reading.text)
        if match is not None and not reading.missing:
            yield Hit(
                place(reading, *match.span()),
                {"word": match[0]},
                also=(project.nature.at,),
                where=(where,),
            )
            return


@rule(
    Project,
    "JX630",
    Severity.INFO,
    "W",
    title=("名称年份与年度不符", "Year in name differs"),
    zh="项目名称中的年份“{named}”与预算年度 {year} 不一致",
    en="Year `{named}` in the project name differs from the budget year {year}",
    why=(
        "财预〔2015〕88号 申报表填报说明：表头年度为预算所属年度，项目名称与部门预算一致",
        "财预〔2015〕88号, notes to the form: the year of the form is its budget year, and the name is that of the budget",
    ),
    remedy=(
        "核对名称；确为以前年度款项的，可保留并在年度目标中说明",
        "Check the name; where it is about an earlier year's money, keep it and say so in the goal",
    ),
)
def name_year_mismatch(project: Project, ctx: Context) -> Iterator[Hit]:
    """Years in the name, none of them the form's and none a far aim such as 2035年."""
    year, name = project.year.value, project.project_name
    if year is None or name.missing:
        return
    found = list(NAMED_YEARS.finditer(name.text))
    spans = [(int(one["first"]), int(one["last"] or one["first"])) for one in found]
    if not spans or any(first <= year <= last or first > year + 1 for first, last in spans):
        return
    yield Hit(
        place(name, *found[0].span()),
        {"named": found[0][0].removesuffix("年"), "year": year},
        where=("项目名称",),
    )


@rule(
    Project,
    "JX631",
    Severity.ERROR,
    "W",
    title=("中期目标年份不符", "Midterm goal years differ"),
    zh="“{heading}”的年份与项目起止时间“{period}”不一致",
    en="Years of `{heading}` differ from the project period `{period}`",
    why=(
        "财预〔2015〕88号 申报表：“中期目标（20××年—20××+n年）”为整个项目期的目标",
        "财预〔2015〕88号, the form: 中期目标（20××年—20××+n年） is the goal of the whole project",
    ),
    remedy=(
        "核对后统一；按起止时间应为“{start}年—{end}年”",
        "Check, and make them agree; by the period it is `{start}年—{end}年`",
    ),
)
def goal_period_mismatch(project: Project, ctx: Context) -> Iterator[Hit]:
    """Years of a middle-term heading other than the period's; a stage of a longer project is only asked about."""
    period = project.period.value
    if period is None or period.start is None or period.end is None:
        return
    years = period.start.year, period.end.year
    for goal in project.goals:
        match = HEADING_YEARS.search(goal.heading.text)
        if match is None or goal.scope == "annual" or years[0] > years[1]:
            continue
        first, last = int(match["start"]), int(match["end"])
        if (first, last) == years:
            continue
        within = years[0] <= first <= last <= years[1]
        yield Hit(
            place(goal.heading, *match.span()),
            {
                "heading": " ".join(goal.heading.text.split()),
                "period": said(project.period),
                "start": years[0],
                "end": years[1],
            },
            also=(project.period.at,),
            severity=Severity.WARNING if within else None,
            where=(goal.heading.text,),
            value=f"{first} {last} {years}",
        )
