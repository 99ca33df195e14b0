"""JX0: what the run itself has to say. The engine raises the rules that have no check."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Hit, Severity, Words
from ..model import Project, Reading, readings
from ..source import Source, Span
from ..values import dash, fold
from .base import Context, Rule, rule
from .families import FORM_RULES

LONG = 40  # code points of a field of the head from which on it is no name or date any more

undecodable_file = Rule(
    code="JX001",
    name="undecodable-file",
    title=Words("文件无法读取", "File cannot be read"),
    scope=Source,
    says=Words("{kind}", "Cannot read: {kind}"),
    why=Words(
        "未读取的文件未经检查，不能视为通过；其他文件照常检查",
        "A file that was not read was not checked and does not pass; other files are checked as usual",
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
    says=Words("未找到绩效目标表", "No performance target form found"),
    why=Words(
        "未检查任何内容，不能视为通过",
        "Nothing was checked, which is not a pass",
    ),
    remedy=Words(
        "核对文件是否正确，文本中应有标题（绩效目标表）、“项目名称”栏和“三级指标”表头",
        "Check that this is the right file, with the title (绩效目标表), the field 项目名称 and the header 三级指标",
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
        "属于 jxmb 的缺陷，不是表格的问题；其他检查结果有效",
        "A defect of jxmb, not of the form; all other findings are valid",
    ),
    remedy=Words(
        "将本行文本和出错信息报告给 jxmb 的维护者",
        "Report this line and the error to the maintainers of jxmb",
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
    zh="表格不完整，到{end}为止",
    en="Form is cut off after {end}",
    why=(
        "缺失部分无法检查，也不能视为填报单位漏填",
        "The missing part cannot be checked, nor counted as an omission of the author",
    ),
    remedy=(
        "重新导出或重新识别完整的表格，再检查",
        "Export or scan the whole form again, then check it",
    ),
    silences=("JX222", "JX224", *(f"JX21{digit}" for digit in "1234567")),
    blame="transcription",
)
def truncated_form(project: Project, ctx: Context) -> Iterator[Hit]:
    """The text ends after the header, or before the value of the last row."""
    at = project.truncated or _cut_row(project)
    if at is not None:
        line = Words(f"第 {at.line} 行", f"line {at.line}")
        here = Words("此处", "this point")  # lines of a document are not what its reader sees
        yield Hit(at, {"end": here if at.source.document else line}, value="")


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
    zh="“{one}”与“{other}”读出同一段文字“{text}”",
    en="Same text in {one} and {other}: `{text}`",
    why=(
        "表头单元格未分开，据此检查不可靠；本表内容未检查，不能视为通过",
        "The cells of the header were not told apart; the content of the form was not checked and does not pass",
    ),
    remedy=(
        "重新导出或重新识别，使每栏各占一格，再检查",
        "Export or scan the form again with a cell for each field, then check it",
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
    zh="空白表，未填写",
    en="Blank form",
    why=(
        "仅有栏目名称，没有可审核的内容，未检查",
        "Labels only: nothing to review, so nothing was checked",
    ),
    remedy=(
        "没有项目的，删除空白表或注明“无”；有项目的，填写后再检查",
        "Delete the form if there is no project; otherwise fill it in and check again",
    ),
    silences=FORM_RULES,
)
def blank_template(project: Project, ctx: Context) -> Iterator[Hit]:
    """A printed form of which nothing was filled in; the name of the department may be printed with it."""
    if is_blank(project):
        yield Hit(project.at, value="")


def is_blank(project: Project) -> bool:
    """Whether a form was read to its end and has labels, and no name, amount, goal or target."""
    if project.truncated is not None or project.damage or not project.labels:
        return False
    if _says(project.project_name.text):  # as nearly every form does
        return False
    if any(_says(stray.text) for stray in project.fallen_out):
        return False
    figures = (row.amount for row in project.funding.rows)
    if any(_says(one.text) and one.value is None for one in figures):
        return False
    if any(project.funding.figures()):
        return False
    texts = [project.period.text, *(goal.text.text for goal in project.goals)]
    texts += [one.target.text for one in project.indicators]
    texts += [one.name.text for one in project.indicators]
    return not any(map(_says, texts))


def _says(text: str) -> bool:
    """Whether something was written there that the template does not print."""
    return bool(text.strip()) and not dash(text) and not readings.is_template(text)
