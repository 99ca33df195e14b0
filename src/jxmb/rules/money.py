"""JX60: the money block. Sums are exact; what cannot be read is JX606 and counts nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from .. import labels, values
from ..findings import Edit, Hit, Safety, Severity
from ..model import FundingRow, Project, Reading
from ..source import Span
from ..values import Amount, fold
from .base import Context, place, rule, swap

YUAN = {"元": Decimal(1), "千元": Decimal(1_000), "万元": Decimal(10_000), "亿元": Decimal(10**8)}
FIGURES = ("initial", "budget", "executed")  # money columns; each must add up by itself
NOTHING = regex.compile(
    r"[(（]?(?:[亿万千百]?元)?[)）]?|[….]+"
)  # with the unit printed in the cell
UNIT = r"(?:亿|千万|百万|万|千|百)?[元圆]整?|[亿万]"
CELL = regex.compile(
    rf"\s*(?:人民币|[¥￥])?\s*(?P<number>\d(?:[\d,，.．' ]*\d)?)\s*"
    rf"(?P<extra>(?:{UNIT})(?:人民币)?|[(（](?:{UNIT})[)）]|[(（\[【].*)\s*",
    regex.DOTALL,
)
THOUSANDS = regex.compile(
    r"(?<![\d.])\d{1,3}(?P<mark>[,，' ])\d{3}(?:(?P<mark>[,，' ])\d{3})*(?!\d)"
)
# Words in the place of a figure, a figure made unclear by words, and what is but a label gone astray.
WORDS = regex.compile(r"[见待按据未暂附另核批]|若干|全额|不[定详]|[?*×]|[A-Za-z]{2}")
UNCLEAR = regex.compile(
    r"^(?:大?约|近|预计|估计|不超过|拟)\d|\d(?:元|万|万元)?(?:左右|上下|以内|余|多)|\d[+＋×*~～]\d|\d[OoIl]|[OoIl]\d"
    r"|^(?!(?:19|20)\d\d[.年-])\d[\d.]*(?:\.\.|\.\d+\.|[-—–至、])\d"
)
ASTRAY = regex.compile("年度|预算|拨款|资金|绩效|指标|项目|效益|性质|单位|目标|金额|财政|其他|其中")
LONGEST = 20  # what is longer is the text of another cell
SUMS = regex.compile(r"^(?:合计|总计|.*总额)[::]?$")
NUMBERED = regex.compile(r"[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]")
MOST_ROWS = 20


@dataclass(frozen=True, slots=True)
class Part:
    """One figure of the money block: None where it cannot be read, nought where it is blank."""

    label: str
    parent: str
    role: str
    number: Decimal | None
    at: Span
    blank: bool


def _cells(row: FundingRow) -> Iterator[tuple[str, Reading[Amount] | Reading[Decimal]]]:
    """The money cells of a row by column; one without a name where the form has no columns."""
    if not row.columns:
        yield "", row.amount
    for figure in FIGURES:
        if figure in row.columns:
            yield figure, row.columns[figure]


def _blank(text: str) -> bool:
    """Whether nothing is written: a dash, or the unit alone, is nothing too."""
    return values.dash(text) or bool(NOTHING.fullmatch(fold(text)))


def _number(reading: Reading[Amount] | Reading[Decimal]) -> Decimal | None:
    value = reading.value
    return value.number if isinstance(value, Amount) else value


def _plain(number: Decimal) -> str:
    """A number without exponent or trailing noughts."""
    return f"{number.normalize():f}"


def _label(row: FundingRow) -> str:
    return row.label.text.strip().rstrip("：:")


@rule(
    Project,
    "JX601",
    Severity.ERROR,
    "S",
    zh="“{label}”{total} ≠ {parts} = {sum}，相差 {difference} {unit}",
    en="{label} {total} is not the sum of its parts, {parts} = {sum}: {difference} {unit} apart",
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
    for column in _columns(project.funding.rows):
        for whole, parts in _sums(column):
            if (found := _mismatch(whole, parts, column, tolerance)) is not None:
                yield _unequal(whole, parts, found, unit)


def _unequal(whole: Part, parts: Sequence[Part], found: Decimal, unit: str) -> Hit:
    assert whole.number is not None
    words = {
        "label": whole.label,
        "total": _plain(whole.number),
        "sum": _plain(found),
        "parts": " + ".join(_plain(part.number or Decimal(0)) for part in parts),
        "difference": _plain(abs(whole.number - found)),
        "unit": unit,
    }
    also = tuple(part.at for part in parts)
    value = f"{words['total']} {words['sum']}"
    return Hit(whole.at, words, also=also, where=(whole.label,), value=value)


def _columns(rows: Sequence[FundingRow]) -> Iterator[list[Part]]:
    """The figures of each column of each set of rows, as far as no row lacks its figure."""
    for scope in dict.fromkeys(row.scope for row in rows):
        own = [row for row in rows if row.scope == scope]
        total = next((_label(row) for row in own if row.role == "total"), "")
        names = [name for row in own if row.role == "total" for name, _ in _cells(row)]
        for name in dict.fromkeys(names):
            cells = [(row, dict(_cells(row)).get(name)) for row in own]
            yield [_part(row, cell, total) for row, cell in cells if cell is not None or name]


def _part(row: FundingRow, cell: Reading[Amount] | Reading[Decimal] | None, total: str) -> Part:
    label = _label(row)
    first = row.role == "total" and label == total
    parent = "" if first else (row.parent or "").strip().rstrip("：:") or total
    if cell is None:  # nothing under this head; whether it was blank or lost, nobody can tell
        return Part(label, parent, row.role, None, row.label.at, blank=False)
    blank = _blank(cell.text)
    at = cell.at if cell.spans else row.label.at
    return Part(label, parent, row.role, Decimal(0) if blank else _number(cell), at, blank)


def _sums(column: Sequence[Part]) -> Iterator[tuple[Part, list[Part]]]:
    """Each whole with its parts, as the tree has them; none where two rows have the whole's label."""
    names = [part.label for part in column]
    for whole in column:
        own = [
            one for one in column if one.parent == whole.label and not SUMS.match(fold(one.label))
        ]
        if own and names.count(whole.label) == 1:
            yield whole, own


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
    """Whether the parts may be but some of them: 其中 before each, and less than the whole."""
    if [part.role for part in parts] == ["other"]:
        return True
    if any(not part.label.startswith("其中") for part in parts):
        return False
    return len(parts) < 2 or (found < whole and all(part.role == "part" for part in parts))


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


@rule(
    Project,
    "JX602",
    Severity.INFO,
    "S",
    zh="“{label}”是空的，没有写 0",
    en="{label} is blank instead of 0",
    why=(
        "空着看不出是没有这项资金还是漏填；总额等于各项之和，没有的一项填 0 才对得上（财预〔2015〕88号 申报表）",
        "a blank may be nothing or an omission; 0 says that there is none and lets the total be checked (财预〔2015〕88号, the form)",
    ),
    remedy=("没有就填 0", "write 0 where there is none"),
    once=True,
)
def blank_part(project: Project, ctx: Context) -> Iterator[Hit]:
    """其他资金 printed and left blank in a form that has a total."""
    if not project.funding.total.text.strip():
        return
    for row in project.funding.rows:
        cells = [cell for _, cell in _cells(row)] or [row.amount]
        if row.role == "other" and all(not cell.text.strip() for cell in cells):
            yield Hit(row.amount.at, {"label": _label(row)}, where=(_label(row),), value="")


@rule(
    Project,
    "JX603",
    Severity.WARNING,
    "G",
    zh="“{label}”的金额“{found}”里写了“{extra}”，表头的单位是{unit}",
    en="amount {found} of {label} has {extra} in its cell; the header states the unit, {unit}",
    why=(
        "表头已注明单位，金额栏是数值栏，只填数字；带单位的金额系统不能导入和汇总（预算管理一体化规范）",
        "the header states the unit and the cell is a number; the budget system neither imports nor adds up amounts with units",
    ),
    remedy=("只填数字：“{fixed}”", "write the number alone: {fixed}"),
    fix=Safety.SAFE,
)
def unit_in_amount(project: Project, ctx: Context) -> Iterator[Hit]:
    """A number with a unit or a remark behind it, under a header that states the unit."""
    if not project.funding.unit_stated:
        return
    unit = project.funding.unit
    for row in project.funding.rows:
        for _, cell in _cells(row):
            match = CELL.fullmatch(cell.text)
            number = _number(cell)
            if match is None or number is None:
                continue
            edits, safe = _bare(cell, match, number, unit)
            written = match["number"].strip()
            yield Hit(
                place(cell, *match.span("extra")),
                {
                    "label": _label(row),
                    "found": cell.text.strip(),
                    "extra": match["extra"].strip(),
                    "unit": unit,
                    "fixed": written if safe else _plain(number),
                },
                edits=edits,
                safety=None if safe else Safety.UNSAFE,
                where=(_label(row),),
                value=cell.text,
            )


def _bare(
    cell: Reading[Amount] | Reading[Decimal],
    match: regex.Match[str],
    number: Decimal,
    unit: str,
) -> tuple[tuple[Edit, ...], bool]:
    """The edit that leaves the number alone, and whether the unit is the header's. A remark is not deleted."""
    extra = fold(match["extra"]).strip("()")
    if not regex.fullmatch(rf"(?:{UNIT})(?:人民币)?", extra):
        return (), True
    same = values.amount(f"1{extra}", unit) == Amount(Decimal(1), extra)
    if same:
        return swap(cell, match.end("number"), match.end("extra"), ""), True
    bracketed = (
        match["extra"][0] in "(（"
    )  # 96（元）: which of the two units holds is the writer's to say
    edits = swap(cell, match.start("number"), match.end("extra"), _plain(number))
    return (() if bracketed else edits), False


@rule(
    Project,
    "JX605",
    Severity.INFO,
    "G",
    zh="“{label}”的金额“{found}”用了千位分隔符",
    en="amount {found} of {label} has a thousands separator",
    why=(
        "GB/T 15835 允许分节，但预算系统的数值栏不接受逗号，同一张表也不应有的分节、有的不分",
        "GB/T 15835 allows grouping, but number fields of the budget system refuse the comma, and one form should not mix both",
    ),
    remedy=("写作“{fixed}”", "write {fixed}"),
    fix=Safety.SAFE,
)
def thousands_separator(project: Project, ctx: Context) -> Iterator[Hit]:
    """A comma, apostrophe or blank between groups of three figures."""
    for row in project.funding.rows:
        for _, cell in _cells(row):
            match = THOUSANDS.search(cell.text)
            if match is None or cell.value is None:
                continue
            marks = match.spans("mark")
            fixed = "".join(
                char
                for at, char in enumerate(cell.text)
                if not any(start <= at < end for start, end in marks)
            )
            yield Hit(
                place(cell, *match.span()),
                {"label": _label(row), "found": cell.text.strip(), "fixed": fixed.strip()},
                edits=tuple(edit for start, end in marks for edit in swap(cell, start, end, "")),
                where=(_label(row),),
            )


def _wordy(text: str) -> bool:
    """Whether words, or a figure made unclear by words, stand there and not what another cell lost."""
    said = fold(text)
    if _blank(text) or len(said) > LONGEST or labels.find(said.rstrip("-—–/:")):
        return False
    if regex.search(r"\d", said):
        return bool(UNCLEAR.search(said))
    return bool(
        WORDS.search(said) or (regex.search(r"\p{Han}{2}", said) and not ASTRAY.search(said))
    )


@rule(
    Project,
    "JX606",
    Severity.ERROR,
    "S",
    zh="“{label}”的金额“{found}”不是数",
    en="amount {found} of {label} is no number",
    why=(
        "金额栏只能填数，文字无法汇总，也无法与分项核对（预算管理一体化规范；财预〔2015〕88号 相应匹配要求）",
        "an amount is a number; words can neither be added up nor be checked against the parts (财预〔2015〕88号)",
    ),
    remedy=(
        "填写金额，以{unit}计；没有就填 0，说明写进年度目标或附件",
        "write the amount in {unit}, or 0 where there is none; explanations belong in the goal or an annex",
    ),
)
def unreadable_amount(project: Project, ctx: Context) -> Iterator[Hit]:
    """Text where money should stand. Dashes and a unit alone are blank."""
    for row in project.funding.rows:
        for _, cell in _cells(row):
            if cell.value is None and _wordy(cell.text):
                words = {
                    "label": _label(row),
                    "found": " ".join(cell.text.split())[:40],
                    "unit": project.funding.unit,
                }
                yield Hit(cell.at, words, where=(_label(row),))
