"""How much of what a form says was read: indicators, fields, further columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jxmb.model import Indicator, Project, Reading

from .records import FIELDS, GoldenForm, GoldenRow

BLANKS = re.compile("[\\s\u200b-\u200f\u2060\ufeff\u00ad]+")
SIGNS = (
    (re.compile("大于等于|[≧⩾]|>=|=>"), "≥"),
    (re.compile("小于等于|[≦⩽]|<=|=<"), "≤"),
    (re.compile("^大于"), ">"),
    (re.compile("^小于"), "<"),
    (re.compile("^等于"), "="),
    (re.compile("[-‐-―−~～]+|—+"), "-"),
    (re.compile("[“”„‟]"), '"'),
)
DATE = re.compile(r"(\d{4})(?:[年./-](\d{1,2}))?(?:[月./-](\d{1,2}))?[年月日]?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})?")


def norm(text: object) -> str:
    """A text for comparing: widths folded, blanks dropped, signs, dashes and quotes in one spelling."""
    folded = BLANKS.sub("", unicodedata.normalize("NFKC", "" if text is None else str(text)))
    for pattern, one in SIGNS:
        folded = pattern.sub(one, folded)
    return folded


def iso(text: str) -> str:
    """A date as 2022, 2022-03 or 2022-03-01, whatever way it is written; other text as it is."""
    folded = norm(text)
    match = DATE.fullmatch(folded) if not folded.isdigit() or len(folded) == 4 else None
    match = match or COMPACT.fullmatch(folded)
    if not match:
        return folded
    year, *rest = match.groups()
    return "-".join([year, *(f"{int(part):02}" for part in rest if part)])


@dataclass
class Score:
    """Counts of one or more forms; every share is between 0 and 1."""

    golden: int = 0
    found: int = 0
    right: int = 0
    paired: int = 0
    placed: int = 0
    fields: int = 0
    fields_right: int = 0
    columns: int = 0
    columns_right: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Level 1, level 2, name and value all right, against rows that should and rows that were read (F1)."""
        return 2 * self.right / (self.golden + self.found) if self.golden + self.found else 1.0

    @property
    def hierarchy(self) -> float:
        """Both levels right, of the rows whose name and value are."""
        return self.placed / self.paired if self.paired else 0.0

    @property
    def field_share(self) -> float:
        """Fields read right, those that must stay blank included."""
        return self.fields_right / self.fields if self.fields else 1.0

    @property
    def column_share(self) -> float:
        """Weights, actual values and scores read right."""
        return self.columns_right / self.columns if self.columns else 1.0

    def add(self, other: Score) -> None:
        """Count another score in."""
        for name in vars(self):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def score(golden: Sequence[GoldenForm], projects: Iterable[Project]) -> Score:
    """Compare forms with what was read of them; forms are paired by project name, then in order."""
    total = Score()
    rest = list(projects)
    for form in golden:
        project = _partner(form, rest)
        total.add(_score_form(form, project))
    for project in rest:
        total.found += len(project.indicators)
        total.wrong.append(f"surplus form {project.project_name.text!r}")
    return total


def _partner(form: GoldenForm, rest: list[Project]) -> Project | None:
    if not rest:
        return None
    wanted = norm(form.fields["project_name"])
    project = next((one for one in rest if norm(one.project_name.text) == wanted), rest[0])
    rest.remove(project)
    return project


def _score_form(form: GoldenForm, project: Project | None) -> Score:
    result = Score(golden=len(form.rows))
    said = read_fields(project) if project else {}
    for name in FIELDS:
        wanted = form.fields.get(name)
        if wanted is None:
            continue
        result.fields += 1
        got = said.get(name, "")
        if field_right(name, wanted, got):
            result.fields_right += 1
        else:
            result.wrong.append(f"{name}: {wanted!r} read as {got!r}")
    if project is None:
        result.wrong.append(f"form missed: {form.fields['project_name']}")
        return result
    rest = _score_rows(result, form.rows, project.indicators)
    _score_surplus(result, form.optional, rest)
    return result


def _score_rows(
    result: Score, rows: Sequence[GoldenRow], indicators: Sequence[Indicator]
) -> list[Indicator]:
    result.found = len(indicators)
    rest = list(indicators)
    for row in rows:
        one = _best(row, rest)
        if one is None:
            result.wrong.append(f"row missed: {row.level2} {row.name} {row.value} ({row.scope})")
            continue
        rest.remove(one)
        name, value, placed = _agree(row, one)
        result.paired += name and value
        result.placed += name and value and placed
        result.right += name and value and placed
        if not (name and value and placed):
            result.wrong.append(f"{_golden_words(row)} read as {_read_words(one)}")
        _score_columns(result, row, one)
    return rest


def _score_surplus(result: Score, optional: Sequence[GoldenRow], rest: Sequence[Indicator]) -> None:
    """Rows that were read and are no golden ones: wrong, unless they may be there."""
    for one in rest:
        if any(all(_agree(row, one)) for row in optional):
            result.found -= 1
        else:
            result.wrong.append(f"surplus row: {_read_words(one)}")


def _best(row: GoldenRow, rest: Sequence[Indicator]) -> Indicator | None:
    same = [one for one in rest if one.scope == row.scope]
    ranked = sorted(same, key=lambda one: _agree(row, one), reverse=True)
    if ranked and any(_agree(row, ranked[0])[:2]):
        return ranked[0]
    return None


def _agree(row: GoldenRow, one: Indicator) -> tuple[bool, bool, bool]:
    said = {
        "name": one.name.text,
        "value": one.target.text,
        "level1": one.level1.value or one.level1.text,
        "level2": one.level2.value or one.level2.text,
    }
    right = {key: _accepted(row, key, norm(text)) for key, text in said.items()}
    return right["name"], right["value"], right["level1"] and right["level2"]


def _accepted(row: GoldenRow, key: str, got: str) -> bool:
    return got in {norm(text) for text in (getattr(row, key), *row.alt.get(key, ()))}


def _score_columns(result: Score, row: GoldenRow, one: Indicator) -> None:
    said = (
        ("weight", row.weight, one.weight.text),
        ("actual", row.actual, one.actual.text),
        ("score", row.score, one.score.text),
    )
    for name, wanted, got in said:
        if wanted is None:
            continue
        result.columns += 1
        if norm(wanted) == norm(got):
            result.columns_right += 1
        else:
            result.wrong.append(f"{row.name} {name}: {wanted!r} read as {got!r}")


def _golden_words(row: GoldenRow) -> str:
    return "/".join((row.level1, row.level2, row.name, row.value))


def _read_words(one: Indicator) -> str:
    levels = (one.level1.value or one.level1.text, one.level2.value or one.level2.text)
    return "/".join((*levels, one.name.text, one.target.text))


def read_fields(project: Project) -> dict[str, str]:
    """The fields of a project by the names of the golden record."""
    funding = project.funding
    period = project.period.value
    start, end = (period.start, period.end) if period else (None, None)
    return {
        "title": project.title.text,
        "year": str(project.year.value or ""),
        "project_name": project.project_name.text,
        "department": project.department.text,
        "implementer": project.implementer.text,
        "nature": project.nature.text,
        "period_start": start.iso if start else "",
        "period_end": end.iso if end else "",
        "total": _amount(funding.total),
        "fiscal": _amount(funding.fiscal),
        "other": _amount(funding.other),
        "goal": "" if project.goal.missing else project.goal.text,
    }


def _amount(reading: Reading[object]) -> str:
    number = getattr(reading.value, "number", None)
    return "" if number is None else f"{number.normalize():f}"


def field_right(name: str, wanted: str, got: str) -> bool:
    """Whether a field was read right: dates as dates, money as numbers, the year of a title or not."""
    if name.startswith("period"):
        return iso(wanted) == iso(got)
    if name in ("total", "fiscal", "other"):
        return money(wanted) == money(got)
    if name == "title":
        return _bare_title(wanted) == _bare_title(got)
    return norm(wanted) == norm(got)


def money(text: str) -> str:
    """An amount in the form's unit without separators, unit and needless zeros."""
    plain = re.sub("(?:万元|万|元)$", "", norm(text)).replace(",", "")
    if re.fullmatch(r"\d+\.\d+", plain):
        return plain.rstrip("0").rstrip(".")
    return plain


def _bare_title(text: str) -> str:
    return re.sub(r"^\d{4}年度?|\(?\d{4}年度?\)?$", "", norm(text)).strip("#*'")
