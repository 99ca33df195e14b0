"""What a row says by itself: a title, a year, a page number, the opening of a form, the heads of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from operator import attrgetter

from .. import deferred, labels
from ..labels import inexact, money
from ..tables import NOTHING, Cell, Row
from ..values import fold
from . import LIMITS

TITLE_WORDS = deferred.re(r"绩效(?:目标|自评|评价|指标|监控|信息)?|预算项目.{0,8}目标")
TITLE_END = deferred.re(
    r"表(?:样)?(?:之?[一二三四五六七八九十\d]{1,3})?[)\]】]?"
    r"(?:[(\[]?.{0,12}[)\]]?)?(?:[(\[]?\d{2,4}年?度?[)\]]?)?$"
)
# What stands before a title on its line: 附件2：, 附表：.
ANNEX = deferred.re(r"^附[件表]?\s?\d{0,2}\s?[:：]\s*")
UNIT_BESIDE = deferred.re(r"(?:金额)?单位[:：].*$")
YEAR_LINE = deferred.re(r"^[(\[]?((?:19|20)\d\d)\)?年?度?[)\]]?$")
PAGE = deferred.re(
    r"^(?:[-—–_·.=~|+\s]{3,}|[-—–一·.~|\s]*(?:第?\s*\d{1,4}\s*页?|第[一二三四五六七八九十]+页)[-—–一·.~|\s]*"
    r"(?:[,，/]?\s*(?:共|还剩)\s*\d+\s*页)?|\d+/\d+|[-—–]\s?\d(?:\s\d){1,3}\s?[-—–]|"
    r"[(（]?\s*(?:续|接|承接?|续接)上?[表页]\s*[)）]?)$"
)
PAPER = frozenset("-—–_·.=~|+一第(（续接承")  # with one of them or a figure a page mark begins
# What the title of a form ends with on its second page.
CONTINUED = deferred.re(
    r"[(（\[【]\s*续\s*表?\s*(?:[一二三四五六七八九十]|\d{1,2})?\s*[)）\]】]\s*$"
)
# The beginning of another chapter, table or note.
HEADING = deferred.re(
    r"^(?:第[一二三四五六七八九十\d]{1,3}(?:部分|章|节)|[一二三四五六七八九十]{1,3}[、.]|[(（][一二三四五六七八九十]{1,3}[)）](?!.*[≥≤])|"
    r"表[一二三四五六七八九十\d]{1,3}(?:[-—]\d{1,2})?(?:$|[:：\s])|名词解释|目录$)"
)
OTHER_TABLE = deferred.re(
    r"(?:预算|决算|收支|收入|支出|经费|采购|资产|明细|情况|汇总)[^。；]{0,16}表[)）]?(?:[(（].{0,16}[)）])?$"
)
# The heading of a budget, which stands on its first page or on each of them.
BUDGET = deferred.re(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*年度?[^\d。，；]{0,12}预算(?:公开|草案|说明|情况)*$"
)
# The heading of what is published beside it: 2026年度项目绩效目标公开.
PUBLISHED = deferred.re(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*年度?[^\d。，；]{0,16}绩效(?:目标|信息|情况)?(?:公开|批复|申报)\D{0,4}$"
)
NUMBERED = deferred.re(r"^\d{1,2}[.、]\s?\D")
SENTENCE = ("。", "；", ";")
NOTES = ("备注", "注:", "注：", "填报说明", "填表说明", "说明:", "说明：")
MARKS = "#*_>·•'= \t|\\"
TABLE = "表"  # without which nothing is a title
KIND = "绩效目标表"  # behind which, at its end, the project's name may make a title longer
CUTTING = ("pipes", "tabs")
EMPTY = tuple(f" {word}" for word in NOTHING)  # behind a text: an empty cell of a data frame
TEXT = attrgetter("text")
PROJECT = labels.Label("field", "project_name")
TELLING = frozenset({"name", "level2", "target"})  # heads that only an indicator table has
OFFICES = frozenset({"department", "implementer"})
HEADS = OFFICES | {"project_name"}  # without one of them a row has no heads of projects or offices


def begins_chapter(text: str) -> bool:
    """Whether a line is the heading of another chapter or table, or a note below the table."""
    line = fold(text[: LIMITS.line])
    if len(line) > LIMITS.title:
        return line.startswith(NOTES)
    return bool(HEADING.match(line) or OTHER_TABLE.search(line) or line.startswith(NOTES))


def alone(row: Row) -> Cell | None:
    """The cell that stands alone in its row, repeated or not."""
    if not (cells := row.filled):
        return None
    cell, *others = cells
    for other in others:
        if other.text != cell.text:
            return None
    if row.dialect == "line" and cell.text.endswith(EMPTY) and cell.span.text == cell.text:
        return _without_nothing(cell)
    return cell


def _without_nothing(cell: Cell) -> Cell:
    """A line without the marks of empty cells that a data frame printed behind its text."""
    text = cell.text[: LIMITS.line]
    while text.endswith(EMPTY):
        text = text[: text.rindex(" ")].rstrip()
    return Cell(cell.span.sub(0, len(text)), text, cell.column) if text else cell


def cut_title(row: Row) -> Cell | None:
    """The title of a form that the columns of its table cut into cells."""
    cells = row.filled
    if row.dialect not in CUTTING or not cells:
        return None
    text = "".join([cell.text for cell in cells])
    if "：" in text or not is_title(text) or labels.find(cells[0].text):
        return None
    rest = tuple(span for cell in cells for span in cell.spans)[1:]
    return Cell(cells[0].span, text, cells[0].column, rest=rest)


def is_title(text: str) -> bool:
    """Whether a text standing alone is the title of a form."""
    return TABLE in text and len(text) <= LIMITS.line and _is_title(text)


@lru_cache(maxsize=1024)
def _is_title(text: str) -> bool:
    word = ANNEX.sub("", fold(text).strip(MARKS))
    if (
        len(word) < LIMITS.shortest_title
        or (len(word) > LIMITS.title and not word.endswith(KIND))
        or word[0] in "《注附说填"
        or any(c in word for c in "。；;,，≥≤%")
    ):
        return False
    return bool(TITLE_WORDS.search(word) and TITLE_END.search(word)) and not labels.find(text)


def year_of(text: str) -> str | None:
    """The year that a line consists of, beside the unit of its amounts: `(2022年度)`, `2022年  单位：万元`."""
    line = UNIT_BESIDE.sub("", fold(text[: LIMITS.page]))
    match = YEAR_LINE.match(line.strip(MARKS))
    return match[1] if match else None


def is_page_mark(text: str) -> bool:
    """Page numbers and rules: they belong to the paper, not to the form."""
    word = text[: LIMITS.title].strip()
    if not word or not (word[0] in PAPER or word[0].isdigit()):
        return False
    figure = word.removeprefix(".").isdigit()  # .00 is the end of one
    return not figure and len(word) <= LIMITS.page and bool(PAGE.match(word))


def opens_project(row: Row) -> bool:
    """Whether a row has the label 项目名称 near its beginning."""
    for cell in row.filled[: LIMITS.some]:
        heads = texts(cell, row) if row.dialect == "html" else (cell.text,)
        for head in heads:
            if _is_project_name(head[: LIMITS.page]):
                return True
    return False


def names_project(row: Row) -> bool:
    """Whether a line begins with the label 项目名称, and blanks part it from its value, which is no other head."""
    if row.dialect != "line" or len(row.cells) != 1:
        return False
    head, *rest = row.cells[0].text[: LIMITS.line].split(maxsplit=2)[:2] or [""]
    return bool(rest) and _is_project_name(head[: LIMITS.page]) and not labels.find(rest[0])


@lru_cache(maxsize=1024)
def _is_project_name(text: str) -> bool:
    """Whether a text is the label 项目名称, misread or jumbled, or has it before a colon."""
    if len(_project_letters().intersection(fold(text))) < LIMITS.some:
        return False  # of the four letters of the shortest label one may be wrong or lost, of seven two
    for colon in "：:":
        text = text.split(colon, 1)[0]
    found = labels.find(text) or inexact.near(text) or inexact.jumbled(text)
    return PROJECT in found


@cache
def _project_letters() -> frozenset[str]:
    """The characters in which the label 项目名称 and what else it is called are written."""
    found = (word for word, said in labels.vocabulary().items() if PROJECT in said)
    return frozenset(letter for letter in "".join(found) if letter.isalpha())


def texts(cell: Cell, row: Row) -> list[str]:
    """The text of a cell, and its parts where blanks or line ends may join several cells: in HTML tables
    that were read from images."""
    if row.dialect != "html" or len(cell.text) > LIMITS.line:
        return [cell.text]
    parts = cell.span.text.split() if not cell.rest else []
    return [cell.text, *parts] if len(parts) > 1 else [cell.text]


def in_one_line(row: Row) -> bool:
    """Whether a row holds a whole form in one line."""
    cell = row.cells[0] if row.dialect == "line" and len(row.cells) == 1 else None
    if cell is None or "项目名称" not in cell.text:
        return False
    words = cell.text.split()
    known = sum(1 for word in words if labels.meaning(word, "field"))
    return known >= LIMITS.some and len(words) >= LIMITS.words


def word_in(cell: Cell, fits: Callable[[str], object]) -> Cell | None:
    """The first word before the labels of a form in one line that fits: its title, its year."""
    text = cell.span.text
    start = 0
    for word in text[: max(0, text.find("项目名称"))].split():
        start = text.find(word, start)
        if fits(word):
            span = cell.span.sub(start, start + len(word))
            return Cell(span, span.text)
        start += len(word)
    return None


def heads_table(row: Row) -> bool:
    """Whether a row has the heads of an indicator table."""
    return len(column_names(row, parts=True)) >= 2


def project_heads(row: Row) -> tuple[str, ...]:
    """The heads of a table of many projects or offices, folded: labels alone, in a row; empty for any other row."""
    cells = [cell.text for cell in row.filled]
    if row.dialect == "line" and cells:
        cells = cells[0][: LIMITS.line].split()
    if len(cells) < LIMITS.some:
        return ()
    names = _names(cells, "field")
    if names.isdisjoint(HEADS) or not all(labels.find(one) or money.find(one) for one in cells):
        return ()
    told = {label.group for text in cells for label in labels.find(text)} & {"money", "goal"}
    projects = "project_name" in names and told
    return tuple(map(fold, cells)) if projects or (names & OFFICES and len(told) > 1) else ()


def column_names(row: Row, *, parts: bool = False) -> frozenset[str]:
    """The canonical names of the indicator table's columns on this row; also those of fused cells with `parts`."""
    if parts and row.dialect == "html":
        return _heads([text for cell in row.filled for text in texts(cell, row)])
    if row.heads is None:
        row.heads = _heads(map(TEXT, row.filled))
    return row.heads


def _heads(texts: Iterable[str]) -> frozenset[str]:
    """The columns that these texts name, where one of them tells a table of indicators."""
    names = _names(texts, "column")
    return frozenset() if names.isdisjoint(TELLING) else frozenset(names)


def _names(texts: Iterable[str], group: str) -> set[str]:
    """What these texts name that are labels of a group."""
    return {one.name for text in texts for one in labels.find(text) if one.group == group}


def is_sentence(text: str) -> bool:
    """Whether a line is prose, not the text of a cell."""
    line = text.strip()
    return (
        line.endswith(SENTENCE)
        or any(mark in line[:-1] for mark in "。，")
        or bool(NUMBERED.match(line))
    )


def is_text(text: str) -> bool:
    """Whether a line is prose from margin to margin: no row of a table, whose cells blanks part."""
    line = text.strip()
    return len(line) >= LIMITS.text and "  " not in line and is_sentence(line)
