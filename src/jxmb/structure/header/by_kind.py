"""The header of a form whose cells lost their places: each label with the value of its kind that stands nearest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import combinations, permutations, zip_longest

from ... import deferred
from ...deferred import dataclass
from ...forms.lines import is_title, year_of
from ...tables import Cell, Row
from ..cells import ANNEX, BODY, Item
from ..fragments import APART, together
from ..result import Structure
from . import likelihood
from .prices import PLACES, SAID, SIZES, TRIED

YEAR = deferred.regex(r"^(?:19|20)\d\d$")
NAMED = ("project_name", "department", "implementer")
FREE = ("text", "period", "amount", "nature", "goal", "other", "noise")

Told = Iterator[tuple[Item, list[Cell]]]  # labels with the cells of their values


@dataclass(slots=True)
class Kinds:
    """The items of a form, the height of its rows (0 where the page kept none), and those that are told."""

    items: Sequence[Item]
    row: float
    told: set[int] = field(default_factory=set)  # numbers of items

    def fields(self, *names: str) -> list[Item]:
        """The labels of these fields."""
        return [item for item in self.items if item.words[0].name("field") in names]

    def free(self, *kinds: str) -> list[Item]:
        """The items of these kinds that belong to no label yet."""
        return [one for one in self.items if one.kind in kinds and one.at not in self.told]

    def take(self, values: Sequence[Item | None]) -> list[Cell]:
        """The cells of values that belong to a label from now on."""
        found = [value for value in values if value is not None]
        self.told.update(value.at for value in found)
        return [value.cell for value in found]

    def row_of(self, item: Item) -> int:
        """The row that an item stands in, or its number."""
        return int(item.height // self.row) if self.row else item.at

    def away(self, label: Item, value: Item) -> float:
        """The price of the way from a label to its value."""
        if not self.row:
            return float(value.at != label.at + 1)
        return abs(label.height - value.height) / self.row + (value.at < label.at) / 2


def read(found: Structure, items: Sequence[Item], row: float = 0.0) -> None:
    """The header rows of a form; texts that belong to no label are strays.

    `row` is the height of a row of the table; without it the order alone says what stands near.
    """
    kinds = Kinds(items, row)
    for tell in (_nature, _named, _period, _money, _goals, _others):
        for label, cells in tell(kinds):
            kinds.told.add(label.at)
            found.header.append(Row((label.cell, *cells), APART))
    _title(found, kinds)
    found.strays += [item.cell for item in kinds.free(*FREE)]


def _named(kinds: Kinds) -> Told:
    """Project, department and unit: the cheapest way to give the texts to them, those torn in two put together."""
    heads = [one for name in NAMED for one in kinds.fields(name)[:1]]
    free = [item for item in kinds.free("text") if _may_name(item.text)][: TRIED.names]
    texts: list[tuple[Item, ...]] = [(item,) for item in free if len(item.text) >= SIZES.end]
    if heads and heads[0].words[0].name("field") == NAMED[0]:
        texts += [both for both in combinations(free, 2) if _is_torn(*both)]
    best: tuple[float, Sequence[tuple[Item, ...]]] = (float("inf"), ())
    for way in permutations([*texts, *[()] * len(heads)], len(heads)):
        used = [item.at for text in way for item in text]
        if len(set(used)) < len(used):
            continue
        price = PLACES.stray * (len(free) - len(used))
        price += sum(_price(head, text, kinds) for head, text in zip(heads, way, strict=True))
        if price < best[0]:
            best = (price, way)
    for head, text in zip(heads, best[1], strict=True):
        yield head, [together(kinds.take(text))] if text else []


def _is_torn(first: Item, rest: Item) -> bool:
    """Whether a text is the rest of the name of an office that began in its cell or the one above it, behind others."""
    upper, lower = first.words[-1], rest.words[0]
    if upper.block != lower.block and len(rest.text) > SIZES.end:
        return False
    beside = upper.start < lower.end and lower.start < upper.end
    return beside and _is_office(rest) and not _is_office(first)


def _is_office(item: Item) -> bool:
    return BODY.search("".join(item.text.split())) is not None


def _may_name(text: str) -> bool:
    """Whether a text may be the name of a project or an office, or the rest of one."""
    if is_title(text) or year_of(text) or ANNEX.match(text):
        return False
    return len(text) > 1 and text[0] not in "(（" and not any(mark in text for mark in ":：")


def _price(head: Item, text: Sequence[Item], kinds: Kinds) -> float:
    if not text:
        return SAID.lack
    office = _is_office(text[-1])
    project = head.words[0].name("field") == "project_name"
    away = sum(kinds.away(head, item) for item in text) / len(text)
    return away + SAID.more * (len(text) - 1) + PLACES.left * (office is project)


def _nature(kinds: Kinds) -> Told:
    """The kind of a project that everybody knows, or what stands behind its label where others have theirs so too."""
    for head in kinds.fields("nature")[:1]:
        before, behind = (
            kinds.items[at] if 0 <= at < len(kinds.items) else None
            for at in (head.at - 1, head.at + 1)
        )
        own = before is not None and before.kind != "label" and behind in kinds.free("text")
        yield head, kinds.take(kinds.free("nature")[:1] or [behind] * own)


def _period(kinds: Kinds) -> Told:
    """The dates, those that stand in two cells once; start and end may have labels of their own."""
    heads = kinds.fields("period")[:1] or kinds.fields("period_start", "period_end")
    rows = {kinds.row_of(head) for head in heads}
    dates = kinds.free("period") or [
        item for item in kinds.items if YEAR.match(item.text) and kinds.row_of(item) in rows
    ]
    once = list({item.text: item for item in dates}.values()) if len(dates) > 2 else dates
    if len(heads) < 2:
        given = [once]
    elif len(once) == len(heads):
        given = [[item] for item in once]
    else:
        given = []
    for head, pieces in zip(heads, given, strict=False):
        years = all(YEAR.match(item.text) for item in pieces)
        ways = None if years else likelihood.dates([item.text for item in pieces])
        ways = ways or tuple((number,) for number in range(min(2, len(pieces))))
        yield head, [together(kinds.take([pieces[at] for at in way])) for way in ways]


def _money(kinds: Kinds) -> Told:
    """Amounts in order where they are as many as their labels, in the whole header or in a row of it."""
    heads = [i for i in kinds.items if i.kind == "money" and i.words[0].name("money") != "head"]
    return _in_order(heads, kinds.free("amount"), kinds)


def _in_order(heads: Sequence[Item], values: Sequence[Item], kinds: Kinds) -> Told:
    """Labels with values in order where they are as many, in all or in a row.

    Without rows the values of most labels may stand right behind them: then only the others are told by order.
    """
    behind = {} if kinds.row else {value.at - 1: value for value in values}
    near = {head.at: behind[head.at] for head in heads if head.at in behind}
    given = near if 2 * len(near) > len(heads) else {}
    left = [head for head in heads if head.at not in given]
    free = [value for value in values if value.at - 1 not in given]
    rows = {0} if len(left) == len(free) else {kinds.row_of(head) for head in left}
    for row in rows:
        labels = [head for head in left if len(rows) == 1 or kinds.row_of(head) == row]
        cells = [cell for cell in free if len(rows) == 1 or kinds.row_of(cell) == row]
        if len(labels) == len(cells):
            given = given | {head.at: cell for head, cell in zip(labels, cells, strict=True)}
    for head in heads:
        yield head, kinds.take([(given or near).get(head.at)])


def _goals(kinds: Kinds) -> Told:
    heads = [i for i in kinds.items if i.words[0].name("goal") not in (None, "done")]
    texts = kinds.free("goal")
    if len(heads) > 1:
        heads = [item for item in heads if item.words[0].name("goal") != "overall"] or heads
    if len(heads) == 1 and len(texts) > 1:
        yield heads[0], [together(kinds.take(texts))]
    else:
        yield from _in_order(heads, texts, kinds)


def _others(kinds: Kinds) -> Told:
    """The labels that are left, with the text right behind them where it is no other's."""
    free = {item.at for item in kinds.free("other")}
    for item, after in zip_longest(kinds.items, kinds.items[1:]):
        if item.kind in ("label", "money") and item.at not in kinds.told:
            own = after is not None and after.at in free
            yield item, kinds.take([after] if own else [])


def _title(found: Structure, kinds: Kinds) -> None:
    """The title and the year below it that share a cell with others."""
    texts = kinds.free(*FREE)
    title = next((item for item in texts if is_title(item.text)), None)
    year = next((item for item in texts if year_of(item.text)), None)
    if title is None:
        return
    found.title = title.cell
    kinds.take([title])
    if year is not None:
        found.year = year.cell
        kinds.take([year])
