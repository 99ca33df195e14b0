"""JX0: what the run itself has to say. The engine raises the rules that have no check."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Hit, Severity, Words
from ..model import Project, Reading, readings
from ..source import Source, Span
from ..values import dash, fold
from .base import Context, Rule, rule

FORM_RULES = tuple(f"JX{family}" for family in range(2, 10))  # what judges the contents of a form
LONG = 40  # code points of a field of the head from which on it is no name or date any more

undecodable_file = Rule(
    code="JX001",
    name="undecodable-file",
    title=Words("文件无法读取", "File cannot be read"),
    scope=Source,
    says=Words("无法读取：{kind}", "cannot be read: {kind}"),
    why=Words(
        "没有读到的文件没有检查，不能算作通过；其他文件的检查不受影响",
        "what was not read was not checked, and that is no pass; the other files are not affected",
    ),
    remedy=Words("{advice}", "{advice}"),
    severity=Severity.ERROR,
    aspect="G",
    always=True,
    blame="transcription",
)

no_form_found = Rule(
    code="JX002",
    name="no-form-found",
    title=Words("未找到绩效目标表", "No form found"),
    scope=Source,
    says=Words("文件中没有找到绩效目标表", "no performance-target form was found in this file"),
    why=Words(
        "没有表就没有检查任何内容，不能算作通过",
        "without a form nothing was checked, and that is no pass",
    ),
    remedy=Words(
        "请确认文件选对了，表格的标题（……绩效目标表）、“项目名称”行和“三级指标”表头都在文本中",
        "check that this is the right file and that the title (…绩效目标表), the 项目名称 row and the 三级指标 header are in the text",
    ),
    severity=Severity.ERROR,
    aspect="G",
    blame="transcription",
)

internal_error = Rule(
    code="JX003",
    name="internal-error",
    title=Words("检查程序出错", "Rule crashed"),
    scope=Source,
    says=Words("{what}：{error}", "{what}: {error}"),
    why=Words(
        "这是 jxmb 的缺陷，不是表格的问题；其他检查结果照常有效",
        "this is a fault of jxmb, not of the form; all other findings stand",
    ),
    remedy=Words(
        "请把这一行文本和上面的出错信息报告给 jxmb 的维护者",
        "please report this line of text and the error above to the maintainers of jxmb",
    ),
    severity=Severity.ERROR,
    aspect="G",
    always=True,
    blame="transcription",
)


@rule(
    Project,
    "JX004",
    Severity.WARNING,
    "W",
    title=("表格内容不完整", "Form is cut off"),
    zh="文本在表格中间断了，后面的内容没有读到",
    en="the text stops inside the form; what follows was not there to read",
    why=(
        "缺失的部分无法检查，也不能算作填报人漏填",
        "what is missing cannot be checked, nor be counted as left out by the author",
    ),
    remedy=(
        "请重新导出或重新识别完整的表格后再检查",
        "export or scan the whole form again, then check it",
    ),
    silences=("JX222", "JX224", *(f"JX21{digit}" for digit in range(1, 8))),
    blame="transcription",
)
def truncated_form(project: Project, ctx: Context) -> Iterator[Hit]:
    """The text ends after the header, or before the value of the last row."""
    at = project.truncated or _cut_row(project)
    if at is not None:
        yield Hit(at, value="")


def _cut_row(project: Project) -> Span | None:
    """The name of the last row where the text ends with it; a cell that is there and blank is none."""
    if not project.indicators:
        return None
    last = max(project.indicators, key=lambda one: one.at.start)
    if last.target.text.strip() or last.name.missing or not last.name.spans:
        return None
    at = last.name.spans[-1]
    return at if not at.source.text[at.end :].strip(" \r\n") else None


@rule(
    Project,
    "JX005",
    Severity.ERROR,
    "G",
    title=("表头无法可靠读取", "Header not safely readable"),
    zh="表头“{one}”和“{other}”读出了同一段文字“{text}”，无法判断哪一格是什么",
    en="{one} and {other} in the header were read as the same text, {text}: nobody can tell which is which",
    why=(
        "表头的单元格没有分开，依据它作出的检查都不可靠，因此本表的内容没有检查，不能算作通过",
        "the cells of the header did not stay apart, so what is judged by them is not reliable: the contents of this form "
        "were not checked, and that is no pass",
    ),
    remedy=(
        "请重新导出或重新识别，使每一栏各占一格，再检查一遍",
        "export or scan it again so that each field has a cell of its own, then check again",
    ),
    silences=FORM_RULES,
    blame="transcription",
)
def unsafe_header(project: Project, ctx: Context) -> Iterator[Hit]:
    """One long text that is the value of two fields of the head, or of one and the goal."""
    seen: dict[str, tuple[str, Reading[object]]] = {}
    for label, reading in _head(project):
        text = fold(reading.text)
        if len(text) <= LONG:
            continue
        if text in seen:
            one, first = seen[text]
            words = {"one": one, "other": label, "text": reading.text.strip()[:LONG]}
            yield Hit(first.at, words, also=(reading.at,), where=(one, label))
            return
        seen[text] = label, reading


def _head(project: Project) -> Iterator[tuple[str, Reading[object]]]:
    """The fields of the head and the goals, by what their labels are called."""
    yield "项目名称", project.project_name
    yield "主管部门", project.department
    yield "实施单位", project.implementer
    yield "项目属性", project.nature
    yield "项目起止时间", project.period
    if project.goals:  # two equal goals are two cells: the one of the year stands for all
        yield "年度目标", project.goal


@rule(
    Project,
    "JX011",
    Severity.INFO,
    "W",
    title=("空白表未填写", "Blank template"),
    zh="这是一张没有填写的空白表",
    en="this form is blank: nothing was filled in",
    why=(
        "只有栏目名称，没有名称、金额、目标和指标值，没有可以审核的内容，因此没有检查",
        "there are labels but no name, amount, goal or target: nothing could be reviewed, so nothing was",
    ),
    remedy=(
        "没有项目的，删去这张空表或注明“无”；有项目的，填写后再检查",
        "delete the blank form where there is no project, or say so; otherwise fill it in and check again",
    ),
    silences=FORM_RULES,
)
def blank_template(project: Project, ctx: Context) -> Iterator[Hit]:
    """A printed form of which nothing was filled in; the name of the department may be printed with it."""
    if is_blank(project):
        yield Hit(project.at, value="")


def is_blank(project: Project) -> bool:
    """Whether a form was read to its end and has labels, and no name, amount, goal or target."""
    if project.truncated is not None or project.damage or project.strays or not project.labels:
        return False
    figures = (row.amount for row in project.funding.rows)
    if any(_says(one.text) and one.value is None for one in figures):
        return False
    if any(project.funding.figures()):
        return False
    texts = [
        project.project_name.text,
        project.period.text,
        *(goal.text.text for goal in project.goals),
    ]
    texts += [one.target.text for one in project.indicators]
    texts += [one.name.text for one in project.indicators]
    return not any(map(_says, texts))


def _says(text: str) -> bool:
    """Whether something was written there that the template does not print."""
    return bool(text.strip()) and not dash(text) and not readings.is_template(text)
