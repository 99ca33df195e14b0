"""JX602–JX606: how the cells of the money block are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ... import deferred, labels, values
from ...findings import Edit, Hit, Safety, Severity, Words
from ...labels import money
from ...model import Project, Reading
from ...values import Amount, fold
from ..base import Context, place, rule, swap
from .amounts import cells_of, is_blank, label_of, number_of, plain

EXTRA = tuple("元圆亿万")
UNIT = r"(?:亿|千万|百万|万|千|百)?[元圆]整?|[亿万]"
CELL = deferred.re(
    rf"\s*(?:人民币|[¥￥])?\s*(?P<number>\d(?:[\d,，.．' ]*\d)?)\s*"
    rf"(?P<extra>(?:{UNIT})(?:人民币)?|[(（](?:{UNIT})[)）])\s*(?:[(（\[【].*)?",
    re.DOTALL,
)
THOUSANDS = deferred.re(r"(?<![\d.])\d{1,3}(?:[,，' ]\d{3})+(?!\d)")
# Words in the place of a figure, a figure made unclear by words, and what is but a label gone astray.
WORDS = deferred.re(r"[见待按据未暂附另核批]|若干|全额|不[定详]|[?*×]|[A-Za-z]{2}")
UNCLEAR = deferred.re(
    r"^(?:大?约|近|预计|估计|不超过|拟)\d|\d(?:元|万|万元)?(?:左右|上下|以内|余|多)|\d[+＋×*~～]\d|\d[OoIl]|[OoIl]\d"
    r"|^(?!(?:19|20)\d\d[.年-])\d[\d.]*(?:\.\.|\.\d+\.|[-—–至、])\d"
)
DIGIT, WORD = deferred.re(r"\d"), deferred.regex(r"\p{Han}{2}")
ASTRAY = deferred.re("年度|预算|拨款|资金|绩效|指标|项目|效益|性质|单位|目标|金额|财政|其他|其中")
LONGEST = 20  # what is longer is the text of another cell
NONE = Words("；没有的，填“0”", ", or `0` where there is none")  # of a part: no budget is zero
SHOWN = 40  # code points of a cell


@rule(
    Project,
    "JX602",
    Severity.INFO,
    "S",
    title=("资金分项未填", "Funding part left blank"),
    zh="“{label}”未填写；没有的应填“0”",
    en="`{label}` is empty, expected `0`",
    why=(
        "财预〔2015〕88号 申报表：资金总额与各项来源应可核对",
        "财预〔2015〕88号, the form: the total can be checked against its sources",
    ),
    remedy=("填写金额；没有的，填“0”", "Write the amount, or `0` where there is none"),
    once=True,
)
def blank_part(project: Project, ctx: Context) -> Iterator[Hit]:
    """其他资金 printed and left blank in a form that has a total."""
    if not project.funding.total.text.strip():
        return
    for row in project.funding.rows:
        cells = [cell for _, cell in cells_of(row)] or [row.amount]
        if row.role == "other" and all(not cell.text.strip() for cell in cells):
            yield Hit(row.amount.at, {"label": label_of(row)}, where=(label_of(row),), value="")


@rule(
    Project,
    "JX603",
    Severity.WARNING,
    "G",
    title=("金额栏内写单位", "Unit inside amount cell"),
    zh="金额“{found}”{fault}",
    en="Amount `{found}` {fault}",
    why=(
        "本工具约定：表头已注明单位的，金额栏只填数值",
        "Convention of this tool: where the header states the unit, cells have numbers only",
    ),
    remedy=("改为“{fixed}”", "Write `{fixed}`"),
    fix=Safety.SAFE,
    silences=("JX606",),
)
def unit_in_amount(project: Project, ctx: Context) -> Iterator[Hit]:
    """A number with a unit behind it, under a header that states the unit; a note in brackets may follow."""
    if not project.funding.unit_stated:
        return
    unit = project.funding.unit
    for row in project.funding.rows:
        for _, cell in cells_of(row):
            match = CELL.fullmatch(cell.text) if any(map(cell.text.__contains__, EXTRA)) else None
            number = number_of(cell)
            if match is None or number is None:
                continue
            edits, safe = _bare(cell, match, number, unit)
            if safe and _of_format(cell):
                continue
            written = match["number"].strip()
            yield Hit(
                place(cell, *match.span("extra")),
                {
                    "found": cell.text.strip(),
                    "fault": _repeated(unit)
                    if safe
                    else _other(fold(match["extra"]).strip("()"), unit),
                    "fixed": written if safe else plain(number),
                },
                edits=edits,
                safety=None if safe else Safety.UNSAFE,
                where=(label_of(row),),
                value=cell.text,
            )


def _of_format(cell: Reading[Amount] | Reading[Decimal]) -> bool:
    """Whether what stands beside the figures of a cell is its format in a workbook, and nobody wrote it."""
    at = cell.at
    return any(one.kind == "format" and one.offset <= at.start < one.end for one in at.source.notes)


def _repeated(unit: str) -> Words:
    return Words(f"重复表头单位“{unit}”", f"repeats the header unit `{unit}`")


def _other(extra: str, unit: str) -> Words:
    return Words(
        f"的单位“{extra}”与表头单位“{unit}”不一致",
        f"is in `{extra}`, but the header unit is `{unit}`",
    )


def _bare(
    cell: Reading[Amount] | Reading[Decimal],
    match: re.Match[str],
    number: Decimal,
    unit: str,
) -> tuple[tuple[Edit, ...], bool]:
    """The edit that takes the unit out, and whether it is the header's. A note is not deleted."""
    extra = fold(match["extra"]).strip("()")
    same = values.amount(f"1{extra}", unit) == Amount(Decimal(1), extra)
    if same:
        return swap(cell, match.end("number"), match.end("extra"), ""), True
    bracketed = (
        match["extra"][0] in "(（"
    )  # 96（元）: the author says which of the two units is meant
    edits = swap(cell, match.start("number"), match.end("extra"), plain(number))
    return (() if bracketed else edits), False


@rule(
    Project,
    "JX605",
    Severity.INFO,
    "G",
    title=("金额含千位分隔符", "Thousands separator in amount"),
    zh="金额“{found}”含千位分隔符",
    en="Thousands separator in `{found}`",
    why=(
        "本工具约定：金额不加分隔符，同一张表写法一致（GB/T 15835 允许分节）",
        "Convention of this tool: amounts have no separators and are written alike (GB/T 15835 allows grouping)",
    ),
    remedy=("改为“{fixed}”", "Write `{fixed}`"),
    fix=Safety.SAFE,
)
def thousands_separator(project: Project, ctx: Context) -> Iterator[Hit]:
    """A comma, apostrophe or blank between groups of three figures."""
    for row in project.funding.rows:
        for _, cell in cells_of(row):
            match = THOUSANDS.search(cell.text)
            if match is None or cell.value is None or _of_format(cell):
                continue
            marks = [at for at in range(*match.span()) if not cell.text[at].isdigit()]
            fixed = "".join(char for at, char in enumerate(cell.text) if at not in marks)
            yield Hit(
                place(cell, *match.span()),
                {"label": label_of(row), "found": cell.text.strip(), "fixed": fixed.strip()},
                edits=tuple(edit for at in marks for edit in swap(cell, at, at + 1, "")),
                where=(label_of(row),),
            )


def _wordy(text: str) -> bool:
    """Whether words, or a figure made unclear by words, stand there and not what another cell lost."""
    said = fold(text)
    if is_blank(text) or len(said) > LONGEST or labels.find(said.rstrip("-—–/:")):
        return False
    if DIGIT.search(said):
        return bool(UNCLEAR.search(said))
    return bool(WORDS.search(said) or (WORD.search(said) and not ASTRAY.search(said)))


@rule(
    Project,
    "JX606",
    Severity.ERROR,
    "S",
    title=("金额无法读取", "Amount cannot be read"),
    zh="金额“{found}”不是数值",
    en="Amount `{found}` is not a number",
    why=(
        "财预〔2015〕88号 相应匹配：金额为数值，方可汇总并与分项核对",
        "财预〔2015〕88号 on matching targets: amounts are numbers that can be added up and checked against their parts",
    ),
    remedy=(
        "填写以{unit}计的金额{none}，说明另附",
        "Write the amount in {unit}{none}; put explanations elsewhere",
    ),
    damaged="half",
    silences=("JX601",),
)
def unreadable_amount(project: Project, ctx: Context) -> Iterator[Hit]:
    """Text where money should stand. Dashes and a unit alone are blank."""
    torn = bool(project.trace.condition)
    for row in project.funding.rows:
        for _, cell in cells_of(row):
            if cell.value is None and _wordy(cell.text) and not (torn and _of_label(cell.text)):
                words = {
                    "label": label_of(row),
                    "found": " ".join(cell.text.split())[:SHOWN],
                    "unit": project.funding.unit,
                    "none": Words("", "") if row.role == "total" else NONE,
                }
                yield Hit(cell.at, words, where=(label_of(row),))


def _of_label(text: str) -> bool:
    """Whether a text is words of a label of money, torn off where its cell was lost: 情况（万 of 资金情况（万元）."""
    return "head" in money.kinds(labels.bare(text))
