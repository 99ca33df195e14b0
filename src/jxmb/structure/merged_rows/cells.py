"""The words of fused rows to cells: which lines are one name or value, by how many names and values a row has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from ... import deferred
from ...forms.lines import year_of
from ...forms.shapes import shape
from ...source.widths import columns as width
from ...values import seams
from ..cells import AMOUNT, BODY, Item, is_goal, items_in, table_start, valued
from ..fragments import Fragment
from .limits import LIMITS

RAGGED = 2  # display columns by which a line may be wider than the one above it
DATE = deferred.regex(
    r"^(?=.*[年月日])[\d年月日.\-—–~～至/－]+$|^[—–~～至－-]?(?:19|20)\d\d[./—–~～－-][\d./—–~～至－-]*$|^(?:19|20)\d{6}$|^长期$"
)
HAN = deferred.regex(r"\p{Han}.*\p{Han}")
TURNED = deferred.regex(r"^[%％]\s*[\dsSzZoO]{1,3}[≥≤<>.]?$")  # a percentage read upside down


def items_of(found: Sequence[Fragment], *, joined: bool) -> list[Item]:
    """The cells, each with its kind; where a row does not tell, a full line goes on if `joined`."""
    start = table_start(found)
    kinds = _kinds(found[start:])
    groups = _header_groups(found[:start])
    inside: list[str] = ["" for _ in groups]
    for kind, group in _table_groups(found[start:], kinds, joined=joined):
        groups.append(group)
        inside.append(kind)
    items = items_in(groups, start, found)
    rows = next((at for at, item in enumerate(items) if item.kind in ("level", "target")), 0)
    heads = max((item.words[0].height for item in items if item.kind == "head"), default=0.0)
    known = [
        item
        if item.kind == "goal" and (at < rows or item.words[0].height < heads)
        else _known(item, kind)
        for at, (item, kind) in enumerate(zip(items, inside, strict=True))
    ]
    return _with_values(known)


def _with_values(items: Sequence[Item]) -> list[Item]:
    """The items, bare numbers before units as values: as many as there are units."""
    kinds: dict[int, str] = {}
    rows = [item for item in items if item.kind in ("weight", "target", "unit")]
    for _, group in groupby(rows, lambda item: row_of(item.words[0])):
        run: list[Item] = []
        spare = 0
        for item in group:
            if item.kind == "unit":
                if run and run[-1].kind != "unit":
                    spare = len(run)
                run.append(item)
                if spare:
                    spare -= 1
                    kinds[run[spare].at] = "target"
            else:
                run.append(item)
    return [replace(item, kind=kinds.get(item.at, item.kind)) for item in items]


def _known(item: Item, kind: str) -> Item:
    """An item as its place says: date pieces of the header, names and values by their column."""
    if not kind:
        text = "".join(item.text.split())
        date = item.kind in ("text", "amount", "period") and DATE.match(text)
        if date and not year_of(item.text):
            return replace(item, kind="period")
        return replace(item, kind="text") if item.kind == "period" else item
    if item.kind in ("name", "text", "target", "goal") and kind != "free":
        if kind == "name" and not HAN.search(item.text):
            return replace(item, kind="noise")
        return replace(item, kind=kind)
    return item


def _header_groups(found: Sequence[Fragment]) -> list[list[Fragment]]:
    groups: list[list[Fragment]] = []
    text: list[Fragment] = []  # the last group that is no label
    for word in found:
        more = bool(text) and len(text) < LIMITS.lines
        if more and (_one_goal(text, word) or (text is groups[-1] and _wraps(text, word))):
            text.append(word)
            continue
        groups.append([word])
        text = text if word.meanings else groups[-1]
    return groups


def _one_goal(text: Sequence[Fragment], word: Fragment) -> bool:
    """Whether a line goes on with a goal in whose middle its label stands."""
    if word.meanings or text[0].block != word.block or _is_figure(text[-1].text):
        return False
    whole = "".join(one.text for one in text)
    return is_goal(whole + word.text) and not whole.endswith(("。", "！"))


def _wraps(group: Sequence[Fragment], word: Fragment) -> bool:
    """Whether a line goes on with the value of the line above it in its cell."""
    last = group[-1]
    text = "".join(one.text for one in group)
    if last.meanings or word.meanings or last.block != word.block or word.text == last.text:
        return False
    if any(map(_is_figure, (last.text, word.text))):
        return False
    if BODY.search(word.text) and len(word.text) >= LIMITS.whole:
        return False
    if BODY.search(text) and (len(word.text) > 2 or not BODY.search(text + word.text)):
        return False
    return width(word.text) <= width(last.text) + RAGGED


def _is_figure(text: str) -> bool:
    return bool(DATE.match(text) or AMOUNT.match(text) or year_of(text)) or valued(text)


def _kinds(found: Sequence[Fragment]) -> dict[int, str]:
    """What nearly all words of a column are: names, or values."""
    counts: dict[int, Counter[str]] = {}
    for word in found:
        if not word.meanings:
            counts.setdefault(word.start, Counter())[_kind(word)] += 1
    kinds: dict[int, str] = {}
    for column, count in counts.items():
        kind, number = count.most_common(1)[0]
        if number >= LIMITS.some and number >= LIMITS.pure * count.total():
            kinds[column] = kind
    return kinds


def _kind(word: Fragment) -> str:
    return "target" if valued(word.text) or TURNED.match(word.text) else "name"


def _table_groups(
    found: Sequence[Fragment], kinds: dict[int, str], *, joined: bool
) -> Iterator[tuple[str, list[Fragment]]]:
    """The words put together, with their kinds; labels and the cells of other columns stay as they are."""
    heads = {word.name("column") for word in found if word.meanings}
    sets = 1 + ("target_midterm" in heads)
    of = _places(found, kinds, heads)
    names = [word for word in found if of[id(word)] == "name" and not is_goal(word.text)]
    full = max((width(word.text) for word in names), default=0)
    joins: dict[int, Fragment] = {}
    above: Fragment | None = None
    words = list(found)
    rows = [list(row) for _, row in groupby(range(len(words)), lambda at: row_of(found[at]))]
    for row in rows:
        targets = [words[at] for at in row if of[id(words[at])] == "target"]
        at_names = [at for at in row if of[id(words[at])] == "name"]
        rests = _target_joins(targets, len(at_names))
        joins |= rests
        pieces = [shape(words[at].text) for at in row if of[id(words[at])] == "free"]
        values = -(-(len(targets) - len(rests)) // sets)
        units = sum(look.unit for look in pieces)
        count = max(values, units, int(any(look.number for look in pieces)))
        lines = [words[at] for at in at_names]
        joins |= _name_joins(above, lines, count, full, joined=joined)
        above = lines[-1] if lines else None
    groups: dict[int, list[Fragment]] = {}
    for word in words:
        head = joins.get(id(word))
        groups[id(word)] = groups[id(head)] if head is not None else []
        groups[id(word)].append(word)
    for word in words:
        if id(word) not in joins:
            yield of[id(word)], groups[id(word)]


def row_of(word: Fragment) -> int:
    """The row of the table that a word's cell begins in."""
    return word.block // LIMITS.step


def _places(
    found: Sequence[Fragment], kinds: dict[int, str], heads: set[str | None]
) -> dict[int, str]:
    """What each word is; where a row has no name the shape tells alone."""
    of = {id(word): _place(word, kinds, heads) for word in found}
    for _, group in groupby(found, row_of):
        row = [word for word in group if of[id(word)] != "free"]
        named = any(of[id(word)] == "name" for word in row)
        for word in row:
            if not named or seams.is_signed(word.text):
                of[id(word)] = _kind(word)
    return of


def _place(word: Fragment, kinds: dict[int, str], heads: set[str | None]) -> str:
    """What a word is by its shape and column: name, target, or free, which is neither."""
    if word.meanings:
        return "free"
    look = shape(word.text)
    bare = look.number and not word.text.endswith(("%", "％"))
    other = (
        (look.mark and "mark" in heads)
        or (look.unit and "unit" in heads)
        or (bare and heads & {"mark", "unit", "weight", "score"})
    )
    return "free" if other else kinds.get(word.start) or _kind(word)


def _target_joins(targets: Sequence[Fragment], names: int) -> dict[int, Fragment]:
    """The lines of values that go on with the one before in their cell."""
    joins: dict[int, Fragment] = {}
    for last, word in pairwise(targets):
        if last.block != word.block or valued(word.text) or TURNED.match(word.text):
            continue
        rest = seams.one_value(last.text, word.text)
        more = not valued(last.text) and len(targets) > max(names, 1)
        if rest or more:
            joins[id(word)] = last
    return joins


def _name_joins(
    above: Fragment | None, lines: Sequence[Fragment], count: int, full: int, *, joined: bool
) -> dict[int, Fragment]:
    """The lines of names that go on with the one before, as many as a row has more names than values."""
    chain = [above, *lines] if above is not None else list(lines)
    pairs = [
        (fit, one, two)
        for one, two in pairwise(chain)
        if one.block == two.block and (fit := _fit(one, two, full)) > 0
    ]
    if not count:
        return {id(two): one for _, one, two in pairs if joined}
    spare = max(0, len(lines) - count)
    best = sorted(pairs, key=lambda pair: -pair[0])[:spare]
    return {id(two): one for _, one, two in best}


def _fit(last: Fragment, word: Fragment, full: int) -> int:
    """How well a line goes on with the one before; none goes on that is not full."""
    open_ = seams.ends_open(last.text) or seams.begins_open(word.text)
    sure = 2 * (width(last.text) >= full - LIMITS.some) + 2 * open_
    return sure and sure + (width(word.text) < width(last.text))
