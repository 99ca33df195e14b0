"""One form as the plain dict that leaves the program.

The shape is version 1 of the records and has its own code on purpose: the model may change, the shape may only
grow. `schema` describes it. Numbers are Decimals; `encode` writes them exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from ..model import Funding, FundingRow, Goal, Indicator, Project, Reading
from ..model.document import Document
from ..source import Span
from ..values import Amount, Period, Target

VERSION = 1
ANNUAL = "annual"  # the scope that is not said

Dict = dict[str, Any]
T = TypeVar("T")


def build(documents: Iterable[Document], sources: bool = False) -> Dict:
    """The whole shape, for programs; files are written a form at a time instead."""
    return {
        "version": VERSION,
        "documents": [
            {
                "path": document.source.path,
                "encoding": document.source.encoding,
                "forms": [record(project, sources) for project in document],
            }
            for document in documents
        ],
    }


def record(project: Project, sources: bool = False) -> Dict:
    """The record of one form; with `sources`, the place of every value beside it."""
    rest = Places(sources)
    shape: Dict = {
        "title": rest.text("title", project.title),
        "year": rest.value("year", project.year),
        "line": project.at.line,
        "policy": project.policy,
        "project_name": rest.text("project_name", project.project_name),
        "department": rest.text("department", project.department),
        "implementer": rest.text("implementer", project.implementer),
        "nature": rest.text("nature", project.nature),
        "period": period(rest.seen("period", project.period)),
        "funding": funding(project.funding, sources),
        "goal": rest.text("goal", project.goal),
        "goals": [goal(one, sources) for one in project.goals],
        "indicators": [indicator(one, sources) for one in project.indicators],
        "fields": rest.texts("fields", project.fields),
        "repairs": [
            {"kind": str(one.kind), "line": one.at.line, "column": one.at.column}
            for one in project.repairs
        ],
    }
    return shape | rest.sibling()


def indicator(one: Indicator, sources: bool) -> Dict:
    """One 三级指标; typed columns that the form does not have are left out."""
    rest = Places(sources)
    shape: Dict = {
        "level1": rest.label("level1", one.level1),
        "level2": rest.label("level2", one.level2),
        "name": rest.text("name", one.name),
        "target": target(rest.seen("target", one.target)),
        "weight": rest.value("weight", one.weight),
        "extra": rest.texts("extra", one.extra),
        "line": one.at.line,
        "inferred": inferred(one),
    }
    if one.scope != ANNUAL:
        shape["scope"] = one.scope
    return shape | _unread("weight", one.weight) | _columns(one, rest) | rest.sibling()


def _columns(one: Indicator, rest: Places) -> Dict:
    """The typed columns of a self-evaluation or of a detailed template, where the form has them."""
    shape: Dict = {}
    if not one.actual.missing:
        shape["actual"] = target(rest.seen("actual", one.actual))
    if not one.score.missing:
        shape |= {"score": rest.value("score", one.score)} | _unread("score", one.score)
    texts = {"reason": one.reason, "nature": one.nature, "direction": one.direction}
    return shape | {
        name: rest.text(name, reading) for name, reading in texts.items() if not reading.missing
    }


def _unread(name: str, reading: Reading[Decimal]) -> Dict:
    """The text of a number that could not be read, so that it is not lost."""
    return {f"{name}_raw": reading.text} if reading.unreadable else {}


def inferred(one: Indicator) -> list[str]:
    """What was not written so, each name once."""
    meant = one.target.value.inferred if one.target.value else ()
    return list(dict.fromkeys((*one.inferred, *meant)))


def target(reading: Reading[Target]) -> Dict | None:
    """What is to be reached, or was; None where the form has no such cell."""
    if reading.missing:
        return None
    value = reading.value
    if value is None:
        kind = "text" if reading.unreadable else None
        value = Target(kind or "", text=reading.text if kind else None)
    shape: Dict = {
        "raw": reading.text,
        "kind": value.kind or None,
        "sign": value.sign,
        "number": value.number,
        "upper": value.upper,
        "unit": value.unit,
        "text": value.text,
    }
    return shape | ({"date": dates(value.date)} if value.date else {})


def dates(value: Period) -> Dict:
    """Start and end as far as they were written, as ISO dates."""
    return {
        "start": value.start.iso if value.start else None,
        "end": value.end.iso if value.end else None,
        "precision": value.precision,
    }


def period(reading: Reading[Period]) -> Dict | None:
    """项目起止时间; None where the form has no such row."""
    if reading.missing:
        return None
    unread = {"start": None, "end": None, "precision": None}
    pieces = [span.text.strip() for span in reading.spans] if len(reading.spans) > 1 else []
    return (dates(reading.value) if reading.value else unread) | {"raw": pieces or [reading.text]}


def funding(block: Funding, sources: bool) -> Dict:
    """The money block, in the unit of its header."""
    rest = Places(sources)
    amounts = {name: getattr(block, name) for name in ("total", "fiscal", "other")}
    shape: Dict = {"unit": block.unit}
    shape |= {name: amount(rest.seen(name, reading)) for name, reading in amounts.items()}
    top = next((one.label.text for one in block.rows if one.role == "total"), None)
    shape["rows"] = [funding_row(one, top, sources) for one in block.rows]
    return shape | rest.sibling()


def funding_row(row: FundingRow, top: str | None, sources: bool) -> Dict:
    """One row of money; `columns` are the further figures of a self-evaluation.

    `top` is the label of the total: that a source of money stands below it goes without saying.
    """
    rest = Places(sources)
    shape: Dict = {
        "label": rest.text("label", row.label),
        "raw": None if row.amount.missing else row.amount.text,
        "amount": amount(rest.seen("amount", row.amount)),
        "role": row.role,
    }
    if row.parent is not None and (row.role == "part" or row.parent != top):
        shape["parent"] = row.parent
    if row.scope != ANNUAL:
        shape["scope"] = row.scope
    columns = {name: one for name, one in row.columns.items() if not one.missing}
    if columns:
        shape["columns"] = {
            name: {"raw": one.text, "number": rest.value(f"columns.{name}", one)}
            for name, one in columns.items()
        }
    return shape | rest.sibling()


def amount(reading: Reading[Amount]) -> Decimal | None:
    """Money in the unit of the form."""
    return reading.value.number if reading.value else None


def goal(one: Goal, sources: bool) -> Dict:
    """One goal text."""
    rest = Places(sources)
    shape: Dict = {"scope": one.scope, "text": rest.text("text", one.text)}
    return shape | rest.sibling()


class Places:
    """Takes the values of one object and remembers where they stand, if that is wanted."""

    def __init__(self, wanted: bool) -> None:
        self._wanted = wanted
        self._found: Dict = {}

    def seen(self, name: str, reading: Reading[T]) -> Reading[T]:
        """The reading itself, its place remembered."""
        if self._wanted and not reading.missing and reading.spans:
            first, *more = (place(span) for span in reading.spans)
            self._found[name] = first | ({"more": more} if more else {})
        return reading

    def text(self, name: str, reading: Reading[Any]) -> str | None:
        """What is written; None where nothing of the kind is printed."""
        return None if self.seen(name, reading).missing else reading.text

    def label(self, name: str, reading: Reading[str]) -> str | None:
        """The canonical name of a level where it is recognised, else as written."""
        text = self.text(name, reading)
        return text if reading.value is None else reading.value

    def value(self, name: str, reading: Reading[T]) -> T | None:
        """What was understood."""
        return self.seen(name, reading).value

    def texts(self, name: str, readings: Mapping[str, Reading[str]]) -> Dict:
        """A dict under printed headers; their places are ``<name>.<header>``."""
        return {key: self.text(f"{name}.{key}", reading) for key, reading in readings.items()}

    def sibling(self) -> Dict:
        """``sources``, where they are wanted."""
        return {"sources": self._found} if self._wanted else {}


def place(span: Span) -> Dict:
    """Where a value stands, and exactly what stands there."""
    return {"raw": span.text, **span.place.numbers()}
