"""JX601: each whole of the money block is the sum of its parts. Sums are exact; what cannot be read counts nowhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ... import deferred
from ...deferred import dataclass
from ...findings import Hit, Severity, Words
from ...model import FundingRow, Project, Reading
from ...source import Span
from ...values import Amount, fold
from ..base import Context, rule
from ..glance import unsolved
from .amounts import cells_of, is_blank, label_of, number_of, plain

YUAN = {"元": Decimal(1), "千元": Decimal(1_000), "万元": Decimal(10_000), "亿元": Decimal(10**8)}
SUMS = deferred.re(r"^(?:合计|总计|.*总额)[::]?$")
NUMBERED = deferred.re(r"[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]")
# What the money is spent on: the whole once more, beside the sources that it comes from.
USES = deferred.re(r"(?:基本|项目|事业发展性)支出$")
MOST_ROWS = 20


@dataclass(frozen=True, slots=True)
class Part:
    """One figure of the money block: None where it cannot be read, zero where it is empty."""

    label: str
    parent: str
    role: str
    number: Decimal | None
    at: Span
    blank: bool


@rule(
    Project,
    "JX601",
    Severity.ERROR,
    "S",
    title=("资金合计不符", "Parts do not sum up"),
    zh="“{label}”{total}{unit}与各项之和 {sum}{unit}（{parts}）不一致",
    en="`{label}` is `{total}{unit}`, but its parts sum to `{sum}{unit}` ({parts})",
    why=(
        "财预〔2015〕88号 相应匹配：资金总额等于各项资金来源之和",
        "财预〔2015〕88号 on matching targets: the total is the sum of its sources",
    ),
    remedy=(
        "核对总额和各项金额，更正有误的一项，或补充漏列的资金来源",
        "Check the total and its parts; correct the wrong amount or add the missing source",
    ),
    damaged="half",
    silences=("JX602",),
)
def funds_sum_mismatch(project: Project, ctx: Context) -> Iterator[Hit]:
    """A total, or a part with parts of its own, that its parts do not add up to; column by column."""
    unit = project.funding.unit
    tolerance = ctx.limits.amount_tolerance * YUAN["万元"] / YUAN.get(unit, YUAN["万元"])
    for column in _columns(project.funding.rows):
        for whole, parts in _sums(column):
            if any(one.blank and unsolved(ctx, one.at) for one in (whole, *parts)):
                continue
            if (found := _mismatch(whole, parts, column, tolerance)) is not None:
                yield _unequal(whole, parts, found, unit)


def _unequal(whole: Part, parts: Sequence[Part], found: Decimal, unit: str) -> Hit:
    assert whole.number is not None
    numbers = [plain(part.number or Decimal(0)) for part in parts]
    words = {
        "label": whole.label,
        "total": plain(whole.number),
        "sum": plain(found),
        "parts": Words("＋".join(numbers), " + ".join(numbers)),
        "unit": unit,
    }
    also = tuple(part.at for part in parts)
    value = f"{words['total']} {words['sum']}"
    return Hit(whole.at, words, also=also, where=(whole.label,), value=value)


def _columns(rows: Sequence[FundingRow]) -> Iterator[list[Part]]:
    """The figures of each column of each set of rows, as far as no row lacks its figure."""
    for scope in dict.fromkeys(row.scope for row in rows):
        own = [row for row in rows if row.scope == scope]
        named = [dict(cells_of(row)) for row in own]
        total = next((label_of(row) for row in own if row.role == "total"), "")
        names = [
            name
            for row, cells in zip(own, named, strict=True)
            if row.role == "total"
            for name in cells
        ]
        for name in dict.fromkeys(names):
            cells = [(row, cells.get(name)) for row, cells in zip(own, named, strict=True)]
            yield [_part(row, cell, total) for row, cell in cells if cell is not None or name]


def _part(row: FundingRow, cell: Reading[Amount] | Reading[Decimal] | None, total: str) -> Part:
    label = label_of(row)
    first = row.role == "total" and label == total
    parent = "" if first else (row.parent or "").strip().rstrip("：:") or total
    if cell is None:  # nothing under this head; whether it was blank or lost, nobody can tell
        return Part(label, parent, row.role, None, row.label.at, blank=False)
    blank = is_blank(cell.text)
    at = cell.at if cell.spans else row.label.at
    return Part(label, parent, row.role, Decimal(0) if blank else number_of(cell), at, blank)


def _sums(column: Sequence[Part]) -> Iterator[tuple[Part, list[Part]]]:
    """Each whole with its parts, as the tree has them; none where two rows have the whole's label."""
    names = Counter(part.label for part in column)
    parts: dict[str, list[Part]] = defaultdict(list)
    for one in column:
        if not SUMS.match(fold(one.label)):
            parts[one.parent].append(one)
    for whole in column:
        if names[whole.label] == 1 and (own := parts.get(whole.label)):
            yield whole, [one for one in own if not USES.search(fold(one.label))] or own


def _mismatch(
    whole: Part, parts: Sequence[Part], column: Sequence[Part], tolerance: Decimal
) -> Decimal | None:
    """The sum of the parts where it is not the whole; None where it is, or where nobody can tell."""
    if whole.number is None or whole.blank or all(part.blank for part in parts):
        return None
    numbers = [part.number for part in parts if part.number is not None]
    if len(numbers) < len(parts) or len({part.label for part in parts}) < len(parts):
        return None
    found = sum(numbers, Decimal(0))
    if abs(found - whole.number) <= tolerance or _some_only(whole.number, parts, found):
        return None
    numbered = any(NUMBERED.match(part.label) for part in parts)
    below = [] if numbered else _below(whole, column)
    return (
        None if below and _holds(whole.number, below, tolerance, whole.role == "total") else found
    )


def _some_only(whole: Decimal, parts: Sequence[Part], found: Decimal) -> bool:
    """Whether the parts may be but some of them: a single one, or 其中 before each and less than the whole."""
    if len(parts) < 2:
        return True
    if any(not part.label.startswith("其中") for part in parts):
        return False
    return found < whole and all(part.role == "part" for part in parts)


def _below(whole: Part, column: Sequence[Part]) -> list[Decimal]:
    """The figures of the rows below a whole; empty where one of them cannot be read."""
    rows = column[list(column).index(whole) + 1 :]
    known = [part.number for part in rows if part.number is not None]
    return known if len(known) == len(rows) <= MOST_ROWS else []


def _holds(whole: Decimal, rows: Sequence[Decimal], tolerance: Decimal, every: bool) -> bool:
    """Whether the rows add up to the whole once rows that add up to the row above them are its parts.

    Forms without numbering do not say which rows are parts of parts. `every`: no row may be left over.
    """
    known: dict[tuple[int, Decimal], bool] = {}

    def fits(at: int, rest: Decimal) -> bool:
        if at and abs(rest) <= tolerance and (at == len(rows) or not every):
            return True
        if at == len(rows):
            return False
        if (at, rest) not in known:
            known[at, rest] = any(fits(end, rest - rows[at]) for end in ends(at))
        return known[at, rest]

    def ends(at: int) -> Iterator[int]:
        yield at + 1
        left = rows[at]
        for end in range(at + 1, len(rows)):
            left -= rows[end]
            if abs(left) <= tolerance:
                yield end + 1

    return fits(0, whole)
