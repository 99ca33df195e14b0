"""JX1: rows and cells that the reader had to repair, and text that belongs to none."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from ... import labels
from ...findings import Hit, Severity, Words
from ...model import Indicator, Project, readings
from ...model.repairs import Kind, Repair
from ..base import Context, counted, rule
from ..glance import repaired

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
    zh="{rows}单元格错列，“{label}”不在{column}栏",
    en="Cells shifted{rows}: `{label}` is not in the {column} column",
    why=(
        "跨页表格导出或识别时易丢失左侧合并单元格，整行左移，影响按栏读取",
        "Export or OCR often loses merged cells of a table across pages; rows then move left and are misread by column",
    ),
    remedy=(
        "对照原表补回左侧单元格，使各级指标位于本栏",
        "Restore the cells on the left as in the original, so that each level is in its column",
    ),
    blame="transcription",
    when=repaired(Kind.SHIFTED),
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
        level = "一级指标" if labels.meaning(label, "level1") else "二级指标"
        words = {"rows": _of(len(run)), "label": label, "column": level}
        yield Hit(run[0].at, words, also=tuple(one.at for one in run[1:]), where=where[run[0]])


def _of(count: int) -> Words:
    return Words(f"本行起 {count} 行", f" in {count} rows") if count > 1 else Words("本行", "")


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
    zh="“{name}”缺少一级、二级指标，{meant}",
    en="`{name}` has no levels; {meant}",
    why=(
        "本行层级比照相邻行推断，可能有误，有关检查结果随之有误",
        "The levels are inferred from other rows and may be wrong, as may findings based on them",
    ),
    remedy=(
        "对照原表补充本行的一级指标、二级指标",
        "Add 一级指标 and 二级指标 to this row as in the original",
    ),
    blame="transcription",
    when=repaired(Kind.ORPHAN),
)
def orphan_row(project: Project, ctx: Context) -> Iterator[Hit]:
    """Rows whose level only the comparison with other rows told, in a table that keeps its columns."""
    if _ragged(project):
        return
    for one, where in _places(project, repairs_of(project, Kind.ORPHAN)):
        guess = Words(f"暂归入“{one.meant}”", f"assumed under `{one.meant}`")
        unknown = Words("无法判断归属", "place unknown")
        words = {"name": _short(one.at.text), "meant": guess if one.meant else unknown}
        yield Hit(one.at, words, where=where)


@rule(
    Project,
    "JX105",
    Severity.INFO,
    "G",
    title=("表内有多余文字", "Stray text inside form"),
    zh="有 {pieces}未归入任何栏目，如“{found}”",
    en="{pieces} in no field, such as `{found}`",
    why=(
        "可能是识别带入的页码、批注、印章文字，也可能是单元格内容脱落",
        "Page numbers, comments or stamps from OCR, or content that fell out of a cell",
    ),
    remedy=(
        "对照原表核实：多余的删除，属于某格的移回",
        "Compare with the original: delete what is foreign, move the rest back into its cell",
    ),
    blame="transcription",
)
def stray_text(project: Project, ctx: Context) -> Iterator[Hit]:
    """Once a form, with a count."""
    strays = [
        span for span in project.strays if span.text.strip() and not readings.is_template(span.text)
    ]
    if not strays:
        return
    pieces = counted(len(strays), "处文字", "piece of text", "pieces of text")
    words = {"pieces": pieces, "found": _short(strays[0].text)}
    yield Hit(strays[0], words, also=tuple(strays[1:]), where=(), value="")


COLONS = "：:"


@rule(
    Project,
    "JX110",
    Severity.WARNING,
    "G",
    title=("相邻单元格粘连", "Cells run together"),
    zh="有 {pairs}相邻单元格粘连，如“{found}”，按“{name}”“{value}”拆分",
    en="{pairs} run together, such as `{found}`, split as `{name}` and `{value}`",
    why=(
        "复制或识别时丢失单元格边界，名称与指标值的分界为推断，可能有误",
        "Copying or OCR lost the cell borders; where the name ends and the target begins is a guess",
    ),
    remedy=(
        "对照原表核实拆分；宜重新导出，保留单元格",
        "Compare with the original; better export the table again with its cells",
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
            "pairs": counted(len(glued), "处", "pair of cells", "pairs of cells"),
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
    if not name.spans or not target.spans or name.spans[-1].end != target.at.start:
        return False
    return bool(name.text.strip()) and bool(target.text.strip()) and not _is_told(indicator)


def _is_told(indicator: Indicator) -> bool:
    """Whether an indicator is told in a sentence, behind the word of its level 2 and a colon: there were no cells."""
    spans = indicator.level2.spans
    end = spans[-1].end if spans else 0
    behind = spans[-1].source.text[end : end + 1] if spans else ""
    return bool(behind) and behind in COLONS


@rule(
    Project,
    "JX115",
    Severity.WARNING,
    "G",
    title=("多行未能可靠读取", "Too many rows unread"),
    zh="本表 {share}% 的行识别不可靠，缺项仅作提示",
    en="{share}% of rows not read reliably; missing items are info",
    why=(
        "识别不可靠时不能断定缺项；文本损坏不属于填报单位漏填",
        "Nothing can be called missing where rows were not read; damaged text is not an omission of the author",
    ),
    remedy=(
        "重新导出或重新识别，保留单元格，再检查",
        "Export or scan the form again with its cells, then check it",
    ),
    blame="transcription",
)
def unsafe_reading(project: Project, ctx: Context) -> Iterator[Hit]:
    """More rows than the limit were placed by guesses or not at all."""
    if project.damage > ctx.limits.unread_rows:
        yield Hit(project.at, {"share": round(project.damage * 100)}, value="")
