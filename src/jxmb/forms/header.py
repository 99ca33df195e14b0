"""The rows above the indicators: labels and the values that stand beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from itertools import pairwise

from .. import labels, values
from ..deferred import dataclass
from ..labels import Label, money
from ..labels.joining import meanings
from ..tables import Cell, Row
from . import LIMITS, one_record
from .beside import is_unit, labelled, sorted_cells
from .entries import (
    AMOUNTS,
    MONEY_HEAD,
    OWN,
    Entry,
    below_heads,
    column_heads,
    heads_costs,
    heads_over,
    in_turn,
    money_heads,
    taken_out,
    takes,
)

BELOW = frozenset({"field", "money"})  # labels whose values may stand below them


@dataclass(slots=True)
class Header:
    """All entries of a form's header in order, and the text among them that belongs to none."""

    entries: list[Entry] = field(default_factory=list)
    strays: list[Cell] = field(default_factory=list)
    money_columns: list[tuple[str, Cell]] = field(default_factory=list)
    money_heads: list[Entry] = field(default_factory=list)
    goal_heads: list[Entry] = field(default_factory=list)
    costs: list[Cell] = field(default_factory=list)  # heads of the list of costs that goes on
    rows: int = 0
    above: dict[int, str] = field(default_factory=dict)  # the row before, by column
    last: list[Entry] = field(default_factory=list)  # of the row before
    upper: list[Entry] = field(default_factory=list)  # of the row before that

    def read(self, row: Row, *, repeated: bool = False) -> None:
        """Take in one row; `repeated` where the table prints a merged cell in every column it covers."""
        found = self._read(row, self._cells(row, repeated=repeated))
        if not is_unit(row):
            self.upper, self.last = self.last, found

    def _read(self, row: Row, cells: Sequence[Cell]) -> list[Entry]:
        """Take in these cells of a row; the entries that they make."""
        self.rows += 1
        if not cells or self._takes_heads(cells) or self._below_heads(cells):
            self.above = {cell.column: cell.text for cell in row.filled}
            return []
        if self.money_heads and self._in_list(cells):
            return []
        if self._in_costs(cells):
            return []
        found, lead = self._sorted(cells)
        lead += column_heads(found)
        self.strays += taken_out(found, lead)
        found = [one for one in found if not self._waits_above(one)]
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

    @staticmethod
    def _sorted(cells: Sequence[Cell]) -> tuple[list[Entry], list[Cell]]:
        """The labels of a row with their values, and the cells before any label."""
        if not one_record.is_record(cells):
            return sorted_cells(cells)
        heads = one_record.money_columns(cells)
        told = [cell for _, cell in heads]
        found, lead = sorted_cells([cell for cell in cells if cell not in told])
        one_record.give_in_turn(found, heads)
        return found, lead

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

    def _waits_above(self, entry: Entry) -> bool:
        """Whether a label of money reaches down from the row above, where it waits for its amount."""
        head = self._heads_above().get(entry.cell.column) if entry.cell.carried else None
        return head is not None and head.label == entry.label and not entry.values

    def _equal_goals(self, row: Row) -> list[Cell]:
        """The texts below several heads of goals where all are the same."""
        heads = {head.cell.column: head.cell.text for head in self.goal_heads}
        own = [cell for cell in row.filled if cell.text != heads.get(cell.column)]
        margin = min((cell.column for cell in own if cell.column in heads), default=0)
        own = [cell for cell in own if cell.column >= margin]
        equal = {values.fold(cell.text) for cell in own}
        return [cell for cell in own if cell.column in heads] if len(equal) == 1 else []

    def labelled(self, row: Row) -> bool:
        """Whether a row has a label of the header, with its value beside it or in the same cell."""
        return any(labelled(cell, ()) is not None for cell in row.filled)

    def _takes_heads(self, cells: Sequence[Cell]) -> bool:
        """Whether a row heads columns of money: what their figures are, or of which time."""
        return self._take_money_columns(cells) or self._take_terms(cells)

    def _take_money_columns(self, cells: Sequence[Cell]) -> bool:
        """A row of money column heads (年初预算数, 全年执行数 …) says what the figures below it are."""
        names = [(labels.meaning(cell.text, "money_column"), cell) for cell in cells]
        heads = [(name, cell) for name, cell in names if name is not None]
        if len(heads) < 2 or not {"budget", "initial", "executed"} & {name for name, _ in heads}:
            return False
        if one_record.names(cells):
            return False
        self._open_money(names)
        return True

    def _take_terms(self, cells: Sequence[Cell]) -> bool:
        """A row that says of which time the figures below it are (合计, 2025年, 2026年) heads columns of money."""
        terms = [money.term(cell.text) for cell in cells]
        if len({*terms} - {None}) < 2:
            return False
        names = list(zip(terms, cells, strict=True))
        others = [cell.text for name, cell in names if name is None]
        if not all(map(meanings, others)):
            return False
        if all(_is_money(cell) for name, cell in names if name is not None):
            return False  # labels of amounts that stand below them
        inside = any(labels.meaning(text, "money") or money.find(text) for text in others)
        if not inside and not (self.entries and self.entries[-1].label == MONEY_HEAD):
            return False
        self._open_money(names)
        return True

    def _open_money(self, names: Sequence[tuple[str | None, Cell]]) -> None:
        """Begin the columns of money under these heads; other labels of money beside them are entries."""
        self.money_columns = [(name, cell) for name, cell in names if name is not None]
        self.entries.extend(
            Entry(label, cell)
            for name, cell in names
            if name is None
            for label in labels.find(cell.text)[:1]
            if label.group == "money"
        )

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
        if last is not None and not found and takes(last, lead):
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
        if in_turn(above, cells):
            return True
        heads = {
            entry.cell.column: entry
            for entry in above
            if entry.label.group in BELOW and not entry.values
        }
        word = [cell for cell in cells[:1] if labels.bare(cell.text) == AMOUNTS]  # before them
        cells = cells[len(word) :] if heads else []
        again = {at: entry.cell.text for at, entry in heads.items()}  # filled from above
        cells = [cell for cell in cells if again.get(cell.column) != cell.text]
        if _leave_out(list(heads.values()), cells):
            heads = dict(zip([cell.column for cell in cells], [*heads.values()][1:], strict=True))
        if not cells or not all(
            cell.column in heads and _fits(heads[cell.column], cell) for cell in cells
        ):
            return False
        alone = len(cells) > 1 and len(heads) == len(above) and not word
        if not alone and any(values.amount(cell.text) is None for cell in cells):
            return False
        for cell in cells:
            heads[cell.column].values.append(cell)
        self.entries.extend(Entry(MONEY_HEAD, cell) for cell in word)
        return True

    def _total(self, amounts: Sequence[Cell]) -> bool:
        """The figures right below the heads of money columns, with no label beside them: the total."""
        heads = {cell.column: (name, cell) for name, cell in self.money_columns}
        if not heads or not amounts or values.amount(amounts[0].text) is None:
            return False
        if any(entry.values for entry in self.entries[-1:]) or not all(
            cell.column in heads for cell in amounts
        ):
            return False
        columns = {heads[cell.column][0]: cell for cell in amounts}
        budget = next((name for name in OWN if name in columns), None)
        if budget is None:
            return False
        label = heads[columns[budget].column][1]
        self.entries.append(Entry(Label("money", "total"), label, [columns[budget]], columns))
        return True

    def _in_list(self, cells: Sequence[Cell]) -> bool:
        """A row of a list whose amounts stand below their heads: one of tasks, or their sum, which is the form's."""
        heads = {entry.cell.column: entry for entry in self.money_heads}
        below = [cell for cell in cells if cell.column in heads]
        if len(below) < len(heads) < len(cells):
            heads = {
                cell.column: one
                for cell, one in zip(cells[-len(heads) :], self.money_heads, strict=True)
            }
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

    def _in_costs(self, cells: Sequence[Cell]) -> bool:
        """A row of a list of what the money is spent on, its heads among them; its sum is the form's."""
        if (amounts := heads_costs(cells)) is not None:
            head = [cell for cell in cells[:1] if money.find(cell.text)]
            self.costs = [*head, amounts]
            self.entries.extend(Entry(MONEY_HEAD, cell) for cell in self.costs)
            self.strays += [cell for cell in cells if cell not in self.costs]
            return True
        if not self.costs:
            return False
        sides = {values.fold(cell.text) for cell in self.costs[:-1]}
        own = [cell for cell in cells if values.fold(cell.text) not in sides]
        if any(meanings(cell.text) for cell in own):
            self.costs = []
            return False
        self.strays += own
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
                entry.take(below_heads(self.money_columns, entry.values))

    def _heads(self, found: list[Entry]) -> None:
        """Goal labels with nothing beside them announce the texts of the next row."""
        heads = [entry for entry in found if entry.label.group == "goal" and not entry.values]
        if heads and len(heads) == len([entry for entry in found if entry.label.group == "goal"]):
            if len(heads) < len(found) and any(entry.values for entry in found):
                return
            self.goal_heads = heads
        elif found:
            self.goal_heads = []


def _is_money(cell: Cell) -> bool:
    return any(label.group == "money" for label in meanings(cell.text))


def _fits(head: Entry, cell: Cell) -> bool:
    """Whether a cell may be the value of the label above it."""
    if head.label.group == "money":
        return values.amount(cell.text) is not None
    return labelled(cell, ()) is None


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


def _leave_out(heads: Sequence[Entry], cells: Sequence[Cell]) -> bool:
    """Whether values below heads leave out the cell below the first of them, which says what all are about and reaches down."""
    whole = bool(cells) and len(cells) + 1 == len(heads) and cells[0].column == heads[0].cell.column
    names = [entry.label.name for entry in heads[:2] if entry.label.group == "money"]
    return whole and len(names) == 2 and len(set(names)) == 1
