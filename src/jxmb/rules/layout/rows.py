"""JX1: rows and cells that the reader had to repair, and text that belongs to none."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from ... import labels
from ...findings import Hit, Severity, Words
from ...model import Indicator, Project
from ...model.repairs import Kind, Repair
from ..base import Context, rule

SHOWN = 16  # characters of a text that a message quotes
# From this share of slid rows on, a table keeps no columns and none of its rows stands out; beside a column
# without a header, which most rows fill, fewer do.
RAGGED, RAGGED_BESIDE_GHOST = 0.75, 0.2


def repairs_of(project: Project, kind: Kind) -> list[Repair]:
    """The repairs of a kind, each place once."""
    return list({one.at.start: one for one in project.repairs if one.kind is kind}.values())


def _rows(project: Project) -> list[int]:
    """Where the rows of the indicator table begin."""
    return sorted({one.at.start for one in project.indicators})


def _ragged(project: Project) -> bool:
    """Whether most rows slid: then leaving out merged cells is how the table is printed."""
    rows = _rows(project)
    moved = (*repairs_of(project, Kind.SHIFTED), *repairs_of(project, Kind.ORPHAN))
    slid = {bisect_left(rows, one.at.start) for one in moved}
    most = RAGGED_BESIDE_GHOST if repairs_of(project, Kind.GHOST) else RAGGED
    return len(slid) > 1 and len(slid) >= len(rows) * most


def _places(project: Project, hits: list[Repair]) -> Iterator[tuple[Repair, tuple[str, ...]]]:
    """Repairs, each with the place in the form of the row that begins at or just behind it."""
    rows = sorted(project.indicators, key=lambda one: one.at.start)
    starts = [one.at.start for one in rows]
    for one in hits:
        at = bisect_left(starts, one.at.start)
        yield one, rows[at].where if at < len(rows) else ()


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


@rule(
    Project,
    "JX101",
    Severity.WARNING,
    "G",
    title=("本行单元格错列", "Cells in wrong columns"),
    zh="从这里起 {count} 行的单元格错了列，“{label}”落在别的栏里",
    en="{count} row(s) from here on stand in other columns than their neighbours; {label} is in another's place",
    why=(
        "跨页表格导出或识别时常丢掉左边的合并单元格，整行随之左移；按列取数的程序会把二级指标读成三级指标",
        "when a table runs over a page, exporters lose its merged cells and rows slide left; who reads by column takes a 二级指标 for a name",
    ),
    remedy=(
        "对照原表补上左边的空单元格，使各级指标回到自己的栏里",
        "put the lost cells back on the left, so that every label stands in its own column again",
    ),
    blame="transcription",
)
def column_shift(project: Project, ctx: Context) -> Iterator[Hit]:
    """Runs of slid rows with a level label in another's place, in a table that keeps its columns."""
    if _ragged(project):
        return
    where = dict(_places(project, repairs_of(project, Kind.SHIFTED)))
    for run in _runs(project):
        label = next((cell for one in run for cell in _level_labels(one)), None)
        if label is None:
            continue
        words = {"count": len(run), "label": label}
        yield Hit(run[0].at, words, also=tuple(one.at for one in run[1:]), where=where[run[0]])


def _runs(project: Project) -> Iterator[list[Repair]]:
    """The slid rows, neighbours together."""
    rows = _rows(project)
    slid = repairs_of(project, Kind.SHIFTED)
    run = slid[:1]
    for before, one in pairwise(slid):
        if bisect_left(rows, one.at.start) - bisect_left(rows, before.at.start) > 1:
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _level_labels(repair: Repair) -> list[str]:
    """The level labels among the cells of a slid row; the last two are name and value."""
    cells = repair.meant.split("；")
    return [cell for cell in cells[:-2] if labels.meaning(cell, "level1", "level2")]


@rule(
    Project,
    "JX102",
    Severity.WARNING,
    "G",
    title=("本行指标层级缺失", "Row lost its levels"),
    zh="“{name}”这一行左边的指标栏丢了，{meant}",
    en="the level cells of the row {name} are lost; {meant}",
    why=(
        "这一行属于哪个二级指标，只能比照相邻的行推断，可能推错，归类错误的审核意见也会跟着错",
        "only a comparison with its neighbours tells where the row belongs; the guess may be wrong, and all that is said about its place with it",
    ),
    remedy=(
        "对照原表核实，并在这一行补上一级指标、二级指标",
        "look at the original table and write 一级指标 and 二级指标 on this row",
    ),
    blame="transcription",
)
def orphan_row(project: Project, ctx: Context) -> Iterator[Hit]:
    """Rows whose level only the comparison with other rows told, in a table that keeps its columns."""
    if _ragged(project):
        return
    for one, where in _places(project, repairs_of(project, Kind.ORPHAN)):
        guess = Words(f"暂按“{one.meant}”处理", f"it is taken to belong to {one.meant}")
        unknown = Words("无法归入任何二级指标", "no 二级指标 could be told")
        words = {"name": _short(one.at.text), "meant": guess if one.meant else unknown}
        yield Hit(one.at, words, where=where)


@rule(
    Project,
    "JX105",
    Severity.INFO,
    "G",
    title=("表内有多余文字", "Stray text inside form"),
    zh="表内有 {count} 处文字不属于任何栏目，如“{found}”",
    en="{count} piece(s) of text inside the form belong to none of its fields, such as {found}",
    why=(
        "页码、批注、印章文字等夹在表内时，可能是识别带进来的，也可能是某一格的内容掉了出来",
        "page numbers, remarks and stamps may have come in with OCR, or the content of a cell may have fallen out of it",
    ),
    remedy=(
        "与原表对照：多余的删去，属于某一格的放回去",
        "compare with the original: delete what is foreign, put back what belongs into a cell",
    ),
    blame="transcription",
)
def stray_text(project: Project, ctx: Context) -> Iterator[Hit]:
    """Once a form, with a count."""
    strays = [span for span in project.strays if span.text.strip()]
    if not strays:
        return
    words = {"count": len(strays), "found": _short(strays[0].text)}
    yield Hit(strays[0], words, also=tuple(strays[1:]), where=(), value="")


@rule(
    Project,
    "JX110",
    Severity.WARNING,
    "G",
    title=("相邻单元格粘连", "Cells run together"),
    zh="有 {count} 处两个单元格粘在一起，中间没有分隔，如“{found}”，按“{name}”和“{value}”拆开",
    en="{count} pair(s) of cells are joined with nothing between, such as {found}; it is taken for {name} and {value}",
    why=(
        "从预览页或识别软件复制的表格丢了单元格的边界，三级指标在哪里结束、指标值从哪里开始只能猜测，可能拆错",
        "a table copied from a preview or from OCR lost the borders of its cells; where a name ends and its target begins is a guess",
    ),
    remedy=(
        "对照原表核实拆分；最好换一种方式导出，保留表格的单元格",
        "compare with the original; better export the table again in a way that keeps its cells",
    ),
    blame="transcription",
)
def glued_cells(project: Project, ctx: Context) -> Iterator[Hit]:
    """Names that end where their target begins: once a form, with a count."""
    glued = [one for one in project.indicators if _glued(one)]
    if not glued:
        return
    first, *rest = glued
    name, value = first.name.spans[-1], first.target.at
    yield Hit(
        name,
        {
            "count": len(glued),
            "found": _short(name.text + value.text),
            "name": _short(name.text),
            "value": _short(value.text),
        },
        also=tuple(one.name.at for one in rest),
        where=first.where,
        value="",
    )


def _glued(indicator: Indicator) -> bool:
    name, target = indicator.name, indicator.target
    written = bool(name.text.strip()) and bool(target.text.strip())
    return written and name.spans[-1].end == target.at.start


@rule(
    Project,
    "JX115",
    Severity.WARNING,
    "G",
    title=("多行未能可靠读取", "Too many rows unread"),
    zh="这张表有 {share}% 的行没能可靠读出，缺项检查只作提示",
    en="{share}% of the rows of this form could not be read safely; what seems to be missing is only a remark",
    why=(
        "文本损坏不是填报人的漏项；读不准时不能断定缺什么",
        "damaged text is not the author's omission; where reading is unsafe nobody can say what is missing",
    ),
    remedy=(
        "请换一种方式导出或重新识别（保留表格的单元格），再检查一次",
        "export or scan the form again in a way that keeps the cells of its tables, then check it once more",
    ),
    blame="transcription",
)
def unsafe_reading(project: Project, ctx: Context) -> Iterator[Hit]:
    """More rows than the limit were placed by guesses or not at all."""
    if project.damage > ctx.limits.unread_rows:
        yield Hit(project.at, {"share": round(project.damage * 100)}, value="")
