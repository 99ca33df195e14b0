"""JX6: money and time. Sums are exact; what cannot be read is JX606 and counts nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from .. import policies, values
from ..findings import Hit, Severity
from ..model import FundingRow, Indicator, Project, Reading
from ..source import Span
from ..values import Amount, fold
from .base import Context, rule

YUAN = {"元": Decimal(1), "千元": Decimal(1_000), "万元": Decimal(10_000), "亿元": Decimal(10**8)}
FIGURES = ("amount", "initial", "executed")  # the columns of money that must add up, each by itself
MONEY = regex.compile(r"(?P<figure>\d[\d,]*(?:\.\d+)?(?:亿|千万|百万|万|千)?元)(?![/每])")
SPENDING = regex.compile(r"(?:资金|经费|预算)(?:使用|支出|拨付|支付|执行)(?:总?金额|总?额|数额?)$")
CLOSE = Decimal("0.005")  # a part in two hundred: rounding, not another amount


@dataclass(frozen=True, slots=True)
class Part:
    """One figure of the money block: None where it cannot be read, nought where it is blank."""

    label: str
    parent: str
    number: Decimal | None
    at: Span
    blank: bool


@rule(
    Project,
    "JX601",
    Severity.ERROR,
    "S",
    zh="“{label}”{total} 不等于各项之和 {sum}（{parts}），相差 {difference} {unit}",
    en="{label} {total} is not the sum of its parts {sum} ({parts}): {difference} {unit} apart",
    why=(
        "资金总额等于各项资金来源之和，对不上的表会被退回（财预〔2015〕88号 相应匹配要求）",
        "the total is the sum of its sources; a form that does not add up is sent back (财预〔2015〕88号)",
    ),
    remedy=(
        "核对总额和各项金额，改正写错的一项，或补上漏列的资金来源",
        "check the total and its parts; correct the wrong figure or add the source that was left out",
    ),
)
def funds_sum_mismatch(project: Project, ctx: Context) -> Iterator[Hit]:
    """A total, or a part with parts of its own, that its parts do not add up to; column by column."""
    unit = project.funding.unit
    tolerance = ctx.limits.amount_tolerance * YUAN["万元"] / YUAN.get(unit, YUAN["万元"])
    for scope in dict.fromkeys(row.scope for row in project.funding.rows):
        rows = [row for row in project.funding.rows if row.scope == scope]
        for figure in FIGURES:
            for whole, parts in _sums(_parts(rows, figure)):
                if (found := _mismatch(whole, parts, tolerance)) is not None:
                    yield _unequal(whole, parts, found, unit)


def _unequal(whole: Part, parts: Sequence[Part], found: Decimal, unit: str) -> Hit:
    assert whole.number is not None
    words = {
        "label": whole.label,
        "total": _plain(whole.number),
        "sum": _plain(found),
        "parts": "+".join(_plain(part.number or Decimal(0)) for part in parts),
        "difference": _plain(abs(whole.number - found)),
        "unit": unit,
    }
    also = tuple(part.at for part in parts)
    return Hit(
        whole.at, words, also=also, where=(whole.label,), value=f"{words['total']} {words['sum']}"
    )


def _plain(number: Decimal) -> str:
    """A number without exponent or trailing noughts."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _parts(rows: Sequence[FundingRow], figure: str) -> list[Part]:
    """The figures of one column, the total first where there is one."""
    total = next((fold(row.label.text) for row in rows if row.role == "total"), "")
    found: list[Part] = []
    for row in rows:
        reading = _reading(row, figure)
        if reading is None:
            continue
        label = fold(row.label.text)
        parent = "" if row.role == "total" and label == total else fold(row.parent or "") or total
        value = reading.value
        number = value.number if isinstance(value, Amount) else value
        blank = not reading.text.strip() or not regex.search(r"[^\s\-—–/]", reading.text)
        found.append(
            Part(label, parent, Decimal(0) if blank else number, _span(reading, row), blank)
        )
    return found


def _reading(row: FundingRow, figure: str) -> Reading[Amount] | Reading[Decimal] | None:
    return row.amount if figure == "amount" else row.columns.get(figure)


def _span(reading: Reading[Amount] | Reading[Decimal], row: FundingRow) -> Span:
    return reading.at if reading.spans else row.label.at


def _sums(parts: Sequence[Part]) -> Iterator[tuple[Part, list[Part]]]:
    """Each whole with its parts, as the tree has them; none where one label stands twice in a column.

    Then two sides of the block were read as one, and no sum means anything.
    """
    if len({part.label for part in parts}) < len(parts):
        return
    for whole in parts:
        own = [part for part in parts if part.parent == whole.label and part is not whole]
        if own:
            yield whole, own


def _mismatch(whole: Part, parts: Sequence[Part], tolerance: Decimal) -> Decimal | None:
    """The sum of the parts where it is not the whole; None where it is, or where nobody can tell."""
    if whole.number is None or whole.blank or all(part.blank for part in parts):
        return None
    if whole.parent and not whole.number:  # nought above its parts: they belong to another row
        return None
    if len(parts) > 1 and all(part.number == whole.number for part in parts):
        return None  # one merged cell, repeated by the tool that wrote the text
    if len(parts) < 2 and parts[0].label.startswith("其中"):
        return None
    numbers = [part.number for part in parts]
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers):
        return None
    found = sum(known, Decimal(0))
    if abs(found - whole.number) <= tolerance or _nested(whole.number, parts, known, tolerance):
        return None
    return found


def _nested(
    whole: Decimal, parts: Sequence[Part], numbers: Sequence[Decimal], tolerance: Decimal
) -> bool:
    """Whether the sum holds once each run of 其中 rows is taken as parts of the row above it."""
    top = Decimal(0)
    at = 0
    while at < len(numbers):
        top += numbers[at]
        end = _children_end(at, parts, numbers, tolerance)
        at = end
    return abs(top - whole) <= tolerance


def _children_end(
    at: int, parts: Sequence[Part], numbers: Sequence[Decimal], tolerance: Decimal
) -> int:
    """Where the rows end that add up to row `at` and begin with 其中 below it."""
    rest = numbers[at]
    for end in range(at + 1, len(numbers)):
        if end == at + 1 and not parts[end].label.startswith("其中"):
            break
        rest -= numbers[end]
        if abs(rest) <= tolerance:
            return end + 1
    return at + 1


@rule(
    Indicator,
    "JX611",
    Severity.ERROR,
    "S",
    zh="指标中的 {stated} 与项目预算 {budget} {unit} 不一致",
    en="this indicator speaks of {stated}, but the budget is {budget} {unit}",
    why=(
        "绩效目标要与资金量相匹配（财预〔2015〕88号 相应匹配要求）：同一笔资金两处写法不同，审核时必然退回",
        "targets must match the money (财预〔2015〕88号): two figures for the same money are sent back",
    ),
    remedy=(
        "核对后改成同一金额；资金使用进度宜写作时效指标，如“预算执行完成时间 2022年12月31日前”",
        "check and write one amount; how fast money is used belongs under 时效指标, such as a date by which it is spent",
    ),
)
def amount_conflicts_budget(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """An indicator about using up the money, with another amount than any in the money block."""
    stated = _stated(indicator)
    total = ctx.project.funding.total.value
    unit = ctx.project.funding.unit
    if stated is None or total is None or total.number <= 0 or indicator.scope != "annual":
        return
    reading, start, end, figure = stated
    said = values.amount(figure, unit)
    if said is None or any(_close(said.number, known) for known in _known(ctx.project)):
        return
    if not _contradicts(indicator, said.number, total.number):
        return
    at = reading.part(start, end) or reading.at
    words = {"stated": figure, "budget": _plain(total.number), "unit": unit}
    yield Hit(at, words, also=(ctx.project.funding.total.at,), value=figure)


def _stated(one: Indicator) -> tuple[Reading[str], int, int, str] | None:
    """The amount that an indicator about spending states, with its place; None where it is no such indicator."""
    both = fold(one.name.text + one.target.text)
    name = fold(one.name.text)
    spent = any(word in both for word in policies.words("spent_words")) or SPENDING.search(name)
    if not spent or any(word in both for word in policies.words("partial_words")):
        return None
    target: Reading[str] = Reading(one.target.text, None, one.target.spans)
    found = [
        (reading, *match.span("figure"), match["figure"])
        for reading in (one.name, target)
        for match in MONEY.finditer(reading.text)
    ]
    return found[0] if len(found) == 1 else None


def _known(project: Project) -> Iterator[Decimal]:
    """Every amount of the money block."""
    for row in project.funding.rows:
        if row.amount.value is not None:
            yield row.amount.value.number


def _close(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= abs(other) * CLOSE


def _contradicts(one: Indicator, said: Decimal, total: Decimal) -> bool:
    """A lower bound below the budget, and a cap above it, hold."""
    target = one.target.value
    sign = target.sign if target is not None else None
    if sign in ("≥", ">"):
        return said > total
    return sign not in ("≤", "<") or said < total
