"""``jxmb explain``: the page of a rule, a format or a setting."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from .interface.group import Argument, Command, lang_of, lang_option
from .interface.ways import NAMES
from .interface.words import Words, in_lang

if TYPE_CHECKING:
    from ..rules import AnyRule

CHECK, CONVERT = "jxmb check", "jxmb convert"
# Each format with the command that writes it, how it is called for, and what it is.
FORMATS = {
    "full": (
        f"{CHECK} forms/ --format full",
        Words(
            "供人在终端上看：每个问题带原文、依据和改法，一份表一段。终端上默认用它。",
            "For a person at a terminal: each finding with its line, its source and the remedy, a form at a time. The default there.",
        ),
    ),
    "concise": (
        f"{CHECK} forms/ --format concise",
        Words(
            "一行一个问题，“文件:行:列: 级别 规则 题名：问题”，供管道、日志和编辑器使用。管道中默认用它。",
            "One finding a line, `file:line:column: severity code title: message`, for pipes, logs and editors. The default in a pipe.",
        ),
    ),
    "json": (
        f"{CHECK} forms/ --format json; {CONVERT} forms/ --to json",
        Words(
            "check 输出全部问题和未读取内容的清单，convert 输出记录；各有 JSON Schema（jxmb schema findings、records）。同一版本内只增加键。",
            "Findings and lists of what was left out (check), or records (convert), "
            "each with a JSON Schema (jxmb schema findings, records). Within a version keys are only added.",
        ),
    ),
    "jsonl": (
        f"{CHECK} forms/ --format jsonl; {CONVERT} dumps/ --to jsonl",
        Words(
            "一行一个 JSON：check 一个问题一行，最后一行是汇总；convert 一份表一行。边读边写，适合大量文件。",
            "One JSON object a line: a finding, and the summary last (check), or a form (convert). Written as it is read, for much of it.",
        ),
    ),
    "sarif": (
        f"{CHECK} forms/ -o out.sarif",
        Words(
            "SARIF 2.1.0，供 GitHub 代码扫描、VS Code 等读取：规则、位置、修改、相关位置、指纹，"
            "基线中和已认可的标为 suppressions。列按字符计；文档的位置见 logicalLocations，"
            "行和列是 `convert --to text` 所得文本的。路径从仓库根目录算起。",
            "SARIF 2.1.0 for GitHub code scanning, VS Code and others: rules, places, fixes, related places, "
            "fingerprints; what is accepted or in the baseline as suppressions. "
            "Columns count code points, paths from the root of the repository. Places of documents are the first of "
            "logicalLocations; their lines and columns are those of the text that `convert --to text` gives.",
        ),
    ),
    "github": (
        f"{CHECK} forms/ --format github",
        Words(
            "GitHub Actions 的批注命令，问题显示在改动的行上；文档没有行，位置写在批注中。路径从仓库根目录算起。",
            "Workflow commands of GitHub Actions: findings show up at the lines that changed; documents have none, and "
            "the place stands in the message. "
            "Paths count from the root of the repository.",
        ),
    ),
    "gitlab": (
        f"{CHECK} forms/ --format gitlab -o gl-code-quality-report.json",
        Words(
            "GitLab 的代码质量报告，指纹稳定，合并请求中只显示新问题。路径从仓库根目录算起。",
            "The code quality report of GitLab, with stable fingerprints: merge requests show what is new. "
            "Paths count from the root of the repository.",
        ),
    ),
    "junit": (
        f"{CHECK} forms/ -o out.xml",
        Words(
            "JUnit XML，一个文件一个 testsuite，一份表一个 testcase；没有问题的表也列出。",
            "JUnit XML: a test suite a file, a test case a form, clean ones too.",
        ),
    ),
    "markdown": (
        f"{CHECK} forms/ -o findings.md",
        Words(
            "一个文件一张表，可贴进合并请求、邮件或文档。",
            "A table a file, for merge requests, mails and documents.",
        ),
    ),
    "html": (
        f"{CHECK} forms/ -o report.html",
        Words(
            "审核报告：一个网页文件，不联网，可筛选、排序、打印，每份表按原样画出，问题标在格上。需安装 jxmb[report]。",
            "The report: one page that needs no network, to filter, sort and print; "
            "each form drawn as a table with its findings on the cells. Needs jxmb[report].",
        ),
    ),
    "xlsx": (
        f"{CHECK} forms/ -o opinions.xlsx; {CONVERT} dumps/ -o records.xlsx",
        Words(
            "check 写审核意见表：部门、项目、位置、问题、依据、建议、处理情况和汇总；"
            "convert 写申报表、指标、问题三张表（--heads zh 用中文表头）。需安装 jxmb[report]。",
            "The opinion sheet (check): department, project, place, problem, basis, suggestion, a status to choose, "
            "and totals; sheets of forms, indicators and findings (convert; --heads zh for Chinese heads). "
            "Needs jxmb[report].",
        ),
    ),
    "csv": (
        f"{CONVERT} dumps/ -o all.csv; {CONVERT} dumps/ --to csv -o out/",
        Words(
            "一行一个三级指标，UTF-8 带 BOM，可用 Excel 打开；写到文件夹时为 forms.csv 和 indicators.csv。以 = + - @ 开头的文字前加一个 '，读回时去掉。",
            "One indicator a row, UTF-8 with a byte-order mark for Excel; into a folder forms.csv and indicators.csv. "
            "Texts that begin with = + - @ have a ' before them, to be taken away when read.",
        ),
    ),
    "parquet": (
        f"{CONVERT} dumps/ --to parquet -o out/",
        Words(
            "forms.parquet 和 indicators.parquet 两个有类型的文件：金额为 decimal(38, 10)，起止时间为日期，目标和资金明细为列表。需安装 jxmb[parquet]。",
            "Two typed files, forms.parquet and indicators.parquet: money as decimal(38, 10), periods as dates, "
            "goals and rows of money as lists. Needs jxmb[parquet].",
        ),
    ),
    "text": (
        f"{CONVERT} form.docx --to text",
        Words(
            "读到的文本：一段一行，表格一行一行，以制表符分格。位置中的行、列就是这里的行、列。",
            "What was read as text: a paragraph a line, a row of a table a line with tabs. Lines and columns of places are those of this text.",
        ),
    ),
}
RULE, FORMAT, SETTING = Words("规则", "rule"), Words("输出格式", "format"), Words("设置", "setting")
WAY = Words("convert -v 的用语", "a word of convert -v")
USE, VALUES, DEFAULT = Words("用法", "Use"), Words("取值", "Values"), Words("默认", "Default")


@click.command(
    "explain",
    cls=Command,
    words=Words(
        "解释规则：查什么、依据、怎么改、正反例。规则可写代码、名称、题名或代码的前几位，如 JX301、比较符、JX3；"
        "也可写输出格式、设置项的名称，如 sarif、fail-on，或 convert -v 的用语，如 “单元格散落”。",
        "Explain rules: what they find, their source, the remedy, good and bad cases. RULE is a code, a name, a title "
        "or the beginning of a code, such as JX301, sign or JX3; or the name of a format or a setting, such as sarif or fail-on, "
        "or a word of convert -v, such as loose.",
    ),
)
@click.argument("name", metavar="RULE", cls=Argument)
@lang_option
@click.pass_context
def explain(ctx: click.Context, name: str) -> None:
    """Print the page, or a list where several rules are meant; drawn on a terminal, as it is in a pipe."""
    from ..rules import drawn
    from .rules import table

    lang = lang_of(ctx)
    if told := _pages(_folded(name), lang):
        show("\n".join(told))
        return
    found = find(name)
    if len(found) > 1:
        click.echo(table(found, lang))
        return
    show(drawn(found[0], lang))


def _folded(name: str) -> str:
    return "-".join(name.lower().replace("_", " ").split())


def show(text: str) -> None:
    """Print a page; on a terminal it is drawn."""
    if not sys.stdout.isatty():
        click.echo(text, nl=False)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(text, hyperlinks=False))


def find(said: str) -> tuple[AnyRule, ...]:
    """The rule with this code, name or title, else those whose code begins so or whose title holds it.

    Raises `Problem` with the nearest ones where there is none.
    """
    from ..rules import load
    from .interface.problems import unknown

    word = said.strip().lower().replace("_", "-")
    for meant in (_is, _begins, _holds):
        if found := tuple(rule for rule in load() if word and meant(rule, word)):
            return found
    known = [each for rule in load() for each in (rule.code, rule.name, *rule.title)] + _names()
    raise unknown(RULE, said, known)


def _is(rule: AnyRule, word: str) -> bool:
    return word in (rule.code.lower(), rule.name, rule.title.zh, rule.title.en.lower())


def _begins(rule: AnyRule, word: str) -> bool:
    return rule.code.lower().startswith(word)


def _holds(rule: AnyRule, word: str) -> bool:
    return any(word in text for text in (rule.name, rule.title.zh, rule.title.en.lower()))


def _names() -> list[str]:
    """All formats and settings."""
    from ..lint.settings import known_keys

    return [*FORMATS, *known_keys(), *NAMES]


def _pages(name: str, lang: str) -> list[str]:
    """The pages of all that has this name: a format, a setting, a word of ``convert -v``; none where nothing has."""
    return [page for of in (_format, _setting, _way) if (page := of(name, lang))]


def _format(name: str, lang: str) -> str:
    if name not in FORMATS:
        return ""
    use, about = FORMATS[name]
    of = partial(in_lang, lang=lang)
    listed = "".join(f"    {one}\n" for one in use.split("; "))
    return f"# {name} · {of(FORMAT)}\n\n{of(about)}\n\n**{of(USE)}**\n\n{listed}"


def _way(name: str, lang: str) -> str:
    """The page of what `convert -v` calls so, in either language."""
    for en, (zh, means) in NAMES.items():
        if name in (zh, en.replace(" ", "-")):
            return f"# {in_lang(Words(zh, en), lang)} · {in_lang(WAY, lang)}\n\n{in_lang(means, lang)}\n"
    return ""


def _setting(name: str, lang: str) -> str:
    from ..lint.settings import known_keys
    from ..lint.settings.schema import KEYS, build
    from ..lint.settings.validation import WANTED

    if name not in known_keys():
        return ""
    of = partial(in_lang, lang=lang)
    key = name.rpartition(".")[2]
    shape = next(shapes[key] for shapes in _tables(build()) if key in shapes)
    said = [f"# {name} · {of(SETTING)}", of(KEYS[name])]
    said.append(f"**{of(VALUES)}** {of(WANTED[key])}")
    if "default" in shape:
        said.append(f"**{of(DEFAULT)}** `{json.dumps(shape['default'], ensure_ascii=False)}`")
    return "\n\n".join(said) + "\n"


def _tables(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The keys of each table of settings, those of the whole first."""
    for one in (schema, *schema["$defs"].values()):
        yield one["properties"]
