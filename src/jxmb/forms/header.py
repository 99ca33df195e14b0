"""The rows above the indicators: labels and the values that stand beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from itertools import pairwise

from .. import deferred, labels, values
from ..deferred import dataclass
from ..labels import Label, inexact, money
from ..tables import Cell, Row
from . import LIMITS
from .entries import (
    MONEY_HEAD,
    Entry,
    amounts_told,
    below_heads,
    column_heads,
    heads_over,
    money_heads,
    part_amounts,
    points,
)

GROUPS = ("field", "money", "goal", "other", "money_column", "margin")
# The second line of 项目资金（万元）, where a line break in the cell became a row of its own.
UNIT_ALONE = deferred.re(r"^[(（](?:单位[:：]?)?(?:亿元|万元|千元|元)[)）]$")
NAMES = frozenset({"project_name", "department", "implementer"})
WAITING = frozenset({"field", "other"})  # labels with a value beside them
BELOW = frozenset({"field", "money"})  # labels whose values may stand below them


@dataclass(slots=True)
class Header:
    """All entries of a form's header in order, and the text among them that belongs to none."""

    entries: list[Entry] = field(default_factory=list)
    strays: list[Cell] = field(default_factory=list)
    money_columns: list[tuple[str, Cell]] = field(default_factory=list)
    money_heads: list[Entry] = field(default_factory=list)
    goal_heads: list[Entry] = field(default_factory=list)
    rows: int = 0
    above: dict[int, str] = field(default_factory=dict)  # the row before, by column
    last: list[Entry] = field(default_factory=list)  # of the row before
    upper: list[Entry] = field(default_factory=list)  # of the row before that

    def read(self, row: Row, *, repeated: bool = False) -> None:
        """Take in one row; `repeated` where the table prints a merged cell in every column it covers."""
        found = self._read(row, self._cells(row, repeated=repeated))
        self.upper, self.last = self.last, found

    def _read(self, row: Row, cells: Sequence[Cell]) -> list[Entry]:
        """Take in these cells of a row; the entries that they make."""
        self.rows += 1
        if not cells or self._take_money_columns(cells) or self._below_heads(cells):
            self.above = {cell.column: cell.text for cell in row.filled}
            return []
        if self.money_heads and self._in_list(cells):
            return []
        found, lead = _sorted(cells)
        lead += column_heads(found)
        self.strays += points(found)
        self._drop_filled(found, row)
        self._under_heads(found)
        self._place_lead(lead, found)
        self._place_money(found)
        self._heads(found)
        for entry in found:
            entry.row = self.rows
        self.money_heads = money_heads(found)
        self.entries.extend(found)
        return found

    def _cells(self, row: Row, *, repeated: bool) -> Sequence[Cell]:
        """The cells of a row, of those that a merged cell covers one."""
        if not repeated:
            return row.filled
        if len(equal := self._equal_goals(row)) > 1:
            return equal
        heads = self._heads_above()
        figures = {head.column for _, head in self.money_columns}
        return [
            cell
            for at, cell in enumerate(row.filled)
            if not at
            or values.fold(cell.text) != values.fold(row.filled[at - 1].text)
            or (cell.column in heads and _fits(heads[cell.column], cell))
            or (cell.column in figures and values.amount(cell.text) is not None)
        ]

    def _heads_above(self) -> dict[int, Entry]:
        """The labels of money of the row before with nothing beside them, by column."""
        return {
            entry.cell.column: entry
            for entry in self.last
            if entry.label.group == "money" and not entry.values
        }

    def _equal_goals(self, row: Row) -> list[Cell]:
        """The texts below several heads of goals where all are the same."""
        columns = {head.cell.column for head in self.goal_heads}
        texts = [cell for cell in row.filled if cell.column in columns]
        equal = {values.fold(cell.text) for cell in row.filled}
        return texts if len(equal) == 1 else []

    def labelled(self, row: Row) -> bool:
        """Whether a row has a label of the header, with its value beside it or in the same cell."""
        return any(_entry(cell, ()) is not None for cell in row.filled)

    def _take_money_columns(self, cells: Sequence[Cell]) -> bool:
        """A row of money column heads (年初预算数, 全年执行数 …) says what the figures below it are."""
        names = [(labels.meaning(cell.text, "money_column"), cell) for cell in cells]
        heads = [(name, cell) for name, cell in names if name is not None]
        if len(heads) < 2 or not {"budget", "initial", "executed"} & {name for name, _ in heads}:
            return False
        if any(labels.meaning(cell.text, "field") in NAMES for cell in cells):
            return False  # the whole head of the form stands in one row
        self.money_columns = heads
        self.entries.extend(
            Entry(label, cell)
            for name, cell in names
            if name is None
            for label in labels.find(cell.text)[:1]
            if label.group == "money"
        )
        return True

    def _place_lead(self, lead: list[Cell], found: list[Entry]) -> None:
        """Values that stand before any label of their row belong to what the rows above announced."""
        if not lead:
            return
        if self.goal_heads and not found:
            self._give(lead)
            self.goal_heads = []
            return
        last = self.entries[-1] if self.entries else None
        if last is not None and last.label.group == "goal":
            said = values.fold("".join(cell.text for cell in last.values))
            echoes = [cell for cell in lead if values.fold(cell.text) in said]
            self.strays.extend(echoes)
            lead = [cell for cell in lead if cell not in echoes]
        if last is not None and not found and self._is_label(lead, last):
            label, *told = lead
            self.entries.append(Entry(Label("other", label.text), label, told))
            return
        if last is not None and not found and (last.label.group == "goal" or not last.values):
            last.values.extend(lead)
            return
        self.strays.extend(lead)

    def _is_label(self, lead: Sequence[Cell], goal: Entry) -> bool:
        """Whether texts below a goal begin with a label that nobody knows: in the column of the goal's own."""
        known = (
            goal.label.group == "goal" and goal.values and goal.values[0].column > goal.cell.column
        )
        return bool(known) and len(lead) > 1 and lead[0].column <= goal.cell.column

    def _below_heads(self, cells: Sequence[Cell]) -> bool:
        """Give the values of a row to the labels of the row above, where each stands below one.

        Amounts below labels of money; anything below a row of labels with nothing beside them.
        """
        cells = [cell for cell in cells if not cell.carried]
        if self._total(cells):
            return True
        above = heads_over(self.upper, self.last)
        heads = {
            entry.cell.column: entry
            for entry in above
            if entry.label.group in BELOW and not entry.values
        }
        again = {at: entry.cell.text for at, entry in heads.items()}  # filled from above
        cells = [cell for cell in cells if again.get(cell.column) != cell.text]
        if not cells or not all(
            cell.column in heads and _fits(heads[cell.column], cell) for cell in cells
        ):
            return False
        alone = len(cells) > 1 and len(heads) == len(above)
        if not alone and any(values.amount(cell.text) is None for cell in cells):
            return False
        for cell in cells:
            heads[cell.column].values.append(cell)
        return True

    def _total(self, amounts: Sequence[Cell]) -> bool:
        """The figures right below the heads of money columns, with no label beside them: the total."""
        heads = {cell.column: (name, cell) for name, cell in self.money_columns}
        if not amounts or values.amount(amounts[0].text) is None:
            return False
        if any(entry.values for entry in self.entries[-1:]) or not all(
            cell.column in heads for cell in amounts
        ):
            return False
        columns = {heads[cell.column][0]: cell for cell in amounts}
        budget = next((name for name in ("budget", "initial") if name in columns), None)
        if budget is None:
            return False
        label = heads[columns[budget].column][1]
        self.entries.append(Entry(Label("money", "total"), label, [columns[budget]], columns))
        return True

    def _in_list(self, cells: Sequence[Cell]) -> bool:
        """A row of a list whose amounts stand below their heads: one of tasks, or their sum, which is the form's."""
        heads = {entry.cell.column: entry for entry in self.money_heads}
        below = [cell for cell in cells if cell.column in heads]
        lead = [cell for cell in cells if cell.column not in heads]
        if len(below) < 2 or not lead or any(values.amount(cell.text) is None for cell in below):
            return False
        said = [one for cell in lead for one in labels.find(cell.text) or money.find(cell.text)]
        if any(one.name not in ("total", "head") for one in said):
            return False
        if not said:
            self.strays.extend(cells)
            return True
        for cell in below:
            heads[cell.column].values.append(cell)
        self.money_heads = []
        return True

    def _drop_filled(self, found: list[Entry], row: Row) -> None:
        """Text beside money or behind a goal that equals the cell above: the sheet was filled from above."""
        for entry in found:
            if entry.label.group not in ("goal", "money") or not entry.values:
                continue
            first = int(entry.label.group == "goal" and self._is_above(entry.cell))
            entry.values[first:] = [
                cell
                for cell in entry.values[first:]
                if not self._is_above(cell)
                or (entry.label.group == "money" and values.amount(cell.text) is not None)
            ]
        self.above = {cell.column: cell.text for cell in row.filled}

    def _is_above(self, cell: Cell) -> bool:
        """Whether the row before has the same text in the column of a cell."""
        above = self.above.get(cell.column)
        return above is not None and values.fold(above) == values.fold(cell.text)

    def _under_heads(self, found: list[Entry]) -> None:
        """The margin label of the goals, printed again beside their texts: these belong to the heads above."""
        if not self.goal_heads or len(found) != 1 or found[0].label != self.goal_heads[0].label:
            return
        if len(self.goal_heads) > 1 and found[0].values:
            self._give(found.pop().values)

    def _give(self, texts: Sequence[Cell]) -> None:
        """Give texts to the goals that the row above announced: in order, or by their columns where one is blank."""
        below = {head.cell.column: head for head in self.goal_heads}
        if len(texts) == 1 and texts[0].column in below:
            below[texts[0].column].values.append(texts[0])
            return
        heads = self.goal_heads[-len(texts) :]
        for head, cell in zip(heads, texts[-len(heads) :], strict=True):
            head.values.append(cell)

    def _place_money(self, found: list[Entry]) -> None:
        """Under money column heads the figures of a row are told apart by their columns."""
        if not self.money_columns:
            return
        for entry in found:
            if entry.label.group == "money" and len(entry.values) > 1:
                for name, cell in below_heads(self.money_columns, entry.values):
                    entry.columns.setdefault(name, cell)
                first = next(
                    (
                        entry.columns[name]
                        for name in ("budget", "initial")
                        if name in entry.columns
                    ),
                    entry.values[0],
                )
                entry.values = [first]

    def _heads(self, found: list[Entry]) -> None:
        """Goal labels with nothing beside them announce the texts of the next row."""
        heads = [entry for entry in found if entry.label.group == "goal" and not entry.values]
        if heads and len(heads) == len([entry for entry in found if entry.label.group == "goal"]):
            if len(heads) < len(found) and any(entry.values for entry in found):
                return
            self.goal_heads = heads
        elif found:
            self.goal_heads = []


def _fits(head: Entry, cell: Cell) -> bool:
    """Whether a cell may be the value of the label above it."""
    if head.label.group == "money":
        return values.amount(cell.text) is not None
    return _entry(cell, ()) is None


def _sorted(cells: Sequence[Cell]) -> tuple[list[Entry], list[Cell]]:
    """The labels of a row with their values, and the cells before any label."""
    found: list[Entry] = []
    lead: list[Cell] = []
    for cell in cells:
        if told := amounts_told(cell):
            found.extend(told)
            continue
        entry = _entry(cell, found)
        if entry is not None:
            found.append(entry)
        elif found:
            found[-1].values.append(cell)
        else:
            lead.append(cell)
    part_amounts(found)
    return found, lead


def _entry(cell: Cell, before: Sequence[Entry]) -> Entry | None:
    """A cell as a label, or as a label and its value in one cell (`单位：万元`)."""
    if cell.text.startswith(("(", "（")) and UNIT_ALONE.match(cell.text):
        return Entry(MONEY_HEAD, cell)
    meanings, misread = labels.find(cell.text), False
    if not meanings:
        meanings = money.find(cell.text)
    if not meanings:
        meanings, misread = inexact.near(cell.text) or inexact.jumbled(cell.text), True
    label = _choose(meanings, before)
    if (
        label is not None
        and label.group == "money"
        and not labels.find(cell.text)
        and _waits(before)
    ):
        return None
    return Entry(label, cell, misread=misread) if label is not None else _both(cell)


def _waits(before: Sequence[Entry]) -> bool:
    """Whether a field of the row still waits for its value: what looks like a label of money may be it."""
    return bool(before) and before[-1].label.group in WAITING and not before[-1].values


def _choose(meanings: Iterable[Label], before: Sequence[Entry]) -> Label | None:
    found = {label.group: label for label in reversed(tuple(meanings))}
    if "money" in found and before and before[0].label.group == "money":
        return found["money"]
    if "field" in found and found["field"].name in ("unit", "year") and "money" in found:
        return found["money"]
    for group in GROUPS:
        if group in found:
            return found[group]
    return None


def is_pair(cell: Cell) -> bool:
    """Whether a cell holds a label of the header and its value: `填报人：某某`."""
    return _both(cell) is not None


def _both(cell: Cell) -> Entry | None:
    text = cell.span.text
    ends = [at for at in (text.find("："), text.find(":")) if at > 0]
    if not ends:
        return None
    end = min(ends)
    if text[:end].endswith("其中"):
        later = [at for at in (text.find("：", end + 1), text.find(":", end + 1)) if at > 0]
        end = min(later) if later else end
    label = _choose(labels.find(text[:end]) or money.find(text[:end]), ())
    if label is None:
        return None
    head = cell.span.sub(0, end)
    entry = Entry(label, Cell(head, head.text, cell.column))
    value = cell.span.sub(end + 1, len(text)).strip()
    if value.text or cell.rest:
        shown = cell.text.split(text[end], 1)[-1].strip() if cell.rest else value.text
        entry.values.append(Cell(value, shown, cell.column, cell.width, cell.rest))
    return entry


def has_equals(row: Row) -> bool:
    """Whether two neighbours on a row say the same."""
    cells = [values.fold(cell.text) for cell in row.filled]
    return len(set(cells)) < len(cells) and any(one == two for one, two in pairwise(cells))


def repeats(row: Row) -> bool:
    """Whether a row prints a merged cell in every column it covers.

    Two equal values side by side may be real; a label printed twice, or anything three times, is not.
    """
    if len(row.filled) < 2:
        return False
    cells = [values.fold(cell.text) for cell in row.filled]
    if len(set(cells)) == len(cells):
        return False
    pairs = pairwise(cells)
    threes = zip(cells, cells[1:], cells[2:], strict=False)
    return any(
        one == two and (labels.find(one) or len(one) > LIMITS.word) for one, two in pairs
    ) or any(
        one == two == three and any(letter.isalpha() for letter in one)
        for one, two, three in threes
    )
