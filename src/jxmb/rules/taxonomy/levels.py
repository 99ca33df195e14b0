"""JX4: does an indicator stand where it belongs."""

from __future__ import annotations

from collections.abc import Iterator

from ... import deferred, policies
from ...findings import Hit, Severity
from ...model import Indicator, Project, Reading
from ...model.repairs import Kind
from ..base import Context, rule

# Levels that were told from where labels stand on the page say nothing about what the author printed.
GUESSED = frozenset({Kind.CENTRED, Kind.PAIRED})
SATISFACTION = "服务对象满意度指标"
LOCAL_SATISFACTION = "社会公众或"
BESIDE = 200  # characters before a label in which the one over it is looked for
BETWEEN = deferred.re(r"<[^<>]*>|[\s|]")
OLD_TREE = frozenset({"投入指标", "过程指标"})


@rule(
    Project,
    "JX403",
    Severity.ERROR,
    "X",
    title=("二级指标归属错误", "Level-2 under wrong level-1"),
    zh="二级指标“{level2}”不属于一级指标“{level1}”，应归入“{parent}”",
    en="`{level2}` belongs under `{parent}`, not `{level1}`",
    why=(
        "财预〔2015〕88号、财预〔2021〕101号 指标体系：二级指标与一级指标相对应",
        "财预〔2015〕88号 and 财预〔2021〕101号 on the tree of indicators: level 2 follows level 1",
    ),
    remedy=(
        "漏印“{parent}”的，予以补充；否则将相关行移至“{parent}”下",
        "Add the missing cell `{parent}`, or move these rows under `{parent}`",
    ),
    silences=(
        "JX212",
        "JX213",
        "JX404",
    ),
)
def misplaced_level2(project: Project, ctx: Context) -> Iterator[Hit]:
    """A 二级指标 that no tree puts under the 一级指标 it is printed under; once for each label.

    Where rows of the form were lost or placed by guesses, so may a label have been: then it is info.
    """
    kinds = {repair.kind for repair in project.repairs}
    if GUESSED & kinds:
        return
    lost = project.damage or Kind.FALLEN in kinds
    level1s = {_printed(one) for one in project.indicators}
    seen: set[tuple[str, str, str]] = set()
    for one in project.indicators:
        level1, level2 = _printed(one), one.level2.value
        if level1 is None or level2 is None or (one.scope, level1, level2) in seen:
            continue
        parents = policies.parents(level2)
        if not parents or level1 in parents or level1 not in policies.level1_names():
            continue
        if level2 == SATISFACTION and _local(one, level1s):
            continue
        seen.add((one.scope, level1, level2))
        parent = (ctx.policy.parents(level2) or tuple(sorted(parents)))[0]
        if _beside(one.level2, parent):
            continue
        yield Hit(
            one.level2.at,
            {"level1": level1, "level2": level2, "parent": parent},
            severity=Severity.INFO if lost else None,
            where=(level1, level2),
        )


def _printed(one: Indicator) -> str | None:
    """The 一级指标 that stands over a row in the print."""
    printed = one.printed1
    return (printed.value if printed.text else None) or one.level1.value


def _beside(level2: Reading[str], parent: str) -> bool:
    """Whether the right 一级指标 stands just before the label: printed, though not read as such."""
    if parent in level2.text.removesuffix(level2.value or ""):
        return True
    before = level2.at.source.text[max(0, level2.at.start - BESIDE) : level2.at.start]
    return BETWEEN.sub("", before).endswith(parent)


def _local(one: Indicator, level1s: set[str | None]) -> bool:
    """Local trees that print satisfaction under 效益指标 and have no 满意度指标 of their own."""
    if "满意度指标" in level1s:
        return False
    return one.level2.text.strip().startswith(LOCAL_SATISFACTION) or bool(OLD_TREE & level1s)
