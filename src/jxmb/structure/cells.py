"""Words to the cells of torn text: which lines are one cell, and what kind of cell it is."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate

from .. import deferred, labels, values
from ..deferred import dataclass
from ..forms.shapes import shape
from ..source.widths import columns as width
from ..tables import Cell
from ..values import seams
from .fragments import Fragment, Gap, together

GOAL_MARKS = frozenset("，；。,")  # that stand in sentences
DAY = deferred.regex(
    r"^(?:19|20)\d\d\s*(?:[年./—–-]\s*\d{0,2}|\d{4}$).*(?<![前底内后])$|^[—–~～-]$|^\d{8}$"
)
MORE_OF_DATE = deferred.regex(r"[\d年月日至到起止（(—–~～./-]")
DATE = deferred.regex(r"^(?:19|20)\d{6}$")
BODY = deferred.regex(rf"(?:{labels.BODIES})$")
AMOUNT = deferred.regex(r"^(?:[\d,]+(?:\.\d+)?\s*(?:万?元|万)?|[-—/]|无)$")
SIGNS_OF_SHARE = ("%", "％", "‰")
ANNEX = deferred.regex(r"^[（(]?(?:附|附件|附表|表)\s*\d+[）)]?$")
# What a name ends in, and what its value then looks like.
SENSES = (
    (
        deferred.regex(r"(?:率|比例|程度|满意度)$"),
        deferred.regex(r"[%％‰]|高|好|满意|^\P{N}?\d{2,3}$"),
    ),
    (
        deferred.regex(r"(?:成本|费用|单价|标准|支出|造价|价格)$"),
        deferred.regex(r"[元万]|成本|控制"),
    ),
    (
        deferred.regex(r"(?:时限|时间|期限|时长)$"),
        deferred.regex(r"[年月日天]|小时|分钟|时|期|前|内"),
    ),
    (
        deferred.regex(r"(?:数|数量|人数|次数|面积|里程|长度|个数)$"),
        deferred.regex(r"[\d一两][^%％‰]*$"),
    ),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How wide, in display columns, and long, in code points, the lines of cells are."""

    slacks: tuple[int, ...] = (4, 1, -1)  # that a full line may leave; -1: no cell goes on below
    any: int = 1000  # so much a line may leave where blank lines part the cells
    goal: int = 44  # columns from which on a text with commas is a goal
    open: int = 12  # columns of a line, from which on one that is not finished goes on
    lines: int = 40  # of a cell that are looked at
    end: int = 6  # code points of a name's last line, and of a value that begins like a name
    period: int = 30  # code points of one, at most


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Item:
    """A cell put together from its lines, what kind it is, and which item of the text it is."""

    cell: Cell
    kind: str
    at: int
    words: tuple[Fragment, ...]

    @property
    def text(self) -> str:
        """The text."""
        return self.cell.text

    @property
    def height(self) -> float:
        """How far down the middle of its words stands."""
        return sum(word.height for word in self.words) / len(self.words)


def slacks(found: Sequence[Fragment]) -> tuple[int, ...]:
    """What a full line may leave: anything too, where most cells are parted by blank lines."""
    gaps = [word.gap for word in found[table_start(found) :] if not word.meanings]
    return (
        (LIMITS.any, *LIMITS.slacks)
        if gaps.count(Gap.EMPTY) > gaps.count(Gap.LINE)
        else LIMITS.slacks
    )


def items_of(found: Sequence[Fragment], slack: int) -> list[Item]:
    """The words put together to cells, each with its kind; a full line may leave `slack` display columns."""
    start = table_start(found)
    full = [_widest(found[:start]) - LIMITS.slacks[0], _widest(found[start:]) - slack]
    groups: list[list[Fragment]] = []
    for at, word in enumerate(found):
        if groups and _goes_on(groups[-1], word, full[at >= start]):
            groups[-1].append(word)
        else:
            groups.append([word])
    return items_in(groups, start, found)


def items_in(groups: Sequence[list[Fragment]], start: int, found: Sequence[Fragment]) -> list[Item]:
    """The cells that these groups of words make, each with its kind; the table begins at word `start`."""
    words = list(accumulate(map(len, groups), initial=0))
    roles_found = {word.name("column") for word in found}
    items: list[Item] = []
    for at, group in enumerate(groups):
        cell = together([word.cell for word in group])
        kind = _kind(group, cell.text, items, in_table=words[at] >= start, columns=roles_found)
        items.append(Item(cell, kind, at, tuple(group)))
    return [*map(_named, [None, *items], items, [*items[1:], None], [*items[2:], None, None])]


def _named(before: Item | None, item: Item, behind: Item | None, next_one: Item | None) -> Item:
    """A cell between its level and its value is a name, even one that looks like a value (春节之前 | 按时完成)."""
    around = [one.kind if one is not None else "" for one in (before, behind, next_one)]
    alone = around[:2] == ["level", "target"] and around[2] != "target"
    between = alone and item.kind == "target" and not seams.is_signed(item.text)
    within = item.kind == "text" and around[0] in ("level", "target") and around[1] == "target"
    return replace(item, kind="name") if between or within else item


def _goes_on(group: Sequence[Fragment], word: Fragment, full: int) -> bool:
    """Whether a word is more of the cell before it."""
    last = group[-1]
    if last.meanings or word.meanings or word.gap in (Gap.WIDE, Gap.TAB, Gap.EMPTY):
        return False
    if seams.is_signed(word.text) or shape(word.text).mark or shape(last.text).mark:
        return False
    if word.gap <= Gap.NARROW:
        whole = seams.is_whole_value(last.text) or BODY.search(last.text)
        return not (whole and word.text[0].isdigit())
    text = "".join(one.text for one in group[-LIMITS.lines :])
    if is_goal(text):
        return not text.endswith(("。", "！"))
    if _is_period(text) or _is_period(word.text):
        more = MORE_OF_DATE.match(word.text) is not None and word.text[:2] != text[:2]
        return more and _is_period(text) and _is_period(text + word.text)
    if seams.begins_open(word.text) or seams.ends_open(text):
        return not valued(word.text) and _line(group) >= min(full // 2, LIMITS.open)
    if valued(text) or valued(word.text):
        rest = valued(text) and not valued(word.text)
        return rest and (len(word.text) == 1 or shape(word.text).unit)
    return _line(group) >= full or (
        bool(BODY.search(text + word.text)) and len(word.text) <= LIMITS.end
    )


def _line(group: Sequence[Fragment]) -> int:
    """How wide the last line of a cell is."""
    used = 0
    for word in reversed(group):
        used += width(word.text)
        if word.gap >= Gap.LINE:
            break
    return used


@lru_cache(maxsize=1024)
def valued(text: str) -> bool:
    """Whether a text is a value; a name may begin with a number too (`3 岁以下儿童…率`)."""
    if not values.looks_like_target(text):
        return False
    name = any(ends.search(text) for ends, _ in SENSES)
    return seams.is_signed(text) or not (name and len(text) > LIMITS.end)


def is_goal(text: str) -> bool:
    """Whether a text is a sentence, as goals are, and no cell of a table."""
    return not GOAL_MARKS.isdisjoint(text) and width(text) >= LIMITS.goal


@lru_cache(maxsize=1024)
def _is_period(text: str) -> bool:
    return len(text) <= LIMITS.period and bool(DAY.match(text.strip()))


def table_start(found: Sequence[Fragment]) -> int:
    """The first word of the table: a column head other than the first, or a value with its sign."""
    for at, word in enumerate(found):
        head = word.name("column") not in (None, "level1") and not word.name("field", "money")
        if (head and not word.name("margin")) or seams.is_signed(word.text):
            return at
    return len(found)


def _widest(found: Sequence[Fragment]) -> int:
    """How wide the widest line is that is neither a label nor a value, nor part of a goal."""
    lines = [width(word.text) for word in found if not word.meanings and not valued(word.text)]
    return max((line for line in lines if line < LIMITS.goal), default=0)


def _kind(
    group: Sequence[Fragment],
    text: str,
    before: Sequence[Item],
    *,
    in_table: bool,
    columns: Set[str | None],
) -> str:
    if group[0].meanings:
        return _label_kind(group[0], before)
    if is_goal(text) or text.endswith("。"):
        return "goal"
    if text in labels.NATURES:
        return "nature"
    if before and before[-1].kind == "label" and before[-1].words[0].name("other"):
        return "other"
    if AMOUNT.match(text) and (not in_table or _is_late_amount(before, columns)):
        return "amount" if not DATE.match(text) else "period"
    if _is_period(text):
        return "target" if in_table and _is_due(before, text) else "period"
    if not in_table:
        return "text"
    return _table_kind(text, before, columns)


def _is_due(before: Sequence[Item], text: str) -> bool:
    """Whether a whole date is the value of a row: behind the name of a time, or another value that is one."""
    last = before[-1]
    timed = SENSES[2][0].search(last.text) if last.kind == "name" else _is_period(last.text)
    return bool(timed) and last.kind in ("name", "target") and text[-1] in "年月日"


def _is_late_amount(before: Sequence[Item], columns: Set[str | None]) -> bool:
    """Whether a number in the table is that of a money label: right behind it, or behind the heads before all values."""
    if not before or before[-1].kind in ("money", "name"):
        return bool(before) and before[-1].kind == "money"
    kinds = [item.kind for item in before]
    begun = "target" in kinds or not columns.isdisjoint(("mark", "unit"))
    return not begun and kinds.count("money") > kinds.count("amount")


def _label_kind(word: Fragment, before: Sequence[Item]) -> str:
    """What a label is here; a level's word without 指标 may be an indicator's name below that level."""
    groups = {label.group for label in word.meanings}
    level = word.name("level2") or word.name("level1")
    if level is not None and not groups & {"field", "money", "goal"}:
        last = next((item for item in reversed(before) if item.kind == "level"), None)
        known = last is not None and last.words[0].name("level2") == level
        named = known and not labels.in_full(word.text)
        return "name" if named else "level"
    if "column" in groups and not groups & {"field", "money"}:
        return "head"
    if "money" in groups:
        return "money"
    return "name" if groups <= {"money_column"} else "label"


def _table_kind(text: str, before: Sequence[Item], columns: Set[str | None]) -> str:
    look = shape(text)
    last = before[-1].kind if before else ""
    if look.mark:
        return "mark"
    if "unit" in columns and (look.unit or text in SIGNS_OF_SHARE):
        return "unit"
    number = values.number(text) is not None and not text.endswith(SIGNS_OF_SHARE)
    if number and "mark" in columns:
        run = last == "target" and values.number(before[-1].text) is not None
        return "target" if last == "mark" or (run and "unit" in columns) else "weight"
    if number and "weight" in columns and last != "name":
        return "weight"
    if number and "weight" in columns:
        return "weight" if text.isdigit() and len(text) <= 2 else "target"
    if valued(text):
        return "target"
    if ANNEX.match(text) or "：" in text:
        return "other"
    return "text" if BODY.search(text) else "name"
