"""Torn text: columns printed one after another, so that names stand in one run and their values in another.

The cells of each column are still in order. `read` sorts all cells by shape, pairs names with values in order
where their numbers agree, and leaves the rest as strays. A level is given only where its label is clear.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

import regex

from .. import labels, roles, values
from ..header import is_pair
from ..levels import Mark
from ..repairs import Kind, Repair
from ..roles import Column, Columns
from ..tables import Cell, Row
from ..tables.widths import columns as width
from . import decode
from .glued import NATURES
from .pieces import Gap, together
from .table import Rows
from .words import Word

FEWEST = 4  # names and values, below which there is nothing to pair
RAGGED = 4  # names behind names and values behind values that give torn text away
LATE = 1  # heads and header data among the rows that do so
PILED = 2  # level-2 labels without rows of their own that do so
BESIDES = 0.15  # the share of cells behind others on their line that columns torn apart do not reach
HEADS = 5  # labels before the column heads that make a table of many projects
SLACK = 4  # display columns that a full line may leave
LONG = 44  # display columns from which on a text with commas is a goal
SKIP = -0.6  # the price of a name or value that finds no partner
BESIDE = 1.5  # what it says that a value stands right behind a name
MOST = 400  # names or values: the alignment is quadratic
AGREE = 0.4  # how far the words of names must agree with their values, from -1 to 1
SURE = 0.75  # the share of names that must find a value
LEVELS = 2  # columns of levels before the others
DAY = regex.compile(
    r"^(?:19|20)\d\d\s*(?:[年./—–-]\s*\d{0,2}|\d{4}$).*(?<![前底内后])$|^[—–~～-]$|^\d{8}$"
)
BODY = regex.compile(
    r"(?:局|委|办|办公室|中心|站|队|院|所|科|股|厅|部|处|校|会|公司|单位|政府|集团|馆|社|镇|乡|街道)$"
)
AMOUNT = regex.compile(r"^(?:[\d,]+(?:\.\d+)?\s*(?:万?元)?|[-—/]|无)$")
ANNEX = regex.compile(r"^[（(]?(?:附|附件|附表|表)\s*\d+[）)]?$")
GLUED_LEVEL = regex.compile(
    r"(?:数量|质量|时效|成本|(?:经济|社会|生态)(?:效益|成本)|生态环境成本|可持续影响|效益|产出|"
    r"(?:服务对象)?满意度)指标(?=\p{Han}{3})"
)
SIGNED = regex.compile(r"^[≥≤><=＝》《＞＜]")
# What a name ends in, and what its value then looks like.
SENSES = (
    (regex.compile(r"(?:率|比例|程度|满意度)$"), regex.compile(r"[%％‰]|高|好|满意")),
    (regex.compile(r"(?:成本|费用|单价|标准|支出|造价|价格)$"), regex.compile(r"元|成本|控制")),
    (regex.compile(r"(?:时限|时间|期限|时长)$"), regex.compile(r"[年月日天]|小时|分钟|时|期|前|内")),
    (regex.compile(r"(?:数|数量|人数|次数|面积|里程|长度|个数)$"), regex.compile(r"\d[^%％‰]*$")),
)


@dataclass(frozen=True, slots=True)
class Item:
    """A cell put together from its lines, what kind it is, and which item of the text it is."""

    cell: Cell
    kind: str
    at: int
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The text."""
        return self.cell.text


@dataclass(slots=True)
class Torn:
    """What a torn text gave: header rows, the table, cells that found no place, the pairs that
    only the order told."""

    header: list[Row] = field(default_factory=list)
    table: Rows | None = None
    strays: list[Cell] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)


def read(found: Sequence[Word]) -> Torn | None:
    """The form, where its text is torn and names and values can be paired; else None."""
    items = _items([part for word in found for part in _unglued(word)])
    names = [item for item in items if item.kind == "name"]
    targets = _bundles(items)
    if not FEWEST <= len(names) <= MOST or not FEWEST <= len(targets) <= MOST:
        return None
    if not _is_torn(items):
        return None
    if {"target", "target_midterm"} <= {word.name("column") for word in found}:
        return None
    pairs = _tail(items, names, targets) or _aligned(names, targets)
    said = [_sense(names[one].text, _text(targets[two])) for one, two in pairs]
    if sum(said) < AGREE * sum(1 for one in said if one):
        return None
    if len(pairs) < SURE * max(len(names), len(targets)):
        return None
    torn = Torn()
    _table(torn, items, names, targets, pairs)
    _header(torn, items)
    return torn


def _unglued(word: Word) -> Iterator[Word]:
    """A level label and the name that stands behind it without a blank, apart."""
    glued = GLUED_LEVEL.match(word.text) if not word.meanings and not word.cell.rest else None
    if glued is None or word.cell.span.text != word.text:
        yield word
        return
    span, cut = word.cell.span, glued.end()
    first = Cell(span.sub(0, cut), word.text[:cut], word.cell.column)
    second = Cell(span.sub(cut, len(word.text)), word.text[cut:], word.cell.column + cut)
    yield replace(word, cell=first, meanings=labels.find(first.text))
    yield replace(word, cell=second, gap=Gap.NONE)


def _items(found: Sequence[Word]) -> list[Item]:
    """The words put together to cells, each with its kind."""
    lines = [
        width(word.text)
        for word in found
        if not word.meanings and width(word.text) < LONG and not _valued(word.text)
    ]
    full = max(lines, default=0)
    groups: list[list[Word]] = []
    for word in found:
        if groups and _goes_on(groups[-1], word, full):
            groups[-1].append(word)
        else:
            groups.append([word])
    start = _start(groups)
    roles_found = {word.name("column") for word in found}
    items: list[Item] = []
    for at, group in enumerate(groups):
        cell = together([word.cell for word in group])
        kind = _kind(group, cell.text, items, in_table=at >= start, columns=roles_found)
        items.append(Item(cell, kind, at, tuple(group)))
    return items


def _goes_on(group: Sequence[Word], word: Word, full: int) -> bool:
    """Whether a word is more of the cell before it."""
    last = group[-1]
    if last.meanings or word.meanings or word.gap in (Gap.WIDE, Gap.TAB, Gap.EMPTY):
        return False
    if SIGNED.match(word.text) or roles.shape(word.text).mark or roles.shape(last.text).mark:
        return False
    if word.gap <= Gap.NARROW:
        return True
    text = "".join(one.text for one in group)
    if _is_goal(text):
        return not text.endswith(("。", "！"))
    if _is_period(text) or _is_period(word.text):
        return _is_period(text) and _is_period(text + word.text) and not word.text[:2] == text[:2]
    if decode.OPEN_START.match(word.text) or decode.OPEN_END.search(text):
        return not _valued(word.text) and _line(group) >= min(full // 2, 12)
    if _valued(text) or _valued(word.text):
        rest = _valued(text) and not _valued(word.text)
        return rest and (len(word.text) == 1 or roles.shape(word.text).unit)
    return _line(group) >= full - SLACK or (bool(BODY.search(text + word.text)) and len(word.text) <= 6)


def _line(group: Sequence[Word]) -> int:
    """How wide the last line of a cell is."""
    used = 0
    for word in reversed(group):
        used += width(word.text)
        if word.gap >= Gap.LINE:
            break
    return used


def _valued(text: str) -> bool:
    """Whether a text is a value; a name may begin with a number too (`3 岁以下儿童…率`)."""
    if not values.looks_like_target(text):
        return False
    name = any(ends.search(text) for ends, _ in SENSES)
    return SIGNED.match(text) is not None or not (name and len(text) > 6)


def _is_goal(text: str) -> bool:
    return width(text) >= LONG and any(mark in text for mark in "，；。,")


def _is_period(text: str) -> bool:
    return len(text) <= 30 and bool(DAY.match(text.strip()))


def _start(groups: Sequence[Sequence[Word]]) -> int:
    """The first group of the table: a column head other than the first, or a value with its sign."""
    for at, group in enumerate(groups):
        word = group[0]
        head = word.name("column") not in (None, "level1") and not word.name("field", "money")
        if (head and not word.name("margin")) or SIGNED.match(word.text):
            return at
    return len(groups)


def _kind(
    group: Sequence[Word],
    text: str,
    before: Sequence[Item],
    *,
    in_table: bool,
    columns: set[str | None],
) -> str:
    if group[0].meanings:
        return _label_kind(group[0], before)
    if _is_goal(text) or text.endswith("。"):
        return "goal"
    if text in NATURES:
        return "nature"
    if before and before[-1].kind == "label" and before[-1].words[0].name("other"):
        return "other"
    if _is_period(text):
        return "period"
    if not in_table or (before and before[-1].kind == "money" and AMOUNT.match(text)):
        return "amount" if AMOUNT.match(text) else "text"
    return _table_kind(text, before, columns)


def _label_kind(word: Word, before: Sequence[Item]) -> str:
    """What a label is here; a level's word without 指标 may be an indicator's name below that level."""
    groups = {label.group for label in word.meanings}
    level = word.name("level2") or word.name("level1")
    if level is not None and not groups & {"field", "money", "goal"}:
        last = next((item for item in reversed(before) if item.kind == "level"), None)
        known = last is not None and last.words[0].name("level2") == level
        named = known and not labels.bare(word.text).endswith("指标")
        return "name" if named else "level"
    if "column" in groups and not groups & {"field", "money"}:
        return "head"
    if "money" in groups:
        return "money"
    return "name" if groups <= {"money_column"} else "label"


def _table_kind(text: str, before: Sequence[Item], columns: set[str | None]) -> str:
    look = roles.shape(text)
    last = before[-1].kind if before else ""
    if look.mark:
        return "mark"
    if "unit" in columns and look.unit and last == "target":
        return "unit"
    number = values.number(text) is not None and not text.endswith(("%", "％", "‰"))
    if number and "mark" in columns:
        return "target" if last == "mark" else "weight"
    if number and "weight" in columns and last != "name":
        return "weight"
    if number and "weight" in columns:
        return "weight" if text.isdigit() and len(text) <= 2 else "target"
    if _valued(text):
        return "target"
    if ANNEX.match(text) or "：" in text:
        return "other"
    return "text" if BODY.search(text) else "name"


def _bundles(items: Sequence[Item]) -> list[list[Item]]:
    """The values, each with the sign before it and the unit behind it that have cells of their own."""
    found: list[list[Item]] = []
    for item in items:
        if item.kind == "mark":
            found.append([item])
        elif item.kind == "target":
            opened = found and found[-1][-1].kind == "mark" and found[-1][-1].at == item.at - 1
            if opened:
                found[-1].append(item)
            else:
                found.append([item])
        elif item.kind == "unit" and found and found[-1][-1].at == item.at - 1:
            found[-1].append(item)
    return [bundle for bundle in found if any(item.kind == "target" for item in bundle)]


def _is_torn(items: Sequence[Item]) -> bool:
    """Whether names and values stand in runs, and heads, header data or level labels away from their places."""
    order = [item.kind for item in items]
    if order.count("name") < FEWEST or _in_lines(items) or _many(items):
        return False
    kinds = [kind for kind in order if kind in ("name", "target")]
    runs = [(kind, len(list(run))) for kind, run in groupby(kinds)]
    ragged = sum(length - 1 for _, length in runs)
    first = order.index("name")
    late = sum(1 for kind in order[first:] if kind in ("head", "goal", "period", "money"))
    late += sum(1 for item in items[first:] if item.words[0].name("field") is not None)
    return ragged >= RAGGED or late >= LATE or _piled(items) >= PILED


def _in_lines(items: Sequence[Item]) -> bool:
    """Whether cells stand side by side on their lines."""
    beside = sum(1 for item in items if item.words[0].gap < Gap.LINE)
    return beside > BESIDES * len(items)


def _many(items: Sequence[Item]) -> bool:
    """Whether project data stand in columns before the level columns: a table of many projects."""
    run = 0
    for item in items:
        if item.kind == "head":
            return run >= HEADS
        run = run + 1 if item.kind in ("label", "money") else 0
    return False


def _piled(items: Sequence[Item]) -> int:
    """How often a level-2 label stands right behind another one, away from its rows."""
    return sum(
        one.words[0].name("level1") is None and two.words[0].name("level1") is None
        for one, two in pairwise(item for item in items if item.kind != "head")
        if one.kind == two.kind == "level"
    )


Pairs = list[tuple[int, int]]


def _sense(name: str, target: str) -> float:
    """What the words of a name say of a value, from -1 to 1."""
    for ends, looks in SENSES:
        if ends.search(name):
            return 1.0 if looks.search(target) else -1.0
    return 0.0


def _text(bundle: Sequence[Item]) -> str:
    return "".join(item.text for item in bundle)


def _aligned(names: Sequence[Item], targets: Sequence[Sequence[Item]]) -> Pairs:
    """Names and values paired in order, as many as agree best; those whose neighbours do not agree are left out."""
    rows, wide = len(names), len(targets)
    best = [[(SKIP * (at + to), 0) for to in range(wide + 1)] for at in range(rows + 1)]
    for at in range(1, rows + 1):
        for to in range(1, wide + 1):
            name, bundle = names[at - 1], targets[to - 1]
            beside = BESIDE if bundle[0].at == name.at + 1 else 0.0
            worth = 1.0 + beside + _sense(name.text, _text(bundle))
            best[at][to] = max(  # pair, leave the name out, leave the value out
                (best[at - 1][to - 1][0] + worth, 3),
                (best[at - 1][to][0] + SKIP, 1),
                (best[at][to - 1][0] + SKIP, 2),
            )
    pairs: Pairs = []
    at, to = rows, wide
    while at and to:
        step = best[at][to][1]
        if step == 3:
            pairs.append((at - 1, to - 1))
        at -= step in (1, 3)
        to -= step in (2, 3)
    return _agreeing(list(reversed(pairs)), names, targets)


def _agreeing(pairs: Pairs, names: Sequence[Item], targets: Sequence[Sequence[Item]]) -> Pairs:
    """The pairs of stretches, from one sure pair to the next, in which names and values are equal in number."""
    kept: Pairs = []
    stretch: Pairs = []
    start = (-1, -1)
    for pair in (*pairs, (len(names), len(targets))):
        inside = pair[0] < len(names)
        sure = inside and targets[pair[1]][0].at == names[pair[0]].at + 1
        if inside and not sure:
            stretch.append(pair)
            continue
        if pair[0] - start[0] == pair[1] - start[1]:
            kept.extend(stretch)
        if inside:
            kept.append(pair)
        stretch, start = [], pair
    return _left(kept, len(names), len(targets))


def _left(pairs: Pairs, names: int, targets: int) -> Pairs:
    """Names and values that lost each other are pairs too where they are equal in number."""
    rest = [at for at in range(names) if at not in {one for one, _ in pairs}]
    spare = [at for at in range(targets) if at not in {two for _, two in pairs}]
    if len(rest) != len(spare):
        return pairs
    return sorted([*pairs, *zip(rest, spare, strict=True)])


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
    agree = sum(_sense(names[one].text, _text(targets[two])) for one, two in pairs)
    return sorted(pairs) if agree >= 0 else None


def _table(
    torn: Torn,
    items: Sequence[Item],
    names: Sequence[Item],
    targets: Sequence[Sequence[Item]],
    pairs: Pairs,
) -> None:
    """The rows that the pairs make, with the level labels that stand by them."""
    kinds = [*dict.fromkeys(item.kind for _, to in pairs for item in targets[to])]
    ends = ["name", *sorted(kinds, key=["mark", "target", "unit"].index)]
    weights = [item for item in items if item.kind == "weight"]
    weighed = len(weights) == len(names) == len(targets)
    ends += ["weight"] * weighed
    heads = [item.words[0].name("column") for item in items if item.kind == "head"]
    sides = _sides([names[one].text for one, _ in pairs], heads)
    table = Rows(_columns(ends, two_sided=any(sides)))
    for row, (number, to) in enumerate(pairs):
        left = LEVELS + sides[row] * len(ends)
        cells = {left: names[number].cell}
        for item in targets[to]:
            cells.setdefault(left + ends.index(item.kind), item.cell)
        if weighed:
            cells[left + ends.index("weight")] = weights[row].cell
        table.cells.append(dict(sorted(cells.items())))
        if targets[to][0].at != names[number].at + 1:
            torn.repairs.append(Repair(Kind.PAIRED, targets[to][0].cell.span, names[number].text))
    used = {number for number, _ in pairs}, {to for _, to in pairs}
    torn.strays += [item.cell for n, item in enumerate(names) if n not in used[0]]
    torn.strays += [item.cell for to, b in enumerate(targets) if to not in used[1] for item in b]
    torn.strays += [item.cell for item in weights if not weighed]
    torn.strays += [
        item.cell for item in items if item.kind == "mark" and not _within(item, targets)
    ]
    _levels(table, items, [names[number].at for number, _ in pairs])
    torn.table = table


def _sides(names: Sequence[str], heads: Sequence[str | None]) -> list[int]:
    """For each row its half of the table; each name comes twice in a table of two halves, the left one first."""
    if heads.count("name") + heads.count("target") < 3:
        return [0] * len(names)
    sides: list[int] = []
    for at, name in enumerate(names):
        if name in names[:at]:
            sides.append(1)
        elif name in names[at + 1 :]:
            sides.append(0)
        else:
            alone = bool(at) and names.count(names[at - 1]) == 1
            sides.append(1 - sides[-1] if alone else 0)
    return sides


def _columns(ends: Sequence[str], *, two_sided: bool) -> Columns:
    """The columns of the table: levels, and the rest once for each half."""
    found = [Column(role, at, at + 1, "") for at, role in enumerate(("level1", "level2"))]
    for part in range(1 + two_sided):
        scope = "midterm" if two_sided and not part else "annual"
        for role in ends:
            at = len(found)
            found.append(Column(role, at, at + 1, "", scope=scope, part=part))
    return Columns(tuple(found), len(found))


def _within(item: Item, targets: Sequence[Sequence[Item]]) -> bool:
    return any(item in bundle for bundle in targets)


def _levels(table: Rows, items: Sequence[Item], rows: Sequence[int]) -> None:
    """The level labels at the height of the rows they stand among."""
    for item in items:
        if item.kind != "level":
            continue
        height = sum(1 for at in rows if at < item.at) - 0.5
        word = item.words[0]
        first = word.name("level2") is None or (
            word.name("level1") is not None and labels.bare(word.text) == "满意度指标"
        )
        marks = table.marks1 if first else table.marks2.setdefault(0, [])
        marks.append(Mark(height, item.cell))


def _header(torn: Torn, items: Sequence[Item]) -> None:
    """Labels with their values: those of one shape in order."""
    taken: set[int] = set()
    for label, cells in _matched(items, taken):
        torn.header.append(Row((label.cell, *(cell.cell for cell in cells)), "apart"))
    free = ("goal", "nature", "period", "amount", "text", "other")
    torn.strays += [item.cell for item in items if item.kind in free and item.at not in taken]


def _matched(items: Sequence[Item], taken: set[int]) -> Iterator[tuple[Item, list[Item]]]:
    for wanted, kind in (("nature", "nature"), ("period", "period")):
        label = next((i for i in items if i.words[0].name("field") == wanted), None)
        found = [item for item in items if item.kind == kind]
        if label is not None:
            taken.update(item.at for item in found)
            yield label, found[:2]
    money = [item for item in items if item.kind == "money" and item.words[0].name("money") != "head"]
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
