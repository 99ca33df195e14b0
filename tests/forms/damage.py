"""Damage with a known golden record: what scanning, converting, copying and typing do to a form.

Damage to a page (labels, rows, cells) happens before it is written, so that it goes with every dialect; damage to the
text or to its bytes happens after. All of it is drawn from a seeded generator.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from .grid import LEVELS, Box, Page
from .layouts import Layout, Sample
from .records import FormRecord, GoldenForm

LABELS = ("label", "head", "margin", *LEVELS)
RADICALS = {
    "目": "⽬",
    "支": "⽀",
    "人": "⼈",
    "日": "⽇",
    "月": "⽉",
    "一": "⼀",
    "二": "⼆",
    "工": "⼯",
}
# Wrong characters that keep a label apart from all others: never one that makes 数量 of 质量 or the like.
MISREAD = {
    "项目名称": "项目各称",
    "主管部门": "主管部闩",
    "实施单位": "实施单伟",
    "项目属性": "项日属性",
    "项目起止时间": "项目起正时间",
    "年度目标": "午度目标",
    "产出指标": "产山指标",
    "满意度指标": "满意度指栎",
    "经济效益指标": "经济效盆指标",
    "可持续影响指标": "可持续影晌指标",
    "服务对象满意度指标": "服务对象满意度指栎",
    "社会效益指标": "社会效益指际",
    "三级指标": "三级指栎",
}


@dataclass(frozen=True)
class Damage:
    """One kind of damage: to the page, to the text, or to the bytes; `mends` changes the golden to match.

    `only` names the families of dialects it can happen in (prefix of the dialect's name), none meaning all; `never` is
    parts of layout names after which nothing could tell the record.
    """

    page: Callable[[Page, random.Random], Page] | None = None
    text: Callable[[str, random.Random], str] | None = None
    data: Callable[[str], bytes] | None = None
    mends: Callable[[tuple[GoldenForm, ...]], tuple[GoldenForm, ...]] | None = None
    only: tuple[str, ...] = ()
    never: tuple[str, ...] = ()

    def fits(self, layout: str) -> bool:
        """Whether this damage can happen in a layout of this name, and leaves the record knowable."""
        dialect = layout.partition("/")[2]
        if any(word in layout for word in self.never):
            return False
        return not self.only or dialect.startswith(self.only)

    def apply(
        self, layout: Layout, records: tuple[FormRecord, ...], seed: int = 0
    ) -> tuple[bytes, tuple[GoldenForm, ...]]:
        """The damaged bytes of these records, and what is still to be found in them."""
        rng = random.Random(seed)
        page = self.page
        change = (lambda one: page(one, rng)) if page else None
        sample: Sample = layout(records, change)
        text = self.text(sample.text, rng) if self.text else sample.text
        data = self.data(text) if self.data else text.encode()
        return data, self.mends(sample.golden) if self.mends else sample.golden


def _blank_inside(text: str, rng: random.Random) -> str:
    if len(text) < 4:
        return text
    at = rng.randrange(2, len(text) - 1)
    return f"{text[:at]} {text[at:]}"


def blank_labels(page: Page, rng: random.Random) -> Page:
    """产出 指标: a blank where the cell was wrapped."""
    return page.change(LABELS, lambda box: _blank_inside(box.text, rng))


def spaced_labels(page: Page, rng: random.Random) -> Page:
    """产 出 指 标: a blank between all characters of short labels."""
    return page.change(LABELS, lambda box: " ".join(box.text) if len(box.text) < 6 else box.text)


def misread_label(page: Page, rng: random.Random) -> Page:
    """Two labels of the form with a wrong character."""
    texts = sorted({box.text for box in page.boxes if box.text in MISREAD})
    chosen = rng.sample(texts, min(2, len(texts)))
    return page.change(LABELS, lambda box: MISREAD[box.text] if box.text in chosen else box.text)


def points(page: Page, rng: random.Random) -> Page:
    """产出指标(50分): points behind the level-1 labels."""
    del rng
    given = {
        "产出指标": "(50分)",
        "效益指标": "（30分）",
        "满意度指标": "(10分)",
        "成本指标": "(20分)",
    }
    return page.change(("level1",), lambda box: box.text + given.get(box.text, ""))


def numbered(page: Page, rng: random.Random) -> Page:
    """指标1：name, counted within each level 2."""
    del rng
    starts = sorted(box.row for box in page.boxes if box.kind == "level2")

    def number(box: Box) -> str:
        start = max((row for row in starts if row <= box.row), default=box.row)
        return f"指标{box.row - start + 1}：{box.text}"

    return page.change(("name",), number)


def template_rows(page: Page, rng: random.Random) -> Page:
    """A left-over 指标N： and a …… at the end of two level-2 blocks."""
    column = min(box.column for box in page.boxes if box.kind == "level2")
    blocks = [box for box in page.boxes if box.kind == "level2" and box.column == column]
    like = next(box.row for box in page.boxes if box.kind == "name")
    cells = [box for box in page.boxes if box.row == like and box.kind in ("name", "value")]
    for block, text in zip(
        sorted(rng.sample(blocks, 2), key=lambda box: -box.row), ("……", "指标9："), strict=True
    ):
        row = block.row + block.height
        boxes = [replace(cell, row=row, text=text if cell.kind == "name" else "") for cell in cells]
        page = _grown(page, row, boxes)
    return page


def _grown(page: Page, row: int, boxes: list[Box]) -> Page:
    """A new row behind the end of a level-2 block; all that is merged down to there reaches over it."""
    ends = {
        box
        for box in page.boxes
        if box.row < row == box.row + box.height and box.kind not in ("name", "value", "head")
    }
    page = page.insert_row(row, boxes)
    longer = {(box.row, box.column) for box in ends}
    return replace(
        page,
        boxes=tuple(
            replace(box, height=box.height + 1) if (box.row, box.column) in longer else box
            for box in page.boxes
        ),
    )


def doubled_row(page: Page, rng: random.Random) -> Page:
    """One indicator printed twice, one row below the other."""
    inner = [
        box.row for box in page.boxes if box.kind == "name" and not _level_begins(page, box.row + 1)
    ]
    row = rng.choice(inner)
    copies = [replace(box, row=row + 1) for box in page.boxes if box.row == row and box.height == 1]
    copies = [box for box in copies if box.kind not in LEVELS]
    return page.insert_row(row + 1, copies)


def _level_begins(page: Page, row: int) -> bool:
    covered = [
        box for box in page.boxes if box.kind == "level2" and box.row < row < box.row + box.height
    ]
    return not covered


def lost_level1(page: Page, rng: random.Random) -> Page:
    """The cell of one level 1 is blank; the tree still tells it from the level 2 beside it."""
    labels = sorted({box.text for box in page.boxes if box.kind == "level1"})
    known = [text for text in labels if text in ("效益指标", "满意度指标")]
    lost = rng.choice(known)
    return page.change(("level1",), lambda box: "" if box.text == lost else box.text)


def lost_header(page: Page, rng: random.Random) -> Page:
    """The row of column headers is missing."""
    del rng
    return page.drop_row(page.head)


def narrow_values(page: Page, rng: random.Random) -> Page:
    """》 for ≥ and 《 for ≤ in all values that begin so."""
    del rng
    wrong = str.maketrans("≥≤", "》《")
    return page.change(("value",), lambda box: box.text[:1].translate(wrong) + box.text[1:])


def spaced_values(page: Page, rng: random.Random) -> Page:
    """≥ 50 个: blanks between sign, number and unit."""
    del rng
    return page.change(("value",), lambda box: re.sub(r"([≥≤=])(?=\d)", r"\1 ", box.text))


def full_width(text: str, rng: random.Random) -> str:
    """Half of the lines in full-width digits, signs and brackets."""
    table = {code: code + 0xFEE0 for code in range(0x30, 0x3A)}
    table |= {ord("%"): 0xFF05, ord("("): 0xFF08, ord(")"): 0xFF09, ord("="): 0xFF1D}
    return _some_lines(text, rng, lambda line: line.translate(table))


def half_width(text: str, rng: random.Random) -> str:
    """Half of the lines with half-width brackets, colons and commas."""
    table = str.maketrans("（）：", "():")
    return _some_lines(text, rng, lambda line: line.translate(table))


def kangxi(text: str, rng: random.Random) -> str:
    """Radicals in place of the characters that look the same."""
    return _some_lines(text, rng, lambda line: line.translate(str.maketrans(RADICALS)))


def odd_blanks(text: str, rng: random.Random) -> str:
    """No-break blanks, zero-width characters and soft hyphens between Chinese characters."""

    def put(match: re.Match[str]) -> str:
        return match[0] + rng.choice(("\u00a0", "\u200b", "\u00ad", "\ufeff", "\u3000"))

    return _some_lines(text, rng, lambda line: re.sub(r"[一-龥](?=[一-龥]{2})", put, line, count=2))


def page_breaks(text: str, rng: random.Random) -> str:
    """A page number and a form feed between two lines of the table."""
    lines = text.split("\n")
    heads = [at for at, line in enumerate(lines) if "三级指标" in line]
    for at in reversed(heads):
        lines[at + 4 : at + 4] = ["— 1 —", "\f" + rng.choice(("", "第 2 页 共 3 页"))]
    return "\n".join(lines)


def _some_lines(text: str, rng: random.Random, write: Callable[[str], str]) -> str:
    return "\n".join(write(line) if rng.random() < 0.5 else line for line in text.split("\n"))


def no_titles(text: str, rng: random.Random) -> str:
    """Every form after the first begins without its title and year."""
    del rng
    pieces = re.split(r"(?m)(?=^(?:## )?\S*绩效目标\S*表$)", text)
    head = [piece for piece in pieces if piece]
    tails = [re.sub(r"\A[^\n]*\n（\d+年度）\n", "", piece) for piece in head[1:]]
    return "".join([head[0], *tails])


def untitled(forms: tuple[GoldenForm, ...]) -> tuple[GoldenForm, ...]:
    """The golden without title and year behind the first form."""
    return (
        forms[0],
        *(replace(form, fields={**form.fields, "title": None, "year": None}) for form in forms[1:]),
    )


def misread_signs(forms: tuple[GoldenForm, ...]) -> tuple[GoldenForm, ...]:
    """The golden with 》 and 《 accepted beside the signs they stand for."""
    wrong = str.maketrans("≥≤", "》《")
    return tuple(
        replace(
            form,
            rows=tuple(
                replace(row, alt={"value": (row.value[:1].translate(wrong) + row.value[1:],)})
                for row in form.rows
            ),
        )
        for form in forms
    )


def twice(forms: tuple[GoldenForm, ...]) -> tuple[GoldenForm, ...]:
    """The golden with every row allowed a second time: a reader may keep a doubled row or leave it out."""
    return tuple(replace(form, optional=form.rows) for form in forms)


# Without their headers these cannot be known: numbers in columns, projects in rows, two target sets.
OWN_HEADS = (
    "filled",
    "flat",
    "two-",
    "sichuan",
    "chongqing",
    "hunan",
    "mongolia",
    "jiangxi",
    "evaluation",
    "points",
    "explained",
    "weights",
)
FRAMED = ("tabs", "pipes", "comma", "bars", "html", "wiki", "frame")
DAMAGES: dict[str, Damage] = {
    "blank-labels": Damage(page=blank_labels, only=FRAMED),
    "spaced-labels": Damage(page=spaced_labels, only=FRAMED),
    "misread-label": Damage(page=misread_label),
    "points": Damage(page=points),
    "numbered": Damage(page=numbered),
    "template-rows": Damage(page=template_rows, only=FRAMED, never=("filled",)),
    "doubled-row": Damage(page=doubled_row, mends=twice),
    "lost-level1": Damage(page=lost_level1, only=FRAMED, never=("filled",)),
    "lost-header": Damage(page=lost_header, only=FRAMED, never=OWN_HEADS),
    "wrong-signs": Damage(page=narrow_values, mends=misread_signs),
    "spaced-values": Damage(page=spaced_values, only=FRAMED),
    "full-width": Damage(text=full_width, only=("tabs", "pipes", "bars", "wiki", "comma")),
    "half-width": Damage(text=half_width, only=("tabs", "pipes", "bars", "wiki")),
    "kangxi": Damage(text=kangxi),
    "odd-blanks": Damage(text=odd_blanks, only=("tabs", "pipes", "comma", "bars", "wiki")),
    "page-breaks": Damage(text=page_breaks, only=("tabs", "pipes")),
    "no-titles": Damage(text=no_titles, mends=untitled, only=("tabs", "pipes", "bars", "wiki")),
    "crlf": Damage(data=lambda text: text.replace("\n", "\r\n").encode()),
    "cr": Damage(data=lambda text: text.replace("\n", "\r").encode()),
    "bom": Damage(data=lambda text: b"\xef\xbb\xbf" + text.encode()),
    "gb18030": Damage(data=lambda text: text.encode("gb18030")),
    "utf-16": Damage(data=lambda text: b"\xff\xfe" + text.encode("utf-16-le")),
}
