"""JX0: what the run itself has to say. The engine raises the rules that have no check."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Hit, Severity, Words
from ..model import Project
from ..source import Source, Span
from .base import Context, Rule, rule

undecodable_file = Rule(
    code="JX001",
    name="undecodable-file",
    scope=Source,
    says=Words("无法作为文本读取：{kind}", "cannot be read as text: {kind}"),
    why=Words(
        "只有文本才能检查；其他文件的检查不受影响",
        "only text can be checked; the other files are not affected",
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
    scope=Source,
    says=Words("检查 {code} 时程序出错：{error}", "{code} crashed here: {error}"),
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
