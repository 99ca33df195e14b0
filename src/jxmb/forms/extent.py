"""Where the rows of a form end inside its document, and whether they are a form at all.

A budget document prints tables and prose before, between and behind its forms. A form has labels that only a form has;
what stands behind its last row belongs to it as long as nothing says that another chapter has begun.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

from .. import deferred, labels
from ..source import Span
from ..tables import Row
from ..values import fold, looks_like_target
from . import LIMITS
from .formless import speaks
from .lines import (
    BUDGET,
    MARKS,
    OTHER_TABLE,
    TELLING,
    alone,
    begins_chapter,
    heads_table,
    in_one_line,
    is_page_mark,
    is_sentence,
    is_text,
    project_heads,
)
from .split import Form, spans

# Words that the form itself has and a budget table has not; blanks inside are looked past.
WORDS = deferred.re(
    r"[一二三]级(?:绩效)?(?:指标|目标)|[二三]级|满意度?|绩效指|产出(?:类)?指标|效益(?:类)?指标|满意度(?:类)?指标|成本指标|数量指标|质量指标|时效指标|可持续影响|"
    r"[≥≤]|绩效指标|指标名称|指标内容|指标值|目标值|项目名称|主管部门|实施单位|年度(?:总体|绩效)?目标|总体目标|绩效目标(?![表管设情申编的及，。])"
)
FORM_GROUPS = frozenset({"goal", "level1", "level2", "margin"})
APART = frozenset({"goal", "margin", "field"})
SHARED = frozenset({"unit", "year"})  # fields that other tables have as well
GIVEN = "given"  # the dialect of cells that a document declares
SIGNATURES = (
    "填报人 填表人 制表人 经办人 审核人 复核人 单位负责人 负责人 填报日期 填表日期 填报时间 填表时间 联系电话 联系人 联系方式 "
    "单位负责人签字 负责人签字 填报单位盖章 单位盖章"
)
# Level labels and targets in lines whose cells stand together with nothing between.
LED = deferred.re(
    r"(?:(?:产出|效益|满意度|成本|数量|质量|时效|可持续影响|服务对象满意度)|(?:经济|社会|生态)(?:效益|成本))指标"
)
OPENING = MARKS + "【[（("  # what stands before the level label of a heading
SIGNED = deferred.re(r"[≥≤＝=]\s?\d[\d.,]*+\S{0,8}+$")
PART = deferred.re(r"^第[一二三四五六七八九十\d]{1,3}(?:部分|章|节)")


def own(things: Iterable[Form | Span]) -> Iterator[Form | Span]:
    """The forms with their own rows only; what is no form, and what stands behind one, as text between forms."""
    for thing in things:
        if isinstance(thing, Span):
            yield thing
        elif not is_form(thing):
            yield from everything(thing)
        else:
            end = Extent(thing.rows).end()
            behind = thing.rows[end:]
            del thing.rows[end:]
            yield thing
            yield from spans(behind)


def everything(form: Form) -> Iterator[Span]:
    """All places of what was taken for a form."""
    yield from form.above()
    yield from spans(form.repeated)
    yield from spans(form.rows)


def is_form(form: Form) -> bool:
    """Whether what a title or a label opened has words that only a form has, enough of them beside other chapters."""
    found: set[str] = set()
    chapter = False
    for row in form.rows:
        found |= words(row)
        if len(found) >= LIMITS.some:
            return True
        cell = alone(row)
        chapter = chapter or (cell is not None and begins_chapter(cell.text))
    return len(found) >= (1 if form.title is not None else 2) and not chapter


def words(row: Row) -> set[str]:
    """The words of a form on a row; prose speaks of them, too."""
    prose = row.dialect == "line" and is_sentence(row.cells[0].text[: LIMITS.line])
    if prose and not in_one_line(row):
        return set()
    text = "".join(cell.text[: LIMITS.line] for cell in row.filled)
    found = set(WORDS.findall(fold(text)))
    return set() if found and _lists_projects(row) else found


def _lists_projects(row: Row) -> bool:
    """Whether a row has the heads of a list of projects, which tells neither goals nor indicators."""
    texts = [cell.text for cell in row.filled]
    if row.dialect == "line":
        texts = texts[0][: LIMITS.line].split() if texts else []
    if len(texts) < LIMITS.heads:
        return False
    meant = [labels.find(text) for text in texts]
    told = [label for found in meant for label in found]
    if any(
        one.group in FORM_GROUPS or (one.group == "column" and one.name in TELLING) for one in told
    ):
        return False
    return sum(map(bool, meant)) * 2 > len(texts)


class Extent:
    """The rows of a form, and what may stand behind them."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows

    def end(self) -> int:
        """How many of the rows belong to the form: all, unless another chapter begins behind its last one."""
        last = self._last()
        if last is None:
            return len(self.rows)
        other = self._other_table(last)
        return self._behind(last) if other is None else other

    @cached_property
    def _prose(self) -> frozenset[int]:
        """The lines of text on pages of text."""
        return frozenset(_lines_of_text(self.rows))

    def _behind(self, last: int) -> int:
        """Where another chapter or a page begins behind the last row."""
        mark: int | None = None
        plain = last
        for at in range(last + 1, len(self.rows)):
            row = self.rows[at]
            if _is_signed(row) or _is_cut_title(row) or at in self._prose:
                return at if mark is None else mark
            cell = alone(row)
            if cell is None:
                continue
            text = cell.text.strip()
            if self._is_mark(row, text, last):
                mark = at if mark is None else mark
            elif _begins_another(text) or (mark is not None and is_sentence(text)):
                return at if mark is None else mark
            else:
                plain = at
        if mark is None or plain > mark or _line(self.rows[mark]) - _line(self.rows[mark - 1]) < 2:
            return len(self.rows)
        return mark

    def _other_table(self, last: int) -> int | None:
        """Where text and a table without a label in its first row stand behind the last row, all as a document says.

        A line with tabs is such a row: of a sheet that has no form.
        """
        behind: int | None = None
        if self.rows[last].dialect != GIVEN:
            return None
        for at in range(last + 1, len(self.rows)):
            row = self.rows[at]
            if row.dialect == "line":
                behind = at if behind is None else behind
                if "\t" in row.cells[0].span.text:
                    return behind
            elif _is_of_form(row):
                return None
            elif behind is not None:
                return behind
        return None

    def _is_mark(self, row: Row, text: str, last: int) -> bool:
        """Whether a line is a page number: a bare one stands below a table, or away from the margin."""
        if not text.isdigit():
            return is_page_mark(text)
        above = self.rows[last]
        apart = "  " in above.cells[0].text and _line(row) - _line(above) > 1
        indented = row.filled[0].span.column > 1
        return len(text) <= LIMITS.figures and (above.dialect != "line" or apart or indented)

    def _last(self) -> int | None:
        """The last row that is surely one of the form's table; None where it has none."""
        last: int | None = None
        chapter = False  # whether another one may have begun
        for at, row in enumerate(self.rows):
            if last is not None and not chapter and self._is_below(row, last):
                last = at
            elif _names_level(row):
                last, chapter = at, False
            elif last is None or chapter:
                continue
            elif row.dialect != "line":
                chapter = _is_other_table(row)
                last = at if self._goes_on(at, last) else last
            else:
                text = row.cells[0].text.strip()
                chapter = at in self._prose or begins_chapter(text)
                declared = self.rows[last].dialect == GIVEN  # all of its cells
                goes_on = not chapter and not declared and _ends_in_target(text)
                last = at if goes_on else last
        return last

    def _goes_on(self, at: int, last: int) -> bool:
        """Whether a row behind nothing but page numbers is filled as one of the last ones of the table above."""
        between = (alone(row) for row in self.rows[last + 1 : at])
        if not all(cell is not None and is_page_mark(cell.text) for cell in between):
            return False
        table = self.rows[last].table
        return any(
            _alike(above, self.rows[at])
            for above in self.rows[max(0, last - LIMITS.rows) : last + 1]
            if above.table == table
        )

    def _is_below(self, row: Row, last: int) -> bool:
        """Whether a row goes on with the table of the last one."""
        same = row.dialect != "line" and row.table == self.rows[last].table
        return same and not _is_other_table(row)


def _lines_of_text(rows: Sequence[Row]) -> Iterator[int]:
    """Which rows are lines of text on a page without a word of a form."""
    text = rows[0].cells[0].span.source.text if rows else ""
    if "\f" not in text:
        return
    silent = False
    for at, (above, row) in enumerate(pairwise(rows), 1):
        start, end = above.cells[-1].span.end, row.cells[0].span.start
        if text.find("\f", start, end) >= 0:
            feed = text.find("\f", end)
            silent = not speaks(text[end : feed if feed >= 0 else len(text)])
        if silent and row.dialect == "line" and is_text(row.cells[0].text):
            yield at


def _alike(above: Row, row: Row) -> bool:
    """Whether two rows fill the same columns, one maybe fewer of them, and have a target in the same one."""
    upper, lower = (
        {cell.column: cell for cell in one.filled if not cell.carried} for one in (above, row)
    )
    both = lower.keys() & upper.keys()
    if len(both) < LIMITS.some or both not in (lower.keys(), upper.keys()):
        return False
    return any(
        looks_like_target(lower[at].text) and looks_like_target(upper[at].text) for at in both
    )


def _is_other_table(row: Row) -> bool:
    """Whether a row of cells is the title of another table, or the heading above it."""
    cell = alone(row)
    if cell is None:
        return _is_cut_title(row)
    word = fold(cell.text[: LIMITS.line])
    return any(pattern.search(word) for pattern in (OTHER_TABLE, BUDGET, PART))


def _is_cut_title(row: Row) -> bool:
    """Whether the columns of the table above cut the title of another one into cells: 政府采|购预算表."""
    texts = [cell.text for cell in row.filled]
    text = "".join(texts) if len(texts) > 1 else ""
    if row.dialect == "line" or "表" not in text:
        return False
    word = fold(text)
    if len(word) > LIMITS.title or OTHER_TABLE.search(word) is None:
        return False
    return not any(labels.find(text) or OTHER_TABLE.search(fold(text)) for text in texts)


def _is_of_form(row: Row) -> bool:
    """Whether a row has a label of a form; a short one of a level, which also heads other tables, beside a target."""
    told = [one for cell in row.filled for one in labels.find(cell.text)]
    if any(one.group in APART and one.name not in SHARED for one in told):
        return True
    levels = any(one.group in FORM_GROUPS for one in told)
    return levels and any(looks_like_target(cell.text) for cell in row.filled)


def _begins_another(text: str) -> bool:
    """Whether a line behind the last row is a heading, be it only the one of each page."""
    return begins_chapter(text) or BUDGET.search(text[: LIMITS.line]) is not None


def _heads_projects(row: Row) -> bool:
    """Whether a row has the heads of a table of many projects with their goals; a budget table has none."""
    return any(labels.meaning(head, "goal") for head in project_heads(row))


def _is_signed(row: Row) -> bool:
    """Whether a row names who filled in or checked the form, with the date or telephone number."""
    label = row.filled[0].text[: LIMITS.line] if row.filled else ""
    for colon in "：:":
        label = label.split(colon, 1)[0]
    return "".join(label.split()) in SIGNATURES.split()


def _line(row: Row) -> int:
    return row.cells[0].span.line


def _names_level(row: Row) -> bool:
    """Whether a row has heads of the table or a level label in a cell or piece of its own."""
    if heads_table(row) or _heads_projects(row):
        return True
    texts = [cell.text for cell in row.filled[: LIMITS.some]]
    if row.dialect == "line" and texts:
        if LED.match(texts[0].lstrip(OPENING)):
            return True
        texts = texts[0][: LIMITS.line].split()
    return any(map(_is_level, texts))


@lru_cache(maxsize=1024)
def _is_level(text: str) -> bool:
    """Whether a text is a level label that is no name: with 指标 at its end."""
    return labels.in_full(text) and labels.meaning(text, "level1", "level2", "column") is not None


def _ends_in_target(text: str) -> bool:
    """Whether a line of cells ends in a target."""
    if (
        not text
        or is_page_mark(text)
        or text.isdigit()
        or len(text) > LIMITS.line
        or is_sentence(text)
    ):
        return False
    return SIGNED.search(text) is not None or looks_like_target(text.rsplit(None, 1)[-1])
