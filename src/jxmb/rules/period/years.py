"""JX62–JX63: the form's year against the period, the nature, the name and the headings of the goals."""

from __future__ import annotations

from collections.abc import Iterator

from ... import lazy
from ...findings import Hit, Severity
from ...model import Project, Reading
from ...values import Period
from ..base import Context, place, rule

NATURES = {
    "新增": "new",
    "新建": "new",
    "延续": "continuing",
    "经常": "continuing",
    "持续": "continuing",
}
NATURE = lazy.regex("|".join(NATURES))
TICK = "[☑√✓✔■☒▣]"
TICKED_BEFORE = lazy.regex(rf"{TICK}\s*(?P<word>{NATURE.pattern})")
TICKED_BEHIND = lazy.regex(rf"(?P<word>{NATURE.pattern})(?:性?项目)?\s*[（(]?\s*{TICK}")
MARK_FIRST = lazy.regex(r"\W*[□☐○☑√✓✔■☒▣]")
ARREARS = lazy.regex("结转|尾款|质保金|欠款|清算|结算|续建|剩余")
CARRIED = lazy.regex(
    r"(?<![无不未])结转(?!下|次年|至下|到下|率|结余率|比例)|续签(?!率)|(?<!首付款?.{0,20}|预付款?.{0,20}|进度款.{0,20})尾款"
    r"|剩余(?=[^，。；,;]{0,24}(?:资金|经费|款))|延续(?=上年|(?:19|20)\d\d年|上一年|以前|往年|去年|性?项目|原有?|实施)|第[二三四]阶段"
    r"|(?:上年度?|去年|以前年度)结余(?!率)"
)
YEAR = r"(?:19|20)\d\d"
NAMED_YEARS = lazy.regex(
    rf"(?<![\d〔\[【])(?P<first>{YEAR})(?:年度?)?\s*[-—–―~～至到]{{1,2}}\s*(?P<last>{YEAR})(?=年)"
    rf"|(?<![\d〔\[【])(?P<first>{YEAR})(?=年)"
)
HEADING_YEARS = lazy.regex(
    rf"(?P<start>{YEAR})\s*年?度?\s*[-—–―~～至到]{{1,2}}\s*(?P<end>{YEAR})(?!\d)"
)


def _nature(project: Project) -> str | None:
    """new or continuing; None where neither or both are named and no tick tells which."""
    text = project.nature.text
    ticks = TICKED_BEFORE if MARK_FIRST.match(text) else TICKED_BEHIND
    ticked = {NATURES[match["word"]] for match in ticks.finditer(text)}
    named = ticked or {NATURES[word] for word in NATURE.findall(text)}
    return named.pop() if len(named) == 1 else None


def _said(reading: Reading[Period]) -> str:
    return " ".join(reading.text.split())


@rule(
    Project,
    "JX623",
    Severity.ERROR,
    "W",
    title=("预算年度不在项目期", "Budget year outside period"),
    zh="表的年度 {year} 不在项目起止时间“{period}”之内",
    en="the form is for {year}, but the project runs {period}",
    why=(
        "年度目标是编制预算当年的目标，这一年应在项目期内（财预〔2015〕88号 申报表填报说明）",
        "the form states the targets of its budget year, which lies within the project's period (财预〔2015〕88号, notes)",
    ),
    remedy=(
        "核对表头年度和起止时间；支付以前年度尾款的，起止时间写到款项付清为止",
        "check the year of the form and the period; where old debts are paid, the period runs until they are paid",
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
        {"year": year, "period": _said(project.period)},
        also=() if project.year.missing else (project.year.at,),
        severity=Severity.WARNING if arrears else None,
        where=("项目起止时间",),
        value=f"{year} {_said(project.period)}",
    )


@rule(
    Project,
    "JX627",
    Severity.INFO,
    "W",
    title=("延续项目当年开始", "Continuing project starts now"),
    zh="延续项目的起止时间从 {year} 年才开始",
    en="a continuing project (延续项目) whose period begins only with {year}",
    why=(
        "延续项目是以前年度批准、今年继续安排预算的项目；起止时间填整个项目的计划起止，而不是预算年度（财预〔2015〕88号 填报说明）",
        "a continuing project was approved in an earlier year; its period is that of the whole project, not the budget year "
        "(财预〔2015〕88号, notes to the form)",
    ),
    remedy=(
        "把开始时间改为项目实际启动的年份；每年重新立项的经常性工作可不改",
        "begin the period with the year in which the project began; work that is approved anew each year may stay as it is",
    ),
    once=True,
)
def continuing_starts_this_year(project: Project, ctx: Context) -> Iterator[Hit]:
    """A continuing project that begins with the form's year."""
    year, period = project.year.value, project.period.value
    if year is None or period is None or period.start is None or _nature(project) != "continuing":
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
    zh="新增项目的起止时间从 {start} 年开始，早于表的年度 {year}",
    en="a new project (新增项目) that began in {start}, before the form's year {year}",
    why=(
        "新增项目是今年新列入预算的项目（财预〔2015〕88号 申报表填报说明）；以前已经开始的属于延续项目",
        "a new project enters the budget this year (财预〔2015〕88号, notes to the form); one that began earlier is 延续项目",
    ),
    remedy=(
        "已开始的项目，项目属性改为“延续项目”；确属新增的，更正开始时间",
        "where it has begun, write 延续项目; where it is new, correct its start",
    ),
)
def new_starts_earlier(project: Project, ctx: Context) -> Iterator[Hit]:
    """A new project that began before the form's year."""
    year, period = project.year.value, project.period.value
    if year is None or period is None or period.start is None or _nature(project) != "new":
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
    zh="项目属性为新增，文中却写“{word}”",
    en="the project is 新增项目 (new), but its text says {word}",
    why=(
        "使用以前年度资金或继续以前工作的项目属于延续项目，新增项目是今年新列入预算的（财预〔2015〕88号 申报表填报说明）",
        "money carried over or work continued makes it a continuing project; a new one enters the budget this year "
        "(财预〔2015〕88号, notes to the form)",
    ),
    remedy=(
        "项目属性改为“延续项目”；确属新增的，请把“{word}”一句写清楚",
        "write 延续项目; where the project is new, make clear what {word} means",
    ),
)
def new_but_carried_over(project: Project, ctx: Context) -> Iterator[Hit]:
    """A new project whose name or goal speaks of what was carried over; said once."""
    if _nature(project) != "new":
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
    zh="项目名称中的 {named} 年不是表的年度 {year} 年",
    en="the project's name says {named}, the form is for {year}",
    why=(
        "表头年度是编制预算的年度，项目名称应与预算一致（财预〔2015〕88号 申报表填报说明）；名称沿用旧表时常忘了改年份",
        "the form is for its budget year and the name is that of the budget (财预〔2015〕88号, notes to the form); "
        "a year left over from last year's form is a frequent slip",
    ),
    remedy=(
        "核对名称；确为以前年度的款项，可保留并在年度目标中说明",
        "check the name; where it is about an earlier year's money, keep it and say so in the goal",
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
    en="the years of {heading} are not those of the project, {period}",
    why=(
        "中期目标是整个项目期的目标，标题中的年份就是项目期（财预〔2015〕88号 申报表“中期目标（20××年—20××+n年）”）",
        "the middle-term goal is that of the whole project, and the years of its heading are the project's "
        "(财预〔2015〕88号, 中期目标（20××年—20××+n年）)",
    ),
    remedy=(
        "核对后改成一致：按起止时间应为“{start}年—{end}年”",
        "make them agree: by the period it should be {start}年—{end}年",
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
                "period": _said(project.period),
                "start": years[0],
                "end": years[1],
            },
            also=(project.period.at,),
            severity=Severity.WARNING if within else None,
            where=(goal.heading.text,),
            value=f"{first} {last} {years}",
        )
