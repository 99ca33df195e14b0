"""The header of a form whose rows fused: each label with the value of its kind that stands nearest."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations, zip_longest

from ... import lazy
from ...forms.lines import is_title, year_of
from ...tables import Cell, Row
from ..cells import AMOUNT, ANNEX, BODY, Item
from ..fragments import together
from ..header import likelihood
from ..result import Structure

YEAR = lazy.regex(r"^(?:19|20)\d\d$")
ROW = 1000.0  # the height of a row
NAMED = ("project_name", "department", "implementer")
SHORTEST = 3  # code points of the name of an office
MOST = 8  # texts among which the names of project and offices are looked for
LACK = 3.0  # the price of a label without a value
UNLIKE = 2.0  # of a project called like an office, or an office not called so
BEFORE = 0.5  # of a value before its label, or of a short name of a project
SHORT = 8
FREE = ("text", "period", "amount", "nature", "goal", "other", "noise")


def read(found: Structure, items: Sequence[Item]) -> None:
    """The header rows of a form; texts that belong to no label are strays."""
    taken: set[int] = set()
    _named(found, items, taken)
    _nature(found, items, taken)
    _period(found, items, taken)
    _money(found, items, taken)
    _goals(found, items, taken)
    _others(found, items, taken)
    _title(found, items, taken)
    found.strays += [item.cell for item in items if item.kind in FREE and item.at not in taken]


def _title(found: Structure, items: Sequence[Item], taken: set[int]) -> None:
    """The title and the year below it that share a cell with others."""
    texts = [item for item in items if item.kind in FREE and item.at not in taken]
    title = next((item for item in texts if is_title(item.text)), None)
    year = next((item for item in texts if year_of(item.text)), None)
    if title is not None:
        found.title = title.cell
    if title is not None and year is not None:
        found.year = year.cell
    taken.update(item.at for item in (title, year) if item is not None and title is not None)


def _others(found: Structure, items: Sequence[Item], taken: set[int]) -> None:
    """The labels that are left, with the text right behind them where it is no other's."""
    put = {row.cells[0].span.start for row in found.header}
    for item, after in zip_longest(items, items[1:]):
        if item.kind not in ("label", "money") or item.cell.span.start in put:
            continue
        value = after if after is not None and after.kind == "other" else None
        taken.update([value.at] if value is not None else [])
        _put(found, item, [value.cell] if value is not None else [])


def _put(found: Structure, label: Item, cells: Sequence[Cell]) -> None:
    found.header.append(Row((label.cell, *cells), "apart"))


def _fields(items: Sequence[Item], *names: str) -> list[Item]:
    return [item for item in items if item.words[0].name("field") in names]


def _height(item: Item) -> float:
    return sum(word.height for word in item.words) / len(item.words)


def _named(found: Structure, items: Sequence[Item], taken: set[int]) -> None:
    """Project, department and unit: the cheapest way to give the texts to them."""
    heads = [one for name in NAMED for one in _fields(items, name)[:1]]
    texts = [item for item in items if item.kind == "text" and _may_name(item.text)]
    texts = texts[:MOST]
    best: tuple[float, tuple[Item | None, ...]] = (float("inf"), ())
    for way in permutations([*texts, *[None] * len(heads)], len(heads)):
        price = sum(_price(head, text) for head, text in zip(heads, way, strict=True))
        if price < best[0]:
            best = (price, way)
    for head, text in zip(heads, best[1], strict=True):
        _put(found, head, [text.cell] if text is not None else [])
    used = {span.start for text in best[1] if text is not None for span in text.cell.spans}
    for item in items:
        spans = {word.cell.span.start for word in item.words}
        if item.kind == "text" and spans & used:
            taken.add(item.at)
            found.strays += [word.cell for word in item.words if word.cell.span.start not in used]


def _may_name(text: str) -> bool:
    """Whether a text may be the name of a project or an office."""
    if is_title(text) or year_of(text) or ANNEX.match(text):
        return False
    return (
        len(text) >= SHORTEST and text[0] not in "(（" and not any(mark in text for mark in ":：")
    )


def _price(head: Item, text: Item | None) -> float:
    if text is None:
        return LACK
    office = bool(BODY.search(text.text))
    project = head.words[0].name("field") == "project_name"
    price = abs(_height(head) - _height(text)) / ROW + BEFORE * (text.at < head.at)
    return price + UNLIKE * (office is project) + BEFORE * (project and len(text.text) < SHORT)


def _nature(found: Structure, items: Sequence[Item], taken: set[int]) -> None:
    heads = _fields(items, "nature")
    for head in heads[:1]:
        texts = [item for item in items if item.kind == "nature"][:1]
        taken.update(item.at for item in texts)
        _put(found, head, [item.cell for item in texts])


def _period(found: Structure, items: Sequence[Item], taken: set[int]) -> None:
    """The dates, those that stand in two cells once; start and end may have labels of their own."""
    heads = _fields(items, "period")[:1] or _fields(items, "period_start", "period_end")
    dates = [item for item in items if item.kind == "period"] or [
        item
        for head in heads
        for item in items
        if YEAR.match(item.text) and _row(item) == _row(head)
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
        taken.update(pieces[at].at for way in ways for at in way)
        _put(found, head, [together([pieces[at].cell for at in way]) for way in ways])


def _money(found: Structure, items: Sequence[Item], taken: set[int]) -> None:
    """Amounts in order where they are as many as their labels, in the whole header or in a row of it."""
    heads = [i for i in items if i.kind == "money" and i.words[0].name("money") != "head"]
    amounts = [item for item in items if item.kind == "amount" and item.at not in taken]
    if len(amounts) < len(heads):
        amounts = [i for i in items if i in amounts or (i.kind == "other" and AMOUNT.match(i.text))]
    given: dict[int, Item] = {}
    rows = {0} if len(heads) == len(amounts) else {_row(head) for head in heads}
    for row in rows:
        labels = [head for head in heads if len(rows) == 1 or _row(head) == row]
        cells = [cell for cell in amounts if len(rows) == 1 or _row(cell) == row]
        if len(labels) == len(cells):
            given |= {head.at: cell for head, cell in zip(labels, cells, strict=True)}
    for head in heads:
        cell = given.get(head.at)
        taken.update([cell.at] if cell is not None else [])
        _put(found, head, [cell.cell] if cell is not None else [])


def _row(item: Item) -> int:
    return int(_height(item) // ROW)


def _goals(found: Structure, items: Sequence[Item], taken: set[int]) -> None:
    heads = [item for item in items if item.words[0].name("goal") not in (None, "done")]
    texts = [item for item in items if item.kind == "goal"]
    if len(heads) > 1:
        heads = [item for item in heads if item.words[0].name("goal") != "overall"] or heads
    if len(heads) == 1 and texts:
        taken.update(item.at for item in texts)
        _put(found, heads[0], [together([item.cell for item in texts])])
        return
    for number, head in enumerate(heads):
        text = texts[number : number + 1] if len(texts) == len(heads) else []
        taken.update(item.at for item in text)
        _put(found, head, [item.cell for item in text])
