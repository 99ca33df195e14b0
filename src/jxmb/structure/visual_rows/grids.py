"""Where the columns of a sliced table's grids belong: each page may have another grid, the heads stand on one.

The text under the heads tells: the columns of a grid are matched to the heads in order, so that their texts
look like what the heads announce. What hit no column keeps no place: the decoder of the table tells its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import field
from itertools import pairwise

from ... import deferred, labels
from ...deferred import dataclass
from ...forms.columns import FIELD_ROLES, Column
from ...labels import joining
from ...values import looks_like_target
from .. import LEVELS
from ..fragments import Fragment
from ..grid.pages import fits, in_order
from ..table import heads
from ..table.lanes import LEVEL_ROLES
from .limits import LIMITS
from .slices import Slice, settle

BESIDE = (
    LEVEL_ROLES | FIELD_ROLES | {"goal", "total"}
)  # the columns of cells that reach over several rows
PAIR = deferred.regex(r"[：:]\S")  # a line behind the table: 填报人：某某


def assign(found: Sequence[Slice], head_words: Sequence[Fragment]) -> None:
    """Give the heads places in order, and the slices below them the places of these."""
    columns = heads.columns(head_words, placed=True)[0].columns
    starts = {span.start for word in head_words for span in word.cell.spans}
    top = [one for one in found if one.cell.span.start in starts]
    last = max(one.line for one in top)
    body = [one for one in found if one.line > last and one.cell.span.start not in starts]
    texts: dict[int, dict[int, _Stack]] = defaultdict(lambda: defaultdict(_Stack))
    for one in body:
        if not one.free:
            texts[one.grid][one.column].add(one)
    ordered, berths = _ordered(columns, texts, {one.cell.span.start: one for one in top})
    _place_heads(ordered, top)
    for one in body:
        if not one.free:
            settle(one, berths[one.grid, one.column])
    _on_one_line([column.role for column in ordered], body)


def _place_heads(columns: Sequence[Column], top: Sequence[Slice]) -> None:
    number = {
        span.start: at
        for at, column in enumerate(columns)
        if column.label is not None
        for span in column.label.spans
    }
    for one in top:
        if one.cell.span.start in number:
            settle(one, number[one.cell.span.start])


@dataclass(slots=True)
class _Stack:
    """What stands in one column of a grid."""

    lines: set[int] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    fits: dict[str, float] = field(default_factory=dict)

    def add(self, one: Slice) -> None:
        self.lines.add(one.line)
        if len(self.texts) < LIMITS.many:
            self.texts.append(one.text)

    def fit(self, role: str) -> float:
        """How well its texts do in a role."""
        if role not in self.fits:
            self.fits[role] = sum(fits(text, role) for text in self.texts)
        return self.fits[role]


Texts = Mapping[int, Mapping[int, _Stack]]


def _ordered(
    columns: Sequence[Column], texts: Texts, top: Mapping[int, Slice]
) -> tuple[list[Column], dict[tuple[int, int], int]]:
    """The heads in order, those of bare lines where the texts want them, and what each grid column stands for."""
    order = [
        at
        for at, column in enumerate(columns)
        if column.label and (own := top.get(column.label.span.start)) and own.column >= 0
    ]
    for at in sorted({*range(len(columns))} - {*order}):
        options = [[*order[:to], at, *order[to:]] for to in range(len(order) + 1)]
        order = max(options, key=lambda option: _grids(columns, option, texts)[0])
    return [columns[at] for at in order], _grids(columns, order, texts)[1]


def _grids(
    columns: Sequence[Column], order: Sequence[int], texts: Texts
) -> tuple[float, dict[tuple[int, int], int]]:
    """The head that each column of each grid stands for, and how well that does."""
    found: dict[tuple[int, int], int] = {}
    total = 0.0
    roles = [columns[at].role for at in order]
    for grid, by_column in texts.items():
        worth, path = _match(roles, by_column)
        total += worth
        found.update(
            ((grid, column), head) for column, head in zip(sorted(by_column), path, strict=True)
        )
    return total, found


def _match(roles: Sequence[str], texts: Mapping[int, _Stack]) -> tuple[float, Sequence[int]]:
    """The heads of a grid's columns in order, so that the texts fit best."""
    stacks = [texts[column] for column in sorted(texts)]
    worths = [
        [
            stack.fit(role) + LIMITS.right * len(stack.lines) * head
            for head, role in enumerate(roles)
        ]
        for stack in stacks
    ]
    shared = (len(one.lines & two.lines) for one, two in pairwise(stacks))
    return in_order(worths, [0.0, *(LIMITS.clash * lines for lines in shared)])


def _on_one_line(roles: Sequence[str], body: Sequence[Slice]) -> None:
    """Put names on the lines of their targets, where these stand right above or below, and no other on the other side.

    Tools round the heights of words; so the cells of one line may come as two.
    """
    role_of = {id(one): role for one in body if (role := _role(one, roles))}
    on: dict[int, set[str]] = {}
    for one in body:
        if id(one) in role_of:
            on.setdefault(one.line, set()).add(role_of[id(one)])
    moved: dict[int, int] = {}
    for line in sorted(on):
        beside = (other for other in (line - 1, line + 1) if other in on and other not in moved)
        partners = [other for other in beside if _completes(on[line], on[other])]
        if len(partners) == 1 and partners[0] not in moved.values():
            moved[line] = partners[0]
    joined = {*moved, *moved.values()}
    for one in body:
        role = role_of.get(id(one), "")
        if one.free and one.line in joined and role in roles:
            settle(one, roles.index(role))
        if one.line in moved and labels.meaning(one.text, *LEVELS) is None:
            one.line = moved[one.line]
            one.height = float(one.line)


def _role(one: Slice, roles: Sequence[str]) -> str:
    """What a slice is in a row, by its column or, without one, by its looks; nothing for what stands beside rows."""
    text = one.text
    if joining.in_margin(text) or joining.ends_level(text):
        return ""
    if labels.meaning(text, *LEVELS) and labels.in_full(text):
        return ""
    if one.free:
        return "" if PAIR.search(text) else "target" if looks_like_target(text) else "name"
    role = roles[one.place // LIMITS.step]
    return "" if role in BESIDE else role


def _completes(own: set[str], others: set[str]) -> bool:
    """Whether one line has a name, and the other one its target."""
    return "name" in own and "target" in others and own.isdisjoint(others)
