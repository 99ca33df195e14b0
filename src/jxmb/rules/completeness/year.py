"""JX2: the year that stands beside the title of a form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from ... import deferred
from ...findings import Hit, Severity
from ...model import Project
from ...model.repairs import Kind
from ..base import Context, rule

YEAR = deferred.re(r"(?<!\d)(?:19|20)\d\d(?!\d)")
FEW, SHORT = 3, 80  # strays, and characters of each, that are looked at


@rule(
    Project,
    "JX208",
    Severity.WARNING,
    "W",
    title=("预算年度缺失", "Budget year missing"),
    zh="未注明预算年度",
    en="Missing budget year",
    why=(
        "财预〔2015〕88号 附表：标题下注明年度，即预算所属年度",
        "财预〔2015〕88号, annexed form: the year below the title is the budget year",
    ),
    remedy=(
        "在标题下注明预算所属年度，如“（2025年度）”",
        "Write the budget year below the title, such as `（2025年度）`",
    ),
    damaged="some",
)
def missing_year(project: Project, ctx: Context) -> Iterator[Hit]:
    """No year near the title, and no other field, column head nor the file's name that carries exactly one."""
    if project.year.text.strip() or any(len(years) == 1 for years in _years(project)):
        return
    # Who lost the title, or the figures in it, lost the year.
    scattered = any(repair.kind is Kind.SCATTERED for repair in project.repairs)
    titled = bool(project.title.text) and not scattered
    at = project.title.at if titled else project.at
    yield Hit(at, severity=None if titled else Severity.INFO, where=("年度",), value="")


def _years(project: Project) -> Iterator[set[str]]:
    """The years that each field at the head carries."""
    period = project.period.value
    ends = (period.start, period.end) if period else ()
    yield {str(end.year) for end in ends if end is not None}
    texts = [project.title.text, project.period.text, project.project_name.text]
    texts += [goal.heading.text for goal in project.goals]
    texts += [field.text for field in project.fields.values()]
    texts += project.heads
    texts += [
        stray.text[:SHORT] for stray in project.strays[:FEW]
    ]  # a title that was not known as one
    texts.append(PurePath(project.at.source.path).name)
    for text in texts:
        yield set(YEAR.findall(text))
