"""A label of the header with its values, and what a row of labels of money says beside its amounts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace

from .. import deferred, labels, values
from ..deferred import dataclass
from ..labels import Label, money
from ..labels.joining import meanings
from ..tables import Cell
from ..tables.cells import part
from ..values.dates import exact

# 资金总额：86.4万元，其中：财政拨款80万元，其他资金6.4万元; blanks, brackets or nothing at all may part them, too, the unit
# may stand above them, and the first label in the cell before
_AMOUNT = rf"\d+(?:[,.]\d+)*+(?:\s?{money.UNIT})?"
_LABEL = r"(?:其中[:：]?\s*)?[^\d\s,，;；、:：()（）]{2,16}?"
_PIECE = rf"{_LABEL}(?:\s*{_AMOUNT}|[:：]\s*(?:{_AMOUNT})?)"
TOLD_PIECE = deferred.re(rf"(?P<label>{_LABEL})(?:[:：]?\s*(?P<amount>{_AMOUNT})|[:：])")
TOLD = deferred.re(rf"(?:(?P<first>{_AMOUNT})|{_PIECE})(?:[,，;；、\s(（]*{_PIECE})+[)）]?[。;；]?")
# One of them in a cell of its own, behind another: 其中：财政拨款80万元, 其他资金 6.4
TOLD_ALONE = deferred.re(
    rf"(?P<label>{_LABEL})(?:[:：]?\s*(?={_AMOUNT}$)|[:：\s]\s*)(?P<amount>\d.*)"
)
SLIDES = (0, 1, 2)  # columns: none, that of a margin label, that of the block's label besides
POINTS = deferred.re(r"(?P<own>\d[\d.,]*)\s*(?P<points>[(（]\d{1,3}分[)）])")
MONEY_HEAD = Label("money", "head")
OWN = ("budget", "initial", "annual")  # the columns of money whose figures are the form's
AMOUNTS = "金额"
AFTER = frozenset({"调整后", "变更后", "追加后"})
CHANGED = AFTER | {"调整前", "变更前", "追加前"}
WRITES = ("填报", "填表", "编制", "申报", "报送")  # begin labels of the office that fills a form in
# What a cell is made of that says that the next one is the first day of a period, and one between its days.
SINCE = "自从由起始开时间日期：: "
BETWEEN = f"{SINCE}至到止终结束截-—–~～"
SUBTOTAL = "小计"
# What a label ends in, and no value does that stands beside one.
ASKS = deferred.re(
    r"[^\W\d_]{2,10}(?:编码|代码|编号|名称|类别|类型|分类|级别|等级|性质|方式|电话|负责人|联系人|责任人|依据|概况|日期|时间|地点|来源|用途|科目)"
)


@dataclass(slots=True)
class Entry:
    """A label and the cells that stand for its value; `columns` holds further money figures by role."""

    label: Label
    cell: Cell
    values: list[Cell] = field(default_factory=list)
    columns: dict[str, Cell] = field(default_factory=dict)
    misread: bool = False
    row: int = 0  # the number of its row in the header
    head: Entry | None = None  # the head above it whose part it is

    @property
    def rank(self) -> tuple[bool, bool]:
        """Of several with one label the least is the field: that has a value, of who does a thing, not who writes of it."""
        return not self.values, values.fold(self.cell.text).startswith(WRITES)

    def dates(self) -> list[Cell]:
        """The two cells of a period, without those that are but a word or a dash before or between them."""
        said = [cell for cell in self.values if cell.text.strip(BETWEEN)][:2]
        first = [cell for cell in self.values[:1] if cell not in said and cell.text.strip(SINCE)]
        return said if len(said) == 2 else [*first, *said] or self.values[:1]

    def take(self, figures: Iterable[tuple[str, Cell]]) -> None:
        """Tell its figures apart by the names of their columns; its own is that of the budget."""
        first = self.values[0]
        for name, cell in figures:
            self.columns.setdefault(name, cell)
        self.values = [next((self.columns[name] for name in OWN if name in self.columns), first)]


def amounts_told(cell: Cell, before: Sequence[Entry]) -> list[Entry]:
    """The labels of money and their amounts that one cell tells as a sentence; empty where it tells none.

    An amount that stands first goes to the label of money before the cell.
    """
    if not any(map(str.isdigit, cell.text)):
        return []
    if (alone := TOLD_ALONE.fullmatch(cell.text)) and _has_amount(before):
        return _told(cell, [alone]) if values.amount(alone["amount"]) else []
    told = TOLD.fullmatch(cell.text)
    if told is None or (told["first"] and not _wants_amount(before)):
        return []
    found = _told(cell, TOLD_PIECE.finditer(cell.text, max(told.end("first"), 0)))
    if told["first"] and found:
        before[-1].values.append(part(cell, *told.span("first")))
    return found if told["first"] or len(found) > 1 else []


def told_behind(entry: Entry) -> list[Entry]:
    """What the value of a label of money tells as such a sentence: 项目资金：资金总额：78万元，其中：财政拨款：78万元."""
    if entry.label.group != "money" or not entry.values:
        return []
    value, entry.values = entry.values, []
    told = amounts_told(value[0], [entry])
    entry.values = entry.values or ([] if told else value)
    return told


def _told(cell: Cell, pieces: Iterable[re.Match[str]]) -> list[Entry]:
    """The labels and amounts of these pieces of a cell; none where one is no label of money."""
    found: list[Entry] = []
    for match in pieces:
        meant = [one for one in meanings(match["label"]) if one.group == "money"]
        if not meant:
            return []
        amount = [part(cell, *match.span("amount"))] if match["amount"] else []
        found.append(Entry(meant[0], part(cell, *match.span("label")), amount))
    return found


def _has_amount(before: Sequence[Entry]) -> bool:
    """Whether the label before a cell is one of money and has its amount."""
    return bool(before) and before[-1].label.group == "money" and bool(before[-1].values)


def _wants_amount(before: Sequence[Entry]) -> bool:
    """Whether the label before a cell is one of money and waits for its amount."""
    return bool(before) and before[-1].label.group == "money" and not before[-1].values


def asks(cell: Cell, before: Sequence[Entry]) -> bool:
    """Whether a text behind a field and its value is a label that nobody knows: 中央补助项目编码."""
    if not before or before[-1].label.group not in ("field", "other") or not before[-1].values:
        return False
    return ASKS.fullmatch(values.fold(cell.text)) is not None


def part_amounts(found: Sequence[Entry]) -> None:
    """Give the amounts behind several labels of money to these in order: as many as there are labels."""
    for at, entry in enumerate(found):
        amounts = entry.values
        waiting = found[max(0, at + 1 - len(amounts)) : at + 1]
        if len(amounts) < 2 or len(waiting) < len(amounts):
            continue
        if all(one.label.group == "money" and not one.values for one in waiting[:-1]) and all(
            values.amount(cell.text) is not None for cell in amounts
        ):
            for one, cell in zip(waiting, amounts, strict=True):
                one.values = [cell]


def column_heads(found: Sequence[Entry]) -> list[Cell]:
    """The texts beside labels of money that stand twice in a row: heads of columns like these, and no values."""
    money_labels = [entry for entry in found if entry.label.group == "money"]
    if len(money_labels) < 2:
        return []
    texts = Counter(values.fold(entry.cell.text) for entry in money_labels)
    twice = [entry for entry in money_labels if texts[values.fold(entry.cell.text)] > 1]
    beside = [cell for entry in twice for cell in entry.values]
    if not beside or any(values.amount(c.text) or values.dash(c.text) for c in beside):
        return []
    for entry in twice:
        entry.label, entry.values = MONEY_HEAD, []
    return beside


def money_heads(found: Sequence[Entry]) -> list[Entry]:
    """The labels of money alone on a row, with nothing beside them: the heads of a list."""
    heads = [entry for entry in found if entry.label.group == "money" and not entry.values]
    return heads if len(heads) > 1 and len(heads) == len(found) else []


def heads_costs(cells: Sequence[Cell]) -> Cell | None:
    """The head of the amounts in a row of heads over a list of what the money is spent on; None for another row."""
    amounts = next((cell for cell in cells if labels.bare(cell.text) == AMOUNTS), None)
    if amounts is None or any(map(_has_figure, cells)):
        return None
    others = [cell for cell in cells if cell is not amounts]
    groups = {label.group for cell in others for label in meanings(cell.text)}
    return amounts if len(others) > 1 and groups <= {"money", "column"} else None


def _has_figure(cell: Cell) -> bool:
    return any(map(str.isdigit, cell.text)) or values.dash(cell.text)


def heads_over(upper: Sequence[Entry], last: Sequence[Entry]) -> list[Entry]:
    """The labels over a row of amounts: heads of money above others of money are one row with them.

    What stands below a subtotal is the amount of the head above it.
    """
    if not money_heads(last) or not upper or len(money_heads(upper)) != len(upper):
        return list(last)
    if (turn := _slid(upper, last)) is not None:
        return turn
    parts: list[Entry] = []
    for entry in last:
        left = [head for head in upper if head.cell.column <= entry.cell.column]
        entry.head = max(left, key=lambda head: head.cell.column, default=None)
        if entry.head is not None and values.fold(entry.cell.text) == SUBTOTAL:
            entry.label = MONEY_HEAD
        else:
            parts.append(entry)
    return [*upper, *parts]


def _slid(upper: Sequence[Entry], last: Sequence[Entry]) -> list[Entry] | None:
    """Two rows of heads in turn, the lower one slid below their common head; its subtotal divides 财政拨款."""
    subtotal, *parts = last
    over = next((at for at, one in enumerate(upper) if one.label.name == "fiscal"), None)
    if over is None or values.fold(subtotal.cell.text) != SUBTOTAL:
        return None
    beyond = {one.cell.column for one in upper[over + 1 :]}
    before = upper[0].label == MONEY_HEAD and subtotal.cell.column <= upper[0].cell.column
    if not before and beyond.isdisjoint(one.cell.column for one in parts):
        return None
    subtotal.label = MONEY_HEAD
    for entry in last:
        entry.head = upper[over]
    return [*upper[: over + 1], *parts, *upper[over + 1 :]]


def in_turn(heads: Sequence[Entry], amounts: Sequence[Cell]) -> bool:
    """Give a row of nothing but amounts to the labels over it: as many wait, but a merged cell before them is not written."""
    if len(amounts) < 2 or any(one.values or one.label.group != "money" for one in heads):
        return False
    waiting = [one for one in heads if one.label != MONEY_HEAD]
    if len(waiting) != len(amounts):
        return False
    if {one.cell.column for one in waiting} == {cell.column for cell in amounts}:
        return False  # each stands below its own
    if any(values.amount(cell.text) is None for cell in amounts):
        return False
    for one, cell in zip(waiting, amounts, strict=True):
        one.values.append(cell)
    return True


def _points(found: Iterable[Entry]) -> list[Cell]:
    """What of the points for spending the money, （10分）, ran into the cell of an amount beside them; it is taken out."""
    taken: list[Cell] = []
    for entry in found:
        cell = entry.values[0] if entry.label.group == "money" and entry.values else None
        if cell is None or cell.rest or "分" not in cell.span.text:
            continue
        if match := POINTS.fullmatch(cell.span.text):
            own, points = (cell.span.sub(*match.span(name)) for name in ("own", "points"))
            entry.values[0] = replace(cell, span=own, text=own.text)
            taken.append(replace(cell, span=points, text=points.text))
    return taken


def _changed(found: Iterable[Entry]) -> list[Cell]:
    """What stood before a change beside labels, and the words that say so; it is taken out: 调整前, 120, 调整后, 156."""
    taken: list[Cell] = []
    for entry in found:
        if not CHANGED.isdisjoint(words := [cell.text for cell in entry.values]):
            kept = max(
                (at for at, word in enumerate(words, 1) if word in AFTER), default=len(words)
            )
            taken += entry.values[:kept]
            entry.values = entry.values[kept:]
    return taken


def taken_out(found: Sequence[Entry], lead: list[Cell]) -> list[Cell]:
    """What stands among the values of labels, or before any, and is none of them; it is taken out."""
    word = [lead.pop(0)] if len(lead) > 1 and lead[0].text in AFTER else []
    return [*word, *_points(found), *_changed(found)]


def takes(label: Entry, texts: Sequence[Cell]) -> bool:
    """Whether texts on the next row go on with a label: with a goal, or where it waits for them; a head for amounts.

    A period that has but its first day waits for its last.
    """
    if label.label.name == "period" and label.values:
        begun = [values.period(cell.text) for cell in label.dates()]
        waits = [day for day in begun if day and day.start and not day.end]
        return len(begun) == len(waits) == 1 and any(exact(cell.text) for cell in texts)
    fits = label.label != MONEY_HEAD or any(values.amount(c.text) is not None for c in texts)
    return label.label.group == "goal" or (fits and not label.values)


def below_heads(
    heads: Sequence[tuple[str, Cell]], figures: Sequence[Cell]
) -> Iterator[tuple[str, Cell]]:
    """The figures of a row, each with the name of the head that it stands below.

    A row slid left where a cell merged from above is not written: then each figure is as far from its head.
    """
    columns = {head.column for _, head in heads}
    slid = next((s for s in SLIDES if all(one.column + s in columns for one in figures)), 0)
    for figure in figures:
        at = figure.column + slid
        yield min(heads, key=lambda head: abs(head[1].column - at))[0], figure
