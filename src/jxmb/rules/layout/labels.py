"""JX1: labels that were not read as they should be printed."""

from __future__ import annotations

from collections.abc import Iterator

from ... import deferred, labels
from ...findings import Edit, Hit, Safety, Severity
from ...model import Project
from ...model.repairs import Kind
from ...source import Span
from ...values import fold
from ..base import Context, rule
from .rows import repairs_of

LABEL_BLANK = deferred.regex(r"(?<=\p{Han})[ \t\xa0\u3000]+(?=\p{Han})")


@rule(
    Project,
    "JX103",
    Severity.INFO,
    "G",
    title=("栏目名称不规范", "Label not in standard form"),
    zh="栏目名称“{found}”含多余空格",
    en="Extra space in label `{found}`",
    why=(
        "财预〔2015〕88号 附表：栏目名称中没有空格；多为排版或识别所致，影响按名称查找",
        "财预〔2015〕88号, annexed form: labels have no space; usually left by layout or OCR, it hides the field from searches",
    ),
    remedy=(
        "改为“{meant}”",
        "Write `{meant}`",
    ),
    fix=Safety.SAFE,
    blame="transcription",
)
def noncanonical_label(project: Project, ctx: Context) -> Iterator[Hit]:
    """Blanks between the characters of a label; one before a unit in brackets is no fault."""
    for one in repairs_of(project, Kind.SPLIT_LABEL):
        text = one.at.text
        blanks = [match.span() for match in LABEL_BLANK.finditer(text)]
        if not blanks:
            continue
        yield Hit(
            one.at,
            {"found": text.strip(), "meant": LABEL_BLANK.sub("", text).strip()},
            edits=tuple(Edit(one.at.sub(*blank), "") for blank in blanks),
            value=fold(text),
        )


@rule(
    Project,
    "JX108",
    Severity.WARNING,
    "G",
    title=("栏目名称疑似误识", "Label probably misread"),
    zh="栏目名称“{found}”疑为“{meant}”",
    en="Label `{found}` may be a misread `{meant}`",
    why=(
        "财预〔2015〕88号 附表：与栏目名称相差一两个字，多为识别错误",
        "财预〔2015〕88号, annexed form: one or two characters off its label, usually an OCR error",
    ),
    remedy=(
        "对照原表核实后改为“{meant}”",
        "Compare with the original and write `{meant}`",
    ),
    fix=Safety.UNSAFE,
    blame="transcription",
)
def misread_label(project: Project, ctx: Context) -> Iterator[Hit]:
    """Labels that were recognised with one or two wrong characters."""
    for one in repairs_of(project, Kind.MISREAD):
        word = labels.bare(one.at.text)
        meant = _nearest(word, one.meant)
        if meant is None or _cut(word):
            continue
        yield Hit(
            one.at,
            {"found": one.at.text.strip(), "meant": meant},
            edits=_spelt(one.at, word, meant),
        )


TABLES = (
    labels.FIELDS,
    labels.MONEY,
    labels.MONEY_COLUMNS,
    labels.GOALS,
    labels.COLUMNS,
    labels.LEVEL1,
)


def _nearest(word: str, name: str) -> str | None:
    """The label with this canonical name that differs from `word` in the fewest characters."""
    known = [name, *labels.OTHERS.split(), *labels.MARGINS.split()]
    for table in TABLES:
        known += table.get(name, "").split()
    known += labels.LEVEL2[name][1].split() if name in labels.LEVEL2 else []
    near = [one for one in known if len(one) == len(word) and 0 < _wrong(word, fold(one)) <= 2]
    return min(near, key=lambda one: _wrong(word, fold(one)), default=None)


def _cut(word: str) -> bool:
    """Whether a word is a piece of a level label whose other piece stands in another cell."""
    names = (*labels.LEVEL1, *labels.LEVEL2)
    return any(
        len(word) < len(name) and (name.startswith(word) or name.endswith(word)) for name in names
    )


def _wrong(word: str, known: str) -> int:
    return sum(a != b for a, b in zip(word, known, strict=False))


def _spelt(at: Span, word: str, meant: str) -> tuple[Edit, ...]:
    """Edits of the wrong characters only; none where the label is not printed in one piece."""
    start = at.text.find(word)
    if start < 0:
        return ()
    return tuple(
        Edit(at.sub(start + number, start + number + 1), right)
        for number, (wrong, right) in enumerate(zip(word, meant, strict=True))
        if wrong != right
    )
