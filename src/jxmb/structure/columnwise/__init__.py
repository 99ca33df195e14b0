"""Columns printed one after another, so that names stand in one run and their values in another.

The cells of each column are still in order. `read` sorts all cells by shape, pairs names with values in order
where their numbers agree, and leaves the rest as strays. A level is given only where its label is clear.
`cells` sorts them, `worded_values` tells values that are words, `header.by_kind` reads the labels above.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from itertools import groupby, islice, pairwise

from ... import labels, values
from ...forms.columns import TARGETS, Column, Columns, halves
from ...forms.levels import Mark, order_is_centred
from ...model.repairs import Kind, Repair
from ..cells import SENSES, Item, items_in, items_of, slacks, table_start
from ..fragments import Fragment, Gap
from ..header import by_kind
from ..result import Rows, Structure, best
from . import covering
from .headed import headed
from .limits import LIMITS, PAIRING
from .worded_values import in_pairs, stepped

ENDS = ("mark", "target_midterm", "target", "unit")  # the columns of a value
COLUMNWISE, IN_PAIRS, IN_STEPS = "columnwise", "columnwise in pairs", "columnwise in steps"


def read(found: Sequence[Fragment], without: Set[str] = frozenset()) -> list[Structure]:
    """The ways to read the form, where its text is torn and names and values can be paired; else none.

    Where words told in pairs make as many names as values, there is one way. Of the rooms that a full line may have
    left the best is taken.
    """
    if COLUMNWISE in without or sum(w.gap < Gap.LINE for w in found) > LIMITS.words * len(found):
        return []  # cells stand side by side on their lines
    told = headed(items_in([[word] for word in found], table_start(found), found))
    ways: list[list[Item]] = []
    for slack in () if told else slacks(found):
        ways.append(items_of(found, slack))
        told = headed(ways[-1]) or (ways[-1] if _is_even(ways[-1]) else [])
        if told:
            break
    if told:
        return _rivals({COLUMNWISE: [told]})
    paired = [] if IN_PAIRS in without else list(islice(filter(_is_even, map(in_pairs, ways)), 1))
    if paired:
        return _rivals({IN_PAIRS: paired})
    return _rivals({COLUMNWISE: ways, IN_STEPS: [] if IN_STEPS in without else map(stepped, ways)})


def _rivals(ways: Mapping[str, Iterable[Sequence[Item]]]) -> list[Structure]:
    """The best of each kind of ways."""
    found = {name: best(map(_read, own)) for name, own in ways.items()}
    return [replace(torn, name=name) for name, torn in found.items() if torn is not None]


def _is_even(items: Sequence[Item]) -> bool:
    """Whether there are as many names as values."""
    return sum(item.kind == "name" for item in items) == len(bundles(items))


def _read(items: Sequence[Item]) -> Structure | None:
    """The form whose cells these are, where they are torn and names and values can be paired."""
    names = [item for item in items if item.kind == "name"]
    targets = bundles(items)
    counts = len(names), len(targets)
    if min(counts) < LIMITS.fewest or max(counts) > PAIRING.most or not _is_torn(items):
        return None
    pairs = _tail(items, names, targets) or aligned(names, targets)
    if len(pairs) < PAIRING.sure * max(counts):  # other words stand among the names
        return None
    torn = Structure()
    sides = _sides(items, names, pairs)
    table(torn, items, names, targets, sides)
    rows = [[(names[number], _text(targets[to])) for number, to in side] for side in sides]
    _levels(torn, items, rows)
    by_kind.read(torn, items)
    return torn


def bundles(items: Sequence[Item]) -> list[list[Item]]:
    """The values: sign, number and unit that have cells of their own, or both targets of a row, together."""
    kinds = ("target_midterm", "mark", "target", "unit")
    midterm, marks, targets, units = ([i for i in items if i.kind == k] for k in kinds)
    if not midterm and {item.words[0].name("column") for item in items} >= TARGETS:
        midterm, targets = [replace(i, kind=kinds[0]) for i in targets[::2]], targets[1::2]
    before = [own for own in (midterm, marks) if own]
    if any(len(own) != len(targets) for own in before):
        return []
    found = [list(own) for own in zip(*before, targets, strict=True)]
    counted = [bundle for bundle in found if values.number(bundle[-1].text) is not None]
    measured = next((own for own in (found, counted) if len(own) == len(units)), [])
    if marks and units and not measured:
        return []
    for bundle, unit in zip(measured, units, strict=False):
        bundle.append(unit)
    return found


def _is_torn(items: Sequence[Item]) -> bool:
    """Whether names and values stand in runs, and heads, header data or level labels away from their places."""
    order = [item.kind for item in items]
    if _many(items):
        return False
    kinds = [kind for kind in order if kind in ("name", "target", "level")]
    runs = [(kind, len(list(run))) for kind, run in groupby(kinds)]
    longest = max((length for kind, length in runs if kind == "target"), default=0)
    alike = sum(length - 1 for kind, length in runs if kind != "level")
    ragged = alike >= LIMITS.ragged and longest >= LIMITS.longest
    first = order.index("name")
    away = {"head", "period", "money"} | {"goal"} - set(order[:first])
    late = sum(1 for kind in order[first:] if kind in away)
    return ragged or late >= LIMITS.late or _piled(items) >= LIMITS.piled or _afloat(items)


def _many(items: Sequence[Item]) -> bool:
    """Whether project data stand in columns before the level columns: a table of many projects."""
    run = 0
    for item, behind in pairwise(items):
        if item.kind == "head":
            return run >= LIMITS.heads and behind.kind == "head"
        run = run + 1 if item.kind in ("label", "money") else 0
    return False


def _afloat(items: Sequence[Item]) -> bool:
    """Whether level labels stand in one long run and not in the order of the tree."""
    levels = [
        len(list(run)) for kind, run in groupby(item.kind for item in items) if kind == "level"
    ]
    words = [item.words[0] for item in items if item.kind == "level"]
    order = [
        ("level2", two) if (two := word.name("level2")) else ("level1", word.name("level1") or "")
        for word in words
    ]
    return max(levels, default=0) >= LIMITS.afloat and order_is_centred(order)


def _piled(items: Sequence[Item]) -> int:
    """How often a level-2 label stands right behind another one, away from its rows."""
    return sum(
        one.words[0].name("level1") is None and two.words[0].name("level1") is None
        for one, two in pairwise(item for item in items if item.kind != "head")
        if one.kind == two.kind == "level"
    )


Pairs = list[tuple[int, int]]


def sense(name: str, target: str) -> float:
    """What the words of a name say of a value, from -1 to 1."""
    for ends, looks in SENSES:
        if ends.search(name):
            return 1.0 if looks.search(target) else -1.0
    return 0.0


def _text(bundle: Sequence[Item]) -> str:
    return "".join(item.text for item in bundle)


def aligned(names: Sequence[Item], targets: Sequence[Sequence[Item]]) -> Pairs:
    """Names and values paired in order, as many as agree best."""

    def worth(one: int, two: int) -> float:
        name, bundle = names[one], targets[two]
        beside = PAIRING.beside if bundle[0].at == name.at + 1 else 0.0
        return 1.0 + beside + sense(name.text, _text(bundle))

    return matched(len(names), len(targets), worth)


def matched(rows: int, wide: int, worth: Callable[[int, int], float]) -> Pairs:
    """The pairs of two sequences that keep their order and are worth most; each one left out costs `PAIRING.skip`."""
    best = [
        [(PAIRING.skip * (at + to), (0, 0)) for to in range(wide + 1)] for at in range(rows + 1)
    ]
    for at in range(1, rows + 1):
        for to in range(1, wide + 1):
            best[at][to] = max(  # pair, leave the name out, leave the value out
                (best[at - 1][to - 1][0] + worth(at - 1, to - 1), (1, 1)),
                (best[at - 1][to][0] + PAIRING.skip, (0, 1)),
                (best[at][to - 1][0] + PAIRING.skip, (1, 0)),
            )
    pairs: Pairs = []
    at, to = rows, wide
    while at and to:
        value, name = best[at][to][1]
        if value and name:
            pairs.append((at - 1, to - 1))
        at, to = at - name, to - value
    return pairs[::-1]


def _tail(
    items: Sequence[Item], names: Sequence[Item], targets: Sequence[Sequence[Item]]
) -> Pairs | None:
    """Rows whose odd cells were printed behind the table: each gap is filled from there in order."""
    end = next((item.at for item in items if item.kind == "goal" and item.at > names[0].at), None)
    late = [to for to, bundle in enumerate(targets) if end is not None and bundle[0].at > end]
    if end is None or len(late) < 2:
        return None
    beside = {item.at: number for number, item in enumerate(names)}
    pairs: Pairs = []
    orphans: list[int] = []
    for to, bundle in enumerate(targets):
        if to in late:
            continue
        number = beside.get(bundle[0].at - 1)
        if number is None:
            orphans.append(to)
        else:
            pairs.append((number, to))
    taken = {number for number, _ in pairs}
    open_rows = [n for n, item in enumerate(names) if n not in taken and item.at < end]
    spare = [n for n, item in enumerate(names) if n not in taken and item.at > end]
    if len(open_rows) != len(late) or (orphans and len(spare) != len(orphans)):
        return None
    pairs += [*zip(open_rows, late, strict=True), *zip(spare, orphans, strict=False)]
    agree = sum(sense(names[one].text, _text(targets[two])) for one, two in pairs)
    return sorted(pairs) if agree >= 0 else None


def _sides(items: Sequence[Item], names: Sequence[Item], pairs: Pairs) -> list[Pairs]:
    """The pairs of each half of the table, middle-term and annual; all together where its heads stand once.

    What both halves have was printed first in the left one.
    """
    if sum(item.words[0].name("column") == "name" for item in items) != 2:
        return [pairs]
    said = [values.fold(names[number].text) for number, _ in pairs]
    counts = Counter(said)
    parts = _turns([text if counts[text] > 1 else None for text in said], 2)
    left, right = (
        [pair for pair, part in zip(pairs, parts, strict=True) if part == side] for side in (0, 1)
    )
    return [left, right] if len(left) == len(right) else [pairs]


def _turns(said: Sequence[Hashable], sides: int) -> list[int]:
    """The half that each of these stands in: equal ones take turns."""
    turn: Counter[Hashable] = Counter()
    found: list[int] = []
    for one in said:
        found.append(turn[one] % sides)
        turn[one] += 1
    return found


def table(
    torn: Structure,
    items: Sequence[Item],
    names: Sequence[Item],
    targets: Sequence[Sequence[Item]],
    sides: Sequence[Pairs],
) -> None:
    """The rows that the pairs make, those of both halves side by side; what is in none of them is a stray."""
    pairs = [pair for side in sides for pair in side]
    kinds = [*dict.fromkeys(item.kind for _, to in pairs for item in targets[to])]
    ends = ["name", *sorted(kinds, key=ENDS.index)]
    weights = [item for item in items if item.kind == "weight"]
    weighed = len(weights) == len(names) == len(targets)
    ends += ["weight"] * weighed
    rows = Rows(_columns(ends, len(sides)))
    for row in zip(*sides, strict=True):
        placed = [(2 + side * (1 + len(ends)), *pair) for side, pair in enumerate(row)]
        cells = {left: names[number].cell for left, number, _ in placed}
        for left, number, to in placed:
            for item in targets[to]:
                cells.setdefault(left + ends.index(item.kind), item.cell)
            if weighed:
                cells[left + ends.index("weight")] = weights[number].cell
            if targets[to][0].at != names[number].at + 1:
                repair = Repair(Kind.PAIRED, targets[to][0].cell.span, names[number].text)
                torn.repairs.append(repair)
        rows.cells.append(dict(sorted(cells.items())))
    used = {number for number, _ in pairs}, {to for _, to in pairs}
    torn.strays += [item.cell for n, item in enumerate(names) if n not in used[0]]
    torn.strays += [item.cell for to, b in enumerate(targets) if to not in used[1] for item in b]
    torn.strays += [item.cell for item in weights if not weighed]
    bundled = [item for bundle in targets for item in bundle]
    torn.strays += [
        item.cell for item in items if item.kind in ("mark", "unit") and item not in bundled
    ]
    rows.unpaired = len(names) + len(targets) - 2 * len(pairs)
    torn.table = rows


def _columns(ends: Sequence[str], sides: int) -> Columns:
    """The columns of the table: level 1, and for each half level 2 and the rest."""
    roles = ("level1", *("level2", *ends) * sides)
    found = [Column(role, at, at + 1, "") for at, role in enumerate(roles)]
    return Columns(tuple(halves(found)), len(roles))


def _levels(
    torn: Structure, items: Sequence[Item], sides: Sequence[Sequence[tuple[Item, str]]]
) -> None:
    """The level labels, each on the first of its rows; `sides` has the names and values of each half of the table."""
    assert torn.table is not None
    found = [item for item in items if item.kind == "level"]
    below = [item for item in found if not _is_first(item.words[0])]
    parts = _turns([item.words[0].name("level2") for item in below], len(sides))
    begun: dict[str, int] = {}  # the first row of the left half under a level 1
    for side, rows in enumerate(sides):
        own = [item for item, part in zip(below, parts, strict=True) if part == side]
        standings = _standings(own, [name for name, _ in rows])
        said = [(name.text, value) for name, value in rows]
        firsts = covering.starts(standings, said)
        torn.table.unsure.update(covering.doubtful(standings, firsts, said))
        torn.table.marks2[side] = [
            Mark(at, item.cell) for at, item in zip(firsts, own, strict=True)
        ]
        for at, item, standing in zip(firsts, own, standings, strict=True):
            if not standing.first or at != standing.height:
                torn.repairs.append(Repair(Kind.CENTRED, item.cell.span, item.text))
            for parent in () if side else labels.PARENTS.get(standing.name, ()):
                begun.setdefault(parent, at)
    for item in found:
        if _is_first(item.words[0]):
            among = sum(1 for name, _ in sides[0] if name.at < item.at) - 0.5
            height = begun.get(item.words[0].name("level1") or "", among)
            torn.table.marks1.append(Mark(height, item.cell))
    torn.table.marks1.sort(key=lambda mark: mark.height)


def _standings(own: Sequence[Item], names: Sequence[Item]) -> list[covering.Standing]:
    """How level-2 labels stand among the names of the rows."""
    order = sorted((*own, *names), key=lambda item: item.at)
    kinds = ["", *(item.kind for item in order), ""]
    found: list[covering.Standing] = []
    rows = 0
    for at, item in enumerate(order, 1):
        if item.kind != "level":
            rows += 1
            continue
        alone = "level" not in (kinds[at - 1], kinds[at + 1])
        name = item.words[0].name("level2") or ""
        found.append(covering.Standing(name, rows, alone, kinds[at + 1] == "name"))
    return found


def _is_first(word: Fragment) -> bool:
    """Whether a level label is one of level 1."""
    return word.name("level2") is None or (
        word.name("level1") is not None and labels.bare(word.text) == "满意度指标"
    )
