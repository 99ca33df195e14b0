"""The header of torn text: its labels with their values, those of one shape in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..cells import BODY, Item


def matched(items: Sequence[Item], taken: set[int]) -> Iterator[tuple[Item, list[Item]]]:
    """Each label with its values; `taken` gathers the numbers of these."""
    for wanted, kind in (("nature", "nature"), ("period", "period")):
        label = next((i for i in items if i.words[0].name("field") == wanted), None)
        found = [item for item in items if item.kind == kind]
        if label is not None:
            taken.update(item.at for item in found)
            yield label, found[:2]
    money = [
        item for item in items if item.kind == "money" and item.words[0].name("money") != "head"
    ]
    yield from _in_order(money, [item for item in items if item.kind == "amount"], taken)
    goals = [item for item in items if item.words[0].name("goal") not in (None, "done")]
    texts = [item for item in items if item.kind == "goal"]
    if len(goals) > len(texts):
        goals = [item for item in goals if item.words[0].name("goal") != "overall"]
    yield from _in_order(goals, texts, taken)
    yield from _named(items, taken)
    others = [item for item in items if item.kind == "label" and item.words[0].name("other")]
    yield from _in_order(others, [item for item in items if item.kind == "other"], taken)


def _in_order(
    heads: Sequence[Item], cells: Sequence[Item], taken: set[int]
) -> Iterator[tuple[Item, list[Item]]]:
    """Labels and values in order where they are equal in number, else those that stand side by side."""
    pairs = list(zip(heads, cells, strict=False)) if len(heads) == len(cells) else []
    beside = {item.at: item for item in cells}
    for head in heads:
        cell = next((two for one, two in pairs if one is head), None)
        cell = cell or (beside.get(head.at + 1) if not pairs else None)
        if cell is not None:
            taken.add(cell.at)
        yield head, [cell] if cell is not None else []


def _named(items: Sequence[Item], taken: set[int]) -> Iterator[tuple[Item, list[Item]]]:
    """Project, department and unit: offices by the way they end, the project's name by not doing so."""
    texts = [item for item in items if item.kind == "text"]
    heads = {
        name: next((item for item in items if item.words[0].name("field") == name), None)
        for name in ("project_name", "department", "implementer")
    }
    offices = [item for item in texts if BODY.search(item.text)]
    others = [item for item in texts if item not in offices]
    for name, free in (
        ("project_name", others),
        ("department", offices),
        ("implementer", offices),
    ):
        head = heads[name]
        if head is None:
            continue
        left = [item for item in free if item.at not in taken]
        beside = next((i for i in texts if i.at == head.at + 1 and i.at not in taken), None)
        cell = beside or (left[0] if left else None)
        taken.update([cell.at] if cell is not None else [])
        yield head, [cell] if cell is not None else []
