"""Mistakes of weights, of columns and of self-evaluation (JX8), each in layouts that print what they are about."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from .grid import Box, Page
from .planted_form import Mistake, Test, row_changed
from .records import FormRecord, Row

WEIGHTED = ("weights/tabs", "mongolia/html", "sichuan/pipes")
NATURES = ("mongolia/tabs", "mongolia/html", "mongolia/pipes")
EVALUATED = ("evaluation/tabs", "evaluation/html", "points-first/tabs")
Change = Callable[[Page, FormRecord, random.Random], Page]


@dataclass(frozen=True)
class Scored:
    """A mistake of the record or of its page, and the layouts in which it can be made."""

    layouts: tuple[str, ...]
    record: Mistake | None = None
    page: Change | None = None


def _weights(spread: Callable[[int, random.Random], Sequence[object]]) -> Mistake:
    """A form whose rows have these weights, and scores to match."""

    def mistake(record: FormRecord, rng: random.Random) -> FormRecord | None:
        numbers = [str(one) for one in spread(len(record.rows), rng)]
        rows = [
            replace(row, weight=number, score=number)
            for row, number in zip(record.rows, numbers, strict=True)
        ]
        return record.with_rows(rows)

    return mistake


def _without(record: FormRecord, rng: random.Random) -> FormRecord | None:
    """One row without weight, all others with theirs."""
    return row_changed(lambda row: True, lambda row: replace(row, weight=""))(record, rng)


def _nought(record: FormRecord, rng: random.Random) -> FormRecord | None:
    """One row without points, whose points another has."""
    one, other = rng.sample(range(len(record.rows)), 2)
    rows = list(record.rows)
    both = int(rows[one].weight) + int(rows[other].weight)
    rows[one] = replace(rows[one], weight="0")
    rows[other] = replace(rows[other], weight=str(both))
    return record.with_rows(rows)


def _heavy(record: FormRecord, rng: random.Random) -> FormRecord | None:
    """Sums of 90 of which the benefits have most."""
    benefits = [at for at, row in enumerate(record.rows) if row.level1 == "效益指标"]
    if not benefits or len(benefits) == len(record.rows):
        return None
    rest = len(record.rows) - len(benefits)
    numbers = [3] * len(record.rows)
    for at in benefits:
        numbers[at] = (90 - 3 * rest) // len(benefits)
    numbers[benefits[0]] += 90 - sum(numbers)
    return _weights(lambda count, rng: numbers)(record, rng)


def _short(count: int, rng: random.Random) -> list[int]:
    """Weights that sum to 85."""
    return _spread(count, 85)


def _spread(count: int, total: int) -> list[int]:
    base, rest = divmod(total, count)
    return [base + (number < rest) for number in range(count)]


def _signed(row: Row) -> bool:
    return row.pieces is not None and row.value[0] in "≥≤"


def _measured(row: Row) -> bool:
    """A figure with a unit that is no while."""
    return row.pieces is not None and row.pieces[2] not in ("", "年", "天", "个月", "个工作日")


def _column(head: str, test: Test, write: Callable[[str], str]) -> Change:
    """The cell of one row under a head, written in another way."""

    def change(page: Page, record: FormRecord, rng: random.Random) -> Page:
        column = next(box.column for box in page.boxes if box.kind == "head" and box.text == head)
        places = [page.head + 1 + at for at, row in enumerate(record.rows) if test(row)]
        if not places:
            return page
        row = rng.choice(places)
        boxes = tuple(
            replace(box, text=write(box.text))
            if (box.row, box.column, box.kind) == (row, column, "value")
            else box
            for box in page.boxes
        )
        return replace(page, boxes=boxes)

    return change


def _turned(text: str) -> str:
    return "反向" if text == "正向" else "正向"


def _wrong_kind(page: Page, record: FormRecord, rng: random.Random) -> Page:
    """A figure called 定性, or words called 定量."""
    wordy = [
        row for row in record.rows if row.pieces is None and not any(map(str.isdigit, row.value))
    ]
    if wordy and rng.random() < 0.5:
        return _column("指标性质", lambda row: row in wordy, lambda text: "定量")(page, record, rng)
    return _column("指标性质", _measured, lambda text: "定性")(page, record, rng)


def _points(page: Page, record: FormRecord, rng: random.Random) -> Page:
    """A level 1 that prints other points than its rows have."""
    label = rng.choice(sorted({row.level1 for row in record.rows}))
    points = sum(int(row.weight) for row in record.rows if row.level1 == label) + 5
    written = rng.choice(("{}（{}分）", "{}({})", "{}({}分)"))
    return page.change(
        ("level1",),
        lambda box: written.format(label, points) if box.text == label else box.text,
    )


def _execution(spent: str, rate: str) -> Change:
    """The first row of the money block with this share spent, and this rate printed."""

    def change(page: Page, record: FormRecord, rng: random.Random) -> Page:
        budget = Decimal(record.money("total").replace(",", ""))
        cells = [box for box in page.boxes if box.kind == "amount"][:6]
        texts = {cells[2]: f"{budget * Decimal(spent):.2f}", cells[4]: rate}
        boxes = tuple(replace(box, text=texts.get(box, box.text)) for box in page.boxes)
        return replace(page, boxes=boxes)

    return change


def total(page: Page, said: int, label: str = "总分") -> Page:
    """A page with a line of the total score behind its last row."""
    points = next(box.column for box in page.boxes if box.kind == "head" and box.text == "分值")
    score = next(box.column for box in page.boxes if box.kind == "head" and box.text == "得分")
    row = page.height
    cells = [Box(row, 0, 1, points, label, "label"), Box(row, points, 1, 1, "100", "value")]
    cells += [
        Box(row, at, 1, 1, "", "value") for at in range(points + 1, page.columns) if at != score
    ]
    return replace(page, boxes=(*page.boxes, *cells, Box(row, score, 1, 1, str(said), "value")))


def _wrong_total(page: Page, record: FormRecord, rng: random.Random) -> Page:
    return total(page, rng.choice((88, 94, 97)), rng.choice(("总分", "合计")))


def _reached(test: Test, factor: str, *reasons: str) -> Change:
    """One row that reached a share of its target, and what its reason says."""

    def change(page: Page, record: FormRecord, rng: random.Random) -> Page:
        rows = [row for row in record.rows if test(row)]
        if not rows:
            return page
        row = rng.choice(rows)
        _, number, unit = row.pieces or ("", "0", "")
        got = f"{(Decimal(number) * Decimal(factor)).quantize(Decimal(number)):f}{unit}"
        head = next(one for one in ("实际完成值", "全年实际值") if _has(page, one))
        page = _column(head, lambda one: one == row, lambda text: got)(page, record, rng)
        reason = rng.choice(reasons)
        reasoned = "偏差原因分析及改进措施"
        return _column(reasoned, lambda one: one == row, lambda text: reason)(page, record, rng)

    return change


def _has(page: Page, head: str) -> bool:
    return any(box.kind == "head" and box.text == head for box in page.boxes)


def _many(row: Row) -> bool:
    """A lower bound of more than 20 things."""
    if not _measured(row) or row.value[0] != "≥":
        return False
    _, number, unit = row.pieces or ("", "0", "")
    return "%" not in unit and Decimal(number) > 20


def _lower(row: Row) -> bool:
    """A lower bound of ten and more."""
    return _measured(row) and row.value[0] == "≥" and Decimal((row.pieces or ("", "0"))[1]) >= 10


SCORES: dict[str, Scored] = {
    "JX801": Scored(WEIGHTED, record=_weights(_short)),
    "JX802": Scored(WEIGHTED, record=_without),
    "JX803": Scored(WEIGHTED, record=_nought),
    "JX804": Scored(WEIGHTED, record=_weights(lambda count, rng: [10] * count)),
    "JX805": Scored(WEIGHTED, record=_heavy),
    "JX806": Scored(NATURES, page=_column("指标性质", _signed, _turned)),
    "JX807": Scored(NATURES, page=_wrong_kind),
    "JX808": Scored(WEIGHTED, page=_points),
    "JX811": Scored(EVALUATED, page=_execution("0.86", "96%")),
    "JX812": Scored(
        EVALUATED,
        record=row_changed(
            lambda row: True, lambda row: replace(row, score=str(int(row.weight) + 2))
        ),
    ),
    "JX813": Scored(EVALUATED, page=_wrong_total),
    "JX814": Scored(EVALUATED, page=_reached(_lower, "0.7", "", "无", "无偏差")),
    "JX815": Scored(EVALUATED, page=_reached(_many, "1.8", "")),
    "JX816": Scored(
        EVALUATED,
        record=row_changed(_signed, lambda row: replace(row, actual=row.value)),
    ),
    "JX817": Scored(EVALUATED, page=_execution("1.08", "108%")),
}
